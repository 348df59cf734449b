"""One call from rows to a classification, the way the workflow goes."""

from __future__ import annotations

import numpy as np

from tests.builders import ON
from zoning.judgement.classify import classify
from zoning.model import Cases, Classification, Tests, Units
from zoning.places.placing import index_units
from zoning.rules.rulebook import Rule, load_rule
from zoning.surveillance.counts import CaseCube, TestCube, count_cases, count_tests
from zoning.surveillance.indicators import history_days, measure

DAY = np.datetime64(ON, "D")


def cube_of(cases: Cases, units: Units, rule: Rule) -> CaseCube:
    n_days = history_days(rule)
    index = index_units(cases.unit_id, units.unit_id)
    return count_cases(cases, index, len(units), DAY - n_days + 1, n_days)


def sample_cube_of(tests: Tests, units: Units, rule: Rule) -> TestCube:
    n_days = history_days(rule)
    index = index_units(tests.unit_id, units.unit_id)
    first = DAY - n_days + 1
    return count_tests(index, tests.on, tests.tests, tests.positives, len(units), first, n_days)


def judge(
    units: Units,
    cases: Cases,
    tests: Tests | None = None,
    rule_id: str = "mohfw-2020-05-17",
    reported_ago: int = 0,
) -> Classification:
    rule = load_rule(rule_id)
    indicators = measure(
        units,
        cube_of(cases, units, rule),
        None if tests is None else sample_cube_of(tests, units, rule),
        rule,
    )
    return classify(units, indicators, rule, DAY, DAY - reported_ago)


def zone_of(result: Classification, unit: str) -> str:
    return str(result.zone[list(result.unit_id).index(unit)])
