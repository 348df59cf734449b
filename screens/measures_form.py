"""What is asked of the measures: activity, place, time, what is planned; kept in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import streamlit as st

from layers.view import MapView
from screens.data_address import choose, chosen, chosen_number
from screens.plain import plain
from zoning.clock import IST, as_utc
from zoning.errors import InputError
from zoning.i18n.catalogue import marked, tr
from zoning.measures.order import Territory
from zoning.model import Category, Zone
from zoning.workflow.measures_desk import MeasuresDesk, moment_of, zone_in

ACTIVITY = "activity"
CATEGORIES = ("A", "B", "C", "none")
ZONES = ("red", "orange", "green")
STEP = timedelta(minutes=15)
FIRST_DAY = date(2020, 1, 1)

_CATEGORY_WORDS = {
    "A": marked("A affected"),
    "B": marked("B buffer"),
    "C": marked("C clean"),
    "none": marked("none"),
}
_ZONE_WORDS = {
    "red": marked("Red"),
    "orange": marked("Orange"),
    "green": marked("Green"),
    "unclassified": marked("Unclassified"),
}


@dataclass(frozen=True)
class Asked:
    """Where and when; `has_place` is false while nobody has said the category."""

    at: datetime
    category: Category | None
    zone: Zone | None
    has_place: bool
    premises: str = ""


def place_and_time(
    desk: MeasuresDesk, places: MapView | None, view_at: Callable[[datetime | None], MapView]
) -> Asked:
    """Draw the question and return where and when it is asked."""
    _activity(desk)
    at = _moment(desk)
    _territory(desk)
    of_unit = None if places is None else _unit_zone(places, view_at, at)
    premises = _premises(desk, places)
    zone = _zone(of_unit)
    category = _category(is_green=zone is Zone.GREEN)
    _planned(desk)
    _order(desk)
    return Asked(
        at,
        Category(category) if category in ("A", "B", "C") else None,
        zone,
        has_place=bool(category),
        premises=premises,
    )


def _note(name: str, widget: str) -> Callable[[], None]:
    """Return what writes a widget's value into the address."""
    return lambda: choose(**{name: st.session_state[widget]})


def _held(widget: str, value: object) -> str:
    """Let the address decide: after Back it says another value than the widget remembers."""
    if st.session_state.get(widget) != value:
        st.session_state[widget] = value
    return widget


def _activity(desk: MeasuresDesk) -> None:
    known = desk.activities()

    def label(key: str) -> str:
        found = known[key]
        return " · ".join(dict.fromkeys((found.label, *found.words)))

    asked = chosen(ACTIVITY)
    st.selectbox(
        tr("What is to be done?"),
        sorted(known, key=lambda key: known[key].label.lower()),
        format_func=label,
        index=None,
        key=_held("measures-activity", asked if asked in known else None),
        on_change=_note(ACTIVITY, "measures-activity"),
        placeholder=tr("Search by a word: bus, দোকান, शादी"),
    )


def _moment(desk: MeasuresDesk) -> datetime:
    now = desk.clock()
    at = now
    if chosen("at"):
        try:
            at = moment_of(chosen("at"), "at")
        except InputError as refusal:
            st.warning(plain(str(refusal)))
    local = at.astimezone(IST).replace(second=0, microsecond=0, tzinfo=None)

    def note() -> None:
        on: date | None = st.session_state["measures-day"]
        clock_time: time | None = st.session_state["measures-time"]
        if on is not None and clock_time is not None:
            choose(at=datetime.combine(on, clock_time).isoformat(timespec="minutes"))

    # Side by side on a phone too.
    with st.container(horizontal=True, key="measures-when"):
        st.date_input(
            tr("Day"),
            min_value=min(FIRST_DAY, local.date()),
            max_value=date(min(local.year + 10, date.max.year), 12, 31),
            format="DD/MM/YYYY",
            key=_held("measures-day", local.date()),
            on_change=note,
        )
        st.time_input(
            tr("Time (IST)"), step=STEP, key=_held("measures-time", local.time()), on_change=note
        )
    return as_utc(local)


