"""The steps of the wizard, always in sight: which is done, which is now, which comes."""

from __future__ import annotations

import streamlit as st

from screens.data_address import choose, chosen
from screens.proposal_shown import Shown
from screens.proposal_words import STEPS, step_title
from zoning.i18n.catalogue import tr
from zoning.orders.state import OrderState

STEP = "proposal-step"
_ENDED = (OrderState.PUBLISHED, OrderState.SUPERSEDED, OrderState.WITHDRAWN)


def steps(shown: Shown | None) -> str:
    """Draw the steps and return the one that is open."""
    current = chosen("step") if chosen("step") in STEPS else _due(shown)
    # The address decides: after Back it names another step than the widget remembers.
    if st.session_state.get(STEP) != current:
        st.session_state[STEP] = current
    done = _done(shown)

    def words(step: str) -> str:
        place = STEPS.index(step) + 1
        mark = "✓ " if step in done else ""
        return tr("{mark}{n} {step}", mark=mark, n=place, step=step_title(step))

    def note() -> None:
        choose(step=st.session_state[STEP] or current)

    with st.container(key="wizard"):
        st.segmented_control(
            tr("Steps from a proposal to an order"),
            STEPS,
            format_func=words,
            key=STEP,
            on_change=note,
            label_visibility="collapsed",
        )
    return current


def _due(shown: Shown | None) -> str:
    """Return the step that asks for a hand now."""
    if shown is None:
        return "compute"
    if shown.draft is None or shown.draft.state is OrderState.DRAFT:
        return "review"
    return "consult" if shown.draft.state is OrderState.IN_CONSULTATION else "sign"


def _done(shown: Shown | None) -> tuple[str, ...]:
    if shown is None:
        return ()
    if shown.draft is None or shown.draft.state is OrderState.DRAFT:
        return ("compute",)
    if shown.draft.state is OrderState.IN_CONSULTATION:
        return ("compute", "review", "draw")
    if shown.draft.state in _ENDED:
        return STEPS
    return ("compute", "review", "draw", "consult")
