"""The next known change of what is in force: it stands beside the present state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from zoning.i18n import forms
from zoning.i18n.catalogue import tr, tr_n
from zoning.model import Texts
from zoning.store.order_booths import categories_in_force
from zoning.store.orders import OrderRecord, list_orders, zones_in_force


@dataclass(frozen=True)
class Coming:
    """What is known to change next.

    Attributes
    ----------
    at : datetime
        When.
    unit_ids : tuple of str
        Units whose zone changes, and units with a booth whose category does; sorted.
    booth_ids : tuple of str
        Those booths; sorted.
    numbers : tuple of str
        Orders that begin or end then; sorted.
    """

    at: datetime
    unit_ids: tuple[str, ...]
    booth_ids: tuple[str, ...]
    numbers: tuple[str, ...]


def next_change_in(session: Session, at: datetime) -> Coming | None:
    """Return the next moment at which a zone or category changes by orders that are known.

    Returns
    -------
    Coming or None
        None where nothing is to come.
    """
    orders = list_orders(session)
    moments = sorted({m for order in orders for m in _moments(order) if m > at})
    if not moments:
        return None
    zones, booths = _zones(session, at), _booths(session, at)
    for moment in moments:
        then_zones, then_booths = _zones(session, moment), _booths(session, moment)
        changed = _differing(zones, then_zones)
        moved = _differing(booths, then_booths)
        if not changed and not moved:
            continue
        unit_of = {booth: unit for booth, (_, unit) in (booths | then_booths).items()}
        units = changed | {unit_of[booth] for booth in moved}
        return Coming(
            moment,
            tuple(sorted(units - {""})),
            tuple(sorted(moved)),
            tuple(sorted(order.order.number for order in orders if moment in _moments(order))),
        )
    return None


def coming_sentence(coming: Coming | None) -> str:
    """Return what changes next in a sentence; empty where nothing is to come."""
    if coming is None:
        return ""
    return tr_n(
        "Next change on {at}: {n} unit, by {orders}.",
        "Next change on {at}: {n} units, by {orders}.",
        len(coming.unit_ids),
        at=forms.moment(coming.at),
        orders=tr(" and ").join(coming.numbers),
    )


def _moments(record: OrderRecord) -> tuple[datetime, ...]:
    ends = (record.order.expires_at, record.ended_at)
    if record.ended_at is not None and record.ended_at <= record.order.effective_at:
        return ()
    return (record.order.effective_at, *(end for end in ends if end is not None))


def _zones(session: Session, at: datetime) -> dict[str, str]:
    found = zones_in_force(session, at)
    return _pairs(found.unit_id, found.zone)


def _booths(session: Session, at: datetime) -> dict[str, tuple[str, str]]:
    found = categories_in_force(session, at).booths
    said = zip(found.category.tolist(), found.unit_id.tolist(), strict=True)
    return dict(zip(found.booth_id.tolist(), said, strict=True))


def _pairs(one: Texts, other: Texts) -> dict[str, str]:
    return dict(zip(one.tolist(), other.tolist(), strict=True))


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
