"""One order, by its id or by its number."""

from __future__ import annotations

from sqlalchemy.orm import Session

from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.store.orders import OrderRecord, list_orders

LATEST_TOLD = 5


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
