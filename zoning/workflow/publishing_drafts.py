"""An approved draft becomes an order: its head, areas, papers, requests, notices at once."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.orders.draft import DraftKind
from zoning.orders.state import OrderState, advance
from zoning.orders.steps import Step, lacks
from zoning.orders.zone_terms import unmet_needs
from zoning.store import audit
from zoning.store.consultations import consultations_of, latest_round
from zoning.store.engine import Store
from zoning.store.neighbour_requests import NeighbourRequest
from zoning.store.order_booths import DeclaredBooths, closed_zones, insert_booths_of_order
from zoning.store.order_ends import take_turns
from zoning.store.order_seal import seal_order
from zoning.store.orders import (
    NewOrder,
    OrderKind,
    OrderSource,
    add_order,
    insert_units_of_order,
)
from zoning.store.outbox import enqueue
from zoning.workflow.actor import Who
from zoning.workflow.changed_since import refuse_changed_since
from zoning.workflow.decided_booths import DecidedBooths, decided_booths, refused_booths
from zoning.workflow.decided_zones import decided_zones, refused_zones
from zoning.workflow.draft import Draft, found, refuse_passed_over, require_step, write_step
from zoning.workflow.ground import GroundShelf
from zoning.workflow.neighbours_asked import ask_neighbours
from zoning.workflow.sealing_papers import seal_papers
from zoning.workflow.signatories import faults_of_signatory, printed_signatory
from zoning.workflow.superseding import (
    Standing,
    end_superseded,
    refuse_foreign,
    superseded_by,
)

__all__ = ["obstacles", "publish_draft", "unmet_terms"]


def publish_draft(
    store: Store,
    shelf: GroundShelf,
    draft_id: int,
    version: int,
    at: datetime,
    who: Who,
    *,
    self_delineating: AbstractSet[str] = frozenset(),
) -> NewOrder:
    """Publish an approved draft as an order: all of it, or nothing.

    Parameters
    ----------
    store : Store
        The database.
    shelf : GroundShelf
        Where grounds are kept.
    draft_id, version : int
        The draft, and the version that was seen.
    at : datetime
        The present, UTC; the order takes effect now, or later as the draft says.
    who : str or Actor
        By whom.
    self_delineating : set of str
        Corporations whose Commissioner delineates, as the settings name them: whoever works at
        the machine itself, and not in a post, brings them along.

    Raises
    ------
    OrderError
        If it isn't approved, somebody has changed it or what is in force since, a part is
        missing, the time has passed, whoever signs may not, it would go below a floor or relax
        too early, take a booth out of Category A, or close booths without what people there
        can't be without (`orders/procedure.toml`). The draft stays as it is.
    AccessError
        If it isn't theirs to publish.
    """
    with store.transaction() as session:
        draft = found(session, draft_id, who, at, is_locked=True)
        take_turns(session)
        by = require_step(who, draft, draft.procedure.publishes)
        refuse_passed_over(draft, version)
        advance(draft.name, draft.state, OrderState.PUBLISHED)
        for fault in _faults_of_text(session, draft, at):
            raise OrderError(fault)
        order = _order(session, draft, at)
        superseded = superseded_by(session, draft)
        before = Standing.at(session, order.effective_at)
        source = OrderSource(
            OrderKind(draft.kind.value), draft.edition_id, draft.run_id, draft.delineation_id
        )
        order_id = add_order(session, order, source, at=at, who=by)
        requests: tuple[NeighbourRequest, ...] = ()
        if draft.kind is DraftKind.ZONES:
            _declare_zones(session, draft, order_id, order.effective_at, at)
        else:
            decided = _declare_booths(
                session, shelf, draft, order_id, order.effective_at, at, who, self_delineating
            )
            refuse_foreign(session, superseded, decided.own_units)
            requests = ask_neighbours(session, draft, decided, order_id, at, by)
        refuse_changed_since(session, draft, order_id, at)
        end_superseded(session, superseded, order.effective_at, at, by)
        before.refuse_lost(Standing.at(session, order.effective_at))
        told = latest_round(consultations_of(session, (draft_id,)))
        seal_papers(session, order_id, draft.content, told, requests, at)
        content = replace(draft.content, effective_at=order.effective_at)
        write_step(
            session,
            draft,
            Step.PUBLISH,
            at,
            who,
            to=OrderState.PUBLISHED,
            content=content,
            order_id=order_id,
        )
        seal_order(session, order_id, at=at, who=by)
        enqueue(session, order_id, at)
        detail = {"number": order.number, "draft": draft_id}
        entry = audit.AuditEntry(at, by, "order.publish", f"orders/{order_id}", detail)
        audit.append(session, entry)
    return order


def obstacles(session: Session, draft: Draft, at: datetime) -> tuple[str, ...]:
    """Return what would stand against the publication of a draft, a sentence each."""
    return tuple(_obstacles(session, draft, at))


def unmet_terms(draft: Draft, declared: DeclaredBooths) -> tuple[str, ...]:
    """Return what a draft isn't published without and doesn't say of the zones that it closes."""
    without = draft.procedure.refuses_without
    unmet = unmet_needs(closed_zones(declared), draft.content)
    return tuple(sentence for need, sentence in unmet if need in without)


def _obstacles(session: Session, draft: Draft, at: datetime) -> Iterator[str]:
    yield from _faults_of_text(session, draft, at)
    if draft.kind is DraftKind.ZONES:
        begins = max(draft.content.effective_at or at, at)
        try:
            decided = decided_zones(session, draft, begins)
        except OrderError as refusal:
            yield str(refusal)
            return
        yield from refused_zones(session, draft, decided, begins, at)


def _faults_of_text(session: Session, draft: Draft, at: datetime) -> Iterator[str]:
    yield from lacks(draft.content, at)
    if draft.content.signatory.strip():
        yield from faults_of_signatory(session, draft.content, draft.kind, draft.area_unit_id, at)


def _order(session: Session, draft: Draft, at: datetime) -> NewOrder:
    content = draft.content
    begins = content.effective_at or at
    return NewOrder(
        number=content.number.strip(),
        title=content.title.strip(),
        act=content.act.strip(),
        reason=content.reason.strip(),
        signatory=printed_signatory(session, content.signatory, at),
        effective_at=begins,
        review_at=content.review_at,
        expires_at=content.expires_at,
    )


def _declare_zones(
    session: Session, draft: Draft, order_id: int, effective_at: datetime, at: datetime
) -> None:
    decided = decided_zones(session, draft, effective_at)
    if not len(decided.unit_id):
        raise OrderError(
            tr(
                "{name} would declare nothing: its run classified no unit; import newer cases and "
                "propose again.",
                name=draft.name,
            )
        )
    for refusal in refused_zones(session, draft, decided, effective_at, at):
        raise OrderError(refusal)
    insert_units_of_order(session, order_id, decided.unit_id, decided.zone)


def _declare_booths(
    session: Session,
    shelf: GroundShelf,
    draft: Draft,
    order_id: int,
    effective_at: datetime,
    at: datetime,
    who: Who,
    self_delineating: AbstractSet[str],
) -> DecidedBooths:
    decided = decided_booths(session, shelf, draft, effective_at, at, who, self_delineating)
    units = np.unique(decided.declared.unit_id.astype(str))
    for unit_id in units.tolist() if draft.area_unit_id else ():
        require_step(who, replace(draft, area_unit_id=unit_id), draft.procedure.publishes)
    for refusal in refused_booths(session, draft, decided, effective_at):
        raise OrderError(refusal)
    unmet = unmet_terms(draft, decided.declared)
    if unmet:
        raise OrderError(
            tr(
                "{name} can't be published yet: {lacks} Give it back and add what is missing.",
                name=draft.name,
                lacks=" ".join(unmet),
            )
        )
    insert_booths_of_order(session, order_id, decided.declared)
    return decided
