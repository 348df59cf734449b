"""Rule sets: which thresholds, windows and combinations make a zone.

A rule set is one TOML file in `zoning/rules/zones/`, named by authority and
date; the folder is the registry. This module reads and checks it and holds no
number of its own. Three shapes are known:

`multi_factor`
    parameters with a critical and a desirable value, combined by count;
`case_free`
    days without a case make a unit mild, nothing computed makes it strict;
`ladder`
    the strictest step that any indicator reaches.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from zoning.errors import RuleError
from zoning.i18n.catalogue import tr

RULES_DIR = Path(__file__).parent / "zones"

Comparison = Literal["above", "at_least", "below", "at_most"]
COMPARISONS: tuple[Comparison, ...] = ("above", "at_least", "below", "at_most")


@dataclass(frozen=True)
class Cut:
    """A comparison with a threshold; `above` and `below` are strict."""

    comparison: Comparison
    value: float


@dataclass(frozen=True)
class ZoneLevel:
    """One level of a rule, for legends: key, label and what it means."""

    key: str
    label: str
    meaning: str


@dataclass(frozen=True)
class ParameterRule:
    """Thresholds of one parameter and when a critical value counts."""

    name: str
    kind: str
    critical: Cut
    desirable: Cut
    decimals: int = 4
    counts_at_levels: tuple[str, ...] = ()
    counts_from_active: int = 0
    counts_from_confirmed: int = 0
    counts_if_interval_clears_cut: bool = False


@dataclass(frozen=True)
class ActiveRule:
    """How long a case stays active, in days."""

    open_days: int
    overdue_days: int
    without_outcomes_days: int


@dataclass(frozen=True)
class GrowthRule:
    """Window of the doubling time, and what makes a surge."""

    window_days: int
    min_base: int
    surge_min_new: int
    surge_ratio: float


@dataclass(frozen=True)
class CaseFreeRule:
    """Days without a case that make a unit mild; when that is doubtful."""

    zone: str
    days: int
    untested_case_within_days: int
    untested_no_test_within_days: int
    needs_no_active: bool = False


@dataclass(frozen=True)
class CombineRule:
    """How criticals combine; `zone` is empty where nothing computes it."""

    otherwise: str
    zone: str = ""
    criticals: int = 0
    of_kinds: tuple[str, ...] = ()
    alone_parameter: str = ""
    alone_above: float = float("inf")
    needs_population: bool = False


@dataclass(frozen=True)
class IndicatorWindow:
    """Over which days an indicator is taken; no window is to date."""

    name: str
    window_days: int | None = None
    consecutive_days: int = 1


@dataclass(frozen=True)
class Step:
    """One rung of a ladder: the zone if the indicator passes the cut."""

    zone: str
    indicator: str
    cut: Cut


@dataclass(frozen=True)
class Rule:
    """One rule set, dated and sourced; `zones` from mildest to strictest."""

    id: str
    title: str
    authority: str
    valid_from: date
    valid_to: date | None
    source: tuple[str, ...]
    method: Literal["multi_factor", "case_free", "ladder"]
    zones: tuple[ZoneLevel, ...]
    silent_after_days: int
    ours: str
    active: ActiveRule
    growth: GrowthRule
    case_free: CaseFreeRule | None
    combine: CombineRule | None
    parameters: tuple[ParameterRule, ...]
    windows: tuple[IndicatorWindow, ...]
    steps: tuple[Step, ...]

    def window(self, indicator: str) -> IndicatorWindow:
        """Return the window of an indicator; to date where none is set."""
        return next((w for w in self.windows if w.name == indicator), IndicatorWindow(indicator))

    def is_in_force(self, on: date) -> bool:
        """Return whether the rule applied on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@cache
def rule_ids() -> tuple[str, ...]:
    """Return the ids of all rule sets, sorted."""
    return tuple(sorted(path.stem for path in RULES_DIR.glob("*.toml")))


@cache
def load_rule(rule_id: str) -> Rule:
    """Return one rule set.

    Parameters
    ----------
    rule_id : str
        Authority and date, such as `mohfw-2020-05-17`.

    Raises
    ------
    RuleError
        If there is no such rule set, or its file is faulty.
    """
    if rule_id not in rule_ids():
        raise RuleError(
            tr(
                "There is no rule set {rule}; the rule sets are {known}.",
                rule=rule_id,
                known=", ".join(rule_ids()),
            )
        )
    return read_rule(RULES_DIR / f"{rule_id}.toml")


def read_rule(path: Path) -> Rule:
    """Return the rule set of one file, checked.

    Raises
    ------
    RuleError
        Naming the file and the entry that is missing or wrong.
    """
    try:
        with path.open("rb") as file:
            rule = _rule(tomllib.load(file))
    except (KeyError, TypeError, ValueError) as fault:
        raise RuleError(
            tr("{file} isn't a usable rule set: {fault}.", file=path.name, fault=fault)
        ) from fault
    known = {level.key for level in rule.zones}
    named = {step.zone for step in rule.steps}
    if rule.combine:
        named |= {rule.combine.otherwise, rule.combine.zone} - {""}
    if rule.id != path.stem or not rule.source or not named <= known:
        raise RuleError(
            tr(
                "{file} isn't a usable rule set: its id must be its name, it must cite a source, "
                "and every zone it names must be listed.",
                file=path.name,
            )
        )
    return rule


def _rule(data: dict[str, Any]) -> Rule:
    # A ladder states neither activity nor growth: what it shows of them, beside the
    # indicators that judge, comes from the default rule so that figures stay comparable.
    shown = data if "active" in data else tomllib.loads(_default_text())
    case_free, combine = data.get("case_free"), data.get("combine")
    if combine and "of_kinds" in combine:
        combine = {**combine, "of_kinds": tuple(combine["of_kinds"])}
    return Rule(
        id=data["id"],
        title=data["title"],
        authority=data["authority"],
        valid_from=data["valid_from"],
        valid_to=data.get("valid_to"),
        source=tuple(data["source"]),
        method=data["method"],
        zones=tuple(ZoneLevel(**zone) for zone in data["zone"]),
        silent_after_days=data["silence"]["after_days"],
        ours=data.get("ours", ""),
        active=ActiveRule(**shown["active"]),
        growth=GrowthRule(**shown["growth"]),
        case_free=CaseFreeRule(**case_free) if case_free else None,
        combine=CombineRule(**combine) if combine else None,
        parameters=tuple(_parameter(p) for p in data.get("parameter", ())),
        windows=tuple(IndicatorWindow(**w) for w in data.get("indicator", ())),
        steps=tuple(
            Step(zone=step["zone"], indicator=step["indicator"], cut=_cut(step))
            for step in data.get("step", ())
        ),
    )


def _default_text() -> str:
    return (RULES_DIR / "mohfw-2020-05-17.toml").read_text(encoding="utf-8")


def _parameter(data: dict[str, Any]) -> ParameterRule:
    return ParameterRule(
        **{
            **data,
            "critical": _cut(data["critical"]),
            "desirable": _cut(data["desirable"]),
            "counts_at_levels": tuple(data.get("counts_at_levels", ())),
        }
    )


def _cut(data: dict[str, Any]) -> Cut:
    named = [name for name in COMPARISONS if name in data]
    if len(named) != 1:
        raise ValueError(f"one of {', '.join(COMPARISONS)} is needed in {data}")
    return Cut(named[0], float(data[named[0]]))
