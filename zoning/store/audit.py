"""The append-only audit: every write says who did what when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.store.tables import AuditRow


@dataclass(frozen=True)
class AuditEntry:
    """One thing done: `action` (`import.finish`) on `subject` (`imports/7`)."""

    at: datetime
    who: str
    action: str
    subject: str
    detail: Mapping[str, Any]


def append(session: Session, entry: AuditEntry) -> None:
    """Add an entry, in the transaction of the write that it tells of."""
    session.add(
        AuditRow(
            at=entry.at,
            who=entry.who,
            action=entry.action,
            subject=entry.subject,
            detail=dict(entry.detail),
        )
    )
    session.flush()


def read_entries(session: Session, limit: int = 100) -> tuple[AuditEntry, ...]:
    """Return the newest entries, newest first."""
    rows = session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(limit))
    return tuple(AuditEntry(r.at, r.who, r.action, r.subject, r.detail) for r in rows)
