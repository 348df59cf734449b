"""A magistrate closes booths at once for a day; what follows is decided in consultation."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning import clock
from zoning.access import Action
from zoning.errors import OrderError
from zoning.i18n.catalogue import tr, tr_n
from zoning.judgement.containment import contiguous
from zoning.judgement.jurisdictions import jurisdictions_of
from zoning.model import Bools, Category, Indices, Level, Texts
from zoning.orders.draft import DraftContent, DraftKind
from zoning.orders.procedure import procedure
from zoning.orders.state import OrderState
from zoning.places.placing import index_of
from zoning.store import audit
from zoning.store.delineations import latest_delineation
from zoning.store.drafts import NewDraft
from zoning.store.engine import Store
from zoning.store.order_booths import DeclaredBooths, insert_booths_of_order
from zoning.store.order_ends import take_turns
from zoning.store.order_seal import seal_order
from zoning.store.orders import NewOrder, OrderKind, OrderSource, add_order, list_orders
from zoning.store.outbox import enqueue
from zoning.store.results import get_run
from zoning.workflow.actor import Who, area_of, name_of, require_units
from zoning.workflow.ground import GroundShelf
from zoning.workflow.kind_rights import CONTAINMENT
from zoning.workflow.present import Present, present
from zoning.workflow.sealing_papers import seal_papers
from zoning.workflow.starting import begin, delineating_of, start_in
from zoning.workflow.zone_naming import name_zones

_A = Category.AFFECTED.value


def seal(
    store: Store,
    shelf: GroundShelf,
    booth_ids: Sequence[str],
    reason: str,
    at: datetime,
    who: Who,
    *,
    self_delineating: AbstractSet[str] = frozenset(),
) -> NewOrder:
    """Close booths at once, for the hours of the procedure, and open the draft that decides on it.

    Booths that share ground with one of them are closed with it.

    Parameters
    ----------
    store : Store
        The database.
    shelf : GroundShelf
        Where grounds are kept.
    booth_ids : sequence of str
        The booths, all of one jurisdiction.
    reason : str
        Why; it is printed.
    at : datetime
        The present, UTC.
    who : str or Actor
        By whom.
    self_delineating : set of str
        Corporations whose Commissioner delineates; see `publish_draft`.

    Raises
    ------
    OrderError
        If no booth or no reason is given, a booth isn't known or closed already, or they lie in
        two jurisdictions.
    AccessError
        If it isn't theirs to seal there.
    """
    if not reason.strip():
        raise OrderError(tr("A sealing needs its reason; write it down."))
    with store.transaction() as session:
        take_turns(session)
        now = present(session, shelf, at)
        table = now.ground.table
        is_sealed = _sealed(now, booth_ids, who)
        rows = np.flatnonzero(is_sealed).astype(np.int32)
        by = name_of(who)
        area = _area(now, rows, who, self_delineating)
        order = _order(session, len(rows), reason.strip(), at, by)
        source = OrderSource(OrderKind.SEALING, now.edition.edition_id)
        order_id = add_order(session, order, source, at=at, who=by)
        declared = DeclaredBooths(
            table.booth_id[rows],
            table.unit_id[rows],
            np.full(len(rows), _A, dtype=object),
            _zone_ids(session, now, is_sealed)[rows],
        )
        insert_booths_of_order(session, order_id, declared)
        content = _content(order, table.booth_id[rows].tolist())
        new = NewDraft(DraftKind.SEALING, now.edition.edition_id, None, None, area)
        begin(session, new, content, at, who, state=OrderState.PUBLISHED, order_id=order_id)
        seal_papers(session, order_id, content, (), (), at)
        seal_order(session, order_id, at=at, who=by)
        enqueue(session, order_id, at)
        detail = {"number": order.number, "booths": len(rows)}
        entry = audit.AuditEntry(at, by, "order.seal", f"orders/{order_id}", detail)
        audit.append(session, entry)
        _open_decision(session, shelf, now, order, area, at, who)
    return order


def _sealed(now: Present, booth_ids: Sequence[str], who: Who) -> Bools:
    """Return which booths are closed, shape (n,); their right is asked before anything is said."""
    table = now.ground.table
    row = index_of(np.array(list(booth_ids), dtype=object), table.booth_id)
    named = np.unique(row[row >= 0])
    require_units(who, Action.SEAL_PROVISIONALLY, table.unit_id[named].tolist(), CONTAINMENT)
    if not len(row):
        raise OrderError(tr("No booth is named; name at least one that is to be closed."))
    for booth, at_row in zip(booth_ids, row.tolist(), strict=True):
        if at_row < 0:
            raise OrderError(tr("No booth has the code {booth}; look it up first.", booth=booth))
        if now.category[at_row] == _A:
            raise OrderError(
                tr("Booth {booth} is in Category A already by an order in force.", booth=booth)
            )
    is_sealed: Bools = np.isin(table.sharing, table.sharing[named]) & (now.category != _A)
    # Of booths on one ground only those are closed that it is theirs to close.
    require_units(who, Action.SEAL_PROVISIONALLY, table.unit_id[is_sealed].tolist(), CONTAINMENT)
    return is_sealed


def _area(now: Present, rows: Indices, who: Who, self_delineating: AbstractSet[str]) -> str:
    """Return the jurisdiction of the booths: the officer's own, else who delineates there."""
    own = area_of(who) or ()
    if len(own) == 1:
        return own[0]
    delineating = delineating_of(who, self_delineating, now.everything)
    is_corporation = now.everything.level == Level.CORPORATION.value
    corporations = delineating & set(now.everything.unit_id[is_corporation].tolist())
    above = jurisdictions_of(now.units, now.everything, corporations)
    units = now.ground.table.unit_index[rows]
    codes = np.where(above.delineates_itself, above.local_body_id, above.district_id)
    areas = set(np.append(codes, "")[units].tolist())
    if len(areas) > 1:
        raise OrderError(
            tr(
                "The booths lie in different jurisdictions ({areas}); seal those of each by an "
                "order of its own.",
                areas=", ".join(sorted(areas)),
            )
        )
    return str(areas.pop())


