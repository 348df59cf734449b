"""Search a unit by name or number, and choose the day shown."""

from __future__ import annotations

from datetime import date
from weakref import WeakKeyDictionary

import streamlit as st

from layers.view import MapView
from screens import address
from zoning.clock import now, today_ist
from zoning.i18n.catalogue import tr

_labels: WeakKeyDictionary[MapView, dict[str, int]] = WeakKeyDictionary()
_places: WeakKeyDictionary[MapView, dict[str, int]] = WeakKeyDictionary()


def place_of(view: MapView, unit_id: str | None) -> int | None:
    """Return the position of a unit in a view, or None if it has no such unit."""
    places = _places.get(view)
    if places is None:
        places = _places[view] = {str(code): i for i, code in enumerate(view.units.unit_id)}
    return places.get(unit_id) if unit_id else None


def _search_labels(view: MapView) -> dict[str, int]:
    labels = _labels.get(view)
    if labels is None:
        u = view.units
        # Found by its name in any script, by its code, by the code of the directory.
        columns = [u.name, *u.names.values(), u.unit_id]
        columns += [] if u.lgd_code is None else [u.lgd_code]
        labels = _labels[view] = {
            " · ".join(dict.fromkeys(str(word) for word in words if word)): i
            for i, words in enumerate(zip(*columns, strict=True))
        }
    return labels


def search_box(view: MapView) -> None:
    """Draw the search; a choice zooms to the unit and opens its card."""
    labels = _search_labels(view)

    def choose() -> None:
        label = st.session_state[address.SEARCH]
        code = str(view.units.unit_id[labels[label]]) if label in labels else None
        address.select_unit(code, is_brought_into_view=True)

    st.selectbox(
        tr("Search"),
        list(labels),
        index=None,
        key=address.SEARCH,
        on_change=choose,
        placeholder=tr("Search a place by name or number"),
        label_visibility="collapsed",
    )


def day_box(view: MapView) -> None:
    """Draw the choice of the day shown; the newest is now."""
    today = today_ist(now())

    def choose() -> None:
        day: date | None = st.session_state["day_box"]
        address.choose_day(None if day == today else day)

    st.date_input(
        tr("Day"),
        value=address.day_shown() or today_ist(view.as_of),
        max_value=today,
        min_value=date(2020, 1, 1),
        format="DD/MM/YYYY",
        key="day_box",
        on_change=choose,
        label_visibility="collapsed",
        help=tr("Zones as they were at the end of that day."),
    )
