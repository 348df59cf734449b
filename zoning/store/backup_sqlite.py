"""Backup of an embedded database while others write, and its return into place."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from zoning.errors import StoreError
from zoning.store.backup_drafts import sync_folder
from zoning.store.faults import in_use, sqlite_fault
from zoning.store.tables import Base

WAIT_S = 30
ALONE_WAIT_S = 5
_BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Present:
    """What stands in the place of a database.

    Attributes
    ----------
    is_there, is_ours : bool
        Whether there is a file, and whether it is a readable database of ours.
    n_rows : int
        Rows of all its tables together.
    """

    is_there: bool = True
    is_ours: bool = True
    n_rows: int = 0


def copy_database(source: Path, draft: Path) -> dict[str, int]:
    """Copy a database as of one moment; writers go on meanwhile.

    Returns
    -------
    dict of str to int
        Rows of each table in the copy.

    Raises
    ------
    StoreError
        If the source can't be read or is damaged.
    OSError
        If there is no room for the copy.
    """
    where = str(source)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(_open(source, "rw", WAIT_S)) as original, closing(_open(draft, "rw")) as copy:
        try:
            original.backup(copy, progress=_refuse_to_wait_for_ever)
            copy.execute("pragma journal_mode = delete")
        except sqlite3.Error as error:
            if "full" in str(error) or "disk I/O" in str(error):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
            raise _refused(error, where) from error
        return check_database(copy, where)


def check_database(
    connection: sqlite3.Connection, where: str, names: Iterable[str] | None = None
) -> dict[str, int]:
    """Return the rows of each table, of a database in which nothing is damaged.

    Parameters
    ----------
    connection : sqlite3.Connection
        The database.
    where : str
        Its name for people.
    names : iterable of str or None
        The tables; those of this version of the program that it has if None.

    Raises
    ------
    StoreError
        If it is damaged, or none of ours.
    """
    try:
        found = connection.execute("pragma integrity_check").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(f"malformed: {found}")
        orphan = connection.execute("pragma foreign_key_check").fetchone()
        if orphan is not None:
            raise sqlite3.DatabaseError(f"malformed: a row of {orphan[0]} belongs to nothing")
        return count_rows(connection, names)
    except sqlite3.Error as error:
        raise _refused(error, where) from error


def count_rows(
    connection: sqlite3.Connection, names: Iterable[str] | None = None
) -> dict[str, int]:
    """Return the rows of the tables named, or of those of ours that a database has."""
    there = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    wanted = Base.metadata.tables.keys() if names is None else names
    return {
        name: connection.execute(f'select count(*) from "{name}"').fetchone()[0]
        for name in sorted({name for (name,) in there}.intersection(wanted))
    }


def revision_of(connection: sqlite3.Connection) -> str:
    """Return the version of the tables; empty if there are none."""
    try:
        row = connection.execute("select version_num from alembic_version").fetchone()
    except sqlite3.OperationalError:
        return ""
    return str(row[0]) if row else ""


@contextmanager
def held_alone(file: Path) -> Iterator[Present]:
    """Hold a database for a block so that nobody else reads or writes it.

    Raises
    ------
    StoreError
        If somebody works with it, or it can't be opened.
    """
    if not file.exists():
        yield Present(is_there=False)
        return
    with closing(_open(file, "rw", ALONE_WAIT_S)) as connection:
        try:
            # Leaves one file: what its last writer kept beside it is written into it first.
            connection.execute("pragma journal_mode = delete")
            connection.execute("begin exclusive")
            if connection.execute("pragma journal_mode").fetchone() != ("delete",):
                # Somebody came in between; their mode would let readers pass.
                raise sqlite3.OperationalError("database is locked")
            present = _present(connection)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise _refused(error, str(file)) from error
            raise in_use(str(file)) from error
        except sqlite3.DatabaseError:
            # No database, or none any more: what there is to keep is its file.
            present = Present(is_ours=False)
        yield present


def _present(connection: sqlite3.Connection) -> Present:
    n_tables = connection.execute("select count(*) from sqlite_master").fetchone()[0]
    return Present(
        is_ours=not n_tables or bool(revision_of(connection)),
        n_rows=sum(count_rows(connection).values()),
    )


def put_in_place(draft: Path, target: Path, aside: Path | None) -> None:
    """Let a draft take the place of a database; the one that was there is kept aside.

    At every moment the name leads to the old database or to the new one.

    Parameters
    ----------
    draft : Path
        The new database, whole, on the same disk.
    target : Path
        The place.
    aside : Path or None
        The name under which the old one is kept; None if there is nothing to keep.
    """
    if target.exists():
        _take_over_rights(target, draft)
    for suffix in ("", *_BESIDE):
        beside = target.with_name(target.name + suffix)
        if beside.exists():
            if aside is not None:
                _keep(beside, aside.with_name(aside.name + suffix))
            if suffix:
                # Of another database, it would be taken for the last words of the new one.
                beside.unlink()
    sync_folder(target.parent)
    draft.replace(target)
    sync_folder(target.parent)


def _take_over_rights(target: Path, draft: Path) -> None:
    """Let the same people read the new database as the old one, though somebody else restores."""
    shutil.copymode(target, draft)
    owner = target.stat()
    with suppress(PermissionError):
        os.chown(draft, owner.st_uid, owner.st_gid)


def _refuse_to_wait_for_ever(status: int, _left: int, _pages: int) -> None:
    # The driver itself would ask again without end.
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise sqlite3.OperationalError("database is locked")


def _keep(file: Path, aside: Path) -> None:
    try:
        os.link(file, aside)
    except FileExistsError:
        raise
    except OSError:
        # A disk that knows no second name for a file.
        shutil.copy2(file, aside)
        with aside.open("rb") as copy:
            os.fsync(copy.fileno())


def _open(file: Path, mode: str, wait_s: float = 0) -> sqlite3.Connection:
    address = f"file:{quote(str(file))}?mode={mode}"
    try:
        return sqlite3.connect(address, uri=True, timeout=wait_s, isolation_level=None)
    except sqlite3.Error as error:
        raise _refused(error, str(file)) from error


def _refused(error: sqlite3.Error, where: str) -> StoreError:
    refusal = sqlite_fault(error, where)
    if refusal is None:
        raise error
    return refusal
