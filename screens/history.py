"""History: any day in force and as known then, what changed, where counts break, who did what."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from screens import history_audit, history_change, history_day, history_trend
from screens.panels import accent, tab_panels
from zoning.access import Action
from zoning.i18n.catalogue import tr
from zoning.workflow.history_desk import HistoryDesk

STYLES = tuple(Path(__file__).with_name(name) for name in ("data.css", "history.css"))
TAB = "history_tab"

PANELS = {
    "day": history_day.panel,
    "change": history_change.panel,
    "trend": history_trend.panel,
    "audit": history_audit.panel,
}


def _titles() -> dict[str, str]:
    return {
        "day": tr("A day"),
        "change": tr("What changed"),
        "trend": tr("Trend"),
        "audit": tr("Who did what"),
    }


def history_page(desk: HistoryDesk) -> None:
    """Draw the history screen for one person."""
    for style in STYLES:
        st.html(style)
    accent()
    if not desk.may(Action.SEE_ZONES):
        st.html(f'<div class="sm-top"><h1>{escape(tr("History is for officers."))}</h1></div>')
        st.warning(tr("You hold no post today; ask whoever keeps the roster."))
        return
    tab_panels(TAB, _titles(), "day", lambda key: PANELS[key](desk))
