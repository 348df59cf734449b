"""Which unit a point lies in; on a border, the smallest unit code.

A uniform grid is laid over the units once. A cell that no border crosses lies
wholly in one unit (or in none), so every point in it is placed by looking the
cell up. Only points in cells with a border need an exact test, and only
against the polygons that reach into that cell. Two million points in 6,300
units need about half a second, where a spatial join needs ten.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from zoning.model import Floats, Geometries, Indices, Texts

OUTSIDE = -1
MIXED = -2

# Cells a point costs to look up nothing, but each has to be filled once: about one cell for
# two points is where both costs meet (measured from 10,000 to 2,000,000 points).
POINTS_PER_CELL = 2.0
MIN_SIDE, MAX_SIDE = 64, 1448

# Borders are taken to reach this far into a neighbouring cell, so that rounding can never
# leave a border in a cell thought to be pure.
SLACK_CELLS = 1e-6


@dataclass(frozen=True)
class Locator:
    """A grid over the polygons of one edition; build it with `build_locator`.

    Attributes
    ----------
    x0, y0, dx, dy : float
        Corner and cell size of the grid, in units of the coordinates.
    nx, ny : int
        Number of columns and rows.
    pure : Indices
        Shape (nx * ny,): rank of the unit that holds the whole cell, `OUTSIDE` or `MIXED`.
    first_pair : Indices
        Shape (nx * ny + 1,): where the candidates of a mixed cell begin in `pair_rank`.
    pair_rank : Indices
        Ranks of the units that may hold a point of a mixed cell.
    by_rank : Geometries
        Polygons in the order of their unit codes, prepared.
    index_by_rank : Indices
        Position of each ranked unit in the caller's order.
    """

    x0: float
    y0: float
    dx: float
    dy: float
    nx: int
    ny: int
    pure: Indices
    first_pair: Indices
    pair_rank: Indices
    by_rank: Geometries
    index_by_rank: Indices

    def locate(self, x: Floats, y: Floats) -> Indices:
        """Return the position of the unit that each point lies in.

        Parameters
        ----------
        x, y : Floats
            Coordinates in the system of the polygons, shape (n,).

        Returns
        -------
        Indices
            Shape (n,); `OUTSIDE` where no unit holds the point or a coordinate is missing.
        """
        found = np.full(len(x), OUTSIDE, dtype=np.int32)
        if not len(self.by_rank):
            return found
        with np.errstate(invalid="ignore"):
            column = (x - self.x0) / self.dx
            row = (y - self.y0) / self.dy
            inside = (column >= 0) & (column < self.nx) & (row >= 0) & (row < self.ny)
        at = np.flatnonzero(inside)
        cell = row[at].astype(np.int64) * self.nx + column[at].astype(np.int64)
        rank = self.pure[cell]
        is_mixed = rank == MIXED
        rank[is_mixed] = self._locate_exactly(cell[is_mixed], x[at[is_mixed]], y[at[is_mixed]])
        placed = rank >= 0
        found[at[placed]] = self.index_by_rank[rank[placed]]
        return found

    def _locate_exactly(self, cell: npt.NDArray[np.int64], x: Floats, y: Floats) -> Indices:
        first = self.first_pair[cell]
        count = self.first_pair[cell + 1] - first
        point = np.repeat(np.arange(len(cell)), count)
        nth = np.arange(len(point)) - np.repeat(np.cumsum(count) - count, count)
        rank = self.pair_rank[np.repeat(first, count) + nth]
        # Testing polygon by polygon keeps each prepared index in the processor's cache.
        order = np.argsort(rank, kind="stable")
        point, rank = point[order], rank[order]
        holds = shapely.intersects_xy(self.by_rank[rank], x[point], y[point])
        nowhere = np.int32(len(self.by_rank))
        smallest = np.full(len(cell), nowhere, dtype=np.int32)
        np.minimum.at(smallest, point[holds], rank[holds])
        smallest[smallest == nowhere] = OUTSIDE
        return smallest


def build_locator(geometry: Geometries, unit_id: Texts, n_points: int) -> Locator:
    """Lay a grid over polygons, fine enough for a number of points.

    Parameters
    ----------
    geometry : Geometries
        Polygons or multipolygons, shape (n,); None and empty ones hold no point.
    unit_id : Texts
        Codes of shape (n,); the smallest decides where polygons meet or overlap.
    n_points : int
        Roughly how many points will be located.
    """
    order = np.argsort(unit_id.astype(str), kind="stable").astype(np.int32)
    has_area = ~(shapely.is_missing(geometry[order]) | shapely.is_empty(geometry[order]))
    order = order[has_area]
    by_rank = geometry[order].copy()
    if not len(by_rank):
        nothing = np.empty(0, dtype=np.int32)
        return Locator(0, 0, 1, 1, 0, 0, nothing, nothing, nothing, by_rank, nothing)
    x_min, y_min, x_max, y_max = shapely.total_bounds(by_rank)
    side = int(np.clip(np.sqrt(n_points / POINTS_PER_CELL), MIN_SIDE, MAX_SIDE))
    dx = max((x_max - x_min) / side, 1e-12)
    dy = max((y_max - y_min) / side, 1e-12)
    # One cell of margin all round, so that no border reaches over the edge of the grid.
    x_min, y_min = x_min - dx, y_min - dy
    grid = _Grid(x_min, y_min, dx, dy, side + 3, side + 3)
    edges = _edges(by_rank)
    border = _cells_with_border(grid, edges, len(by_rank))
    full_cell, full_rank = _cells_covered(grid, edges)
    pure, first_pair, pair_rank = _join(grid, border, full_cell, full_rank, len(by_rank))
    shapely.prepare(by_rank)
    return Locator(
        x_min, y_min, dx, dy, grid.nx, grid.ny, pure, first_pair, pair_rank, by_rank, order
    )


@dataclass(frozen=True)
class _Grid:
    x0: float
    y0: float
    dx: float
    dy: float
    nx: int
    ny: int


@dataclass(frozen=True)
class _Edges:
    """Straight pieces of all rings; `part` numbers polygons, `rank` their units."""

    x1: Floats
    y1: Floats
    x2: Floats
    y2: Floats
    part: npt.NDArray[np.int64]
    rank: npt.NDArray[np.int64]


def _edges(by_rank: Geometries) -> _Edges:
    parts, part_rank = shapely.get_parts(by_rank, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1]
    start, end = xy[:-1][joined], xy[1:][joined]
    part = ring_part[ring[:-1][joined]]
    return _Edges(start[:, 0], start[:, 1], end[:, 0], end[:, 1], part, part_rank[part])


def _cells_with_border(grid: _Grid, edges: _Edges, n_ranks: int) -> npt.NDArray[np.int64]:
    """Return sorted unique `cell * n_ranks + rank` of every cell a border may touch."""
    c1, c2 = (edges.x1 - grid.x0) / grid.dx, (edges.x2 - grid.x0) / grid.dx
    r1, r2 = (edges.y1 - grid.y0) / grid.dy, (edges.y2 - grid.y0) / grid.dy
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
    rank = edges.rank[edge]
    keys = [_sorted_unique((r_low * grid.nx + c_low) * n_ranks + rank)]
    # Most pieces lie in one cell. The others, at most one cell long, reach over two each way.
    wide = np.flatnonzero((c_high > c_low) | (r_high > r_low))
    c_low, c_high, rank = c_low[wide], c_high[wide], rank[wide]
    r_low, r_high = r_low[wide], r_high[wide]
    for column in range(3):
        for row in range(3):
            c, r = c_low + column, r_low + row
            reached = (c <= c_high) & (r <= r_high)
            keys.append(_sorted_unique((r * grid.nx + c)[reached] * n_ranks + rank[reached]))
    return _sorted_unique(np.concatenate(keys))


def _sorted_unique(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    # Along a ring the same cell comes many times in a row: dropping those first leaves
    # little to sort.
    if len(keys) < 2:
        return keys
    ordered: npt.NDArray[np.int64] = np.sort(keys[np.append(True, keys[1:] != keys[:-1])])
    is_first = np.append(True, ordered[1:] != ordered[:-1])
    unique: npt.NDArray[np.int64] = ordered[is_first]
    return unique


def _cells_covered(
    grid: _Grid, edges: _Edges
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
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
    column, part_row = column[order], part_row[order]
    rank, row = edges.rank[edge][order], row[order]
    # Crossings of one part in one row come in pairs: in, out, in, out.
    begin = np.maximum(np.ceil(column[0::2]), 0).astype(np.int64)
    end = np.minimum(np.ceil(column[1::2]), grid.nx).astype(np.int64)
    width = np.maximum(end - begin, 0)
    span = np.repeat(np.arange(len(width)), width)
    nth = np.arange(len(span)) - np.repeat(np.cumsum(width) - width, width)
    return row[0::2][span] * grid.nx + begin[span] + nth, rank[0::2][span]


def _join(
    grid: _Grid,
    border: npt.NDArray[np.int64],
    full_cell: npt.NDArray[np.int64],
    full_rank: npt.NDArray[np.int64],
    n_ranks: int,
) -> tuple[Indices, Indices, Indices]:
    pure = np.full(grid.nx * grid.ny, n_ranks, dtype=np.int32)
    np.minimum.at(pure, full_cell, full_rank.astype(np.int32))
    pure[pure == n_ranks] = OUTSIDE
    is_mixed = np.zeros(grid.nx * grid.ny, dtype=bool)
    is_mixed[border // n_ranks] = True
    pure[is_mixed] = MIXED
    # A polygon may cover a cell wholly while another's border crosses it (overlapping units).
    over = is_mixed[full_cell]
    pairs = _sorted_unique(np.concatenate([border, full_cell[over] * n_ranks + full_rank[over]]))
    per_cell = np.bincount(pairs // n_ranks, minlength=grid.nx * grid.ny)
    first_pair = np.append(0, np.cumsum(per_cell)).astype(np.int32)
    return pure, first_pair, (pairs % n_ranks).astype(np.int32)
