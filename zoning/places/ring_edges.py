"""The edges of polygons, each once, with the polygon on either side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from zoning.model import Bools, Floats, Geometries, Ints

NOTHING = -1


@dataclass(frozen=True)
class RingEdges:
    """Edges in the order of their rings, the inside to the left.

    Attributes
    ----------
    vertices : Floats
        Distinct corners, shape (v, 2).
    start, end : Ints
        Corners of each edge, shape (e,).
    ring, part : Ints
        Ring and polygon of each edge, both numbered from 0.
    edge : Ints
        Number of the line that it follows; the same for both directions.
    area_of_part : Ints
        Position in the caller's order of each polygon: a multipolygon has several.
    """

    vertices: Floats
    start: Ints
    end: Ints
    ring: Ints
    part: Ints
    edge: Ints
    area_of_part: Ints

    def __len__(self) -> int:
        return len(self.edge)


@dataclass(frozen=True)
class Lines:
    """Each line once, from its lower corner number to its higher.

    Attributes
    ----------
    low, high : Ints
        Corners, shape (k,).
    left, right : Ints
        Polygon on either side, `NOTHING` for none.
    is_regular : Bools
        At most one polygon lies on either side; where polygons overlap, more may.
    """

    low: Ints
    high: Ints
    left: Ints
    right: Ints
    is_regular: Bools


def ring_edges(geometry: Geometries) -> RingEdges:
    """Return the edges of polygons and multipolygons, shape (n,); None and empty have none."""
    parts, area_of_part = shapely.get_parts(geometry, return_index=True)
    is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    is_area &= ~shapely.is_empty(parts)
    parts, area_of_part = shapely.orient_polygons(parts[is_area]), area_of_part[is_area]
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    repeats = np.zeros(len(xy), dtype=bool)
    repeats[1:] = (xy[1:] == xy[:-1]).all(axis=1) & (ring[1:] == ring[:-1])
    # Zero has two signs and is one place.
    xy, ring = xy[~repeats] + 0.0, ring[~repeats]
    places, vertex = np.unique(xy[:, 0] + 1j * xy[:, 1], return_inverse=True)
    joined = ring[1:] == ring[:-1]
    start, end = vertex[:-1][joined], vertex[1:][joined]
    ring = ring[:-1][joined]
    key = np.minimum(start, end) * max(len(places), 1) + np.maximum(start, end)
    edge = np.unique(key, return_inverse=True)[1]
    return RingEdges(
        np.column_stack([places.real, places.imag]),
        start,
        end,
        ring,
        part_of_ring[ring],
        edge,
        area_of_part.astype(np.int64),
    )


def lines_of(edges: RingEdges) -> Lines:
    """Return each line once, with what lies left and right of it."""
    n = int(edges.edge.max()) + 1 if len(edges) else 0
    is_forward = edges.start < edges.end
    low, high = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    low[edges.edge] = np.minimum(edges.start, edges.end)
    high[edges.edge] = np.maximum(edges.start, edges.end)
    left, right = np.full(n, NOTHING, dtype=np.int64), np.full(n, NOTHING, dtype=np.int64)
    left[edges.edge[is_forward]] = edges.part[is_forward]
    right[edges.edge[~is_forward]] = edges.part[~is_forward]
    once = np.bincount(edges.edge[is_forward], minlength=n) <= 1
    once &= np.bincount(edges.edge[~is_forward], minlength=n) <= 1
    return Lines(low, high, left, right, once)
