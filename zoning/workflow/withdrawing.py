"""An order is withdrawn: it stands no longer, and what lay beneath it does again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from zoning.access import Action
from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.orders.state import OrderState, advance
from zoning.orders.steps import Step, refuse_no_note
from zoning.store import audit
from zoning.store.drafts import draft_of_order, latest_versions
from zoning.store.engine import Store
from zoning.store.order_booths import booths_of_order
from zoning.store.order_ends import end_order, mark_order
from zoning.store.orders import OrderKind, OrderRecord, list_orders
from zoning.workflow.actor import Who, require, require_units
from zoning.workflow.kind_rights import CONTAINMENT
from zoning.workflow.superseding import Standing, tell_draft

_ACTS = {
    OrderKind.CATEGORIES: Action.APPROVE_CATEGORIES,
    OrderKind.SEALING: Action.SEAL_PROVISIONALLY,
    OrderKind.RELEASE: Action.RELEASE,
}


def withdraw_order(store: Store, number: str, reason: str, at: datetime, who: Who) -> None:
    """Withdraw a published order from now on; one yet to take effect never does.

    Orders that it was to supersede at a later hour then stand on.

    Raises
    ------
    OrderError
        If there is no such order, it has ended, the reason is empty, or a booth would leave
        Category A without a release, or a unit be left without a zone.
    AccessError
        If it isn't theirs to withdraw.
    """
    with store.transaction() as session:
        record = _record(session, number, who)
        by = _require(session, record, who)
        refuse_no_note(reason)
        if record.kind is OrderKind.STANDING:
            raise OrderError(
                tr(
                    "Order {number} came by a file; take that import back with “zoning imports "
                    "undo”.",
                    number=number,
                )
            )
        advance(number, record.status, OrderState.WITHDRAWN)
        before = Standing.at(session, at)
        if at < record.order.effective_at:
            _let_stand(session, record, at)
        # An order ends at the earliest when it begins; one that hasn't begun never stands.
        end_order(session, record, at)
        mark_order(session, record, OrderState.WITHDRAWN)
        before.refuse_lost(Standing.at(session, at))
        tell_draft(session, record, Step.WITHDRAW, OrderState.WITHDRAWN, reason.strip(), at, by)
        detail = {"number": number, "reason": reason.strip()}
        subject = f"orders/{record.order_id}"
        audit.append(session, audit.AuditEntry(at, by, "order.withdraw", subject, detail))


def _record(session: Session, number: str, who: Who) -> OrderRecord:
    found = [r for r in list_orders(session) if r.order.number == number]
    if not found:
        raise OrderError(
            tr("There is no order {number}: “zoning orders list” shows them.", number=number)
        )
    return found[0]


def _require(session: Session, record: OrderRecord, who: Who) -> str:
    act = _ACTS.get(record.kind)
    if act is None:
        return require(who, Action.PUBLISH, None, CONTAINMENT)
    units = booths_of_order(session, record.order_id).unit_id
    return require_units(who, act, units.tolist(), CONTAINMENT)


def _let_stand(session: Session, record: OrderRecord, at: datetime) -> None:
    """Take back the ends that others were to have by an order that never takes effect."""
    draft_id = draft_of_order(session, record.order_id)
    if draft_id is None:
        return
    numbers = set(latest_versions(session, (draft_id,))[draft_id].content.supersedes)
    for other in list_orders(session):
        is_still = other.status is OrderState.PUBLISHED and other.ended_at is not None
        if other.order.number in numbers and is_still:
            end_order(session, other, None)
