"""Follow-up as it was told: house rounds, contacts and samples, in and out as whole columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from zoning.model import Contacts, Rounds, Samples
from zoning.store.cells import texts
from zoning.store.columns import insert_columns, read_columns
from zoning.store.imports import ImportKind, visible_imports
from zoning.store.tables import ContactRow, HouseRoundRow, SampleRow

_TEXTS = frozenset(("area_id", "contact_id", "status"))


def insert_rounds(session: Session, import_id: int, rounds: Rounds) -> None:
    """Write the house rounds of an import; `row` is unique in it."""
    insert_columns(
        session,
        HouseRoundRow,
        {
            "import_id": import_id,
            "row": rounds.row,
            "area_id": rounds.area_id,
            "held_on": rounds.on,
            "houses_total": rounds.houses_total,
            "houses_visited": rounds.houses_visited,
        },
    )


def insert_contacts(session: Session, import_id: int, contacts: Contacts) -> None:
    """Write what an import tells of contacts; `row` is unique in it."""
    insert_columns(
        session,
        ContactRow,
        {
            "import_id": import_id,
            "row": contacts.row,
            "contact_id": contacts.contact_id,
            "area_id": contacts.area_id,
            "last_exposure_on": contacts.last_exposure_on,
            "told_on": contacts.told_on,
            "status": contacts.status,
            "attempts": contacts.attempts,
        },
    )


def insert_samples(session: Session, import_id: int, samples: Samples) -> None:
    """Write the samples of an import; `row` is unique in it."""
    insert_columns(
        session,
        SampleRow,
        {
            "import_id": import_id,
            "row": samples.row,
            "area_id": samples.area_id,
            "taken_on": samples.taken_on,
            "samples": samples.samples,
            "results": samples.results,
        },
    )


def read_rounds(session: Session, known_at: datetime) -> Rounds:
    """Return the house rounds known at a moment, in the sequence in which they became known."""
    names = ("row", "area_id", "held_on", "houses_total", "houses_visited")
    read = _known(session, ImportKind.ROUNDS, HouseRoundRow, names, known_at)
    return Rounds(on=read.pop("held_on"), **read)


def read_contacts(session: Session, known_at: datetime) -> Contacts:
    """Return what was known of contacts at a moment, in the sequence in which it was told."""
    names = (
        *("row", "contact_id", "area_id", "last_exposure_on"),
        *("told_on", "status", "attempts"),
    )
    return Contacts(**_known(session, ImportKind.CONTACTS, ContactRow, names, known_at))


def read_samples(session: Session, known_at: datetime) -> Samples:
    """Return the samples known at a moment, in the sequence in which they became known."""
    names = ("row", "area_id", "taken_on", "samples", "results")
    return Samples(**_known(session, ImportKind.SAMPLES, SampleRow, names, known_at))


def _known(
    session: Session,
    kind: ImportKind,
    model: type[HouseRoundRow] | type[ContactRow] | type[SampleRow],
    names: Sequence[str],
    known_at: datetime,
) -> dict[str, Any]:
    import_ids = visible_imports(session, kind, known_at)
    read = read_columns(
        session, model, names, model.import_id.in_(import_ids), ("import_id", "row")
    )
    return {name: texts(cells) if name in _TEXTS else cells for name, cells in read.items()}
