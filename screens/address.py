"""The state of the map page: in the session, and in the address bar as a link."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

import streamlit as st

from zoning.clock import IST

UNIT, BOOTH, FOCUS, SEARCH, DAY = "unit", "booth", "focus", "search", "day"
SHOWN_LAYERS = "shown_layers"


def start_session() -> None:
    """Take the state out of the address once, when a session begins."""
    if FOCUS in st.session_state:
        return
    unit = st.query_params.get("unit")
    booth = st.query_params.get("booth")
    layers = st.query_params.get("layers")
    st.session_state[UNIT] = unit
    st.session_state[BOOTH] = booth
    st.session_state[FOCUS] = 1 if unit or booth else 0
    st.session_state[SHOWN_LAYERS] = None if layers is None else tuple(layers.split(","))
    st.session_state[DAY] = None
    with contextlib.suppress(ValueError):
        st.session_state[DAY] = date.fromisoformat(st.query_params.get("on", ""))


def _write(name: str, value: str | None) -> None:
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value


def select_unit(unit_id: str | None, *, is_brought_into_view: bool = False) -> None:
    """Open the card of a unit, or close it; a booth's is closed."""
    st.session_state[UNIT] = unit_id or None
    st.session_state[BOOTH] = None
    if is_brought_into_view and unit_id:
        st.session_state[FOCUS] += 1
    _write("unit", unit_id or None)
    _write("booth", None)


def select_booth(booth_id: str, unit_id: str, *, is_brought_into_view: bool = False) -> None:
    """Open the card of a booth, and of the unit it lies in."""
    select_unit(unit_id)
    st.session_state[BOOTH] = booth_id
    if is_brought_into_view:
        st.session_state[FOCUS] += 1
    _write("booth", booth_id)


def selected_booth() -> str | None:
    """Return the code of the booth whose card is open."""
    booth: str | None = st.session_state[BOOTH]
    return booth


def selected_unit() -> str | None:
    """Return the code of the unit whose card is open."""
    unit: str | None = st.session_state[UNIT]
    return unit


def focus() -> int:
    """Return how often the map was asked to bring a unit or booth into view."""
    return int(st.session_state[FOCUS])


def note_shown_layers(layers: Collection[str]) -> None:
    """Keep in the address which layers are on."""
    _write("layers", ",".join(layers))


def layers_at_opening(present: Collection[str]) -> tuple[str, ...]:
    """Return the layers that were on when the session began.

    Not those on now: the browser knows them, and the map's script may not
    change in a session.
    """
    chosen: tuple[str, ...] | None = st.session_state[SHOWN_LAYERS]
    return tuple(present) if chosen is None else tuple(k for k in present if k in chosen)


def choose_day(day: date | None) -> None:
    """Show the zones as they were at the end of a day; None for now."""
    st.session_state[DAY] = day
    _write("on", day.isoformat() if day else None)


def moment_shown() -> datetime | None:
    """Return the end of the chosen day in India, or None for now."""
    day: date | None = st.session_state[DAY]
    if day is None:
        return None
    return datetime.combine(day, time(), IST) + timedelta(days=1, seconds=-1)


def day_shown() -> date | None:
    """Return the chosen day, or None for now."""
    day: date | None = st.session_state[DAY]
    return day
