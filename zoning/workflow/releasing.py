"""The order that takes booths out of Category A."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from zoning.access import Action
from zoning.errors import OrderError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr, tr_n
from zoning.model import Category, Indices, Texts
from zoning.orders.annex import AreaEvidence
from zoning.store import audit
from zoning.store.engine import Store
from zoning.store.order_booths import DeclaredBooths, insert_booths_of_order
from zoning.store.order_ends import take_turns
from zoning.store.order_seal import seal_order
from zoning.store.orders import NewOrder, OrderKind, OrderSource, add_order
from zoning.store.outbox import enqueue
from zoning.workflow.actor import Who, name_of, require_units
from zoning.workflow.containment import as_date, delineate_on
from zoning.workflow.denotifying import Board, board_in
from zoning.workflow.ground import GroundShelf
from zoning.workflow.kind_rights import CONTAINMENT
from zoning.workflow.present import present
from zoning.workflow.sealing_papers import content_of, seal_papers


@dataclass(frozen=True, eq=False)
class ReleasePlan:
    """What an order of release would do; nothing of it is written.

    Attributes
    ----------
    order : NewOrder
        As it would be printed where nothing else is said.
    booth_id, category : Texts
        The booths, and what each becomes; shape (m,).
    ended_zones : tuple of str
        Containment zones of which no booth stays in A.
    """

    order: NewOrder
    booth_id: Texts
    category: Texts
    ended_zones: tuple[str, ...]


def plan_release(
    store: Store, shelf: GroundShelf, booth_ids: Sequence[str], at: datetime, who: Who
) -> ReleasePlan:
    """Return what an order of release would do; see `release` for what is refused."""
    with store.reading() as session:
        found = board_in(session, present(session, shelf, at))
        return _planned(found, booth_ids, at, who)


def release(
    store: Store,
    shelf: GroundShelf,
    booth_ids: Sequence[str],
    at: datetime,
    who: Who,
    order: NewOrder | None = None,
) -> NewOrder:
    """Publish the order that takes booths out of Category A.

    Parameters
    ----------
    store : Store
        The database.
    shelf : GroundShelf
        Where grounds are kept.
    booth_ids : sequence of str
        The booths; every one must be due.
    at : datetime
        The present, UTC.
    who : str or Actor
        By whom.
    order : NewOrder or None
        What is printed; made here if None.

    Raises
    ------
    OrderError
        If a booth isn't in A by order, or isn't due: the sentence says what stands in the way;
        or if a part of what is printed is empty.
    AccessError
        If a booth lies where it isn't theirs to release: in another's jurisdiction.
    """
    if order is not None and not all(
        text.strip() for text in (order.number, order.act, order.reason, order.signatory)
    ):
        raise OrderError(
            tr("An order of release needs its number, act, reason and signatory; fill them in.")
        )
    with store.transaction() as session:
        take_turns(session)
        found = board_in(session, present(session, shelf, at))
        plan = _planned(found, booth_ids, at, who)
        order = order or plan.order
        source = OrderSource(OrderKind.RELEASE, found.now.edition.edition_id)
        by = name_of(who)
        order_id = add_order(session, order, source, at=at, who=by)
        row = found.row[_chosen(found, booth_ids)]
        declared = DeclaredBooths(
            plan.booth_id,
            found.now.ground.table.unit_id[row],
            plan.category,
            np.full(len(row), "", dtype=object),
        )
        insert_booths_of_order(session, order_id, declared)
        told = _evidence(found, _chosen(found, booth_ids))
        seal_papers(session, order_id, content_of(order), (), (), at, evidence=told)
        seal_order(session, order_id, at=at, who=by)
        enqueue(session, order_id, at)
        detail = {"number": order.number, "booths": len(row)}
        entry = audit.AuditEntry(at, by, "order.release", f"orders/{order_id}", detail)
        audit.append(session, entry)
    return order


def _planned(found: Board, booth_ids: Sequence[str], at: datetime, who: Who) -> ReleasePlan:
    # Before anything is said of a booth: how long it has been quiet is a figure.
    named = found.row[np.isin(found.booth_id.astype(str), [str(b) for b in booth_ids])]
    units = found.now.ground.table.unit_id[named]
    by = require_units(who, Action.RELEASE, units, CONTAINMENT) if len(units) else name_of(who)
    chosen = _chosen(found, booth_ids)
    now, table = found.now, found.now.ground.table
    kept = np.setdiff1d(now.standing.affected().astype(str), np.array(list(booth_ids), str))
    drawn = delineate_on(
        now.ground,
        now.zone,
        now.placed,
        now.governing,
        now.buffer_m,
        np.datetime64(now.on, "D"),
        kept.astype(object),
    )
    row = found.row[chosen]
    _refuse_affected(table.booth_id[row], drawn.result.category[row])
    staying = np.delete(found.booths.zone, chosen)
    return ReleasePlan(
        order=_plain_order(found, chosen, at, by),
        booth_id=table.booth_id[row],
        category=drawn.result.category[row],
        ended_zones=tuple(sorted(set(found.booths.zone[chosen]) - set(staying))),
    )


def _chosen(found: Board, booth_ids: Sequence[str]) -> Indices:
    at = {booth: nth for nth, booth in enumerate(found.booth_id)}
    if not booth_ids:
        raise OrderError(tr("No booth is named; name at least one that is to be released."))
    for booth in booth_ids:
        if booth not in at:
            raise OrderError(
                tr("Booth {booth} isn't in Category A by an order in force.", booth=booth)
            )
        if not found.state.is_due[at[booth]]:
            raise OrderError(
                tr(
                    "Booth {booth} can't be released: {sentence}",
                    booth=booth,
                    sentence=found.sentences[at[booth]],
                )
            )
    return np.array(sorted({at[booth] for booth in booth_ids}), dtype=np.int32)


def _evidence(found: Board, chosen: Indices) -> tuple[AreaEvidence, ...]:
    """Return why each booth is due, for the sealed annex."""
    last = found.booths.last_case_on[chosen]
    return tuple(
        AreaEvidence(
            area_id=str(found.booth_id[i]),
            name=str(found.booths.zone[i]),
            kind="booth",
            last_case_on=None if np.isnat(day) else as_date(day),
            explanation=str(found.sentences[i]),
        )
        for i, day in zip(chosen, last, strict=True)
    )


def _refuse_affected(booth_id: Texts, category: Texts) -> None:
    for booth in booth_id[category == Category.AFFECTED.value]:
        raise OrderError(
            tr(
                "Booth {booth} can't be released: by the policy it is still affected, as cases of "
                "its unit lie in no booth; place them first.",
                booth=booth,
            )
        )


def _plain_order(found: Board, chosen: Indices, at: datetime, who: str) -> NewOrder:
    zones = sorted(set(found.booths.zone[chosen]))
    return NewOrder(
        number=f"D-{found.now.on:%Y%m%d}-{at:%H%M%S}",
        title=tr_n(
            "De-notification of {n} booth",
            "De-notification of {n} booths",
            len(chosen),
        ),
        act=tr("Disaster Management Act, 2005; Epidemic Diseases Act, 1897"),
        reason=tr(
            "{n} days without a new case in {zones}, follow-up complete, on {day}",
            n=found.policy.denotification.days_without_case,
            zones=", ".join(zones),
            day=forms.day(found.now.on),
        ),
        signatory=who,
        effective_at=at,
    )
