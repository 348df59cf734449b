"""A screen of several panels: which one is open stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from screens.data_address import choose, chosen


def accent() -> None:
    """Set the colour of words on the accent, which no theme tells a style sheet."""
    on_accent = "#10151c" if st.context.theme.type == "dark" else "#ffffff"
    st.html(f"<style>:root {{ --sm-on-accent: {on_accent}; }}</style>")


def tab_panels(
    key: str, titles: Mapping[str, str], first: str, draw: Callable[[str], None]
) -> None:
    """Draw tabs, of which only the open one is computed.

    Parameters
    ----------
    key : str
        Of the widget.
    titles : mapping of str to str
        Title of each panel by its name in the address.
    first : str
        Panel that is open where the address names none.
    draw : callable
        Draws the panel of a name.
    """
    asked = chosen("tab")
    open_title = titles[asked if asked in titles else first]
    # The address decides: after Back it names another panel than the widget remembers.
    if st.session_state.get(key) != open_title:
        st.session_state[key] = open_title

    def note() -> None:
        choose(tab=next(name for name, title in titles.items() if title == st.session_state[key]))

    tabs = st.tabs(list(titles.values()), key=key, on_change=note)
    for name, tab in zip(titles, tabs, strict=True):
        if tab.open:
            with tab:
                draw(name)
