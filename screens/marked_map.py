"""A map of marks on a page, with a jump to the one that a table names."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit_folium import st_folium

from layers.marks import Look, Mark, look_at, marks_map
from zoning.model import Geometries

HEIGHT_PX = 460


def jump_to(key: str, number: int | None) -> None:
    """Bring a mark into view, also where it is the one chosen already."""
    st.session_state[f"{key}-number"] = number
    if number is not None:
        st.session_state[f"{key}-focus"] = st.session_state.get(f"{key}-focus", 0) + 1


def jumped_to(key: str) -> int | None:
    """Return the mark that was last brought into view, or None."""
    number: int | None = st.session_state.get(f"{key}-number")
    return number


def marked_map(units: Geometries | None, marks: Sequence[Mark], *, key: str) -> None:
    """Draw marks on the outlines of units.

    Parameters
    ----------
    units : Geometries or None
        Areas in WGS84 degrees.
    marks : Sequence of Mark
        What is marked.
    key : str
        Distinguishes maps of one page, and names the one for `jump_to`.
    """
    number = jumped_to(key)
    look = Look(
        next((mark for mark in marks if mark.number == number), None),
        st.session_state.get(f"{key}-focus", 0),
        "dark" if st.context.theme.type == "dark" else "light",
    )
    with st.container(key=f"{key}-frame"):
        st_folium(
            marks_map(units, marks),
            key=key,
            height=HEIGHT_PX,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=look_at(look),
            render=False,
        )
