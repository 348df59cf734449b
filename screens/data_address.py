"""The state of the data screen in the address bar, so that a link is a view."""

from __future__ import annotations

import streamlit as st


def chosen(name: str) -> str:
    """Return what the address says of a choice; empty for nothing."""
    return str(st.query_params.get(name, ""))


def chosen_number(name: str) -> int | None:
    """Return a number in the address, or None."""
    text = chosen(name)
    return int(text) if text.isdecimal() else None


def choose(**choices: object) -> None:
    """Write choices into the address; None takes one out."""
    for name, value in choices.items():
        if value is None or value == "":
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = str(value)
