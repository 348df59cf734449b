"""Samples tested per unit and day; positivity rises and falls with the wave."""

from __future__ import annotations

import numpy as np

from zoning.demo.epidemic import Infections, weekday_rhythm
from zoning.demo.geography import Ground
from zoning.demo.plan import Plan
from zoning.model import Coded, Tests

_LAKH = 1e5


def run_tests(plan: Plan, ground: Ground, infections: Infections) -> Tests:
    """Return one row for each unit and day on which samples were tested."""
    rng, measures, days = plan.random("testing"), plan.measures["testing"], plan.measures["days"]
    first = np.datetime64(plan.last_day) - days + 1
    day = (infections.confirmed_on - first).astype(int)
    positives = np.zeros((len(ground.units), days), dtype=np.int64)
    np.add.at(positives, (infections.unit, day), 1)
    in_country = ground.setting == "country"
    base = np.where(in_country, measures["country_per_lakh_day"], measures["city_per_lakh_day"])
    growth = np.linspace(1, measures["growth"], days) / measures["growth"]
    # Contacts of a case are tested over the days that follow it.
    weights = np.full(measures["traced_days"], 1 / measures["traced_days"])
    traced = np.array([np.convolve(row, weights)[:days] for row in positives])
    routine = ground.units.population[:, None] / _LAKH * base[:, None] * growth
    negatives = rng.poisson((routine + measures["per_case"] * traced) * weekday_rhythm(plan))
    tests = positives + negatives
    unit, on = np.nonzero(tests)
    return Tests(
        row=np.arange(1, len(unit) + 1),
        unit_id=Coded(unit.astype(np.int32), ground.units.unit_id),
        on=first + on,
        tests=tests[unit, on],
        positives=positives[unit, on],
    )
