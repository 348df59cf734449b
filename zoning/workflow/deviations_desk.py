"""What the register of deviations asks and does: one desk for one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from zoning.access import Action, allowed
from zoning.clock import today_ist
from zoning.measures.clauses import Activity
from zoning.measures.memo import known_memos
from zoning.measures.order import Memo
from zoning.measures.search import all_activities
from zoning.measures.withdrawals import Withdrawal
from zoning.orders.offences import Offence, offences_on
from zoning.places.hierarchy import units_above, units_below
from zoning.store.deviations import Deviation, NewDeviation
from zoning.store.imports import list_imports
from zoning.workflow import deviation_register, deviations
from zoning.workflow.actor import Who, standing_of
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.deviation_register import Register
from zoning.workflow.kind_rights import CONTAINMENT
from zoning.workflow.places import judged_units, units_in_force

__all__ = ["DeviationsDesk", "NewDeviation", "RegisterSeen"]


@dataclass(frozen=True)
class RegisterSeen:
    """The register as a page shows it; `names` are those of units of all levels, by code."""

    at: datetime
    register: Register
    names: Mapping[str, str]
    is_fictional: bool


@dataclass(frozen=True)
class DeviationsDesk:
    """The register of one store as one person reads and writes it.

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
    def memos(self) -> tuple[Memo, ...]:
        """Return the orders on measures that are known here."""
        return known_memos(self.data.settings.memos_folder)

    def activities(self) -> dict[str, Activity]:
        """Return what a deviation can be against, by key."""
        return all_activities(self.memos)

    def offences(self) -> tuple[Offence, ...]:
        """Return the offences of today, the usual one first."""
        return offences_on(today_ist(self.now()))

    def look(self) -> RegisterSeen:
        """Return the register of this person's area, without evidence."""
        store, at = self.data.store, self.now()
        found = deviation_register.list_deviations(store, self.who, at)
        with store.reading() as session:
            present = units_in_force(session, at)
            is_fictional = any(
                record.mapping.get("is_fictional") and record.undone_at is None
                for record in list_imports(session)
            )
        names: dict[str, str] = {}
        if present is not None:
            units = present[1]
            names = dict(zip(units.unit_id.tolist(), units.name.tolist(), strict=True))
        return RegisterSeen(at, found, names, is_fictional)

    def units(self) -> Mapping[str, str]:
        """Return the judged units where this person may record, by code, in the order of names."""
        with self.data.store.reading() as session:
            present = units_in_force(session, self.now())
        if present is None:
            return {}
        units, standing = judged_units(present[1]), standing_of(self.who)
        rows = sorted(
            (str(name) or str(code), str(code))
            for code, name in zip(units.unit_id, units.name, strict=True)
            if allowed(standing, Action.RECORD_DEVIATION, str(code), CONTAINMENT)
        )
        return {code: name for name, code in rows}

    def areas_around(self, unit_id: str) -> Mapping[str, str]:
        """Return the unit and those above it in which this person may withdraw, the smallest first.

        One in which another has a say in any part is left out.
        """
        with self.data.store.reading() as session:
            present = units_in_force(session, self.now())
        if present is None:
            return {}
        units, standing = present[1], standing_of(self.who)
        names = dict(zip(units.unit_id.tolist(), units.name.tolist(), strict=True))
        below = {code: units_below(code, units) for code in units_above((unit_id,), units)}
        return {
            code: str(names.get(code) or code)
            for code in sorted(below, key=lambda code: len(below[code]))
            if all(
                allowed(standing, Action.WITHDRAW_RELAXATION, part, CONTAINMENT)
                for part in below[code]
            )
        }

    def may_withdraw(self, unit_id: str) -> bool:
        """Return whether this person may withdraw and restore in a unit."""
        return deviation_register.may_withdraw(self.who, unit_id)

    def may_read_evidence(self, unit_id: str) -> bool:
        """Return whether this person may read what was seen in a unit."""
        return deviation_register.may_read_evidence(self.who, unit_id)

    def evidence(self, deviation_id: int) -> Deviation:
        """Return a deviation with what was seen; the audit tells of it."""
        return deviation_register.read_evidence(self.data.store, deviation_id, self.now(), self.who)

    def record(self, new: NewDeviation) -> int:
        """Take a deviation down."""
        return deviations.record(self.data.store, new, self.now(), self.who, self.memos)

    def close_premises(
        self, deviation_id: int, reason: str, activity: str, review_at: datetime | None
    ) -> Withdrawal:
        """Withdraw what is permitted at the premises of a deviation."""
        return deviations.withdraw_premises(
            self.data.store,
            deviation_id,
            reason,
            self.now(),
            self.who,
            activity=activity,
            review_at=review_at,
            memos=self.memos,
        )

    def close_area(
        self, deviation_id: int, unit_id: str, activity: str, reason: str, review_at: datetime
    ) -> Withdrawal:
        """Withdraw an activity in an area."""
        return deviations.withdraw_activity_in_area(
            self.data.store,
            deviation_id,
            unit_id,
            activity,
            reason,
            review_at,
            self.now(),
            self.who,
            self.memos,
        )

    def restore(self, number: str, reason: str) -> Withdrawal:
        """End a withdrawal."""
        return deviations.restore(self.data.store, number, reason, self.now(), self.who)
