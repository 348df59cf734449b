"""Who is told of orders: receivers, the area they ask about, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment
from zoning.model.notices import NoticeKind
from zoning.store import audit
from zoning.store.tables import OutboxRow, SubscriptionRow


@dataclass(frozen=True)
class NewSubscription:
    """A receiver to be told.

    Attributes
    ----------
    kind : NoticeKind
        How.
    address : str
        Of the mailbox, or of the program that takes notices.
    unit_ids : tuple of str
        Units, of any level, whose orders are told; empty for all.
    language : str
        ISO 639-1 code.
    """

    kind: NoticeKind
    address: str
    unit_ids: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True)
class Subscription:
    """One receiver as it is stored."""

    subscription_id: int
    new: NewSubscription
    created_at: datetime
    created_by: str
    closed_at: datetime | None
    closed_by: str | None


def add_subscription(session: Session, new: NewSubscription, *, at: datetime, who: str) -> int:
    """Write a receiver down and return its number.

    Raises
    ------
    StoreError
        If the same address is told already: it would be told everything twice.
    """
    same = session.scalar(
        select(SubscriptionRow).where(
            SubscriptionRow.kind == new.kind.value,
            SubscriptionRow.address == new.address,
            SubscriptionRow.closed_at.is_(None),
        )
    )
    if same is not None:
        raise StoreError(
            tr(
                "{address} is told already, by subscription {id}: close that one first, or it "
                "would be told everything twice.",
                address=new.address,
                id=same.id,
            )
        )
    row = SubscriptionRow(
        kind=new.kind.value,
        address=new.address,
        unit_ids=list(new.unit_ids) or None,
        language=new.language,
        created_at=at,
        created_by=who,
    )
    session.add(row)
    session.flush()
    # The address may be a person's, and what is in the audit stays for ever.
    detail = {"kind": new.kind.value, "units": list(new.unit_ids)}
    _tell(session, "subscription.add", row.id, detail, at, who)
    return row.id


def close_subscription(
    session: Session, subscription_id: int, *, at: datetime, who: str
) -> Subscription:
    """Tell a receiver no more; what still waits for it is given up.

    Raises
    ------
    StoreError
        If there is no such receiver, or it is closed.
    """
    row = session.get(SubscriptionRow, subscription_id)
    if row is None:
        raise StoreError(
            tr(
                "There is no subscription {id}: “zoning notices list” has them all.",
                id=subscription_id,
            )
        )
    if row.closed_at is not None:
        raise StoreError(
            tr(
                "Subscription {id} is closed since {at}.",
                id=subscription_id,
                at=moment(row.closed_at),
            )
        )
    row.closed_at, row.closed_by = at, who
    waiting = session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.subscription_id == subscription_id,
            OutboxRow.sent_at.is_(None),
            OutboxRow.given_up_at.is_(None),
        )
        .values(given_up_at=at, last_error=tr("The subscription was closed."))
        .returning(OutboxRow.id)
    ).all()
    session.flush()
    detail = {"notices_given_up": len(waiting)}
    _tell(session, "subscription.close", subscription_id, detail, at, who)
    return _record(row)


def list_subscriptions(session: Session) -> tuple[Subscription, ...]:
    """Return every receiver, closed ones too, by number."""
    rows = session.scalars(select(SubscriptionRow).order_by(SubscriptionRow.id))
    return tuple(_record(row) for row in rows)


def open_subscriptions(session: Session) -> tuple[Subscription, ...]:
    """Return the receivers that are told now, by number."""
    return tuple(s for s in list_subscriptions(session) if s.closed_at is None)


def _record(row: SubscriptionRow) -> Subscription:
    new = NewSubscription(
        NoticeKind(row.kind), row.address, tuple(row.unit_ids or ()), row.language
    )
    return Subscription(row.id, new, row.created_at, row.created_by, row.closed_at, row.closed_by)


def _tell(
    session: Session,
    action: str,
    subscription_id: int,
    detail: Mapping[str, object],
    at: datetime,
    who: str,
) -> None:
    subject = f"subscriptions/{subscription_id}"
    audit.append(session, audit.AuditEntry(at, who, action, subject, detail))
