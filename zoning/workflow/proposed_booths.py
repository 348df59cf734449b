"""What the zones of a proposal divide into, and what that costs, beside what is in force."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy.orm import Session

from zoning.judgement.policy import Policy
from zoning.model import Bools, Category, Floats, Texts
from zoning.workflow.containment import Delineated, as_date, delineate_on
from zoning.workflow.containment_desk import Thought, WhatIf, zone_ids_thought
from zoning.workflow.decided_booths import DecidedBooths
from zoning.workflow.divided import Divided, in_force
from zoning.workflow.facts import PlacedCases
from zoning.workflow.present import Present
from zoning.workflow.weighing import draw_zones


@dataclass(frozen=True, eq=False)
class BoothChanges:
    """Booths that have or get a category, arrays of shape (n,).

    Attributes
    ----------
    booth_id, name, unit_id : Texts
        The booth, and the unit it lies in.
    in_force, proposed : Texts
        Category; empty for none.
    zone_id, zone_proposed : Texts
        Containment zone; empty for none, `new-1` ... for one that isn't in force yet.
    is_held : Bools
        A by an order in force and by nothing else: only a release takes it out.
    population : Floats
        NaN where unknown.
    """

    booth_id: Texts
    name: Texts
    unit_id: Texts
    in_force: Texts
    proposed: Texts
    zone_id: Texts
    zone_proposed: Texts
    is_held: Bools
    population: Floats

    def __len__(self) -> int:
        return len(self.booth_id)

    @property
    def is_change(self) -> Bools:
        """Return which booths are to get another category than they have."""
        return np.asarray(self.in_force != self.proposed)


@dataclass(frozen=True, eq=False)
class Drawing:
    """How the zones of a proposal are divided: ground and cases, policy, buffer, day."""

    now: Present
    placed: PlacedCases
    policy: Policy
    buffer_m: float
    on: np.datetime64

    def draw(self, zones: Texts) -> Delineated:
        """Return the categories for the zone of each unit; booths in A by order stay in A."""
        now = self.now
        return delineate_on(
            now.ground,
            zones,
            self.placed,
            self.policy,
            self.buffer_m,
            self.on,
            now.standing.affected(),
            is_trial=self.buffer_m != now.buffer_m,
        )


def booth_changes(
    session: Session,
    drawing: Drawing,
    zones: Texts,
    self_delineating: AbstractSet[str],
    seen: AbstractSet[str] | None,
) -> tuple[BoothChanges, Thought]:
    """Return what becomes of each booth, and what all of it costs beside what is in force.

    Parameters
    ----------
    session : Session
        An open transaction.
    drawing : Drawing
        How.
    zones : Texts
        Zone that each unit is to have, shape (n_units,).
    self_delineating : set of str
        Codes of the corporations whose Commissioner delineates.
    seen : set of str or None
        Units whose figures may be seen; None for all of them. What lies beyond counts as the
        buffer of what is seen, or not at all.
    """
    drawn = drawing.draw(zones)
    after = Divided(
        drawing.policy,
        drawing.buffer_m,
        drawn.result.category,
        drawn.result.watch,
        drawn.result.needs_survey,
        drawn.label,
        zone_ids_thought(drawing.now, drawn.label, as_date(drawing.on)),
        drawn.counts,
    )
    return _weighed(
        session, drawing.now, after, drawn.result.is_held, zones, self_delineating, seen
    )


def decided_changes(
    session: Session,
    decided: DecidedBooths,
    self_delineating: AbstractSet[str],
    seen: AbstractSet[str] | None,
) -> tuple[BoothChanges, Thought]:
    """Return what becomes of each booth by a draft on categories, and what it costs.

    Parameters
    ----------
    session : Session
        An open transaction.
    decided : DecidedBooths
        What the draft decides.
    self_delineating, seen : set of str or None
        As for `booth_changes`.
    """
    now = decided.now
    before = in_force(now)
    zone_id, nth = np.unique(decided.zone_id.astype(str), return_inverse=True)
    none = int("" in zone_id[:1])
    after = replace(
        before,
        category=decided.category,
        label=(nth - none).astype(np.int32),
        zone_id=zone_id[none:].astype(object),
    )
    own = decided.own_units
    if own is not None:
        seen = own if seen is None else own & seen
    is_held = np.zeros(len(now.ground), dtype=bool)
    return _weighed(session, now, after, is_held, now.zone, self_delineating, seen)


def _weighed(
    session: Session,
    now: Present,
    after: Divided,
    is_held: Bools,
    zones: Texts,
    self_delineating: AbstractSet[str],
    seen: AbstractSet[str] | None,
) -> tuple[BoothChanges, Thought]:
    table, before = now.ground.table, in_force(now)
    is_seen = _seen(table.unit_id, seen)
    unit_seen = _seen(now.units.unit_id, seen)
    has_category = is_seen & ((now.category != "") | (after.category != ""))
    of_booth = np.append(after.zone_id, "")[after.label].astype(object)
    booths = BoothChanges(
        booth_id=table.booth_id[has_category],
        name=table.name[has_category],
        unit_id=table.unit_id[has_category],
        in_force=now.category[has_category],
        proposed=after.category[has_category],
        zone_id=now.zone_id[has_category],
        zone_proposed=of_booth[has_category],
        is_held=is_held[has_category],
        population=table.population[has_category],
    )
    if seen is not None:
        before = _cut(before, now, is_seen, unit_seen)
        after = _cut(after, now, is_seen, unit_seen)
    thought = Thought(
        asked=WhatIf(policy_id=after.policy.id, buffer_m=after.buffer_m),
        policy=after.policy,
        buffer_m=after.buffer_m,
        zone=zones[unit_seen],
        zone_in_force=now.zone[unit_seen],
        present=draw_zones(session, now, before, self_delineating),
        thought=draw_zones(session, now, after, self_delineating),
    )
    return booths, thought


def _seen(unit_id: Texts, seen: AbstractSet[str] | None) -> Bools:
    if seen is None:
        return np.ones(len(unit_id), dtype=bool)
    return np.isin(unit_id.astype(str), sorted(seen))


def _cut(divided: Divided, now: Present, is_seen: Bools, unit_seen: Bools) -> Divided:
    """Return the zones in some units, with the buffer around them wherever it lies."""
    inside = (divided.label >= 0) & is_seen
    kept, nth = np.unique(divided.label[inside], return_inverse=True)
    label = np.full(len(divided.label), -1, dtype=np.int32)
    label[inside] = nth
    reach_m = divided.policy.reach(divided.buffer_m)
    is_kept = divided.buffer_m == now.buffer_m
    around = now.ground.reached_from(label >= 0, reach_m, is_kept=is_kept)
    is_buffer = around & (divided.category == Category.BUFFER.value)
    counts = replace(
        divided.counts,
        active=np.where(is_seen, divided.counts.active, 0),
        affecting=np.where(is_seen, divided.counts.affecting, 0),
        unplaced=np.where(unit_seen, divided.counts.unplaced, 0),
        affecting_by_unit=np.where(unit_seen, divided.counts.affecting_by_unit, 0),
    )
    return replace(
        divided,
        category=np.where(is_seen | is_buffer, divided.category, "").astype(object),
        watch=divided.watch & is_seen,
        label=label,
        zone_id=divided.zone_id[kept],
        counts=counts,
    )
