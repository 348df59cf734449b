"""Results and refusals: a toast for what is done, a sentence for what isn't."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from screens.plain import plain
from zoning.errors import SeemanaError

T = TypeVar("T")
_DONE = "done_note"


def told(act: Callable[[], T]) -> T | None:
    """Return what an act gives; its refusal is drawn as a sentence, and None returned."""
    try:
        return act()
    except SeemanaError as refusal:
        st.error(plain(str(refusal)))
        return None


def ask(title: str, draw: Callable[..., None], *facts: Any) -> None:
    """Open a dialog; what it decides is said by `done` and ends in a rerun."""
    st.dialog(title)(draw)(*facts)


def done(sentence: str) -> None:
    """Keep a result, to be said once the page is drawn anew."""
    st.session_state[_DONE] = sentence


def say_done() -> None:
    """Say the result that was kept, once."""
    sentence = st.session_state.pop(_DONE, None)
    if sentence:
        st.toast(plain(sentence), icon=":material/check:", duration="long")
