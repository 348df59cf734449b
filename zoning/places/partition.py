"""Districts judged one by one, as if the whole were judged at once.

What a district has to know of others is little: their affected booths within the buffer of its
own, the halo. So every district is counted alone, passes on its affected booths near each of its
neighbours, and is then drawn with those that it was passed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

from zoning import crs as crs_guard
from zoning.model import Bools, Floats, Geometries
from zoning.places.neighbours import Neighbours, neighbours_within, within_of

# A degree of latitude is nowhere shorter; a box too large costs time and changes no answer.
_LEAST_M_A_DEGREE = 110_000.0
# Nearer to a pole degrees of longitude have no length to speak of.
_UTMOST_LATITUDE = 89.0


def box_of(cells: Geometries) -> Floats:
    """Return west, south, east and north of a district's booths in degrees; NaN for no ground."""
    has_ground = ~(shapely.is_missing(cells) | shapely.is_empty(cells))
    if not has_ground.any():
        return np.full(4, np.nan)
    box: Floats = shapely.total_bounds(cells[has_ground])
    return box


def adjoining(boxes: Floats, reach_m: float) -> Neighbours:
    """Return which districts may have booths within a distance of each other.

    Parameters
    ----------
    boxes : Floats
        Of each district, from `box_of`, shape (d, 4).
    reach_m : float
        Width of the buffer in metres.
    """
    widened = _widened(boxes, reach_m)
    has_ground = ~np.isnan(widened).any(axis=1)
    areas = np.full(len(boxes), None, dtype=object)
    areas[has_ground] = shapely.box(*widened[has_ground].T)
    return neighbours_within(areas, 0.0)


def near_box(cells: Geometries, box: Floats, reach_m: float) -> Bools:
    """Return which booths may lie within a distance of a district; none is left out.

    Parameters
    ----------
    cells : Geometries
        Areas of booths in WGS84, shape (n,); None and empty ones lie nowhere.
    box : Floats
        Of the district, from `box_of`, shape (4,).
    reach_m : float
        Width of the buffer in metres.
    """
    west, south, east, north = _widened(np.atleast_2d(box), reach_m)[0]
    bounds = _widened(shapely.bounds(cells), reach_m)
    near: Bools = (
        (bounds[:, 0] <= east)
        & (bounds[:, 2] >= west)
        & (bounds[:, 1] <= north)
        & (bounds[:, 3] >= south)
    )
    return near


def reaching_with_halo(
    cells: Geometries, halo: Geometries, reach_m: float
) -> Callable[[Bools], Bools]:
    """Return the question which booths of a district lie within the buffer of an affected one.

    Parameters
    ----------
    cells : Geometries
        Areas of the district's booths in WGS84, shape (n,).
    halo : Geometries
        Affected booths of other districts, in WGS84.
    reach_m : float
        Width of the buffer in metres.

    Returns
    -------
    callable
        For `zoning.judgement.delineate`. Metres are those around the middle of the district, so
        that the halo moves no distance.
    """
    metric = crs_guard.local_equidistant(cells)
    both = crs_guard.to_metric(np.concatenate([cells, halo]), metric)

    def within_reach(is_affected: Bools) -> Bools:
        is_source = np.concatenate([is_affected, np.ones(len(halo), dtype=bool)])
        return within_of(both, is_source, reach_m)[: len(cells)]

    return within_reach


def _widened(boxes: Floats, reach_m: float) -> Floats:
    """Return boxes grown by half a distance each way, surely not by less."""
    north = reach_m / 2 / _LEAST_M_A_DEGREE
    latitude = np.minimum(np.abs(boxes[:, [1, 3]]).max(axis=1) + north, _UTMOST_LATITUDE)
    east = north / np.cos(np.radians(latitude))
    norths = np.full(len(boxes), north)
    grown: Floats = boxes + np.column_stack([-east, -norths, east, norths])
    return grown
