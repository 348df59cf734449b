"""Propose zones and categories from the facts as known, and publish them as an order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from zoning.access import Action, allowed
from zoning.errors import InputError, OrderError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.model import Classification
from zoning.rules.rulebook import Rule, load_rule
from zoning.store.delineations import delineation_of_run, load_delineation
from zoning.store.engine import Store
from zoning.store.order_booths import (
    DeclaredBooths,
    categories_in_force,
    insert_booths_of_order,
)
from zoning.store.order_ends import take_turns
from zoning.store.order_seal import seal_order
from zoning.store.orders import NewOrder, publish_first_order
from zoning.store.outbox import enqueue
from zoning.store.results import NewRun, RunRecord, get_run, list_runs, save_run
from zoning.workflow.actor import Who, require, standing_of
from zoning.workflow.containment import (
    Delineated,
    delineate_on,
    divides,
    ground_in_force,
    policy_for,
    save,
)
from zoning.workflow.facts import placed_cases
from zoning.workflow.ground import GroundShelf
from zoning.workflow.judging import judge_placed
from zoning.workflow.kind_rights import CONTAINMENT
from zoning.workflow.places import judged_units, units_in_force
from zoning.workflow.proposed_zones import zones_to_draw, zones_to_have
from zoning.workflow.sealing_papers import content_of, seal_papers


@dataclass(frozen=True)
class Proposal:
    """A stored run of a rule, and of a policy on it, with what they say.

    `delineation` is its number and content; None where the rule's levels don't divide.
    """

    run_id: int
    result: Classification
    delineation: tuple[int, Delineated] | None


@dataclass(frozen=True)
class Containing:
    """How zones are to be divided.

    Attributes
    ----------
    shelf : GroundShelf
        Where the ground is kept.
    policy_id : str
        What makes a booth affected; empty for the policy of the present state of affairs.
    buffer_m : float or None
        Width of the buffer in metres; the policy's own if None.
    """

    shelf: GroundShelf = field(default_factory=GroundShelf)
    policy_id: str = ""
    buffer_m: float | None = None


def propose(
    store: Store,
    rule_id: str,
    on: date | None,
    at: datetime,
    who: Who,
    containing: Containing | None = None,
) -> Proposal:
    """Judge the units in force on a day from the facts known now, divide them, keep the result.

    Parameters
    ----------
    store : Store
        The database.
    rule_id : str
        Rule set.
    on : date or None
        Day judged; by default the day through which the case feed is complete.
    at : datetime
        The present, UTC: facts imported later aren't known.
    who : str or Actor
        By whom.
    containing : Containing or None
        How the zones are divided; by default as the policy says.

    Raises
    ------
    SeemanaError
        If there are no units or no cases, the rule or policy is unknown, or it isn't theirs to
        propose.
    """
    by = require(who, Action.PROPOSE, None, CONTAINMENT)
    rule = load_rule(rule_id)
    with store.transaction() as session:
        return propose_in(session, rule, on, containing or Containing(), at=at, who=by)


def propose_in(
    session: Session,
    rule: Rule,
    on: date | None,
    containing: Containing,
    *,
    at: datetime,
    who: str,
) -> Proposal:
    """Judge, divide and keep, in an open transaction; see `propose`."""
    present = units_in_force(session, at)
    if present is None:
        raise InputError(
            tr("There are no boundaries yet: run “zoning import boundaries FILE” first.")
        )
    edition, everything = present
    units = judged_units(everything)
    placed = placed_cases(session, units, at)
    result = judge_placed(session, everything, placed, rule, on, at)
    run_id = save_run(session, result, NewRun(edition.edition_id, known_at=at, at=at, who=who))
    if not divides(rule):
        return Proposal(run_id, result, None)
    standing = categories_in_force(session, at)
    policy = policy_for(containing.policy_id, standing)
    buffer_m = policy.buffer(containing.buffer_m)
    ground, booths = ground_in_force(session, containing.shelf, edition, units, at, policy)
    zone = zones_to_draw(session, run_id, units, result.zone, at)
    delineated = delineate_on(
        ground, zone, placed, policy, buffer_m, result.on, standing.affected()
    )
    number = save(session, delineated, run_id, booths, standing, at=at, who=who)
    return Proposal(run_id, result, (number, delineated))


def publish(
    store: Store,
    at: datetime,
    who: Who,
    run_id: int | None = None,
    order: NewOrder | None = None,
) -> NewOrder:
    """Publish the zones of a run, the latest by default, as an order in force.

    Nothing is relaxed before its time: such a unit stays as it is in force. What zones divide
    into is put in force with them only by who approves categories in the whole
    state, as on a machine of one's own; elsewhere that is for those who delineate.

    Raises
    ------
    OrderError
        If there is nothing to publish, or the order contradicts itself.
    AccessError
        If it isn't theirs to publish: colours are set for the whole state.
    """
    by = require(who, Action.PUBLISH, None, CONTAINMENT)
    with store.transaction() as session:
        take_turns(session)
        run = _run(session, run_id)
        order = order or _plain_order(run, at, by)
        divides_too = allowed(standing_of(who), Action.APPROVE_CATEGORIES, None, CONTAINMENT)
        publish_run(session, order, run.run_id, at=at, who=by, divides_too=divides_too)
    return order


def publish_run(
    session: Session,
    order: NewOrder,
    run_id: int,
    *,
    at: datetime,
    who: str,
    divides_too: bool = True,
) -> int:
    """Publish the zones of a run, what they divide into, papers and notices; in one transaction."""
    delineation = delineation_of_run(session, run_id) if divides_too else None
    delineation_id = None if delineation is None else delineation.delineation_id
    order_id = publish_first_order(
        session,
        order,
        run_id,
        at=at,
        who=who,
        delineation_id=delineation_id,
        decided=zones_to_have(session, run_id, at),
    )
    if delineation_id is not None:
        said = load_delineation(session, delineation_id)
        declared = DeclaredBooths(said.booth_id, said.unit_id, said.category, said.zone_id)
        insert_booths_of_order(session, order_id, declared)
    seal_papers(session, order_id, content_of(order), (), (), at)
    seal_order(session, order_id, at=at, who=who)
    enqueue(session, order_id, at)
    return order_id


def _run(session: Session, run_id: int | None) -> RunRecord:
    if run_id is not None:
        return get_run(session, run_id)
    runs = list_runs(session, limit=1)
    if not runs:
        raise OrderError(tr("There is nothing to publish: run “zoning propose” first."))
    return runs[0]


def _plain_order(run: RunRecord, at: datetime, who: str) -> NewOrder:
    return NewOrder(
        number=f"Z-{run.on_day:%Y%m%d}-{run.run_id}",
        title=tr("Zones on {day}", day=forms.day(run.on_day)),
        act=tr("Disaster Management Act, 2005; Epidemic Diseases Act, 1897"),
        reason=tr("Rule set {rule}, applied to the facts known on publication", rule=run.rule_id),
        signatory=who,
        effective_at=at,
    )
