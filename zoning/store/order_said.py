"""What orders say to those who carry them out: directions, gates, commanders, days of release."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from zoning.orders.paper import Commander, Direction, Gate
from zoning.store.tables import OrderBoothRow, OrderPartRow, OrderUnitRow


@dataclass(frozen=True)
class OrderSaid:
    """What one order says beyond its areas.

    Attributes
    ----------
    directions, gates, commanders : tuple
        As it was signed; a direction is known by its place, from 0.
    release_on : dict of str to date
        First day on which each zone may be released, as ordered.
    """

    directions: tuple[Direction, ...]
    gates: tuple[Gate, ...]
    commanders: tuple[Commander, ...]
    release_on: dict[str, date]


def orders_touching(session: Session, unit_ids: Collection[str]) -> frozenset[int]:
    """Return the orders that declare anything of some units or of booths in them."""
    units = sorted(unit_ids)
    found = union(
        select(OrderUnitRow.order_id).where(OrderUnitRow.unit_id.in_(units)),
        select(OrderBoothRow.order_id).where(OrderBoothRow.unit_id.in_(units)),
    )
    return frozenset(int(order_id) for (order_id,) in session.execute(found))


def said_by(session: Session, order_ids: Collection[int]) -> dict[int, OrderSaid]:
    """Return what orders say, by order; one of before, which says no more, is absent."""
    rows = session.scalars(select(OrderPartRow).where(OrderPartRow.order_id.in_(order_ids)))
    return {
        row.order_id: OrderSaid(
            tuple(
                Direction(one["text"], one["action_by"], _moment(one.get("by_when")))
                for one in row.content.get("directions", ())
            ),
            tuple(Gate(**gate) for gate in row.content.get("gates", ())),
            tuple(
                Commander(one["name"], one["office"], one["phone"], tuple(one.get("zone_ids", ())))
                for one in row.content.get("commanders", ())
            ),
            {z: date.fromisoformat(d) for z, d in row.content.get("release_on", {}).items()},
        )
        for row in rows
    }


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
