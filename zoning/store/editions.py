"""Editions: which list of places is in force at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr
from zoning.store import audit
from zoning.store.tables import EditionRow, ImportRow

BOOTH_LEVEL = "booth"
"""Level of an edition that lists booths, beside those of `model.Level`."""


@dataclass(frozen=True)
class Edition:
    """One edition of boundaries, or of booths.

    Attributes
    ----------
    edition_id, import_id : int
        Its key, and the import that brought it.
    levels : tuple of str
        `Level` values that occur in it, or `BOOTH_LEVEL`.
    file_name, content_hash : str
        The file it came from.
    valid_from : datetime
        Since when it describes the world.
    """

    edition_id: int
    import_id: int
    levels: tuple[str, ...]
    file_name: str
    content_hash: str
    valid_from: datetime


def add_edition(
    session: Session, import_id: int, levels: tuple[str, ...], valid_from: datetime
) -> int:
    """Write the head of an edition and return its id; its places follow."""
    source = session.get_one(ImportRow, import_id)
    row = EditionRow(
        import_id=import_id,
        levels=list(levels),
        file_name=source.file_name,
        content_hash=source.content_hash,
        valid_from=valid_from,
    )
    session.add(row)
    session.flush()
    audit.append(
        session,
        audit.AuditEntry(
            source.imported_at,
            source.imported_by,
            "edition.add",
            f"editions/{row.id}",
            {"levels": list(levels), "file": source.file_name},
        ),
    )
    return row.id


def edition_in_force(
    session: Session, at: datetime, *, level: str | None = None, known_at: datetime | None = None
) -> Edition | None:
    """Return the latest edition valid at a moment, or None.

    Parameters
    ----------
    session : Session
        An open transaction.
    at : datetime
        The moment asked about.
    level : str, optional
        A level that the edition must list; any level of units if None.
    known_at : datetime, optional
        Only editions imported by then, and not undone by then; `at` if None.
    """
    for edition in list_editions(session, at if known_at is None else known_at):
        is_wanted = level in edition.levels if level else BOOTH_LEVEL not in edition.levels
        if edition.valid_from <= at and is_wanted:
            return edition
    return None


def list_editions(session: Session, known_at: datetime) -> tuple[Edition, ...]:
    """Return the editions known at a moment and not undone, latest validity first."""
    query = (
        select(EditionRow)
        .join(ImportRow, ImportRow.id == EditionRow.import_id)
        .where(
            ImportRow.imported_at <= known_at,
            or_(ImportRow.undone_at.is_(None), ImportRow.undone_at > known_at),
        )
        .order_by(EditionRow.valid_from.desc(), EditionRow.id.desc())
    )
    return tuple(_edition(row) for row in session.scalars(query))


def get_edition(session: Session, edition_id: int) -> Edition:
    """Return an edition, even an undone one: an old order redraws on its own.

    Raises
    ------
    StoreError
        If there is no such edition.
    """
    row = session.get(EditionRow, edition_id)
    if row is None:
        raise StoreError(
            tr("There is no boundary edition {id}: import boundaries first.", id=edition_id)
        )
    return _edition(row)


def _edition(row: EditionRow) -> Edition:
    return Edition(
        row.id,
        row.import_id,
        tuple(row.levels),
        row.file_name,
        row.content_hash,
        row.valid_from,
    )
