"""My area: what is in force, what changed, what is mine to do. For a hand that holds a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import escape
from pathlib import Path

import numpy as np
import shapely
import streamlit as st

from layers.map import bounds_of
from layers.view import MapView
from screens import address, deviations_form
from screens.area_parts import accents, changed, containment, deviations, units
from screens.area_tasks import tasks
from screens.area_words import dialled, headline
from screens.card import unit_card
from screens.data_address import choose, chosen
from screens.data_notes import ask, dialog, say_done
from screens.headline import fictional_banner
from screens.map import draw_map
from screens.plain import plain
from screens.search import place_of
from zoning.access import Action, role_word, roles_with
from zoning.errors import AccessError
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import number
from zoning.measures.withdrawals import is_review_due
from zoning.settings import Settings
from zoning.workflow.area_desk import AreaDesk, AreaSeen
from zoning.workflow.deviations_desk import DeviationsDesk

STYLES = tuple(Path(__file__).with_name(name) for name in ("data.css", "area.css"))
MAP_OPEN = "area_map"
AREA, SINCE = "area", "since"
SPANS = {"1": timedelta(days=1), "7": timedelta(days=7)}

ViewNow = Callable[[], MapView]


def area_page(
    desk: AreaDesk, register: DeviationsDesk, view_now: ViewNow, settings: Settings
) -> None:
    """Draw the screen.

    Parameters
    ----------
    desk : AreaDesk
        The area of who is here.
    register : DeviationsDesk
        Where deviations are recorded.
    view_now : callable
        Returns the map's view, once the map is opened.
    settings : Settings
        For the map's background.
    """
    for style in STYLES:
        st.html(style)
    accents()
    if not desk.may(Action.SEE_FIGURES):
        _refuse(desk)
        return
    say_done()
    fictional_banner(desk)
    unit_id = _area(desk)
    if not unit_id:
        return
    # The address decides, so that a link is a view.
    span = chosen(SINCE) if chosen(SINCE) in SPANS else "1"
    try:
        seen = desk.look(unit_id, SPANS[span])
    except AccessError as refusal:
        words = escape(tr("This area is somebody else's."))
        st.html(f'<div class="sm-top"><h1>{words}</h1></div>')
        st.warning(plain(str(refusal)))
        return
    _top(seen)
    _acts(desk, register, seen)
    if st.session_state.get(MAP_OPEN):
        _map(view_now(), settings, seen)
    left, right = st.columns(2, gap="large")
    with left:
        tasks(desk, seen)
        containment(seen)
    with right:
        changed(seen)
        _span(span)
        deviations(seen, register.activities())
        units(seen)


def _area(desk: AreaDesk) -> str:
    """Return the area that is looked at; where it can't be told yet, say how."""
    choices = desk.choices()
    own = [code for code in desk.own() if code in choices]
    asked = chosen(AREA)
    if len(own) == 1 and not asked:
        return own[0]
    if not choices:
        st.html(f'<div class="sm-top"><h1>{escape(tr("There is no area to show yet."))}</h1></div>')
        st.info(
            tr(
                "Either no boundaries are in force, or your post names no unit of them: ask "
                "whoever keeps the roster."
            )
        )
        return ""
    if own and asked:
        # A link into a part of the own area; another's is refused when it is looked at.
        return asked
    codes = own or list(choices)
    st.selectbox(
        tr("Area"),
        codes,
        index=codes.index(asked) if asked in codes else None,
        format_func=lambda code: choices[code],
        placeholder=tr("Choose a district, town, block or ward"),
        key="area-unit-chosen",
        width=420,
        on_change=lambda: choose(**{AREA: st.session_state["area-unit-chosen"]}),
    )
    if not asked:
        st.html(f'<div class="sm-top"><h1>{escape(tr("Which area? Choose one."))}</h1></div>')
    return asked


