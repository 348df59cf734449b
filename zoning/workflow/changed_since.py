"""Two drafts on one area: the second isn't published over what the first put in force."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from zoning.errors import OrderError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.orders.draft import DraftKind
from zoning.orders.state import OrderState
from zoning.orders.steps import Step
from zoning.store.drafts import versions_of
from zoning.store.order_booths import booths_of_order
from zoning.store.orders import OrderRecord, list_orders, units_of_order
from zoning.workflow.draft import Draft


def refuse_changed_since(session: Session, draft: Draft, order_id: int, at: datetime) -> None:
    """Refuse an order where another was published or withdrawn for its areas since it was saved.

    Parameters
    ----------
    session : Session
        The transaction of the publication.
    draft : Draft
        What is published.
    order_id : int
        The order it becomes, with its areas written.
    at : datetime
        The present.

    Raises
    ------
    OrderError
        Naming the other order, with the way out; the draft is kept.
    """
    saved_at = max(
        version.at
        for version in versions_of(session, draft.draft_id)
        if version.step in (Step.START, Step.SAVE)
    )
    own = _areas(session, draft.kind, order_id)
    for record in list_orders(session):
        is_known = record.order.number in draft.content.supersedes
        if record.order_id == order_id or is_known or not _is_since(record, saved_at, at):
            continue
        both = own & _areas(session, draft.kind, record.order_id)
        if both:
            raise OrderError(
                tr(
                    "Since this draft was saved on {saved}, order {number} has changed what is in "
                    "force in {area}: give the draft back, look at what is in force now, and save "
                    "it again.",
                    saved=forms.moment(saved_at),
                    number=record.order.number,
                    area=min(both),
                )
            )


def _is_since(record: OrderRecord, saved_at: datetime, at: datetime) -> bool:
    if record.status is OrderState.WITHDRAWN:
        ended_at = record.ended_at
        return ended_at is not None and saved_at <= ended_at <= at
    return record.published_at >= saved_at


def _areas(session: Session, kind: DraftKind, order_id: int) -> set[str]:
    if kind is DraftKind.ZONES:
        return set(units_of_order(session, order_id)[0].tolist())
    return set(booths_of_order(session, order_id).booth_id.tolist())
