"""The map: which zones are in force, where, since when, and why."""

from __future__ import annotations

from collections.abc import Callable
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
from zoning.errors import SeemanaError
from zoning.faults import record_fault
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import day
from zoning.settings import Settings
from zoning.web.desk import desk

LOOK_EVERY_S = 1.0


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
        is_preparing=view.is_preparing,
        booths=place.booths,
        booth=chosen_booth(view, address.selected_booth()),
    )
    show_map(drawing, state, key=key, on_event=lambda: _note_event(key, view))


@st.fragment(run_every=LOOK_EVERY_S)
def _booths_awaited(is_ready: Callable[[], bool]) -> None:
    """Say that booths are missing, and draw the page anew as soon as they aren't."""
    try:
        if is_ready():
            st.rerun()
    except SeemanaError as refusal:
        st.error(str(refusal))
        return
    except Exception as fault:  # noqa: BLE001 - a fragment runs outside what the page catches
        st.error(record_fault(fault))
        return
    st.info(
        tr(
            "The booths are being prepared, which takes some seconds after a start or a "
            "publication. The zones of the units are shown meanwhile."
        )
    )


def _panel(view: MapView, is_ready: Callable[[], bool]) -> None:
    if view.is_preparing:
        _booths_awaited(is_ready)
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
    if view.has_booths:
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


def staff_page(view: MapView, settings: Settings, is_ready: Callable[[], bool]) -> None:
    """Draw the map with figures, table, facilities, search and cards.

    Parameters
    ----------
    view : MapView
        What is shown.
    settings : Settings
        Of this service.
    is_ready : callable
        Tells whether the booths of a view that `is_preparing` are there now.
    """
    fictional_banner(view)
    headline(view)
    if _is_empty(view):
        return
    tools = st.container(horizontal=True, key="tools")
    names = [tr("Map"), tr("Table"), tr("Facilities")]
    names += [tr("Booths")] if view.has_booths else []
    on_map, in_table, on_facilities, *on_booths = st.tabs(names, on_change="rerun", key="view")
    with on_map:
        left, right = st.columns([3, 1], gap="medium")
        with left, st.container(key="map"):
            draw_map(view, settings, key="zones", has_legend=False)
        with right, st.container(key="panel"):
            _panel(view, is_ready)
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
            elif tab.open:
                st.info(tr("The booths are being prepared; their table is here in some seconds."))


def embedded_page(view: MapView, settings: Settings, is_ready: Callable[[], bool]) -> None:
    """Draw the bare public map: zones and dates, and the same as a table; see `staff_page`."""
    fictional_banner(view)
    if _is_empty(view):
        return
    with st.container(key="embed"), st.container(key="map"):
        draw_map(view, settings, key="public", has_legend=True)
    if view.is_preparing:
        _booths_awaited(is_ready)
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
