"""What the map shows at a moment: zones in force, figures behind them, facilities now."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock

import numpy as np
from sqlalchemy.orm import Session

from layers.booth_view import BoothView
from layers.view import (
    FacilityStatus,
    LegendLevel,
    MapView,
    OrderInForce,
)
from zoning import clock
from zoning.access import Role, of_role, seen_units
from zoning.facilities.freshness import describe_freshness, freshness
from zoning.i18n.catalogue import language, tr
from zoning.model import Classification, Texts, Units, Zone
from zoning.places.topology import content_key
from zoning.rules.rulebook import load_rule
from zoning.settings import Settings
from zoning.store import audit
from zoning.store.engine import Store
from zoning.store.facilities import read_facilities
from zoning.store.imports import list_imports
from zoning.store.orders import OrderRecord, ZonesInForce, list_orders, stands, zones_in_force
from zoning.store.results import RunRecord, list_runs, load_run
from zoning.workflow.actor import Who, standing_of
from zoning.workflow.booth_map import booth_view
from zoning.workflow.coming import coming_sentence, next_change_in
from zoning.workflow.map_seen import only_seen
from zoning.workflow.map_words import (
    headline,
    key_figures,
    notes,
    parameter_words,
    stale_warning,
)
from zoning.workflow.places import judged_units, units_in_force
from zoning.workflow.since import zones_since

KEPT_VIEWS = 16


@dataclass(frozen=True)
class _Facts:
    """What changes only with a write: units, the latest result, marks of fiction."""

    units: Units
    edition_key: str
    run: RunRecord | None
    result: Classification | None
    is_fictional: bool
    booths: BoothView | None = None


class _Kept:
    """The last views, so that a rerun of a page costs one small query."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._views: OrderedDict[tuple[object, ...], MapView] = OrderedDict()
        self._facts: OrderedDict[tuple[object, ...], _Facts] = OrderedDict()

    def view(self, key: tuple[object, ...]) -> MapView | None:
        with self._lock:
            return self._views.get(key)

    def facts(self, key: tuple[object, ...]) -> _Facts | None:
        with self._lock:
            return self._facts.get(key)

    def keep(
        self,
        key: tuple[object, ...],
        view: MapView,
        facts_key: tuple[object, ...],
        facts: _Facts,
    ) -> MapView:
        with self._lock:
            self._views[key] = view
            self._facts[facts_key] = facts
            for kept in (self._views, self._facts):
                while len(kept) > KEPT_VIEWS:
                    kept.popitem(last=False)
        return view


_KEPT = _Kept()


def map_view(
    store: Store,
    settings: Settings,
    *,
    at: datetime | None,
    public: bool,
    who: Who = "",
) -> MapView:
    """Return what the map shows.

    Parameters
    ----------
    store : Store
        The database.
    settings : Settings
        For the rule set where no result names one.
    at : datetime or None
        Moment shown; None for now.
    public : bool
        Zones and dates only, no figure and no facility.
    who : str or Actor
        Sees every colour, and the figures of the own area.

    Raises
    ------
    StoreError
        If the database is down or not set up.
    """
    moment = at or clock.now()
    minute = int(moment.timestamp()) // 60
    with store.reading() as session:
        change = audit.last_change(session)
        standing = of_role(Role.PUBLIC) if public else standing_of(who)
        seen = seen_units(standing)
        # An order takes effect and ends at its hour, without a write.
        standing_orders = tuple(r.order_id for r in list_orders(session) if stands(r, moment))
        key = (store.where, change, minute, standing_orders, seen, language())
        kept = _KEPT.view(key)
        if kept is not None:
            return kept
        # Facts shown for a past moment depend on it; those shown for now only on writes.
        facts_key = (store.where, change, standing_orders, None if at is None else minute)
        facts = _KEPT.facts(facts_key) or _facts(session, moment, settings.cache_dir)
        view = _view(session, facts, settings, moment)
        return _KEPT.keep(key, _as_seen(seen, view), facts_key, facts)


def _facts(session: Session, at: datetime, cache_dir: Path) -> _Facts:
    present = units_in_force(session, at)
    if present is None:
        nothing = np.empty(0, dtype=object)
        empty = Units(nothing, nothing, np.empty(0), nothing, nothing, nothing)
        return _Facts(empty, content_key(empty), None, None, is_fictional=False)
    edition, everything = present
    units = judged_units(everything)
    runs = [r for r in list_runs(session) if r.computed_at <= at]
    run = next((r for r in runs if r.edition_id == edition.edition_id), None)
    result = None if run is None else load_run(session, run.run_id)
    if result is not None and result.unit_id.tolist() != units.unit_id.tolist():
        run = result = None
    marks = [record.mapping.get("is_fictional") for record in list_imports(session)]
    return _Facts(
        units,
        content_key(units),
        run,
        result,
        is_fictional=any(marks),
        booths=booth_view(session, cache_dir, at),
    )


def _view(session: Session, facts: _Facts, settings: Settings, at: datetime) -> MapView:
    units, result = facts.units, facts.result
    standing = zones_in_force(session, at)
    order = _latest(standing)
    rule = load_rule(facts.run.rule_id if facts.run else settings.default_rule)
    if order is not None:
        zone, since = zones_since(session, standing, units, at)
    else:
        zone = _unknown(units) if result is None else result.zone
        since = np.full(len(units), np.datetime64("NaT"), dtype="datetime64[D]")
    known = {level.key for level in rule.zones} | {Zone.UNCLASSIFIED.value}
    zone = np.array(
        [key if key in known else Zone.UNCLASSIFIED.value for key in zone], dtype=object
    )
    facilities = read_facilities(session, at)
    told = freshness(facilities.updated_at, at)
    through = None if facts.run is None else facts.run.reported_through
    return MapView(
        edition_key=facts.edition_key,
        units=units,
        zone=zone,
        in_force_since=since,
        levels=tuple(
            LegendLevel(level.key, level.label, level.meaning) for level in reversed(rule.zones)
        ),
        rule_id=rule.id,
        rule_title=rule.title,
        headline=_with_coming(headline(units, zone, rule, through), session, at),
        as_of=at,
        data_through=through,
        key_figures=() if result is None else key_figures(result),
        order=None if order is None else _order(order),
        parameters=parameter_words(rule, result),
        notes=notes(rule, result, units),
        stale_warning=stale_warning(rule, through, at),
        classification=result,
        facilities=FacilityStatus(facilities, told, describe_freshness(facilities.updated_at, at)),
        is_fictional=facts.is_fictional,
        booths=facts.booths,
    )


def _with_coming(said: str, session: Session, at: datetime) -> str:
    coming = coming_sentence(next_change_in(session, at))
    return tr("{one} {other}", one=said, other=coming) if coming else said


def _as_seen(seen: frozenset[str] | None, view: MapView) -> MapView:
    if seen is None:
        return view
    if seen:
        return only_seen(view, seen)
    return replace(
        view,
        key_figures=(),
        parameters=(),
        notes=(),
        classification=None,
        facilities=None,
        is_public=True,
    )


def _unknown(units: Units) -> Texts:
    return np.full(len(units), Zone.UNCLASSIFIED.value, dtype=object)


def _latest(standing: ZonesInForce) -> OrderRecord | None:
    return max(standing.orders.values(), key=lambda record: record.order.effective_at, default=None)


def _order(record: OrderRecord) -> OrderInForce:
    order = record.order
    return OrderInForce(
        order.number,
        order.effective_at,
        None if order.review_at is None else clock.today_ist(order.review_at),
        None if order.expires_at is None else clock.today_ist(order.expires_at),
    )
