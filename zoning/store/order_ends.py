"""That an order ended, or will: the only thing told of it after it was signed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from zoning.orders.state import OrderState, advance
from zoning.store.orders import OrderRecord
from zoning.store.tables import OrderRow


def end_order(session: Session, record: OrderRecord, ended_at: datetime | None) -> None:
    """Tell from when on an order doesn't stand; None where its end never came."""
    session.execute(
        update(OrderRow).where(OrderRow.id == record.order_id).values(ended_at=ended_at)
    )


def mark_order(session: Session, record: OrderRecord, to: OrderState) -> None:
    """Tell how an order ended.

    Raises
    ------
    OrderError
        If it has ended already.
    """
    state = advance(record.order.number, record.status, to)
    session.execute(update(OrderRow).where(OrderRow.id == record.order_id).values(status=state))


def ended_unmarked(session: Session, at: datetime) -> tuple[int, ...]:
    """Return the orders that are over by another's taking effect and are still marked published."""
    query = select(OrderRow.id).where(
        OrderRow.status == OrderState.PUBLISHED.value,
        OrderRow.import_id.is_(None),
        OrderRow.ended_at <= at,
    )
    return tuple(session.scalars(query.order_by(OrderRow.id)))
