"""The way from one screen to another, each link with the state in which its screen was left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st
from streamlit.navigation.page import Page

_LEFT = "left_in_state"


def navigation(screens: Sequence[Page], current: Page) -> None:
    """Draw links to the screens; the current one is named and is no link."""
    left: Mapping[str, dict[str, list[str]]] = st.session_state.get(_LEFT, {})
    with st.container(horizontal=True, key="screens", vertical_alignment="center"):
        for screen in screens:
            if screen.url_path == current.url_path:
                st.html(f'<b class="sm-here" aria-current="page">{escape(screen.title)}</b>')
            else:
                st.page_link(screen, query_params=left.get(screen.url_path, {}))


def remember_state(current: Page) -> None:
    """Keep the address of the current screen, for the link that leads back to it."""
    left = dict(st.session_state.get(_LEFT, {}))
    params = st.query_params
    left[current.url_path] = {name: params.get_all(name) for name in params}
    st.session_state[_LEFT] = left
