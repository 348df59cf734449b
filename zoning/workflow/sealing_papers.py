"""On publication: the annex is sealed, and all that the paper prints is fixed with the order."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

import numpy as np
from sqlalchemy.orm import Session

from zoning import clock
from zoning.access import Action, Role
from zoning.i18n.catalogue import tr
from zoning.judgement.denotification import earliest_due_on
from zoning.judgement.policy import load_policy
from zoning.measures.memo import known_memos
from zoning.model import Category, Days, Level, Units
from zoning.orders.annex import AreaEvidence, OrderAnnex, annex_bytes
from zoning.orders.draft import DraftContent, DraftKind
from zoning.orders.offices import designation
from zoning.orders.paper import STATEWIDE, Consultation, Measure, NeighbourRequest
from zoning.orders.parts import OrderParts
from zoning.orders.zone_terms import placed_gates
from zoning.places.hierarchy import units_above
from zoning.rules.rulebook import ZoneLevel, load_rule
from zoning.settings import Settings
from zoning.store.boundaries import read_units
from zoning.store.delineations import get_delineation, load_delineation
from zoning.store.order_booths import DeclaredBooths, closed_zones
from zoning.store.order_lookup import get_order
from zoning.store.order_parts import insert_parts
from zoning.store.orders import NewOrder, OrderKind, zones_in_force
from zoning.store.results import get_run, load_run
from zoning.workflow.annex_evidence import (
    booth_evidence,
    overruled,
    sealed_evidence,
    unit_evidence,
)
from zoning.workflow.declared import Declared, declared_by
from zoning.workflow.signatories import signed_by, signing_act


class Consulted(Protocol):
    """An office that was consulted: its key in `procedure.toml`, or what it is called."""

    @property
    def office(self) -> str:
        """Return which office."""
        ...

    @property
    def reference(self) -> str:
        """Return the number of the letter; empty for none."""
        ...

    @property
    def held_on(self) -> date | None:
        """Return the day of the consultation."""
        ...


class Asked(Protocol):
    """What a neighbouring authority is asked to order on its own ground."""

    @property
    def authority_unit_id(self) -> str:
        """Return the unit whose authority is asked."""
        ...

    @property
    def about(self) -> str:
        """Return what is asked, without a count."""
        ...

    @property
    def answer_by(self) -> datetime:
        """Return until when."""
        ...


JUST_BEFORE = timedelta(seconds=1)
SALT_BYTES = 16
# Of a head with more names nobody reads them.
PLACES_NAMED = 6


def seal_papers(
    session: Session,
    order_id: int,
    content: DraftContent,
    consultations: Sequence[Consulted],
    requests: Sequence[Asked],
    at: datetime,
    *,
    evidence: Sequence[AreaEvidence] = (),
) -> str:
    """Seal the annex of an order and fix what its paper prints; return the hash of the annex.

    Parameters
    ----------
    session : Session
        The transaction that publishes the order; its units and booths are written already.
    order_id : int
        The order.
    content : DraftContent
        What was drafted; `content_of` makes one of a plain order.
    consultations : sequence of Consulted
        Who was consulted, under which reference and when.
    requests : sequence of Asked
        What neighbouring authorities are asked.
    at : datetime
        Moment of publication.
    evidence : sequence of AreaEvidence
        What the order rests on beside its run and its delineation.

    Raises
    ------
    OrderError
        If there is no such order, or it is sealed already.
    """
    told = declared_by(session, get_order(session, order_id))
    parts = parts_of(session, told, content, consultations, requests, at)
    annex = _annex(session, told, content, evidence)
    return insert_parts(session, order_id, parts, annex_bytes(annex))


def content_of(order: NewOrder) -> DraftContent:
    """Return what an order says that was published without a draft."""
    return DraftContent(
        number=order.number,
        title=order.title,
        act=order.act,
        reason=order.reason,
        signatory=order.signatory,
        effective_at=order.effective_at,
        review_at=order.review_at,
        expires_at=order.expires_at,
    )


def parts_of(
    session: Session,
    told: Declared,
    content: DraftContent,
    consultations: Sequence[Consulted],
    requests: Sequence[Asked],
    at: datetime,
) -> OrderParts:
    """Return all that an order prints beyond its head and areas, as known at a moment."""
    units = read_units(session, told.edition_id)
    named = told.units_named()
    begins = told.order.effective_at
    before = zones_in_force(session, begins - JUST_BEFORE)
    was = dict(zip(before.unit_id.tolist(), before.zone.tolist(), strict=True))
    area = "" if told.kind is OrderKind.ZONES else next(iter(named), "")
    return OrderParts(
        signed_by=signed_by(session, told.order.signatory, act_of(told.kind), area, at, begins),
        state=_state(units),
        district=_district(units, named),
        supersedes=content.supersedes,
        zone_before={str(unit): was[unit] for unit in told.unit_id if unit in was},
        release_on=_release_on(session, told),
        directions=content.directions,
        gates=placed_gates(content.gates, closed_zones(told.booths)),
        commanders=content.commanders,
        consultations=tuple(Consultation(c.office, c.reference, c.held_on) for c in consultations),
        requests=tuple(
            NeighbourRequest(_authority(units, r.authority_unit_id), r.about, r.answer_by)
            for r in requests
        ),
        measures=_measures(told),
        levels=_levels(session, told),
        closing=content.closing,
        copies_to=content.copies_to,
    )


def act_of(kind: OrderKind) -> Action:
    """Return what a signature under an order of a kind does."""
    if kind is OrderKind.RELEASE:
        return Action.RELEASE
    drafted = {OrderKind.CATEGORIES: DraftKind.CATEGORIES, OrderKind.SEALING: DraftKind.SEALING}
    return signing_act(drafted.get(kind, DraftKind.ZONES))


def _authority(units: Units, unit_id: str) -> str:
    """Return whose answer is asked for in a unit: of a corporation its Commissioner's."""
    at = np.flatnonzero(units.unit_id == unit_id)
    if not len(at):
        return unit_id or tr("the authority there, which isn't known")
    is_corporation = units.level[at[0]] == Level.CORPORATION.value
    role = Role.COMMISSIONER if is_corporation else Role.DISTRICT_MAGISTRATE
    return designation(role.value, str(units.name[at[0]]) or unit_id)


