"""Areas and names of places as an order gave them, where it didn't name booths."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from zoning.model import Geometries, StandingOrders, Texts
from zoning.store.cells import texts
from zoning.store.columns import insert_columns, read_columns
from zoning.store.tables import OrderAreaRow


@dataclass(frozen=True)
class OrderAreas:
    """Places of one order as written or drawn, shape (n,); `geometry` is None where not drawn."""

    name: Texts
    category: Texts
    geometry: Geometries


def insert_areas_of_order(session: Session, order_id: int, orders: StandingOrders) -> None:
    """Write the places of one order that were drawn, named, or tied to nothing that is known."""
    geometry = np.full(len(orders), None) if orders.geometry is None else orders.geometry
    kept = orders.has_polygon | (orders.zone_name != "") | orders.is_unlocated
    name = np.where(orders.zone_name == "", orders.place, orders.zone_name)
    insert_columns(
        session,
        OrderAreaRow,
        {
            "order_id": order_id,
            "position": np.arange(int(kept.sum())),
            "name": name[kept].astype(object),
            "category": orders.category[kept],
            "geometry": geometry[kept],
        },
    )


def areas_of_order(session: Session, order_id: int) -> OrderAreas:
    """Read the places of one order as written or drawn."""
    read = read_columns(
        session,
        OrderAreaRow,
        ("name", "category", "geometry"),
        OrderAreaRow.order_id == order_id,
        ("position",),
    )
    return OrderAreas(texts(read["name"]), texts(read["category"]), read["geometry"])
