"""What is in force on the ground at a moment, with the cases as known: where containment begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

import numpy as np
from sqlalchemy.orm import Session

from zoning import clock
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.judgement.policy import DEFAULT, Policy, load_policy
from zoning.model import Bools, Days, Indices, Texts, Units, Zone
from zoning.places.placing import index_of
from zoning.store.delineations import BoothCategories, get_delineation, load_delineation
from zoning.store.editions import Edition
from zoning.store.order_booths import CategoriesInForce, categories_in_force
from zoning.store.orders import zones_in_force
from zoning.workflow.containment import ground_in_force
from zoning.workflow.facts import PlacedCases, placed_cases, reported_through
from zoning.workflow.ground import Ground, GroundShelf
from zoning.workflow.places import judged_units, units_in_force


@dataclass(frozen=True, eq=False)
class Present:
    """What is in force at a moment, and what is known then.

    Attributes
    ----------
    at : datetime
        The moment.
    edition : Edition
        Of the units.
    everything, units : Units
        Units of all levels; those judged, n_units.
    ground : Ground
        Their booths, n.
    booth_edition_id : int or None
        Of the booths; None where there are none.
    standing : CategoriesInForce
        Categories by order.
    zone : Texts
        Zone in force in each unit, `unclassified` where no order says one; shape (n_units,).
    policy : Policy
        By which the categories in force were drawn; the default where none are.
    buffer_m : float
        Width of the buffer in force, in metres.
    delineation_id : int or None
        The delineation in force; None where there is none.
    """

    at: datetime
    edition: Edition
    everything: Units
    units: Units
    ground: Ground
    booth_edition_id: int | None
    standing: CategoriesInForce
    zone: Texts
    policy: Policy
    buffer_m: float
    delineation_id: int | None
    _session: Session
    _delineations: dict[int, BoothCategories] = field(default_factory=dict)

    @property
    def on(self) -> date:
        """Return the day in India."""
        return clock.today_ist(self.at)

    @cached_property
    def placed(self) -> PlacedCases:
        """Return the cases known, in their places; read inside the transaction."""
        return placed_cases(self._session, self.units, self.at)

    @cached_property
    def reported_through(self) -> Days:
        """Return through which day each unit is complete, shape (n_units,)."""
        return reported_through(self._session, self.units, self.everything, self.at)

    @property
    def governing(self) -> Policy:
        """Return the policy that governs once orders are in force."""
        return load_policy(self.policy.once_in_force)

    @cached_property
    def row(self) -> Indices:
        """Return the row of the ground of each booth in force, -1 where it is gone."""
        return index_of(self.standing.booths.booth_id, self.ground.table.booth_id)

    @cached_property
    def category(self) -> Texts:
        """Return the category in force in each row of the ground, empty for none; shape (n,)."""
        return self._of_ground(self.standing.booths.category)

    @cached_property
    def zone_id(self) -> Texts:
        """Return the containment zone in force of each row, empty for none; shape (n,)."""
        return self._of_ground(self.standing.booths.zone_id)

    @cached_property
    def is_watched(self) -> Bools:
        """Return which rows of the ground are watched by the delineation in force, shape (n,)."""
        return self._marked("is_watched")

    @cached_property
    def needs_survey(self) -> Bools:
        """Return whose category stands in for knowledge in the delineation in force."""
        return self._marked("needs_survey")

    def _marked(self, mark: str) -> Bools:
        """Return what the delineation behind each booth's own order marks, shape (n,)."""
        marked = np.zeros(len(self.ground), dtype=bool)
        # A release draws nothing anew: what was drawn before it holds on.
        drawn = {
            number: order.delineation_id or self.delineation_id or 0
            for number, order in self.standing.orders.items()
        }
        own = np.array([drawn[number] for number in self.standing.number], dtype=np.int64)
        for delineation_id in np.unique(own[own > 0]):
            said = self._drawn(int(delineation_id))
            # Only the marked ones: they are few, and codes are slow to compare.
            booth_id = said.booth_id[getattr(said, mark)]
            is_own = index_of(booth_id, self.standing.booths.booth_id[own == delineation_id]) >= 0
            row = index_of(booth_id[is_own], self.ground.table.booth_id)
            marked[row[row >= 0]] = True
        return marked

    def _drawn(self, delineation_id: int) -> BoothCategories:
        if delineation_id not in self._delineations:
            self._delineations[delineation_id] = load_delineation(self._session, delineation_id)
        return self._delineations[delineation_id]

    def _of_ground(self, declared: Texts) -> Texts:
        said = np.full(len(self.ground), "", dtype=object)
        is_there = self.row >= 0
        said[self.row[is_there]] = declared[is_there]
        return said


def present(session: Session, shelf: GroundShelf, at: datetime) -> Present:
    """Return what is in force at a moment.

    Parameters
    ----------
    session : Session
        An open transaction; what is returned is read while it lasts.
    shelf : GroundShelf
        Where grounds are kept.
    at : datetime
        The moment.

    Raises
    ------
    InputError
        If no boundaries are known.
    """
    found = units_in_force(session, at)
    if found is None:
        raise InputError(
            tr("There are no boundaries yet: run “zoning import boundaries FILE” first.")
        )
    edition, everything = found
    units = judged_units(everything)
    standing = categories_in_force(session, at)
    drawn = [r.delineation_id for r in standing.orders.values() if r.delineation_id is not None]
    how = get_delineation(session, max(drawn)).new if drawn else None
    policy = load_policy(DEFAULT if how is None else how.policy_id)
    ground, booth_edition_id = ground_in_force(
        session, shelf, edition, units, at, load_policy(policy.once_in_force)
    )
    return Present(
        at=at,
        edition=edition,
        everything=everything,
        units=units,
        ground=ground,
        booth_edition_id=booth_edition_id,
        standing=standing,
        zone=_zone(session, units, at),
        policy=policy,
        buffer_m=policy.default_m if how is None else how.buffer_m,
        delineation_id=max(drawn, default=None),
        _session=session,
    )


def _zone(session: Session, units: Units, at: datetime) -> Texts:
    standing = zones_in_force(session, at)
    declared = np.append(standing.zone, Zone.UNCLASSIFIED.value)
    zone: Texts = declared[index_of(units.unit_id, standing.unit_id)]
    return zone
