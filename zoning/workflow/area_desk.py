"""What the screen of who enforces asks and does: one area of one person, by their rights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from zoning.access import Action, seen_units
from zoning.errors import AccessError, InputError
from zoning.i18n.catalogue import tr
from zoning.model import Units
from zoning.places.hierarchy import units_below
from zoning.rules.rulebook import load_rule
from zoning.store.imports import list_imports
from zoning.workflow import area_tasks
from zoning.workflow.actor import Who, area_of, standing_of
from zoning.workflow.area_changes import AreaChanges, area_changes
from zoning.workflow.area_state import AreaState, area_state
from zoning.workflow.area_tasks import Task
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.deviation_register import Register, register_in
from zoning.workflow.persons import AREA_LEVELS
from zoning.workflow.places import units_in_force


@dataclass(frozen=True)
class AreaSeen:
    """One area as its officer sees it.

    Attributes
    ----------
    at : datetime
        The moment it is of.
    unit_id, name, level : str
        The area.
    state : AreaState
        What is in force.
    changes : AreaChanges
        Since the moment asked for.
    tasks : tuple of Task
        What names this person's office.
    n_directions : int
        Directions in force in the area, for whomever.
    register : Register
        Deviations and withdrawals.
    levels : tuple of str
        Zones of the rule, the most severe first.
    """

    at: datetime
    unit_id: str
    name: str
    level: str
    state: AreaState
    changes: AreaChanges
    tasks: tuple[Task, ...]
    n_directions: int
    register: Register
    levels: tuple[str, ...]


@dataclass(frozen=True)
class AreaDesk:
    """The area of one person in one store.

    Attributes
    ----------
    data : DataDesk
        Store, settings, person, role and clock.
    """

    data: DataDesk

    @property
    def who(self) -> Who:
        """Return who acts."""
        return self.data.who

    def now(self) -> datetime:
        """Return the present."""
        return self.data.clock()

    def may(self, action: Action) -> bool:
        """Return whether this person may do something anywhere."""
        return self.data.may(action)

    @property
    def is_fictional(self) -> bool:
        """Return whether an import that counts is of the demonstration."""
        with self.data.store.reading() as session:
            return any(
                record.mapping.get("is_fictional") and record.undone_at is None
                for record in list_imports(session)
            )

    def own(self) -> tuple[str, ...]:
        """Return the units that this person's posts are held in; none for the whole state."""
        return area_of(self.who) or ()

    def choices(self) -> Mapping[str, str]:
        """Return the units that can be looked at by themselves, by code, the largest kind first."""
        self.data.need(Action.SEE_FIGURES)
        with self.data.store.reading() as session:
            present = units_in_force(session, self.now())
        if present is None:
            return {}
        seen = seen_units(standing_of(self.who))
        units, rank = present[1], {level.value: n for n, level in enumerate(AREA_LEVELS)}
        rows = [
            (rank[level], str(name) or str(code), str(code))
            for code, name, level in zip(
                units.unit_id, units.name, units.level.astype(str), strict=True
            )
            if level in rank and (seen is None or code in seen)
        ]
        return {code: name for _, name, code in sorted(rows)}

    def look(self, unit_id: str, since: timedelta) -> AreaSeen:
        """Return an area now.

        Parameters
        ----------
        unit_id : str
            The area; a unit of any level that lies in what this person sees.
        since : timedelta
            How far back changes are told.

        Raises
        ------
        AccessError
            If it lies outside.
        InputError
            If no boundaries are known, or none of that code.
        """
        self.data.need(Action.SEE_FIGURES)
        seen = seen_units(standing_of(self.who))
        if seen is not None and unit_id not in seen:
            raise AccessError(tr("{unit} lies outside your area, so it isn't shown.", unit=unit_id))
        at = self.now()
        with self.data.store.reading() as session:
            everything = _units(session, at)
            area = units_below(unit_id, everything)
            named = dict(zip(everything.unit_id.tolist(), range(len(everything)), strict=True))
            if unit_id not in named:
                raise InputError(
                    tr("There is no unit {unit} in the boundaries in force.", unit=unit_id)
                )
            place = named[unit_id]
            level = str(everything.level[place])
            state = area_state(session, everything, area, at)
            return AreaSeen(
                at=at,
                unit_id=unit_id,
                name=str(everything.name[place]) or unit_id,
                level=level,
                state=state,
                changes=area_changes(session, everything, area, state, at - since, at),
                tasks=area_tasks.area_tasks(session, state, unit_id, level, self.who, at),
                n_directions=sum(len(one.directions) for one in state.said.values()),
                register=register_in(session, at, area),
                levels=_levels(self.data.settings.default_rule),
            )

    def report(self, seen: AreaSeen, task: Task, note: str, *, is_done: bool) -> None:
        """Report how far a task is done."""
        area_tasks.report_task(
            self.data.store,
            seen.unit_id,
            task.number,
            task.position,
            self.now(),
            self.who,
            is_done=is_done,
            note=note,
        )


def _levels(rule_id: str) -> tuple[str, ...]:
    return tuple(level.key for level in reversed(load_rule(rule_id).zones))


def _units(session: Session, at: datetime) -> Units:
    present = units_in_force(session, at)
    if present is None:
        raise InputError(
            tr("There are no boundaries yet: run “zoning import boundaries FILE” first.")
        )
    return present[1]