def _top(seen: AreaSeen) -> None:
    open_tasks = [task for task in seen.tasks if not task.is_done]
    late = sum(task.is_overdue for task in open_tasks)
    due = sum(is_review_due(w, seen.at) for w in seen.register.reaching)
    figures = (
        (
            tr("For you to do"),
            len(open_tasks),
            tr("!! {n} overdue", n=number(late)) if late else "",
        ),
        (tr("Zones"), len(seen.state.zones_here), ""),
        (
            tr("Withdrawn"),
            len(seen.register.reaching),
            tr_n("!! {n} review due", "!! {n} reviews due", due) if due else "",
        ),
    )
    told = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{number(n)}"
        + (f" <small>{escape(remark)}</small>" if remark else "")
        + "</dd></div>"
        for label, n, remark in figures
    )
    st.html(f'<div class="sm-top"><h1>{escape(headline(seen))}</h1><dl>{told}</dl></div>')


def _acts(desk: AreaDesk, register: DeviationsDesk, seen: AreaSeen) -> None:
    """Draw what a thumb reaches: call, tasks, report, map."""
    open_tasks = sum(not task.is_done for task in seen.tasks)
    with st.container(horizontal=True, key="area-acts"):
        st.html(_call(seen))
        st.html(
            f'<a class="sm-big" href="#area-tasks">✓ {escape(tr("Tasks"))} {number(open_tasks)}</a>'
        )
        st.button(
            tr("Report"),
            icon=":material/report:",
            key="area-record",
            disabled=not desk.may(Action.RECORD_DEVIATION),
            on_click=lambda: ask(deviations_form.QUESTION),
            width="stretch",
        )
        st.button(
            tr("Map"),
            icon=":material/close:" if st.session_state.get(MAP_OPEN) else ":material/map:",
            key="area-map",
            on_click=lambda: st.session_state.update(
                {MAP_OPEN: not st.session_state.get(MAP_OPEN, False)}
            ),
            width="stretch",
        )
    dialog(
        deviations_form.QUESTION,
        tr("Record a deviation"),
        deviations_form.record_form,
        register,
        seen.unit_id,
    )


def _call(seen: AreaSeen) -> str:
    """Return the link that calls who commands; where several do, the one to their numbers."""
    every = dict.fromkeys(c for zone in seen.state.zones_here for c in zone.commanders)
    able = [commander for commander in every if dialled(commander.phone)]
    label = escape(tr("Call"))
    if len(able) == 1:
        name = escape(tr("Call {name}", name=able[0].name))
        return (
            f'<a class="sm-big" href="tel:{escape(dialled(able[0].phone))}" aria-label="{name}">'
            f"☏ {label}</a>"
        )
    if able:
        first = next(zone.zone_id for zone in seen.state.zones_here if zone.commanders)
        return f'<a class="sm-big" href="#{escape(first)}">☏ {label}</a>'
    why = escape(tr("No order in force names a commander with a telephone"))
    return f'<span class="sm-big sm-off" title="{why}">☏ {label}</span>'


def _span(span: str) -> None:
    words = {"1": tr("Since yesterday"), "7": tr("In seven days")}
    st.segmented_control(
        tr("What changed"),
        list(SPANS),
        default=span,
        format_func=lambda key: words[key],
        key="area-since",
        on_change=lambda: choose(**{SINCE: st.session_state["area-since"] or "1"}),
        label_visibility="collapsed",
    )


def _map(view: MapView, settings: Settings, seen: AreaSeen) -> None:
    address.start_session()
    with st.container(key="map"):
        draw_map(view, settings, key="area-zones", has_legend=False, bounds=_bounds(view, seen))
    at = place_of(view, address.selected_unit())
    if at is not None:
        unit_card(view, at)


def _bounds(view: MapView, seen: AreaSeen) -> list[list[float]]:
    """Return the corners of the area, degrees."""
    own = np.isin(view.units.unit_id.astype(str), list(seen.state.zone))
    if view.units.geometry is None or not own.any():
        return bounds_of(view)
    west, south, east, north = np.round(shapely.total_bounds(view.units.geometry[own]), 5).tolist()
    return [[south, west], [north, east]]


def _refuse(desk: AreaDesk) -> None:
    st.html(f'<div class="sm-top"><h1>{escape(tr("This screen is for officers."))}</h1></div>')
    st.warning(
        tr(
            "As {role} you may see the map and not what stands behind it. These may: {roles}.",
            role=tr(" and ").join(role_word(role) for role in desk.data.roles),
            roles=", ".join(role_word(role) for role in roles_with(Action.SEE_FIGURES)),
        )
    )
