"""Which category is in force in each booth, and by which order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from zoning.model import Category, Texts
from zoning.store.cells import texts
from zoning.store.columns import insert_columns, read_columns
from zoning.store.orders import OrderKind, OrderRecord, list_orders, stands
from zoning.store.tables import OrderBoothRow, OrderRow

_COLUMNS = ("booth_id", "unit_id", "category", "zone_id")


@dataclass(frozen=True)
class DeclaredBooths:
    """What one order declares, shape (n,); `category` is empty where it declares none."""

    booth_id: Texts
    unit_id: Texts
    category: Texts
    zone_id: Texts


def closed_zones(declared: DeclaredBooths) -> tuple[str, ...]:
    """Return the containment zones that an order declares, sorted."""
    is_a = declared.category == Category.AFFECTED.value
    return tuple(sorted({str(zone_id) for zone_id in declared.zone_id[is_a] if zone_id}))


@dataclass(frozen=True)
class CategoriesInForce:
    """The category in force in each booth that an order speaks of.

    Attributes
    ----------
    booths : DeclaredBooths
        Sorted by booth, shape (n,).
    number : Texts
        Of the order that says so, shape (n,).
    orders : dict of str to OrderRecord
        The orders behind it, by number.
    """

    booths: DeclaredBooths
    number: Texts
    orders: dict[str, OrderRecord]

    def affected(self) -> Texts:
        """Return the booths of Category A."""
        booths: Texts = self.booths.booth_id[self.booths.category == Category.AFFECTED.value]
        return booths


def insert_booths_of_order(session: Session, order_id: int, declared: DeclaredBooths) -> None:
    """Write what an order declares of booths."""
    columns = {name: getattr(declared, name) for name in _COLUMNS}
    insert_columns(session, OrderBoothRow, columns | {"order_id": order_id})


def booths_of_order(session: Session, order_id: int) -> DeclaredBooths:
    """Read what an order declares of booths, sorted by booth."""
    read = read_columns(
        session, OrderBoothRow, _COLUMNS, OrderBoothRow.order_id == order_id, ("booth_id",)
    )
    return DeclaredBooths(**{name: texts(column) for name, column in read.items()})


def orders_of_booths(
    session: Session, at: datetime, *, without: Collection[OrderKind] = ()
) -> list[OrderRecord]:
    """Return the orders in force that may say a booth's category, the one that wins first."""
    standing = [
        record
        for record in list_orders(session)
        if record.kind not in without and stands(record, at)
    ]
    standing.sort(
        key=lambda r: (r.order.effective_at, r.published_at, r.order.number), reverse=True
    )
    drawn = (
        nth
        for nth, record in enumerate(standing)
        if record.kind is OrderKind.ZONES and record.delineation_id is not None
    )
    on_top = standing[: next(drawn, len(standing)) + 1]
    declares = exists().where(OrderBoothRow.order_id == OrderRow.id)
    ids = [record.order_id for record in on_top]
    speaking = set(session.scalars(select(OrderRow.id).where(OrderRow.id.in_(ids), declares)))
    return [record for record in on_top if record.order_id in speaking]


def categories_in_force(
    session: Session, at: datetime, *, without: Collection[OrderKind] = ()
) -> CategoriesInForce:
    """Return the categories in force at a moment, or as they would be without kinds of orders.

    The order that took effect last wins, as in `orders.in_force`. An order on zones
    that divides them speaks of all booths there are, so what lies beneath it doesn't count.
    """
    records = orders_of_booths(session, at, without=without)
    # A department may begin with thousands of orders of a booth each: they are read at once.
    ids = [record.order_id for record in records]
    names = ("order_id", *_COLUMNS)
    read = read_columns(
        session, OrderBoothRow, names, OrderBoothRow.order_id.in_(ids), ("order_id", "booth_id")
    )
    rank = {order_id: at for at, order_id in enumerate(ids)}
    nth = np.array([rank[order_id] for order_id in read["order_id"].tolist()], dtype=np.int64)
    latest = np.argsort(nth, kind="stable")
    columns = {name: texts(read[name])[latest] for name in _COLUMNS}
    numbers = np.array([*(record.order.number for record in records), None], dtype=object)
    number = numbers[nth[latest]]
    # The first one of a booth is the one that took effect last.
    _, first = np.unique(columns["booth_id"].astype(str), return_index=True)
    declared = DeclaredBooths(**{name: column[first] for name, column in columns.items()})
    by_number = {record.order.number: record for record in records}
    number = number[first]
    return CategoriesInForce(declared, number, {n: by_number[n] for n in sorted(set(number))})
