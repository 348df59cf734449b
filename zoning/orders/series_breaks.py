"""Where a series of what was in force breaks: before and after aren't counted by one measure.

A trend over such a moment shows the change of the measure as well as the change of the
epidemic, so it is told there, and no line is drawn across it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import figure
from zoning.rules.rulebook import Rule


class BreakKind(StrEnum):
    """What changed in the measure."""

    RULE = "rule"
    DEFINITION = "definition"
    POLICY = "policy"
    EDITION = "edition"
    BOOTHS = "booths"
    POPULATION = "population"


ZONE_KINDS = (BreakKind.RULE, BreakKind.DEFINITION, BreakKind.EDITION, BreakKind.POPULATION)
"""What breaks the counts of units; those of booths break by what remains, and by these too."""


@dataclass(frozen=True)
class Basis:
    """On what the counts from a moment on rest; what isn't known is None or empty.

    Attributes
    ----------
    at : datetime
        From when.
    number : str
        Of the order by which it is so.
    rule : Rule or None
        By which zones were judged; None for orders that no rule is behind.
    policy_id : str
        What made a booth affected.
    buffer_m : float or None
        Width of the buffer, in metres.
    edition_id, booth_edition_id : int or None
        Boundaries, and booths.
    edition, booth_edition : str
        Files they came from.
    population_key : str
        The same while each unit has the same number of people.
    """

    at: datetime
    number: str
    rule: Rule | None = None
    policy_id: str = ""
    buffer_m: float | None = None
    edition_id: int | None = None
    booth_edition_id: int | None = None
    edition: str = ""
    booth_edition: str = ""
    population_key: str = ""


@dataclass(frozen=True)
class SeriesBreak:
    """One break.

    Attributes
    ----------
    at : datetime
        From when the counts rest on something else.
    kind : BreakKind
        On what.
    number : str
        Of the order by which it is so.
    sentence : str
        What changed from what into what.
    """

    at: datetime
    kind: BreakKind
    number: str
    sentence: str


def series_breaks(sequence: Iterable[Basis]) -> tuple[SeriesBreak, ...]:
    """Return where a series breaks, oldest first.

    Parameters
    ----------
    sequence : iterable of Basis
        On what the counts rested, in the order in which it was in force. What one doesn't know
        is as it was: nothing breaks by an order that is silent on it.
    """
    bases = sorted(sequence, key=lambda basis: basis.at)
    return tuple(found for one, other in pairwise(_filled(bases)) for found in _between(one, other))


def definition_changes(before: Rule, after: Rule) -> tuple[str, ...]:
    """Return what two rules define differently, in sentences: active cases, growth, indicators."""
    told = []
    one, other = before.active, after.active
    if one.open_days != other.open_days:
        told.append(
            tr(
                "a case without a known outcome is active for {after} days, before for {before}",
                after=other.open_days,
                before=one.open_days,
            )
        )
    if one.without_outcomes_days != other.without_outcomes_days:
        told.append(
            tr(
                "where a feed tells no outcomes a case is active for {after} days, before for "
                "{before}",
                after=other.without_outcomes_days,
                before=one.without_outcomes_days,
            )
        )
    if before.growth.window_days != after.growth.window_days:
        told.append(
            tr(
                "growth is taken over {after} days, {before} before",
                after=after.growth.window_days,
                before=before.growth.window_days,
            )
        )
    was, becomes = (_indicators(rule) for rule in (before, after))
    if was != becomes:
        told.append(
            tr(
                "judged by {after}, before by {before}",
                after=", ".join(becomes) or tr("days without a case"),
                before=", ".join(was) or tr("days without a case"),
            )
        )
    return tuple(told)


def _indicators(rule: Rule) -> tuple[str, ...]:
    judging = [p.name for p in rule.parameters] or [step.indicator for step in rule.steps]
    return tuple(
        name
        if (window := rule.window(name).window_days) is None
        else tr_n("{name} over {n} day", "{name} over {n} days", window, name=name)
        for name in dict.fromkeys(judging)
    )


def _filled(bases: list[Basis]) -> Iterator[Basis]:
    """Yield each basis with what it is silent on taken from the one before."""
    known = Basis(bases[0].at, "") if bases else None
    for basis in bases:
        assert known is not None
        has_policy, has_edition = bool(basis.policy_id), basis.edition_id is not None
        has_booths = basis.booth_edition_id is not None
        known = Basis(
            basis.at,
            basis.number,
            basis.rule or known.rule,
            basis.policy_id or known.policy_id,
            basis.buffer_m if has_policy else known.buffer_m,
            basis.edition_id if has_edition else known.edition_id,
            basis.booth_edition_id if has_booths else known.booth_edition_id,
            basis.edition if has_edition else known.edition,
            basis.booth_edition if has_booths else known.booth_edition,
            basis.population_key or known.population_key,
        )
        yield known


def _between(one: Basis, other: Basis) -> Iterator[SeriesBreak]:
    for kind, sentence in _told(one, other):
        yield SeriesBreak(other.at, kind, other.number, sentence)


def _told(one: Basis, other: Basis) -> Iterator[tuple[BreakKind, str]]:
    if one.rule is not None and other.rule is not None and one.rule.id != other.rule.id:
        yield (
            BreakKind.RULE,
            tr(
                "Zones are judged by {after} ({title}), before by {before}.",
                after=other.rule.id,
                title=other.rule.title,
                before=one.rule.id,
            ),
        )
        changed = definition_changes(one.rule, other.rule)
        if changed:
            yield (
                BreakKind.DEFINITION,
                tr("What is counted changed: {changes}.", changes=tr("; ").join(changed)),
            )
    if one.policy_id and (one.policy_id, one.buffer_m) != (other.policy_id, other.buffer_m):
        yield (
            BreakKind.POLICY,
            tr(
                "Booths are divided by {after} with a buffer of {after_m} m, before by {before} "
                "with {before_m} m.",
                after=other.policy_id,
                after_m=figure(other.buffer_m or 0),
                before=one.policy_id,
                before_m=figure(one.buffer_m or 0),
            ),
        )
    if one.edition_id is not None and one.edition_id != other.edition_id:
        yield (
            BreakKind.EDITION,
            tr(
                "The boundaries are those of edition {after} ({file}), before of edition {before}.",
                after=other.edition_id,
                file=other.edition,
                before=one.edition_id,
            ),
        )
    if one.booth_edition_id is not None and one.booth_edition_id != other.booth_edition_id:
        yield (
            BreakKind.BOOTHS,
            tr(
                "The booths are those of edition {after} ({file}), before of edition {before}.",
                after=other.booth_edition_id,
                file=other.booth_edition,
                before=one.booth_edition_id,
            ),
        )
    if one.population_key and one.population_key != other.population_key:
        yield (
            BreakKind.POPULATION,
            tr(
                "People by unit are those that {after} tells, before {before}: shares by people "
                "changed without a case.",
                after=other.edition,
                before=one.edition,
            ),
        )
