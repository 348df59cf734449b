"""The outbox as people look at it: what waits, what was sent, and what was given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zoning.model.notices import NoticeKind
from zoning.store.outbox import IS_WAITING
from zoning.store.tables import OrderRow, OutboxRow, SubscriptionRow


@dataclass(frozen=True)
class Listed:
    """One notice as people look at it; `next_try_at` is None where none will come."""

    outbox_id: int
    number: str
    subscription_id: int
    kind: NoticeKind
    address: str
    tries: int
    next_try_at: datetime | None
    sent_at: datetime | None
    given_up_at: datetime | None
    last_error: str


@dataclass(frozen=True)
class Queue:
    """How the notices of one kind stand.

    Attributes
    ----------
    waiting, sent, given_up : int
        How many.
    oldest_waiting_at : datetime or None
        Since when the oldest waits.
    """

    waiting: int = 0
    sent: int = 0
    given_up: int = 0
    oldest_waiting_at: datetime | None = None


def list_notices(session: Session, *, limit: int) -> tuple[Listed, ...]:
    """Return the notices that aren't sent yet, then the newest sent ones."""
    query = (
        select(OutboxRow, SubscriptionRow, OrderRow.number)
        .join(SubscriptionRow, SubscriptionRow.id == OutboxRow.subscription_id)
        .join(OrderRow, OrderRow.id == OutboxRow.order_id)
        .order_by(OutboxRow.sent_at.is_not(None), OutboxRow.id.desc())
        .limit(limit)
    )
    return tuple(
        Listed(
            row.id,
            number,
            to.id,
            NoticeKind(to.kind),
            to.address,
            row.tries,
            None if row.sent_at or row.given_up_at else row.next_try_at,
            row.sent_at,
            row.given_up_at,
            row.last_error or "",
        )
        for row, to, number in session.execute(query)
    )


def queues(session: Session) -> dict[NoticeKind, Queue]:
    """Return how the notices stand, by kind."""
    query = (
        select(
            SubscriptionRow.kind,
            func.count().filter(IS_WAITING),
            func.count(OutboxRow.sent_at),
            func.count(OutboxRow.given_up_at),
            func.min(OutboxRow.created_at).filter(IS_WAITING),
        )
        .join(SubscriptionRow, SubscriptionRow.id == OutboxRow.subscription_id)
        .group_by(SubscriptionRow.kind)
    )
    found = {
        NoticeKind(kind): Queue(waiting, sent, given_up, oldest)
        for kind, waiting, sent, given_up, oldest in session.execute(query)
    }
    return {kind: found.get(kind, Queue()) for kind in NoticeKind}
