"""The zone of every unit: red, orange, green or a rule's own levels.

In one sentence: a unit without active and recent cases is mild; one with
enough critical parameters that count is strict; what can't be known is
unclassified, and never mild.
"""

from __future__ import annotations

import numpy as np

from zoning.judgement.explain import explain
from zoning.judgement.parameters import judge_parameters
from zoning.judgement.verdict import Verdict, decide
from zoning.model import Bools, Classification, Days, Units
from zoning.rules.rulebook import CaseFreeRule, Rule
from zoning.surveillance.indicators import Indicators


def classify(
    units: Units,
    indicators: Indicators,
    rule: Rule,
    on: np.datetime64,
    reported_through: np.datetime64 | Days,
    with_intervals: bool = False,
) -> Classification:
    """Return the zone of every unit with everything that led to it.

    Parameters
    ----------
    units : Units
        Units of shape (n,).
    indicators : Indicators
        Measured on the day judged, or published.
    rule : Rule
        The rule set.
    on : np.datetime64
        Day judged, in India.
    reported_through : np.datetime64 or Days
        Day through which the case feeds are complete, one for all units or of shape (n,);
        NaT where they hold nothing and say nothing.
    with_intervals : bool
        Whether to compute exact intervals, for a screen.
    """
    parameters = judge_parameters(indicators, units, rule, with_intervals)
    through = np.broadcast_to(reported_through, len(units)).astype("datetime64[D]")
    verdict = decide(units, indicators, parameters, rule, on, through)
    return Classification(
        rule_id=rule.id,
        on=on,
        reported_through=through,
        unit_id=units.unit_id,
        name=units.name,
        zone=verdict.zone,
        zone_worst=verdict.zone_worst,
        confirmed_total=indicators.confirmed,
        active=indicators.active,
        parameters=parameters,
        doubling_state=indicators.doubling_state,
        surge=indicators.surge,
        last_case_on=indicators.last_case_on,
        flags=_flags(units, indicators, verdict, rule, on, through),
        explanation=explain(indicators, parameters, verdict, rule, on, through),
    )


def _flags(
    units: Units,
    indicators: Indicators,
    verdict: Verdict,
    rule: Rule,
    on: np.datetime64,
    reported_through: Days,
) -> tuple[tuple[str, ...], ...]:
    n = len(units)
    late = ~np.isnat(reported_through) & (reported_through < on) & indicators.has_cases
    raised = {
        "feed_silent": verdict.is_silent,
        "feed_incomplete": late & ~verdict.is_silent,
        "population_unknown": ~(units.population > 0),
        "outcome_overdue": indicators.overdue > 0,
        "institutional_cases": indicators.institutional > 0,
        "green_on_no_tests": _untested(indicators, verdict, rule.case_free, on),
    }
    flags: list[list[str]] = [[] for _ in range(n)]
    for key, where in raised.items():
        for index in np.flatnonzero(where):
            flags[index].append(key)
    return tuple(tuple(keys) for keys in flags)


def _untested(
    indicators: Indicators, verdict: Verdict, rule: CaseFreeRule | None, on: np.datetime64
) -> Bools:
    if rule is None or not indicators.has_cases:
        return np.zeros(len(verdict.zone), dtype=bool)
    recent = (verdict.days_since_case >= 0) & (
        verdict.days_since_case <= rule.untested_case_within_days
    )
    tested_on = indicators.last_test_on
    days = (on - tested_on).astype("timedelta64[D]").astype(np.int64)
    untested = np.isnat(tested_on) | (days > rule.untested_no_test_within_days)
    return np.asarray((verdict.zone == rule.zone) & recent & untested)
