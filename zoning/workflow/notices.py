"""Who is told of orders, and what still waits in the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from zoning.errors import InputError
from zoning.i18n.catalogue import LOCALE_DIR, tr
from zoning.model.notices import NoticeKind
from zoning.notices.mail import checked_mailbox
from zoning.notices.webhook import checked_address
from zoning.store import audit, outbox, subscriptions
from zoning.store.engine import Store
from zoning.store.outbox_listing import Listed, list_notices
from zoning.store.subscriptions import NewSubscription, Subscription
from zoning.workflow.places import units_in_force

LISTED = 200


def add(store: Store, new: NewSubscription, at: datetime, who: str) -> int:
    """Have a receiver told of every order that is published from now on; return its number.

    Raises
    ------
    InputError
        If the address, a unit or the language can't be used.
    StoreError
        If the address is told already.
    """
    if new.kind is NoticeKind.EMAIL:
        new = replace(new, address=checked_mailbox(new.address))
    else:
        checked_address(new.address)
    _refuse_language(new.language)
    with store.transaction() as session:
        present = units_in_force(session, at) if new.unit_ids else None
        known = set() if present is None else set(present[1].unit_id) | set(present[1].parent_id)
        _refuse_units(new.unit_ids, known)
        return subscriptions.add_subscription(session, new, at=at, who=who)


def close(store: Store, subscription_id: int, at: datetime, who: str) -> Subscription:
    """Tell a receiver no more; what still waits for it is given up.

    Raises
    ------
    StoreError
        If there is no such receiver, or it is closed.
    """
    with store.transaction() as session:
        return subscriptions.close_subscription(session, subscription_id, at=at, who=who)


def listed(store: Store) -> tuple[Subscription, ...]:
    """Return every receiver, closed ones too."""
    with store.reading() as session:
        return subscriptions.list_subscriptions(session)


def outbox_of(store: Store) -> tuple[Listed, ...]:
    """Return the notices that aren't sent yet, then the newest sent ones, `LISTED` at most."""
    with store.reading() as session:
        return list_notices(session, limit=LISTED)


def retry(store: Store, outbox_id: int, at: datetime, who: str) -> None:
    """Let a notice that was given up be tried again.

    Raises
    ------
    StoreError
        If it wasn't given up, or its receiver isn't told any more.
    """
    with store.transaction() as session:
        outbox.retry(session, outbox_id, at)
        entry = audit.AuditEntry(at, who, "notice.retry", f"outbox/{outbox_id}", {})
        audit.append(session, entry)


def _refuse_language(code: str) -> None:
    known = sorted(folder.name for folder in LOCALE_DIR.iterdir() if folder.is_dir())
    if code not in known:
        raise InputError(
            tr(
                "There are no sentences in the language {code}; there are in {known}.",
                code=code,
                known=", ".join(known),
            )
        )


def _refuse_units(asked: Iterable[str], known: set[str]) -> None:
    for code in asked:
        if code not in known:
            raise InputError(
                tr("The edition in force has no unit {unit}; choose one of its codes.", unit=code)
            )
