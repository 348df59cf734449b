"""Every use case that asks who acts: how it is called, which roles may, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from tests.acts import (
    ALL,
    AT,
    DISTRICT,
    LATE,
    STATE,
    UNIT,
    Act,
    day_before,
    feed,
    has,
    next_day,
)
from tests.institution import RULE, SETTINGS, SHELF, said
from zoning.access import Officer, Role
from zoning.orders.draft import DraftKind
from zoning.places.gazetteer import NameDecision
from zoning.settings import Settings
from zoning.store.audit_reading import AuditQuery
from zoning.store.deviations import NewDeviation
from zoning.store.floors import NewFloor
from zoning.store.places_decided import CasePlace
from zoning.workflow import (
    alarms,
    annexes,
    area_tasks,
    changed_ground,
    consulting,
    decisions,
    deviation_register,
    deviations,
    draft_papers,
    drafting,
    editions,
    escalating,
    feeds,
    floors,
    follow_up_told,
    history_desk,
    imports,
    in_force_then,
    map_view,
    neighbours_asked,
    officers,
    proposal,
    proving,
    publishing_drafts,
    queue,
    releasing,
    returning,
    sealing,
    trend,
    undoing,
    withdrawing,
)
from zoning.workflow.containment_desk import WhatIf

R = Role
BRINGING = {R.DESK_OPERATOR, R.CMOH, R.NODAL_ADM, R.STATE_HEALTH, R.LOCAL}
UNDOING = BRINGING - {R.DESK_OPERATOR}
DECIDING = {R.STATE_HEALTH, R.LOCAL}
DELINEATING = {R.DISTRICT_MAGISTRATE, R.COMMISSIONER, R.LOCAL}
DRAFTING = {*DELINEATING, R.NODAL_ADM, R.STATE_HEALTH}
ANSWERING = {R.CMOH, R.NODAL_ADM, R.DISTRICT_MAGISTRATE, R.COMMISSIONER, *DECIDING}
SEEING_DRAFTS = {*DRAFTING, R.CMOH, R.HOME}
READING_AUDIT = {R.HOME, R.STATE_HEALTH, *DELINEATING}
SEEING_ANNEX = {R.CMOH, R.HOME, R.STATE_HEALTH, *DELINEATING}
RECORDING = {R.INCIDENT_COMMANDER, R.ENFORCEMENT, R.NODAL_ADM, *DELINEATING}
FLOORS = {R.HOME, *DECIDING}


@dataclass(frozen=True)
class Deed:
    """One act.

    Attributes
    ----------
    act : callable
        Of store, world, place and who; refused where it raises `AccessError`.
    may : set of Role
        Who may, where it is theirs.
    where : {'area', 'state', 'anywhere'}
        In the own area; only for whoever holds the whole state; or wherever it is.
    """

    act: Act
    may: frozenset[Role] | set[Role]
    where: Literal["area", "state", "anywhere"] = "area"

    def is_allowed(self, role, place):
        """Return whether a role with the district N may, in a place."""
        if role not in self.may:
            return False
        return (
            self.where == "anywhere" or role in STATE or (self.where == "area" and place == "own")
        )


def _draft(kind, call):
    return lambda s, w, p, who: call(s, w.drafts[p][kind], who)


def _new(unit):
    return NewDeviation(
        unit_id=unit,
        activity="markets_and_shops",
        evidence="photograph",
        offence="DMA-51-b",
        happened_at=AT - timedelta(hours=1),
        premises="Another shop",
    )


def _round(p):
    return follow_up_told.ToldRound(f"{UNIT[p]}-a", day_before(), 100, 90)


def _contact(p):
    return follow_up_told.ToldContact("C-1", f"{UNIT[p]}-a", None, day_before(), "open")


def _samples(p):
    return follow_up_told.ToldSamples(f"{UNIT[p]}-a", day_before(), 5, 4)


def _sees_figures(s, p, who):
    view = map_view.map_view(s, Settings(), at=AT, public=False, who=who)
    active = dict(zip(view.units.unit_id, view.classification.active, strict=True))
    has(active, lambda found: found[UNIT[p]] >= 0)


def _sees_known(s, p, who):
    found = history_desk.then(s, RULE, AT, who)
    known = dict(zip(found.units.unit_id, found.known, strict=True))
    has(known, lambda told: told[UNIT[p]] != "")


def _sees_changes(call, s, p, who):
    found = call(s, who)
    has(found, lambda told: UNIT[p] in told.units.unit_id)


def _answers_escalation(s, w, p, who):
    escalating.answer_escalation(s, w.escalation, "done", LATE, who)


def _transfer(s, w, p, who):
    officers.transfer(s, 1, Officer("x", "X", "x@wb.example"), next_day(), AT, who)


DEEDS = {
    "alarms.answer_alarm": Deed(
        lambda s, w, p, who: alarms.answer_alarm(s, UNIT[p], "done", AT, who), ANSWERING
    ),
    "annexes.open_annex": Deed(
        lambda s, w, p, who: annexes.open_annex(s, w.orders[p], AT, who), SEEING_ANNEX
    ),
    "area_tasks.report_task": Deed(
        lambda s, w, p, who: area_tasks.report_task(
            s, DISTRICT[p], w.orders[p], 0, AT, who, is_done=True
        ),
        RECORDING,
    ),
    "changed_ground.changed_ground": Deed(
        lambda s, w, p, who: changed_ground.changed_ground(s, RULE, AT, LATE, who), ALL, "anywhere"
    ),
    "consulting.answer": Deed(
        _draft(
            "asked",
            lambda s, i, who: consulting.answer(
                s, i, "health", "agrees", "", "H/1", day_before(), AT, who
            ),
        ),
        {R.CMOH, R.LOCAL},
    ),
    "consulting.consultations": Deed(
        _draft("asked", lambda s, i, who: consulting.consultations(s, i, who, AT)), SEEING_DRAFTS
    ),
    "decisions.propose": Deed(
        lambda s, w, p, who: decisions.propose(s, RULE, None, AT, who), DECIDING, "state"
    ),
    "decisions.publish": Deed(
        lambda s, w, p, who: decisions.publish(s, AT, who), DECIDING, "state"
    ),
    "deviation_register.list_deviations": Deed(
        lambda s, w, p, who: has(
            deviation_register.list_deviations(s, who, AT),
            lambda found: w.deviations[p] in {d.deviation.deviation_id for d in found.listed},
        ),
        ALL,
    ),
    "deviation_register.read_evidence": Deed(
        lambda s, w, p, who: deviation_register.read_evidence(s, w.deviations[p], AT, who),
        RECORDING,
    ),
    "deviations.record": Deed(
        lambda s, w, p, who: deviations.record(s, _new(UNIT[p]), AT, who), RECORDING
    ),
    "deviations.withdraw_premises": Deed(
        lambda s, w, p, who: deviations.withdraw_premises(s, w.deviations[p], "x", AT, who),
        DELINEATING,
    ),
    "deviations.withdraw_activity_in_area": Deed(
        lambda s, w, p, who: deviations.withdraw_activity_in_area(
            s, w.deviations[p], UNIT[p], "markets_and_shops", "x", LATE, AT, who
        ),
        DELINEATING,
    ),
    "deviations.restore": Deed(
        lambda s, w, p, who: deviations.restore(s, w.withdrawals[p], "x", AT, who), DELINEATING
    ),
    "draft_papers.write_draft_papers": Deed(
        lambda s, w, p, who: draft_papers.write_draft_papers(
            s, SHELF, w.drafts[p]["begun"], w.folder / "no" / "such", AT, who, languages=()
        ),
        SEEING_DRAFTS,
    ),
    "drafting.start": Deed(
        lambda s, w, p, who: drafting.start(
            s, DraftKind.CATEGORIES, AT, who, area_unit_id=DISTRICT[p], content=said("n")
        ),
        DRAFTING,
    ),
    "drafting.get": Deed(
        _draft("begun", lambda s, i, who: drafting.get(s, i, who, AT)), SEEING_DRAFTS
    ),
    "drafting.list_drafts": Deed(
        _draft(
            "begun",
            lambda s, i, who: has(
                drafting.list_drafts(s, who, AT), lambda found: i in {d.draft_id for d in found}
            ),
        ),
        SEEING_DRAFTS,
    ),
    "drafting.history": Deed(
        _draft("begun", lambda s, i, who: drafting.history(s, i, who, AT)), SEEING_DRAFTS
    ),
    "drafting.remarks": Deed(
        _draft("begun", lambda s, i, who: drafting.remarks(s, i, who, AT)), SEEING_DRAFTS
    ),
    "drafting.save": Deed(
        _draft("begun", lambda s, i, who: drafting.save(s, i, 1, said("n"), AT, who)), DRAFTING
    ),
    "drafting.send": Deed(
        _draft("begun", lambda s, i, who: drafting.send(s, i, 1, AT, who)), DRAFTING
    ),
    "drafting.give_back": Deed(
        _draft("asked", lambda s, i, who: drafting.give_back(s, i, 2, "x", AT, who)), DRAFTING
    ),
    "drafting.approve": Deed(
        _draft("asked", lambda s, i, who: drafting.approve(s, i, 2, AT, who)), DELINEATING
    ),
    "drafting.withdraw": Deed(
        _draft("begun", lambda s, i, who: drafting.withdraw(s, i, 1, "x", AT, who)), DRAFTING
    ),
    "publishing_drafts.publish_draft": Deed(
        _draft("ready", lambda s, i, who: publishing_drafts.publish_draft(s, SHELF, i, 9, AT, who)),
        DELINEATING,
    ),
    "withdrawing.withdraw_order": Deed(
        lambda s, w, p, who: withdrawing.withdraw_order(s, w.orders[p], "x", AT, who), DELINEATING
    ),
    "editions.switch_to": Deed(
        lambda s, w, p, who: editions.switch_to(s, 1, AT, AT, who), DECIDING, "state"
    ),
    "editions.switch_back": Deed(
        lambda s, w, p, who: editions.switch_back(s, AT, who), DECIDING, "state"
    ),
    "escalating.list_escalations": Deed(
        lambda s, w, p, who: has(
            escalating.list_escalations(s, who, LATE),
            lambda found: DISTRICT[p] in {e.new.area_unit_id for e in found},
        ),
        {*DRAFTING, R.HOME},
    ),
    "escalating.answer_escalation": Deed(_answers_escalation, {R.STATE_HEALTH, R.LOCAL}, "state"),
    "feeds.put_feed": Deed(
        lambda s, w, p, who: feeds.put_feed(s, feed(UNIT[p]), AT, who), BRINGING
    ),
    "feeds.close_feed": Deed(
        lambda s, w, p, who: feeds.close_feed(s, f"known-{UNIT[p]}", AT, who), BRINGING
    ),
    "floors.set_floor": Deed(
        lambda s, w, p, who: floors.set_floor(
            s, NewFloor(UNIT[p], "orange", "Home", "H/2", AT, None), AT, who
        ),
        FLOORS,
        "state",
    ),
    "floors.end_floor": Deed(
        lambda s, w, p, who: floors.end_floor(s, w.floor, LATE, "H/3", AT, who), FLOORS, "state"
    ),
    "follow_up_told.tell_round": Deed(
        lambda s, w, p, who: follow_up_told.tell_round(s, SHELF, _round(p), AT, who), BRINGING
    ),
    "follow_up_told.tell_contact": Deed(
        lambda s, w, p, who: follow_up_told.tell_contact(s, SHELF, _contact(p), AT, who), BRINGING
    ),
    "follow_up_told.tell_samples": Deed(
        lambda s, w, p, who: follow_up_told.tell_samples(s, SHELF, _samples(p), AT, who), BRINGING
    ),
    "history_desk.then": Deed(lambda s, w, p, who: _sees_known(s, p, who), ALL),
    "history_desk.audit_lines": Deed(
        lambda s, w, p, who: has(
            history_desk.audit_lines(s, AuditQuery(), who),
            lambda found: f"imports/{w.imports[p]}" in {line.subject for line in found},
        ),
        READING_AUDIT,
    ),
    "history_desk.audit_actions": Deed(
        lambda s, w, p, who: history_desk.audit_actions(s, who), READING_AUDIT, "anywhere"
    ),
    "history_desk.verify_audit": Deed(
        lambda s, w, p, who: history_desk.verify_audit(s, who), READING_AUDIT, "anywhere"
    ),
    "imports.report_nil": Deed(
        lambda s, w, p, who: imports.report_nil(s, f"known-{UNIT[p]}", day_before(), AT, who),
        BRINGING,
    ),
    "imports.undo": Deed(lambda s, w, p, who: imports.undo(s, w.imports[p], AT, who), UNDOING),
    "in_force_then.in_force_change": Deed(
        lambda s, w, p, who: in_force_then.in_force_change(s, AT, LATE, who), ALL, "anywhere"
    ),
    "map_view.map_view": Deed(lambda s, w, p, who: _sees_figures(s, p, who), ALL),
    "neighbours_asked.open_requests": Deed(
        lambda s, w, p, who: has(
            neighbours_asked.open_requests(s, who, AT),
            lambda found: w.requests[p] in {r.request_id for r in found},
        ),
        DELINEATING,
    ),
    "neighbours_asked.requests_seen": Deed(
        lambda s, w, p, who: has(
            neighbours_asked.requests_seen(s, who, AT),
            lambda found: w.requests[p] in {r.request_id for r in found},
        ),
        DELINEATING,
    ),
    "neighbours_asked.answer_request": Deed(
        lambda s, w, p, who: neighbours_asked.answer_request(
            s, w.requests[p], "agrees", "", "", AT, who
        ),
        DELINEATING,
    ),
    "officers.end_posting": Deed(
        lambda s, w, p, who: officers.end_posting(s, 1, next_day(), AT, who), DECIDING, "state"
    ),
    "officers.transfer": Deed(_transfer, DECIDING, "state"),
    "proposal.proposed_changes": Deed(
        lambda s, w, p, who: _sees_changes(
            lambda s, who: proposal.proposed_changes(s, SHELF, None, AT, who), s, p, who
        ),
        ALL,
    ),
    "proposal.thought_changes": Deed(
        lambda s, w, p, who: _sees_changes(
            lambda s, who: proposal.thought_changes(
                s, SHELF, WhatIf(rule_id=RULE), AT, who, default_rule=RULE
            ),
            s,
            p,
            who,
        ),
        ALL,
    ),
    "proving.prove": Deed(lambda s, w, p, who: proving.prove(s, AT, who), ALL, "anywhere"),
    "queue.waiting": Deed(
        lambda s, w, p, who: has(
            queue.waiting(s, AT, who),
            lambda found: f"Nowhere {UNIT[p]}" in {one.text for one in found},
        ),
        BRINGING,
    ),
    "queue.show_waiting": Deed(
        lambda s, w, p, who: has(
            queue.show_waiting(s, AT, who),
            lambda found: f"Nowhere {UNIT[p]}" in {one.text for one in found},
        ),
        BRINGING,
    ),
    "queue.decide_text": Deed(
        lambda s, w, p, who: queue.decide_text(s, NameDecision("Tangrra", UNIT[p]), AT, who),
        BRINGING,
    ),
    "queue.decide_case": Deed(
        lambda s, w, p, who: queue.decide_case(s, CasePlace(w.imports[p], 2, UNIT[p], ""), AT, who),
        BRINGING,
    ),
    "releasing.plan_release": Deed(
        lambda s, w, p, who: releasing.plan_release(s, SHELF, [w.affected[p]], AT, who),
        DELINEATING,
    ),
    "releasing.release": Deed(
        lambda s, w, p, who: releasing.release(s, SHELF, [w.affected[p]], AT, who), DELINEATING
    ),
    "returning.write_return": Deed(
        lambda s, w, p, who: returning.write_return(
            s, SETTINGS, SHELF, day_before(), w.folder / "no" / "such", AT, who, languages=()
        ),
        STATE,
        "state",
    ),
    "sealing.seal": Deed(
        lambda s, w, p, who: sealing.seal(s, SHELF, [f"{UNIT[p]}-a"], "x", AT, who), DELINEATING
    ),
    "trend.trend": Deed(lambda s, w, p, who: trend.trend(s, AT, who), ALL, "anywhere"),
    "undoing.effect_of_undo": Deed(
        lambda s, w, p, who: undoing.effect_of_undo(s, RULE, w.imports[p], AT, who), UNDOING
    ),
}
