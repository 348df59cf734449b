"""Database errors as sentences: what happened, where, and the way out.

The sentences never hold the address itself, because it may carry a password.
"""

from __future__ import annotations

import sqlite3
from enum import Enum, auto

from sqlalchemy.exc import DBAPIError, IntegrityError

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr


class Fault(Enum):
    """What a database can refuse."""

    NOT_SET_UP = auto()
    NEWER = auto()
    READ_ONLY = auto()
    BUSY = auto()
    FULL = auto()
    DOWN = auto()
    DISK = auto()
    CANT_OPEN = auto()
    NOT_OURS = auto()
    NO_ENTRY = auto()
    NO_DATABASE = auto()
    NO_POSTGIS = auto()


_SQLITE_SIGNS = (
    ("readonly database", Fault.READ_ONLY),
    ("database is locked", Fault.BUSY),
    ("database or disk is full", Fault.FULL),
    ("disk i/o error", Fault.DISK),
    ("unable to open database", Fault.CANT_OPEN),
    ("not a database", Fault.NOT_OURS),
    ("malformed", Fault.NOT_OURS),
    ("no such table", Fault.NOT_SET_UP),
)

# https://www.postgresql.org/docs/15/errcodes-appendix.html
_POSTGRES_CODES = {
    "25006": Fault.READ_ONLY,
    "42501": Fault.READ_ONLY,
    "40001": Fault.BUSY,
    "40P01": Fault.BUSY,
    "55P03": Fault.BUSY,
    "53300": Fault.BUSY,
    "53100": Fault.FULL,
    "53200": Fault.BUSY,
    "58030": Fault.DISK,
    "28000": Fault.NO_ENTRY,
    "28P01": Fault.NO_ENTRY,
    "3D000": Fault.NO_DATABASE,
    "42P01": Fault.NOT_SET_UP,
    "0A000": Fault.NO_POSTGIS,
    "58P01": Fault.NO_POSTGIS,
}

# A refused connection carries no code, only words.
_POSTGRES_SIGNS = (
    ("authentication failed", Fault.NO_ENTRY),
    ("no password supplied", Fault.NO_ENTRY),
    ("too many clients", Fault.BUSY),
    ('" does not exist', Fault.NO_DATABASE),
    ("connect", Fault.DOWN),
    ("server", Fault.DOWN),
    ("host name", Fault.DOWN),
)


def store_fault(error: DBAPIError, where: str) -> StoreError | None:
    """Return the refusal that a driver's error means, or None if it is a fault of ours.

    Parameters
    ----------
    error : DBAPIError
        What SQLAlchemy raised.
    where : str
        Name of the database for people, without user and password.
    """
    original = error.orig
    if isinstance(error, IntegrityError):
        return StoreError(
            tr(
                "The database {where} refused a row that contradicts another one ({detail}); "
                "nothing was written.",
                where=where,
                detail=_first_line(original),
            )
        )
    if isinstance(original, sqlite3.Error):
        return sqlite_fault(original, where)
    fault = _postgres_fault(getattr(original, "pgcode", None), str(original).lower())
    return None if fault is None else refusal(fault, where)


def sqlite_fault(error: sqlite3.Error, where: str) -> StoreError | None:
    """Return the refusal that an error of the embedded database means, or None if none."""
    fault = _find(_SQLITE_SIGNS, str(error).lower())
    return None if fault is None else refusal(fault, where)


def refusal(fault: Fault, where: str) -> StoreError:
    """Return the sentence for a fault of the database called `where`."""
    return StoreError(
        {
            Fault.NOT_SET_UP: tr(
                "The database {where} isn't set up yet: run “zoning setup” first.", where=where
            ),
            Fault.NEWER: tr(
                "The database {where} was written by a newer version of Seemana: "
                "update the program.",
                where=where,
            ),
            Fault.READ_ONLY: tr(
                "The database {where} can only be read, so nothing was written: ask its keeper "
                "for the right to write, or choose another with ZONING_DATABASE_URL.",
                where=where,
            ),
            Fault.BUSY: tr(
                "The database {where} is busy with others: nothing was written, try again.",
                where=where,
            ),
            Fault.FULL: tr(
                "The disk of the database {where} is full: nothing was written; free some space.",
                where=where,
            ),
            Fault.DISK: tr(
                "The disk of the database {where} refused to read or write: nothing was written; "
                "free some space on it, or have it checked.",
                where=where,
            ),
            Fault.DOWN: tr(
                "The database {where} doesn't answer: start it, or check the address in "
                "ZONING_DATABASE_URL.",
                where=where,
            ),
            Fault.CANT_OPEN: tr(
                "The database {where} can't be opened: check that its folder exists and may "
                "be written to.",
                where=where,
            ),
            Fault.NOT_OURS: tr(
                "The file {where} isn't a Seemana database or is damaged: restore a copy, or "
                "choose another with ZONING_DATABASE_URL.",
                where=where,
            ),
            Fault.NO_ENTRY: tr(
                "The database {where} refused the user or the password: check ZONING_DATABASE_URL.",
                where=where,
            ),
            Fault.NO_DATABASE: tr(
                "The server has no database {where}: create it (createdb), then run "
                "“zoning setup”.",
                where=where,
            ),
            Fault.NO_POSTGIS: tr(
                "PostGIS can't be added to the database {where}: install it on the server "
                "(Debian: postgresql-15-postgis-3) and let its administrator run "
                "“create extension postgis”.",
                where=where,
            ),
        }[fault]
    )


def in_use(where: str) -> StoreError:
    """Return the refusal to replace a database beneath those who work with it."""
    return StoreError(
        tr(
            "Somebody works with the database {where}: stop the server and all that uses it, "
            "then restore.",
            where=where,
        )
    )


def _postgres_fault(code: str | None, message: str) -> Fault | None:
    if code is None:
        return _find(_POSTGRES_SIGNS, message)
    if code.startswith(("08", "57P")):
        return Fault.DOWN
    return _POSTGRES_CODES.get(code)


def _find(signs: tuple[tuple[str, Fault], ...], message: str) -> Fault | None:
    return next((fault for sign, fault in signs if sign in message), None)


def _first_line(original: object) -> str:
    lines = str(original).strip().splitlines()
    return lines[0] if lines else type(original).__name__
