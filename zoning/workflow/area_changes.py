"""What changed in an area since a moment, and what is known to come, with its hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from zoning.model import Units
from zoning.store.order_said import orders_touching
from zoning.store.orders import OrderRecord, list_orders, stands
from zoning.workflow.area_state import AreaState, area_state


@dataclass(frozen=True)
class UnitChanged:
    """A unit whose zone in force is another than before."""

    unit_id: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Coming:
    """A moment at which an order begins or ends to stand.

    Attributes
    ----------
    at : datetime
        When.
    is_begin : bool
        It takes effect; else it runs out.
    record : OrderRecord
        The order.
    """

    at: datetime
    is_begin: bool
    record: OrderRecord


@dataclass(frozen=True)
class AreaChanges:
    """What changed between two moments, and what comes after.

    Attributes
    ----------
    since : datetime
        The earlier moment.
    units : tuple of UnitChanged
        Units whose zone differs.
    opened, ended : tuple of str
        Containment zones that are there now and weren't, and the other way round.
    orders : tuple of OrderRecord
        Orders that took effect in between, the newest first.
    ended_orders : tuple of OrderRecord
        Orders that stood then and don't now.
    coming : tuple of Coming
        What is known to come, the next first.
    """

    since: datetime
    units: tuple[UnitChanged, ...]
    opened: tuple[str, ...]
    ended: tuple[str, ...]
    orders: tuple[OrderRecord, ...]
    ended_orders: tuple[OrderRecord, ...]
    coming: tuple[Coming, ...]

    @property
    def is_quiet(self) -> bool:
        """Return whether nothing changed and nothing is known to come."""
        return not (
            *self.units,
            *self.opened,
            *self.ended,
            *self.orders,
            *self.ended_orders,
            *self.coming,
        )


def area_changes(
    session: Session,
    everything: Units,
    area: frozenset[str],
    now: AreaState,
    since: datetime,
    at: datetime,
) -> AreaChanges:
    """Return what changed in an area.

    Parameters
    ----------
    session : Session
        An open transaction.
    everything : Units
        Units of all levels in force.
    area : frozenset of str
        Codes of the units.
    now : AreaState
        What is in force at `at`.
    since, at : datetime
        The two moments.
    """
    before = area_state(session, everything, area, since)
    touching = orders_touching(session, area)
    known = tuple(r for r in list_orders(session) if r.order_id in touching)
    zones_then = {zone.zone_id for zone in before.zones_here}
    zones_now = {zone.zone_id for zone in now.zones_here}
    return AreaChanges(
        since=since,
        units=tuple(
            UnitChanged(code, now.names[code], before.zone[code], zone)
            for code, zone in now.zone.items()
            if before.zone[code] != zone
        ),
        opened=tuple(sorted(zones_now - zones_then)),
        ended=tuple(sorted(zones_then - zones_now)),
        orders=tuple(r for r in known if since < _begins(r) <= at and r.published_at <= at),
        ended_orders=tuple(r for r in known if stands(r, since) and not stands(r, at)),
        coming=_coming(known, at),
    )


def _begins(record: OrderRecord) -> datetime:
    return max(record.published_at, record.order.effective_at)


def _coming(known: tuple[OrderRecord, ...], at: datetime) -> tuple[Coming, ...]:
    found = []
    for record in known:
        if record.published_at > at or (record.ended_at is not None and record.ended_at <= at):
            continue
        if record.order.effective_at > at:
            found.append(Coming(record.order.effective_at, True, record))
        expires_at = record.order.expires_at
        if expires_at is not None and expires_at > at:
            found.append(Coming(expires_at, False, record))
    return tuple(sorted(found, key=lambda one: (one.at, one.record.order.number, one.is_begin)))
