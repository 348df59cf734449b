"""Measures: may this be done, there and then? One sentence, then what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from layers.view import MapView
from screens.data_address import choose, chosen, chosen_number
from screens.headline import fictional_banner
from screens.measures_answer import answer_parts, status_badge
from screens.measures_form import ACTIVITY, place_and_time
from screens.plain import plain
from zoning.errors import InputError, RuleError, SeemanaError
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import day
from zoning.measures.order import Memo, Place
from zoning.measures.phrases import sentence
from zoning.measures.question import Answer, Quantities, Question, Silence
from zoning.workflow.measures_desk import MeasuresDesk, Spot

STYLE = Path(__file__).with_name("measures.css")

ViewAt = Callable[[datetime | None], MapView]


def measures_page(desk: MeasuresDesk, view_at: ViewAt) -> None:
    """Draw the screen.

    Parameters
    ----------
    desk : MeasuresDesk
        The orders known.
    view_at : callable
        Returns the zones in force at a moment, None for now.
    """
    st.html(STYLE)
    places = _places(view_at)
    if places is not None:
        fictional_banner(places)
    top = st.container(key="measures-top")
    form, rest = st.columns([2, 3], gap="large")
    with form:
        asked = place_and_time(desk, places, view_at)
    if not chosen(ACTIVITY):
        _invite(top, rest, desk, tr("May it be done? Choose an activity, a place and a time."))
        return
    if not asked.has_place:
        _invite(
            top, rest, desk, tr("Where? Choose the category of the place, or that it has none.")
        )
        return
    try:
        told = desk.ask(
            Question(
                activity=chosen(ACTIVITY),
                at=asked.at,
                category=asked.category,
                zone=asked.zone,
                place=Place(chosen("state"), chosen("district")),
                planned=Quantities(chosen_number("seats"), chosen_number("persons")),
                order_id=chosen("order"),
            ),
            Spot(chosen("unit"), asked.premises) if chosen("unit") else None,
        )
    except (InputError, RuleError) as refusal:
        _invite(top, rest, desk, tr("This can't be answered as it is asked."))
        with rest:
            st.warning(plain(str(refusal)))
        return
    with top:
        st.html(
            f'<div class="sm-top sm-measure">{status_badge(told)}'
            f"<h1>{escape(sentence(told))}</h1></div>"
        )
    with rest:
        for note in desk.notes(told):
            st.info(plain(note))
        _offer_time(told)
        answer_parts(told, desk.consequences(told))


def _places(view_at: ViewAt) -> MapView | None:
    """Return the zones as they are now; without them a place is chosen by hand."""
    try:
        return view_at(None)
    except SeemanaError as refusal:
        st.warning(plain(str(refusal)))
        return None


def _invite(
    top: DeltaGenerator,
    rest: DeltaGenerator,
    desk: MeasuresDesk,
    words: str,
) -> None:
    with top:
        st.html(f'<div class="sm-top sm-measure"><h1>{escape(words)}</h1></div>')
    with rest:
        st.html(
            f'<div class="sm-measures">{"".join(_order_line(memo) for memo in desk.memos)}</div>'
        )


def _order_line(memo: Memo) -> str:
    last = max(clause.valid_to for clause in memo.clauses)
    days = tr(
        "{number}, {authority}: in force from {first} to {last}.",
        number=memo.number,
        authority=memo.authority,
        first=day(memo.valid_from),
        last=day(memo.valid_to),
    )
    longer = "" if last <= memo.valid_to else tr("Single clauses run to {last}.", last=day(last))
    return f"<p><b>{escape(memo.title)}</b><br>{escape(days)} {escape(longer)}</p>"


def _offer_time(told: Answer) -> None:
    """Offer the first day of an order to somebody who asks for a time at which none is in force."""
    if told.silence not in (Silence.NOT_YET, Silence.ENDED):
        return
    first = min(memo.valid_from for memo in told.memos)
    st.button(
        tr("Ask for {day}, 10:00 IST", day=day(first)),
        key="measures-in-force",
        on_click=lambda: choose(at=f"{first.isoformat()}T10:00"),
    )
