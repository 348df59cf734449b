"""What a draft lacks before it is signed: what refuses it first, what is only told after it."""

from __future__ import annotations

from html import escape

import streamlit as st

from screens.proposal_shown import KEPT_S, Shown
from zoning.i18n.catalogue import language, tr_n
from zoning.i18n.forms import number
from zoning.workflow.draft import Draft
from zoning.workflow.proposal_desk import ProposalDesk
from zoning.workflow.signing import Signing, signing


def signing_of(shown: Shown, draft: Draft) -> Signing:
    """Return how far a draft is from its signature, worked out anew when somebody writes."""
    desk = shown.desk
    slot = int(desk.now().timestamp()) // KEPT_S
    place = (desk.where, shown.version, slot, f"{desk.who!r} {language()}")
    return _signing(*place, draft.draft_id, draft.version, draft, desk)


def lacks(shown: Shown, draft: Draft) -> None:
    """Draw what stands in the way of an open draft, and what it lacks beside that."""
    if not draft.is_open:
        return
    found = signing_of(shown, draft)
    told = (*shown.desk.obstacles(draft), shown.refusal, *found.refused)
    for sentence in dict.fromkeys(told):
        if sentence:
            st.html(f'<p class="sm-obstacle">{escape(sentence)}</p>')
    n = len(found.missing)
    if not n:
        return
    head = tr_n(
        "{said} thing is missing that refuses nothing:",
        "{said} things are missing that refuse nothing:",
        n,
        said=number(n),
    )
    items = "".join(f"<li>{escape(lack)}</li>" for lack in found.missing)
    st.html(f'<div class="sm-lacks"><h3>{escape(head)}</h3><ul>{items}</ul></div>')


@st.cache_resource(max_entries=8, show_spinner=False)
def _signing(
    where: str,
    written: int,
    slot: int,
    person: str,
    draft_id: int,
    version: int,
    _draft: Draft,
    _desk: ProposalDesk,
) -> Signing:
    return signing(_desk, _draft)
