"""Orders that end because another takes effect, and what may not fall out of force with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.orders.draft import DraftKind
from zoning.orders.state import OrderState, state_label
from zoning.orders.steps import Step
from zoning.store.drafts import DraftVersion, add_version, draft_of_order, latest_versions
from zoning.store.engine import Store
from zoning.store.order_booths import booths_of_order, categories_in_force
from zoning.store.order_ends import end_order, ended_unmarked, mark_order, take_turns
from zoning.store.orders import OrderKind, OrderRecord, list_orders, zones_in_force
from zoning.workflow.draft import Draft

BY_THE_CLOCK = "zoning tick"
"""Who did what was due, in the audit."""

_ENDED_BY = {
    DraftKind.ZONES: (OrderKind.ZONES,),
    DraftKind.CATEGORIES: (OrderKind.CATEGORIES, OrderKind.SEALING),
    DraftKind.SEALING: (),
}


@dataclass(frozen=True)
class Standing:
    """What is in force at a moment and may not be lost by an end."""

    units: frozenset[str]
    affected: frozenset[str]

    @classmethod
    def at(cls, session: Session, at: datetime) -> Standing:
        """Return it; booths that are A by a sealing alone are only sealed for its hours."""
        zones = zones_in_force(session, at)
        categories = categories_in_force(session, at, without=(OrderKind.SEALING,))
        return cls(frozenset(zones.unit_id.tolist()), frozenset(categories.affected().tolist()))

    def refuse_lost(self, after: Standing) -> None:
        """Refuse an end that takes a booth out of Category A or leaves a unit without a zone.

        Raises
        ------
        OrderError
            Naming the first of them.
        """
        for booth in sorted(self.affected - after.affected):
            raise OrderError(
                tr(
                    "Booth {booth} would no longer be in Category A, which it leaves only by an "
                    "order of release: don't end the order that holds it before that.",
                    booth=booth,
                )
            )
        for unit in sorted(self.units - after.units):
            raise OrderError(
                tr(
                    "{unit} would be left without a zone: publish an order that declares one, "
                    "before or instead.",
                    unit=unit,
                )
            )


def may_end(draft: DraftKind, order: OrderKind) -> bool:
    """Return whether a draft of a kind may supersede an order of a kind."""
    return order in _ENDED_BY[draft]


def superseded_by(session: Session, draft: Draft) -> tuple[OrderRecord, ...]:
    """Return the orders that a draft supersedes.

    Raises
    ------
    OrderError
        If one isn't there, has ended, is of another kind or of another's ground.
    """
    known = {record.order.number: record for record in list_orders(session)}
    found = []
    for number in dict.fromkeys(draft.content.supersedes):
        record = known.get(number)
        if record is None:
            raise OrderError(
                tr("There is no order {number} to supersede; take it out.", number=number)
            )
        if record.status is not OrderState.PUBLISHED or record.ended_at is not None:
            raise OrderError(
                tr(
                    "Order {number} is {state} already or ends by another order; take it out.",
                    number=number,
                    state=state_label(record.status),
                )
            )
        if record.kind not in _ENDED_BY[draft.kind]:
            raise OrderError(
                tr(
                    "Order {number} is of another kind and can't be superseded by this one; take "
                    "it out.",
                    number=number,
                )
            )
        found.append(record)
    return tuple(found)


def refuse_foreign(
    session: Session, superseded: Sequence[OrderRecord], own_units: frozenset[str] | None
) -> None:
    """Refuse to supersede an order that speaks of booths beyond the own jurisdiction.

    Raises
    ------
    OrderError
        Naming it.
    """
    for record in superseded if own_units is not None else ():
        units = set(booths_of_order(session, record.order_id).unit_id.tolist())
        if own_units is not None and units - own_units:
            raise OrderError(
                tr(
                    "Order {number} speaks of {unit}, which lies in another's jurisdiction; take "
                    "it out.",
                    number=record.order.number,
                    unit=min(units - own_units),
                )
            )


def end_superseded(
    session: Session,
    superseded: Sequence[OrderRecord],
    effective_at: datetime,
    at: datetime,
    who: str,
) -> None:
    """Tell that orders end when another takes effect; what begins later is marked at its hour."""
    for record in superseded:
        end_order(session, record, effective_at)
        if effective_at <= at:
            mark_superseded(session, record, at, who)


def mark_superseded(session: Session, record: OrderRecord, at: datetime, who: str) -> None:
    """Mark an order as superseded, and the draft that it came from."""
    mark_order(session, record, OrderState.SUPERSEDED)
    tell_draft(session, record, Step.SUPERSEDE, OrderState.SUPERSEDED, "", at, who)


def mark_ended(store: Store, at: datetime) -> int:
    """Mark the orders that ended by another's taking effect since; return how many that are.

    What is in force never waits for it: that is computed from the hours of the orders.
    """
    with store.reading() as session:
        ended = ended_unmarked(session, at)
    if not ended:
        return 0
    with store.transaction() as session:
        take_turns(session)
        # Another run may have marked them meanwhile.
        due = set(ended) & set(ended_unmarked(session, at))
        records = [record for record in list_orders(session) if record.order_id in due]
        for record in records:
            mark_superseded(session, record, at, BY_THE_CLOCK)
        return len(records)


def tell_draft(
    session: Session,
    record: OrderRecord,
    step: Step,
    state: OrderState,
    note: str,
    at: datetime,
    who: str,
) -> None:
    """Write into the draft of an order what became of it."""
    draft_id = draft_of_order(session, record.order_id)
    if draft_id is None:
        return
    last = latest_versions(session, (draft_id,))[draft_id]
    add_version(
        session,
        DraftVersion(
            *(draft_id, last.version + 1, state, step, last.content),
            *(note, last.order_id, at, who),
        ),
    )
