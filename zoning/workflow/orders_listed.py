"""Orders as a list shows them: where each stands, and what happens to it next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from zoning.orders.state import OrderState
from zoning.store.order_booths import categories_in_force
from zoning.store.order_lookup import orders_touching
from zoning.store.order_parts import annex_hashes
from zoning.store.orders import OrderRecord, list_orders, stands, zones_in_force


class Status(StrEnum):
    """Where a published order stands at a moment.

    `OVERTAKEN` stands still, but later orders speak of all its ground.
    """

    IN_FORCE = "in_force"
    SCHEDULED = "scheduled"
    OVERTAKEN = "overtaken"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class Effect(StrEnum):
    """What happens to an order next."""

    BEGINS = "begins"
    REVIEW = "review"
    ENDS = "ends"
    EXPIRES = "expires"


@dataclass(frozen=True)
class NextEffect:
    """What happens to an order next, and when."""

    effect: Effect
    at: datetime


@dataclass(frozen=True)
class OrderLine:
    """One order of the list.

    Attributes
    ----------
    record : OrderRecord
        Its head.
    status : Status
        Where it stands.
    next : NextEffect or None
        What happens to it next; None where nothing is known to come.
    annex_sha256 : str
        Hash that it prints; empty where it wasn't sealed here.
    """

    record: OrderRecord
    status: Status
    next: NextEffect | None
    annex_sha256: str


def order_lines(
    session: Session, at: datetime, units: Collection[str] | None = None
) -> tuple[OrderLine, ...]:
    """Return the orders as they stand at a moment, the one that takes effect last first.

    Parameters
    ----------
    session : Session
        An open transaction.
    at : datetime
        The moment.
    units : collection of str or None
        Only orders that speak of one of these units, or of a booth in them; None for all.
    """
    answering = set(zones_in_force(session, at).orders) | set(
        categories_in_force(session, at).orders
    )
    hashes = annex_hashes(session)
    touching = None if units is None else orders_touching(session, units)
    return tuple(
        OrderLine(
            record,
            status_of(record, at, is_answering=record.order.number in answering),
            next_effect(record, at),
            hashes.get(record.order_id, ""),
        )
        for record in list_orders(session)
        if touching is None or record.order_id in touching
    )


def status_of(record: OrderRecord, at: datetime, *, is_answering: bool) -> Status:
    """Return where an order stands at a moment."""
    order = record.order
    if record.ended_at is not None and record.ended_at <= at:
        return {
            OrderState.SUPERSEDED: Status.SUPERSEDED,
            OrderState.WITHDRAWN: Status.WITHDRAWN,
        }.get(record.status, Status.ENDED)
    if order.expires_at is not None and order.expires_at <= at:
        return Status.EXPIRED
    if not stands(record, at):
        return Status.SCHEDULED
    return Status.IN_FORCE if is_answering else Status.OVERTAKEN


def next_effect(record: OrderRecord, at: datetime) -> NextEffect | None:
    """Return what happens to an order next; None where it has ended or nothing is known."""
    order = record.order
    if record.ended_at is not None and record.ended_at <= at:
        return None
    if order.expires_at is not None and order.expires_at <= at:
        return None
    coming = [
        (order.effective_at, Effect.BEGINS),
        (order.review_at, Effect.REVIEW),
        (record.ended_at, Effect.ENDS),
        (order.expires_at, Effect.EXPIRES),
    ]
    known = [NextEffect(effect, when) for when, effect in coming if when is not None and when > at]
    return min(known, key=lambda found: found.at, default=None)


def next_of_all(lines: Collection[OrderLine]) -> tuple[OrderLine, NextEffect] | None:
    """Return the order to which something happens first; None where nothing is known to come."""
    known = [(line, line.next) for line in lines if line.next is not None]
    return min(known, key=lambda pair: pair[1].at, default=None)
