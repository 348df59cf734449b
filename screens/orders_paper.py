"""The paper of an order as it prints, to take away, and the sealed annex for who may see it."""

from __future__ import annotations

import streamlit as st

from screens.data_address import choose, chosen
from screens.data_notes import told
from screens.orders_pages import pages_shown
from screens.plain import say, title
from zoning.i18n.catalogue import tr
from zoning.workflow.orders_desk import OrderCard, OrdersDesk, OrdersSeen

LANGUAGES = ("en", "bn")

# Beyond so many rows an order takes long to set: it is set when somebody asks for it.
ROWS_SET_AT_ONCE = 400


def panel(desk: OrdersDesk, card: OrderCard, seen: OrdersSeen) -> None:
    """Draw the pages of an order, and what of it can be taken away."""
    number = card.paper.number
    names = {"en": tr("English"), "bn": tr("Bengali")}
    at = chosen("language")
    language = st.segmented_control(
        tr("Language"),
        LANGUAGES,
        default=at if at in LANGUAGES else "en",
        format_func=lambda code: names[code],
        key=f"paper-language-{number}",
        on_change=lambda: choose(language=st.session_state[f"paper-language-{number}"]),
    )
    language = language or "en"
    take, pages = st.columns([1, 2], gap="large")
    with take:
        _downloads(desk, card, language)
        _annex(desk, card)
    with pages:
        _preview(desk, card, language)


def _downloads(desk: OrdersDesk, card: OrderCard, language: str) -> None:
    number = card.paper.number
    offered = (
        (tr("Order, PDF"), f"order.{language}.pdf", "application/pdf"),
        (tr("Press note, PDF"), f"press-note.{language}.pdf", "application/pdf"),
        (tr("Order, web page"), f"order.{language}.html", "text/html"),
        (tr("Order, JSON"), "order.json", "application/json"),
    )
    with st.container(horizontal=True, key="order-downloads"):
        for label, name, mime in offered:
            st.download_button(
                label,
                # Set when it is asked for: an order of a whole state takes seconds.
                data=lambda name=name: desk.papers(number, (language,))[name],
                file_name=f"{_safe(number)}-{name}",
                mime=mime,
                key=f"take-{name}",
                on_click="ignore",
                icon=":material/download:",
            )


def _annex(desk: OrdersDesk, card: OrderCard) -> None:
    number = card.paper.number
    if not card.is_sealed:
        return
    title(tr("Sealed annex"))
    if not card.may_see_annex:
        say(
            tr(
                "The evidence is sealed: whoever may see the annex of an order can open it, if the "
                "whole of the order lies in their area. Its printed hash proves it unaltered."
            )
        )
        return
    say(tr("For official use only: it holds counts of cases. The audit tells who took it."))
    with st.container(horizontal=True, key="annex-downloads"):
        st.download_button(
            tr("Annex as sealed, JSON"),
            data=lambda: desk.annex(number).sealed,
            file_name=f"{_safe(number)}-annex.json",
            mime="application/json",
            key="take-annex",
            on_click="ignore",
            icon=":material/lock_open:",
        )


def _preview(desk: OrdersDesk, card: OrderCard, language: str) -> None:
    paper = card.paper
    rows = len(paper.units) + sum(len(zone.parts) for zone in paper.zones)
    asked = f"paper-asked-{paper.number}"
    if rows > ROWS_SET_AT_ONCE and not st.session_state.get(asked):
        say(tr("This is a long order; setting its pages takes some seconds."))
        if not st.button(tr("Show the pages"), key="paper-show"):
            return
        st.session_state[asked] = True
    with st.spinner(tr("Setting the pages…")):
        pages = told(lambda: _pages(desk.where, paper.number, paper.annex_sha256, language, desk))
    if pages:
        pages_shown(pages, paper.number, f"paper-page-{paper.number}-{language}")


@st.cache_data(max_entries=8, show_spinner=False)
def _pages(
    where: str, number: str, annex_sha256: str, language: str, _desk: OrdersDesk
) -> tuple[bytes, ...]:
    return _desk.pages(number, language)


def _safe(number: str) -> str:
    """Return a number as it can stand in the name of a file."""
    return "".join(c if c.isalnum() or c in "-._" else "-" for c in number)
