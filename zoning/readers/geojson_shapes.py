"""GeoJSON geometries as shapes, with a reason where one can't be read."""

from __future__ import annotations

import math
from typing import Any

import shapely
from shapely.errors import ShapelyError

from zoning.i18n.catalogue import tr

CORNERS_LEAST = 4  # of a closed ring, its first corner counted twice
COLLECTIONS_MOST = 20  # one inside the other


class BadShapeError(Exception):
    """Why a geometry can't be read; caught by the reader of features."""


def shape_of(geometry: Any) -> tuple[shapely.Geometry | None, bool]:
    """Return the shape of a GeoJSON geometry, and whether all its rings were closed.

    Raises
    ------
    BadShapeError
        Telling what is wrong.

    References
    ----------
    RFC 7946, section 3.1.
    """
    if geometry is None:
        return None, True
    rings: list[bool] = []
    shape = _shape(geometry, rings, 0)
    return shape, all(rings)


def _shape(geometry: Any, rings: list[bool], depth: int) -> shapely.Geometry:
    if not isinstance(geometry, dict) or depth > COLLECTIONS_MOST:
        raise BadShapeError(tr("it is no geometry"))
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    match kind:
        case "Polygon":
            return _polygon(coordinates, rings)
        case "MultiPolygon":
            parts = [_polygon(part, rings) for part in _list(coordinates) if part != []]
            return shapely.MultiPolygon(parts)
        case "GeometryCollection":
            members = _list(geometry.get("geometries"))
            return shapely.GeometryCollection(
                [_shape(member, rings, depth + 1) for member in members]
            )
        case "Point" | "MultiPoint" | "LineString" | "MultiLineString":
            return _other(geometry)
        case _:
            told = "null" if kind is None else str(kind)[:40]
            raise BadShapeError(tr("{kind} is no kind of geometry", kind=told))


def _polygon(coordinates: Any, rings: list[bool]) -> shapely.Polygon:
    drawn = [_ring(ring, rings) for ring in _list(coordinates) if ring != []]
    if not drawn:
        return shapely.Polygon()
    try:
        return shapely.Polygon(drawn[0], drawn[1:])
    except (ShapelyError, ValueError, TypeError) as fault:
        raise BadShapeError(str(fault)) from fault


def _ring(ring: Any, rings: list[bool]) -> list[tuple[float, ...]]:
    corners = [_position(position) for position in _list(ring)]
    dimensions = min((len(corner) for corner in corners), default=2)
    corners = [corner[:dimensions] for corner in corners]
    is_closed = not corners or corners[0] == corners[-1]
    rings.append(is_closed)
    if not is_closed:
        corners.append(corners[0])
    if len(corners) < CORNERS_LEAST:
        raise BadShapeError(tr("a ring has fewer than three corners"))
    return corners


def _position(position: Any) -> tuple[float, ...]:
    numbers = [n for n in _list(position)[:3] if type(n) in (int, float)]
    if len(numbers) < 2 or len(numbers) < len(position[:3]):
        raise BadShapeError(
            tr("{position} is no pair of numbers", position=str(position).strip("[]")[:40])
        )
    try:
        corner = tuple(float(n) for n in numbers)
    except OverflowError:
        corner = (math.inf,)
    if not all(math.isfinite(n) for n in corner):
        raise BadShapeError(
            tr("{position} is no finite number", position=str(position).strip("[]")[:40])
        )
    return corner


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise BadShapeError(tr("{value} stands where a list should", value=str(value)[:40]))
    return value


def _other(geometry: dict[str, Any]) -> shapely.Geometry:
    try:
        shape = shapely.geometry.shape(geometry)
    except (ShapelyError, ValueError, TypeError, IndexError, KeyError, AttributeError) as fault:
        raise BadShapeError(str(fault)) from fault
    if not isinstance(shape, shapely.Geometry):
        raise BadShapeError(tr("it is no geometry"))
    return shape
