"""How many units were red, orange, green and booths A, B, C by order, day by day, with breaks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from sqlalchemy.orm import Session

from zoning import clock
from zoning.access import Action, seen_units
from zoning.model import Category, Days, Floats, Ints
from zoning.orders.series_breaks import Basis, SeriesBreak, series_breaks
from zoning.rules.rulebook import Rule, load_rule, rule_ids
from zoning.store.boundaries import read_units
from zoning.store.delineations import get_delineation
from zoning.store.editions import get_edition
from zoning.store.engine import Store
from zoning.store.orders import OrderRecord, list_orders
from zoning.store.results import get_run, load_run
from zoning.workflow.actor import Who, require_somewhere, standing_of
from zoning.workflow.in_force_then import InForce, in_force_at
from zoning.workflow.places import judged_units


@dataclass(frozen=True, eq=False)
class Trend:
    """Counts of what was in force at the end of each day, d days.

    Attributes
    ----------
    day : Days
        The days, without a gap, shape (d,).
    units : mapping of str to Ints
        Units in force by zone, shape (d,) each.
    booths : mapping of str to Ints
        Booths in force by category, shape (d,) each.
    active : Floats
        Active cases that the order on zones knew of, in the units that are seen, shape (d,); NaN
        where no rule was behind it.
    breaks : tuple of SeriesBreak
        Where the counts rest on something else than before.
    is_part : bool
        Whether active cases are of an area alone.
    """

    day: Days
    units: Mapping[str, Ints]
    booths: Mapping[str, Ints]
    active: Floats
    breaks: tuple[SeriesBreak, ...]
    is_part: bool

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True)
class _Counted:
    units: Mapping[str, int]
    booths: Mapping[str, int]
    active: float
    basis: Basis | None


def trend(store: Store, until: datetime, who: Who) -> Trend:
    """Return the counts of each day from the first order on.

    What is in force changes with orders alone, so it is counted once an order, not once a day.

    Parameters
    ----------
    store : Store
        The database.
    until : datetime
        The last moment; the day it lies in is counted as it was then.
    who : str or Actor
        Sees all counts of orders, and active cases of the own area.

    Raises
    ------
    AccessError
        If figures aren't for this person.
    """
    require_somewhere(who, Action.SEE_FIGURES)
    seen = seen_units(standing_of(who))
    with store.reading() as session:
        moments = _moments(list_orders(session), until)
        counted = _counts(session, moments, seen)
    if not moments:
        nothing = np.empty(0, dtype="datetime64[D]")
        return Trend(nothing, {}, {}, np.empty(0), (), seen is not None)
    first, last = clock.today_ist(moments[0]), clock.today_ist(until)
    day = np.arange(np.datetime64(first, "D"), np.datetime64(last, "D") + 1)
    ends = [_end_of(d) for d in day.tolist()]
    # The last moment up to the end of each day.
    at = np.searchsorted(np.array([m.timestamp() for m in moments]), [e.timestamp() for e in ends])
    of_day = [counted[max(int(place) - 1, 0)] for place in at]
    return Trend(
        day=day,
        units=_columns([c.units for c in of_day]),
        booths=_columns([c.booths for c in of_day]),
        active=np.array([c.active for c in of_day]),
        breaks=series_breaks(c.basis for c in counted if c.basis is not None),
        is_part=seen is not None,
    )


def trend_rows(found: Trend) -> list[dict[str, str | int | float | None]]:
    """Return one row a day, for a file; keys stay as they are."""
    return [
        {
            "day": str(day),
            **{f"units_{zone}": int(n[at]) for zone, n in found.units.items()},
            **{f"booths_{category.lower()}": int(n[at]) for category, n in found.booths.items()},
            "active": None if np.isnan(found.active[at]) else int(found.active[at]),
            "break": any(np.datetime64(clock.today_ist(b.at)) == day for b in found.breaks),
        }
        for at, day in enumerate(found.day)
    ]


def _moments(orders: tuple[OrderRecord, ...], until: datetime) -> list[datetime]:
    found: set[datetime] = set()
    for record in orders:
        order = record.order
        begins = max(record.published_at, order.effective_at)
        found |= {m for m in (begins, order.expires_at, record.ended_at) if m is not None}
    return sorted(moment for moment in found if moment <= until)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), clock.IST)


def _counts(
    session: Session, moments: list[datetime], seen: frozenset[str] | None
) -> list[_Counted]:
    people: dict[int, str] = {}
    active: dict[int, float] = {}
    found = []
    for at in moments:
        state = in_force_at(session, at)
        zones, booths = (
            np.unique(column.astype(str), return_counts=True)
            for column in (state.zones.zone, state.booths.booths.category)
        )
        latest = _latest(state.zones.orders)
        run_id = None if latest is None else latest.run_id
        if run_id is not None and run_id not in active:
            active[run_id] = _active(session, run_id, seen)
        found.append(
            _Counted(
                dict(zip(zones[0].tolist(), zones[1].tolist(), strict=True)),
                {c: int(n) for c, n in zip(*booths, strict=True) if c in set(Category)},
                float("nan") if run_id is None else active[run_id],
                _basis(session, state, at, people),
            )
        )
    return found


def _latest(orders: Mapping[str, OrderRecord]) -> OrderRecord | None:
    return max(orders.values(), key=lambda r: (r.order.effective_at, r.order_id), default=None)


def _active(session: Session, run_id: int, seen: frozenset[str] | None) -> float:
    result = load_run(session, run_id)
    is_seen = [seen is None or str(unit) in seen for unit in result.unit_id]
    return float(result.active[np.array(is_seen, dtype=bool)].sum())


def _basis(session: Session, state: InForce, at: datetime, people: dict[int, str]) -> Basis | None:
    """Return on what the counts of a moment rest; None where nothing is in force."""
    latest = _latest(state.zones.orders) or _latest(state.booths.orders)
    if latest is None:
        return None
    if latest.edition_id not in people:
        people[latest.edition_id] = _people(session, latest.edition_id)
    dividing = [r for r in state.booths.orders.values() if r.delineation_id is not None]
    divided = max(dividing, key=lambda r: (r.order.effective_at, r.order_id), default=None)
    how = None
    if divided is not None and divided.delineation_id is not None:
        how = get_delineation(session, divided.delineation_id).new
    booths = None if how is None else how.booth_edition_id
    return Basis(
        at=at,
        number=latest.order.number,
        rule=_rule(session, latest.run_id),
        policy_id="" if how is None else how.policy_id,
        buffer_m=None if how is None else how.buffer_m,
        edition_id=latest.edition_id,
        booth_edition_id=booths,
        edition=get_edition(session, latest.edition_id).file_name,
        booth_edition="" if booths is None else get_edition(session, booths).file_name,
        population_key=people[latest.edition_id],
    )


def _rule(session: Session, run_id: int | None) -> Rule | None:
    if run_id is None:
        return None
    rule_id = get_run(session, run_id).rule_id
    return load_rule(rule_id) if rule_id in rule_ids() else None


def _people(session: Session, edition_id: int) -> str:
    units = judged_units(read_units(session, edition_id))
    told = zip(units.unit_id.tolist(), units.population.tolist(), strict=True)
    return hashlib.sha256(repr(sorted(told, key=lambda row: str(row[0]))).encode()).hexdigest()


def _columns(counts: list[Mapping[str, int]]) -> dict[str, Ints]:
    keys = sorted({key for count in counts for key in count})
    return {key: np.array([c.get(key, 0) for c in counts], dtype=np.int64) for key in keys}
