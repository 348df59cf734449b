"""What one order in force makes of a question: statewide clauses, the category, the hours."""

from __future__ import annotations

from zoning.measures.category import Local, local_rule
from zoning.measures.clauses import Status, Where
from zoning.measures.order import Memo
from zoning.measures.planned import ask
from zoning.measures.question import (
    Answer,
    Answered,
    Asked,
    Cited,
    Interpretation,
    Question,
    Silence,
)
from zoning.measures.standing import Standing


def judged_by(memo: Memo, question: Question) -> Answer:
    """Return the answer of one order.

    Parameters
    ----------
    memo : Memo
        The order; some clause of it is in force at the moment asked.
    question : Question
        What is asked.

    Returns
    -------
    Answer
        `not_addressed` if none of its clauses in force speaks of the activity.
    """
    standing = Standing(memo, question)
    if standing.activity is None:
        return Answer.silent(question, (memo,), Silence.UNSAID)
    if not standing.clauses:
        is_early = all(standing.day < clause.valid_from for clause in standing.own)
        return Answer.silent(question, (memo,), Silence.NOT_YET if is_early else Silence.ENDED)
    statewide = tuple(clause for clause in standing.clauses if clause.where is Where.STATE)
    banned = tuple(c.section for c in statewide if c.status is Status.PROHIBITED)
    if banned:
        ours = standing.interpretations_of(banned)
        return _told(standing, Answered.PROHIBITED, banned, [], ours)
    local = local_rule(standing)
    if local.is_silent and not statewide:
        return Answer.silent(question, (memo,), Silence.UNSAID)
    sections = tuple(clause.section for clause in statewide)
    ours = (*standing.interpretations_of(sections), *local.readings)
    if Status.PROHIBITED in local.statuses:
        return _told(standing, Answered.PROHIBITED, local.deciding, [], ours)
    # Outside its hours a clause restricts nothing.
    applying = tuple(clause for clause in statewide if clause.applies_at(standing.moment))
    asked = ask((*standing.conditions_of(applying), *local.conditions), question.planned)
    at_night, lifted = _hours(standing)
    status = _status(local, asked + at_night)
    return _told(standing, status, (*sections, *local.deciding), asked + at_night, (*ours, *lifted))


def _status(local: Local, asked: list[Asked]) -> Answered:
    if any(one.is_met is False for one in asked):
        return Answered.PROHIBITED
    if asked or Status.CONDITIONAL in local.statuses:
        return Answered.CONDITIONAL
    return Answered.ALLOWED


def _hours(standing: Standing) -> tuple[list[Asked], list[Interpretation]]:
    """Return the hours that restrict the activity now, and what lifts them."""
    asked: list[Asked] = []
    lifted: list[Interpretation] = []
    if any(clause.is_duty for clause in standing.clauses):
        return asked, lifted
    for clause in standing.memo.clauses:
        if clause.hours is None or clause.where is not Where.STATE:
            continue
        if not clause.is_in_force(standing.day) or not clause.applies_at(standing.moment):
            continue
        reading = standing.lifting((clause.section,))
        if reading is None:
            asked.append(Asked(clause.hours, clause.section))
        else:
            lifted.append(Interpretation(reading.text, reading.source))
    return asked, lifted


def _told(
    standing: Standing,
    status: Answered,
    sections: tuple[str, ...],
    asked: list[Asked],
    ours: tuple[Interpretation, ...],
) -> Answer:
    assert standing.activity is not None
    memo = standing.memo
    deciding = dict.fromkeys((*sections, *(one.section for one in asked)))
    beside = [c.section for c in standing.clauses if c.section not in deciding]
    return Answer(
        question=standing.question,
        status=status,
        label=standing.activity.label,
        memos=(memo,),
        is_duty=all(clause.is_duty for clause in standing.clauses),
        conditions=tuple(asked),
        general=tuple(c for c in memo.clauses if c.is_general and c.is_in_force(standing.day)),
        clauses=(
            *(Cited(memo.number, s, memo.text_of(s), is_deciding=True) for s in deciding),
            *(Cited(memo.number, s, memo.text_of(s), is_deciding=False) for s in beside),
        ),
        conflicts=standing.conflicts(),
        interpretations=tuple(dict.fromkeys(ours)),
    )
