"""The days up to the day judged, as a rule sees them now and as it saw them then."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy.orm import Session

from zoning.judgement.changes import JudgedDays
from zoning.judgement.parameters import judge_parameters
from zoning.judgement.verdict import decide
from zoning.model import Cases, Days, Indices, Ints, Tests, Texts, Units
from zoning.places.placing import index_units
from zoning.rules.rulebook import Rule
from zoning.store.cases import read_cases_each
from zoning.store.editions import BOOTH_LEVEL, edition_in_force
from zoning.store.feeds import known_feeds
from zoning.store.imports import ImportKind, visible_imports
from zoning.store.places_decided import read_case_places, read_name_decisions
from zoning.store.tests import read_tests
from zoning.surveillance.counts import count_cases, count_tests
from zoning.surveillance.indicators import history_days, measure
from zoning.workflow.facts import PlacedCases, placed_cases, reported_through
from zoning.workflow.places import judged_units

_TOLD = (ImportKind.CASES, ImportKind.OUTCOMES, ImportKind.TESTS)


@dataclass(frozen=True, eq=False)
class _Facts:
    """What was known at a moment: cases in their places, tests, how complete each unit is."""

    placed: PlacedCases
    tests: Tests | None
    test_index: Indices | None
    through: Days


@dataclass(frozen=True, eq=False)
class _Day:
    """What a rule says of one day, shape (n,)."""

    zone: Texts
    zone_worst: Texts
    active: Ints
    new_cases: Ints


def judged_days(
    session: Session,
    everything: Units,
    rule: Rule,
    on: np.datetime64,
    n_days: int,
    known_at: datetime,
) -> JudgedDays:
    """Return what a rule says of the days up to one, as known now and as known then.

    A day as known then is what the same question would have been answered on that day, at the
    same time after its end as now. Cases are read once for each set of imports that counted.

    Parameters
    ----------
    session : Session
        An open transaction.
    everything : Units
        Units of all levels of the edition judged; those of its finest level are judged.
    rule : Rule
        The rule set.
    on : np.datetime64
        The last day.
    n_days : int
        How many days, that one included.
    known_at : datetime
        Now, UTC.
    """
    units = judged_units(everything)
    days = on - np.arange(n_days)[::-1].astype("timedelta64[D]")
    moments = [known_at - timedelta(days=back) for back in range(n_days - 1, -1, -1)]
    keys = [_key(session, moment) for moment in moments]
    # The last one's is what is known now; where no case was, nothing was.
    moment_of = {key: moment for key, moment in zip(keys, moments, strict=True) if key[0]}
    moment_of[keys[-1]] = known_at
    told = zip(
        moment_of, moment_of.values(), read_cases_each(session, [*moment_of.values()]), strict=True
    )
    facts = {key: _facts(session, units, everything, moment, t) for key, moment, t in told}
    now = facts[keys[-1]]
    judged = [_judge(units, now, rule, day) for day in days]
    nothing = np.full(len(units), "", dtype=object)
    # Where nothing was known, or just what is known now, now alone counts.
    then = [
        nothing
        if key not in facts or facts[key] is now
        else _judge(units, facts[key], rule, day).zone
        for key, day in zip(keys, days, strict=True)
    ]
    return JudgedDays(
        on=days,
        zone=np.stack([day.zone for day in judged]),
        zone_worst=np.stack([day.zone_worst for day in judged]),
        active=np.stack([day.active for day in judged]),
        new_cases=np.stack([day.new_cases for day in judged]),
        # NaT is complete through no day.
        is_complete=now.through[None, :] >= days[:, None],
        zone_then=np.stack(then),
    )


def as_proposed(days: JudgedDays, zone: Texts, zone_worst: Texts) -> JudgedDays:
    """Return the days with what a stored run said of the last one, shape (n,) each."""
    return replace(
        days,
        zone=np.concatenate([days.zone[:-1], zone[None, :]]),
        zone_worst=np.concatenate([days.zone_worst[:-1], zone_worst[None, :]]),
    )


def _key(session: Session, moment: datetime) -> tuple[Hashable, ...]:
    """Return what tells apart what was known at two moments; its first part, the cases told."""
    told = [tuple(visible_imports(session, kind, moment)) for kind in _TOLD]
    booths = edition_in_force(session, moment, level=BOOTH_LEVEL)
    feeds = known_feeds(session, ImportKind.CASES, moment)
    return (
        *told,
        None if booths is None else booths.edition_id,
        tuple(replace(feed, last_told_at=None) for feed in feeds),
        read_name_decisions(session, moment),
        tuple(sorted(read_case_places(session, moment).items())),
    )


def _facts(
    session: Session, units: Units, everything: Units, known_at: datetime, told: Cases
) -> _Facts:
    tests = None
    if visible_imports(session, ImportKind.TESTS, known_at):
        tests = read_tests(session, known_at)
    return _Facts(
        placed_cases(session, units, known_at, told),
        tests,
        None if tests is None else index_units(tests.unit_id, units.unit_id),
        reported_through(session, units, everything, known_at),
    )


def _judge(units: Units, facts: _Facts, rule: Rule, day: np.datetime64) -> _Day:
    n_days = history_days(rule)
    first_day = day - np.timedelta64(n_days - 1, "D")
    index = facts.placed.placement.unit_index
    cube = count_cases(facts.placed.cases, index, len(units), first_day, n_days)
    samples = None
    if (tests := facts.tests) is not None and facts.test_index is not None:
        told = (facts.test_index, tests.on, tests.tests, tests.positives)
        samples = count_tests(*told, len(units), first_day, n_days)
    indicators = measure(units, cube, samples, rule)
    parameters = judge_parameters(indicators, units, rule)
    verdict = decide(units, indicators, parameters, rule, day, facts.through)
    return _Day(verdict.zone, verdict.zone_worst, indicators.active, indicators.new_cases)
