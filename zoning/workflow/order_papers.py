"""An order that is in the books, as papers: what it ordered, and the evidence it rests on."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy.orm import Session

from zoning import clock
from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.judgement.denotification import earliest_due_on
from zoning.measures.memo import known_memos
from zoning.model import Category, Days, Level, Units
from zoning.orders.annex import AreaEvidence, OrderAnnex, Reading, sealed_with, value_text
from zoning.orders.paper import (
    Measure,
    OrderedZone,
    OrderPaper,
    Signatory,
    UnitChange,
    ZonePart,
)
from zoning.places.placing import index_of
from zoning.rules.rulebook import load_rule
from zoning.settings import Settings
from zoning.store.delineations import get_delineation, load_delineation
from zoning.store.engine import Store
from zoning.store.order_booths import DeclaredBooths, booths_of_order
from zoning.store.orders import OrderRecord, list_orders, units_of_order, zones_in_force
from zoning.store.results import load_run
from zoning.workflow.booth_map import outlines
from zoning.workflow.ground import GroundShelf
from zoning.workflow.present import Present, present

if TYPE_CHECKING:
    from zoning.writers.papers.map_layers import MapLayers
    from zoning.writers.papers.written import Written

JUST_BEFORE_S = 1


def write_papers(
    store: Store, settings: Settings, shelf: GroundShelf, number: str, out: Path
) -> Written:
    """Write an order as PDF, HTML and JSON, with its map, press note and sealed annex.

    The papers are a draft: commander, gates and directions are named by whoever signs.

    Raises
    ------
    OrderError
        If there is no such order.
    """
    # Typst is a large library, and only papers need it.
    from zoning.writers.papers.written import write_order

    with store.reading() as session:
        record = _order(session, number)
        now = present(session, shelf, max(record.published_at, record.order.effective_at))
        declared = booths_of_order(session, record.order_id)
        paper = _paper(session, settings, record, now, declared)
        annex = _annex(session, record)
        layers = _layers(session, record, now)
    return write_order(
        sealed_with(paper, annex) if annex is not None else paper, annex, layers, out
    )


def _order(session: Session, number: str) -> OrderRecord:
    orders = list_orders(session)
    for record in orders:
        if record.order.number == number:
            return record
    raise OrderError(
        tr(
            "There is no order {number}; the latest are {known}.",
            number=number,
            known=", ".join(r.order.number for r in orders[:5]) or tr("none"),
        )
    )


def _paper(
    session: Session,
    settings: Settings,
    record: OrderRecord,
    now: Present,
    declared: DeclaredBooths,
) -> OrderPaper:
    order = record.order
    return OrderPaper(
        number=order.number,
        title=order.title,
        act=order.act,
        reason=order.reason,
        authority=order.signatory,
        district=_district(now.everything),
        signatory=Signatory(order.signatory, ""),
        issued_at=record.published_at,
        effective_at=order.effective_at,
        review_at=order.review_at,
        expires_at=order.expires_at,
        units=_changes(session, record, now.units),
        zones=_zones(session, record, now, declared),
        measures=_measures(settings, record.order.effective_at),
        levels=tuple(reversed(load_rule(_rule_id(session, settings, record)).zones)),
        is_draft=True,
    )


def _district(units: Units) -> str:
    names = sorted(units.name[units.level == Level.DISTRICT.value])
    return ", ".join(names)


def _rule_id(session: Session, settings: Settings, record: OrderRecord) -> str:
    return (
        settings.default_rule if record.run_id is None else load_run(session, record.run_id).rule_id
    )


def _changes(session: Session, record: OrderRecord, units: Units) -> tuple[UnitChange, ...]:
    """Return the zone of each unit just before the order and by it."""
    unit_id, zone = units_of_order(session, record.order_id)
    begins = record.order.effective_at
    before = zones_in_force(session, begins - timedelta(seconds=JUST_BEFORE_S))
    was = dict(zip(before.unit_id, before.zone, strict=True))
    name = dict(zip(units.unit_id, units.name, strict=True))
    return tuple(
        UnitChange(unit, str(name.get(unit, "")), str(was.get(unit, "")), str(after))
        for unit, after in zip(unit_id, zone, strict=True)
    )


def _zones(
    session: Session, record: OrderRecord, now: Present, declared: DeclaredBooths
) -> tuple[OrderedZone, ...]:
    """Return the containment zones of the order, and the booths around them as one buffer."""
    release_on = _earliest_release(session, record, now)
    name = dict(zip(now.units.unit_id, now.units.name, strict=True))
    zones: dict[tuple[str, Category], dict[str, list[str]]] = {}
    for booth, unit, category, zone_id in zip(
        declared.booth_id, declared.unit_id, declared.category, declared.zone_id, strict=True
    ):
        if category in (Category.AFFECTED.value, Category.BUFFER.value):
            key = (zone_id if category == Category.AFFECTED.value else "", Category(category))
            zones.setdefault(key, {}).setdefault(unit, []).append(booth)
    return tuple(
        OrderedZone(
            zone_id or record.order.number,
            category,
            tuple(
                ZonePart(unit, str(name.get(unit, "")), tuple(sorted(booths)))
                for unit, booths in sorted(parts.items())
            ),
            earliest_release_on=release_on.get(zone_id),
        )
        for (zone_id, category), parts in sorted(zones.items())
    )


def _earliest_release(session: Session, record: OrderRecord, now: Present) -> dict[str, date]:
    """Return the first day on which each zone may be released, by what was known when ordered."""
    if record.delineation_id is None:
        return {}
    said = load_delineation(session, record.delineation_id)
    is_a = said.category == Category.AFFECTED.value
    begins = np.datetime64(clock.today_ist(record.order.effective_at), "D")
    since: Days = np.full(int(is_a.sum()), begins)
    due = earliest_due_on(said.last_case_on[is_a], since, now.governing.denotification)
    latest: dict[str, date] = {}
    for zone_id, day in zip(said.zone_id[is_a], due.tolist(), strict=True):
        latest[zone_id] = max(latest.get(zone_id, day), day)
    return latest


def _measures(settings: Settings, at: datetime) -> tuple[Measure, ...]:
    folder = Path(settings.memos_dir) if settings.memos_dir else None
    day = clock.today_ist(at)
    return tuple(
        Measure(
            clause.where.value,
            clause.section,
            clause.text,
            memo.headings.get(clause.section.split(".")[0], ""),
            memo.number,
        )
        for memo in known_memos(folder)
        for clause in memo.clauses
        if clause.valid_from <= day <= clause.valid_to
    )


def _annex(session: Session, record: OrderRecord) -> OrderAnnex | None:
    """Return the evidence of an order that rests on a run; its salt is drawn anew."""
    if record.run_id is None:
        return None
    result = load_run(session, record.run_id)
    policy = ""
    if record.delineation_id is not None:
        policy = get_delineation(session, record.delineation_id).new.policy_id
    areas = []
    for at, unit in enumerate(result.unit_id):
        last = result.last_case_on[at]
        areas.append(
            AreaEvidence(
                area_id=str(unit),
                name=str(result.name[at]),
                kind="unit",
                counts=(
                    ("confirmed_total", int(result.confirmed_total[at])),
                    ("active", int(result.active[at])),
                ),
                last_case_on=None if np.isnat(last) else last.astype("datetime64[D]").item(),
                readings=tuple(
                    Reading(key, value_text(float(p.value[at]), 2), str(p.class_[at]))
                    for key, p in result.parameters.items()
                ),
                explanation=str(result.explanation[at]),
            )
        )
    return OrderAnnex(
        order_number=record.order.number,
        salt=secrets.token_hex(16),
        known_at=record.published_at,
        rule=result.rule_id,
        policy=policy,
        run_id=str(record.run_id),
        areas=tuple(areas),
    )


def _layers(session: Session, record: OrderRecord, now: Present) -> MapLayers | None:
    from zoning.writers.papers.map_layers import MapLayers

    if now.units.geometry is None:
        return None
    unit_id, zone = units_of_order(session, record.order_id)
    said = np.append(zone, "")[index_of(now.units.unit_id, unit_id)]
    is_own = said != ""
    zones = outlines(now)
    return MapLayers(
        units=now.units.geometry[is_own],
        unit_zone=said[is_own],
        unit_label=now.units.name[is_own],
        areas=np.concatenate([zones.geometry, zones.buffer_geometry]),
        area_category=np.array(["A"] * len(zones) + ["B"] * len(zones) + [None], object)[:-1],
        area_label=np.concatenate([zones.zone_id, np.full(len(zones), "", dtype=object)]),
        source=now.edition.file_name,
    )
