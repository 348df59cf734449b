"""One order by its id or its number; orders that speak of some units."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.store.orders import OrderRecord, list_orders
from zoning.store.tables import OrderBoothRow, OrderUnitRow

LATEST_TOLD = 5
# Databases take so many values in one question.
AT_A_TIME = 500


def get_order(session: Session, order_id: int) -> OrderRecord:
    """Return an order by its id.

    Raises
    ------
    OrderError
        If there is none.
    """
    for record in list_orders(session):
        if record.order_id == order_id:
            return record
    raise OrderError(tr("There is no order with the id {id}.", id=order_id))


def find_order(session: Session, number: str) -> OrderRecord:
    """Return an order by its number; of two that were brought in by files, the later.

    Raises
    ------
    OrderError
        If there is none; the sentence names the latest.
    """
    orders = list_orders(session)
    for record in orders:
        if record.order.number == number:
            return record
    raise OrderError(
        tr(
            "There is no order {number}; the latest are {known}.",
            number=number,
            known=", ".join(r.order.number for r in orders[:LATEST_TOLD]) or tr("none"),
        )
    )


def orders_touching(session: Session, unit_ids: Collection[str]) -> frozenset[int]:
    """Return the ids of the orders that speak of one of some units, or of a booth in one."""
    found: set[int] = set()
    for row in (OrderUnitRow, OrderBoothRow):
        for chunk in _chunks(sorted(unit_ids)):
            query = select(row.order_id).where(row.unit_id.in_(chunk)).distinct()
            found |= set(session.scalars(query))
    return frozenset(found)


def _chunks(codes: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(codes), AT_A_TIME):
        yield codes[start : start + AT_A_TIME]
