"""What policies said of booths: a head for each application, a row for each booth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr
from zoning.judgement.zone_codes import serial_of, zone_prefix
from zoning.model import Bools, Days, Ints, Texts
from zoning.store import audit
from zoning.store.cells import texts
from zoning.store.columns import insert_columns, read_columns
from zoning.store.tables import (
    DelineationBoothRow,
    DelineationRow,
    OrderBoothRow,
    OrderRow,
    ZoneEventRow,
)

_TEXTS = ("booth_id", "unit_id", "category", "provenance", "zone_id")
_OTHERS = ("is_watched", "needs_survey", "is_held", "affecting", "last_case_on")


@dataclass(frozen=True)
class NewDelineation:
    """Circumstances of one application of a policy.

    Attributes
    ----------
    run_id : int
        The zones it divides.
    booth_edition_id : int or None
        Its booths; None where there were none.
    policy_id : str
        What makes a booth affected.
    buffer_m : float
        Width of the buffer in metres.
    ground_key : str
        Content hash of the areas.
    at : datetime
        When it was computed.
    who : str
        By whom.
    """

    run_id: int
    booth_edition_id: int | None
    policy_id: str
    buffer_m: float
    ground_key: str
    at: datetime
    who: str


@dataclass(frozen=True)
class DelineationRecord:
    """One stored delineation, without its booths."""

    delineation_id: int
    new: NewDelineation


@dataclass(frozen=True)
class BoothCategories:
    """What one delineation says, arrays of shape (n,) in the order of the ground."""

    booth_id: Texts
    unit_id: Texts
    category: Texts
    provenance: Texts
    zone_id: Texts
    is_watched: Bools
    needs_survey: Bools
    is_held: Bools
    affecting: Ints
    last_case_on: Days


@dataclass(frozen=True)
class ZoneEvents:
    """What became of each containment zone since the delineation before, shape (k,).

    `opened_on` is the day its id was given; see `judgement.containment` for the rest.
    """

    kind: Texts
    zone_id: Texts
    opened_on: Days
    from_ids: tuple[tuple[str, ...], ...]
    into_ids: tuple[tuple[str, ...], ...]
    n_before: Ints
    n_after: Ints


def save_delineation(
    session: Session, new: NewDelineation, booths: BoothCategories, events: ZoneEvents
) -> int:
    """Write a delineation and return its id."""
    row = DelineationRow(
        run_id=new.run_id,
        booth_edition_id=new.booth_edition_id,
        policy_id=new.policy_id,
        buffer_m=new.buffer_m,
        ground_key=new.ground_key,
        computed_at=new.at,
        computed_by=new.who,
    )
    session.add(row)
    session.flush()
    insert_columns(
        session,
        DelineationBoothRow,
        {name: getattr(booths, name) for name in (*_TEXTS, *_OTHERS)}
        | {"delineation_id": row.id, "position": np.arange(len(booths.booth_id))},
    )
    insert_columns(
        session,
        ZoneEventRow,
        {
            "delineation_id": row.id,
            "position": np.arange(len(events.zone_id)),
            "kind": events.kind,
            "zone_id": events.zone_id,
            "opened_on": events.opened_on,
            "from_ids": [list(ids) for ids in events.from_ids],
            "into_ids": [list(ids) for ids in events.into_ids],
            "n_before": events.n_before,
            "n_after": events.n_after,
        },
    )
    detail = {"run": new.run_id, "policy": new.policy_id, "booths": len(booths.booth_id)}
    audit.append(
        session,
        audit.AuditEntry(new.at, new.who, "delineation.save", f"delineations/{row.id}", detail),
    )
    return row.id


def load_delineation(session: Session, delineation_id: int) -> BoothCategories:
    """Read what a delineation says, as it was saved."""
    read = read_columns(
        session,
        DelineationBoothRow,
        (*_TEXTS, *_OTHERS),
        DelineationBoothRow.delineation_id == delineation_id,
        ("position",),
    )
    told = {name: texts(read[name]) for name in _TEXTS}
    return BoothCategories(
        **told,
        is_watched=read["is_watched"],
        needs_survey=read["needs_survey"],
        is_held=read["is_held"],
        affecting=read["affecting"],
        last_case_on=read["last_case_on"],
    )


def load_events(session: Session, delineation_id: int) -> ZoneEvents:
    """Read what became of the zones in a delineation."""
    names = (*("kind", "zone_id", "opened_on", "from_ids", "into_ids"), "n_before", "n_after")
    read = read_columns(
        session,
        ZoneEventRow,
        names,
        ZoneEventRow.delineation_id == delineation_id,
        ("position",),
    )
    return ZoneEvents(
        read["kind"],
        read["zone_id"],
        read["opened_on"],
        tuple(tuple(ids) for ids in read["from_ids"]),
        tuple(tuple(ids) for ids in read["into_ids"]),
        read["n_before"],
        read["n_after"],
    )


def serials_given(session: Session, day: date) -> int:
    """Return the highest serial of a containment zone's id given for a day; 0 for none."""
    like = f"{zone_prefix(day)}%"
    given = {
        *session.scalars(select(ZoneEventRow.zone_id).where(ZoneEventRow.zone_id.like(like))),
        *session.scalars(
            select(OrderBoothRow.zone_id)
            .join(OrderRow, OrderRow.id == OrderBoothRow.order_id)
            # Of orders on zones the events tell. Those of before brought their zones along, and
            # an officer who seals or decides otherwise opens one on the spot.
            .where(OrderRow.kind.in_(("standing", "sealing", "categories")))
            .where(OrderBoothRow.zone_id.like(like))
        ),
    }
    return max((serial_of(zone_id) for zone_id in given if zone_id), default=0)


def latest_delineation(session: Session) -> DelineationRecord | None:
    """Return the delineation made last."""
    row = session.scalar(select(DelineationRow).order_by(DelineationRow.id.desc()).limit(1))
    return None if row is None else _record(row)


def delineation_of_run(session: Session, run_id: int) -> DelineationRecord | None:
    """Return the latest delineation of the zones of a run."""
    query = (
        select(DelineationRow)
        .where(DelineationRow.run_id == run_id)
        .order_by(DelineationRow.id.desc())
        .limit(1)
    )
    row = session.scalar(query)
    return None if row is None else _record(row)


def get_delineation(session: Session, delineation_id: int) -> DelineationRecord:
    """Return the circumstances of a delineation.

    Raises
    ------
    StoreError
        If there is none of this number.
    """
    row = session.get(DelineationRow, delineation_id)
    if row is None:
        raise StoreError(
            tr("There is no delineation {id}: “zoning propose” makes one.", id=delineation_id)
        )
    return _record(row)


def _record(row: DelineationRow) -> DelineationRecord:
    return DelineationRecord(
        row.id,
        NewDelineation(
            row.run_id,
            row.booth_edition_id,
            row.policy_id,
            row.buffer_m,
            row.ground_key,
            row.computed_at,
            row.computed_by,
        ),
    )
