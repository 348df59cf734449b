"""A what-if beside what is in force, figure by figure, and what would become of the zones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from zoning.i18n.catalogue import tr
from zoning.judgement.policy import M_PER_KM
from zoning.judgement.zone_events import EventKind, ZoneEvent, zone_events
from zoning.model import Category, Zone
from zoning.workflow.containment_desk import Thought
from zoning.workflow.weighing import DrawnZones
from zoning.workflow.zone_words import PERCENT


class Group(StrEnum):
    """What a figure is about."""

    ZONES = "zones"
    PEOPLE = "people"
    WORK = "work"
    CASES = "cases"
    UNITS = "units"


@dataclass(frozen=True)
class Compared:
    """One figure on both sides.

    Attributes
    ----------
    group : Group
        What it is about.
    words : str
        What is counted, with its unit.
    before, after : float
        In force and thought of; NaN where unknown, infinite where nothing divides.
    is_at_least : tuple of bool
        Whether the figure is a lower bound, as some people are unknown: before, after.
    decimals : int
        Shown.
    """

    group: Group
    words: str
    before: float
    after: float
    is_at_least: tuple[bool, bool] = (False, False)
    decimals: int = 0

    @property
    def change(self) -> float:
        """Return the difference; NaN where a side is unknown or unlimited."""
        if not np.isfinite(self.before) or not np.isfinite(self.after):
            return float("nan")
        return self.after - self.before


def compared(thought: Thought) -> tuple[Compared, ...]:
    """Return the figures of a what-if beside those in force."""
    one, other = thought.present, thought.thought
    return (
        *_booths(one, other),
        *_people(one, other),
        *_work(one, other),
        *_cases(one, other),
        *_units(thought),
    )


def _booths(one: DrawnZones, other: DrawnZones) -> Iterator[Compared]:
    yield Compared(Group.ZONES, tr("Containment zones"), len(one), len(other))
    for words, category in (
        (tr("Booths A, affected"), Category.AFFECTED),
        (tr("Booths B, buffer"), Category.BUFFER),
        (tr("Booths C, clean"), Category.CLEAN),
    ):
        counts = [float(np.sum(z.divided.category == category.value)) for z in (one, other)]
        yield Compared(Group.ZONES, words, counts[0], counts[1])
    watched = [float(z.divided.watch.sum()) for z in (one, other)]
    yield Compared(Group.ZONES, tr("Booths to watch in green units"), watched[0], watched[1])


def _people(one: DrawnZones, other: DrawnZones) -> Iterator[Compared]:
    for words, people, unknown in (
        (tr("People in A"), "population_a", "n_unknown_a"),
        (tr("People in B"), "population_b", "n_unknown_b"),
    ):
        yield Compared(
            Group.PEOPLE,
            words,
            _total(one, people),
            _total(other, people),
            (_total(one, unknown) > 0, _total(other, unknown) > 0),
        )
    houses = [_total(z, "households_a") for z in (one, other)]
    yield Compared(Group.PEOPLE, tr("Houses in A"), houses[0], houses[1], _gaps(one, other))


def _work(one: DrawnZones, other: DrawnZones) -> Iterator[Compared]:
    for houses in one.weighed.total.workers:
        workers = [float(z.weighed.total.workers[houses][0]) for z in (one, other)]
        yield Compared(
            Group.WORK,
            tr("Workers at {houses} houses each", houses=houses),
            workers[0],
            workers[1],
            _gaps(one, other),
        )
    lines = [float(np.nansum(z.perimeter_m)) / M_PER_KM for z in (one, other)]
    yield Compared(Group.WORK, tr("Line to be guarded, km"), lines[0], lines[1], decimals=1)
    inside = [_total(z, "hospitals_a") + _total(z, "hospitals_b") for z in (one, other)]
    yield Compared(Group.WORK, tr("Hospitals inside"), inside[0], inside[1])
    consents = [float(sum(c.is_needed for c in z.consents)) for z in (one, other)]
    yield Compared(Group.WORK, tr("Consents needed"), consents[0], consents[1])


def _cases(one: DrawnZones, other: DrawnZones) -> Iterator[Compared]:
    cases = (_total(one, "cases"), _total(other, "cases"))
    yield Compared(Group.CASES, tr("Cases captured"), *cases)
    shares = [_total(z, "share_of_cases") * PERCENT for z in (one, other)]
    yield Compared(Group.CASES, tr("Share of all cases, %"), shares[0], shares[1], decimals=1)
    per_case = (_total(one, "people_per_case"), _total(other, "people_per_case"))
    yield Compared(Group.CASES, tr("People in A and B for each case"), *per_case)


def _units(thought: Thought) -> Iterator[Compared]:
    for words, zone in (
        (tr("Units red"), Zone.RED),
        (tr("Units orange"), Zone.ORANGE),
        (tr("Units green"), Zone.GREEN),
        (tr("Units not classified"), Zone.UNCLASSIFIED),
    ):
        counts = [float(np.sum(z == zone.value)) for z in (thought.zone_in_force, thought.zone)]
        yield Compared(Group.UNITS, words, counts[0], counts[1])


def _total(zones: DrawnZones, name: str) -> float:
    return float(getattr(zones.weighed.total, name)[0])


def _gaps(one: DrawnZones, other: DrawnZones) -> tuple[bool, bool]:
    return _total(one, "n_unknown_a") > 0, _total(other, "n_unknown_a") > 0


def zone_changes(thought: Thought) -> tuple[ZoneEvent, ...]:
    """Return what would become of each containment zone, those that stay as they are left out."""
    booth_id = thought.present.ground.table.booth_id
    events = zone_events(
        _members(thought.present), _members(thought.thought), frozenset(booth_id.tolist())
    )
    return tuple(event for event in events if event.kind is not EventKind.UNCHANGED)


def _members(zones: DrawnZones) -> dict[str, set[str]]:
    members: dict[str, set[str]] = {zone: set() for zone in zones.divided.zone_id}
    inside = np.flatnonzero(zones.divided.label >= 0)
    for zone, booth in zip(
        zones.divided.zone_id[zones.divided.label[inside]],
        zones.ground.table.booth_id[inside],
        strict=True,
    ):
        members[zone].add(booth)
    return members
