"""The outbox: every notice is written with its order, and leaves when its receiver has taken it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr
from zoning.model.notices import NoticeKind
from zoning.store.subscriptions import open_subscriptions
from zoning.store.tables import (
    OrderBoothRow,
    OrderRow,
    OrderUnitRow,
    OutboxRow,
    SubscriptionRow,
    UnitRow,
)

IS_WAITING = OutboxRow.sent_at.is_(None) & OutboxRow.given_up_at.is_(None)
"""Of a notice that is neither sent nor given up."""


@dataclass(frozen=True)
class Claimed:
    """A notice that one process may try to send now, and no other.

    Attributes
    ----------
    outbox_id, order_id, subscription_id : int
        Its number, and what it is about and to whom.
    key : str
        Said to the receiver, the same at every try.
    tries : int
        Tries so far, this one included.
    created_at : datetime
        Since when it waits.
    kind, address, unit_ids, language
        Of the receiver, see `NewSubscription`.
    """

    outbox_id: int
    order_id: int
    subscription_id: int
    key: str
    tries: int
    created_at: datetime
    kind: NoticeKind
    address: str
    unit_ids: tuple[str, ...]
    language: str


def enqueue(session: Session, order_id: int, at: datetime) -> int:
    """Write a notice of an order for every receiver that it concerns, in its transaction.

    Parameters
    ----------
    session : Session
        The transaction of the publication: both are written, or neither.
    order_id : int
        An order whose units and booths are written.
    at : datetime
        The moment of publication.

    Returns
    -------
    int
        How many were written.
    """
    told = open_subscriptions(session)
    about = _area(session, order_id) if any(s.new.unit_ids for s in told) else set()
    concerned = [s for s in told if not s.new.unit_ids or about.intersection(s.new.unit_ids)]
    session.add_all(
        OutboxRow(
            order_id=order_id,
            subscription_id=s.subscription_id,
            key=uuid.uuid4().hex,
            created_at=at,
            next_try_at=at,
            tries=0,
        )
        for s in concerned
    )
    session.flush()
    return len(concerned)


def claim(
    session: Session,
    at: datetime,
    lease: Callable[[int], timedelta],
    *,
    kinds: Collection[NoticeKind],
    passing_over: Collection[int] = (),
) -> Claimed | None:
    """Take the notice that is due longest, so that nobody else tries it meanwhile.

    Parameters
    ----------
    session : Session
        A transaction of its own, ended before anything is sent.
    at : datetime
        The present.
    lease : callable
        From the number of this try to how long it belongs to the caller.
    kinds : collection of NoticeKind
        Those that can be sent.
    passing_over : collection of int
        Subscriptions that aren't tried now.
    """
    row = session.scalar(
        select(OutboxRow)
        .join(SubscriptionRow, SubscriptionRow.id == OutboxRow.subscription_id)
        .where(
            IS_WAITING,
            OutboxRow.next_try_at <= at,
            SubscriptionRow.kind.in_([kind.value for kind in kinds]),
            SubscriptionRow.id.not_in(list(passing_over)),
        )
        .order_by(OutboxRow.next_try_at, OutboxRow.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=OutboxRow)
    )
    if row is None:
        return None
    row.tries += 1
    row.next_try_at = at + lease(row.tries)
    to = session.get_one(SubscriptionRow, row.subscription_id)
    session.flush()
    return Claimed(
        row.id,
        row.order_id,
        to.id,
        row.key,
        row.tries,
        row.created_at,
        NoticeKind(to.kind),
        to.address,
        tuple(to.unit_ids or ()),
        to.language,
    )


def mark_sent(session: Session, claimed: Claimed, at: datetime) -> None:
    """Write down that a receiver has taken a notice, whoever else may have claimed it since."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == claimed.outbox_id, OutboxRow.sent_at.is_(None))
        .values(sent_at=at, given_up_at=None, last_error=None)
    )


def mark_failed(
    session: Session, claimed: Claimed, error: str, at: datetime, next_try_at: datetime | None
) -> None:
    """Write down why a try failed, and when the next is due; None to give up.

    Nothing is written where the lease has run out and somebody else has tried since.
    """
    later = {"given_up_at": at} if next_try_at is None else {"next_try_at": next_try_at}
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == claimed.outbox_id, OutboxRow.tries == claimed.tries, IS_WAITING)
        .values(last_error=error, **later)
    )


def retry(session: Session, outbox_id: int, at: datetime) -> None:
    """Let a notice that was given up be tried again, from a moment on.

    Raises
    ------
    StoreError
        If there is no such notice, or it wasn't given up, or its subscription is closed.
    """
    row = session.get(OutboxRow, outbox_id)
    if row is None or row.given_up_at is None:
        raise StoreError(
            tr(
                "No notice {id} was given up: “zoning notices outbox” has them all.",
                id=outbox_id,
            )
        )
    if session.get_one(SubscriptionRow, row.subscription_id).closed_at is not None:
        raise StoreError(
            tr(
                "The subscription of notice {id} is closed; add the receiver anew.",
                id=outbox_id,
            )
        )
    # It waits from now on, else it would be given up at its next failure.
    row.given_up_at, row.next_try_at, row.created_at, row.tries = None, at, at, 0
    session.flush()


def _area(session: Session, order_id: int) -> set[str]:
    """Return the units that an order speaks of, and the units that they lie in."""
    order = session.get_one(OrderRow, order_id)
    units = set(
        session.scalars(select(OrderUnitRow.unit_id).where(OrderUnitRow.order_id == order_id))
    )
    of_booths = select(OrderBoothRow.unit_id).where(
        OrderBoothRow.order_id == order_id, OrderBoothRow.unit_id.is_not(None)
    )
    units.update(code for code in session.scalars(of_booths.distinct()) if code is not None)
    query = select(UnitRow.unit_id, UnitRow.parent_id).where(UnitRow.edition_id == order.edition_id)
    parents = {code: parent for code, parent in session.execute(query) if parent}
    found = set(units)
    for code in units:
        while (parent := parents.get(code)) is not None and parent not in found:
            found.add(parent)
            code = parent
    return found
