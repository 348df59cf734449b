"""Since when booths are affected by order, and which booths each containment zone had when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning import clock
from zoning.model import Category
from zoning.store.orders import OrderKind, OrderRecord, list_orders
from zoning.store.tables import OrderBoothRow


@dataclass(frozen=True)
class Membership:
    """A booth of a zone from one day up to another, that one not included; None while it lasts."""

    zone_id: str
    booth_id: str
    since: date
    until: date | None


@dataclass(frozen=True)
class ZoneHistory:
    """What the orders published up to a moment say of affected booths.

    Attributes
    ----------
    since : mapping of str to date
        First day in A by order of each booth that is in A now, through all its zones.
    memberships : tuple of Membership
        Which booths each zone had when.
    """

    since: Mapping[str, date]
    memberships: tuple[Membership, ...]


def zone_history(session: Session, at: datetime) -> ZoneHistory:
    """Return what the orders that had taken effect by a moment say of affected booths."""
    taken = [
        r
        for r in list_orders(session)
        if r.published_at <= at and _begins(r) <= at and _counted(r, at)
    ]
    since: dict[str, date] = {}
    open_: dict[str, tuple[str, date]] = {}
    ended: list[Membership] = []
    for record in sorted(taken, key=lambda r: (_begins(r), r.order_id)):
        day = clock.today_ist(_begins(record))
        affected, others = _of_order(session, record)
        if record.delineation_id is not None:
            others = open_.keys() - affected.keys()
        for booth in others & open_.keys():
            zone_id, begin = open_.pop(booth)
            ended.append(Membership(zone_id, booth, begin, day))
            since.pop(booth, None)
        for booth, zone_id in affected.items():
            since.setdefault(booth, day)
            if booth in open_ and open_[booth][0] != zone_id:
                before, begin = open_[booth]
                ended.append(Membership(before, booth, begin, day))
                del open_[booth]
            open_.setdefault(booth, (zone_id, day))
    lasting = [Membership(zone, booth, begin, None) for booth, (zone, begin) in open_.items()]
    return ZoneHistory(since, tuple(m for m in (*ended, *lasting) if m.zone_id))


def _of_order(session: Session, record: OrderRecord) -> tuple[dict[str, str], set[str]]:
    """Return the affected booths of an order with their zones, and the other booths it names."""
    query = select(OrderBoothRow.booth_id, OrderBoothRow.zone_id, OrderBoothRow.category).where(
        OrderBoothRow.order_id == record.order_id
    )
    if record.delineation_id is not None:
        # It speaks of all booths, so those that it doesn't call affected needn't be read.
        query = query.where(OrderBoothRow.category == Category.AFFECTED.value)
    affected: dict[str, str] = {}
    others: set[str] = set()
    for booth, zone_id, category in session.execute(query):
        if category == Category.AFFECTED.value:
            affected[booth] = zone_id or ""
        else:
            others.add(booth)
    return affected, others


def _begins(record: OrderRecord) -> datetime:
    effective_at = record.order.effective_at
    # An order of before was in force before it was known here.
    is_of_before = record.kind is OrderKind.STANDING
    return effective_at if is_of_before else max(record.published_at, effective_at)


def _counted(record: OrderRecord, at: datetime) -> bool:
    """Return whether an order was ever in force up to a moment: one withdrawn at once wasn't."""
    return record.ended_at is None or record.ended_at > at or record.ended_at > _begins(record)
