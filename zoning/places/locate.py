"""Which unit a point lies in; on a border, the smallest unit code.

A uniform grid is laid over the units once. A cell that no border crosses lies
wholly in one unit (or in none), so every point in it is placed by looking the
cell up. Only points in cells with a border need an exact test, and only
against the polygons that reach into that cell.

Two ways to one answer: a grid quickly laid, for one file; and one of a finer
grid with the edges of each cell, for units that stay the same, which answers in
a quarter of the time and takes six times as long to lay.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from zoning.model import Floats, Geometries, Indices, Ints, Texts
from zoning.places.local_edges import FIRST_QUESTION, LocalEdges, build_local_edges
from zoning.places.point_grid import (
    Grid,
    cells_covered,
    cells_touched,
    lay_grid,
    sorted_unique,
    straight_edges,
)

OUTSIDE = -1
# Cells with a border are numbered downwards from here, and so are questions.
FIRST_MIXED = FIRST_QUESTION

# Cells a point costs to look up nothing, but each has to be filled once: about one cell for
# two points is where both costs meet (measured from 10,000 to 2,000,000 points).
POINTS_PER_CELL = 2.0
MIN_SIDE, MAX_SIDE = 64, 1448
# With the edges of each cell at hand the grid needn't suit the points but the borders: at this
# side most cells with a border hold one or two edges. From 6 million cells on, looking one up in
# memory costs what the test would.
LASTING_SIDE_PER_ROOT_EDGE, LASTING_MAX_SIDE = 2.6, 2560

# Points looked up at once, so that what is in between stays in the processor's cache.
AT_ONCE = 1 << 16


@dataclass(frozen=True)
class Locator:
    """A grid over the polygons of one edition; build it with `build_locator`.

    Attributes
    ----------
    grid : Grid
        Where its cells lie.
    table : Indices
        Shape (len(grid),): position of the unit that holds the whole cell, `OUTSIDE`, or a
        number counted downwards from `FIRST_MIXED`: of a cell with a border, or, with `local`,
        of the first question to be asked there.
    local : LocalEdges or None
        Edges of the cells with a border.
    mixed : Ints
        Cells with a border, ascending.
    first_pair : Ints
        Shape (mixed + 1,): where the candidates of each cell with a border begin in `pair_rank`.
    pair_rank : Indices
        Ranks of the units that may hold a point of such a cell.
    by_rank : Geometries
        Polygons in the order of their unit codes.
    index_by_rank : Indices
        Position of each ranked unit in the caller's order.
    """

    grid: Grid
    table: Indices
    local: LocalEdges | None
    mixed: Ints
    first_pair: Ints
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
        mixed = [
            start + self._look_up(x[start:stop], y[start:stop], found[start:stop])
            for start in range(0, len(x), AT_ONCE)
            for stop in (start + AT_ONCE,)
        ]
        open_ = np.concatenate(mixed) if mixed else np.empty(0, dtype=np.int64)
        found[open_] = self._locate_exactly(FIRST_MIXED - found[open_], x[open_], y[open_])
        return found

    def _look_up(self, x: Floats, y: Floats, found: Indices) -> Ints:
        """Write the unit of each point, or the number of its cell; return where the latter is."""
        grid = self.grid
        column, row = x - grid.x0, y - grid.y0
        column *= 1 / grid.dx
        row *= 1 / grid.dy
        # The margin takes what lies beyond it, and what is no number.
        np.fmin(np.fmax(column, 0, out=column), grid.nx - 1, out=column)
        np.fmin(np.fmax(row, 0, out=row), grid.ny - 1, out=row)
        np.floor(row, out=row)
        row *= grid.nx
        row += column
        np.take(self.table, row.astype(np.int32), out=found, mode="clip")
        mixed = np.flatnonzero(found <= FIRST_MIXED)
        if self.local is None or not len(mixed):
            return mixed
        question = FIRST_MIXED - found[mixed]
        found[mixed], is_unsure = self.local.ask(question, x[mixed], y[mixed])
        unsure = mixed[is_unsure]
        cell = self.local.cell[question[is_unsure]]
        found[unsure] = FIRST_MIXED - np.searchsorted(self.mixed, cell)
        return unsure

    def _locate_exactly(self, cell: Indices, x: Floats, y: Floats) -> Indices:
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
        return np.append(self.index_by_rank, np.int32(OUTSIDE))[smallest]


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
    by_rank, order = _ranked(geometry, unit_id)
    if not len(by_rank):
        return _nothing()
    side = int(np.clip(np.sqrt(n_points / POINTS_PER_CELL), MIN_SIDE, MAX_SIDE))
    grid = lay_grid(by_rank, side)
    edges = straight_edges(by_rank)
    border = cells_touched(grid, edges.x1, edges.y1, edges.x2, edges.y2, edges.rank, len(by_rank))
    covered = cells_covered(grid, edges)
    table = _pure(grid, covered, order)
    mixed, first_pair, pair_rank = _candidates(grid, border, covered, len(by_rank))
    table[mixed] = FIRST_MIXED - np.arange(len(mixed), dtype=np.int32)
    return Locator(grid, table, None, mixed, first_pair, pair_rank, by_rank, order)


def build_lasting_locator(geometry: Geometries, unit_id: Texts) -> Locator:
    """Lay a fine grid with local edges over polygons that stay the same for many points.

    Parameters
    ----------
    geometry : Geometries
        Polygons or multipolygons, shape (n,), as for `build_locator`; the answers are the same.
    unit_id : Texts
        Codes of shape (n,).
    """
    by_rank, order = _ranked(geometry, unit_id)
    if not len(by_rank):
        return _nothing()
    edges = straight_edges(by_rank)
    side = int(LASTING_SIDE_PER_ROOT_EDGE * np.sqrt(len(edges.part)))
    grid = lay_grid(by_rank, int(np.clip(side, MIN_SIDE, LASTING_MAX_SIDE)))
    covered = cells_covered(grid, edges)
    border, (cells, answer), local = build_local_edges(by_rank, grid, covered)
    table = _pure(grid, covered, order)
    table[cells] = _as_index(answer, order)
    local = replace(local, even=_as_index(local.even, order), odd=_as_index(local.odd, order))
    mixed, first_pair, pair_rank = _candidates(grid, border, covered, len(by_rank))
    return Locator(grid, table, local, mixed, first_pair, pair_rank, by_rank, order)


def _ranked(geometry: Geometries, unit_id: Texts) -> tuple[Geometries, Indices]:
    order = np.argsort(unit_id.astype(str), kind="stable").astype(np.int32)
    has_area = ~(shapely.is_missing(geometry[order]) | shapely.is_empty(geometry[order]))
    order = order[has_area]
    by_rank: Geometries = geometry[order].copy()
    shapely.prepare(by_rank)
    return by_rank, order


def _nothing() -> Locator:
    none, no_cell = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64)
    grid, no_area = Grid(0, 0, 1, 1, 0, 0), np.empty(0, dtype=object)
    return Locator(grid, none, None, no_cell, np.zeros(1, np.int64), none, no_area, none)


def _as_index(answer: Indices, order: Indices) -> Indices:
    """Return answers with ranks replaced by positions; what is below 0 stays."""
    return np.where(answer >= 0, order[np.maximum(answer, 0)], answer)


def _pure(grid: Grid, covered: tuple[Ints, Ints], order: Indices) -> Indices:
    """Return the position of the unit that holds the centre of each cell, the smallest code."""
    cell, rank = covered
    smallest = np.full(len(grid), len(order), dtype=np.int32)
    np.minimum.at(smallest, cell, rank.astype(np.int32))
    return np.append(order, np.int32(OUTSIDE))[smallest]


def _candidates(
    grid: Grid, border: Ints, covered: tuple[Ints, Ints], n_ranks: int
) -> tuple[Ints, Ints, Indices]:
    """Return the cells with a border, where each one's candidates begin, and their ranks."""
    cell, rank = covered
    is_mixed = np.zeros(len(grid), dtype=bool)
    is_mixed[border // n_ranks] = True
    # A polygon may cover a cell wholly while another's border crosses it (overlapping units).
    over = is_mixed[cell]
    pairs = sorted_unique(np.concatenate([border, cell[over] * n_ranks + rank[over]]))
    mixed = np.flatnonzero(is_mixed)
    per_cell = np.bincount(pairs // n_ranks, minlength=len(grid))[mixed]
    return mixed, np.append(0, np.cumsum(per_cell)), (pairs % n_ranks).astype(np.int32)
