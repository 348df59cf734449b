"""The map: which zones are in force, where, since when, and why."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from layers.live_layer import LiveState
from layers.map import Basemap, bounds_of, facility_kinds, zone_map
from layers.st_map import read_event, show_map
from layers.view import MapView
from screens import address
from screens.card import unit_card
from screens.headline import fictional_banner, headline
from screens.legend import basis, legend
from screens.search import day_box, place_of, search_box
from screens.table import facility_table, zone_table
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import day
from zoning.settings import Settings
from zoning.web.desk import desk


@st.cache_resource(max_entries=8, show_spinner=False)
def _bounds(edition_key: str, _view: MapView) -> list[list[float]]:
    return bounds_of(_view)


def _theme() -> Literal["light", "dark"]:
    return "dark" if st.context.theme.type == "dark" else "light"


def _note_event(key: str) -> None:
    answer = st.session_state.get(key) or {}
    event = read_event(answer.get("last_object_clicked_tooltip"))
    if event is None:
        return
    if event.unit_id is not None:
        st.session_state[address.SEARCH] = None
        address.select_unit(event.unit_id)
    if event.shown_kinds is not None:
        address.note_shown_kinds(event.shown_kinds)


def _draw_map(view: MapView, settings: Settings, *, key: str, has_legend: bool) -> None:
    place = desk(settings).publish(view)
    basemap = None
    if settings.basemap_url:
        basemap = Basemap(settings.basemap_url, settings.basemap_attribution)
    drawing = zone_map(
        view,
        place.geometry_url,
        _bounds(view.edition_key, view),
        shown_kinds=address.kinds_at_opening(facility_kinds(view)),
        basemap=basemap,
        has_legend=has_legend,
    )
    selected = address.selected_unit()
    state = LiveState(
        live_url=place.live_url,
        version=place.version,
        as_of_s=int(view.as_of.timestamp()),
        selected=selected if place_of(view, selected) is not None else None,
        focus=address.focus(),
        theme=_theme(),
    )
    show_map(drawing, state, key=key, on_event=lambda: _note_event(key))


def _panel(view: MapView) -> None:
    selected = address.selected_unit()
    at = place_of(view, selected)
    if at is not None:
        unit_card(view, at)
        st.button(
            tr("Close"), on_click=lambda: address.select_unit(None), key="close", type="tertiary"
        )
    elif selected:
        st.warning(tr("This boundary edition has no place with the code {code}.", code=selected))
    else:
        st.caption(tr("Choose a place on the map, or search it, to see why it has its colour."))
    legend(view)
    basis(view)


def _is_empty(view: MapView) -> bool:
    if len(view.units):
        return False
    st.info(
        tr(
            "No boundaries yet. Load the demonstration with `zoning demo`, or your own with "
            "`zoning import boundaries FILE --level ward`."
        )
    )
    return True


def staff_page(view: MapView, settings: Settings) -> None:
    """Draw the map with figures, table, facilities, search and cards."""
    fictional_banner(view)
    headline(view)
    if _is_empty(view):
        return
    tools = st.container(horizontal=True, key="tools")
    names = [tr("Map"), tr("Table"), tr("Facilities")]
    on_map, in_table, on_facilities = st.tabs(names, on_change="rerun", key="view")
    with on_map:
        left, right = st.columns([3, 1], gap="medium")
        with left, st.container(key="map"):
            _draw_map(view, settings, key="zones", has_legend=False)
        with right, st.container(key="panel"):
            _panel(view)
    # After the map, so that the browser can fetch it while it loads these.
    with tools:
        search_box(view)
        day_box(view)
    # Rows are sent only where they are read: a state's table is half a megabyte.
    with in_table:
        if in_table.open:
            zone_table(view)
    with on_facilities:
        if on_facilities.open:
            facility_table(view)


def embedded_page(view: MapView, settings: Settings) -> None:
    """Draw the bare public map: zones and dates, and the same as a table."""
    fictional_banner(view)
    if _is_empty(view):
        return
    with st.container(key="embed"), st.container(key="map"):
        _draw_map(view, settings, key="public", has_legend=True)
    at = place_of(view, address.selected_unit())
    if at is not None:
        unit_card(view, at)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            tr("Zones on {day}. {title}.", day=day(view.as_of.date()), title=view.rule_title)
        )
        is_table = st.toggle(tr("Show as a table"), key="as_table")
    if is_table:
        zone_table(view)
