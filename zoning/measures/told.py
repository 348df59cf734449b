"""An answer in the form of the command-line contract."""

from __future__ import annotations

from zoning.clock import IST
from zoning.i18n.catalogue import tr
from zoning.measures.conditions import Persons, Seats
from zoning.measures.phrases import condition_phrase, sentence
from zoning.measures.question import Answer, Asked, Withdrawn


def as_json(answer: Answer) -> dict[str, object]:
    """Return an answer as `zoning measures --json` prints it."""
    read = answer.interpretations
    return {
        "answer": answer.status.value,
        "sentence": sentence(answer),
        "activity": answer.question.activity,
        "at": answer.question.at.astimezone(IST).isoformat(),
        "orders": [memo.id for memo in answer.memos] if answer.silence is None else [],
        "conditions": [_condition(asked, answer) for asked in answer.conditions],
        "general": [
            {"section": clause.section, "text": clause.text, "activity": clause.activity}
            for clause in answer.general
        ],
        "clauses": [
            {
                "section": cited.section,
                "text": cited.text,
                "order": cited.order,
                "decides": cited.is_deciding,
            }
            for cited in answer.clauses
        ],
        "conflicts": [
            {
                "sections": list(conflict.sections),
                "text": conflict.text,
                "reading": conflict.reading,
                "source": conflict.source,
            }
            for conflict in answer.conflicts
        ],
        "interpretation": tr(" ").join(one.text for one in read) if read else None,
        "interpretation_sources": list(dict.fromkeys(one.source for one in read)),
        "withdrawals": [_withdrawal(one, is_why=answer.is_withdrawn) for one in answer.withdrawals],
    }


def _withdrawal(one: Withdrawn, *, is_why: bool) -> dict[str, object]:
    return {
        "number": one.number,
        "scope": one.scope,
        "activity": one.activity,
        "since": one.effective_at.astimezone(IST).isoformat(),
        "review_at": one.review_at.astimezone(IST).isoformat(),
        "reason": one.reason,
        "decides": is_why and not one.is_in_part,
    }


def _condition(asked: Asked, answer: Answer) -> dict[str, object]:
    planned = answer.question.planned
    told: dict[str, object] = {
        "section": asked.section,
        "text": condition_phrase(asked, planned.seats),
        **asked.condition.as_json(),
    }
    if isinstance(asked.condition, Seats):
        told |= {"at_most": asked.at_most, "seats": planned.seats}
    if asked.is_met is not None:
        told["met"] = asked.is_met
    if isinstance(asked.condition, Persons | Seats) and not asked.condition.part:
        told.pop("part")
    return told
