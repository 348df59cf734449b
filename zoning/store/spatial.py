"""Conditions on places, written so that both databases use their spatial index."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnClause, ColumnElement, and_, column, func, select, table
from sqlalchemy.orm import Session

from zoning.store.sqlite_index import index_name
from zoning.store.tables import BoothRow, UnitRow
from zoning.store.tables.base import SRID


def holds_point(
    session: Session, model: type[UnitRow] | type[BoothRow], lon: float, lat: float
) -> ColumnElement[bool]:
    """Return the condition that a row's geometry holds a point, its border included.

    PostGIS finds its index for `ST_Intersects` by itself. SQLite doesn't know
    that the function and the R*Tree belong together, so the box is asked first.
    """
    point = func.ST_GeomFromEWKT(f"SRID={SRID};POINT({float(lon)!r} {float(lat)!r})")
    exact: ColumnElement[Any] = func.ST_Intersects(model.geometry, point)
    if session.connection().dialect.name == "postgresql":
        return exact
    sides: dict[str, ColumnClause[Any]] = {
        name: column(name) for name in ("id", "west", "east", "south", "north")
    }
    boxes = table(index_name(model.__tablename__, "geometry"), *sides.values())
    in_box = (
        select(sides["id"])
        .select_from(boxes)
        .where(
            sides["west"] <= lon, sides["east"] >= lon, sides["south"] <= lat, sides["north"] >= lat
        )
    )
    return and_(model.id.in_(in_box), exact == 1)