def _state(units: Units) -> str:
    names = sorted(units.name[units.level == Level.STATE.value].tolist())
    return ", ".join(names)


def _district(units: Units, named: list[str]) -> str:
    """Return the names of the districts that units lie in; of what stands above them without any.

    An order on all districts of a state holds in the state.
    """
    is_district = units.level == Level.DISTRICT.value
    districts = set(units.unit_id[is_district].tolist())
    found = units_above(named, units)
    own = found & districts
    state = _state(units)
    if state and own == districts and len(districts) > 1:
        return state
    parent = dict(zip(units.unit_id.tolist(), units.parent_id.tolist(), strict=True))
    chosen = own or {unit for unit in found if not parent.get(unit)}
    if len(chosen) > PLACES_NAMED:
        return tr("the places named below")
    name = dict(zip(units.unit_id.tolist(), units.name.tolist(), strict=True))
    return ", ".join(sorted(name.get(unit) or unit for unit in chosen))


def _release_on(session: Session, told: Declared) -> dict[str, date]:
    """Return the first day on which each zone may be released, by what was known when ordered."""
    if told.delineation_id is None:
        return {}
    said = load_delineation(session, told.delineation_id)
    policy = load_policy(get_delineation(session, told.delineation_id).new.policy_id)
    governing = load_policy(policy.once_in_force)
    is_a = said.category == Category.AFFECTED.value
    begins = np.datetime64(clock.today_ist(told.order.effective_at), "D")
    since: Days = np.full(int(is_a.sum()), begins)
    due = earliest_due_on(said.last_case_on[is_a], since, governing.denotification)
    latest: dict[str, date] = {}
    for zone_id, day in zip(said.zone_id[is_a], due.tolist(), strict=True):
        latest[zone_id] = max(latest.get(zone_id, day), day)
    return latest


def _measures(told: Declared) -> tuple[Measure, ...]:
    """Return the clauses that hold where the order holds; all of them where it declares colours."""
    day = clock.today_ist(told.order.effective_at)
    places = {STATEWIDE, *(str(c) for c in told.booths.category if c)}
    if told.kind is OrderKind.ZONES:
        places |= {category.value for category in Category}
    return tuple(
        Measure(
            clause.where.value,
            clause.section,
            clause.text,
            memo.headings.get(clause.section.split(".")[0], ""),
            memo.number,
        )
        for memo in known_memos(Settings().memos_folder)
        for clause in memo.clauses
        if clause.valid_from <= day <= clause.valid_to and clause.where.value in places
    )


def _levels(session: Session, told: Declared) -> tuple[ZoneLevel, ...]:
    if told.run_id is None:
        return ()
    return tuple(reversed(load_rule(get_run(session, told.run_id).rule_id).zones))


def _annex(
    session: Session, told: Declared, content: DraftContent, evidence: Sequence[AreaEvidence]
) -> OrderAnnex:
    run = None if told.run_id is None else get_run(session, told.run_id)
    known_at = told.published_at if run is None else run.known_at
    areas: list[AreaEvidence] = []
    policy = ""
    if run is not None:
        result = load_run(session, run.run_id)
        areas += unit_evidence(result)
    if told.delineation_id is not None:
        policy = get_delineation(session, told.delineation_id).new.policy_id
        areas += booth_evidence(load_delineation(session, told.delineation_id))
    elif not evidence and run is None:
        is_a = told.booths.category == Category.AFFECTED.value
        areas += sealed_evidence(session, told.booths.booth_id[is_a].tolist(), known_at)
    if told.kind is OrderKind.CATEGORIES:
        areas = _of_units(areas, told.booths)
    areas += [*evidence, *overruled(content.overrides)]
    return OrderAnnex(
        order_number=told.order.number,
        salt=secrets.token_hex(SALT_BYTES),
        known_at=known_at,
        rule="" if run is None else run.rule_id,
        policy=policy,
        run_id="" if run is None else str(run.run_id),
        areas=tuple(areas),
    )


def _of_units(areas: list[AreaEvidence], declared: DeclaredBooths) -> list[AreaEvidence]:
    """Return the evidence on an order's own ground: an annex of one area tells of no other."""
    own = {str(code) for code in (*declared.unit_id, *declared.booth_id, *declared.zone_id) if code}
    return [area for area in areas if area.area_id in own]
