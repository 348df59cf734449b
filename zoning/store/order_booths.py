"""Which category is in force in each booth, and by which order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.model import Category, Texts
from zoning.store.cells import texts
from zoning.store.columns import insert_columns, read_columns
from zoning.store.orders import OrderKind, OrderRecord, list_orders, stands
from zoning.store.tables import OrderBoothRow

_COLUMNS = ("booth_id", "unit_id", "category", "zone_id")


@dataclass(frozen=True)
class DeclaredBooths:
    """What one order declares, shape (n,); `category` is empty where it declares none."""

    booth_id: Texts
    unit_id: Texts
    category: Texts
    zone_id: Texts


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


def categories_in_force(
    session: Session, at: datetime, *, without: Collection[OrderKind] = ()
) -> CategoriesInForce:
    """Return the categories in force at a moment, or as they would be without kinds of orders.

    The order that took effect last wins, as in `orders.in_force`. An order on zones
    that divides them speaks of all booths there are, so what lies beneath it doesn't count.
    """
    standing = [
        record
        for record in list_orders(session)
        if record.kind not in without and stands(record, at)
    ]
    standing.sort(
        key=lambda r: (r.order.effective_at, r.published_at, r.order.number), reverse=True
    )
    parts: list[tuple[DeclaredBooths, OrderRecord]] = []
    for record in standing:
        parts.append((booths_of_order(session, record.order_id), record))
        if record.kind is OrderKind.ZONES and record.delineation_id is not None:
            break
    columns = {
        name: np.concatenate([np.empty(0, object), *(getattr(b, name) for b, _ in parts)])
        for name in _COLUMNS
    }
    number = np.concatenate(
        [np.empty(0, object), *(np.full(len(b.booth_id), r.order.number, object) for b, r in parts)]
    )
    # The first one of a booth is the one that took effect last.
    _, first = np.unique(columns["booth_id"].astype(str), return_index=True)
    declared = DeclaredBooths(**{name: column[first] for name, column in columns.items()})
    by_number = {record.order.number: record for _, record in parts}
    number = number[first]
    return CategoriesInForce(declared, number, {n: by_number[n] for n in sorted(set(number))})
