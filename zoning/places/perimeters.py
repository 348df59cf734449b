"""Ground and outline of each containment zone: what is sealed, what is buffer, how long the line.

Areas are drawn in degrees, as they are written and shown; lengths are measured
in a metric system.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from zoning.model import Floats, Geometries, Indices
from zoning.places.buffers import BufferPairs, booths_of_zones
from zoning.places.category_areas import GRID_DEGREES, areas_from_parts, each_once


@dataclass(frozen=True)
class Perimeters:
    """Length of the line around each zone, in metres.

    Attributes
    ----------
    outer_m, inner_m : Floats
        Of the outlines of all its parts, and of the holes in them, shape (k,); NaN for a zone
        without ground.
    """

    outer_m: Floats
    inner_m: Floats

    @property
    def total_m(self) -> Floats:
        """Return the whole line to be guarded, shape (k,)."""
        total: Floats = self.outer_m + self.inner_m
        return total


def zone_areas(labels: Indices, cells: Geometries, n_zones: int | None = None) -> Geometries:
    """Return the affected ground of each zone.

    Parameters
    ----------
    labels : Indices
        Zone of each booth, shape (n,); -1 for none.
    cells : Geometries
        Areas in WGS84 degrees, valid, shape (n,); None for a booth without ground.
    n_zones : int or None
        How many zones there are, k; as many as the labels name if None.

    Returns
    -------
    Geometries
        Multipolygons, shape (k,); None for a zone without ground. Booths that share a cell count
        once. Where cells meet corner by corner their borders stay as they are but for
        `GRID_DEGREES`.
    """
    inside = np.flatnonzero(labels >= 0)
    return _joined(labels[inside], inside.astype(np.int32), _n_zones(labels, n_zones), cells)


def buffer_areas(
    labels: Indices, pairs: BufferPairs, cells: Geometries, n_zones: int | None = None
) -> Geometries:
    """Return the buffer of each zone; what is affected, in whichever zone, is no part of it.

    Parameters
    ----------
    labels : Indices
        Zone of each affected booth, shape (n,); -1 for any other.
    pairs : BufferPairs
        Which booths lie in the buffer of which zones. Buffers of two zones may share ground.
    cells : Geometries
        Areas in WGS84 degrees, valid, shape (n,); None for a booth without ground.
    n_zones : int or None
        How many zones there are, k; as many as the labels name if None.

    Returns
    -------
    Geometries
        Multipolygons, shape (k,); None for a zone without buffer.
    """
    spared = cells.copy()
    near = np.unique(pairs.booth)
    spared[near] = _outside(cells[near], each_once(cells[labels >= 0]))
    return _joined(pairs.zone, pairs.booth, _n_zones(labels, n_zones), spared)


def _n_zones(labels: Indices, n_zones: int | None) -> int:
    return int(labels.max(initial=-1)) + 1 if n_zones is None else n_zones


def _outside(cells: Geometries, affected: Geometries) -> Geometries:
    """Return what is left of cells outside affected ones; only surveyed cells may overlap.

    A property that a line would split is on the stricter side.
    """
    left = cells.copy()
    cell, over = shapely.STRtree(affected).query(cells, predicate="intersects")
    # Most only touch.
    shares = shapely.relate_pattern(cells[cell], affected[over], "2********")
    cell, over = cell[shares], over[shares]
    for at in np.unique(cell):
        sealed = shapely.union_all(affected[over[cell == at]], grid_size=GRID_DEGREES)
        left[at] = shapely.difference(cells[at], sealed, grid_size=GRID_DEGREES)
    return left


def perimeters(areas_metric: Geometries, touching_m: float) -> Perimeters:
    """Return the length of the line around each zone.

    Parameters
    ----------
    areas_metric : Geometries
        Ground of each zone in a metric system, shape (k,); None for one without.
    touching_m : float
        Up to which distance in metres two areas touch: a gap as narrow as that, between booths
        of one zone, isn't walked around.
    """
    closed = _without_seams(areas_metric, touching_m)
    parts, zone = shapely.get_parts(closed, return_index=True)
    outer_m, all_m = np.zeros(len(closed)), np.zeros(len(closed))
    np.add.at(outer_m, zone, shapely.length(shapely.get_exterior_ring(parts)))
    np.add.at(all_m, zone, shapely.length(parts))
    nowhere = shapely.is_missing(areas_metric) | shapely.is_empty(areas_metric)
    outer_m[nowhere] = all_m[nowhere] = np.nan
    return Perimeters(outer_m, np.maximum(all_m - outer_m, 0))


def _without_seams(areas_metric: Geometries, touching_m: float) -> Geometries:
    """Return areas whose narrow gaps are filled; corners stay where they were."""
    wider = shapely.buffer(areas_metric, touching_m, join_style="mitre")
    closed: Geometries = shapely.buffer(wider, -touching_m, join_style="mitre")
    return closed


def _joined(zone: Indices, booth: Indices, n_zones: int, cells: Geometries) -> Geometries:
    """Return the ground of each zone from pairs of zone and booth."""
    areas = np.full(n_zones, None, dtype=object)
    for at, own in enumerate(booths_of_zones(zone, booth, n_zones)):
        once = each_once(cells[own])
        if shapely.coverage_is_valid(once):
            areas[at] = shapely.set_precision(shapely.coverage_union_all(once), GRID_DEGREES)
        else:
            areas[at] = shapely.union_all(once, grid_size=GRID_DEGREES)
    return areas_from_parts(areas)
