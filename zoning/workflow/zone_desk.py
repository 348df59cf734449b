"""What the containment screen asks and does: one desk for one person, acts against their rights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from zoning.access import Action, refusal, seen_units
from zoning.errors import AccessError
from zoning.judgement.policy import load_policy, policy_ids
from zoning.rules.rulebook import load_rule, rule_ids
from zoning.store.imports import list_imports
from zoning.store.lineage import units_of_zone, zone_steps
from zoning.store.orders import NewOrder
from zoning.workflow import alarms, containment_desk, follow_up_told, releasing
from zoning.workflow.actor import Who, name_of, standing_of
from zoning.workflow.containment import as_date, divides
from zoning.workflow.containment_desk import Containment, Thought, WhatIf
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.follow_up_told import ToldContact, ToldRound, ToldSamples
from zoning.workflow.ground import GroundShelf, shelf_of
from zoning.workflow.places import units_in_force
from zoning.workflow.zone_words import life_sentences


@dataclass(frozen=True, eq=False)
class Seen:
    """Containment as a page shows it.

    Attributes
    ----------
    at : datetime
        The moment it is of.
    found : Containment
        Zones, release, alarms.
    names : mapping of str to str
        Units of all levels by code.
    through : date or None
        Day through which the unit that reported last is complete; None where none is.
    days_behind : int
        Days since then where a feed counts as silent after so many; 0 where it doesn't.
    is_fictional : bool
        Whether an import is of the demonstration.
    """

    at: datetime
    found: Containment
    names: Mapping[str, str]
    through: date | None
    days_behind: int
    is_fictional: bool


@dataclass(frozen=True)
class ZoneDesk:
    """Containment in one store as one person sees and changes it.

    Attributes
    ----------
    data : DataDesk
        Store, settings, person, role and clock.
    shelf : GroundShelf
        Where grounds are kept, for as long as the process lives.
    """

    data: DataDesk
    shelf: GroundShelf

    @property
    def where(self) -> str:
        """Return which database it is."""
        return self.data.store.where

    @property
    def who(self) -> Who:
        """Return who acts."""
        return self.data.who

    @property
    def name(self) -> str:
        """Return this person as the audit names them."""
        return name_of(self.who)

    def now(self) -> datetime:
        """Return the present."""
        return self.data.clock()

    def may(self, action: Action) -> bool:
        """Return whether this person may do something."""
        return self.data.may(action)

    @property
    def seen(self) -> frozenset[str] | None:
        """Return the units whose figures this person sees; None for all of them.

        Raises
        ------
        AccessError
            If it is nobody's who sees figures.
        """
        self.data.need(Action.SEE_FIGURES)
        return seen_units(standing_of(self.who))

    @property
    def area_key(self) -> str:
        """Return what tells what this person sees from what another does, for a cache."""
        seen = self.seen
        return "*" if seen is None else "\x1f".join(sorted(seen))

    def version(self) -> int:
        """Return a number that grows with every write, by whomever."""
        return self.data.version()

    def has_boundaries(self) -> bool:
        """Return whether there is any ground to show."""
        with self.data.store.reading() as session:
            return units_in_force(session, self.now()) is not None

    def look(self) -> Seen:
        """Return containment now."""
        data, at = self.data, self.now()
        found = containment_desk.containment(data.store, data.settings, self.shelf, at, self.seen)
        with data.store.reading() as session:
            is_fictional = any(
                record.mapping.get("is_fictional") and record.undone_at is None
                for record in list_imports(session)
            )
        units = found.now.everything
        through = None if np.isnat(found.through) else as_date(found.through)
        silent = found.board.policy.denotification.silent_after_days
        behind = 0 if through is None else (found.now.on - through).days
        return Seen(
            at=at,
            found=found,
            names=dict(zip(units.unit_id.tolist(), units.name.tolist(), strict=True)),
            through=through,
            days_behind=behind if behind > silent else 0,
            is_fictional=is_fictional,
        )

    def what_if(self, asked: WhatIf) -> Thought:
        """Return what another rule, policy or buffer would mean; nothing is kept."""
        data, at = self.data, self.now()
        return containment_desk.what_if(data.store, data.settings, self.shelf, at, asked, self.seen)

    def life(self, zone_id: str) -> tuple[str, ...]:
        """Return what became of a zone, delineation by delineation, in sentences.

        Whoever answers for an area is told of what was ordered; what was only proposed may lie
        elsewhere.

        Raises
        ------
        AccessError
            If no booth of the zone ever lay where this person sees figures.
        """
        seen = self.seen
        with self.data.store.reading() as session:
            if seen is not None and not seen & units_of_zone(session, zone_id):
                standing = standing_of(self.who)
                raise AccessError(refusal(standing, Action.SEE_FIGURES, zone_id))
            steps = zone_steps(session, zone_id, self.now())
        return life_sentences([s for s in steps if seen is None or s.order_number])

    def plan_release(self, booth_ids: Sequence[str]) -> releasing.ReleasePlan:
        """Return what an order of release would do."""
        self.data.need(Action.RELEASE)
        return releasing.plan_release(self.data.store, self.shelf, booth_ids, self.now(), self.who)

    def release(self, booth_ids: Sequence[str], order: NewOrder) -> NewOrder:
        """Publish the order that takes booths out of A."""
        self.data.need(Action.RELEASE)
        return releasing.release(
            self.data.store, self.shelf, booth_ids, self.now(), self.who, order
        )

    def answer_alarm(self, unit_id: str, note: str) -> None:
        """Take down what was done about the first case of a unit."""
        self.data.need(Action.ANSWER_ALARM)
        alarms.answer_alarm(self.data.store, unit_id, note, self.now(), self.who)

    def tell_round(self, told: ToldRound) -> int:
        """Take down a house round."""
        self.data.need(Action.IMPORT_DATA)
        return follow_up_told.tell_round(self.data.store, self.shelf, told, self.now(), self.who)

    def tell_contact(self, told: ToldContact) -> int:
        """Take down how the follow-up of a contact stands."""
        self.data.need(Action.IMPORT_DATA)
        return follow_up_told.tell_contact(self.data.store, self.shelf, told, self.now(), self.who)

    def tell_samples(self, told: ToldSamples) -> int:
        """Take down the samples of an area."""
        self.data.need(Action.IMPORT_DATA)
        return follow_up_told.tell_samples(self.data.store, self.shelf, told, self.now(), self.who)


def zone_desk(data: DataDesk) -> ZoneDesk:
    """Return the desk of whoever works at a desk of data; its grounds outlive the visit."""
    return ZoneDesk(data, shelf_of(data.settings.cache_dir))


def dividing_rules() -> tuple[str, ...]:
    """Return the rule sets whose zones divide into A, B and C."""
    return tuple(rule for rule in rule_ids() if divides(load_rule(rule)))


def policies() -> Mapping[str, str]:
    """Return the titles of the policies by id."""
    return {policy: load_policy(policy).title for policy in policy_ids()}
