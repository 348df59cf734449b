"""Last step: the head of the order, its hour, what stands in the way; approval, publication."""

from __future__ import annotations

import streamlit as st

from screens.plain import say, title
from screens.proposal_acts import act, start_over
from screens.proposal_lacks import lacks
from screens.proposal_shown import Shown
from screens.proposal_terms import terms_form
from screens.proposal_text import FIELDS, text_form
from screens.proposal_words import draft_sentence
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment
from zoning.orders.state import OrderState, state_label
from zoning.workflow.draft import Draft

APPROVE_NOTE, WITHDRAW_NOTE = "sign-note", "withdraw-note"


def sign_step(shown: Shown) -> None:
    """Draw the text of the draft and the acts that end it."""
    draft = shown.draft
    if draft is None:
        st.info(tr("What is signed is a draft; begin or open one in the first step."))
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        text_form(shown, draft)
        terms_form(shown, draft)
    with right:
        _effect(shown, draft)
        lacks(shown, draft)
        _approve(shown, draft)
        _publish(shown, draft)
        _withdraw(shown, draft)
        _history(shown, draft)


def _effect(shown: Shown, draft: Draft) -> None:
    title(tr("Effect"))
    begins = draft.content.effective_at
    say(
        tr("In force at once on publication.")
        if begins is None
        else tr("In force from {when}.", when=moment(begins)),
        "sm-answer",
    )
    if begins is not None and begins > shown.desk.now():
        st.caption(tr("Until then what is in force stays; the change waits for its hour."))


def _approve(shown: Shown, draft: Draft) -> None:
    if draft.state is not OrderState.IN_CONSULTATION:
        return
    title(tr("Approval"))
    may = shown.rights is not None and shown.rights.approves
    st.text_input(tr("Note; needed where an office objects"), key=APPROVE_NOTE)
    st.button(
        tr("Approve"),
        key="sign-approve",
        type="primary",
        disabled=not may,
        help=None if may else tr("Your role may not approve this kind of order."),
        on_click=_do_approve,
        args=(shown, draft),
    )


def _do_approve(shown: Shown, draft: Draft) -> None:
    note = str(st.session_state.get(APPROVE_NOTE, ""))

    def approve() -> None:
        shown.desk.approve(draft.draft_id, draft.version, note)
        start_over((APPROVE_NOTE,))

    act(approve, tr("The draft is approved."), step="sign")


def _publish(shown: Shown, draft: Draft) -> None:
    if draft.state is OrderState.PUBLISHED:
        st.success(tr("Published. A published order never changes; another may follow it."))
        return
    if draft.state is not OrderState.APPROVED:
        if draft.is_open:
            say(
                tr(
                    "Now: {state}. It can be published once it is approved.",
                    state=state_label(draft.state),
                ),
                "sm-quiet",
            )
        return
    title(tr("Publication"))
    may = shown.rights is not None and shown.rights.publishes
    st.caption(tr("One step: order, papers, requests to neighbours and notices, or none of them."))
    st.button(
        tr("Publish the order"),
        key="sign-publish",
        type="primary",
        disabled=not may,
        help=None if may else tr("Your role may not publish this kind of order."),
        on_click=act,
        args=(
            lambda: shown.desk.publish(draft.draft_id, draft.version),
            tr("Order {number} is published.", number=draft.content.number),
        ),
        kwargs={"step": "sign"},
    )


def _withdraw(shown: Shown, draft: Draft) -> None:
    if not draft.is_open or shown.rights is None or not shown.rights.drafts:
        return
    with st.expander(tr("End this draft")):
        st.text_input(tr("Why it ends"), key=WITHDRAW_NOTE)
        st.button(
            tr("Withdraw the draft"), key="sign-end", on_click=_do_withdraw, args=(shown, draft)
        )


def _do_withdraw(shown: Shown, draft: Draft) -> None:
    note = str(st.session_state.get(WITHDRAW_NOTE, ""))

    def withdraw() -> None:
        shown.desk.withdraw(draft.draft_id, draft.version, note)
        start_over((WITHDRAW_NOTE, *FIELDS))

    act(withdraw, tr("The draft is withdrawn."), draft=None, step="compute")


def _history(shown: Shown, draft: Draft) -> None:
    with st.expander(tr("Who did what")):
        for version in reversed(shown.desk.history(draft.draft_id)):
            say(draft_sentence(version))
