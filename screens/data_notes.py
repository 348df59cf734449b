"""Results and refusals: a toast for what is done, a sentence for what isn't."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from screens.plain import plain
from zoning.errors import SeemanaError

T = TypeVar("T")
_DONE = "done_note"
_ASKED = "asked"


def told(act: Callable[[], T], unless: type[SeemanaError] | None = None) -> T | None:
    """Return what an act gives; its refusal is drawn as a sentence, and None returned.

    A refusal of the kind `unless` is left to the caller.
    """
    try:
        return act()
    except SeemanaError as refusal:
        if unless is not None and isinstance(refusal, unless):
            raise
        st.error(plain(str(refusal)))
        return None


def ask(question: str) -> None:
    """Keep that a question is asked, until it has its answer; for `on_click`."""
    st.session_state[_ASKED] = question


def leave() -> None:
    """Take a question back, unanswered; for `on_click`."""
    st.session_state.pop(_ASKED, None)


def dialog(question: str, title: str, draw: Callable[..., None], *facts: Any) -> None:
    """Open the dialog of a question if it is asked; what it decides is said by `done`."""
    if st.session_state.get(_ASKED) == question:
        st.dialog(title, on_dismiss=leave)(draw)(*facts)


def done(sentence: str) -> None:
    """Keep a result, to be said once the page is drawn anew, and draw it anew."""
    leave()
    st.session_state[_DONE] = sentence
    st.rerun()


def say_done() -> None:
    """Say the result that was kept, once."""
    sentence = st.session_state.pop(_DONE, None)
    if sentence:
        st.toast(plain(sentence), icon=":material/check:", duration="long")
