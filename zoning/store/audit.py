"""The append-only audit: every write and every read of personal data says who did what when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from zoning.orders.chain import BEGINNING, ChainEntry, chain_hash, plain_detail
from zoning.store.tables import AuditRow

READ = "personal.read"
"""Action of an entry that tells of a read, and so of no change."""

# Any number does, as long as all that write the same audit share it.
_CHAIN_LOCK = 177_196


@dataclass(frozen=True)
class AuditEntry:
    """One thing done: `action` (`import.finish`) on `subject` (`imports/7`)."""

    at: datetime
    who: str
    action: str
    subject: str
    detail: Mapping[str, Any]


def append(session: Session, entry: AuditEntry) -> None:
    """Add an entry to the chain, in the transaction of the write that it tells of.

    Two that write at once take turns from here to the end of their transactions. The embedded
    database has one writer anyway; PostgreSQL locks for it.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    head = session.scalar(select(AuditRow.hash).order_by(AuditRow.id.desc()).limit(1))
    detail = plain_detail(entry.detail)
    said = ChainEntry(entry.at, entry.who, entry.action, entry.subject, detail)
    prev_hash = head or BEGINNING
    session.add(
        AuditRow(
            at=entry.at,
            who=entry.who,
            action=entry.action,
            subject=entry.subject,
            detail=detail,
            prev_hash=prev_hash,
            hash=chain_hash(prev_hash, said),
        )
    )
    session.flush()


def append_read(
    session: Session, *, at: datetime, who: str, subject: str, detail: Mapping[str, Any]
) -> None:
    """Add that somebody was shown personal data; `detail` says how much, never what.

    Parameters
    ----------
    session : Session
        A transaction of its own, written before anything is shown.
    at : datetime
        When, with offset.
    who : str
        Who was shown it.
    subject : str
        What was shown: `queue`, `imports/7`.
    detail : mapping
        Figures such as the number of rows.
    """
    append(session, AuditEntry(at, who, READ, subject, detail))


def last_change(session: Session) -> int:
    """Return a number that grows with every write to the database, and with no read; 0 at first."""
    query = select(func.max(AuditRow.id)).where(AuditRow.action != READ)
    return session.scalar(query) or 0


def read_entries(session: Session, limit: int = 100) -> tuple[AuditEntry, ...]:
    """Return the newest entries, newest first."""
    rows = session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(limit))
    return tuple(AuditEntry(r.at, r.who, r.action, r.subject, r.detail) for r in rows)
