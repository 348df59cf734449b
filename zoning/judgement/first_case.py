"""The first case in a unit that had none: an alarm with a clock.

It doesn't ask for the colour of the unit or for its category: surveillance, contact tracing
and quarantine are owed outside containment too, and a green unit is where they matter most.
The clock runs from the moment the case became known, in UTC; a case reported late
doesn't arrive with its time already spent.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from zoning.clock import today_ist
from zoning.errors import InputError, RuleError
from zoning.i18n.catalogue import tr
from zoning.model import Bools, Days, Floats, Indices, Ints, Texts

Moments = npt.NDArray[np.datetime64]
SECONDS_PER_HOUR = 3600


@dataclass(frozen=True)
class Duty:
    """What is owed, and within how many hours of the moment the case became known."""

    key: str
    within_hours: int


@dataclass(frozen=True)
class FirstCaseRule:
    """Deadlines of a first case, and the clause they rest on."""

    answer_within_hours: int
    duties: tuple[Duty, ...]
    memo: str
    clause: str
    clause_text: str
    ours: str
    source: tuple[str, ...]


@dataclass(frozen=True)
class FirstCaseAlarms:
    """Alarms of the units whose first case is known, n of them, in the order of the units.

    Attributes
    ----------
    unit_index : Indices
        Position of the unit among those asked about, shape (n,).
    first_confirmed_on : Days
        Day the first case was confirmed, shape (n,).
    known_at, answer_by : Moments
        When it became known, and until when it is to be answered; UTC, shape (n,).
    reported_after_days : Ints
        Days between confirmation and knowledge, shape (n,).
    is_answered : Bools
        An officer has answered, shape (n,).
    is_late : Bools
        Answered after the deadline, or not answered and past it, shape (n,).
    is_overdue : Bools
        Late and still not answered, shape (n,).
    hours_left : Floats
        Hours to the deadline, negative past it, shape (n,); NaN where answered.
    duty_by : Moments
        Deadline of each duty, in the order of the rule, shape (n, n_duties).
    is_before_watch : Bools
        Which units asked about had their first case before the watch began: they raise none.
    """

    unit_index: Indices
    first_confirmed_on: Days
    known_at: Moments
    answer_by: Moments
    reported_after_days: Ints
    is_answered: Bools
    is_late: Bools
    is_overdue: Bools
    hours_left: Floats
    duty_by: Moments
    is_before_watch: Bools


@cache
def first_case_rule() -> FirstCaseRule:
    """Return the deadlines in force.

    Raises
    ------
    RuleError
        If their file is faulty.
    """
    return read_first_case_rule(Path(__file__).with_name("first_case.toml"))


def read_first_case_rule(path: Path) -> FirstCaseRule:
    """Return the deadlines of one file, checked.

    Raises
    ------
    RuleError
        Naming the file and the entry that is missing or wrong.
    """
    try:
        with path.open("rb") as file:
            return _rule(tomllib.load(file))
    except (KeyError, TypeError, ValueError) as fault:
        raise RuleError(
            tr("{file} isn't a usable rule on first cases: {fault}.", file=path.name, fault=fault)
        ) from fault


def first_case_alarms(
    unit_id: Texts,
    first_confirmed_on: Days,
    known_at: Moments,
    answered_at: Moments,
    at: datetime,
    rule: FirstCaseRule | None = None,
    watched_from: datetime | None = None,
) -> FirstCaseAlarms:
    """Return the alarms that stand at a moment, in units of any colour.

    Parameters
    ----------
    unit_id : Texts
        The units, shape (n_units,).
    first_confirmed_on : Days
        Day on which the first case of each was confirmed; NaT for none; shape (n_units,).
    known_at : Moments
        When a case of the unit first became known, UTC; NaT for none; shape (n_units,).
    answered_at : Moments
        When an officer answered, UTC; NaT for not yet; shape (n_units,).
    at : datetime
        The moment judged, with offset; what became known or was answered later isn't seen.
    rule : FirstCaseRule, optional
        Deadlines; those in force by default.
    watched_from : datetime, optional
        When the alarm was put into service. First cases known before are history that came
        with the first import: no alarm, but told in `is_before_watch`.

    Raises
    ------
    InputError
        If a unit has a first case and no moment at which it became known, or an answer before.
    """
    rule = rule or first_case_rule()
    present = _utc(at)
    has_case = ~np.isnat(first_confirmed_on)
    _refuse_contradictions(unit_id, has_case, known_at, answered_at)
    is_early = has_case & (
        np.zeros(len(unit_id), dtype=bool)
        if watched_from is None
        else known_at < _utc(watched_from)
    )
    unit = np.flatnonzero(has_case & ~is_early & (known_at <= present))
    known, answered = known_at[unit], answered_at[unit]
    answer_by = known + _hours(rule.answer_within_hours)
    is_answered = answered <= present
    is_late = np.where(is_answered, answered, present) > answer_by
    seconds_left = (answer_by - present).astype("timedelta64[s]").astype(np.int64)
    duties = [known + _hours(duty.within_hours) for duty in rule.duties]
    return FirstCaseAlarms(
        unit_index=unit.astype(np.int32),
        first_confirmed_on=first_confirmed_on[unit],
        known_at=known,
        answer_by=answer_by,
        reported_after_days=(_days_ist(known) - first_confirmed_on[unit]).astype(np.int64),
        is_answered=is_answered,
        is_late=is_late,
        is_overdue=is_late & ~is_answered,
        hours_left=np.where(is_answered, np.nan, seconds_left / SECONDS_PER_HOUR),
        duty_by=np.stack(duties, axis=1),
        is_before_watch=is_early,
    )


def _rule(data: dict[str, Any]) -> FirstCaseRule:
    duties = tuple(Duty(**duty) for duty in data["duty"])
    hours = [data["answer_within_hours"], *(duty.within_hours for duty in duties)]
    for value in hours:
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ValueError(f"within_hours = {value!r}")
    if not duties or not data["source"]:
        raise ValueError("a duty and a source are needed")
    return FirstCaseRule(
        answer_within_hours=data["answer_within_hours"],
        duties=duties,
        memo=data["memo"],
        clause=data["clause"],
        clause_text=data["clause_text"],
        ours=data["ours"],
        source=tuple(data["source"]),
    )


def _refuse_contradictions(
    unit_id: Texts, has_case: Bools, known_at: Moments, answered_at: Moments
) -> None:
    for unit in np.flatnonzero(has_case & np.isnat(known_at)).tolist():
        raise InputError(
            tr(
                "Unit {unit} has a first case and no moment at which it became known; give it, "
                "so that the clock can run.",
                unit=unit_id[unit],
            )
        )
    for unit in np.flatnonzero(answered_at < known_at).tolist():
        raise InputError(
            tr(
                "The first case of unit {unit} is answered at {answered} UTC, before it became "
                "known at {known} UTC; correct one of them.",
                unit=unit_id[unit],
                answered=answered_at[unit],
                known=known_at[unit],
            )
        )


def _utc(at: datetime) -> np.datetime64:
    return np.datetime64(at.astimezone(UTC).replace(tzinfo=None), "s")


def _hours(n: int) -> np.timedelta64:
    return np.timedelta64(n * SECONDS_PER_HOUR, "s")


def _days_ist(moments: Moments) -> Days:
    days = [today_ist(m.astype("datetime64[s]").item().replace(tzinfo=UTC)) for m in moments]
    return np.array(days, dtype="datetime64[D]")
