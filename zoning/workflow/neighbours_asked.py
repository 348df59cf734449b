"""Neighbouring authorities are asked for their own orders where a buffer crosses the line."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import numpy as np
from sqlalchemy.orm import Session

from zoning.access import Action, allowed
from zoning.errors import AccessError, OrderError
from zoning.i18n.catalogue import tr
from zoning.judgement.consents import consents
from zoning.judgement.jurisdictions import jurisdictions_of
from zoning.model import Category, Indices, Texts
from zoning.orders.procedure import procedure
from zoning.places.buffers import buffer_pairs
from zoning.store import audit
from zoning.store.drafts import get_head
from zoning.store.engine import Store
from zoning.store.neighbour_requests import (
    NeighbourRequest,
    add_neighbour_answer,
    add_requests,
    read_requests,
)
from zoning.workflow.actor import Who, require, standing_of
from zoning.workflow.decided_booths import DecidedBooths
from zoning.workflow.draft import Draft
from zoning.workflow.kind_rights import CONTAINMENT

__all__ = ["NeighbourAnswer", "NeighbourRequest", "answer_request", "ask_neighbours"]
__all__ += ["open_requests", "requests_seen"]


class NeighbourAnswer(StrEnum):
    """What a neighbour answers."""

    AGREES = "agrees"
    DECLINES = "declines"


def ask_neighbours(
    session: Session,
    draft: Draft,
    decided: DecidedBooths,
    order_id: int,
    at: datetime,
    who: str,
) -> tuple[NeighbourRequest, ...]:
    """Ask the authorities beyond the line for what lies on their ground, and return the requests.

    One request for each authority, zone and category: for the buffer of the own zones, and for
    booths of the same zone that are affected themselves. None is made for ground that the order
    itself speaks of.
    """
    now = decided.now
    table = now.ground.table
    is_a = decided.category == Category.AFFECTED.value
    zone_ids = sorted(set(decided.zone_id[is_a & decided.is_own].tolist()) - {""})
    if not zone_ids or decided.is_own.all():
        return ()
    nth = {zone: at_zone for at_zone, zone in enumerate(zone_ids)}
    label = np.full(len(table.booth_id), -1, dtype=np.int32)
    rows = np.flatnonzero(is_a & decided.is_own)
    label[rows] = [nth.get(zone, -1) for zone in decided.zone_id[rows]]
    parents = jurisdictions_of(now.units, now.everything, decided.corporations)
    beyond = ~decided.is_own
    until = at + procedure().neighbour_answers_within
    found: list[NeighbourRequest] = []
    for category in (Category.AFFECTED, Category.BUFFER):
        is_asked = beyond & (decided.category == category.value)
        pairs = buffer_pairs(label, is_asked, now.ground.cells_metric, decided.reach_m)
        units_of: dict[tuple[int, str], set[str]] = {}
        for part in consents(label, pairs, table.unit_index, table.population, parents):
            units_of.setdefault((part.zone, part.authority_unit_id), set()).add(part.unit_id)
        for (zone, authority), units in sorted(units_of.items()):
            booths = _booths(table.booth_id, table.unit_id, pairs.booth[pairs.zone == zone], units)
            if booths:
                found.append(
                    NeighbourRequest(
                        request_id=0,
                        draft_id=draft.draft_id,
                        order_id=order_id,
                        authority_unit_id=authority,
                        unit_ids=tuple(sorted(units)),
                        booth_ids=booths,
                        zone_id=zone_ids[zone],
                        category=category.value,
                        about=_about(category, zone_ids[zone], units),
                        asked_at=at,
                        asked_by=who,
                        answer_by=until,
                    )
                )
    return add_requests(session, found)


def open_requests(store: Store, who: Who, at: datetime) -> tuple[NeighbourRequest, ...]:
    """Return the requests without an answer that somebody made, or has to answer."""
    return tuple(one for one in requests_seen(store, who, at) if not one.answer)


def requests_seen(store: Store, who: Who, at: datetime) -> tuple[NeighbourRequest, ...]:
    """Return the requests to or from the own area, answered ones too."""
    with store.reading() as session:
        return tuple(
            one
            for one in read_requests(session)
            if _may_answer(who, one) or _made(session, who, one)
        )


def answer_request(
    store: Store,
    request_id: int,
    answer: str,
    note: str,
    order_number: str,
    at: datetime,
    who: Who,
) -> None:
    """Answer what a neighbour asked for: with the own order, or with the reason why not.

    Raises
    ------
    OrderError
        If it is no answer, or lacks its reason.
    AccessError
        If there is no such request that they may answer.
    """
    if answer not in tuple(NeighbourAnswer):
        raise OrderError(
            tr(
                "{answer} is no answer; choose one of {known}.",
                answer=answer,
                known=", ".join(NeighbourAnswer),
            )
        )
    if answer == NeighbourAnswer.DECLINES and not note.strip():
        raise OrderError(tr("Whoever declines says why in the note."))
    with store.transaction() as session:
        asked = {one.request_id: one for one in read_requests(session)}.get(request_id)
        if asked is None or not _may_answer(who, asked):
            raise AccessError(
                tr(
                    "There is no request {id} that you may answer; “zoning drafts requests” shows "
                    "yours.",
                    id=request_id,
                )
            )
        by = require(who, Action.APPROVE_CATEGORIES, asked.authority_unit_id or None, CONTAINMENT)
        add_neighbour_answer(
            session, request_id, answer, note.strip(), order_number.strip(), at=at, who=by
        )
        detail = {"answer": answer, "order": order_number.strip()}
        subject = f"neighbour_requests/{request_id}"
        audit.append(session, audit.AuditEntry(at, by, "request.answer", subject, detail))


def _may_answer(who: Who, one: NeighbourRequest) -> bool:
    area = one.authority_unit_id or None
    return allowed(standing_of(who), Action.APPROVE_CATEGORIES, area, CONTAINMENT)


def _made(session: Session, who: Who, one: NeighbourRequest) -> bool:
    head = None if one.draft_id is None else get_head(session, one.draft_id)
    if head is None:
        return False
    area = head.new.area_unit_id or None
    acts = (Action.DRAFT, Action.APPROVE_CATEGORIES)
    return any(allowed(standing_of(who), act, area, CONTAINMENT) for act in acts)


def _booths(booth_id: Texts, unit_id: Texts, rows: Indices, units: set[str]) -> tuple[str, ...]:
    return tuple(sorted(booth_id[row] for row in rows.tolist() if unit_id[row] in units))


def _about(category: Category, zone_id: str, units: set[str]) -> str:
    where = ", ".join(sorted(unit for unit in units if unit)) or tr("ground of no known unit")
    if category is Category.AFFECTED:
        return tr(
            "The containment zone {zone} goes on in {units}: an order of your own for Category A.",
            zone=zone_id,
            units=where,
        )
    return tr(
        "The buffer of the containment zone {zone} lies in {units}: an order of your own for "
        "Category B.",
        zone=zone_id,
        units=where,
    )
