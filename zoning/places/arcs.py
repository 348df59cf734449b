"""The borders of a coverage as arcs: each line between two cells once, with both its sides.

Made once for an edition and kept; `dissolve` joins the cells of any day along them without
touching a polygon.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from zoning.model import Bools, Floats, Geometries, Indices, Ints
from zoning.places.packing import pack_arrays, unpack_arrays
from zoning.places.ring_edges import NOTHING, RingEdges, lines_of, ring_edges

_ARRAYS = ("xy", "first", "sides", "turning", "west", "cell", "cell_of")


@dataclass(frozen=True)
class CoverageArcs:
    """Arc topology of `c` different cells, of which `n` areas have one each or none.

    A part is one polygon of a cell; an arc runs from one place where three or more borders meet
    to the next, or all around a ring that meets none.

    Attributes
    ----------
    xy : Floats
        Points of all arcs, shape (v, 2), in the coordinates of the cells.
    first : Indices
        Shape (a + 1,): where the points of each arc begin.
    sides : Indices
        Part to the left of each arc and to the right, shape (a, 2); `NOTHING` for none. Flat, it
        is what lies to the left of each way along an arc: way 2 i leads forward, 2 i + 1 back.
    turning : Indices
        Shape (2 a,): where each way ends, the way that leaves next, anticlockwise from the way
        back.
    west : Floats
        Least x of each arc, shape (a,).
    cell : Indices
        Cell of each part.
    cell_of : Indices
        Cell of each area, shape (n,); `NOTHING` for an area without ground.
    """

    xy: Floats
    first: Indices
    sides: Indices
    turning: Indices
    west: Floats
    cell: Indices
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
    # In the order of the parts to the left, then right, as `dissolve` reads them.
    chosen = order[~is_again]
    chosen = chosen[np.lexsort((right[chosen], edges.part[first[chosen]]))]
    first, length = first[chosen], length[chosen]
    points = length + 1
    begins = np.append(0, np.cumsum(points))
    at = np.arange(begins[-1]) - np.repeat(begins[:-1], points)
    edge = np.repeat(first, points) + np.minimum(at, np.repeat(length - 1, points))
    vertex = np.where(at == np.repeat(length, points), edges.end[edge], edges.start[edge])
    xy = edges.vertices[vertex]
    return CoverageArcs(
        xy=xy,
        first=begins.astype(np.int32),
        sides=np.column_stack([edges.part[first], right[chosen]]).astype(np.int32),
        turning=_turning(xy, vertex, begins),
        west=np.minimum.reduceat(xy[:, 0], begins[:-1]) if len(xy) else xy[:, 0],
        cell=edges.area_of_part.astype(np.int32),
        cell_of=cell_of,
    )


def _turning(xy: Floats, vertex: Ints, begins: Ints) -> Indices:
    """Return for each way the one that leaves its end next, anticlockwise from the way back."""
    first, last = begins[:-1], begins[1:] - 1
    here = np.column_stack([first, last]).reshape(-1)
    away = xy[np.column_stack([first + 1, last - 1]).reshape(-1)] - xy[here]
    order = np.lexsort((np.arctan2(away[:, 1], away[:, 0]), vertex[here]))
    place = vertex[here][order]
    begin = np.flatnonzero(np.append(True, place[1:] != place[:-1])) if len(order) else order
    after = np.roll(order, -1)
    after[np.append(begin[1:], len(order))[: len(begin)] - 1] = order[begin]
    turning = np.empty(len(order), dtype=np.int32)
    # Way and way back differ in the last bit.
    turning[order ^ 1] = after
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
