"""Deviations and what follows: recorded, a relaxation withdrawn, and given back.

For the premises at once; for an activity in an area only by a second decision, which names its
reason and its review. Nothing of it is ever edited.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from zoning.access import Action
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment
from zoning.measures.memo import known_memos
from zoning.measures.order import Memo
from zoning.measures.withdrawal_rule import refuse_untouched, review_of
from zoning.measures.withdrawals import Scope, Withdrawal, stands
from zoning.places.hierarchy import units_below
from zoning.store import deviations as register
from zoning.store.deviations import Deviation, NewDeviation, NewWithdrawal
from zoning.store.engine import Store
from zoning.workflow.actor import Who, require, require_somewhere, require_units
from zoning.workflow.deviation_facts import checked, known_activity, written
from zoning.workflow.kind_rights import CONTAINMENT
from zoning.workflow.places import units_in_force


def record(
    store: Store, new: NewDeviation, at: datetime, who: Who, memos: tuple[Memo, ...] | None = None
) -> int:
    """Take a deviation down and return its number.

    Parameters
    ----------
    store : Store
        The database.
    new : NewDeviation
        What was seen; its activity may be written as a person would.
    at : datetime
        The present, UTC.
    who : str or Actor
        By whom.
    memos : tuple of Memo or None
        The orders known; the product's if None.

    Raises
    ------
    AccessError
        If it isn't theirs to record in that unit.
    InputError
        If the place, activity, offence or time can't be, or nothing is told.
    """
    by = require(who, Action.RECORD_DEVIATION, new.unit_id.strip() or None, CONTAINMENT)
    with store.transaction() as session:
        kept = checked(session, new, at, memos or known_memos(None))
        return register.add_deviation(session, kept, at=at, who=by)


def withdraw_premises(
    store: Store,
    deviation_id: int,
    reason: str,
    at: datetime,
    who: Who,
    *,
    activity: str = "",
    review_at: datetime | None = None,
    memos: tuple[Memo, ...] | None = None,
) -> Withdrawal:
    """Withdraw at once, for the premises of a deviation, what is permitted there.

    Parameters
    ----------
    store : Store
        The database.
    deviation_id : int
        The deviation.
    reason : str
        Why.
    at : datetime
        The present, UTC.
    who : str or Actor
        By whom.
    activity : str
        Key of what is withdrawn; all that is permitted at the premises if empty.
    review_at : datetime or None
        When it is looked at again; after the days of the rule if None.
    memos : tuple of Memo or None
        The orders known; the product's if None.

    Raises
    ------
    AccessError
        If it isn't theirs to withdraw in that unit.
    InputError
        If the deviation names no premises, or they are closed for this already; if what is
        named is never withdrawn.
    """
    known = memos or known_memos(None)
    with store.transaction() as session:
        found, by = _own(session, deviation_id, who)
        if not found.new.premises:
            raise InputError(
                tr(
                    "Deviation {id} names no premises, so none can be closed; record it again "
                    "with their name, or withdraw the activity in the area.",
                    id=deviation_id,
                )
            )
        key = known_activity(known, activity) if activity.strip() else ""
        refuse_untouched(key, known, in_area=False)
        new = NewWithdrawal(
            deviation_id=deviation_id,
            scope=Scope.PREMISES,
            unit_id=found.new.unit_id,
            premises=found.new.premises,
            activity=key,
            reason=written(reason, tr("Say why the relaxation is withdrawn.")),
            effective_at=at,
            review_at=review_of(review_at, at),
        )
        return _withdraw(session, new, at, by)


def withdraw_activity_in_area(
    store: Store,
    deviation_id: int,
    unit_id: str,
    activity: str,
    reason: str,
    review_at: datetime,
    at: datetime,
    who: Who,
    memos: tuple[Memo, ...] | None = None,
) -> Withdrawal:
    """Withdraw an activity in all of an area: the second decision on a deviation.

    Parameters
    ----------
    store : Store
        The database.
    deviation_id : int
        The deviation; where it names premises, these were closed first.
    unit_id : str
        The area, a unit of any level in which the deviation was seen.
    activity, reason : str
        What is withdrawn, and why in all of the area.
    review_at : datetime
        When it is looked at again; there is no default.
    at : datetime
        The present, UTC.
    who : str or Actor
        By whom.
    memos : tuple of Memo or None
        The orders known; the product's if None.

    Raises
    ------
    AccessError
        If any unit of the area lies in another's jurisdiction.
    InputError
        If the premises weren't closed first, the deviation was seen elsewhere, or what is named
        is never withdrawn in an area.
    """
    known = memos or known_memos(None)
    with store.transaction() as session:
        found, _ = _own(session, deviation_id, who)
        area = _below(session, unit_id, at)
        by = require_units(
            who, Action.WITHDRAW_RELAXATION, (unit_id, *sorted(area - {unit_id})), CONTAINMENT
        )
        if found.new.unit_id not in area:
            raise InputError(
                tr(
                    "Deviation {id} was seen in {seen}, which isn't in {area}; name an area that "
                    "holds it.",
                    id=deviation_id,
                    seen=found.new.unit_id,
                    area=unit_id,
                )
            )
        key = known_activity(known, activity)
        refuse_untouched(key, known, in_area=True)
        if found.new.premises and not _closed_first(session, deviation_id, at):
            raise InputError(
                tr(
                    "The premises of deviation {id} aren't closed yet: withdraw for them first; "
                    "for all of the area it takes a second decision.",
                    id=deviation_id,
                )
            )
        new = NewWithdrawal(
            deviation_id=deviation_id,
            scope=Scope.AREA,
            unit_id=unit_id,
            premises="",
            activity=key,
            reason=written(reason, tr("Say why it is withdrawn in all of the area.")),
            effective_at=at,
            review_at=review_of(review_at, at),
        )
        return _withdraw(session, new, at, by)


def restore(store: Store, number: str, reason: str, at: datetime, who: Who) -> Withdrawal:
    """End a withdrawal from now on.

    Raises
    ------
    AccessError
        If it isn't theirs to end: whoever may withdraw there may restore.
    InputError
        If it has ended already, or no reason is told.
    """
    require_somewhere(who, Action.WITHDRAW_RELAXATION, CONTAINMENT)
    with store.transaction() as session:
        register.lock_register(session)
        found = register.find_withdrawal(session, number)
        units: tuple[str, ...] = (found.unit_id,)
        if found.scope is Scope.AREA:
            # One who may act in only a part of it doesn't reopen the whole.
            units = (found.unit_id, *sorted(_below(session, found.unit_id, at) - {found.unit_id}))
        by = require_units(who, Action.WITHDRAW_RELAXATION, units, CONTAINMENT)
        if found.restored is not None:
            raise InputError(
                tr(
                    "Withdrawal {number} was ended on {when} by {who}.",
                    number=found.number,
                    when=moment(found.restored.at),
                    who=found.restored.by,
                )
            )
        why = written(reason, tr("Say why the relaxation is given back."))
        register.add_restoration(session, found, why, at=at, who=by)
        return register.find_withdrawal(session, found.number)


def _own(session: Session, deviation_id: int, who: Who) -> tuple[Deviation, str]:
    # Who may withdraw nowhere isn't told which numbers there are.
    require_somewhere(who, Action.WITHDRAW_RELAXATION, CONTAINMENT)
    register.lock_register(session)
    found = register.get_deviation(session, deviation_id)
    by = require(who, Action.WITHDRAW_RELAXATION, found.new.unit_id, CONTAINMENT)
    return found, by


def _withdraw(session: Session, new: NewWithdrawal, at: datetime, by: str) -> Withdrawal:
    for other in register.list_withdrawals(session, at, (new.unit_id,)):
        is_same = (other.scope, other.activity) == (new.scope, new.activity)
        if new.scope is Scope.PREMISES:
            is_same = is_same and other.deviation_id == new.deviation_id
        if is_same and stands(other, at):
            raise InputError(tr("It is withdrawn already, by {number}.", number=other.number))
    return register.add_withdrawal(session, new, at=at, who=by)


def _closed_first(session: Session, deviation_id: int, at: datetime) -> bool:
    return any(
        w.scope is Scope.PREMISES and w.deviation_id == deviation_id
        for w in register.list_withdrawals(session, at)
    )


def _below(session: Session, unit_id: str, at: datetime) -> frozenset[str]:
    present = units_in_force(session, at)
    area = frozenset[str]() if present is None else units_below(unit_id, present[1])
    return area or frozenset({unit_id})
