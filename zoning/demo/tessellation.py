"""Divide regions into cells that share every border: no gap, no overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from zoning.demo.warp import Points
from zoning.model import Geometries, Indices

_DECIMALS = 6
_GRID = 10.0**-_DECIMALS
# Corners lie on the grid, so points that halve an edge lie on its ties; moved by an odd share of
# the grid none does.
_OFF_TIE = 0.3141592 * _GRID


def relaxed_seeds(rng: np.random.Generator, samples: Points, count: int, rounds: int = 5) -> Points:
    """Return `count` seeds spread so that each draws a like share of the samples.

    Lloyd's iteration: every seed moves to the mean of the samples nearest to it.
    """
    seeds = samples[rng.choice(len(samples), count, replace=False)]
    for _ in range(rounds):
        nearest = cKDTree(seeds).query(samples)[1]
        size = np.bincount(nearest, minlength=count)
        sums = [np.bincount(nearest, samples[:, axis], count) for axis in (0, 1)]
        means = np.column_stack(sums) / np.maximum(size, 1)[:, None]
        seeds = np.where((size > 0)[:, None], means, seeds)
    return seeds


def points_within(rng: np.random.Generator, region: BaseGeometry, count: int) -> Points:
    """Return `count` uniform points of a region, shape (count, 2)."""
    low_x, low_y, high_x, high_y = region.bounds
    shapely.prepare(region)
    kept = np.empty((0, 2))
    while len(kept) < count:
        drawn = rng.uniform((low_x, low_y), (high_x, high_y), (2 * count, 2))
        kept = np.concatenate([kept, drawn[shapely.contains_xy(region, drawn)]])
    return kept[:count]


def cells(regions: Sequence[BaseGeometry], seeds: Sequence[Points]) -> Geometries:
    """Return one polygon a seed; together they cover the regions.

    Parameters
    ----------
    regions : sequence of polygons
        Disjoint; neighbours need not share their vertices.
    seeds : sequence of arrays of shape (k, 2)
        The seeds of each region.

    Returns
    -------
    Geometries
        Polygons in the order of the seeds, all borders noded together.
    """
    lines: list[Any] = []
    for region, own in zip(regions, seeds, strict=True):
        edges = shapely.voronoi_polygons(
            shapely.multipoints(own), extend_to=region, only_edges=True
        )
        lines += [shapely.intersection(edges, region), region.boundary]
    noded = shapely.union_all(np.asarray(lines, dtype=object), grid_size=_GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inner = shapely.get_coordinates(shapely.point_on_surface(faces))
    owner = np.full(len(faces), -1, dtype=np.int32)
    first = 0
    for region, own in zip(regions, seeds, strict=True):
        inside = shapely.contains_xy(region, inner)
        owner[inside] = first + cKDTree(own).query(inner[inside])[1]
        first += len(own)
    return _in_one_piece(faces, owner, first)


def _in_one_piece(faces: npt.NDArray[np.object_], owner: Indices, count: int) -> Geometries:
    """Join each cell's faces; a piece cut off goes to the neighbour it borders longest."""
    whole = np.empty(count, dtype=object)
    loose: list[BaseGeometry] = []
    for cell in range(count):
        pieces = shapely.get_parts(shapely.coverage_union_all(faces[owner == cell]))
        order = np.argsort(-shapely.area(pieces))
        whole[cell] = pieces[order[0]]
        loose += list(pieces[order[1:]])
    for piece in loose:
        shared = shapely.length(shapely.intersection(piece.boundary, shapely.boundary(whole)))
        taker = int(np.argmax(shared))
        whole[taker] = shapely.coverage_union(whole[taker], piece)
    return whole


def densified(polygons: Geometries, spacing: float) -> Geometries:
    """Return polygons whose edges have a vertex at least every `spacing`, still shared.

    Two neighbours walk a shared edge in opposite directions and reach points
    that differ in the last digit: rounding makes them one.
    """
    dense = shapely.segmentize(polygons, spacing)
    return np.asarray(
        shapely.transform(dense, lambda xy: (xy + _OFF_TIE).round(_DECIMALS)), dtype=object
    )


def group_seeds(rng: np.random.Generator, seeds: Points, count: int) -> Indices:
    """Return for each seed the group it belongs to, 0 to `count` - 1, near ones together."""
    centres = relaxed_seeds(rng, seeds, count, rounds=30)
    return np.asarray(cKDTree(centres).query(seeds)[1], dtype=np.int32)
