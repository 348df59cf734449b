"""The map: which zones are in force, where, since when, and why."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from layers.live_layer import LiveState, chosen_booth
from layers.map import Basemap, bounds_of, layer_names, zone_map
from layers.st_map import read_event, show_map
from layers.view import MapView
from screens import address
from screens.booth_card import booth_card, booth_legend
from screens.booth_table import booth_table
from screens.card import unit_card
from screens.headline import fictional_banner, headline
from screens.legend import basis, legend
from screens.search import booths_found, day_box, place_of, search_box, select_booth
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


def _note_event(key: str, view: MapView) -> None:
    answer = st.session_state.get(key) or {}
    event = read_event(answer.get("last_object_clicked_tooltip"))
    if event is None:
        return
    if event.unit_id is not None:
        st.session_state[address.SEARCH] = None
        address.select_unit(event.unit_id)
    if event.booth_id is not None:
        st.session_state[address.SEARCH] = None
        select_booth(view, event.booth_id)
    if event.shown_layers is not None:
        address.note_shown_layers(event.shown_layers)


def draw_map(
    view: MapView,
    settings: Settings,
    *,
    key: str,
    has_legend: bool,
    bounds: list[list[float]] | None = None,
) -> None:
    """Draw the map of a view; `bounds` is what it opens at, all of the view if None."""
    place = desk(settings).publish(view)
    basemap = None
    if settings.basemap_url:
        basemap = Basemap(settings.basemap_url, settings.basemap_attribution)
    drawing = zone_map(
        view,
        place.geometry_url,
        bounds or _bounds(view.edition_key, view),
        shown_layers=address.layers_at_opening(layer_names(view)),
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
        booths=place.booths,
        booth=chosen_booth(view, address.selected_booth()),
    )
    show_map(drawing, state, key=key, on_event=lambda: _note_event(key, view))


def _panel(view: MapView) -> None:
    booths_found(view)
    selected = address.selected_unit()
    at = place_of(view, selected)
    is_booth = booth_card(view, address.selected_booth())
    if at is not None:
        unit_card(view, at)
    if at is not None or is_booth:
        st.button(
            tr("Close"), on_click=lambda: address.select_unit(None), key="close", type="tertiary"
        )
    elif selected:
        st.warning(tr("This boundary edition has no place with the code {code}.", code=selected))
    else:
        st.caption(tr("Choose a place on the map, or search it, to see why it has its colour."))
    legend(view)
    if view.booths is not None:
        booth_legend()
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
    names += [] if view.booths is None else [tr("Booths")]
    on_map, in_table, on_facilities, *on_booths = st.tabs(names, on_change="rerun", key="view")
    with on_map:
        left, right = st.columns([3, 1], gap="medium")
        with left, st.container(key="map"):
            draw_map(view, settings, key="zones", has_legend=False)
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
    for tab in on_booths:
        with tab:
            if tab.open and view.booths is not None:
                booth_table(view, view.booths)


def embedded_page(view: MapView, settings: Settings) -> None:
    """Draw the bare public map: zones and dates, and the same as a table."""
    fictional_banner(view)
    if _is_empty(view):
        return
    with st.container(key="embed"), st.container(key="map"):
        draw_map(view, settings, key="public", has_legend=True)
    booth_card(view, address.selected_booth())
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
        if view.booths is not None:
            booth_table(view, view.booths)
