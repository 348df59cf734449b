"""What is in force in one area at a moment: zones of units, containment zones, who commands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning import clock
from zoning.judgement.denotification import earliest_due_on
from zoning.judgement.policy import load_policy
from zoning.model import Bools, Category, Units, Zone
from zoning.orders.paper import Commander, Gate
from zoning.orders.parts import OrderParts
from zoning.store.delineations import get_delineation, load_delineation
from zoning.store.order_booths import CategoriesInForce, categories_in_force
from zoning.store.order_said import orders_touching, said_by
from zoning.store.orders import OrderRecord, list_orders, stands, zones_in_force
from zoning.store.zone_history import zone_history
from zoning.workflow.places import judged_units


@dataclass(frozen=True)
class ZoneHere:
    """A containment zone, as far as it lies in an area.

    Attributes
    ----------
    zone_id : str
        Such as `CZ-20200804-001`.
    units : tuple of str
        Names of its units in the area.
    n_booths, n_booths_elsewhere : int
        Affected booths in the area, and of the same zone beyond it.
    since : date or None
        Its first day; None where no order tells.
    day_number : int
        The how-manieth day it is, from 1; 0 where `since` isn't known.
    release_on : date or None
        First day on which it may be released, as ordered.
    number : str
        Of the order.
    commanders, gates : tuple
        Of this zone, as ordered.
    """

    zone_id: str
    units: tuple[str, ...]
    n_booths: int
    n_booths_elsewhere: int
    since: date | None
    day_number: int
    release_on: date | None
    number: str
    commanders: tuple[Commander, ...]
    gates: tuple[Gate, ...]


@dataclass(frozen=True)
class AreaState:
    """What is in force in an area.

    Attributes
    ----------
    zone : dict of str to str
        Zone of each judged unit of the area, by code; `unclassified` where no order says one.
    names : dict of str to str
        Names of these units.
    zones_here : tuple of ZoneHere
        Containment zones, the oldest first.
    buffer_booths : int
        Booths of Category B in the area.
    orders : tuple of OrderRecord
        Orders that stand and touch the area, the one that took effect last first.
    said : dict of int to OrderParts
        What they say beyond their areas, by the id of the order.
    """

    zone: dict[str, str]
    names: dict[str, str]
    zones_here: tuple[ZoneHere, ...]
    buffer_booths: int
    orders: tuple[OrderRecord, ...]
    said: dict[int, OrderParts]

    def counts(self) -> Counter[str]:
        """Return how many units each zone has."""
        return Counter(self.zone.values())


def area_state(
    session: Session, everything: Units, area: frozenset[str], at: datetime
) -> AreaState:
    """Return what is in force in some units at a moment.

    Parameters
    ----------
    session : Session
        An open transaction.
    everything : Units
        Units of all levels in force.
    area : frozenset of str
        Codes of the units, of every level.
    at : datetime
        The moment.
    """
    judged = judged_units(everything)
    own = [str(code) in area for code in judged.unit_id]
    codes = judged.unit_id[own].tolist()
    names = dict(zip(codes, judged.name[own].tolist(), strict=True))
    declared = zones_in_force(session, at)
    zone = dict(zip(declared.unit_id.tolist(), declared.zone.tolist(), strict=True))
    touching = orders_touching(session, area)
    standing = tuple(r for r in list_orders(session) if r.order_id in touching and stands(r, at))
    said = said_by(session, [record.order_id for record in standing])
    categories = categories_in_force(session, at)
    is_here = np.array([str(u) in area for u in categories.booths.unit_id], dtype=np.bool_)
    is_buffer = categories.booths.category == Category.BUFFER.value
    return AreaState(
        zone={code: zone.get(code, Zone.UNCLASSIFIED.value) for code in codes},
        names=names,
        zones_here=_zones_here(session, categories, is_here, names, said, at),
        buffer_booths=int((is_here & is_buffer).sum()),
        orders=standing,
        said=said,
    )


def _zones_here(
    session: Session,
    categories: CategoriesInForce,
    is_here: Bools,
    names: dict[str, str],
    said: dict[int, OrderParts],
    at: datetime,
) -> tuple[ZoneHere, ...]:
    booths = categories.booths
    is_affected = booths.category == Category.AFFECTED.value
    own = sorted({str(z) for z in booths.zone_id[is_affected & is_here] if z})
    if not own:
        return ()
    begin: dict[str, date] = {}
    for kept in zone_history(session, at).memberships:
        begin[kept.zone_id] = min(kept.since, begin.get(kept.zone_id, kept.since))
    found = []
    for zone_id in own:
        mine = is_affected & (booths.zone_id == zone_id)
        record = categories.orders[str(categories.number[mine & is_here][0])]
        told = said.get(record.order_id)
        since = begin.get(zone_id)
        units = dict.fromkeys(booths.unit_id[mine & is_here].tolist())
        found.append(
            ZoneHere(
                zone_id=zone_id,
                units=tuple(names.get(unit) or unit for unit in units),
                n_booths=int((mine & is_here).sum()),
                n_booths_elsewhere=int((mine & ~is_here).sum()),
                since=since,
                day_number=0 if since is None else (clock.today_ist(at) - since).days + 1,
                release_on=_release_on(session, record, told, zone_id),
                number=record.order.number,
                commanders=_of_zone(said, zone_id),
                gates=_gates_of(said, zone_id),
            )
        )
    return tuple(sorted(found, key=lambda z: (z.since or date.max, z.zone_id)))


def _of_zone(said: dict[int, OrderParts], zone_id: str) -> tuple[Commander, ...]:
    """Return who commands a zone: those named for it, else those named for every zone."""
    every = dict.fromkeys(c for one in said.values() for c in one.commanders)
    named = tuple(c for c in every if zone_id in c.zone_ids)
    return named or tuple(c for c in every if not c.zone_ids)


def _gates_of(said: dict[int, OrderParts], zone_id: str) -> tuple[Gate, ...]:
    """Return the gates of a zone, medical exits first."""
    gates = dict.fromkeys(g for one in said.values() for g in one.gates if g.zone_id == zone_id)
    return tuple(sorted(gates, key=lambda gate: not gate.is_medical_exit))


def _release_on(
    session: Session, record: OrderRecord, told: OrderParts | None, zone_id: str
) -> date | None:
    """Return the first day of release as ordered: printed, or by what was known when ordered."""
    if told is not None and zone_id in told.release_on:
        return told.release_on[zone_id]
    if record.delineation_id is None:
        return None
    drawn = load_delineation(session, record.delineation_id)
    is_of_zone = (drawn.category == Category.AFFECTED.value) & (drawn.zone_id == zone_id)
    if not is_of_zone.any():
        return None
    policy = load_policy(get_delineation(session, record.delineation_id).new.policy_id)
    rule = load_policy(policy.once_in_force).denotification
    begins = np.datetime64(clock.today_ist(record.order.effective_at), "D")
    since = np.full(int(is_of_zone.sum()), begins)
    last: date = earliest_due_on(drawn.last_case_on[is_of_zone], since, rule).max().item()
    return last
