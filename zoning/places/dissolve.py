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
from scipy.sparse.csgraph import connected_components, depth_first_order

from zoning.model import Bools, Floats, Geometries, Indices, Ints
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
    kind_of_part = _kind_of_cells(arcs, kind, n_kinds).take(arcs.cell)
    kind_of_way = np.append(kind_of_part, kind_of_part.dtype.type(NOTHING)).take(arcs.side)
    n_arcs = len(kind_of_way) // 2
    is_ours = kind_of_way != NOTHING
    is_alike = kind_of_way[:n_arcs] == kind_of_way[n_arcs:]
    ways = np.flatnonzero(is_ours & ~np.append(is_alike, is_alike))
    areas = np.full(n_kinds, None, dtype=object)
    if not len(ways):
        return areas
    group = _groups(arcs, kind_of_part, np.flatnonzero(is_alike & is_ours[:n_arcs]))
    group_of_way = group.take(arcs.side.take(ways))
    order, first = _rings(_following(arcs, ways, group_of_way))
    kind_of_group = np.empty(int(group.max()) + 1, dtype=kind_of_part.dtype)
    kind_of_group[group] = kind_of_part
    of_ring = group_of_way.take(order.take(first))
    # First in the order in which they are kept, then in that of the rings: memory likes it so.
    walk = arcs.ways.take(ways).take(order)
    kinds, drawn = _drawn(arcs.xy, walk, first, of_ring, kind_of_group.take(of_ring))
    areas[kinds] = drawn
    return areas


