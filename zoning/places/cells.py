"""The ground of units divided among points: to each what is nearest to it in its own unit.

Cells cut unit by unit are no coverage: where a border between two cells meets the border of a
unit, the cells on the other side don't know the node. So only the lines are made unit by unit;
all of them are noded together, and the faces between them are given to their points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import Voronoi, cKDTree

from zoning.model import Floats, Geometries, Indices, Texts
from zoning.places.locate import build_locator
from zoning.places.plane import Planes

# Nodes lie on this grid: far above the rounding of a double (1e-14 at 90 degrees), far below what
# would change an area (a ten-thousandth of a millimetre).
_NODE_GRID_DEG = 1e-12
# Lines between cells run on over the border of their unit, so that they surely cross it; what
# hangs over encloses nothing and falls away.
_OVERHANG_DEG = 1e-9
# Four points this many times further out than any point or corner close all cells, and are so far
# that no ground of the unit is nearest to them (3 would do).
_FRAME_FACTOR = 4.0


@dataclass(frozen=True)
class Seats:
    """Points that each draw a cell, no two of one unit at the same place.

    Attributes
    ----------
    unit : Indices
        Position of the unit, ascending, shape (k,).
    lon, lat : Floats
        WGS84 degrees, shape (k,).
    """

    unit: Indices
    lon: Floats
    lat: Floats

    def __len__(self) -> int:
        return len(self.unit)


def divide(
    shape: Geometries, unit_id: Texts, planes: Planes, seats: Seats, taken: Geometries
) -> Geometries:
    """Return the area of each seat.

    Parameters
    ----------
    shape : Geometries
        Valid polygons of the units in WGS84, shape (n,); None for a unit without area.
    unit_id : Texts
        Their codes; ground of several units belongs to the smallest.
    planes : Planes
        Of the units.
    seats : Seats
        In units that have an area, k of them.
    taken : Geometries
        Polygons whose ground belongs to no seat, shape (m,).

    Returns
    -------
    Geometries
        Shape (k,); together a valid coverage. None for a seat to which no ground is nearest.
    """
    if not len(seats):
        return np.empty(0, dtype=object)
    drawn = shape[~shapely.is_missing(shape)]
    is_alone = len(np.unique(seats.unit)) == len(seats)
    if is_alone and not len(taken) and shapely.coverage_is_valid(drawn):
        # Nothing is divided, and what would be noded is already.
        whole: Geometries = shape[seats.unit]
        return whole
    lines = np.concatenate(
        [
            shapely.get_parts(shapely.boundary(drawn)),
            _borders(shape, planes, seats),
            shapely.get_parts(shapely.boundary(taken)),
        ]
    )
    noded = shapely.union_all(lines, grid_size=_NODE_GRID_DEG)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inner = shapely.point_on_surface(faces)
    lon, lat = shapely.get_x(inner), shapely.get_y(inner)
    unit = build_locator(shape, unit_id, len(faces)).locate(lon, lat)
    is_free = np.isin(unit, seats.unit)
    if len(taken):
        is_free[shapely.STRtree(taken).query(inner, predicate="intersects")[0]] = False
    unit, lon, lat = unit[is_free], lon[is_free], lat[is_free]
    tree = cKDTree(planes.lay_apart(seats.unit, seats.lon, seats.lat))
    nearest = np.asarray(tree.query(planes.lay_apart(unit, lon, lat))[1], dtype=np.int32)
    return _joined(faces[is_free], nearest, len(seats))


def _borders(shape: Geometries, planes: Planes, seats: Seats) -> Geometries:
    """Return the lines between the cells of each unit, in degrees, a little over its border."""
    units, first, count = np.unique(seats.unit, return_index=True, return_counts=True)
    several = count > 1
    lines, owner = [], []
    for unit, start, size in zip(units[several], first[several], count[several], strict=True):
        lon, lat = seats.lon[start : start + size], seats.lat[start : start + size]
        west, south, east, north = shapely.bounds(shape[unit])
        corners = np.array([west, west, east, east]), np.array([south, north, south, north])
        reach_m = float(np.hypot(*planes.lay(np.full(4, unit), *corners).T).max())
        ends = _between(planes.lay(np.full(size, unit), lon, lat), reach_m)
        degrees = planes.lift(np.full(2 * len(ends), unit), ends.reshape(-1, 2))
        borders: Geometries = np.asarray(shapely.linestrings(degrees.reshape(-1, 2, 2)))
        lines.append(shapely.multilinestrings(borders))
        owner.append(unit)
    if not lines:
        return np.empty(0, dtype=object)
    around = shapely.buffer(shape[owner], _OVERHANG_DEG, quad_segs=1, join_style="mitre")
    parts = shapely.get_parts(shapely.intersection(np.array(lines, dtype=object), around))
    kept: Geometries = parts[shapely.get_dimensions(parts) == 1]
    return kept


def _between(metres: Floats, reach_m: float) -> Floats:
    """Return the straight lines between the cells of points, shape (j, 2, 2).

    They are complete up to `reach_m` from the middle, where the unit ends.
    """
    off_m = np.hypot(*metres.T)
    # What is further off is nearest to no ground of the unit, and would take digits from the rest.
    metres = metres[off_m <= off_m.min() + 2 * reach_m]
    out = _FRAME_FACTOR * max(float(np.abs(metres).max()), reach_m)
    frame = out * np.array([[-1.0, -1], [-1, 1], [1, -1], [1, 1]])
    diagram = Voronoi(np.concatenate([metres, frame]))
    is_own = (diagram.ridge_points < len(metres)).all(axis=1)
    ends: Floats = diagram.vertices[np.array(diagram.ridge_vertices)[is_own]]
    return ends


def _joined(faces: Geometries, seat: Indices, n_seats: int) -> Geometries:
    """Return one shape a seat of its faces."""
    areas = np.full(n_seats, None, dtype=object)
    order = np.argsort(seat, kind="stable")
    seats, first, count = np.unique(seat[order], return_index=True, return_counts=True)
    areas[seats] = faces[order[first]]
    for at in np.flatnonzero(count > 1):
        own = faces[order[first[at] : first[at] + count[at]]]
        areas[seats[at]] = shapely.coverage_union_all(own)
    return areas
