"""The life of one containment zone, delineation by delineation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.store.orders import list_orders
from zoning.store.tables import DelineationRow, OrderBoothRow, ZoneEventRow


@dataclass(frozen=True)
class ZoneStep:
    """What became of a zone in one delineation.

    Attributes
    ----------
    delineation_id : int
        The delineation.
    computed_at : datetime
        When it was made.
    order_number : str
        The order that put it in force; empty for one that was only proposed.
    kind, from_ids, into_ids, n_before, n_after
        As in `judgement.zone_events.ZoneEvent`.
    """

    delineation_id: int
    computed_at: datetime
    order_number: str
    kind: str
    from_ids: tuple[str, ...]
    into_ids: tuple[str, ...]
    n_before: int
    n_after: int


def zone_steps(session: Session, zone_id: str, known_at: datetime) -> tuple[ZoneStep, ...]:
    """Return what became of a zone in the delineations made up to a moment, oldest first."""
    query = (
        select(ZoneEventRow, DelineationRow.computed_at)
        .join(DelineationRow, DelineationRow.id == ZoneEventRow.delineation_id)
        .where(ZoneEventRow.zone_id == zone_id, DelineationRow.computed_at <= known_at)
        .order_by(ZoneEventRow.delineation_id)
    )
    number = {
        record.delineation_id: record.order.number
        for record in list_orders(session)
        if record.published_at <= known_at
    }
    return tuple(
        ZoneStep(
            row.delineation_id,
            computed_at,
            number.get(row.delineation_id, ""),
            row.kind,
            tuple(row.from_ids),
            tuple(row.into_ids),
            row.n_before,
            row.n_after,
        )
        for row, computed_at in session.execute(query)
    )


def units_of_zone(session: Session, zone_id: str) -> frozenset[str]:
    """Return the units in which a zone ever had an affected booth by an order."""
    query = select(OrderBoothRow.unit_id).where(OrderBoothRow.zone_id == zone_id).distinct()
    return frozenset(unit for unit in session.scalars(query) if unit)