def _groups(
    arcs: CoverageArcs, kind_of_part: npt.NDArray[np.signedinteger], within: Ints
) -> Indices:
    """Return the group of each part, parts being together that have one of these arcs between."""
    # Neighbours of one kind in a row hang together anyhow, and what is of none may.
    is_apart = kind_of_part[1:] != kind_of_part[:-1]
    is_apart |= ~arcs.goes_on[:-1] & (kind_of_part[1:] != NOTHING)
    row = np.zeros(len(kind_of_part), dtype=np.int32)
    np.cumsum(is_apart, out=row[1:])
    left = row.take(arcs.side.take(within))
    right = row.take(arcs.side.take(within + len(arcs.side) // 2))
    between = np.flatnonzero(left != right)
    n = int(row[-1]) + 1
    # Arcs lie in the order of the parts to their left, so that these lie there already.
    first = np.append(0, np.cumsum(np.bincount(left.take(between), minlength=n)))
    joins = csr_array((np.ones(len(between)), right.take(between), first.astype(np.int32)), (n, n))
    group: Indices = connected_components(joins, directed=False)[1].take(row)
    return group


def _kind_of_cells(arcs: CoverageArcs, kind: Ints, n_kinds: int) -> npt.NDArray[np.signedinteger]:
    n_cells = int(arcs.cell.max()) + 1 if len(arcs.cell) else 0
    # Few kinds fit a byte, and what is told of each side of each arc is read several times.
    dtype = np.dtype(np.int8 if n_kinds <= np.iinfo(np.int8).max else np.int32)
    least: npt.NDArray[np.signedinteger] = np.full(n_cells, n_kinds, dtype=dtype)
    counts = np.flatnonzero((kind != NOTHING) & (arcs.cell_of != NOTHING))
    np.minimum.at(least, arcs.cell_of.take(counts), kind.take(counts).astype(dtype))
    least[least == n_kinds] = NOTHING
    return least


def _following(arcs: CoverageArcs, ways: Ints, group_of_way: Indices) -> Indices:
    """Return which border follows each one around its group, as positions in `ways`.

    Ground of the group lies to the left of a border, what is foreign to the right: it is the next
    of the group to the right that has the same foreign ground beside it.
    """
    n_ways = len(arcs.turning)
    position = np.full(n_ways, NOTHING, dtype=np.int32)
    position[ways] = np.arange(len(ways), dtype=np.int32)
    turned = arcs.turning.take(ways)
    following = position.take(turned)
    # What leads nowhere is astray, whichever group stands last.
    astray = np.flatnonzero((following < 0) | (group_of_way[following] != group_of_way))
    while len(astray):
        # The way back from where a way leads is turned on from there.
        turned[astray] = arcs.turning[turned[astray] - n_ways // 2]
        found = position.take(turned[astray])
        following[astray] = found
        astray = astray[(found < 0) | (group_of_way[found] != group_of_way[astray])]
    return following


def _rings(following: Indices) -> tuple[Ints, Ints]:
    """Return the borders ring by ring, and where each ring begins."""
    n = len(following)
    # What is less than the border before and the one after: the least of each ring is among these.
    entries = following.take(np.flatnonzero(following <= np.arange(n, dtype=np.int32)))
    entries = entries.take(np.flatnonzero(following.take(entries) >= entries))
    m = len(entries)
    # Behind the borders a stair: from each step into a ring, and from there back to the next.
    leads = np.empty(n + 2 * m - 1, dtype=np.int32)
    leads[:n], leads[n::2], leads[n + 1 :: 2] = following, entries, np.arange(n + 1, n + m)
    begin = np.arange(n + m + 1, dtype=np.int32)
    begin[n + 1 :] += np.arange(1, m + 1, dtype=np.int32)
    begin[-1] = len(leads)
    stair = csr_array((np.ones(len(leads)), leads, begin), (n + m, n + m))
    visited = depth_first_order(stair, n, return_predecessors=False)
    at = np.flatnonzero(visited < n)
    order: Ints = visited.take(at).astype(np.int64)
    # Between two rings lies a step at least.
    first: Ints = np.append(0, np.flatnonzero(np.diff(at) > 1) + 1)
    return order, first


def _drawn(
    xy: Floats,
    walk: npt.NDArray[np.void],
    first: Ints,
    group: Indices,
    kind: npt.NDArray[np.signedinteger],
) -> tuple[npt.NDArray[np.signedinteger], Geometries]:
    """Return the kinds that there are, and the area of each."""
    is_outer = _outer(xy, walk, first, group)
    # Ring by ring: kind by kind, group by group, the outer one first.
    by_polygon = np.lexsort((~is_outer, group, kind))
    # A ring is closed by the first point of the border that it began with.
    size = (np.append(first[1:], len(walk)) - first + 1)[by_polygon]
    ends = np.cumsum(size)
    begins = ends - size
    at = np.arange(ends[-1]) + np.repeat(first[by_polygon] - begins, size)
    at[ends - 1] = at[begins]
    walk = walk.take(at)
    walk["size"][ends - 1] = 1
    begin, points = walk["first"], walk["size"]
    until = np.cumsum(points, dtype=np.int64)
    # From point to point of a border by one, from border to border by a jump.
    at = np.ones(until[-1], dtype=np.int64)
    at[0] = begin[0]
    at[until[:-1]] = begin[1:] - (begin + points)[:-1] + 1
    np.cumsum(at, out=at)
    opens = np.flatnonzero(is_outer[by_polygon])
    kinds, opens_kind = np.unique(kind[by_polygon][opens], return_index=True)
    offsets = (
        np.append(0, until[ends - 1]),
        np.append(opens, len(by_polygon)),
        np.append(opens_kind, len(opens)),
    )
    # As single complex numbers, corners are copied in half the time.
    corners = xy.view(np.complex128)[:, 0].take(at).view(np.float64).reshape(-1, 2)
    return kinds, shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, corners, offsets)


def _outer(xy: Floats, walk: npt.NDArray[np.void], first: Ints, group: Indices) -> Bools:
    """Return which rings are outer ones: of a group the one that reaches furthest west."""
    west = np.minimum.reduceat(walk["west"], first)
    furthest = np.full(int(group.max()) + 1, np.inf)
    np.minimum.at(furthest, group, west)
    is_outer: Bools = west == furthest[group]
    # A hole may touch the outer ring just there: then the one that runs anticlockwise.
    rivals = is_outer & (np.bincount(group[is_outer])[group] > 1)
    after = np.append(first[1:], len(walk))
    for ring in np.flatnonzero(rivals):
        is_outer[ring] = _runs_anticlockwise(xy, walk[first[ring] : after[ring]])
    return is_outer


def _runs_anticlockwise(xy: Floats, ring: npt.NDArray[np.void]) -> bool:
    pieces = [xy[way["first"] : way["first"] + way["size"]] for way in ring]
    return bool(shapely.is_ccw(shapely.linearrings(np.concatenate(pieces))))
