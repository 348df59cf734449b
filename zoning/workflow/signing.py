"""Before an order is signed: what refuses it, what it lacks, and what can be filled in."""

from __future__ import annotations

from dataclasses import dataclass

from zoning import clock
from zoning.access import Officer, Role
from zoning.errors import OrderError
from zoning.orders.completeness import missing_of_terms
from zoning.orders.draft import DraftKind
from zoning.orders.offices import designation
from zoning.orders.paper import Commander
from zoning.orders.state import OrderState
from zoning.places.hierarchy import units_below
from zoning.store.officers import read_officers, read_postings
from zoning.store.order_booths import booths_of_order, closed_zones
from zoning.store.orders import OrderRecord, list_orders
from zoning.workflow.draft import Draft
from zoning.workflow.draft_papers import printed_draft
from zoning.workflow.places import units_in_force
from zoning.workflow.proposal_desk import ProposalDesk
from zoning.workflow.publishing_drafts import unmet_terms
from zoning.workflow.superseding import may_end


@dataclass(frozen=True)
class Signing:
    """How far a draft is from its signature, beside what `obstacles` tells.

    Attributes
    ----------
    refused : tuple of str
        What its publication is refused for by what it would declare, a sentence each.
    missing : tuple of str
        What it lacks beside that: told, and refusing nothing.
    closed : tuple of str
        Containment zones that it would close.
    """

    refused: tuple[str, ...]
    missing: tuple[str, ...]
    closed: tuple[str, ...]


def signing(desk: ProposalDesk, draft: Draft) -> Signing:
    """Return how far a draft is from its signature, as of now."""
    at, own = desk.now(), desk.data.settings.self_delineating_ids
    with desk.data.store.reading() as session:
        try:
            paper, told = printed_draft(session, desk.shelf, draft, at, desk.who, own)
        except OrderError as refusal:
            return Signing((str(refusal),), (), ())
    refused = unmet_terms(draft, told.booths)
    closed = closed_zones(told.booths)
    missing = dict.fromkeys(missing_of_terms(paper))
    return Signing(refused, tuple(lack for lack in missing if lack not in refused), closed)


def commanders(desk: ProposalDesk, draft: Draft) -> tuple[Commander, ...]:
    """Return the incident commanders that the roster has in the area of a draft today."""
    at = desk.now()
    today = clock.today_ist(at)
    with desk.data.store.reading() as session:
        present = units_in_force(session, at)
        officers = read_officers(session, at)
        postings = [kept.posting for kept in read_postings(session, at)]
    if present is None:
        return ()
    units = present[1]
    names = dict(zip(units.unit_id.tolist(), units.name.tolist(), strict=True))
    area = units_below(draft.area_unit_id, units) if draft.area_unit_id else None
    return tuple(
        _commander(officers[p.person_id], names.get(p.area_unit_id, p.area_unit_id))
        for p in postings
        if p.role is Role.INCIDENT_COMMANDER
        and p.holds_on(today)
        and (area is None or not area.isdisjoint(units_below(p.area_unit_id, units)))
    )


def _commander(officer: Officer, area: str) -> Commander:
    return Commander(officer.name, designation(Role.INCIDENT_COMMANDER.value, area), "")


def supersedable(desk: ProposalDesk, draft: Draft) -> tuple[OrderRecord, ...]:
    """Return the orders in the books that a draft may end, the newest first."""
    at = desk.now()
    with desk.data.store.reading() as session:
        present = units_in_force(session, at)
        area = None
        if draft.area_unit_id and present is not None:
            area = units_below(draft.area_unit_id, present[1])
        found = []
        for record in list_orders(session):
            if record.status is not OrderState.PUBLISHED or record.ended_at is not None:
                continue
            if not may_end(draft.kind, record.kind):
                continue
            if draft.kind is not DraftKind.ZONES and area is not None:
                units = set(booths_of_order(session, record.order_id).unit_id.tolist())
                if units - area:
                    continue
            found.append(record)
    return tuple(sorted(found, key=lambda record: record.published_at, reverse=True))
