"""Propose zones from the facts as known, and publish them as an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.errors import InputError, OrderError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.judgement.classify import classify
from zoning.model import Classification, Days, Units
from zoning.places.placing import index_units
from zoning.rules.rulebook import Rule, load_rule
from zoning.store.engine import Store
from zoning.store.imports import ImportKind, visible_imports
from zoning.store.orders import NewOrder, publish_first_order
from zoning.store.results import NewRun, RunRecord, get_run, list_runs, save_run
from zoning.store.tests import read_tests
from zoning.surveillance.counts import TestCube, count_cases, count_tests
from zoning.surveillance.indicators import history_days, measure
from zoning.workflow.facts import placed_cases, reported_through
from zoning.workflow.places import judged_units, units_in_force


@dataclass(frozen=True)
class Proposal:
    """A stored run of a rule and what it says."""

    run_id: int
    result: Classification


def propose(store: Store, rule_id: str, on: date | None, at: datetime, who: str) -> Proposal:
    """Judge the units in force on a day from the facts known now, and keep the result.

    Parameters
    ----------
    store : Store
        The database.
    rule_id : str
        Rule set.
    on : date or None
        Day judged; by default the day through which the case feed is complete.
    at : datetime
        The present, UTC: facts imported later aren't known.
    who : str
        By whom.

    Raises
    ------
    SeemanaError
        If there are no units or no cases, or the rule is unknown.
    """
    rule = load_rule(rule_id)
    with store.transaction() as session:
        present = units_in_force(session, at)
        if present is None:
            raise InputError(
                tr("There are no boundaries yet: run “zoning import boundaries FILE” first.")
            )
        edition, units = present
        result = judge(session, units, rule, on, at)
        new = NewRun(edition.edition_id, known_at=at, at=at, who=who)
        return Proposal(save_run(session, result, new), result)


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
    units = judged_units(everything)
    through = reported_through(session, units, everything, known_at)
    day = np.datetime64(on, "D") if on is not None else _latest(through)
    n_days = history_days(rule)
    first_day = day - np.timedelta64(n_days - 1, "D")
    placed = placed_cases(session, units, known_at)
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


def publish(
    store: Store,
    at: datetime,
    who: str,
    run_id: int | None = None,
    order: NewOrder | None = None,
) -> NewOrder:
    """Publish the zones of a run, the latest by default, as an order in force.

    Raises
    ------
    OrderError
        If there is nothing to publish, or the order contradicts itself.
    """
    with store.transaction() as session:
        run = _run(session, run_id)
        order = order or _plain_order(run, at, who)
        publish_first_order(session, order, run.run_id, at=at, who=who)
    return order


def _run(session: Session, run_id: int | None) -> RunRecord:
    if run_id is not None:
        return get_run(session, run_id)
    runs = list_runs(session, limit=1)
    if not runs:
        raise OrderError(tr("There is nothing to publish: run “zoning propose” first."))
    return runs[0]


def _plain_order(run: RunRecord, at: datetime, who: str) -> NewOrder:
    return NewOrder(
        number=f"Z-{run.on_day:%Y%m%d}-{run.run_id}",
        title=tr("Zones on {day}", day=forms.day(run.on_day)),
        act=tr("Disaster Management Act, 2005; Epidemic Diseases Act, 1897"),
        reason=tr("Rule set {rule}, applied to the facts known on publication", rule=run.rule_id),
        signatory=who,
        effective_at=at,
    )


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
