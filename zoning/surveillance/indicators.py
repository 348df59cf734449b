"""What is measured of a unit on a day. Nothing here judges; `judgement` does.

Vocabulary: *confirmed* is cumulative, *new* is within a window, *active* is who
may still be ill, *base* is what was confirmed before the growth window.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zoning.model import Bools, Days, DoublingState, Floats, Ints, Texts, Units
from zoning.rules.rulebook import IndicatorWindow, Rule
from zoning.surveillance.active import active_cases
from zoning.surveillance.counts import CaseCube, TestCube, last_case_days

LAKH = 100_000

# Every indicator a rule may name and an `--indicators` file may carry.
NAMES = (
    "active_total",
    "active_per_lakh",
    "doubling_days",
    "cfr_percent",
    "tests_per_lakh",
    "positivity_percent",
    "new_cases_7d",
    "weekly_cases_per_thousand",
    "bed_occupancy_percent",
    "oxygen_beds_occupied",
    "oxygen_icu_occupancy_percent",
)


@dataclass(frozen=True)
class Measure:
    """One indicator over all units.

    Attributes
    ----------
    value : Floats
        Shape (n,); NaN where it can't be computed, infinity where nothing grows.
    numerator, denominator : Floats
        What it was computed from; NaN where it was published ready-made.
    is_supplied : bool
        False where no feed for it exists at all.
    """

    value: Floats
    numerator: Floats
    denominator: Floats
    is_supplied: bool = True


@dataclass(frozen=True)
class Indicators:
    """All that is measured on one day, arrays of shape (n_units,).

    Attributes
    ----------
    confirmed, active, new_cases, new_cases_before, base : Ints
        Confirmed to date; active; new in the growth window; new in the window before; confirmed
        before the window. All -1 where no cases were supplied.
    overdue : Ints
        Active cases whose outcome should be known by now.
    institutional : Ints
        Cases in institutional quarantine, in none of the other figures.
    last_case_on, last_test_on : Days
        NaT for never.
    doubling_state : Texts
        `DoublingState` values.
    surge : Bools
        New cases surge, whatever the doubling time says.
    measures : dict[str, Measure]
        By name, one of `NAMES`.
    has_cases, is_published : bool
        Whether cases were supplied; whether values come ready-made.
    """

    confirmed: Ints
    active: Ints
    new_cases: Ints
    new_cases_before: Ints
    base: Ints
    overdue: Ints
    institutional: Ints
    last_case_on: Days
    last_test_on: Days
    doubling_state: Texts
    surge: Bools
    measures: dict[str, Measure]
    has_cases: bool = True
    is_published: bool = False


def history_days(rule: Rule) -> int:
    """Return how many days up to the day judged a cube has to hold apart."""
    case_free = rule.case_free
    longest = max(
        rule.active.open_days,
        rule.active.without_outcomes_days,
        2 * rule.growth.window_days,
        case_free.days if case_free else 0,
        case_free.untested_case_within_days if case_free else 0,
        *(w.window_days or 0 for w in rule.windows),
    )
    return longest + max([w.consecutive_days for w in rule.windows], default=1) + 1


def measure(units: Units, cube: CaseCube | None, tests: TestCube | None, rule: Rule) -> Indicators:
    """Return the indicators on the last day of the cubes.

    Parameters
    ----------
    units : Units
        Units of shape (n,); a population of 0 or NaN is unknown.
    cube : CaseCube or None
        Cases whose last column is the day judged; None where no case file exists.
    tests : TestCube or None
        Samples whose last column is the same day; None where no testing feed exists.
    rule : Rule
        Windows and durations.
    """
    n = len(units)
    people = np.where(units.population > 0, units.population, np.nan)
    minus = np.full(n, -1, dtype=np.int64)
    never = np.full(n, np.datetime64("NaT"), dtype="datetime64[D]")
    if cube is None:
        counts = {"confirmed": minus, "active": minus, "new": minus, "before": minus, "base": minus}
        overdue = institutional = np.zeros(n, dtype=np.int64)
        last_case_on, records_deaths = never, False
        died = np.full(n, np.nan)
    else:
        counts = _counts(cube, rule)
        overdue, institutional = _overdue(cube, rule), cube.institutional
        last_case_on, records_deaths = last_case_days(cube), cube.records_deaths
        died = cube.died.sum(axis=1).astype(float)
    as_float = {name: np.where(value < 0, np.nan, value) for name, value in counts.items()}
    doubling, state = doubling_days(
        as_float["base"], as_float["confirmed"], rule.growth.window_days, rule.growth.min_base
    )
    has_cases = cube is not None
    nothing = np.full(n, np.nan)
    published_only = Measure(nothing, nothing, nothing, is_supplied=False)
    measures = dict.fromkeys(NAMES, published_only)
    measures |= {
        "active_total": Measure(as_float["active"], as_float["active"], nothing, has_cases),
        "active_per_lakh": _ratio(as_float["active"], people, LAKH, has_cases),
        "doubling_days": Measure(doubling, as_float["confirmed"], as_float["base"], has_cases),
        # No death told by a feed that tells of none isn't a fatality of zero.
        "cfr_percent": (
            _ratio(died, as_float["confirmed"], 100, True) if records_deaths else _not_supplied(n)
        ),
        "new_cases_7d": Measure(as_float["new"], as_float["new"], nothing, has_cases),
        "weekly_cases_per_thousand": _ratio(as_float["new"], people, 1_000, has_cases),
        "tests_per_lakh": _tests_per_lakh(tests, people, n),
        "positivity_percent": _positivity(tests, rule.window("positivity_percent"), n),
    }
    return Indicators(
        confirmed=counts["confirmed"],
        active=counts["active"],
        new_cases=counts["new"],
        new_cases_before=counts["before"],
        base=counts["base"],
        overdue=overdue,
        institutional=institutional,
        last_case_on=last_case_on,
        last_test_on=never if tests is None else _last_report(tests),
        doubling_state=state,
        surge=_surge(counts, rule) if has_cases else np.zeros(n, dtype=bool),
        measures=measures,
        has_cases=has_cases,
    )


def doubling_days(
    base: Floats, confirmed: Floats, window_days: int, min_base: int
) -> tuple[Floats, Texts]:
    """Return doubling time in days and how it came about, each of shape (n,).

    `window_days * ln 2 / ln(confirmed / base)`: 100 to 141.4214 in a week is 14.00 days.

    Parameters
    ----------
    base, confirmed : Floats
        Confirmed cases before the window and to date; NaN where unknown.
    window_days : int
        Length of the window.
    min_base : int
        With fewer cases before the window the value is shown and not judged.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = np.log(confirmed / base)
        value = np.where(growth > 0, window_days * np.log(2) / growth, np.nan)
    known = ~(np.isnan(base) | np.isnan(confirmed))
    value = np.where(known & (base > 0) & (confirmed == base), np.inf, value)
    value = np.where(base > 0, value, np.nan)
    state = np.full(len(base), DoublingState.NOT_COMPUTABLE.value, dtype=object)
    state[known & (base > 0) & (confirmed > base)] = DoublingState.COMPUTED.value
    state[known & (base > 0) & (confirmed == base)] = DoublingState.INFINITE.value
    state[known & (base < min_base) & (confirmed >= base)] = DoublingState.INSUFFICIENT.value
    state[known & (base == 0) & (confirmed > 0)] = DoublingState.NEW_EMERGENCE.value
    return value, state


