"""Why a unit has its zone, in a sentence that a citizen understands."""

from __future__ import annotations

from datetime import date
from typing import cast

import numpy as np

from zoning.i18n import forms
from zoning.i18n.catalogue import tr, tr_n
from zoning.judgement.phrases import cut_phrase, parameter_word, value_phrase, zone_word
from zoning.judgement.verdict import Verdict
from zoning.model import Days, Parameter, ParameterClass, Texts
from zoning.rules.rulebook import ParameterRule, Rule
from zoning.surveillance.indicators import Indicators


def explain(
    indicators: Indicators,
    parameters: dict[str, Parameter],
    verdict: Verdict,
    rule: Rule,
    on: np.datetime64,
    reported_through: Days,
) -> Texts:
    """Return one sentence a unit, such as `red: 22.4 active per lakh (critical above 15)`."""
    sentences = np.empty(len(verdict.zone), dtype=object)
    silence = {day: _silence(rule, on, day) for day in set(reported_through.tolist())}
    for unit, zone in enumerate(verdict.zone):
        if verdict.is_silent[unit]:
            reason = silence[reported_through[unit].item()]
        elif verdict.lacks_population[unit]:
            reason = tr_n(
                "{n} active case, but the population is unknown",
                "{n} active cases, but the population is unknown",
                int(indicators.active[unit]),
            )
        elif verdict.lacks_indicators[unit]:
            reason = tr("no figure that this rule judges is known")
        elif verdict.is_case_free[unit]:
            reason = _case_free(int(verdict.days_since_case[unit]))
        elif rule.method == "ladder":
            reason = _ladder(unit, parameters, rule)
        elif rule.method == "case_free":
            reason = _recent_case(int(verdict.days_since_case[unit]))
        else:
            reason = _combined(unit, indicators, parameters, verdict, rule)
        worst = verdict.zone_worst[unit]
        if worst != zone:
            reason = tr(
                "{reason}; {worst} if the missing figures ({missing}) were critical",
                reason=reason,
                worst=zone_word(worst),
                missing=", ".join(_missing(unit, parameters)),
            )
        sentences[unit] = tr("{zone}: {reason}", zone=zone_word(zone), reason=reason)
    return sentences


def _silence(rule: Rule, on: np.datetime64, reported_through: date | None) -> str:
    if reported_through is None:
        return tr("the case feed is empty and doesn't say through which day it is complete")
    return tr(
        "the case feed is complete only through {day}, {late} days before {on}; "
        "after {allowed} days nothing is concluded from silence",
        day=forms.day(reported_through),
        late=(cast(date, on.item()) - reported_through).days,
        on=forms.day(cast(date, on.item())),
        allowed=rule.silent_after_days,
    )


def _case_free(since: int) -> str:
    if since < 0:
        return tr("no case so far")
    return tr("no active case, and the last new case was {days} days ago", days=since)


def _recent_case(since: int) -> str:
    return tr_n("the last case was {n} day ago", "the last case was {n} days ago", since)


def _combined(
    unit: int,
    indicators: Indicators,
    parameters: dict[str, Parameter],
    verdict: Verdict,
    rule: Rule,
) -> str:
    counting: list[str] = []
    uncounted: list[str] = []
    for parameter_rule in rule.parameters:
        parameter = parameters[parameter_rule.name]
        has_surge = parameter_rule.kind == "growth" and bool(indicators.surge[unit])
        if parameter.counts[unit]:
            counting.append(_critical(parameter_rule, float(parameter.value[unit])))
        elif has_surge:
            counting.append(_surge(unit, indicators))
        elif parameter.class_[unit] == ParameterClass.CRITICAL.value:
            uncounted.append(_critical(parameter_rule, float(parameter.value[unit])))
    combine = rule.combine
    assert combine is not None
    both = tr(" and ").join(counting)
    if verdict.is_critical_alone[unit]:
        return tr(
            "{criticals}; above {alone} is {zone} by itself",
            criticals=both,
            alone=forms.figure(combine.alone_above),
            zone=zone_word(combine.zone),
        )
    if verdict.zone[unit] == combine.zone:
        return both
    if len(counting) > 1:
        reason = tr("{criticals}, but neither is burden nor growth", criticals=both)
    elif counting:
        reason = tr("{criticals} is the only critical parameter that counts", criticals=both)
    else:
        reason = _quiet(unit, indicators, verdict)
    if uncounted:
        reason = tr(
            "{reason}; not counted, because too few cases or samples stand behind it: {uncounted}",
            reason=reason,
            uncounted=tr(" and ").join(uncounted),
        )
    return reason


def _critical(rule: ParameterRule, value: float) -> str:
    return tr(
        "{figure} (critical {cut})",
        figure=value_phrase(rule.name, value),
        cut=cut_phrase(rule.critical),
    )


def _surge(unit: int, indicators: Indicators) -> str:
    return tr(
        "a surge: {new} new cases in a week after {before} the week before",
        new=forms.number(float(indicators.new_cases[unit])),
        before=forms.number(float(indicators.new_cases_before[unit])),
    )


def _quiet(unit: int, indicators: Indicators, verdict: Verdict) -> str:
    if indicators.is_published or not indicators.has_cases:
        return tr("no published figure is critical")
    active = int(indicators.active[unit])
    if active:
        return tr_n(
            "{n} active case, and no critical parameter counts",
            "{n} active cases, and no critical parameter counts",
            active,
        )
    return tr_n(
        "no active case, but the last case was only {n} day ago",
        "no active case, but the last case was only {n} days ago",
        int(verdict.days_since_case[unit]),
    )


def _ladder(unit: int, parameters: dict[str, Parameter], rule: Rule) -> str:
    reasons = []
    for name in dict.fromkeys(step.indicator for step in rule.steps):
        value = float(parameters[name].value[unit])
        if not np.isnan(value):
            reasons.append(value_phrase(name, value))
    return tr(", ").join(reasons)


def _missing(unit: int, parameters: dict[str, Parameter]) -> list[str]:
    return [
        parameter_word(name)
        for name, parameter in parameters.items()
        if parameter.class_[unit] == ParameterClass.NOT_COMPUTABLE.value
    ]
