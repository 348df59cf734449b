"""Editions: which list of places is in force at a moment, and the acts that put it there.

An edition is in force by a switch, which can be undone; the edition itself and
everything drawn on it stay. Where it was put in force by importing it, that is a
switch of the same moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr
from zoning.store import audit
from zoning.store.tables import EditionRow, EditionSwitchRow, ImportRow

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


@dataclass(frozen=True)
class Switch:
    """The act that puts an edition in force from a moment."""

    switch_id: int
    edition_id: int
    valid_from: datetime
    switched_at: datetime
    switched_by: str
    undone_at: datetime | None
    undone_by: str | None


def add_edition(
    session: Session,
    import_id: int,
    levels: tuple[str, ...],
    valid_from: datetime,
    *,
    is_held: bool = False,
) -> int:
    """Write the head of an edition and return its id; its places follow.

    Parameters
    ----------
    session : Session
        An open transaction.
    import_id : int
        The import that brings it.
    levels : tuple of str
        `Level` values in it, or `BOOTH_LEVEL`.
    valid_from : datetime
        Since when it describes the world.
    is_held : bool
        Whether it waits for `switch_to`; else it is in force from `valid_from`.
    """
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
    if not is_held:
        switch_to(session, row.id, valid_from, at=source.imported_at, who=source.imported_by)
    return row.id


def switch_to(
    session: Session, edition_id: int, valid_from: datetime, *, at: datetime, who: str
) -> int:
    """Put an edition in force from a moment and return the id of the switch.

    Zones, cases and orders of the edition before keep theirs.

    Raises
    ------
    StoreError
        If there is no such edition, or its import was undone.
    """
    edition = get_edition(session, edition_id)
    source = session.get_one(ImportRow, edition.import_id)
    if source.undone_at is not None:
        raise StoreError(
            tr(
                "Edition {id} can't be put in force: import {import_id}, which brought it, is "
                "undone. Import {file} again.",
                id=edition_id,
                import_id=edition.import_id,
                file=edition.file_name,
            )
        )
    row = EditionSwitchRow(
        edition_id=edition_id, valid_from=valid_from, switched_at=at, switched_by=who
    )
    session.add(row)
    session.flush()
    audit.append(
        session,
        audit.AuditEntry(
            at,
            who,
            "edition.switch",
            f"editions/{edition_id}",
            {"switch": row.id, "valid_from": valid_from.isoformat()},
        ),
    )
    return row.id


def switch_back(session: Session, *, at: datetime, who: str, is_booths: bool = False) -> Switch:
    """Undo the latest switch, so that the edition before it is in force again.

    Raises
    ------
    StoreError
        If there is no switch left that has another edition beneath it.
    """
    known = [s for s in list_switches(session, at) if s.undone_at is None]
    of_kind = [
        s for s in known if (BOOTH_LEVEL in get_edition(session, s.edition_id).levels) == is_booths
    ]
    if len(of_kind) < 2:
        raise StoreError(
            tr("There is no edition to go back to: only one has ever been put in force.")
        )
    row = session.get_one(EditionSwitchRow, of_kind[0].switch_id)
    row.undone_at = at
    row.undone_by = who
    session.flush()
    audit.append(
        session,
        audit.AuditEntry(
            at, who, "edition.switch_back", f"editions/{row.edition_id}", {"switch": row.id}
        ),
    )
    return _switch(row)


def list_switches(session: Session, known_at: datetime) -> tuple[Switch, ...]:
    """Return the switches known at a moment, the latest act first; undone ones are marked."""
    query = (
        select(EditionSwitchRow)
        .where(EditionSwitchRow.switched_at <= known_at)
        .order_by(EditionSwitchRow.id.desc())
    )
    return tuple(_switch(row) for row in session.scalars(query))


def edition_in_force(
    session: Session, at: datetime, *, level: str | None = None, known_at: datetime | None = None
) -> Edition | None:
    """Return the edition in force at a moment, or None.

    Parameters
    ----------
    session : Session
        An open transaction.
    at : datetime
        The moment asked about.
    level : str, optional
        A level that the edition must list; any level of units if None.
    known_at : datetime, optional
        Only what was imported and switched to by then, and not undone by then; `at` if None.
    """
    moment = at if known_at is None else known_at
    editions = {edition.edition_id: edition for edition in list_editions(session, moment)}
    standing = [
        switch
        for switch in list_switches(session, moment)
        if switch.valid_from <= at and (switch.undone_at is None or switch.undone_at > moment)
    ]
    # Of two that take effect together the one switched to later wins.
    for switch in sorted(standing, key=lambda s: (s.valid_from, s.switch_id), reverse=True):
        edition = editions.get(switch.edition_id)
        if edition is None:
            continue
        if level in edition.levels if level else BOOTH_LEVEL not in edition.levels:
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


def _switch(row: EditionSwitchRow) -> Switch:
    return Switch(
        row.id,
        row.edition_id,
        row.valid_from,
        row.switched_at,
        row.switched_by,
        row.undone_at,
        row.undone_by,
    )
