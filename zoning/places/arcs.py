"""The borders of a coverage as arcs: each line between two cells once, with both its sides.

Made once for an edition and kept; `dissolve` joins the cells of any day along them without
touching a polygon.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import depth_first_order

from zoning.model import Bools, Floats, Geometries, Indices, Ints
from zoning.places.packing import pack_arrays, unpack_arrays
from zoning.places.ring_edges import NOTHING, RingEdges, lines_of, ring_edges

_ARRAYS = ("xy", "ways", "side", "turning", "cell", "goes_on", "cell_of")
WAY = np.dtype([("first", np.int32), ("size", np.int32), ("west", np.float64)])


@dataclass(frozen=True)
class CoverageArcs:
    """Arc topology of `c` different cells, of which `n` areas have one each or none.

    A part is one polygon of a cell; an arc runs from one place where three or more borders meet
    to the next, or all around a ring that meets none. Of a arcs there are 2 a ways: i leads
    forward along an arc, a + i back.

    Attributes
    ----------
    xy : Floats
        Points of all ways, shape (v, 2), in the coordinates of the cells. The last of a way is
        left out: there the next begins.
    ways : npt.NDArray[np.void]
        Records of `WAY`, shape (2 a,): where the points of each way begin, how many there are,
        and its least x. What is read of a way at once lies together.
    side : Indices
        Part to the left of each way, shape (2 a,); `NOTHING` for none. Forward ways lie in the
        order of these parts, and have one.
    turning : Indices
        Shape (2 a,): where each way ends, the way that leaves next, anticlockwise from the way
        back.
    cell : Indices
        Cell of each part. Parts are numbered along paths from neighbour to neighbour.
    goes_on : Bools
        Whether each part borders on the next in number.
    cell_of : Indices
        Cell of each area, shape (n,); `NOTHING` for an area without ground.
    """

    xy: Floats
    ways: npt.NDArray[np.void]
    side: Indices
    turning: Indices
    cell: Indices
    goes_on: Bools
    cell_of: Indices

    def to_bytes(self) -> bytes:
        """Return the arcs as bytes; made of the same cells they are the same."""
        return pack_arrays({name: getattr(self, name) for name in _ARRAYS})

    @classmethod
    def from_bytes(cls, packed: bytes) -> CoverageArcs:
        """Return arcs that were kept.

        Raises
        ------
        StoreError
            If the bytes are damaged.
        """
        return cls(**unpack_arrays(packed, _ARRAYS))  # type: ignore[arg-type]


def coverage_arcs(areas: Geometries) -> CoverageArcs | None:
    """Return the arcs of areas, or None where these are no coverage.

    Parameters
    ----------
    areas : Geometries
        Valid polygons or multipolygons, shape (n,); None or empty for no ground. The same ground
        may come several times: booths at one point share it.

    Returns
    -------
    CoverageArcs or None
        None where areas overlap, or meet without sharing their corners: `joint_areas` knows the
        slower way.
    """
    cells, cell_of = _distinct(areas)
    if not shapely.coverage_is_valid(cells):
        return None
    edges = ring_edges(cells)
    lines = lines_of(edges)
    if not lines.is_regular.all():
        return None
    is_place = np.bincount(np.concatenate([lines.low, lines.high])) != 2
    is_place = np.append(is_place, np.zeros(len(edges.vertices) - len(is_place), dtype=bool))
    edges, is_first = _cut(edges, is_place)
    first = np.flatnonzero(is_first)
    length = np.diff(np.append(first, len(edges)))
    # A border is walked once from either side, and known by the line of least number in it.
    key = np.minimum.reduceat(edges.edge, first) if len(first) else first
    order = np.argsort(key, kind="stable")
    is_again = np.zeros(len(key), dtype=bool)
    is_again[1:] = key[order][1:] == key[order][:-1]
    right = np.full(len(key), NOTHING, dtype=np.int64)
    right[order[:-1][is_again[1:]]] = edges.part[first[order[is_again]]]
    chosen = order[~is_again]
    left, right = edges.part[first[chosen]], right[chosen]
    path = _path(left, right, len(edges.area_of_part))
    number = np.empty(len(path) + 1, dtype=np.int64)
    number[path], number[NOTHING] = np.arange(len(path)), NOTHING
    left, right = number[left], number[right]
    # In the order of the parts to the left, then right, as `dissolve` reads them.
    by_part = np.lexsort((right, left))
    chosen, left, right = chosen[by_part], left[by_part], right[by_part]
    goes_on = np.zeros(len(path), dtype=bool)
    meets_next = (np.abs(left - right) == 1) & (right != NOTHING)
    goes_on[np.minimum(left, right)[meets_next]] = True
    first, length = first[chosen], length[chosen]
    points = length + 1
    begins = np.append(0, np.cumsum(points))
    at = np.arange(begins[-1]) - np.repeat(begins[:-1], points)
    edge = np.repeat(first, points) + np.minimum(at, np.repeat(length - 1, points))
    vertex = np.where(at == np.repeat(length, points), edges.end[edge], edges.start[edge])
    xy = edges.vertices[vertex]
    west = np.minimum.reduceat(xy[:, 0], begins[:-1]) if len(xy) else xy[:, 0]
    forward = np.delete(xy, begins[1:] - 1, axis=0)
    back = np.delete(xy, begins[:-1], axis=0)
    ways = np.empty(2 * len(length), dtype=WAY)
    ways["size"] = np.append(length, length)
    ways["first"] = np.cumsum(ways["size"]) - ways["size"]
    ways["west"] = np.append(west, west)
    return CoverageArcs(
        xy=np.concatenate([forward, _each_reversed(back, length)]),
        ways=ways,
        side=np.append(left, right).astype(np.int32),
        turning=_turning(xy, vertex, begins),
        cell=edges.area_of_part[path].astype(np.int32),
        goes_on=goes_on,
        cell_of=cell_of,
    )


def _path(left: Ints, right: Ints, n_parts: int) -> Ints:
    """Return the parts in an order in which most border on the next: deep through neighbours."""
    between = np.flatnonzero(right != NOTHING)
    # From a stair behind the parts one gets at each of them, also where no neighbour leads to it.
    each = np.arange(n_parts)
    begins = np.concatenate([left[between], right[between], each + n_parts, each + n_parts])
    ends = np.concatenate([right[between], left[between], each, each + n_parts + 1])
    n = 2 * n_parts + 1
    way = depth_first_order(
        csr_array((np.ones(len(begins)), (begins, ends)), (n, n)),
        n_parts,
        return_predecessors=False,
    )
    return way[way < n_parts].astype(np.int64)


def _each_reversed(xy: Floats, size: Ints) -> Floats:
    """Return points with each run of so many the other way round."""
    ends = np.cumsum(size)
    return xy[np.repeat(2 * ends - size - 1, size) - np.arange(len(xy))]


def _turning(xy: Floats, vertex: Ints, begins: Ints) -> Indices:
    """Return for each way the one that leaves its end next, anticlockwise from the way back."""
    first, last = begins[:-1], begins[1:] - 1
    here = np.append(first, last)
    away = xy[np.append(first + 1, last - 1)] - xy[here]
    order = np.lexsort((np.arctan2(away[:, 1], away[:, 0]), vertex[here]))
    place = vertex[here][order]
    begin = np.flatnonzero(np.append(True, place[1:] != place[:-1])) if len(order) else order
    after = np.roll(order, -1)
    after[np.append(begin[1:], len(order))[: len(begin)] - 1] = order[begin]
    turning = np.empty(len(order), dtype=np.int32)
    turning[np.roll(np.arange(len(order)), len(first))[order]] = after
    return turning


def _distinct(areas: Geometries) -> tuple[Geometries, Indices]:
    """Return each ground once, and which each area has."""
    cell_of = np.full(len(areas), NOTHING, dtype=np.int32)
    there = np.flatnonzero(~(shapely.is_missing(areas) | shapely.is_empty(areas)))
    codes: dict[bytes, int] = {}
    cell_of[there] = [codes.setdefault(code, len(codes)) for code in shapely.to_wkb(areas[there])]
    cells = np.empty(len(codes), dtype=object)
    # Backwards, so that of several the first stays.
    cells[cell_of[there[::-1]]] = areas[there[::-1]]
    return cells, cell_of


def _cut(edges: RingEdges, is_place: Bools) -> tuple[RingEdges, Bools]:
    """Return the edges with each ring begun at a place, and which edges begin an arc.

    A ring without one begins at its least corner, so that an enclave and the hole around it
    begin alike.
    """
    if not len(edges):
        return edges, np.empty(0, dtype=bool)
    begins = np.append(True, edges.ring[1:] != edges.ring[:-1])
    bounds = np.flatnonzero(begins)
    length = np.diff(np.append(bounds, len(edges)))
    ring = np.cumsum(begins) - 1
    n = len(edges.vertices)
    rank = np.where(is_place[edges.start], edges.start, edges.start + n)
    least = np.minimum.reduceat(rank, bounds)
    head = np.flatnonzero(rank == least[ring])
    shift = np.zeros(len(bounds), dtype=np.int64)
    # A corner may come twice in a ring, though not in a valid one; the first counts.
    shift[ring[head[::-1]]] = head[::-1] - bounds[ring[head[::-1]]]
    nth = np.arange(len(edges)) - bounds[ring]
    order = bounds[ring] + (nth + shift[ring]) % length[ring]
    turned = RingEdges(
        edges.vertices,
        edges.start[order],
        edges.end[order],
        edges.ring,
        edges.part,
        edges.edge[order],
        edges.area_of_part,
    )
    return turned, is_place[turned.start] | begins
