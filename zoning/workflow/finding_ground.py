"""Where rows lie that name booths, containment zones or, as orders do, several places at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache

import numpy as np
import shapely
from sqlalchemy.orm import Session

from zoning.model import Geometries, Texts
from zoning.places.order_places import OrderPlaces, ToldPlace
from zoning.readers.order_entries import PLACE_COLUMNS
from zoning.workflow.ground import GroundShelf
from zoning.workflow.present import Present, present
from zoning.workflow.standing_orders import places_of_orders

AREA_COLUMN = {
    "rounds": "area_id",
    "contacts": "area_id",
    "samples": "area_id",
    "isolation": "booth_id",
}
"""Our column that names a booth or containment zone, by section of a mapping file."""
ORDERS = "orders"

Shape = shapely.Geometry | None
ByTexts = Callable[[Sequence[Texts]], Geometries]
"""Returns the shape of each row, shape (n,), given the texts of its columns of places."""


def place_columns(section: str) -> tuple[str, ...]:
    """Return our columns that tell the ground of a row; none where a section has no such."""
    if section == ORDERS:
        return PLACE_COLUMNS
    return (AREA_COLUMN[section],) if section in AREA_COLUMN else ()


def ground_of(session: Session, section: str, at: datetime, grounds: GroundShelf) -> ByTexts:
    """Return what finds the ground of rows by the texts of `place_columns`.

    Raises
    ------
    InputError
        If no boundaries are known.
    """
    now = present(session, grounds, at)
    area = _areas(now)
    if section != ORDERS:
        return lambda texts: _shapes([area(str(code)) for code in texts[0]])
    places = places_of_orders(session, now)
    return lambda texts: _shapes(
        [_ordered(now, places, area, ToldPlace(*map(str, row))) for row in zip(*texts, strict=True)]
    )


def _areas(now: Present) -> Callable[[str], Shape]:
    """Return what gives the ground of a booth or of a containment zone in force."""
    row = {str(code): at for at, code in enumerate(now.ground.table.booth_id)}

    @cache
    def area(code: str) -> Shape:
        if code in row:
            return _union([now.ground.cells[row[code]]])
        return _union(list(now.ground.cells[now.zone_id == code])) if code else None

    return area


def _ordered(
    now: Present, places: OrderPlaces, area: Callable[[str], Shape], told: ToldPlace
) -> Shape:
    """Return the ground of the booths that a row of orders names, else of its units."""
    found = places.find(told)
    if found.booths.codes:
        return _union([area(code) for code in found.booths.codes])
    if now.units.geometry is None:
        return None
    return _union(list(now.units.geometry[np.isin(now.units.unit_id, found.units.codes)]))


def _union(shapes: list[Shape]) -> Shape:
    drawn = [shape for shape in shapes if shape is not None]
    return shapely.union_all(drawn) if drawn else None


def _shapes(shapes: list[Shape]) -> Geometries:
    return np.array([*shapes, None], dtype=object)[:-1]
