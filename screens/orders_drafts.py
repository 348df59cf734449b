"""Drafts under way beside the orders: where each stands, and how it would print."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from screens.data_address import choose, chosen_number
from screens.data_notes import told
from screens.listing import listing, moment_column
from screens.orders_pages import pages_shown
from screens.orders_words import kind_word
from screens.plain import say, title
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import number
from zoning.orders.state import state_label
from zoning.workflow.drafting import Draft
from zoning.workflow.orders_desk import DraftShown, OrdersDesk


def drafts(desk: OrdersDesk) -> None:
    """List the open drafts that this person may see, and draw the one that is chosen."""
    found = desk.drafts()
    at = chosen_number("draft")
    if not found:
        if at is not None:
            st.warning(tr("There is no draft {id} under way that you may see.", id=at))
        return
    n = len(found)
    head = tr_n("{said} draft under way", "{said} drafts under way", n, said=number(n))
    with st.expander(head, expanded=at is not None):
        listing(
            drafts_frame(found),
            name=tr("Drafts under way, the newest first"),
            file_name="drafts.csv",
            key="drafts",
            by=tr("State"),
            hidden="draft",
            chosen=at,
            on_choice=lambda picked: choose(draft=picked),
            config={tr("Changed (IST)"): moment_column()},
        )
        draft = next((draft for draft in found if draft.draft_id == at), None)
        if draft is not None:
            _paper(desk, draft)
        elif at is not None:
            st.warning(tr("There is no draft {id} under way that you may see.", id=at))


def drafts_frame(found: tuple[Draft, ...]) -> pd.DataFrame:
    """Return one row a draft, the newest first."""
    return pd.DataFrame(
        {
            "draft": [draft.draft_id for draft in found],
            tr("Draft"): [draft.draft_id for draft in found],
            tr("State"): [state_label(draft.state) for draft in found],
            tr("Kind"): [kind_word(draft.kind) for draft in found],
            tr("Number"): [draft.content.number for draft in found],
            tr("Title"): [draft.content.title for draft in found],
            tr("Area"): [draft.area_unit_id or tr("whole state") for draft in found],
            tr("Changed (IST)"): pd.to_datetime([draft.at for draft in found], utc=True),
            tr("By"): [draft.by for draft in found],
        }
    )


def _paper(desk: OrdersDesk, draft: Draft) -> None:
    title(tr("{name} as it would print", name=draft.name))
    say(tr("Every page says that it isn't in force; what it declares is worked out as of now."))
    with st.spinner(tr("Setting the pages…")):
        shown = told(
            lambda: _shown(desk.where, desk.version(), draft.draft_id, _person(desk), desk)
        )
    if shown is None:
        return
    _lacks(shown.lacks)
    pages_shown(shown.pages, draft.name, f"draft-page-{draft.draft_id}")


def _lacks(lacks: tuple[str, ...]) -> None:
    if not lacks:
        say(tr("Nothing is missing for its signature."))
        return
    n = len(lacks)
    head = tr_n(
        "{said} thing is missing for its signature:",
        "{said} things are missing for its signature:",
        n,
        said=number(n),
    )
    items = "".join(f"<li>{escape(lack)}</li>" for lack in lacks)
    st.html(f'<div class="sm-told"><h3>{escape(head)}</h3><ul>{items}</ul></div>')


def _person(desk: OrdersDesk) -> str:
    """Return what tells one person's rights from another's."""
    return repr(desk.who)


@st.cache_resource(max_entries=4, show_spinner=False)
def _shown(where: str, written: int, draft_id: int, person: str, _desk: OrdersDesk) -> DraftShown:
    return _desk.draft_shown(draft_id, "en")
