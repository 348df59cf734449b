"""Deviations, withdrawals and restorations: written once each, never changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from zoning.clock import today_ist
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.measures.withdrawals import Restored, Scope, Withdrawal
from zoning.store import audit
from zoning.store.tables import DeviationRow, RestorationRow, WithdrawalRow

# Any number does, as long as all that give numbers of this register share it, and nobody else.
_REGISTER_LOCK = 177_207


@dataclass(frozen=True)
class NewDeviation:
    """A deviation as somebody tells it.

    Attributes
    ----------
    unit_id : str
        Where it was seen; never empty.
    booth_id, place : str
        Its booth, and the place in words; may be empty.
    premises : str
        Name of the shop, office or hall; empty where it has none.
    activity : str
        Key of what was going on.
    evidence : str
        What was seen, by whom it is shown.
    offence : str
        Key of the offence.
    happened_at : datetime
        When, with offset.
    """

    unit_id: str
    activity: str
    evidence: str
    offence: str
    happened_at: datetime
    booth_id: str = ""
    place: str = ""
    premises: str = ""


@dataclass(frozen=True)
class Deviation:
    """One deviation of the register."""

    deviation_id: int
    new: NewDeviation
    at: datetime
    by: str


@dataclass(frozen=True)
class NewWithdrawal:
    """What is withdrawn because of a deviation, from when, until it is looked at again."""

    deviation_id: int
    scope: Scope
    unit_id: str
    premises: str
    activity: str
    reason: str
    effective_at: datetime
    review_at: datetime


def add_deviation(session: Session, new: NewDeviation, *, at: datetime, who: str) -> int:
    """Write a deviation and return its number; the audit holds where, never what was seen."""
    row = DeviationRow(
        unit_id=new.unit_id,
        booth_id=new.booth_id,
        place=new.place,
        premises=new.premises,
        activity=new.activity,
        evidence=new.evidence,
        offence=new.offence,
        happened_at=new.happened_at,
        at=at,
        by=who,
    )
    session.add(row)
    session.flush()
    detail = {"unit": new.unit_id, "activity": new.activity, "offence": new.offence}
    subject = f"deviations/{row.id}"
    audit.append(session, audit.AuditEntry(at, who, "deviation.record", subject, detail))
    return row.id


def add_withdrawal(session: Session, new: NewWithdrawal, *, at: datetime, who: str) -> Withdrawal:
    """Write a withdrawal under the next number of its day."""
    number = _next_number(session, today_ist(at))
    row = WithdrawalRow(
        deviation_id=new.deviation_id,
        number=number,
        scope=new.scope.value,
        unit_id=new.unit_id,
        premises=new.premises,
        activity=new.activity,
        reason=new.reason,
        effective_at=new.effective_at,
        review_at=new.review_at,
        at=at,
        by=who,
    )
    session.add(row)
    session.flush()
    detail = {
        "number": number,
        "deviation": new.deviation_id,
        "scope": new.scope.value,
        "unit": new.unit_id,
        "activity": new.activity,
    }
    subject = f"withdrawals/{row.id}"
    audit.append(session, audit.AuditEntry(at, who, "relaxation.withdraw", subject, detail))
    return _withdrawal(row, None)


def add_restoration(
    session: Session, withdrawal: Withdrawal, reason: str, *, at: datetime, who: str
) -> None:
    """Write the end of a withdrawal, from this moment on."""
    row = RestorationRow(
        withdrawal_id=withdrawal.withdrawal_id, reason=reason, effective_at=at, at=at, by=who
    )
    session.add(row)
    session.flush()
    subject = f"withdrawals/{withdrawal.withdrawal_id}"
    detail = {"number": withdrawal.number}
    audit.append(session, audit.AuditEntry(at, who, "relaxation.restore", subject, detail))


def lock_register(session: Session) -> None:
    """Let two that write to the register at once take turns.

    Each then sees what the other wrote: no number is given twice, and nothing is restored twice.
    The embedded database has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _REGISTER_LOCK})


