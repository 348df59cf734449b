"""The audit as a person looks through it: by who, action, subject and days; an area's own part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zoning.store.tables import (
    AuditRow,
    DeviationRow,
    DraftRow,
    EscalationRow,
    FeedRow,
    ImportRow,
    OrderBoothRow,
    OrderUnitRow,
    PostingRow,
    WithdrawalRow,
)

_BLOCK_ROWS = 2_000


@dataclass(frozen=True)
class AuditQuery:
    """What is looked for; empty and None for anything.

    Attributes
    ----------
    who, action, subject : str
        Parts of these, whatever the case.
    since, until : datetime or None
        From a moment on, and before another.
    limit : int
        So many entries, the newest first.
    """

    who: str = ""
    action: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 500


@dataclass(frozen=True)
class AuditLine:
    """One entry as it is shown."""

    number: int
    at: datetime
    who: str
    action: str
    subject: str
    detail: Mapping[str, Any]
    hash: str


def find_entries(
    session: Session, query: AuditQuery, area: frozenset[str] | None = None
) -> tuple[AuditLine, ...]:
    """Return the entries that are looked for, newest first.

    Parameters
    ----------
    session : Session
        An open transaction.
    query : AuditQuery
        What is looked for.
    area : frozenset of str or None
        Units of every level: entries on what lies in them altogether, and on orders that hold in
        any of them. None for all entries.
    """
    chosen = select(AuditRow).order_by(AuditRow.id.desc())
    for column, part in (
        (AuditRow.who, query.who),
        (AuditRow.action, query.action),
        (AuditRow.subject, query.subject),
    ):
        if part.strip():
            chosen = chosen.where(
                func.lower(column).contains(part.strip().lower(), autoescape=True)
            )
    if query.since is not None:
        chosen = chosen.where(AuditRow.at >= query.since)
    if query.until is not None:
        chosen = chosen.where(AuditRow.at < query.until)
    if area is None:
        return tuple(_line(row) for row in session.scalars(chosen.limit(query.limit)))
    own = _Subjects(session, area)
    found: list[AuditLine] = []
    for row in session.scalars(chosen.execution_options(yield_per=_BLOCK_ROWS)):
        if own.hold(row.subject):
            found.append(_line(row))
        if len(found) >= query.limit:
            break
    return tuple(found)


def actions_known(session: Session) -> tuple[str, ...]:
    """Return the actions that the audit has, sorted."""
    return tuple(sorted(session.scalars(select(AuditRow.action).distinct())))


def _line(row: AuditRow) -> AuditLine:
    return AuditLine(row.id, row.at, row.who, row.action, row.subject, row.detail, row.hash)


class _Subjects:
    """Whether what an entry speaks of lies in some units altogether; what can't be told doesn't."""

    def __init__(self, session: Session, area: frozenset[str]) -> None:
        self._session = session
        self._area = area
        self._known: dict[str, bool] = {}

    def hold(self, subject: str) -> bool:
        """Return whether a subject (`orders/12`) lies in the units."""
        if subject not in self._known:
            is_inside = [unit in self._area for unit in self._units(subject)]
            # An order is public, and an area has to know who made those that hold there too.
            enough = any if subject.startswith("orders/") else all
            self._known[subject] = bool(is_inside) and enough(is_inside)
        return self._known[subject]

    def _units(self, subject: str) -> Iterator[str]:
        table, _, rest = subject.partition("/")
        key = rest.partition("/")[0]
        if table == "units":
            yield rest
        elif table == "feeds":
            yield from self._of_feed(rest)
        elif table in _UNITS_OF and key.isdecimal():
            yield from _UNITS_OF[table](self._session, int(key))

    def _of_feed(self, feed_id: str) -> Iterable[str]:
        query = select(FeedRow.scope).where(FeedRow.feed_id == feed_id)
        return [unit for scope in self._session.scalars(query) for unit in scope or [""]]


def _of_import(session: Session, key: int) -> Iterable[str]:
    row = session.get(ImportRow, key)
    return [] if row is None or row.area_unit_ids is None else row.area_unit_ids


def _of_order(session: Session, key: int) -> Iterable[str]:
    found: set[str] = set()
    for column, order_id in (
        (OrderUnitRow.unit_id, OrderUnitRow.order_id),
        (OrderBoothRow.unit_id, OrderBoothRow.order_id),
    ):
        query = select(column).where(order_id == key).distinct()
        found |= {unit or "" for unit in session.scalars(query)}
    return found


def _of_row(model: Any, name: str) -> Callable[[Session, int], Iterable[str]]:
    def units(session: Session, key: int) -> Iterable[str]:
        row = session.get(model, key)
        return [] if row is None else [getattr(row, name)]

    return units


_UNITS_OF: Mapping[str, Callable[[Session, int], Iterable[str]]] = {
    "imports": _of_import,
    "orders": _of_order,
    "drafts": _of_row(DraftRow, "area_unit_id"),
    "postings": _of_row(PostingRow, "area_unit_id"),
    "deviations": _of_row(DeviationRow, "unit_id"),
    "withdrawals": _of_row(WithdrawalRow, "unit_id"),
    "escalations": _of_row(EscalationRow, "area_unit_id"),
}
