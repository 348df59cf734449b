"""Offices that were asked about drafts, and what they answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.orders.steps import Answer, Asked
from zoning.store.tables import ConsultationAnswerRow, ConsultationRow


@dataclass(frozen=True)
class Consultation:
    """One office that was asked about one version of a draft, with its newest answer.

    Attributes
    ----------
    consultation_id, draft_id, version : int
        Its number, and what was asked about.
    office : str
        A key of `procedure.toml`.
    asked_at, answer_by : datetime
        Since when and until when it may answer.
    asked_by : str
        Who asked.
    answer : str
        `agrees`, `objects`, `remarks`; empty while there is none.
    note : str
        In words.
    reference : str
        Number of the letter; empty if there is none.
    held_on : date or None
        Day of the consultation.
    by : str
        Who gave or entered the answer.
    answered_at : datetime or None
        When.
    """

    consultation_id: int
    draft_id: int
    version: int
    office: str
    asked_at: datetime
    asked_by: str
    answer_by: datetime
    answer: str = ""
    note: str = ""
    reference: str = ""
    held_on: date | None = None
    by: str = ""
    answered_at: datetime | None = None

    @property
    def asked(self) -> Asked:
        """Return what counts for an approval."""
        return Asked(self.office, Answer(self.answer), self.answer_by)


@dataclass(frozen=True)
class NewAnswer:
    """What an office says."""

    answer: Answer
    note: str
    reference: str
    held_on: date


def ask_offices(
    session: Session,
    draft_id: int,
    version: int,
    offices: Iterable[str],
    answer_by: datetime,
    *,
    at: datetime,
    who: str,
) -> None:
    """Write that offices are asked about a version of a draft."""
    session.add_all(
        ConsultationRow(
            draft_id=draft_id,
            version=version,
            office=office,
            asked_at=at,
            asked_by=who,
            answer_by=answer_by,
        )
        for office in offices
    )
    session.flush()


def add_answer(
    session: Session, consultation_id: int, new: NewAnswer, *, at: datetime, who: str
) -> None:
    """Write an answer; the newest one counts."""
    session.add(
        ConsultationAnswerRow(
            consultation_id=consultation_id,
            answer=new.answer.value,
            note=new.note,
            reference=new.reference,
            held_on=new.held_on,
            at=at,
            by=who,
        )
    )
    session.flush()


def consultations_of(
    session: Session, draft_ids: Iterable[int] | None = None
) -> tuple[Consultation, ...]:
    """Return whom drafts were consulted on with, every round, in the order of asking."""
    query = select(ConsultationRow).order_by(ConsultationRow.id)
    answers = select(ConsultationAnswerRow).order_by(ConsultationAnswerRow.id)
    if draft_ids is not None:
        wanted = list(draft_ids)
        query = query.where(ConsultationRow.draft_id.in_(wanted))
        answers = answers.join(
            ConsultationRow, ConsultationRow.id == ConsultationAnswerRow.consultation_id
        ).where(ConsultationRow.draft_id.in_(wanted))
    newest = {row.consultation_id: row for row in session.scalars(answers)}
    return tuple(_consultation(row, newest.get(row.id)) for row in session.scalars(query))


def latest_round(found: Iterable[Consultation]) -> tuple[Consultation, ...]:
    """Return those asked last, of consultations on one draft; earlier rounds count no more."""
    known = tuple(found)
    last = max((one.version for one in known), default=0)
    return tuple(one for one in known if one.version == last)


def _consultation(row: ConsultationRow, answer: ConsultationAnswerRow | None) -> Consultation:
    head = (row.id, row.draft_id, row.version, row.office, row.asked_at, row.asked_by)
    if answer is None:
        return Consultation(*head, row.answer_by)
    return Consultation(
        *head,
        row.answer_by,
        answer.answer,
        answer.note,
        answer.reference,
        answer.held_on,
        answer.by,
        answer.at,
    )