def _counts(cube: CaseCube, rule: Rule) -> dict[str, Ints]:
    window = rule.growth.window_days
    confirmed = cube.confirmed.sum(axis=1)
    new = cube.confirmed[:, -window:].sum(axis=1)
    before = cube.confirmed[:, -2 * window : -window].sum(axis=1)
    return {
        "confirmed": confirmed,
        "active": active_cases(cube, rule.active),
        "new": new,
        "before": before,
        "base": confirmed - new,
    }


def _overdue(cube: CaseCube, rule: Rule) -> Ints:
    if not cube.records_outcomes:
        return np.zeros(len(cube.open), dtype=np.int64)
    # Overdue from the day after the last one on which the outcome was still awaited.
    waiting: Ints = cube.open[:, -rule.active.open_days : -rule.active.overdue_days - 1]
    total: Ints = waiting.sum(axis=1)
    return total


def _last_report(tests: TestCube) -> Days:
    has_test = tests.tests > 0
    from_end = has_test[:, ::-1].argmax(axis=1)
    last = tests.first_day + (has_test.shape[1] - 1 - from_end).astype("timedelta64[D]")
    return np.where(has_test.any(axis=1), last, np.datetime64("NaT", "D"))


def _surge(counts: dict[str, Ints], rule: Rule) -> Bools:
    growth = rule.growth
    is_many = counts["new"] >= growth.surge_min_new
    is_jump = counts["new"] >= growth.surge_ratio * counts["before"]
    return is_many & ((counts["base"] < growth.min_base) | is_jump)


def _ratio(numerator: Floats, denominator: Floats, per: int, is_supplied: bool) -> Measure:
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(denominator > 0, numerator / denominator * per, np.nan)
    return Measure(value, numerator, denominator, is_supplied)


def _tests_per_lakh(tests: TestCube | None, people: Floats, n: int) -> Measure:
    if tests is None:
        return _not_supplied(n)
    told = tests.reports.sum(axis=1) > 0
    return _ratio(np.where(told, tests.tests.sum(axis=1), np.nan), people, LAKH, True)


def _positivity(tests: TestCube | None, window: IndicatorWindow, n: int) -> Measure:
    if tests is None:
        return _not_supplied(n)
    days = tests.tests.shape[1]
    result: Measure | None = None
    # A level that has to hold on several days in a row is the lowest of them.
    for back in range(window.consecutive_days):
        end = days - back
        begin = 0 if window.window_days is None else max(end - window.window_days, 0)
        positives = tests.positives[:, begin:end].sum(axis=1).astype(float)
        samples = tests.tests[:, begin:end].sum(axis=1).astype(float)
        day = _ratio(positives, samples, 100, True)
        if result is None:
            result = day
        else:
            lower = ~(day.value >= result.value)
            result = Measure(
                np.where(lower, day.value, result.value),
                np.where(lower, day.numerator, result.numerator),
                np.where(lower, day.denominator, result.denominator),
            )
    assert result is not None
    return result


def _not_supplied(n: int) -> Measure:
    nothing: npt.NDArray[np.float64] = np.full(n, np.nan)
    return Measure(nothing, nothing, nothing, is_supplied=False)
