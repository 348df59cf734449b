"""What wasn't done in time, passed on once, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from zoning.access import Role
from zoning.orders.delays import Delay
from zoning.store.tables import EscalationAnswerRow, EscalationRow


@dataclass(frozen=True)
class NewEscalation:
    """Something late: `matter` names it, together with `kind` once and for all."""

    kind: Delay
    matter: str
    area_unit_id: str
    to_role: Role
    due_at: datetime


@dataclass(frozen=True)
class Escalation:
    """It with its number and its newest answer; an empty note while there is none."""

    escalation_id: int
    new: NewEscalation
    raised_at: datetime
    note: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""


def raise_once(session: Session, new: NewEscalation, at: datetime) -> bool:
    """Write an escalation unless there is one of its kind and matter; return whether it is new."""
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgres else sqlite.insert
    values = {
        "kind": new.kind.value,
        "matter": new.matter,
        "area_unit_id": new.area_unit_id,
        "to_role": new.to_role.value,
        "due_at": new.due_at,
        "raised_at": at,
    }
    # Two runs of `zoning tick` may raise it in the same moment.
    statement = insert(EscalationRow).values(values).on_conflict_do_nothing()
    done = session.execute(statement.returning(EscalationRow.id))
    return done.first() is not None


def add_escalation_answer(
    session: Session, escalation_id: int, note: str, *, at: datetime, who: str
) -> None:
    """Write what was done; the newest answer counts."""
    session.add(EscalationAnswerRow(escalation_id=escalation_id, note=note, at=at, by=who))
    session.flush()


def read_escalations(session: Session) -> tuple[Escalation, ...]:
    """Return all escalations, the newest first."""
    answers = session.scalars(select(EscalationAnswerRow).order_by(EscalationAnswerRow.id))
    newest = {row.escalation_id: row for row in answers}
    rows = session.scalars(select(EscalationRow).order_by(EscalationRow.id.desc()))
    return tuple(_escalation(row, newest.get(row.id)) for row in rows)


def _escalation(row: EscalationRow, answer: EscalationAnswerRow | None) -> Escalation:
    new = NewEscalation(
        Delay(row.kind), row.matter, row.area_unit_id, Role(row.to_role), row.due_at
    )
    if answer is None:
        return Escalation(row.id, new, row.raised_at)
    return Escalation(row.id, new, row.raised_at, answer.note, answer.at, answer.by)
