"""What the history screen asks: a day in force and as known then, differences, who did what.

Orders are public, so what was in force is shown of the whole state. What a rule says from
facts known then is a figure, and is shown where figures are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from zoning.access import Action, seen_units
from zoning.clock import IST
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Bools, Texts, Units, Zone
from zoning.places.placing import index_of
from zoning.store.audit_reading import AuditLine, AuditQuery, actions_known, find_entries
from zoning.store.engine import Store
from zoning.workflow.actor import Who, require_somewhere, standing_of
from zoning.workflow.changed_ground import ChangedGround, changed_ground, rule_of
from zoning.workflow.checking import Check, audit_state
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.history import zones_known_in
from zoning.workflow.in_force_then import InForce, in_force_at
from zoning.workflow.places import judged_units, units_in_force
from zoning.workflow.proving import Proof, prove
from zoning.workflow.trend import Trend, trend

__all__ = ["AuditLine", "AuditQuery", "HistoryDesk", "Then", "audit_actions", "audit_lines"]
__all__ += ["end_of_day", "then", "verify_audit"]


@dataclass(frozen=True, eq=False)
class Then:
    """A moment: what was in force, and what was known.

    Attributes
    ----------
    at : datetime
        The moment.
    units : Units
        Those judged in the edition in force then, n.
    in_force : InForce
        Orders, zones and categories.
    zone, number : Texts
        Zone in force in each unit and the order that says so, shape (n,); `unclassified` and
        empty where none does.
    known : Texts
        Zone of each unit by the rule, from what was known then, shape (n,); empty where it isn't
        shown to this person.
    is_seen : Bools
        Where figures are shown to this person, shape (n,).
    rule_id : str
        The rule: of the order in force then, else the usual one.
    on : date or None
        The day judged: the last that was complete then; None where no case was known.
    categories : mapping of str to int
        Booths in force by category.
    """

    at: datetime
    units: Units
    in_force: InForce
    zone: Texts
    number: Texts
    known: Texts
    is_seen: Bools
    rule_id: str
    on: date | None
    categories: Mapping[str, int]

    @property
    def differs(self) -> Bools:
        """Return where the zone known isn't the one in force, of those shown; shape (n,)."""
        differs: Bools = (self.known != "") & (self.known != self.zone)
        return differs


@dataclass(frozen=True)
class HistoryDesk:
    """The past of one store as one person sees it.

    Attributes
    ----------
    data : DataDesk
        Store, settings, person and clock.
    """

    data: DataDesk

    @property
    def store(self) -> Store:
        """Return the database."""
        return self.data.store

    @property
    def who(self) -> Who:
        """Return who looks."""
        return self.data.who

    def now(self) -> datetime:
        """Return the present."""
        return self.data.clock()

    def may(self, action: Action) -> bool:
        """Return whether this person may do something."""
        return self.data.may(action)

    def version(self) -> int:
        """Return a number that grows with every write, by whomever."""
        return self.data.version()

    @property
    def area_key(self) -> str:
        """Return what tells what this person sees from what another does, for a cache."""
        seen = seen_units(standing_of(self.who))
        return "*" if seen is None else "\x1f".join(sorted(seen))

    def then(self, at: datetime) -> Then:
        """Return a moment: what was in force, and what was known."""
        return then(self.store, self.data.settings.default_rule, at, self.who)

    def change(self, before_at: datetime, after_at: datetime) -> ChangedGround:
        """Return what differs in force between two moments, on its ground."""
        rule = self.data.settings.default_rule
        return changed_ground(self.store, rule, before_at, after_at, self.who)

    def trend(self) -> Trend:
        """Return the counts of each day, with breaks."""
        return trend(self.store, self.now(), self.who)

    def audit(self, query: AuditQuery) -> tuple[AuditLine, ...]:
        """Return who did what."""
        return audit_lines(self.store, query, self.who)

    def actions(self) -> tuple[str, ...]:
        """Return the actions that the audit has."""
        return audit_actions(self.store, self.who)

    def verify(self, noted: str = "") -> Check:
        """Return how the audit stands, in words and with the hash to be noted."""
        return verify_audit(self.store, self.who, noted)

    def prove(self, at: datetime, noted: str = "") -> Proof:
        """Return the state of a moment with what proves it."""
        return prove(self.store, at, self.who, noted)


def then(store: Store, default_rule: str, at: datetime, who: Who) -> Then:
    """Return a moment: what was in force, and what was known.

    Parameters
    ----------
    store : Store
        The database.
    default_rule : str
        Rule set where no order in force names one.
    at : datetime
        The moment.
    who : str or Actor
        Sees all that was ordered, and what was known of the own area.

    Raises
    ------
    InputError
        If no boundaries were known then.
    AccessError
        If zones aren't for this person.
    """
    require_somewhere(who, Action.SEE_ZONES)
    seen = seen_units(standing_of(who))
    with store.reading() as session:
        found = units_in_force(session, at)
        if found is None:
            raise InputError(
                tr("No boundaries were known then: run “zoning import boundaries FILE” first.")
            )
        units = judged_units(found[1])
        in_force = in_force_at(session, at)
        rule_id = rule_of(session, in_force, default_rule)
        is_seen = np.array([seen is None or str(u) in seen for u in units.unit_id], dtype=np.bool_)
        known, on = np.full(len(units), "", dtype=object), None
        if is_seen.any():
            try:
                result = zones_known_in(session, rule_id, None, at).result
            except InputError:
                # No case was known then: nothing was known, and it isn't a fault to say so.
                known[is_seen] = Zone.UNCLASSIFIED.value
            else:
                known[is_seen] = result.zone[is_seen]
                on = result.on.astype("datetime64[D]").item()
    place = index_of(units.unit_id, in_force.zones.unit_id)
    category, n = np.unique(in_force.booths.booths.category.astype(str), return_counts=True)
    return Then(
        at=at,
        units=units,
        in_force=in_force,
        zone=np.append(in_force.zones.zone, Zone.UNCLASSIFIED.value)[place],
        number=np.append(in_force.zones.number, "")[place],
        known=known,
        is_seen=is_seen,
        rule_id=rule_id,
        on=on,
        categories={c: int(k) for c, k in zip(category.tolist(), n, strict=True) if c},
    )


def audit_lines(store: Store, query: AuditQuery, who: Who) -> tuple[AuditLine, ...]:
    """Return who did what, newest first: all of it, or what lies in the own area.

    Raises
    ------
    AccessError
        If it isn't theirs to read.
    """
    require_somewhere(who, Action.READ_AUDIT)
    area = seen_units(standing_of(who), Action.READ_AUDIT)
    with store.reading() as session:
        return find_entries(session, query, area)


def audit_actions(store: Store, who: Who) -> tuple[str, ...]:
    """Return the actions that the audit has, sorted.

    Raises
    ------
    AccessError
        If it isn't theirs to read.
    """
    require_somewhere(who, Action.READ_AUDIT)
    with store.reading() as session:
        return actions_known(session)


def verify_audit(store: Store, who: Who, noted: str = "") -> Check:
    """Return how the audit stands, in words and with the hash to be noted.

    Parameters
    ----------
    store : Store
        The database.
    who : str or Actor
        Who asks.
    noted : str
        Hash of the head as somebody noted it; empty for none.

    Raises
    ------
    AccessError
        If it isn't theirs to read.
    """
    require_somewhere(who, Action.READ_AUDIT)
    with store.reading() as session:
        return audit_state(session, noted.strip().lower())


def end_of_day(day: date) -> datetime:
    """Return the last second of a day in India."""
    return datetime.combine(day, time(), IST) + timedelta(days=1, seconds=-1)
