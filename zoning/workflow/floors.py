"""Floors of a higher authority: set, ended, and held against what an order would declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from zoning import clock
from zoning.access import Action
from zoning.errors import OrderError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.model import Units, Zone
from zoning.orders.draft import Override
from zoning.places.hierarchy import units_below
from zoning.store import audit
from zoning.store.engine import Store
from zoning.store.floors import Floor, NewFloor, add_floor, read_floors
from zoning.workflow.actor import Who, require
from zoning.workflow.kind_rights import CONTAINMENT
from zoning.workflow.places import units_in_force

__all__ = ["Floor", "NewFloor", "below_floor", "end_floor", "floors_at", "list_floors", "set_floor"]

COLOURS = (Zone.GREEN, Zone.ORANGE, Zone.RED)
"""From mildest to strictest."""


def set_floor(store: Store, new: NewFloor, at: datetime, who: Who) -> int:
    """Write the mildest zone that is allowed in a unit and all below it, and return its number.

    Raises
    ------
    OrderError
        If no unit has this code, the zone is none, a part is empty or the times contradict.
    AccessError
        If it isn't theirs to set.
    """
    with store.transaction() as session:
        by = require(who, Action.SET_FLOOR, None, CONTAINMENT)
        _refuse_odd(session, new, at)
        floor_id = add_floor(session, new, at=at, who=by)
        detail = {"unit": new.unit_id, "zone": new.zone, "reference": new.reference}
        audit.append(session, audit.AuditEntry(at, by, "floor.set", f"floors/{floor_id}", detail))
        return floor_id


def end_floor(
    store: Store, floor_id: int, ends_at: datetime, reference: str, at: datetime, who: Who
) -> None:
    """End a floor from a moment on, now or later.

    Raises
    ------
    OrderError
        If there is no such floor, it has ended by then, the moment has passed, or the number
        under which it ends is empty.
    AccessError
        If it isn't theirs to set.
    """
    with store.transaction() as session:
        by = require(who, Action.SET_FLOOR, None, CONTAINMENT)
        known = {floor.floor_id: floor for floor in read_floors(session, at)}
        if floor_id not in known:
            raise OrderError(
                tr("There is no floor {id}: “zoning drafts floors” lists them.", id=floor_id)
            )
        new = known[floor_id].new
        _refuse_no_zone(ends_at)
        if not reference.strip():
            raise OrderError(tr("Ending a floor needs the number of the letter; give it."))
        if ends_at < at:
            raise OrderError(
                tr(
                    "A floor can't end in the past, on {moment}; give now or later.",
                    moment=forms.moment(ends_at),
                )
            )
        if new.valid_to is not None and new.valid_to <= ends_at:
            raise OrderError(
                tr(
                    "Floor {id} ends on {moment} already.",
                    id=floor_id,
                    moment=forms.moment(new.valid_to),
                )
            )
        end = NewFloor(new.unit_id, new.zone, new.authority, reference.strip(), ends_at)
        add_floor(session, end, at=at, who=by, ends_floor_id=floor_id)
        detail = {"ends_at": ends_at.isoformat(), "reference": reference.strip()}
        audit.append(session, audit.AuditEntry(at, by, "floor.end", f"floors/{floor_id}", detail))


def list_floors(store: Store, at: datetime) -> tuple[Floor, ...]:
    """Return all floors known at a moment, also those that are over or yet to come."""
    with store.reading() as session:
        return read_floors(session, at)


def floors_at(
    session: Session, at: datetime, known_at: datetime | None = None
) -> tuple[Floor, ...]:
    """Return the floors that hold at a moment, as known then or at another one."""
    return tuple(floor for floor in read_floors(session, known_at or at) if floor.holds(at))


def below_floor(
    floors: Sequence[Floor],
    edition: Units,
    decided: Mapping[str, str],
    overrides: Mapping[str, Override],
    at: datetime,
) -> Iterator[str]:
    """Yield a sentence for each unit that would be milder than a floor without a concurrence.

    Parameters
    ----------
    floors : sequence of Floor
        Those that hold when the order takes effect.
    edition : Units
        Units of all levels.
    decided : Mapping of str to str
        Zone by unit.
    overrides : Mapping of str to Override
        By unit.
    at : datetime
        The present: a concurrence is dated on a day from the floor's first to today.
    """
    today = clock.today_ist(at)
    for floor in floors:
        below = units_below(floor.new.unit_id, edition)
        for unit, zone in decided.items():
            if unit not in below or not _is_milder(zone, floor.new.zone):
                continue
            override = overrides.get(unit)
            day = None if override is None else override.concurred_on
            if day is not None and clock.today_ist(floor.new.valid_from) <= day <= today:
                continue
            yield tr(
                "{unit} would be {zone}, milder than {floor}, the floor that {authority} set "
                "({reference}); record the number and day of its concurrence with an override, "
                "dated from {first} to today.",
                unit=unit,
                zone=zone,
                floor=floor.new.zone,
                authority=floor.new.authority,
                reference=floor.new.reference,
                first=forms.day(clock.today_ist(floor.new.valid_from)),
            )


def _is_milder(zone: str, floor: str) -> bool:
    known = [colour.value for colour in COLOURS]
    # A level that is no colour can't be held against one: it isn't taken for strict enough.
    return zone not in known or known.index(zone) < known.index(floor)


def _refuse_odd(session: Session, new: NewFloor, at: datetime) -> None:
    known = [colour.value for colour in COLOURS]
    if new.zone not in known:
        raise OrderError(
            tr("{zone} is no zone; choose one of {known}.", zone=new.zone, known=", ".join(known))
        )
    if not new.authority.strip() or not new.reference.strip():
        raise OrderError(tr("A floor needs who set it and under which number; give both."))
    for moment in (new.valid_from, new.valid_to):
        _refuse_no_zone(moment)
    if new.valid_to is not None and new.valid_to <= new.valid_from:
        raise OrderError(tr("The floor would end before it begins; give a later end."))
    present = units_in_force(session, at)
    if present is None or not units_below(new.unit_id, present[1]):
        raise OrderError(tr("No unit has the code {unit}; look it up first.", unit=new.unit_id))


def _refuse_no_zone(moment: datetime | None) -> None:
    if moment is not None and moment.tzinfo is None:
        raise OrderError(
            tr(
                "The time {at} is told without its zone; give the offset, such as +05:30.",
                at=moment.isoformat(),
            )
        )
