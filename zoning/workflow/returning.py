"""The state return of a day: by district what is in force, from orders and cases as known then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy.orm import Session

from zoning import clock
from zoning.access import Action
from zoning.clock import IST
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Category, Floats, Indices, Level, Units
from zoning.orders.offices import letter_head
from zoning.places.hierarchy import units_above
from zoning.rules.rulebook import ZoneLevel, load_rule
from zoning.settings import Settings
from zoning.store.engine import Store
from zoning.store.orders import zones_in_force
from zoning.store.results import get_run
from zoning.surveillance.active import active_cases
from zoning.workflow.actor import Who, require
from zoning.workflow.booth_counts import booth_cube
from zoning.workflow.divided import in_force
from zoning.workflow.ground import GroundShelf
from zoning.workflow.present import Present, present
from zoning.writers.papers.words import LANGUAGES

if TYPE_CHECKING:
    from zoning.writers.papers.state_return import DistrictLine, StateReturn
    from zoning.writers.papers.written import Written


def write_return(
    store: Store,
    settings: Settings,
    shelf: GroundShelf,
    on: date,
    out: Path,
    at: datetime,
    who: Who,
    languages: Sequence[str] = LANGUAGES,
) -> Written:
    """Write the state return of a day, on one page; of today as it stands now.

    Raises
    ------
    InputError
        If the day is to come, or there are no boundaries.
    AccessError
        If the figures of the whole state aren't theirs to see.
    """
    from zoning.writers.papers.written import write_state_return

    require(who, Action.SEE_FIGURES)
    with store.reading() as session:
        told = state_return(session, settings, shelf, moment_of(on, at))
    return write_state_return(told, out, languages)


def moment_of(on: date, at: datetime) -> datetime:
    """Return the last moment of a day in India, or the present if that day still lasts.

    Raises
    ------
    InputError
        If the day is to come.
    """
    if on > clock.today_ist(at):
        raise InputError(
            tr("The return of {day} can't be made yet: the day is to come.", day=on.isoformat())
        )
    end = datetime.combine(on, time(), IST) + timedelta(days=1, seconds=-1)
    return min(end, at)


def state_return(
    session: Session, settings: Settings, shelf: GroundShelf, at: datetime
) -> StateReturn:
    """Return what is in force by district at a moment, as known then."""
    from zoning.writers.papers.state_return import StateReturn

    now = present(session, shelf, at)
    is_state = now.everything.level == Level.STATE.value
    state = ", ".join(sorted(now.everything.name[is_state].tolist()))
    authority = settings.site_authority.strip() or "\n".join(letter_head("state_health", "", state))
    return StateReturn(
        state=state or tr("the state"),
        authority=authority,
        as_of=at,
        lines=_lines(now),
        levels=_levels(session, settings, at),
    )


def _lines(now: Present) -> tuple[DistrictLine, ...]:
    from zoning.writers.papers.state_return import DistrictLine

    district, of_unit = _districts(now.everything, now.units)
    divided, table = in_force(now), now.ground.table
    is_a = divided.category == Category.AFFECTED.value
    # A booth that lies in no unit is counted nowhere: its unit is -1, a place beyond the last.
    of_booth = np.append(of_unit, -1)[table.unit_index]
    zones = Counter(_homes(divided.label, of_booth))
    active = _active_by_district(now, of_unit, of_booth, len(district))
    captured = np.bincount(
        of_booth[is_a & (of_booth >= 0)],
        weights=divided.counts.active[is_a & (of_booth >= 0)],
        minlength=len(district),
    )
    is_told = np.zeros(len(district), dtype=bool)
    is_told[of_unit[~np.isnat(now.reported_through)]] = True
    lines = []
    for i, name in enumerate(district):
        people = table.population[is_a & (of_booth == i)]
        lines.append(
            DistrictLine(
                district=name,
                units=Counter(now.zone[of_unit == i].tolist()),
                n_containment_zones=zones[i],
                population=int(people.sum()) if np.isfinite(people).all() else None,
                n_active=int(active[i]) if is_told[i] else None,
                n_captured=int(captured[i]) if is_told[i] else None,
            )
        )
    return tuple(lines)


def _districts(everything: Units, units: Units) -> tuple[list[str], Indices]:
    """Return the districts by name, and the number of the one that each judged unit lies in.

    Where an edition has none, what stands above all units takes their place.
    """
    is_district = everything.level == Level.DISTRICT.value
    known = set(everything.unit_id[is_district].tolist())
    above = dict(zip(everything.unit_id.tolist(), everything.parent_id.tolist(), strict=True))
    name = dict(zip(everything.unit_id.tolist(), everything.name.tolist(), strict=True))
    home: list[str] = []
    for unit in units.unit_id.tolist():
        chain = units_above([unit], everything)
        tops = chain & known or {code for code in chain if not above.get(code)}
        found = min(tops)
        home.append("" if found == unit and not known else found)
    codes = sorted(set(home), key=lambda code: (name.get(code, code), code))
    at = {code: n for n, code in enumerate(codes)}
    return (
        [name.get(code) or code or tr("no district told") for code in codes],
        np.array([at[code] for code in home], dtype=np.int32),
    )


def _homes(label: Indices, of_booth: Indices) -> list[int]:
    """Return the district in which most of each zone lies: every zone is counted once."""
    homes = []
    for zone in range(int(label.max(initial=-1)) + 1):
        own = of_booth[(label == zone) & (of_booth >= 0)]
        if len(own):
            homes.append(int(np.bincount(own).argmax()))
    return homes


def _active_by_district(now: Present, of_unit: Indices, of_booth: Indices, n: int) -> Floats:
    policy = now.governing
    on = np.datetime64(now.on, "D")
    cube = booth_cube(now.placed, now.ground, len(now.units), on, policy.history_days)
    active = active_cases(cube, policy.active)
    district = np.concatenate([of_booth, of_unit])
    is_there = district >= 0
    weights = active[is_there].astype(np.float64)
    total: Floats = np.bincount(district[is_there], weights, minlength=n).astype(np.float64)
    return total


def _levels(session: Session, settings: Settings, at: datetime) -> tuple[ZoneLevel, ...]:
    """Return the levels of the rules behind the orders in force, most severe first."""
    runs = [r.run_id for r in zones_in_force(session, at).orders.values() if r.run_id is not None]
    rules = [get_run(session, run).rule_id for run in runs] or [settings.default_rule]
    levels: dict[str, ZoneLevel] = {}
    for rule_id in dict.fromkeys(rules):
        for level in reversed(load_rule(rule_id).zones):
            levels.setdefault(level.key, level)
    return tuple(levels.values())
