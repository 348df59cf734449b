"""A draft is begun from what was proposed: zones of a run, or the booths of its delineation."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning import clock
from zoning.access import Action, allowed
from zoning.errors import InputError, OrderError
from zoning.i18n.catalogue import tr
from zoning.model import Texts, Units, Zone
from zoning.orders.draft import DraftContent, DraftKind
from zoning.orders.procedure import procedure
from zoning.orders.state import OrderState
from zoning.orders.steps import Step
from zoning.places.hierarchy import units_below
from zoning.places.placing import index_of
from zoning.rules.rulebook import load_rule
from zoning.store.delineations import delineation_of_run, get_delineation, latest_delineation
from zoning.store.drafts import DraftVersion, NewDraft, add_draft, add_version, get_head
from zoning.store.order_booths import categories_in_force
from zoning.store.orders import zones_in_force
from zoning.store.results import get_run, list_runs, load_run
from zoning.workflow.actor import Who, area_of, name_of, require, standing_of
from zoning.workflow.containment import delineate_on, divides, ground_in_force, policy_for, save
from zoning.workflow.draft import Draft, draft_of
from zoning.workflow.facts import placed_cases
from zoning.workflow.ground import GroundShelf
from zoning.workflow.kind_rights import CONTAINMENT
from zoning.workflow.places import judged_units, units_in_force


def start_in(
    session: Session,
    kind: DraftKind,
    at: datetime,
    who: Who,
    *,
    run_id: int | None = None,
    area_unit_id: str = "",
    content: DraftContent | None = None,
    shelf: GroundShelf | None = None,
) -> Draft:
    """Begin a draft in an open transaction; see `drafting.start`."""
    if kind is DraftKind.ZONES:
        require(who, procedure().kinds[kind].drafts, None, CONTAINMENT)
        new = _from_run(session, run_id)
    elif kind is DraftKind.CATEGORIES:
        area = _own_area(who, area_unit_id)
        require(who, procedure().kinds[kind].drafts, area or None, CONTAINMENT)
        _refuse_unknown(session, area, at)
        begins = at if content is None else content.effective_at or at
        new = _from_delineation(session, run_id, area, begins, at, who, shelf)
    else:
        raise OrderError(
            tr("A sealing isn't drafted: it is done at once with “zoning drafts seal BOOTH ...”.")
        )
    return begin(session, new, content or DraftContent(), at, who)


def begin(
    session: Session,
    new: NewDraft,
    content: DraftContent,
    at: datetime,
    who: Who,
    *,
    state: OrderState = OrderState.DRAFT,
    order_id: int | None = None,
) -> Draft:
    """Write the first version of a draft and return it."""
    by = name_of(who)
    draft_id = add_draft(session, new, at=at, who=by)
    step = Step.START if order_id is None else Step.PUBLISH
    version = DraftVersion(draft_id, 1, state, step, content, "", order_id, at, by)
    add_version(session, version)
    head = get_head(session, draft_id)
    assert head is not None
    return draft_of(head, version)


def _from_run(session: Session, run_id: int | None) -> NewDraft:
    runs = list_runs(session, limit=1) if run_id is None else (get_run(session, run_id),)
    if not runs:
        raise OrderError(tr("There is nothing to draft from: run “zoning propose” first."))
    return NewDraft(DraftKind.ZONES, runs[0].edition_id, runs[0].run_id, None, "")


def _own_area(who: Who, area_unit_id: str) -> str:
    if area_unit_id:
        return area_unit_id
    own = area_of(who) or ()
    if len(own) == 1:
        return own[0]
    # Only who approves categories in the whole state may draft for it: the machine itself.
    if not own and allowed(standing_of(who), Action.APPROVE_CATEGORIES, None, CONTAINMENT):
        return ""
    raise OrderError(
        tr("Name the district or corporation for which the categories are drafted (--area CODE).")
    )


def _refuse_unknown(session: Session, area_unit_id: str, at: datetime) -> None:
    present = units_in_force(session, at)
    if present is None:
        raise InputError(
            tr("There are no boundaries yet: run “zoning import boundaries FILE” first.")
        )
    if area_unit_id and not units_below(area_unit_id, present[1]):
        raise OrderError(
            tr("No unit has the code {area}; name a district or corporation.", area=area_unit_id)
        )


def _from_delineation(
    session: Session,
    run_id: int | None,
    area_unit_id: str,
    begins: datetime,
    at: datetime,
    who: Who,
    shelf: GroundShelf | None,
) -> NewDraft:
    latest = latest_delineation(session) if run_id is None else delineation_of_run(session, run_id)
    if latest is None:
        raise OrderError(
            tr(
                "There are no categories to draft from: run “zoning propose” first, with a rule "
                "whose zones divide."
            )
        )
    number = latest.delineation_id
    run = get_run(session, latest.new.run_id)
    if shelf is not None:
        number = _drawn_anew(session, shelf, number, max(begins, at), at, name_of(who))
    return NewDraft(DraftKind.CATEGORIES, run.edition_id, run.run_id, number, area_unit_id)


def _drawn_anew(
    session: Session,
    shelf: GroundShelf,
    delineation_id: int,
    begins: datetime,
    at: datetime,
    who: str,
) -> int:
    """Draw the booths on the zones in force, by the policy of a delineation, and keep it.

    What is in force may differ from what the rule said, for relaxing is slow and officers
    override. A unit without an order has the zone that the rule proposes.
    """
    how = get_delineation(session, delineation_id).new
    run = get_run(session, how.run_id)
    present = units_in_force(session, at)
    assert present is not None
    edition, everything = present
    if edition.edition_id != run.edition_id or not divides(load_rule(run.rule_id)):
        raise OrderError(
            tr(
                "The boundaries have changed since run {run}: run “zoning propose” again.",
                run=run.run_id,
            )
        )
    units = judged_units(everything)
    zone = zones_to_divide(session, run.run_id, units, begins)
    standing = categories_in_force(session, at)
    policy = policy_for(how.policy_id, standing)
    ground, booths = ground_in_force(session, shelf, edition, units, at, policy)
    placed = placed_cases(session, units, at)
    on = np.datetime64(run.on_day, "D")
    drawn = delineate_on(ground, zone, placed, policy, how.buffer_m, on, standing.affected())
    # Zones are named by the day on which they are drawn: one sealed since goes on under its name.
    named = replace(drawn, on=np.datetime64(max(run.on_day, clock.today_ist(at)), "D"))
    return save(session, named, run.run_id, booths, standing, at=at, who=who)


def zones_to_divide(session: Session, run_id: int, units: Units, at: datetime) -> Texts:
    """Return the zone of each unit that its booths are drawn from, shape (n_units,)."""
    result = load_run(session, run_id)
    standing = zones_in_force(session, at)
    proposed = np.append(result.zone, Zone.UNCLASSIFIED.value)
    zone = proposed[index_of(units.unit_id, result.unit_id)]
    row = index_of(units.unit_id, standing.unit_id)
    zone[row >= 0] = standing.zone[row[row >= 0]]
    return zone


def delineating_of(
    who: Who, self_delineating: AbstractSet[str], everything: Units
) -> frozenset[str]:
    """Return all units of corporations whose Commissioner delineates, as far as is known."""
    of_settings = (units_below(code, everything) for code in self_delineating)
    of_actor = (holding.self_delineating for holding in standing_of(who).holdings)
    return frozenset().union(*of_settings, *of_actor)
