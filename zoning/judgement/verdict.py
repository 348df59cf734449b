"""Zones from judged parameters, with the reasons that `explain` turns into sentences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoning.judgement.parameters import passes
from zoning.model import Bools, Days, Ints, Parameter, ParameterClass, Texts, Units, Zone
from zoning.rules.rulebook import CaseFreeRule, CombineRule, Rule
from zoning.surveillance.indicators import Indicators


@dataclass(frozen=True)
class Verdict:
    """The zone of every unit and why.

    Attributes
    ----------
    zone, zone_worst : Texts
        Level of the rule or `unclassified`; the second as if all that is not
        computable were critical.
    is_silent, lacks_population, lacks_indicators, is_case_free : Bools
        Why a unit is unclassified, or mild.
    is_critical_alone : Bools
        One parameter is strict by itself.
    days_since_case : Ints
        Days since the last case; -1 for never.
    """

    zone: Texts
    zone_worst: Texts
    is_silent: Bools
    lacks_population: Bools
    lacks_indicators: Bools
    is_case_free: Bools
    is_critical_alone: Bools
    days_since_case: Ints


def decide(
    units: Units,
    indicators: Indicators,
    parameters: dict[str, Parameter],
    rule: Rule,
    on: np.datetime64,
    reported_through: Days,
) -> Verdict:
    """Return the zone and the worst zone of every unit."""
    n = len(units)
    no = np.zeros(n, dtype=bool)
    silent, unpeopled = no, no
    if indicators.has_cases and not indicators.is_published:
        silent = np.isnat(reported_through) | (
            on - reported_through > np.timedelta64(rule.silent_after_days, "D")
        )
        if rule.combine and rule.combine.needs_population:
            unpeopled = ~(units.population > 0) & (indicators.active > 0)
    used = [parameters[p.name] for p in rule.parameters]
    used += [parameters[name] for name in {step.indicator for step in rule.steps}]
    lacking = no
    if used and (indicators.is_published or rule.method == "ladder"):
        lacking = np.all([np.isnan(parameter.value) for parameter in used], axis=0)
    case_free, since = _case_free(indicators, rule.case_free, on)
    alone = no
    if rule.method == "ladder":
        zone, worst = _ladder(parameters, rule, n)
    else:
        assert rule.combine is not None
        zone, worst, alone = _combine(parameters, indicators.surge, rule, rule.combine, n)
        if rule.case_free:
            zone[case_free] = worst[case_free] = rule.case_free.zone
    unknown = silent | unpeopled | lacking
    zone[unknown] = worst[unknown] = Zone.UNCLASSIFIED.value
    return Verdict(zone, worst, silent, unpeopled, lacking, case_free, alone, since)


def _case_free(
    indicators: Indicators, rule: CaseFreeRule | None, on: np.datetime64
) -> tuple[Bools, Ints]:
    never = np.isnat(indicators.last_case_on)
    days = (on - indicators.last_case_on).astype("timedelta64[D]").astype(np.int64)
    since = np.where(never, -1, days)
    if rule is None or not indicators.has_cases or indicators.is_published:
        return np.zeros(len(since), dtype=bool), since
    free = never | (since >= rule.days)
    if rule.needs_no_active:
        free &= indicators.active == 0
    return free, since


def _combine(
    parameters: dict[str, Parameter], surge: Bools, rule: Rule, combine: CombineRule, n: int
) -> tuple[Texts, Texts, Bools]:
    zone = np.full(n, combine.otherwise, dtype=object)
    worst = zone.copy()
    alone = np.zeros(n, dtype=bool)
    if not combine.zone:
        return zone, worst, alone
    if combine.alone_parameter:
        burden = parameters[combine.alone_parameter]
        with np.errstate(invalid="ignore"):
            alone = burden.counts & (burden.value > combine.alone_above)
    for result, is_worst in ((zone, False), (worst, True)):
        criticals = np.zeros(n, dtype=np.int64)
        has_kind = np.zeros(n, dtype=bool)
        for parameter_rule in rule.parameters:
            parameter = parameters[parameter_rule.name]
            critical = parameter.counts.copy()
            if parameter_rule.kind == "growth":
                # Doubling time and surge are one parameter: together they count once.
                critical |= surge
            if is_worst and not parameter_rule.counts_at_levels:
                critical |= parameter.class_ == ParameterClass.NOT_COMPUTABLE.value
            criticals += critical
            if parameter_rule.kind in combine.of_kinds:
                has_kind |= critical
        result[alone | ((criticals >= combine.criticals) & has_kind)] = combine.zone
    return zone, worst, alone


def _ladder(parameters: dict[str, Parameter], rule: Rule, n: int) -> tuple[Texts, Texts]:
    keys = [level.key for level in rule.zones]
    reached = np.zeros(n, dtype=np.int64)
    missing = np.zeros(n, dtype=bool)
    for step in rule.steps:
        parameter = parameters[step.indicator]
        passed = passes(parameter.value, step.cut)
        reached = np.where(passed, np.maximum(reached, keys.index(step.zone)), reached)
        missing |= parameter.class_ == ParameterClass.NOT_COMPUTABLE.value
    names = np.array(keys, dtype=object)
    return names[reached], np.where(missing, names[-1], names[reached]).astype(object)
