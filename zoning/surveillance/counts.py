"""Cases as counts per unit and day: the cube from which every indicator is read.

A cube is a sum, so it doesn't matter in which order rows come, or in how many
files: cubes of parts are added. Days before the first column are held in that
column, so a cube of nine weeks knows the whole past.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zoning.model import OUTCOME_CODES, Cases, Days, Indices, Ints, Outcome

DIED = OUTCOME_CODES[Outcome.DIED]
ENDED = OUTCOME_CODES[Outcome.ENDED]
RETRACTED = OUTCOME_CODES[Outcome.RETRACTED]


@dataclass(frozen=True)
class CaseCube:
    """Counts per unit and day, shape (n_units, n_days) each.

    Attributes
    ----------
    first_day : np.datetime64
        Day of column 0; that column also holds everything before.
    confirmed : Ints
        New cases by day of confirmation.
    open : Ints
        Of these, cases without a dated outcome.
    closed : Ints
        Cases with a dated outcome, by the day from which they are no longer active.
    died : Ints
        Deaths by day of outcome.
    institutional : Ints
        Cases in institutional quarantine, counted apart, shape (n_units,).
    last_early : Days
        Last day with a case on or before `first_day`; NaT for none.
    records_outcomes, records_deaths : bool
        Whether any row has a dated outcome; whether any says of which kind.
    last_confirmed_on : np.datetime64
        Latest day of confirmation in the rows, after the cube's end too; NaT for no row.
    """

    first_day: np.datetime64
    confirmed: Ints
    open: Ints
    closed: Ints
    died: Ints
    institutional: Ints
    last_early: Days
    records_outcomes: bool
    records_deaths: bool
    last_confirmed_on: np.datetime64

    def __add__(self, other: CaseCube) -> CaseCube:
        """Return the cube of both sets of rows; units and days must be the same."""
        return CaseCube(
            first_day=self.first_day,
            confirmed=self.confirmed + other.confirmed,
            open=self.open + other.open,
            closed=self.closed + other.closed,
            died=self.died + other.died,
            institutional=self.institutional + other.institutional,
            last_early=np.fmax(self.last_early, other.last_early),
            records_outcomes=self.records_outcomes or other.records_outcomes,
            records_deaths=self.records_deaths or other.records_deaths,
            last_confirmed_on=np.fmax(self.last_confirmed_on, other.last_confirmed_on),
        )

    def column(self, day: np.datetime64) -> int:
        """Return the column of a day; the first column for any day before it."""
        return max(int((day - self.first_day).astype(np.int64)), 0)


def empty_cube(n_units: int, first_day: np.datetime64, n_days: int) -> CaseCube:
    """Return a cube without cases."""
    zeros = np.zeros((n_units, n_days), dtype=np.int64)
    return CaseCube(
        first_day=first_day,
        confirmed=zeros,
        open=zeros,
        closed=zeros,
        died=zeros,
        institutional=np.zeros(n_units, dtype=np.int64),
        last_early=np.full(n_units, np.datetime64("NaT"), dtype="datetime64[D]"),
        records_outcomes=False,
        records_deaths=False,
        last_confirmed_on=np.datetime64("NaT", "D"),
    )


def count_cases(
    cases: Cases, unit_index: Indices, n_units: int, first_day: np.datetime64, n_days: int
) -> CaseCube:
    """Count cases per unit and day.

    Parameters
    ----------
    cases : Cases
        Rows; those after the last day of the cube only move `last_confirmed_on`.
    unit_index : Indices
        Position of each row's unit, -1 where it has none; unlocated rows are left out.
    n_units : int
        Number of units.
    first_day : np.datetime64
        Day of column 0, which also takes everything before.
    n_days : int
        Number of columns.
    """
    last_day = first_day + np.timedelta64(n_days - 1, "D")
    is_case = cases.outcome != RETRACTED
    has_outcome = is_case & (cases.outcome > 0) & ~np.isnat(cases.outcome_on)
    # Somebody found dead was never an active case: closed on the day of confirmation.
    closed_on = np.fmax(cases.outcome_on, cases.confirmed_on)
    located = (unit_index >= 0) & is_case
    resident = located & ~cases.is_institutional

    # Where each row is one case, as in a line list, rows are counted and nothing is added up.
    is_line_list = bool((cases.count == 1).all())
    row_start = unit_index.astype(np.int64) * n_days

    def table(chosen: npt.NDArray[np.bool_], day: Days) -> Ints:
        at = np.flatnonzero(chosen & (day <= last_day))
        cell = np.maximum((day[at] - first_day).astype(np.int64), 0)
        cell += row_start[at]
        weights = None if is_line_list else cases.count[at]
        sums = np.bincount(cell, weights=weights, minlength=n_units * n_days)
        return sums.astype(np.int64, copy=False).reshape(n_units, n_days)

    institutional = np.bincount(
        unit_index[located & cases.is_institutional & (cases.confirmed_on <= last_day)],
        weights=cases.count[located & cases.is_institutional & (cases.confirmed_on <= last_day)],
        minlength=n_units,
    )
    early = resident & (cases.confirmed_on <= first_day) & (cases.count > 0)
    return CaseCube(
        first_day=first_day,
        confirmed=table(resident, cases.confirmed_on),
        open=table(resident & ~has_outcome, cases.confirmed_on),
        closed=table(resident & has_outcome, closed_on),
        died=table(
            resident & has_outcome & (cases.outcome == DIED) & (cases.confirmed_on <= last_day),
            closed_on,
        ),
        institutional=institutional.astype(np.int64),
        last_early=_last_day(unit_index[early], cases.confirmed_on[early], n_units),
        records_outcomes=bool(has_outcome.any()),
        records_deaths=bool((has_outcome & (cases.outcome != ENDED)).any()),
        last_confirmed_on=(cases.confirmed_on.max() if len(cases) else np.datetime64("NaT", "D")),
    )


def _last_day(unit_index: Indices, day: Days, n_units: int) -> Days:
    never = np.iinfo(np.int64).min
    last = np.full(n_units, never, dtype=np.int64)
    np.maximum.at(last, unit_index, day.astype("datetime64[D]").astype(np.int64))
    result = last.astype("datetime64[D]")
    result[last == never] = np.datetime64("NaT")
    return result


@dataclass(frozen=True)
class TestCube:
    """Samples per unit and day, shape (n_units, n_days) each; see `CaseCube`.

    Attributes
    ----------
    first_day : np.datetime64
        Day of column 0, which also holds everything before.
    tests, positives : Ints
        Samples tested; of these positive.
    reports : Ints
        Rows behind each cell: 0 tests told is not the same as nothing told.
    """

    first_day: np.datetime64
    tests: Ints
    positives: Ints
    reports: Ints


def count_tests(
    unit_index: Indices,
    on: Days,
    tests: Ints,
    positives: Ints,
    n_units: int,
    first_day: np.datetime64,
    n_days: int,
) -> TestCube:
    """Count samples per unit and day; rows after the last column are left out."""
    chosen = (unit_index >= 0) & (on <= first_day + np.timedelta64(n_days - 1, "D"))
    column = np.maximum((on[chosen] - first_day).astype(np.int64), 0)
    cell = unit_index[chosen].astype(np.int64) * n_days + column

    def table(weights: Ints) -> Ints:
        sums = np.bincount(cell, weights=weights[chosen], minlength=n_units * n_days)
        return sums.astype(np.int64).reshape(n_units, n_days)

    return TestCube(first_day, table(tests), table(positives), table(np.ones_like(tests)))


def last_case_days(cube: CaseCube) -> Days:
    """Return the last day with a case of each place, up to the end of a cube; NaT for none."""
    apart = cube.confirmed[:, 1:] > 0
    from_end = apart[:, ::-1].argmax(axis=1)
    last = cube.first_day + (apart.shape[1] - from_end).astype("timedelta64[D]")
    return np.where(apart.any(axis=1), last, cube.last_early)
