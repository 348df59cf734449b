"""One order of a government on restrictions and relaxations, with the territory it binds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zoning.errors import RuleError
from zoning.i18n.catalogue import tr
from zoning.measures.clauses import Activity, Clause, Conflict, Provision, Reading, Regime, Where


@dataclass(frozen=True)
class Place:
    """Where a question is asked: codes of the Local Government Directory.

    Attributes
    ----------
    state : str
        Code of the state; empty where it isn't said.
    district : str
        Code of the district; empty where it isn't said.
    """

    state: str = ""
    district: str = ""


@dataclass(frozen=True)
class Territory:
    """Where an order binds: a state, or some districts of it.

    Attributes
    ----------
    state, state_name : str
        Code in the Local Government Directory, and name.
    districts : tuple of str
        Codes of the districts; empty for the whole state.
    """

    state: str
    state_name: str
    districts: tuple[str, ...] = ()

    def covers(self, place: Place) -> bool:
        """Return whether an order binds at a place; one that isn't said may lie anywhere."""
        if place.state and place.state != self.state:
            return False
        return not (self.districts and place.district) or place.district in self.districts

    def contains(self, other: Territory) -> bool:
        """Return whether this territory holds the whole of another."""
        if self.state != other.state:
            return False
        return not self.districts or (
            bool(other.districts) and set(other.districts) <= set(self.districts)
        )


@dataclass(frozen=True)
class Undivided:
    """Zones that have no categories, and what is said where a category is named there."""

    zones: tuple[str, ...]
    interpretation: str
    interpretation_source: str


@dataclass(frozen=True)
class Memo:
    """One order of a government, clause by clause.

    Attributes
    ----------
    id, number, title, authority : str
        What it is and whose.
    issued_on, valid_from, valid_to : date
        When it was issued, its first day and its last; a clause may have days of its own.
    valid_to_reason : str
        Why it ends then.
    source : tuple of str
        What the file rests on.
    territory : Territory
        Where it binds.
    supersedes : tuple of str
        Ids of the orders that it replaces from its first day.
    headings : dict of str to str
        Heading of each section, by its number.
    clauses, provisions : tuple
        Its items, and what orders no activity.
    activities : tuple of Activity
        What can be asked: one for each clause, then kinds of them.
    regimes : tuple of Regime
        What each category makes of activities; the first that fits counts.
    readings, conflicts : tuple
        What is ours.
    undivided : Undivided or None
        Zones that have no categories; None if all have.
    """

    id: str
    number: str
    title: str
    authority: str
    issued_on: date
    valid_from: date
    valid_to: date
    valid_to_reason: str
    source: tuple[str, ...]
    territory: Territory
    supersedes: tuple[str, ...]
    headings: dict[str, str]
    clauses: tuple[Clause, ...]
    provisions: tuple[Provision, ...]
    activities: tuple[Activity, ...]
    regimes: tuple[Regime, ...]
    readings: tuple[Reading, ...]
    conflicts: tuple[Conflict, ...]
    undivided: Undivided | None = None

    def clause(self, section: str) -> Clause:
        """Return one clause by its number.

        Raises
        ------
        RuleError
            If the memo has no such section.
        """
        for clause in self.clauses:
            if clause.section == section:
                return clause
        raise RuleError(
            tr(
                "Memo {number} has no section {section}; its sections run from {first} to {last}.",
                number=self.number,
                section=section,
                first=self.clauses[0].section,
                last=self.clauses[-1].section,
            )
        )

    def activity(self, key: str) -> Activity | None:
        """Return an activity by its key, or None if the memo knows none of that name."""
        return next((activity for activity in self.activities if activity.key == key), None)

    def text_of(self, section: str) -> str:
        """Return the words of a clause or a provision."""
        for provision in self.provisions:
            if provision.section == section:
                return provision.text
        return self.clause(section).text

    def regime(self, category: Where | None, zone: str) -> Regime | None:
        """Return what a category makes of activities in a zone, or None if nothing is said."""
        for regime in self.regimes:
            if regime.category == category and (not regime.zones or zone in regime.zones):
                return regime
        return None

    def speaks_on(self, day: date) -> bool:
        """Return whether any of its clauses applies on a day."""
        return any(clause.is_in_force(day) for clause in self.clauses)

    def is_superseded(self, by: tuple[Memo, ...], day: date, place: Place) -> bool:
        """Return whether another order has replaced this one at a place by a day."""
        return any(
            self.id in other.supersedes
            and other.valid_from <= day
            and (
                other.territory.covers(place)
                if place.district and other.territory.state == self.territory.state
                else other.territory.contains(self.territory)
            )
            for other in by
        )
