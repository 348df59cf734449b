"""Since when the zone in force of each unit has stood, through orders that repeat it."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning import clock
from zoning.model import Days, Texts, Units, Zone
from zoning.store.orders import ZonesInForce, list_orders, zones_in_force


def zones_since(
    session: Session, standing: ZonesInForce, units: Units, at: datetime
) -> tuple[Texts, Days]:
    """Return the zone in force of each unit and the first day of it, shape (n,) each.

    A unit without order is `unclassified`, since NaT.
    """
    zones = dict(zip(standing.unit_id, standing.zone, strict=True))
    zone = np.array(
        [zones.get(unit, Zone.UNCLASSIFIED.value) for unit in units.unit_id], dtype=object
    )
    since = np.full(len(units), np.datetime64("NaT"), dtype="datetime64[D]")
    open_ = zone != Zone.UNCLASSIFIED.value
    # A zone that an order repeats has stood since the first of them.
    for begin in sorted({r.order.effective_at for r in list_orders(session)}, reverse=True):
        if begin > at or not open_.any():
            continue
        then = zones_in_force(session, begin)
        zones_then = dict(zip(then.unit_id, then.zone, strict=True))
        same = np.array(
            [zones_then.get(u) == z for u, z in zip(units.unit_id, zone, strict=True)], dtype=bool
        )
        open_ &= same
        since[open_] = np.datetime64(clock.today_ist(begin), "D")
    return zone, since
