"""May this be done, there and then? Orders and a question in, one cited answer out.

Precedence: a statewide prohibition beats what a zone or category says; of several answers the
strictest wins; a clause that has expired, or whose order was superseded, never answers.
"""

from __future__ import annotations

from zoning.clock import today_ist
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.measures.judged import judged_by
from zoning.measures.order import Memo
from zoning.measures.question import Answer, Answered, Question, Silence
from zoning.measures.search import suggestions

_SEVERITY = (
    Answered.NOT_ADDRESSED,
    Answered.ALLOWED,
    Answered.CONDITIONAL,
    Answered.PROHIBITED,
)


def severity(status: Answered) -> int:
    """Return how strict an answer is; what isn't addressed is no permission, and least."""
    return _SEVERITY.index(status)


def answer(memos: tuple[Memo, ...], question: Question) -> Answer:
    """Return what the orders say of an activity at a place and a moment.

    Parameters
    ----------
    memos : tuple of Memo
        All orders known, in any order of sequence.
    question : Question
        The activity, when and where; may name the only order that is to answer.

    Returns
    -------
    Answer
        `not_addressed` where no clause in force speaks of it.

    Raises
    ------
    InputError
        If no order knows the activity, or if orders of different territories are in force and
        the question doesn't say where it is asked.
    """
    _need_known(memos, question)
    day = today_ist(question.at)
    asked = tuple(m for m in memos if not question.order_id or m.id == question.order_id)
    here = tuple(memo for memo in asked if memo.territory.covers(question.place))
    if not here:
        return Answer.silent(question, asked, Silence.ELSEWHERE)
    standing = tuple(m for m in here if not m.is_superseded(memos, day, question.place))
    if not standing:
        return Answer.silent(question, here, Silence.SUPERSEDED)
    speaking = tuple(memo for memo in standing if memo.speaks_on(day))
    if not speaking:
        return Answer.silent(question, standing, _untimely(standing, question))
    _need_one_territory(speaking, question)
    return _strictest([judged_by(memo, question) for memo in speaking])


def _need_known(memos: tuple[Memo, ...], question: Question) -> None:
    if any(memo.activity(question.activity) is not None for memo in memos):
        return
    near = suggestions(memos, question.activity)
    if near:
        raise InputError(
            tr(
                "There is no activity {activity}; did you mean {near}? zoning measures --list "
                "names all clauses.",
                activity=question.activity,
                near=", ".join(near),
            )
        )
    raise InputError(
        tr(
            "There is no activity {activity}, and none is called alike; zoning measures --list "
            "names all clauses.",
            activity=question.activity,
        )
    )


def _need_one_territory(speaking: tuple[Memo, ...], question: Question) -> None:
    first = speaking[0].territory
    for memo in speaking[1:]:
        other = memo.territory
        if first == other or question.place.district:
            continue
        # Of one state, a state's order and a district's: only the district decides between them.
        raise InputError(
            tr(
                "{one} and {other} are both in force, in different territories: name the order, or "
                "say where you ask with --state and --district.",
                one=speaking[0].number,
                other=memo.number,
            )
        )


def _untimely(memos: tuple[Memo, ...], question: Question) -> Silence:
    day = today_ist(question.at)
    if all(day < clause.valid_from for memo in memos for clause in memo.clauses):
        return Silence.NOT_YET
    return Silence.ENDED


def _strictest(answers: list[Answer]) -> Answer:
    """Return one answer of several orders in force: the strictest status, everything cited."""
    told = [a for a in answers if a.status is not Answered.NOT_ADDRESSED]
    if len(told) < 2:
        return (told or answers)[0]
    told.sort(key=lambda a: (-severity(a.status), a.memos[0].id))
    status = told[0].status
    return Answer(
        question=told[0].question,
        status=status,
        label=told[0].label,
        memos=tuple(memo for a in told for memo in a.memos),
        is_duty=all(a.is_duty for a in told),
        conditions=tuple(c for a in told for c in a.conditions),
        general=tuple(g for a in told for g in a.general),
        clauses=tuple(c for a in told for c in a.clauses),
        conflicts=tuple(c for a in told for c in a.conflicts),
        interpretations=tuple(dict.fromkeys(i for a in told for i in a.interpretations)),
    )
