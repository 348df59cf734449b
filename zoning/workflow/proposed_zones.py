"""What a run changes in each unit against what is in force, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.judgement.changes import CHANGING, NO_ZONE, JudgedDays, changes, zones_to_order
from zoning.judgement.changes_words import change_sentences
from zoning.judgement.relaxing import relaxing_rule
from zoning.model import Bools, Classification, Days, Ints, Parameter, Texts, Units, Zone
from zoning.orders.draft import Override
from zoning.places.hierarchy import units_below
from zoning.places.placing import index_of
from zoning.rules.rulebook import Rule, load_rule
from zoning.store.boundaries import read_units
from zoning.store.editions import edition_in_force
from zoning.store.orders import zones_in_force
from zoning.store.results import RunRecord, get_run, load_run
from zoning.workflow.floors import COLOURS, floors_at
from zoning.workflow.judged_days import as_proposed, judged_days
from zoning.workflow.places import judged_units
from zoning.workflow.since import zones_since


@dataclass(frozen=True, eq=False)
class UnitChanges:
    """What becomes of each unit, arrays of shape (n,) in the order of the units judged.

    Attributes
    ----------
    unit_id, name : Texts
        The unit.
    in_force, number, since
        Zone in force (`unclassified` where no order says one), by which order, since which day.
    today, zone_worst : Texts
        What the rule says of the day judged.
    proposed : Texts
        Zone that it is to have; what is in force where nothing is to change.
    kind, reason, sentence : Texts
        `ChangeKind` and `ChangeReason` values of `judgement.changes`, and why in words.
    explanation : Texts
        Why the rule says `today`.
    floor, floor_by : Texts
        Mildest zone that a higher authority allows, and which; empty for none.
    days_milder : Ints
        Complete days in a row that were milder than what is in force.
    earliest_on : Days
        First day judged on which it could be relaxed; NaT where no day can be named.
    active, active_before, new_cases, new_before : Ints
        Active, and new in the growth window, on the day judged and on the day before.
    confirmed : Ints
        To date; -1 where no cases were supplied.
    parameters : dict of str to Parameter
        As judged.
    flags : tuple of tuple of str
        As in `Classification`.
    """

    unit_id: Texts
    name: Texts
    in_force: Texts
    number: Texts
    since: Days
    today: Texts
    zone_worst: Texts
    proposed: Texts
    kind: Texts
    reason: Texts
    sentence: Texts
    explanation: Texts
    floor: Texts
    floor_by: Texts
    days_milder: Ints
    earliest_on: Days
    active: Ints
    active_before: Ints
    new_cases: Ints
    new_before: Ints
    confirmed: Ints
    parameters: dict[str, Parameter]
    flags: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.unit_id)

    @property
    def is_change(self) -> Bools:
        """Return which units are to get another zone than they have, shape (n,)."""
        return np.isin(self.kind.astype(str), [kind.value for kind in CHANGING])

    def to_order(self, overrides: Sequence[Override] = ()) -> Texts:
        """Return the zone of each unit that an order is to declare; see `zones_to_order`."""
        decided = {override.area_id: override.decided for override in overrides}
        return zones_to_order(self.unit_id, self.in_force, self.proposed, self.kind, decided)

    def take(self, chosen: Bools) -> UnitChanges:
        """Return some of the units."""
        columns = {
            field.name: value[chosen]
            for field in fields(self)
            if isinstance(value := getattr(self, field.name), np.ndarray)
        }
        parameters = {
            name: Parameter(**{f.name: getattr(p, f.name)[chosen] for f in fields(p)})
            for name, p in self.parameters.items()
        }
        flags = tuple(self.flags[at] for at in np.flatnonzero(chosen))
        return UnitChanges(**columns, parameters=parameters, flags=flags)


@dataclass(frozen=True, eq=False)
class Basis:
    """What a proposal rests on: units of all levels, rule, result, and what was known when.

    `run` is None for what is only thought of.
    """

    everything: Units
    edition_id: int
    rule: Rule
    result: Classification
    known_at: datetime
    run: RunRecord | None = None


def basis_of_run(session: Session, run_id: int, at: datetime) -> Basis:
    """Return what a stored run rests on.

    Raises
    ------
    StoreError
        If there is no such run.
    InputError
        If it judged other boundaries than those in force at a moment.
    """
    run = get_run(session, run_id)
    edition = edition_in_force(session, at)
    if edition is None or edition.edition_id != run.edition_id:
        raise InputError(
            tr(
                "Run {id} judged boundaries that aren't in force any more: propose again.",
                id=run_id,
            )
        )
    return Basis(
        read_units(session, run.edition_id),
        run.edition_id,
        load_rule(run.rule_id),
        load_run(session, run_id),
        run.known_at,
        run,
    )


def unit_changes(session: Session, basis: Basis, at: datetime) -> UnitChanges:
    """Return what a run changes in each unit against what is in force at a moment.

    Parameters
    ----------
    session : Session
        An open transaction.
    basis : Basis
        The run, and what it rests on.
    at : datetime
        The moment of what is in force and of the floors.
    """
    result, rule = basis.result, relaxing_rule()
    units = judged_units(basis.everything)
    standing = zones_in_force(session, at)
    in_force, since = zones_since(session, standing, units, at)
    number = np.append(standing.number, "")[index_of(units.unit_id, standing.unit_id)]
    floor, floor_by = _floors(session, basis.everything, units, at)
    days = judged_days(
        session, basis.everything, basis.rule, result.on, rule.days_looked_at, basis.known_at
    )
    days = as_proposed(days, result.zone, result.zone_worst)
    levels = tuple(level.key for level in basis.rule.zones)
    found = changes(in_force, floor, days, levels, rule)
    return UnitChanges(
        unit_id=units.unit_id,
        name=units.name,
        in_force=in_force,
        number=number,
        since=since,
        today=result.zone,
        zone_worst=result.zone_worst,
        proposed=found.proposed,
        kind=found.kind,
        reason=found.reason,
        sentence=change_sentences(found, days, in_force, floor, rule),
        explanation=result.explanation,
        floor=floor,
        floor_by=floor_by,
        days_milder=found.days_milder,
        earliest_on=found.earliest_on,
        active=result.active,
        active_before=found.active_before,
        new_cases=_last(days),
        new_before=found.new_before,
        confirmed=result.confirmed_total,
        parameters=result.parameters,
        flags=result.flags,
    )


def zones_to_have(session: Session, run_id: int, at: datetime) -> tuple[Texts, Texts] | None:
    """Return the units of a run and the zones they are to have; None where the run alone counts.

    It does where nothing is in force and no floor is set. A unit of which nothing is known is left
    out: that changes nothing in force.

    Raises
    ------
    StoreError
        If there is no such run.
    InputError
        If it judged other boundaries than those in force at a moment.
    """
    if not len(zones_in_force(session, at)) and not floors_at(session, at):
        return None
    found = unit_changes(session, basis_of_run(session, run_id, at), at)
    zones = found.to_order()
    is_told = zones != NO_ZONE
    return found.unit_id[is_told], zones[is_told]


def zones_to_draw(session: Session, run_id: int, units: Units, zone: Texts, at: datetime) -> Texts:
    """Return the zones by which a run is divided: those that its order would put in force.

    A unit that the run leaves unclassified stays so, to be drawn as one of which nothing is
    known, unless it is to be of the strictest zone.

    Parameters
    ----------
    session : Session
        An open transaction.
    run_id : int
        The run.
    units : Units
        Those judged, n.
    zone : Texts
        What the run says, shape (n,).
    at : datetime
        The moment of what is in force.
    """
    decided = zones_to_have(session, run_id, at)
    if decided is None:
        return zone
    to_have = np.append(decided[1], NO_ZONE)[index_of(units.unit_id, decided[0])]
    is_unknown = (zone == Zone.UNCLASSIFIED.value) & (to_have != Zone.RED.value)
    drawn: Texts = np.where(is_unknown | (to_have == NO_ZONE), zone, to_have).astype(object)
    return drawn


def _last(days: JudgedDays) -> Ints:
    last: Ints = days.new_cases[-1]
    return last


def _floors(session: Session, everything: Units, units: Units, at: datetime) -> tuple[Texts, Texts]:
    """Return the strictest floor of each unit and who set it, shape (n,); empty for none."""
    floor: Texts = np.full(len(units), "", dtype=object)
    by: Texts = floor.copy()
    strictness = ["", *(colour.value for colour in COLOURS)]
    for one in floors_at(session, at):
        is_below = np.isin(
            units.unit_id.astype(str), sorted(units_below(one.new.unit_id, everything))
        )
        rank = np.array([strictness.index(known) for known in floor.tolist()], dtype=np.int64)
        is_stricter = is_below & (rank < strictness.index(one.new.zone))
        floor[is_stricter] = one.new.zone
        by[is_stricter] = f"{one.new.authority}, {one.new.reference}"
    return floor, by
