"""Withdrawing a published order: asked twice, with a reason, by who may."""

from __future__ import annotations

import streamlit as st

from screens.data_notes import ask, dialog, done, leave, told
from screens.plain import say
from zoning.i18n.catalogue import tr
from zoning.workflow.orders_desk import OrderCard, OrdersDesk

REASON = "withdraw-reason"


def withdrawing(desk: OrdersDesk, card: OrderCard) -> None:
    """Offer to withdraw an order where it is this person's to do so."""
    if not card.may_withdraw:
        return
    number = card.paper.number
    question = f"withdraw-{number}"

    def begin() -> None:
        st.session_state.pop(REASON, None)
        ask(question)

    st.button(tr("Withdraw the order…"), key="withdraw", icon=":material/block:", on_click=begin)
    dialog(question, tr("Withdraw order {number}?", number=number), _withdraw, desk, number)


def _withdraw(desk: OrdersDesk, number: str) -> None:
    say(
        tr(
            "It stands no longer from now on, and what lay beneath it holds again. Nothing that "
            "was published is changed: the order stays in the books as withdrawn."
        )
    )
    st.text_area(tr("Reason"), key=REASON, height=90)
    with st.container(horizontal=True):
        if st.button(tr("Withdraw it"), type="primary", key="withdraw-yes"):
            reason = str(st.session_state[REASON])
            if told(lambda: desk.withdraw(number, reason)) is not None:
                done(tr("Order {number} is withdrawn.", number=number))
        if st.button(tr("Leave it as it is"), key="withdraw-no", on_click=leave):
            st.rerun()
