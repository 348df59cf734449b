"""Each prescribed parameter against its cuts: its class, and whether it counts."""

from __future__ import annotations

import numpy as np

from zoning.model import Bools, DoublingState, Floats, Parameter, ParameterClass, Units
from zoning.rules.rulebook import Cut, ParameterRule, Rule
from zoning.surveillance import intervals
from zoning.surveillance.indicators import Indicators, Measure

# Indicators that every result shows, whether or not the rule has a cut for them.
SHOWN = (
    "active_per_lakh",
    "doubling_days",
    "cfr_percent",
    "tests_per_lakh",
    "positivity_percent",
)


def passes(value: Floats, cut: Cut) -> Bools:
    """Return where values pass a cut; NaN never does."""
    with np.errstate(invalid="ignore"):
        match cut.comparison:
            case "above":
                return np.asarray(value > cut.value)
            case "at_least":
                return np.asarray(value >= cut.value)
            case "below":
                return np.asarray(value < cut.value)
            case "at_most":
                return np.asarray(value <= cut.value)


def judge_parameters(
    indicators: Indicators, units: Units, rule: Rule, with_intervals: bool = False
) -> dict[str, Parameter]:
    """Return every parameter of the rule, and those always shown, by name.

    Parameters
    ----------
    indicators : Indicators
        What was measured.
    units : Units
        For their level: a cut may count from some level upwards only.
    rule : Rule
        Cuts, and when a critical value counts.
    with_intervals : bool
        Whether to compute exact intervals too, for a screen; positivity has one always.
    """
    judged = {parameter.name: _judge(parameter, indicators, units) for parameter in rule.parameters}
    stepped = [step.indicator for step in rule.steps]
    for name in dict.fromkeys([*stepped, *SHOWN]):
        if name not in judged:
            judged[name] = _unjudged(indicators.measures[name])
    if with_intervals:
        judged = {name: _with_interval(name, value) for name, value in judged.items()}
    return judged


def _judge(rule: ParameterRule, indicators: Indicators, units: Units) -> Parameter:
    measure = indicators.measures[rule.name]
    # What is judged is what is shown: 13.99999 days, shown as 14.00, isn't below 14.
    value = np.round(measure.value, rule.decimals)
    is_critical = passes(value, rule.critical)
    class_ = np.full(len(value), ParameterClass.INTERMEDIATE.value, dtype=object)
    class_[is_critical] = ParameterClass.CRITICAL.value
    class_[passes(value, rule.desirable)] = ParameterClass.DESIRABLE.value
    class_[np.isnan(value)] = ParameterClass.NOT_COMPUTABLE.value
    if rule.name == "doubling_days" and not indicators.is_published:
        too_few = (indicators.doubling_state == DoublingState.INSUFFICIENT.value) | (
            indicators.doubling_state == DoublingState.NEW_EMERGENCE.value
        )
        class_[too_few] = ParameterClass.INSUFFICIENT.value
    if not measure.is_supplied:
        class_[:] = ParameterClass.NOT_SUPPLIED.value
    low, high = _wilson_percent(rule.name, measure)
    counts = class_ == ParameterClass.CRITICAL.value
    if rule.counts_at_levels:
        counts &= np.isin(units.level.astype(str), rule.counts_at_levels)
    if not indicators.is_published:
        counts &= indicators.active >= rule.counts_from_active
        counts &= indicators.confirmed >= rule.counts_from_confirmed
        if rule.counts_if_interval_clears_cut:
            counts &= passes(low, rule.critical)
    return Parameter(value, class_, counts, measure.numerator, measure.denominator, low, high)


def _unjudged(measure: Measure) -> Parameter:
    n = len(measure.value)
    class_ = np.full(n, "", dtype=object)
    class_[np.isnan(measure.value)] = ParameterClass.NOT_COMPUTABLE.value
    if not measure.is_supplied:
        class_[:] = ParameterClass.NOT_SUPPLIED.value
    nothing = np.full(n, np.nan)
    counts = np.zeros(n, dtype=bool)
    value = np.round(measure.value, 4)
    return Parameter(
        value, class_, counts, measure.numerator, measure.denominator, nothing, nothing
    )


def _wilson_percent(name: str, measure: Measure) -> tuple[Floats, Floats]:
    if name != "positivity_percent":
        nothing = np.full(len(measure.value), np.nan)
        return nothing, nothing
    low, high = intervals.wilson(measure.numerator, measure.denominator)
    return low * 100, high * 100


def _with_interval(name: str, parameter: Parameter) -> Parameter:
    low, high = parameter.low, parameter.high
    if name == "cfr_percent":
        low, high = intervals.exact_proportion(parameter.numerator, parameter.denominator)
        low, high = low * 100, high * 100
    elif name in ("active_per_lakh", "tests_per_lakh"):
        low, high = intervals.exact_rate(parameter.numerator, parameter.denominator)
        low, high = low * 100_000, high * 100_000
    return Parameter(
        parameter.value,
        parameter.class_,
        parameter.counts,
        parameter.numerator,
        parameter.denominator,
        low,
        high,
    )
