"""Which orders speak of an area, and what they say beyond it to those who carry them out."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from zoning.orders.parts import OrderParts, parts_from_json
from zoning.store.tables import OrderBoothRow, OrderPartRow, OrderUnitRow


def orders_touching(session: Session, unit_ids: Collection[str]) -> frozenset[int]:
    """Return the orders that declare anything of some units or of booths in them."""
    units = sorted(unit_ids)
    found = union(
        select(OrderUnitRow.order_id).where(OrderUnitRow.unit_id.in_(units)),
        select(OrderBoothRow.order_id).where(OrderBoothRow.unit_id.in_(units)),
    )
    return frozenset(int(order_id) for (order_id,) in session.execute(found))


def said_by(session: Session, order_ids: Collection[int]) -> dict[int, OrderParts]:
    """Return what orders say, by order; one of before, which says no more, is absent."""
    rows = session.scalars(select(OrderPartRow).where(OrderPartRow.order_id.in_(order_ids)))
    return {row.order_id: parts_from_json(row.content) for row in rows}