def _order(session: Session, n: int, reason: str, at: datetime, who: str) -> NewOrder:
    stem = f"S-{clock.today_ist(at):%Y%m%d}-{at.astimezone(clock.IST):%H%M%S}"
    taken = {record.order.number for record in list_orders(session)}
    number, nth = stem, 1
    while number in taken:
        nth += 1
        number = f"{stem}-{nth}"
    return NewOrder(
        number=number,
        title=tr_n("Provisional sealing of {n} booth", "Provisional sealing of {n} booths", n),
        act=tr("Disaster Management Act, 2005, section 34"),
        reason=reason,
        signatory=who,
        effective_at=at,
        expires_at=at + procedure().sealing_stands_for,
    )


def _content(order: NewOrder, booth_ids: Sequence[str]) -> DraftContent:
    return DraftContent(
        number=order.number,
        title=order.title,
        act=order.act,
        reason=order.reason,
        signatory=order.signatory,
        effective_at=order.effective_at,
        expires_at=order.expires_at,
        area_ids=tuple(booth_ids),
    )


def _zone_ids(session: Session, now: Present, is_sealed: Bools) -> Texts:
    """Return the containment zone of each booth with those closed now, shape (n,)."""
    table = now.ground.table
    touching = now.ground.within(now.governing.touching_m)
    label = contiguous((now.category == _A) | is_sealed, touching, table.sharing)
    zone_id, _ = name_zones(session, table.booth_id, label, now.standing, now.on)
    return zone_id


def _open_decision(
    session: Session,
    shelf: GroundShelf,
    now: Present,
    order: NewOrder,
    area: str,
    at: datetime,
    who: Who,
) -> None:
    """Open the draft that confirms or ends the sealing; booths closed now are A in it."""
    content = DraftContent(
        title=tr("Decision on the provisional sealing {number}", number=order.number),
        act=order.act,
        reason=order.reason,
        supersedes=(order.number,),
    )
    latest = latest_delineation(session)
    is_usable = (
        latest is not None
        and get_run(session, latest.new.run_id).edition_id == now.edition.edition_id
    )
    if is_usable:
        start_in(
            session,
            DraftKind.CATEGORIES,
            at,
            who,
            area_unit_id=area,
            content=content,
            shelf=shelf,
        )
        return
    # Nothing was proposed yet: the decision is on the closed booths alone.
    new = NewDraft(DraftKind.CATEGORIES, now.edition.edition_id, None, None, area)
    begin(session, new, content, at, who)
