"""The register of deviations as somebody may read it, and what of it the measures answer by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from zoning.access import Action, Standing, allowed, seen_units
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.measures.withdrawals import (
    Scope,
    Spot,
    Withdrawal,
    is_review_due,
    standing_at,
    stands,
)
from zoning.places.hierarchy import units_above
from zoning.store import audit
from zoning.store import deviations as register
from zoning.store.deviations import Deviation
from zoning.store.engine import Store
from zoning.workflow.actor import Who, name_of, require, require_somewhere, standing_of
from zoning.workflow.deviation_facts import booth_unit, need_unit
from zoning.workflow.kind_rights import CONTAINMENT
from zoning.workflow.measures_desk import MeasuresDesk
from zoning.workflow.places import units_in_force


class DeviationState(StrEnum):
    """How far a deviation has come."""

    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"
    REVIEW_DUE = "review_due"
    RESTORED = "restored"


@dataclass(frozen=True)
class Listed:
    """A deviation without its evidence, and what was withdrawn because of it, the newest first."""

    deviation: Deviation
    withdrawals: tuple[Withdrawal, ...]
    state: DeviationState


@dataclass(frozen=True)
class Register:
    """What somebody may read of the register.

    Attributes
    ----------
    listed : tuple of Listed
        Deviations of the area, the newest first.
    reaching : tuple of Withdrawal
        Withdrawals that stand in the area or in all of what it lies in, by whomever and
        whatever deviation.
    """

    listed: tuple[Listed, ...]
    reaching: tuple[Withdrawal, ...]


def list_deviations(store: Store, who: Who, at: datetime) -> Register:
    """Return the register as far as it concerns somebody's area.

    What was seen isn't in it: evidence may lead to persons, see `read_evidence`.

    Raises
    ------
    AccessError
        If it isn't theirs to see figures of any area.
    """
    require_somewhere(who, Action.SEE_FIGURES, CONTAINMENT)
    seen = seen_units(standing_of(who))
    with store.reading() as session:
        return register_in(session, at, seen)


def register_in(session: Session, at: datetime, area: frozenset[str] | None) -> Register:
    """Return the register of some units, None for all, in an open transaction."""
    above = _above(session, area, at)
    found = register.list_withdrawals(session, at, None if area is None else area | above)
    behind: dict[int, list[Withdrawal]] = {}
    for one in found:
        behind.setdefault(one.deviation_id, []).append(one)
    listed = []
    for deviation in register.list_deviations(session, at, area):
        own = tuple(behind.get(deviation.deviation_id, ()))
        bare = replace(deviation, new=replace(deviation.new, evidence=""))
        listed.append(Listed(bare, own, _state(own, at)))
    reaching = tuple(
        w
        for w in found
        if stands(w, at) and (area is None or w.unit_id in area or w.scope is Scope.AREA)
    )
    return Register(tuple(listed), reaching)


def _state(withdrawals: tuple[Withdrawal, ...], at: datetime) -> DeviationState:
    if not withdrawals:
        return DeviationState.RECORDED
    if any(is_review_due(w, at) for w in withdrawals):
        return DeviationState.REVIEW_DUE
    if any(stands(w, at) for w in withdrawals):
        return DeviationState.WITHDRAWN
    return DeviationState.RESTORED


def read_evidence(store: Store, deviation_id: int, at: datetime, who: Who) -> Deviation:
    """Return a deviation with what was seen, to be shown to somebody: the audit says so first.

    Raises
    ------
    AccessError
        If somebody neither records nor withdraws in the unit.
    InputError
        If there is no such deviation.
    """
    standing = standing_of(who)
    if not any(standing.may(action) for action in _WORKING):
        require_somewhere(who, Action.RECORD_DEVIATION, CONTAINMENT)
    with store.transaction() as session:
        found = register.get_deviation(session, deviation_id)
        if not _works_in(standing, found.new.unit_id):
            require(who, Action.RECORD_DEVIATION, found.new.unit_id, CONTAINMENT)
        audit.append_read(
            session, at=at, who=name_of(who), subject=f"deviations/{deviation_id}", detail={}
        )
    return found


_WORKING = (Action.RECORD_DEVIATION, Action.WITHDRAW_RELAXATION)


def _works_in(standing: Standing, unit_id: str) -> bool:
    return any(allowed(standing, action, unit_id, CONTAINMENT) for action in _WORKING)


def may_withdraw(who: Who, unit_id: str) -> bool:
    """Return whether somebody may withdraw and restore in a unit, for a page to offer it."""
    return allowed(standing_of(who), Action.WITHDRAW_RELAXATION, unit_id, CONTAINMENT)


def may_read_evidence(who: Who, unit_id: str) -> bool:
    """Return whether somebody may read what was seen in a unit."""
    return _works_in(standing_of(who), unit_id)


def due_reviews(session: Session, at: datetime) -> tuple[Withdrawal, ...]:
    """Return the withdrawals whose review is due, the longest due first.

    Who may do so is told by the right `withdraw_relaxation` in their unit.
    """
    due = (w for w in register.list_withdrawals(session, at) if is_review_due(w, at))
    return tuple(sorted(due, key=lambda w: (w.review_at, w.number)))


def withdrawn_there(
    store: Store, unit_id: str, premises: str, at: datetime, known_at: datetime
) -> tuple[Withdrawal, ...]:
    """Return the withdrawals that stand at a place and a moment.

    Parameters
    ----------
    store : Store
        The database.
    unit_id : str
        The unit, of any level.
    premises : str
        Name of the premises; empty for anywhere in the unit.
    at : datetime
        The moment asked about.
    known_at : datetime
        What was decided by then counts.
    """
    with store.reading() as session:
        present = units_in_force(session, known_at)
        chain = frozenset[str]() if present is None else units_above((unit_id,), present[1])
        chain |= {unit_id}
        found = register.list_withdrawals(session, known_at, chain)
    return standing_at(found, Spot(chain, premises), at)


def with_register(desk: MeasuresDesk, store: Store, who: Who | None) -> MeasuresDesk:
    """Return a desk of measures whose answers follow what was withdrawn.

    Parameters
    ----------
    desk : MeasuresDesk
        The orders.
    store : Store
        The database with the register.
    who : str, Actor or None
        Reads reasons in the own area; None is the public, which reads none.
    """

    def found(unit_id: str, premises: str, at: datetime) -> tuple[Withdrawal, ...]:
        there = withdrawn_there(store, unit_id, premises, at, desk.clock())
        seen = frozenset[str]() if who is None else seen_units(standing_of(who))
        is_own = seen is None or unit_id in seen
        return there if is_own else tuple(replace(one, reason="") for one in there)

    return replace(desk, withdrawals=found, tells_reasons=who is not None)


def unit_of(store: Store, unit_id: str, booth_id: str, at: datetime) -> str:
    """Return the unit of a place that is told by its unit or its booth.

    Raises
    ------
    InputError
        If the boundaries in force know neither, or both are told and differ.
    """
    with store.reading() as session:
        if booth_id:
            found = booth_unit(session, booth_id, at)
            if found is None or unit_id not in ("", found):
                raise InputError(
                    tr("There is no booth {booth} in unit {unit}.", booth=booth_id, unit=unit_id)
                )
            return found
        need_unit(session, unit_id, at)
    return unit_id


def _above(session: Session, area: frozenset[str] | None, at: datetime) -> frozenset[str]:
    if area is None:
        return frozenset()
    present = units_in_force(session, at)
    if present is None:
        return frozenset()
    return units_above(area, present[1]) - area