def _territory(desk: MeasuresDesk) -> None:
    territories = desk.territories()
    if len(territories) < 2:
        return
    named = {
        f"{t.state}/{code}": _territory_name(t, code) for t in territories for code in _codes(t)
    }
    asked = f"{chosen('state')}/{chosen('district')}"

    def note() -> None:
        state, _, district = str(st.session_state["measures-territory"] or "/").partition("/")
        choose(state=state, district=district)

    st.selectbox(
        tr("State or district"),
        list(named),
        format_func=lambda key: named[key],
        index=None,
        key=_held("measures-territory", asked if asked in named else None),
        on_change=note,
        placeholder=tr("Where orders of several territories are known"),
    )


def _codes(territory: Territory) -> Sequence[str]:
    return territory.districts or ("",)


def _territory_name(territory: Territory, district: str) -> str:
    if not district:
        return territory.state_name
    return tr("{state}, district {code}", state=territory.state_name, code=district)


def _unit_zone(
    places: MapView, view_at: Callable[[datetime | None], MapView], at: datetime
) -> Zone | None:
    """Draw the search of a place and return its zone at the moment asked."""
    units = places.units
    names = {
        str(code): " · ".join(dict.fromkeys((str(name) or str(code), str(code))))
        for code, name in zip(units.unit_id, units.name, strict=True)
    }
    if not names:
        return None
    asked = chosen("unit")
    st.selectbox(
        tr("Place"),
        list(names),
        format_func=lambda code: names[code],
        index=None,
        key=_held("measures-unit", asked if asked in names else None),
        on_change=_note("unit", "measures-unit"),
        placeholder=tr("Ward or gram panchayat; or choose the zone below"),
    )
    if asked not in names:
        return None
    zone = zone_in(view_at(at), asked)
    if zone is None:
        st.caption(tr("No zone of this place is known at that time: choose it by hand."))
    return zone


def _premises(desk: MeasuresDesk, places: MapView | None) -> str:
    """Draw the name of the premises, where a register knows what was withdrawn there."""
    if desk.withdrawals is None or places is None or not chosen("unit"):
        return ""
    st.text_input(
        tr("Premises"),
        key=_held("measures-premises", chosen("premises")),
        on_change=_note("premises", "measures-premises"),
        placeholder=tr("Name on the sign, if it is asked for one shop, office or hall"),
    )
    return chosen("premises")


def _zone(of_unit: Zone | None) -> Zone | None:
    if of_unit is not None:
        st.html(
            f'<p class="sm-said">{tr("Zone in force there: {zone}.", zone=_zone_word(of_unit))}</p>'
        )
        return of_unit
    asked = chosen("zone")
    picked = st.segmented_control(
        tr("Zone"),
        ZONES,
        format_func=lambda key: tr(_ZONE_WORDS[key]),
        key=_held("measures-zone", asked if asked in ZONES else None),
        on_change=_note("zone", "measures-zone"),
    )
    return Zone(picked) if picked else None


def _zone_word(zone: Zone) -> str:
    return tr(_ZONE_WORDS[zone.value])


def _category(*, is_green: bool) -> str:
    asked = chosen("category") if chosen("category") in CATEGORIES else ""
    # A green zone has none, and nobody should have to know that.
    picked = asked or ("none" if is_green else "")
    st.segmented_control(
        tr("Category"),
        CATEGORIES,
        format_func=lambda key: tr(_CATEGORY_WORDS[key]),
        key=_held("measures-category", picked or None),
        on_change=_note("category", "measures-category"),
        help=tr("Red and orange zones divide into A, B and C. A green zone has none."),
    )
    return picked


def _planned(desk: MeasuresDesk) -> None:
    """Draw what may be counted, for activities of which a clause counts it."""
    counted = desk.counts(chosen(ACTIVITY))
    labels = {"seats": tr("Seats of the vehicle"), "persons": tr("Persons planned")}
    for name, label in labels.items():
        if name not in counted:
            continue
        widget = f"measures-{name}"
        st.number_input(
            label,
            value=None,
            min_value=1 if name == "seats" else 0,
            max_value=100_000,
            step=1,
            key=_held(widget, chosen_number(name)),
            on_change=_note(name, widget),
            placeholder=tr("not said"),
        )


def _order(desk: MeasuresDesk) -> None:
    if len(desk.memos) < 2:
        return
    numbers = {memo.id: memo.number for memo in desk.memos}
    asked = chosen("order")
    st.selectbox(
        tr("Order"),
        list(numbers),
        format_func=lambda key: numbers[key],
        index=None,
        key=_held("measures-order", asked if asked in numbers else None),
        on_change=_note("order", "measures-order"),
        placeholder=tr("Whichever is in force there and then"),
    )
