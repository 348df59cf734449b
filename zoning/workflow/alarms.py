"""First cases in units that had none: alarms with a clock, and their answers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy.orm import Session

from zoning import clock
from zoning.access import Action
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.judgement.first_case import FirstCaseAlarms, first_case_alarms
from zoning.model import OUTCOME_CODES, Bools, Outcome, Units
from zoning.places.placing import index_of
from zoning.store.alarm_answers import AlarmAnswer, add_answer, first_answers
from zoning.store.engine import Store
from zoning.store.imports import ImportKind, list_imports, visible_imports
from zoning.workflow.actor import Who, require
from zoning.workflow.facts import PlacedCases, placed_cases
from zoning.workflow.kind_rights import SURVEILLANCE
from zoning.workflow.places import judged_units, units_in_force

RETRACTED = OUTCOME_CODES[Outcome.RETRACTED]
_NAT = np.datetime64("NaT", "s")


@dataclass(frozen=True, eq=False)
class Alarms:
    """The alarms that stand, with the units they are of and the answers given.

    Attributes
    ----------
    units : Units
        Those judged.
    state : FirstCaseAlarms
        Which unit, since when, how long still.
    answers : dict of str to AlarmAnswer
        By unit.
    """

    units: Units
    state: FirstCaseAlarms
    answers: dict[str, AlarmAnswer]

    def of_units(self, is_seen: Bools) -> Alarms:
        """Return the alarms of some units alone; the mask has shape (n_units,)."""
        kept = is_seen[self.state.unit_index]
        columns = {
            column.name: getattr(self.state, column.name)[kept]
            for column in fields(self.state)
            if column.name != "is_before_watch"
        }
        early = self.state.is_before_watch & is_seen
        state = FirstCaseAlarms(**columns, is_before_watch=early)
        codes = set(self.units.unit_id[is_seen])
        return Alarms(self.units, state, {u: a for u, a in self.answers.items() if u in codes})


def alarms(store: Store, at: datetime) -> Alarms:
    """Return the alarms at a moment, in units of any colour.

    Raises
    ------
    InputError
        If no boundaries are known.
    """
    with store.reading() as session:
        units = _units(session, at)
        return alarms_in(session, units, placed_cases(session, units, at), at)


def alarms_in(session: Session, units: Units, placed: PlacedCases, at: datetime) -> Alarms:
    """Return the alarms at a moment, given the cases in their places."""
    answers = first_answers(session, at)
    n = len(units)
    first_on = np.full(n, np.datetime64("NaT"), dtype="datetime64[D]")
    known_at = np.full(n, _NAT, dtype="datetime64[s]")
    cases, unit = placed.cases, placed.placement.unit_index
    # Only those of residents: arrivals in institutional quarantine seal their premises alone.
    counts = (unit >= 0) & (cases.outcome != RETRACTED) & ~cases.is_institutional
    counts &= cases.count > 0
    imported = _imported(session)
    if cases.import_id is not None and counts.any():
        np.fmin.at(first_on, unit[counts], cases.confirmed_on[counts])
        ids, nth = np.unique(cases.import_id[counts], return_inverse=True)
        moments = np.array([_utc(imported[int(i)]) for i in ids], dtype="datetime64[s]")
        np.fmin.at(known_at, unit[counts], moments[nth])
    answered_at = np.full(n, _NAT, dtype="datetime64[s]")
    at_unit = index_of(np.array(list(answers), dtype=object), units.unit_id)
    for position, answer in zip(at_unit, answers.values(), strict=True):
        if position >= 0:
            answered_at[position] = _utc(answer.answered_at)
    # An answer given while the case wasn't yet known under its present unit isn't one to it.
    answered_at[answered_at < known_at] = _NAT
    first = visible_imports(session, ImportKind.CASES, at)[:1]
    # What came with the first file is history.
    begin = imported.get(first[0]) if first else None
    watched_from = None if begin is None else begin + timedelta(seconds=1)
    state = first_case_alarms(
        units.unit_id, first_on, known_at, answered_at, at, watched_from=watched_from
    )
    return Alarms(units, state, answers)


def answer_alarm(store: Store, unit_id: str, note: str, at: datetime, who: Who) -> None:
    """Take down what was done about the first case of a unit; its clock stops.

    Raises
    ------
    InputError
        If the unit has no open alarm, or nothing is said.
    AccessError
        If it isn't theirs to answer.
    """
    by = require(who, Action.ANSWER_ALARM, unit_id, SURVEILLANCE)
    if not note.strip():
        raise InputError(tr("Say what was done: surveillance, contacts traced, quarantine."))
    with store.transaction() as session:
        units = _units(session, at)
        found = alarms_in(session, units, placed_cases(session, units, at), at)
        is_open = ~found.state.is_answered
        if unit_id not in units.unit_id[found.state.unit_index[is_open]]:
            raise InputError(tr("Unit {unit} has no open alarm of a first case.", unit=unit_id))
        add_answer(session, AlarmAnswer(unit_id, at, by, note.strip()))


def _units(session: Session, at: datetime) -> Units:
    present = units_in_force(session, at)
    if present is None:
        raise InputError(
            tr("There are no boundaries yet: run “zoning import boundaries FILE” first.")
        )
    return judged_units(present[1])


def _imported(session: Session) -> dict[int, datetime]:
    return {r.import_id: r.imported_at for r in list_imports(session, ImportKind.CASES)}


def _utc(moment: datetime) -> np.datetime64:
    return np.datetime64(clock.as_utc(moment).replace(tzinfo=None), "s")
