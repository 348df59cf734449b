"""The audit as it is stored, entry by entry, for whoever verifies it.

What was tampered with may be no moment and no JSON any more, so everything is read as text and
taken apart here: an entry that can't be read is told, and isn't a crash.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, select
from sqlalchemy.orm import Session

from zoning.orders.chain import ChainEntry, Link
from zoning.store.tables import AuditRow

BLOCK_ROWS = 5_000


def read_links(session: Session) -> Iterator[Link]:
    """Yield every entry of the audit in the order in which they were written."""
    query = _columns(session).order_by(AuditRow.id).execution_options(yield_per=BLOCK_ROWS)
    for number, *texts in session.execute(query):
        yield read_link(number, texts)


def newest_moment(session: Session) -> datetime | None:
    """Return when the newest entry was written; None if there is none, or it can't be read."""
    row = session.execute(_columns(session).order_by(AuditRow.id.desc()).limit(1)).first()
    if row is None:
        return None
    entry = read_link(row[0], list(row[1:])).entry
    return None if entry is None else entry.at


def _columns(session: Session) -> Select[*tuple[Any, ...]]:
    at: ColumnElement[str] = cast(AuditRow.at, Text)
    if session.get_bind().dialect.name == "postgresql":
        # Else it would come in the time zone of the session.
        at = cast(func.timezone("UTC", AuditRow.at), Text)
    texts = (AuditRow.who, AuditRow.action, AuditRow.subject, AuditRow.detail)
    hashes = (AuditRow.prev_hash, AuditRow.hash)
    return select(AuditRow.id, at, *(cast(column, Text) for column in (*texts, *hashes)))


def read_link(number: int, texts: list[str | None]) -> Link:
    """Return an entry from its columns `at`, `who`, `action`, `subject`, `detail` and hashes."""
    at, who, action, subject, detail, prev_hash, its_hash = (part or "" for part in texts)
    try:
        # Stored without an offset, in UTC.
        moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
        told = json.loads(detail)
    except ValueError:
        return Link(number, None, prev_hash, its_hash)
    entry = ChainEntry(moment, who, action, subject, told) if isinstance(told, dict) else None
    return Link(number, entry, prev_hash, its_hash)
