"""In which area a point lies, told by the few edges of its own grid cell.

From a point the way leads west to the border of the cell and south to its corner, of which it is
known whether an area holds it: an odd number of its edges crossed means the opposite. So the areas
of a cell are asked one after the other, the smallest code first; where they leave no gap the last
needn't be asked. The comparison is made in double precision; a point too near an edge or a corner
for that is reported as unsure, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from zoning.model import Bools, Floats, Geometries, Indices, Ints
from zoning.places.point_grid import SLACK_CELLS, Grid, cells_touched, sorted_unique
from zoning.places.ring_edges import NOTHING, RingEdges, lines_of, ring_edges

# Answers below this are numbers of questions still to be asked, counted downwards.
FIRST_QUESTION = -2
# Asked at a corner of a cell through which an edge leads, nothing is told.
UNTOLD = np.iinfo(np.int32).min

# Nearer than this to an edge, in cells and in the last digits of a coordinate, nothing is told:
# the sums below are wrong by some four units in the last place, a thousandth of it.
UNSURE_CELLS = 1e-9
UNSURE_DIGITS = 4e-15
FAR = 1e300


@dataclass(frozen=True)
class LocalEdges:
    """Questions, each whether one area holds a point of one cell; `m` of them.

    Attributes
    ----------
    first : Ints
        Shape (m + 1,): where the edges of each question begin in `edges`.
    edges : Floats
        Shape (k, 4): southern and northern end (y), x at the southern end, and the change of x
        with y.
    even, odd : Indices
        Answer where an even or odd number of edges is crossed, shape (m,): a rank, `NOTHING`,
        the next question, or `UNTOLD`.
    cell : Ints
        Grid cell of each question.
    unsure : float
        Distance below which nothing is told, in units of the coordinates.
    """

    first: Ints
    edges: Floats
    even: Indices
    odd: Indices
    cell: Ints
    unsure: float

    def ask(self, question: Indices, x: Floats, y: Floats) -> tuple[Indices, Bools]:
        """Return the area of each point, and of which points it can't be told.

        Parameters
        ----------
        question : Ints
            First question of the cell of each point, shape (n,).
        x, y : Floats
            Points, shape (n,).
        """
        is_odd, is_unsure = _crossings(self.first, self.edges, question, x, y, self.unsure)
        answer = np.where(is_odd, self.odd[question], self.even[question])
        open_ = np.flatnonzero(answer <= FIRST_QUESTION)
        if len(open_):
            is_unsure[open_[answer[open_] == UNTOLD]] = True
            open_ = open_[~is_unsure[open_]]
            following = FIRST_QUESTION - answer[open_]
            answer[open_], is_unsure[open_] = self.ask(following, x[open_], y[open_])
        return answer, is_unsure


def _crossings(
    first: Ints, edges: Floats, question: Indices, x: Floats, y: Floats, unsure: float
) -> tuple[Bools, Bools]:
    is_unsure = np.zeros(len(question), dtype=bool)
    if not len(question):
        return is_unsure.copy(), is_unsure
    begin = first[question]
    count = first[question + 1] - begin
    ends = np.cumsum(count)
    starts = ends - count
    at = np.arange(ends[-1])
    at += np.repeat(begin - starts, count)
    own = edges.take(at, axis=0)
    above = np.repeat(y, count)
    below = own[:, 1] - above
    above -= own[:, 0]
    east = np.repeat(x, count)
    east -= own[:, 2]
    east -= above * own[:, 3]
    least = np.minimum(above, below)
    is_odd = np.logical_xor.reduceat((least > 0) & (east > 0), starts)
    # Where both ends are on one side of the point one difference is below zero, and may be near.
    np.minimum(np.abs(above, out=above), np.abs(below, out=below), out=least)
    np.minimum(least, np.abs(east, out=east), out=least)
    near = np.flatnonzero(least <= unsure)
    is_unsure[np.searchsorted(ends, near, side="right")] = True
    return is_odd, is_unsure


def build_local_edges(
    by_rank: Geometries, grid: Grid, covered: tuple[Ints, Ints]
) -> tuple[Ints, tuple[Ints, Indices], LocalEdges]:
    """Return all cells with a border, what is told in each, and their edges.

    Parameters
    ----------
    by_rank : Geometries
        Polygons, none missing, shape (n,), prepared.
    grid : Grid
        Around them.
    covered : tuple of Ints
        (cell, rank) of cells whose centre an area holds.

    Returns
    -------
    Ints
        Sorted unique `cell * n + rank` of every cell a border may touch.
    tuple of Ints and Indices
        These cells, ascending, and the answer in each: its first question, or a rank.
    LocalEdges
        Areas as ranks.
    """
    n = len(by_rank)
    own = ring_edges(by_rank)
    lines = lines_of(own)
    x1, y1 = own.vertices[lines.low].T
    x2, y2 = own.vertices[lines.high].T
    n_lines = len(x1)
    touched = cells_touched(grid, x1, y1, x2, y2, np.arange(n_lines), n_lines)
    rank_of = np.append(own.area_of_part, NOTHING)
    left, right = rank_of[lines.left], rank_of[lines.right]
    is_between = lines.is_regular & (left != right) & (left != NOTHING) & (right != NOTHING)
    key, line = _owned(own, touched, n_lines, n)
    border = sorted_unique(key)
    cells, begin = np.unique(touched // n_lines, return_index=True)
    is_full = np.logical_and.reduceat(is_between[touched % n_lines], begin)
    last = np.full(len(cells), NOTHING, dtype=np.int64)
    highest = border[np.append(border[1:] // n != border[:-1] // n, True)] % n
    last[is_full] = highest[is_full]
    whole = _holding_whole(grid, cells, border, covered, n)
    cell_of_whole, lowest = np.unique(whole // n, return_index=True)
    last[np.searchsorted(cells, cell_of_whole)] = whole[lowest] % n
    at = np.searchsorted(cells, border // n)
    is_asked = (last[at] == NOTHING) | (border % n < last[at])
    asked = border[is_asked]
    cell, rank = asked // n, asked % n
    kept = is_asked[np.searchsorted(border, key)]
    nth = np.searchsorted(asked, key[kept])
    first, edges = _cut(grid, cell, nth, *(v[line[kept]] for v in (x1, y1, x2, y2)))
    unsure = UNSURE_CELLS * min(grid.dx, grid.dy)
    unsure += UNSURE_DIGITS * float(np.abs(own.vertices).max(initial=0.0))
    corner = _corners(grid, cell)
    _, is_doubtful = _crossings(first, edges, np.arange(len(cell), dtype=np.int32), *corner, unsure)
    has_next = np.append(cell[1:] == cell[:-1], False)
    going_on = np.where(has_next, FIRST_QUESTION - 1 - np.arange(len(cell)), last[at[is_asked]])
    is_in = shapely.intersects_xy(by_rank[rank], *corner)
    even, odd = np.where(is_in, rank, going_on), np.where(is_in, going_on, rank)
    even[is_doubtful] = odd[is_doubtful] = UNTOLD
    answer = last.copy()
    starts = np.flatnonzero(np.append(True, ~has_next[:-1])) if len(cell) else asked
    answer[np.searchsorted(cells, cell[starts])] = FIRST_QUESTION - starts
    local = LocalEdges(first, edges, even.astype(np.int32), odd.astype(np.int32), cell, unsure)
    return border, (cells, answer.astype(np.int32)), local


def _holding_whole(
    grid: Grid, cells: Ints, border: Ints, covered: tuple[Ints, Ints], n: int
) -> Ints:
    """Return `cell * n + rank` of areas that hold one of the cells without a border in it."""
    is_touched = np.zeros(len(grid), dtype=bool)
    is_touched[cells] = True
    over = is_touched[covered[0]]
    keys = sorted_unique(covered[0][over] * n + covered[1][over])
    at = np.minimum(np.searchsorted(border, keys), len(border) - 1)
    whole: Ints = keys[border[at] != keys]
    return whole


def _owned(own: RingEdges, touched: Ints, n_lines: int, n: int) -> tuple[Ints, Ints]:
    """Return `cell * n + rank` and line for every area that has a line of the cell as border."""
    cell, line = touched // n_lines, touched % n_lines
    rank = own.area_of_part[own.part[np.argsort(own.edge, kind="stable")]]
    owners = np.bincount(own.edge)
    first = np.cumsum(owners) - owners
    count = owners[line]
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    owner = rank[np.repeat(first[line], count) + nth]
    return np.repeat(cell, count) * n + owner, np.repeat(line, count)


def _corners(grid: Grid, cells: Ints) -> tuple[Floats, Floats]:
    # A little outside, so that no point of a cell lies west or south of it, however it is rounded.
    x = np.asarray(cells % grid.nx, dtype=np.float64) - SLACK_CELLS / 2
    y = np.asarray(cells // grid.nx, dtype=np.float64) - SLACK_CELLS / 2
    return grid.x0 + x * grid.dx, grid.y0 + y * grid.dy


def _cut(
    grid: Grid, cells: Ints, nth: Ints, x1: Floats, y1: Floats, x2: Floats, y2: Floats
) -> tuple[Ints, Floats]:
    """Return the edges cut off at the western border of their cell, and where each one's begin.

    An edge that crosses this border stops the way south from all points north of it: a second,
    endless edge stands there for that.
    """
    west, south = (v[nth] for v in _corners(grid, cells))
    is_upward = y1 <= y2
    x_low, x_high = np.where(is_upward, x1, x2), np.where(is_upward, x2, x1)
    low, high = np.minimum(y1, y2), np.maximum(y1, y2)
    rise = high - low
    is_flat = rise <= UNSURE_CELLS * min(grid.dx, grid.dy)
    lean = np.where(is_flat, 0.0, (x_high - x_low) / np.where(is_flat, 1.0, rise))
    crosses = (x_low < west) != (x_high < west)
    run = np.where(crosses, x_high - x_low, 1.0)
    at = np.where(crosses, low + (west - x_low) * (rise / run), np.nan)
    starts_west = crosses & (x_low < west)
    ends_west = crosses & ~starts_west
    own = np.column_stack(
        [
            np.where(starts_west, at, low),
            np.where(ends_west, at, high),
            np.where(starts_west, west, x_low),
            lean,
        ]
    )
    is_east = (x_low >= west) | (x_high >= west)
    stops = crosses & (at >= south)
    endless = np.tile([0.0, FAR, -FAR, 0.0], (int(np.count_nonzero(stops)), 1))
    endless[:, 0] = at[stops]
    # Edges that all stay west of the cell leave none: one that nothing crosses stands for them.
    bare = np.flatnonzero(np.bincount(nth[is_east], minlength=len(cells)) == 0)
    never = np.tile([FAR, -FAR, FAR, 0.0], (len(bare), 1))
    cell = np.concatenate([nth[is_east], nth[stops], bare])
    order = np.argsort(cell, kind="stable")
    first = np.append(0, np.cumsum(np.bincount(cell, minlength=len(cells))))
    return first, np.concatenate([own[is_east], endless, never])[order]
