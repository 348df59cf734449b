"""Areas and names of places as an order gave them, where it didn't name booths."""

from __future__ import annotations

import numpy as np
from sqlalchemy.orm import Session

from zoning.model import StandingOrders
from zoning.store.columns import insert_columns
from zoning.store.tables import OrderAreaRow


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
