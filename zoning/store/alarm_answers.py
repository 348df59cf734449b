"""Who answered the first case of a unit, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.store import audit
from zoning.store.tables import AlarmAnswerRow


@dataclass(frozen=True)
class AlarmAnswer:
    """What was done about the first case of a unit."""

    unit_id: str
    answered_at: datetime
    answered_by: str
    note: str


def add_answer(session: Session, answer: AlarmAnswer) -> None:
    """Write an answer; it is never changed, only followed by another."""
    row = AlarmAnswerRow(
        unit_id=answer.unit_id,
        answered_at=answer.answered_at,
        answered_by=answer.answered_by,
        note=answer.note,
    )
    session.add(row)
    session.flush()
    audit.append(
        session,
        audit.AuditEntry(
            answer.answered_at,
            answer.answered_by,
            "alarm.answer",
            f"units/{answer.unit_id}",
            {"answer": row.id},
        ),
    )


def first_answers(session: Session, known_at: datetime) -> dict[str, AlarmAnswer]:
    """Return the first answer for each unit that was known at a moment."""
    query = (
        select(AlarmAnswerRow)
        .where(AlarmAnswerRow.answered_at <= known_at)
        .order_by(AlarmAnswerRow.id)
    )
    first: dict[str, AlarmAnswer] = {}
    for row in session.scalars(query):
        answer = AlarmAnswer(row.unit_id, row.answered_at, row.answered_by, row.note)
        first.setdefault(row.unit_id, answer)
    return first
