"""An epidemic that starts in the dense core, goes down the river and then into the country.

Each unit has its own wave: the day of its peak follows from where it lies, its
size from the people who live there, and chance does the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from zoning.demo.geography import Ground
from zoning.demo.plan import Plan
from zoning.model import OUTCOME_CODES, Bools, Days, Floats, Indices, Ints, Outcome

_LAKH = 1e5
_RECOVERED, _DIED = OUTCOME_CODES[Outcome.RECOVERED], OUTCOME_CODES[Outcome.DIED]


@dataclass(frozen=True)
class Infections:
    """Confirmed cases, one row each, in the order of confirmation.

    Attributes
    ----------
    unit : Indices
        Index of the unit of residence.
    confirmed_on, outcome_on : Days
        `outcome_on` is NaT where the case is still open.
    outcome : npt.NDArray[np.int8]
        Codes of `OUTCOME_CODES`.
    is_imported, is_institutional : Bools
        Infected elsewhere; found in institutional quarantine.
    """

    unit: Indices
    confirmed_on: Days
    outcome: npt.NDArray[np.int8]
    outcome_on: Days
    is_imported: Bools
    is_institutional: Bools

    def __len__(self) -> int:
        return len(self.unit)


def peak_days(plan: Plan, ground: Ground) -> Floats:
    """Return the day of each unit's peak, counted from the first day, shape (n,)."""
    epidemic, core = plan.measures["epidemic"], plan.measures["land"]["city"]
    down = ground.site[:, 0] - core["u"]
    across = np.abs(ground.site[:, 1] - core["v"])
    pace = epidemic["country_days_per_km"]
    in_city = epidemic["city_days_per_km"] * np.hypot(down, across)
    outside = (
        epidemic["country_lag"]
        + pace["down"] * np.maximum(down, 0)
        + pace["up"] * np.maximum(-down, 0)
        + pace["across"] * across
    )
    lag = np.where(ground.setting == "city", in_city, outside)
    return np.asarray(epidemic["start_day"] + lag)


def run_epidemic(plan: Plan, ground: Ground) -> Infections:
    """Return every case of the district's six months."""
    rng = plan.random("epidemic")
    daily = rng.poisson(_expected(rng, plan, ground))
    cell_unit, cell_day = np.nonzero(daily)
    times = daily[cell_unit, cell_day]
    day = np.repeat(cell_day, times)
    order = np.argsort(day, kind="stable")
    unit = np.repeat(cell_unit.astype(np.int32), times)[order]
    day = day[order]
    outcome, ended = _outcomes(rng, plan.measures["outcome"], day, plan.measures["days"] - 1)
    is_imported, is_institutional = _arrivals(rng, plan, ground, unit, day)
    first = np.datetime64(plan.last_day) - plan.measures["days"] + 1
    return Infections(
        unit=unit,
        confirmed_on=first + day,
        outcome=outcome,
        outcome_on=np.where(outcome > 0, first + ended, np.datetime64("NaT", "D")),
        is_imported=is_imported,
        is_institutional=is_institutional,
    )


def _expected(rng: np.random.Generator, plan: Plan, ground: Ground) -> Floats:
    """Return expected cases per unit and day, clumped as outbreaks are, shape (n, days)."""
    epidemic, days = plan.measures["epidemic"], plan.measures["days"]
    per_lakh = np.array([epidemic[f"{setting}_per_lakh"] for setting in ground.setting])
    size = per_lakh * np.exp(rng.normal(0, epidemic["unit_spread"], len(per_lakh)))
    since = np.arange(days) - peak_days(plan, ground)[:, None]
    width = np.where(since < 0, epidemic["rise_days"], epidemic["fall_days"])
    wave = np.exp(-((since / width) ** 2) / 2)
    area = np.sqrt(np.pi / 2) * (epidemic["rise_days"] + epidemic["fall_days"])
    per_lakh_day = size[:, None] * wave / area + epidemic["sporadic_per_lakh_day"]
    clumping = epidemic["clumping"]
    clumped = rng.gamma(clumping, 1 / clumping, per_lakh_day.shape)
    people = ground.units.population[:, None] / _LAKH
    return np.asarray(people * per_lakh_day * clumped * weekday_rhythm(plan))


def weekday_rhythm(plan: Plan) -> Floats:
    """Return the share of an ordinary day that is reported on each day, shape (days,)."""
    monday_first = np.asarray(plan.measures["epidemic"]["weekdays"], dtype=float)
    days = plan.measures["days"]
    weekday = (plan.last_day.weekday() - np.arange(days)[::-1]) % 7
    return np.asarray(monday_first[weekday] / monday_first.mean())


def _outcomes(
    rng: np.random.Generator, measures: dict[str, Any], day: Ints, last: int
) -> tuple[npt.NDArray[np.int8], Ints]:
    """Return outcome codes and their days; an outcome after the last day isn't known yet."""
    n = len(day)
    dies = rng.random(n) < measures["fatal"]
    to_death, to_recovery = measures["fatal_days"], measures["recovery_days"]
    wait = np.where(
        dies,
        rng.gamma(to_death["shape"], to_death["mean"] / to_death["shape"], n),
        rng.gamma(to_recovery["shape"], to_recovery["mean"] / to_recovery["shape"], n),
    )
    ended = day + np.maximum(1, wait.round()).astype(np.int64)
    is_known = (ended <= last) & (rng.random(n) >= measures["never_recorded"])
    code = np.where(dies, _DIED, _RECOVERED)
    return np.where(is_known, code, 0).astype(np.int8), ended


def _arrivals(
    rng: np.random.Generator, plan: Plan, ground: Ground, unit: Indices, day: Ints
) -> tuple[Bools, Bools]:
    """Return which cases were imported, and which of these found in quarantine."""
    rows = plan.measures["rows"]
    in_country = ground.setting[unit] == "country"
    share = np.where(in_country, rows["imported_country"], rows["imported_city"])
    # Before the wave reached a unit, its cases came from elsewhere.
    is_early = day < peak_days(plan, ground)[unit] - 3 * plan.measures["epidemic"]["rise_days"]
    is_imported = rng.random(len(unit)) < np.where(is_early, rows["imported_early"], share)
    is_institutional = is_imported & (rng.random(len(unit)) < rows["institutional"])
    return is_imported, is_institutional