def get_deviation(session: Session, deviation_id: int) -> Deviation:
    """Return one deviation.

    Raises
    ------
    InputError
        If there is none of that number.
    """
    row = session.get(DeviationRow, deviation_id)
    if row is None:
        raise InputError(
            tr("There is no deviation {id}; see zoning deviations list.", id=deviation_id)
        )
    return _deviation(row)


def find_withdrawal(session: Session, number: str) -> Withdrawal:
    """Return one withdrawal by its number as printed.

    Raises
    ------
    InputError
        If there is none of that number.
    """
    query = (
        select(WithdrawalRow, RestorationRow)
        .outerjoin(RestorationRow, RestorationRow.withdrawal_id == WithdrawalRow.id)
        .where(WithdrawalRow.number == number.strip().upper())
    )
    found = session.execute(query).first()
    if found is None:
        raise InputError(
            tr("There is no withdrawal {number}; see zoning deviations list.", number=number)
        )
    return _withdrawal(*found)


def list_deviations(
    session: Session, known_at: datetime, unit_ids: Collection[str] | None = None
) -> tuple[Deviation, ...]:
    """Return the deviations recorded by a moment, the newest first.

    Parameters
    ----------
    session : Session
        An open transaction.
    known_at : datetime
        The moment.
    unit_ids : collection of str or None
        Units that are asked about; None for all.
    """
    query = select(DeviationRow).where(DeviationRow.at <= known_at)
    if unit_ids is not None:
        query = query.where(DeviationRow.unit_id.in_(sorted(unit_ids)))
    rows = session.scalars(query.order_by(DeviationRow.at.desc(), DeviationRow.id.desc()))
    return tuple(_deviation(row) for row in rows)


def list_withdrawals(
    session: Session, known_at: datetime, unit_ids: Collection[str] | None = None
) -> tuple[Withdrawal, ...]:
    """Return the withdrawals decided by a moment, the newest first, with the ends known then.

    Parameters
    ----------
    session : Session
        An open transaction.
    known_at : datetime
        The moment.
    unit_ids : collection of str or None
        Units that are asked about; None for all.
    """
    query = (
        select(WithdrawalRow, RestorationRow)
        .outerjoin(
            RestorationRow,
            (RestorationRow.withdrawal_id == WithdrawalRow.id) & (RestorationRow.at <= known_at),
        )
        .where(WithdrawalRow.at <= known_at)
    )
    if unit_ids is not None:
        query = query.where(WithdrawalRow.unit_id.in_(sorted(unit_ids)))
    rows = session.execute(query.order_by(WithdrawalRow.at.desc(), WithdrawalRow.id.desc()))
    return tuple(_withdrawal(row, restored) for row, restored in rows)


def _next_number(session: Session, on: date) -> str:
    day = f"V-{on:%Y%m%d}-"
    given = session.scalar(
        select(func.count()).select_from(WithdrawalRow).where(WithdrawalRow.number.startswith(day))
    )
    return f"{day}{(given or 0) + 1:03d}"


def _deviation(row: DeviationRow) -> Deviation:
    new = NewDeviation(
        unit_id=row.unit_id,
        activity=row.activity,
        evidence=row.evidence,
        offence=row.offence,
        happened_at=row.happened_at,
        booth_id=row.booth_id,
        place=row.place,
        premises=row.premises,
    )
    return Deviation(row.id, new, row.at, row.by)


def _withdrawal(row: WithdrawalRow, restored: RestorationRow | None) -> Withdrawal:
    end = None
    if restored is not None:
        end = Restored(restored.reason, restored.effective_at, restored.at, restored.by)
    return Withdrawal(
        withdrawal_id=row.id,
        deviation_id=row.deviation_id,
        number=row.number,
        scope=Scope(row.scope),
        unit_id=row.unit_id,
        premises=row.premises,
        activity=row.activity,
        reason=row.reason,
        effective_at=row.effective_at,
        review_at=row.review_at,
        at=row.at,
        by=row.by,
        restored=end,
    )
