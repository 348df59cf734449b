"""A uniform grid over polygons: which cells a border touches, which lie wholly inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from zoning.model import Floats, Geometries, Ints

# Borders are taken to reach this far into a neighbouring cell, so that rounding can never
# leave a border in a cell thought to be pure.
SLACK_CELLS = 1e-6


@dataclass(frozen=True)
class Grid:
    """Corner, cell size and number of columns and rows, in units of the coordinates."""

    x0: float
    y0: float
    dx: float
    dy: float
    nx: int
    ny: int

    def __len__(self) -> int:
        return self.nx * self.ny


@dataclass(frozen=True)
class Edges:
    """Straight pieces of all rings; `part` numbers polygons, `rank` their units."""

    x1: Floats
    y1: Floats
    x2: Floats
    y2: Floats
    part: Ints
    rank: Ints


def lay_grid(polygons: Geometries, side: int) -> Grid:
    """Return a grid of about `side` cells each way, with a margin that no border reaches."""
    x_min, y_min, x_max, y_max = shapely.total_bounds(polygons)
    dx = max((x_max - x_min) / side, 1e-12)
    dy = max((y_max - y_min) / side, 1e-12)
    # Without a margin a point beyond the edge would be looked up in a cell of the edge.
    return Grid(x_min - dx, y_min - dy, dx, dy, side + 3, side + 3)


def straight_edges(by_rank: Geometries) -> Edges:
    """Return the edges of all rings of polygons and multipolygons."""
    parts, part_rank = shapely.get_parts(by_rank, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1]
    start, end = xy[:-1][joined], xy[1:][joined]
    part = ring_part[ring[:-1][joined]]
    return Edges(start[:, 0], start[:, 1], end[:, 0], end[:, 1], part, part_rank[part])


def cells_touched(
    grid: Grid, x1: Floats, y1: Floats, x2: Floats, y2: Floats, label: Ints, n_labels: int
) -> Ints:
    """Return sorted unique `cell * n_labels + label` of every cell an edge may touch."""
    c1, c2 = (x1 - grid.x0) / grid.dx, (x2 - grid.x0) / grid.dx
    r1, r2 = (y1 - grid.y0) / grid.dy, (y2 - grid.y0) / grid.dy
    pieces = np.ceil(np.maximum(np.abs(c2 - c1), np.abs(r2 - r1))).astype(np.int64)
    pieces = np.maximum(pieces, 1)
    edge = np.repeat(np.arange(len(c1)), pieces)
    nth = np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    begin, end = nth / pieces[edge], (nth + 1) / pieces[edge]
    dc, dr = (c2 - c1)[edge], (r2 - r1)[edge]
    ca, cb = c1[edge] + begin * dc, c1[edge] + end * dc
    ra, rb = r1[edge] + begin * dr, r1[edge] + end * dr
    c_low = np.floor(np.minimum(ca, cb) - SLACK_CELLS).astype(np.int64)
    c_high = np.floor(np.maximum(ca, cb) + SLACK_CELLS).astype(np.int64)
    r_low = np.floor(np.minimum(ra, rb) - SLACK_CELLS).astype(np.int64)
    r_high = np.floor(np.maximum(ra, rb) + SLACK_CELLS).astype(np.int64)
    label = label[edge]
    keys = [sorted_unique((r_low * grid.nx + c_low) * n_labels + label)]
    # Most pieces lie in one cell. The others, at most one cell long, reach over two each way.
    wide = np.flatnonzero((c_high > c_low) | (r_high > r_low))
    c_low, c_high, label = c_low[wide], c_high[wide], label[wide]
    r_low, r_high = r_low[wide], r_high[wide]
    for column in range(3):
        for row in range(3):
            c, r = c_low + column, r_low + row
            reached = (c <= c_high) & (r <= r_high)
            keys.append(sorted_unique((r * grid.nx + c)[reached] * n_labels + label[reached]))
    return sorted_unique(np.concatenate(keys))


def sorted_unique(keys: Ints) -> Ints:
    """Return the distinct keys, ascending."""
    # Along a ring the same cell comes many times in a row: dropping those first leaves
    # little to sort.
    if len(keys) < 2:
        return keys
    ordered: Ints = np.sort(keys[np.append(True, keys[1:] != keys[:-1])])
    is_first = np.append(True, ordered[1:] != ordered[:-1])
    unique: Ints = ordered[is_first]
    return unique


def cells_covered(grid: Grid, edges: Edges) -> tuple[Ints, Ints]:
    """Return (cell, rank) of every cell whose centre a polygon holds, by even-odd crossing."""
    low = np.minimum(edges.y1, edges.y2)
    high = np.maximum(edges.y1, edges.y2)
    first = np.ceil((low - grid.y0) / grid.dy - 0.5).astype(np.int64)
    last = np.ceil((high - grid.y0) / grid.dy - 0.5).astype(np.int64)
    count = np.maximum(np.minimum(last, grid.ny) - np.maximum(first, 0), 0)
    edge = np.repeat(np.arange(len(low)), count)
    nth = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    row = np.maximum(first, 0)[edge] + nth
    y = grid.y0 + (row + 0.5) * grid.dy
    slope = (edges.x2[edge] - edges.x1[edge]) / (edges.y2[edge] - edges.y1[edge])
    x = edges.x1[edge] + (y - edges.y1[edge]) * slope
    column = (x - grid.x0) / grid.dx - 0.5
    part_row = edges.part[edge] * grid.ny + row
    order = np.lexsort((column, part_row))
    column, rank, row = column[order], edges.rank[edge][order], row[order]
    # Crossings of one part in one row come in pairs: in, out, in, out.
    begin = np.maximum(np.ceil(column[0::2]), 0).astype(np.int64)
    end = np.minimum(np.ceil(column[1::2]), grid.nx).astype(np.int64)
    width = np.maximum(end - begin, 0)
    span = np.repeat(np.arange(len(width)), width)
    nth = np.arange(len(span)) - np.repeat(np.cumsum(width) - width, width)
    covered: npt.NDArray[np.int64] = row[0::2][span] * grid.nx + begin[span] + nth
    return covered, rank[0::2][span]
