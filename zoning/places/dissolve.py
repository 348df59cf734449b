"""Cells of one kind as one area each, joined along arcs that are already known.

Arcs between cells of one kind fall away; the rest are chained to rings. Cells that share a border
hang together, so a ring belongs to the group of the cell to its left, and a group has one outer
ring: which hole lies in which area needs no geometry. Where a group touches itself in a point, a
ring goes on along the same foreign ground, so that none meets a point twice.

References
----------
OGC 06-103r4, Simple feature access, part 1, 6.1.11.1: rings of a polygon may touch in a point and
don't cross.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from zoning.model import Bools, Geometries, Indices, Ints
from zoning.places.arcs import CoverageArcs
from zoning.places.ring_edges import NOTHING


def dissolve(arcs: CoverageArcs, kind: Ints, n_kinds: int) -> Geometries:
    """Return the area of each kind.

    Parameters
    ----------
    arcs : CoverageArcs
        Of n areas.
    kind : Ints
        Kind of each area from 0 to `n_kinds` - 1, shape (n,); -1 for one that is left out. Ground
        that several areas share belongs to the first kind among theirs.
    n_kinds : int
        How many kinds there are.

    Returns
    -------
    Geometries
        A multipolygon a kind, shape (n_kinds,), with every corner of the cells along its border;
        None where no cell is of it.
    """
    kind_of_part = _kind_of_cells(arcs, kind, n_kinds)[arcs.cell]
    of_side = np.append(kind_of_part, kind_of_part.dtype.type(NOTHING))[arcs.sides.reshape(-1)]
    is_inner = of_side[::2] == of_side[1::2]
    is_border = np.repeat(~is_inner, 2) & (of_side != NOTHING)
    is_inner &= of_side[::2] != NOTHING
    group = _groups(arcs.sides[is_inner], len(kind_of_part))
    ways = np.flatnonzero(is_border)
    areas = np.full(n_kinds, None, dtype=object)
    if not len(ways):
        return areas
    group_of_way = group[arcs.sides.reshape(-1)[ways]]
    position = np.full(len(is_border), NOTHING, dtype=np.int32)
    position[ways] = np.arange(len(ways))
    order, first = _rings(_following(arcs, ways, position, group_of_way))
    kind_of_group = np.empty(int(group.max()) + 1, dtype=kind_of_part.dtype)
    kind_of_group[group] = kind_of_part
    kinds, drawn = _drawn(arcs, ways[order], first, group_of_way[order[first]], kind_of_group)
    areas[kinds] = drawn
    return areas


def _groups(joined: Indices, n: int) -> Indices:
    """Return the group of each part, parts that share a border being together."""
    first = np.append(0, np.cumsum(np.bincount(joined[:, 0], minlength=n)))
    joins = csr_array((np.ones(len(joined)), joined[:, 1].copy(), first.astype(np.int32)), (n, n))
    group: Indices = connected_components(joins, directed=False)[1]
    return group


def _kind_of_cells(arcs: CoverageArcs, kind: Ints, n_kinds: int) -> npt.NDArray[np.signedinteger]:
    n_cells = int(arcs.cell.max()) + 1 if len(arcs.cell) else 0
    # Few kinds fit a byte, and what is told of each side of each arc is read several times.
    dtype = np.dtype(np.int8 if n_kinds <= np.iinfo(np.int8).max else np.int32)
    least: npt.NDArray[np.signedinteger] = np.full(n_cells, n_kinds, dtype=dtype)
    counts = (kind != NOTHING) & (arcs.cell_of != NOTHING)
    np.minimum.at(least, arcs.cell_of[counts], kind[counts].astype(dtype))
    least[least == n_kinds] = NOTHING
    return least


def _following(arcs: CoverageArcs, ways: Ints, position: Indices, group_of_way: Indices) -> Indices:
    """Return which border follows each one around its group, as positions in `ways`.

    Ground of the group lies to the left of a border, what is foreign to the right: it is the next
    of the group to the right that has the same foreign ground beside it.
    """
    turned = arcs.turning[ways]
    following = position[turned]
    astray = np.flatnonzero((following < 0) | (group_of_way[following] != group_of_way))
    while len(astray):
        # The way back from where a way leads is turned on from there.
        turned[astray] = arcs.turning[turned[astray] ^ 1]
        found = position[turned[astray]]
        following[astray] = found
        astray = astray[(found < 0) | (group_of_way[found] != group_of_way[astray])]
    return following


def _rings(following: Indices) -> tuple[Ints, Ints]:
    """Return the borders ring by ring, and where each ring begins."""
    n = len(following)
    each, ones = np.arange(n + 1, dtype=np.int32), np.ones(n)
    n_rings, ring = connected_components(
        csr_array((ones, following, each), (n, n)), connection="strong"
    )
    head = np.empty(n_rings, dtype=np.int64)
    head[ring[::-1]] = np.arange(n)[::-1]
    # All rings opened and hung one behind the other are one way, which is walked at once.
    before = np.empty(n, dtype=np.int64)
    before[following] = np.arange(n)
    way = following.copy()
    way[before[head]] = np.roll(head, -1)
    order = breadth_first_order(
        csr_array((ones, way, each), (n, n)), head[0], return_predecessors=False
    ).astype(np.int64)
    position = np.empty(n, dtype=np.int64)
    position[order] = np.arange(n)
    return order, position[head]


def _drawn(
    arcs: CoverageArcs, walk: Ints, first: Ints, group: Indices, kind_of_group: Indices
) -> tuple[Indices, Geometries]:
    """Return the kinds that there are, and the area of each."""
    after = np.append(first[1:], len(walk))
    is_outer = _outer(arcs, walk, first, group)
    # Ring by ring: kind by kind, group by group, the outer one first.
    kind = kind_of_group[group]
    by_polygon = np.lexsort((~is_outer, group, kind))
    size = (after - first)[by_polygon]
    ends = np.cumsum(size)
    walk = walk[np.arange(len(walk)) + np.repeat(first[by_polygon] - (ends - size), size)]
    arc, step = walk >> 1, 1 - 2 * (walk & 1)
    low, high = arcs.first[arc], arcs.first[arc + 1]
    # A border ends where the next begins; only the last of a ring keeps its last point.
    points = high - low - 1
    points[ends - 1] += 1
    until = np.cumsum(points)
    # From corner to corner of an arc by one, up or down; from arc to arc by a jump.
    begin = np.where(step > 0, low, high - 1)
    at = np.repeat(step, points)
    at[0] = begin[0]
    at[until[:-1]] = begin[1:] - (begin + step * (points - 1))[:-1]
    np.cumsum(at, out=at)
    opens = np.flatnonzero(is_outer[by_polygon])
    kinds, opens_kind = np.unique(kind[by_polygon][opens], return_index=True)
    offsets = (
        np.append(0, until[ends - 1]),
        np.append(opens, len(by_polygon)),
        np.append(opens_kind, len(opens)),
    )
    # As single complex numbers, corners are copied in half the time.
    xy = arcs.xy.view(np.complex128)[:, 0].take(at).view(np.float64).reshape(-1, 2)
    return kinds, shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, xy, offsets)


def _outer(arcs: CoverageArcs, walk: Ints, first: Ints, group: Indices) -> Bools:
    """Return which rings are outer ones: of a group the one that reaches furthest west."""
    west = np.minimum.reduceat(arcs.west[walk >> 1], first)
    furthest = np.full(int(group.max()) + 1, np.inf)
    np.minimum.at(furthest, group, west)
    is_outer: Bools = west == furthest[group]
    # A hole may touch the outer ring just there: then the one that runs anticlockwise.
    rivals = is_outer & (np.bincount(group[is_outer])[group] > 1)
    after = np.append(first[1:], len(walk))
    for ring in np.flatnonzero(rivals):
        is_outer[ring] = _runs_anticlockwise(arcs, walk[first[ring] : after[ring]])
    return is_outer


def _runs_anticlockwise(arcs: CoverageArcs, ring: Ints) -> bool:
    pieces = [
        arcs.xy[arcs.first[way >> 1] : arcs.first[(way >> 1) + 1]][:: 1 - 2 * (way & 1)][:-1]
        for way in ring
    ]
    return bool(shapely.is_ccw(shapely.linearrings(np.concatenate(pieces))))
