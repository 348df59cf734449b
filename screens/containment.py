"""Containment: which zones are in force, what they cost, what would change, who may go."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from screens import containment_alarms, containment_release, containment_thought, containment_zones
from screens.containment_words import headline, standing_sentence
from screens.data_notes import say_done
from screens.headline import fictional_banner
from screens.panels import accent, tab_panels
from screens.plain import say
from zoning.access import Action, role_word, roles_with
from zoning.errors import InputError
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, number
from zoning.workflow.zone_desk import Seen, ZoneDesk

STYLES = tuple(Path(__file__).with_name(name) for name in ("data.css", "containment.css"))
TAB = "containment_tab"
LOOK_AGAIN_S = 30
SECONDS_A_MINUTE = 60

PANELS = {
    "zones": containment_zones.panel,
    "whatif": containment_thought.panel,
    "release": containment_release.panel,
    "alarms": containment_alarms.panel,
}


def _titles() -> dict[str, str]:
    return {
        "zones": tr("Zones"),
        "whatif": tr("What if"),
        "release": tr("Release"),
        "alarms": tr("First cases"),
    }


def containment_page(desk: ZoneDesk) -> None:
    """Draw the containment screen for one person."""
    for style in STYLES:
        st.html(style)
    accent()
    if not desk.may(Action.SEE_FIGURES):
        _refuse(desk)
        return
    say_done()
    version = desk.version()
    seen = _seen(desk, version)
    if seen is None:
        return
    fictional_banner(seen)
    _top(seen)
    _watch(desk, version)
    tab_panels(TAB, _titles(), "zones", lambda key: PANELS[key](desk, seen))


@st.cache_resource(max_entries=8, show_spinner=False)
def _looked(where: str, minute: int, version: int, area: str, _desk: ZoneDesk) -> Seen:
    return _desk.look()


def _seen(desk: ZoneDesk, version: int) -> Seen | None:
    """Return containment now; where there are no boundaries, say so."""
    minute = int(desk.now().timestamp()) // SECONDS_A_MINUTE
    try:
        with st.spinner(tr("Weighing the containment zones…")):
            return _looked(desk.where, minute, version, desk.area_key, desk)
    except InputError as refusal:
        if desk.has_boundaries():
            raise
        st.html(
            f'<div class="sm-top"><h1>{escape(tr("There is nothing to contain yet."))}</h1></div>'
        )
        st.info(str(refusal))
        return None


def _top(seen: Seen) -> None:
    state = seen.found.board.state
    alarms = seen.found.alarms.state
    is_open = ~alarms.is_answered
    overdue, escalated = int(state.is_overdue.sum()), int(state.is_escalated.sum())
    late = int(alarms.is_overdue.sum())
    figures = (
        (
            tr("Due for release"),
            int(state.is_due.sum()),
            tr("!! {n} overdue", n=number(overdue)) if overdue else "",
        ),
        (
            tr("Blocked"),
            int(state.is_blocked.sum()),
            tr("↑ {n} escalated", n=number(escalated)) if escalated else "",
        ),
        (
            tr("First cases open"),
            int(is_open.sum()),
            tr("!! {n} overdue", n=number(late)) if late else "",
        ),
    )
    told = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{number(n)}"
        + (f" <small>{escape(remark)}</small>" if remark else "")
        + "</dd></div>"
        for label, n, remark in figures
    )
    st.html(
        f'<div class="sm-top"><h1>{escape(headline(seen))}</h1><dl>{told}</dl></div>'
        f'<p class="sm-quiet">{escape(standing_sentence(seen))}</p>'
    )
    if seen.found.is_part:
        say(
            tr(
                "Figures are of your area alone; of a zone that goes on beyond it, they are of its "
                "part here."
            ),
            "sm-quiet",
        )
    if seen.days_behind and seen.through is not None:
        words = tr_n(
            "No unit is complete beyond {day}, {n} day ago: figures are of then, and no day "
            "without a case counts since.",
            "No unit is complete beyond {day}, {n} days ago: figures are of then, and no day "
            "without a case counts since.",
            seen.days_behind,
            day=day(seen.through),
        )
        st.html(f'<div class="sm-stale" role="alert">{escape(words)}</div>')


def _refuse(desk: ZoneDesk) -> None:
    st.html(f'<div class="sm-top"><h1>{escape(tr("Containment is for officers."))}</h1></div>')
    st.warning(
        tr(
            "As {role} you may see the map and not the figures behind it. These may: {roles}.",
            role=tr(" and ").join(role_word(role) for role in desk.data.roles),
            roles=", ".join(role_word(role) for role in roles_with(Action.SEE_FIGURES)),
        )
    )


@st.fragment(run_every=LOOK_AGAIN_S)
def _watch(desk: ZoneDesk, version: int) -> None:
    """Say when somebody has written since this page was drawn: what it shows is old then."""
    if desk.version() == version:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="data-stale"):
        st.warning(tr("The data has changed since this page was drawn."))
        if st.button(tr("Show it as it is now"), key="data-again"):
            st.rerun(scope="app")
