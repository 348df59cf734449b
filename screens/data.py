"""The data: what came in, what it lacks, who is late; and the way to bring more in."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from screens import data_editions, data_feeds, data_import, data_imports, data_queue
from screens.data_notes import say_done
from screens.data_words import moment_near
from screens.headline import fictional_banner
from screens.panels import accent, tab_panels
from zoning.access import Action, role_word, roles_with
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import number
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.data_summary import DataSummary

STYLE = Path(__file__).with_name("data.css")
TAB = "data_tab"
LOOK_AGAIN_S = 30

PANELS = {
    "bring": data_import.panel,
    "imports": data_imports.panel,
    "queue": data_queue.panel,
    "feeds": data_feeds.panel,
    "editions": data_editions.panel,
}


def _titles() -> dict[str, str]:
    return {
        "bring": tr("Bring in"),
        "imports": tr("Imports"),
        "queue": tr("Queue"),
        "feeds": tr("Feeds"),
        "editions": tr("Editions"),
    }


def data_page(desk: DataDesk) -> None:
    """Draw the data screen for one person."""
    st.html(STYLE)
    accent()
    if not desk.may(Action.IMPORT_DATA):
        _refuse(desk)
        return
    say_done()
    version = desk.version()
    summary = _summary(desk, version)
    fictional_banner(summary)
    st.html(f'<div class="sm-top"><h1>{escape(headline(desk, summary))}</h1></div>')
    _watch(desk, version)
    tab_panels(TAB, _titles(), "bring", lambda key: PANELS[key](desk))


@st.cache_resource(max_entries=8, show_spinner=False)
def _counted(where: str, minute: int, version: int, _desk: DataDesk) -> DataSummary:
    return _desk.summary()


def _summary(desk: DataDesk, version: int) -> DataSummary:
    minute = int(desk.clock().timestamp()) // 60
    with st.spinner(tr("Counting the cases that wait for a place…")):
        return _counted(desk.store.where, minute, version, desk)


def headline(desk: DataDesk, summary: DataSummary) -> str:
    """Return the answer to this screen's question, in one sentence."""
    if summary.last_import_at is None:
        return tr("Nothing has been brought in yet: begin with the boundaries of your units.")
    when = moment_near(summary.last_import_at, desk.clock())
    if not summary.has_units:
        return tr(
            "No boundaries are in force, so no case has a place; last import {when}.", when=when
        )
    if not summary.feeds:
        return tr_n(
            "No feed has reported yet; {cases} case waits for a place; last import {when}.",
            "No feed has reported yet; {cases} cases wait for a place; last import {when}.",
            summary.waiting_cases,
            cases=number(summary.waiting_cases),
            when=when,
        )
    return tr_n(
        "Feeds late: {late} of {feeds}; {cases} case waits for a place; last import {when}.",
        "Feeds late: {late} of {feeds}; {cases} cases wait for a place; last import {when}.",
        summary.waiting_cases,
        late=number(summary.feeds_behind),
        feeds=number(summary.feeds),
        cases=number(summary.waiting_cases),
        when=when,
    )


def _refuse(desk: DataDesk) -> None:
    st.html(f'<div class="sm-top"><h1>{escape(tr("Data is brought in by others."))}</h1></div>')
    st.warning(
        tr(
            "As {role} you may see the map and not change the data behind it. These may: {roles}.",
            role=tr(" and ").join(role_word(role) for role in desk.roles),
            roles=", ".join(role_word(role) for role in roles_with(Action.IMPORT_DATA)),
        )
    )


@st.fragment(run_every=LOOK_AGAIN_S)
def _watch(desk: DataDesk, version: int) -> None:
    """Say when somebody has written since this page was drawn: what it shows is old then."""
    if desk.version() == version:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="data-stale"):
        st.warning(tr("The data has changed since this page was drawn."))
        if st.button(tr("Show it as it is now"), key="data-again"):
            st.rerun(scope="app")
