"""What a rule says of the units on a day, from the facts known at a moment."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.judgement.classify import classify
from zoning.model import Classification, Days, Units
from zoning.places.placing import index_units
from zoning.rules.rulebook import Rule
from zoning.store.imports import ImportKind, visible_imports
from zoning.store.tests import read_tests
from zoning.surveillance.counts import TestCube, count_cases, count_tests
from zoning.surveillance.indicators import history_days, measure
from zoning.workflow.facts import PlacedCases, placed_cases, reported_through
from zoning.workflow.places import judged_units


def judge(
    session: Session, everything: Units, rule: Rule, on: date | None, known_at: datetime
) -> Classification:
    """Return what a rule says of the judged units on a day, from the facts known at a moment.

    Parameters
    ----------
    session : Session
        An open transaction.
    everything : Units
        Units of all levels of the edition judged; those of its finest level are judged.
    rule : Rule
        The rule set.
    on : date or None
        Day judged; by default the latest through which a feed is complete.
    known_at : datetime
        What was imported and decided by then counts.
    """
    placed = placed_cases(session, judged_units(everything), known_at)
    return judge_placed(session, everything, placed, rule, on, known_at)


def judge_placed(
    session: Session,
    everything: Units,
    placed: PlacedCases,
    rule: Rule,
    on: date | None,
    known_at: datetime,
) -> Classification:
    """Return what a rule says, given the cases in their places; see `judge`."""
    units = judged_units(everything)
    through = reported_through(session, units, everything, known_at)
    day = np.datetime64(on, "D") if on is not None else _latest(through)
    n_days = history_days(rule)
    first_day = day - np.timedelta64(n_days - 1, "D")
    index = placed.placement.unit_index
    cube = count_cases(placed.cases, index, len(units), first_day, n_days)
    tests = None
    if visible_imports(session, ImportKind.TESTS, known_at):
        tests = _test_cube(session, units, first_day, n_days, known_at)
    indicators = measure(units, cube, tests, rule)
    return classify(units, indicators, rule, day, through, with_intervals=True)


def _latest(through: Days) -> np.datetime64:
    known = through[~np.isnat(through)]
    if not len(known):
        raise InputError(
            tr("There are no cases yet: run “zoning import cases FILE”, or name a day with --on.")
        )
    return np.datetime64(known.max(), "D")


def _test_cube(
    session: Session, units: Units, first_day: np.datetime64, n_days: int, known_at: datetime
) -> TestCube:
    tests = read_tests(session, known_at)
    return count_tests(
        index_units(tests.unit_id, units.unit_id),
        tests.on,
        tests.tests,
        tests.positives,
        len(units),
        first_day,
        n_days,
    )
