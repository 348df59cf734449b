"""What isn't done in time goes to the authority above, once, and stays until somebody answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from zoning.access import Action, Role, allowed
from zoning.errors import AccessError
from zoning.i18n.catalogue import tr
from zoning.orders.delays import Delay
from zoning.orders.draft import DraftKind
from zoning.orders.procedure import procedure
from zoning.orders.state import OrderState
from zoning.orders.steps import refuse_no_note
from zoning.store import audit
from zoning.store.consultations import Consultation, consultations_of, latest_round
from zoning.store.drafts import DraftHead, DraftVersion, latest_versions, list_heads
from zoning.store.engine import Store
from zoning.store.escalations import (
    Escalation,
    NewEscalation,
    add_escalation_answer,
    raise_once,
    read_escalations,
)
from zoning.store.neighbour_requests import read_requests
from zoning.store.orders import OrderKind, OrderRecord, list_orders
from zoning.workflow.actor import Who, name_of, standing_of
from zoning.workflow.deviation_register import due_reviews
from zoning.workflow.kind_rights import CONTAINMENT
from zoning.workflow.superseding import BY_THE_CLOCK

__all__ = ["Escalation", "answer_escalation", "list_escalations", "raise_due"]


def raise_due(store: Store, at: datetime) -> int:
    """Raise what is late at a moment and wasn't raised before; return how many that are."""
    with store.reading() as session:
        known = {(e.new.kind, e.new.matter) for e in read_escalations(session)}
        late = [new for new in _late(session, at) if (new.kind, new.matter) not in known]
    if not late:
        return 0
    raised = 0
    with store.transaction() as session:
        for new in late:
            if not raise_once(session, new, at):
                continue
            raised += 1
            detail = {"to": new.to_role.value, "due_at": new.due_at.isoformat()}
            subject = f"{new.kind.value}/{new.matter}"
            entry = audit.AuditEntry(at, BY_THE_CLOCK, "escalation.raise", subject, detail)
            audit.append(session, entry)
    return raised


def list_escalations(
    store: Store, who: Who, at: datetime, *, is_open: bool | None = None
) -> tuple[Escalation, ...]:
    """Return what was passed on to somebody, or is late in the own area, the newest first."""
    with store.reading() as session:
        return tuple(
            one
            for one in read_escalations(session)
            if _sees(who, one) and (is_open is None or is_open == (one.answered_at is None))
        )


def answer_escalation(store: Store, escalation_id: int, note: str, at: datetime, who: Who) -> None:
    """Write what was done about something late.

    Raises
    ------
    OrderError
        If the note is empty.
    AccessError
        If nothing of this number was passed on to them.
    """
    with store.transaction() as session:
        known = {one.escalation_id: one for one in read_escalations(session)}
        one = known.get(escalation_id)
        if one is None or not _answers(who, one):
            raise AccessError(
                tr(
                    "No escalation {id} was passed on to you; “zoning drafts escalations list” "
                    "shows yours.",
                    id=escalation_id,
                )
            )
        refuse_no_note(note)
        by = name_of(who)
        add_escalation_answer(session, escalation_id, note.strip(), at=at, who=by)
        subject = f"escalations/{escalation_id}"
        audit.append(session, audit.AuditEntry(at, by, "escalation.answer", subject, {}))


def _answers(who: Who, one: Escalation) -> bool:
    return any(
        holding.role in (one.new.to_role, Role.LOCAL)
        and holding.subject in ("", CONTAINMENT)
        and (holding.area is None or one.new.area_unit_id in holding.area)
        for holding in standing_of(who).holdings
    )


def _sees(who: Who, one: Escalation) -> bool:
    area = one.new.area_unit_id or None
    acts = (Action.DRAFT, Action.APPROVE_CATEGORIES, Action.APPROVE_ZONES)
    standing = standing_of(who)
    return _answers(who, one) or any(allowed(standing, act, area, CONTAINMENT) for act in acts)


def _late(session: Session, at: datetime) -> Iterator[NewEscalation]:
    heads = {head.draft_id: head for head in list_heads(session)}
    latest = latest_versions(session)
    orders = list_orders(session)
    area_of_order = {
        version.order_id: heads[draft_id].new.area_unit_id
        for draft_id, version in latest.items()
        if version.order_id is not None
    }
    yield from _sealings(orders, heads, latest, area_of_order, at)
    yield from _consultations(session, heads, latest, at)
    yield from _requests(session, at)
    yield from _reviews(orders, area_of_order, at)
    yield from _withdrawals(session, at)


def _sealings(
    orders: tuple[OrderRecord, ...],
    heads: dict[int, DraftHead],
    latest: dict[int, DraftVersion],
    area_of_order: dict[int, str],
    at: datetime,
) -> Iterator[NewEscalation]:
    decided: set[str] = set()
    for draft_id, version in latest.items():
        is_decision = heads[draft_id].new.kind is DraftKind.CATEGORIES
        is_over = version.state not in (
            OrderState.DRAFT,
            OrderState.IN_CONSULTATION,
            OrderState.APPROVED,
        )
        if is_decision and is_over:
            decided |= set(version.content.supersedes)
    for record in orders:
        until = record.order.expires_at
        if (
            record.kind is OrderKind.SEALING
            and record.status is OrderState.PUBLISHED
            and record.ended_at is None
            and until is not None
            and until <= at
            and record.order.number not in decided
        ):
            area = area_of_order.get(record.order_id, "")
            to = procedure().sealing_escalates_to
            yield NewEscalation(Delay.SEALING, record.order.number, area, to, until)


def _consultations(
    session: Session, heads: dict[int, DraftHead], latest: dict[int, DraftVersion], at: datetime
) -> Iterator[NewEscalation]:
    asked = [i for i, v in latest.items() if v.state is OrderState.IN_CONSULTATION]
    by_draft: dict[int, list[Consultation]] = {i: [] for i in asked}
    for one in consultations_of(session, asked):
        by_draft[one.draft_id].append(one)
    for draft_id, found in by_draft.items():
        for one in latest_round(found):
            if not one.answer and one.answer_by <= at:
                matter = f"{draft_id}/{one.version}/{one.office}"
                to = procedure().office(one.office).escalates_to
                area = heads[draft_id].new.area_unit_id
                yield NewEscalation(Delay.CONSULTATION, matter, area, to, one.answer_by)


def _requests(session: Session, at: datetime) -> Iterator[NewEscalation]:
    to = procedure().neighbour_escalates_to
    for one in read_requests(session):
        if not one.answer and one.answer_by <= at:
            area = one.authority_unit_id
            yield NewEscalation(Delay.REQUEST, str(one.request_id), area, to, one.answer_by)


def _reviews(
    orders: tuple[OrderRecord, ...], area_of_order: dict[int, str], at: datetime
) -> Iterator[NewEscalation]:
    to = procedure().review_escalates_to
    for record in orders:
        due = record.order.review_at
        is_over = record.ended_at is not None and record.ended_at <= at
        if due is not None and due <= at and record.kind is not OrderKind.STANDING and not is_over:
            area = area_of_order.get(record.order_id, "")
            yield NewEscalation(Delay.REVIEW, record.order.number, area, to, due)


def _withdrawals(session: Session, at: datetime) -> Iterator[NewEscalation]:
    """Yield the withdrawn relaxations that should have been looked at by now."""
    to = procedure().review_escalates_to
    for one in due_reviews(session, at):
        yield NewEscalation(Delay.WITHDRAWAL_REVIEW, one.number, one.unit_id, to, one.review_at)
