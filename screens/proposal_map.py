"""The map of a proposal: before, after, and what changes, told by outline and letters too."""

from __future__ import annotations

import streamlit as st

from layers.live_layer import LiveState
from layers.map import bounds_of, layer_names, zone_map
from layers.st_map import read_event, show_map
from layers.view import MapView
from screens.data_address import choose, chosen
from screens.proposal_shown import KEPT_S, Shown, chosen_unit
from zoning.i18n.catalogue import language, tr
from zoning.web.desk import desk as map_desk
from zoning.workflow.proposal_view import Look, booths_view, zone_view

LOOK, MAP, FOCUS = "proposal-look", "proposal-zones", "proposal-focus"


def look_title(look: str) -> str:
    """Return the name of a side of the map."""
    return {
        Look.CHANGES.value: tr("Changes"),
        Look.BEFORE.value: tr("Before"),
        Look.AFTER.value: tr("After"),
    }[look]


def proposal_map(shown: Shown, *, has_booths: bool = False) -> None:
    """Draw the map with the choice of its side; it keeps its place when the side changes."""
    look = _look()
    view = _view(shown, look, has_booths=has_booths)
    if view.units.geometry is None:
        st.info(tr("The units have no areas, so there is no map; the table has all of them."))
        return
    place = map_desk(shown.desk.data.settings).publish(view)
    drawing = zone_map(view, place.geometry_url, bounds_of(view), shown_layers=layer_names(view))
    unit = chosen_unit()
    key = f"{MAP}-booths" if has_booths else MAP
    state = LiveState(
        live_url=place.live_url,
        version=place.version,
        as_of_s=int(view.as_of.timestamp()),
        selected=unit or None,
        focus=0,
        theme="dark" if st.context.theme.type == "dark" else "light",
        booths=place.booths,
    )
    with st.container(key="proposal-map"):
        show_map(drawing, state, key=key, on_event=lambda: _note(key))
    st.caption(
        tr(
            "Changed units have a double outline and a pair of letters, from what is in force to "
            "what is proposed. Choose one to see its figures."
        )
        if look is Look.CHANGES and not has_booths
        else tr("The map keeps its place when you change the side.")
    )


def _look() -> Look:
    name = chosen("view")
    look = Look(name) if name in tuple(Look) else Look.CHANGES
    if st.session_state.get(LOOK) != look.value:
        st.session_state[LOOK] = look.value

    def note() -> None:
        choose(view=st.session_state[LOOK] or look.value)

    st.segmented_control(
        tr("Side of the map"),
        [side.value for side in Look],
        format_func=look_title,
        key=LOOK,
        on_change=note,
        label_visibility="collapsed",
    )
    return look


def _note(key: str) -> None:
    answer = st.session_state.get(key) or {}
    event = read_event(answer.get("last_object_clicked_tooltip"))
    if event is None:
        return
    if event.unit_id is not None:
        choose(unit=event.unit_id)
    if event.booth_id is not None:
        choose(booth=event.booth_id)


def _view(shown: Shown, look: Look, *, has_booths: bool) -> MapView:
    desk = shown.desk
    slot = int(desk.now().timestamp()) // KEPT_S
    person = f"{desk.name} {sorted(desk.roles)} {desk.own_areas()} {language()}"
    draft = "" if shown.draft is None else f"{shown.draft.draft_id}/{shown.draft.version}"
    run = shown.found.basis.run
    asked = (draft, 0 if run is None else run.run_id, has_booths)
    return _kept_view(desk.where, shown.version, slot, person, asked, look.value, shown)


@st.cache_resource(max_entries=9, show_spinner=False)
def _kept_view(
    where: str,
    version: int,
    slot: int,
    person: str,
    asked: tuple[str, int, bool],
    look: str,
    _shown: Shown,
) -> MapView:
    found, desk, side = _shown.found, _shown.desk, Look(look)
    view = zone_view(desk.map(), found, _shown.zones(), side, desk.who)
    if not asked[-1] or found.booths is None or found.thought is None:
        return view
    zones = found.thought.present if side is Look.BEFORE else found.thought.thought
    return booths_view(view, found.booths, zones, side)
