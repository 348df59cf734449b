"""Search a unit or a booth by name or number, and choose the day shown."""

from __future__ import annotations

from datetime import date
from weakref import WeakKeyDictionary

import streamlit as st

from layers.booth_search import find_booths
from layers.place_answer import place_typed, told_of
from layers.view import MapView
from screens import address
from screens.plain import plain
from zoning.clock import now, today_ist
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import number

# More would fill the panel, and nobody reads them.
MAX_FOUND = 12

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


def _label_meant(view: MapView, typed: str | None) -> str | None:
    """Return the label of the unit that a typed text names, else the text itself.

    A browser hands over what was typed where a person doesn't choose from the list. A whole
    code or name counts, else a part that only one unit has.
    """
    labels, text = _search_labels(view), (typed or "").strip().casefold()
    if not text or typed in labels:
        return typed
    whole = [label for label in labels if text in label.casefold().split(" · ")]
    if not whole and (view.booths is None or not len(find_booths(view.booths, text))):
        whole = [label for label in labels if text in label.casefold()]
    return whole[0] if len(whole) == 1 else typed


def select_booth(view: MapView, booth_id: str, *, is_brought_into_view: bool = False) -> None:
    """Open the card of a booth of a view, with that of its unit."""
    row = None if view.booths is None else view.booths.row_of.get(booth_id)
    if view.booths is not None and row is not None:
        unit = str(view.booths.unit_id[row])
        address.select_booth(booth_id, unit, is_brought_into_view=is_brought_into_view)


def search_box(view: MapView) -> None:
    """Draw the search; a choice zooms to the unit or booth and opens its card.

    A list of all units goes to the browser, one of all booths would be megabytes:
    booths are looked up here, when a text that names no unit has been typed.
    """
    labels = _search_labels(view)

    def choose() -> None:
        typed = st.session_state[address.SEARCH]
        if place := place_typed(typed or "", view):
            told = told_of(view, place)
            if told.booth_id:
                select_booth(view, told.booth_id, is_brought_into_view=True)
            else:
                address.select_unit(told.unit_id, is_brought_into_view=True)
            return
        label = _label_meant(view, typed)
        if label and label not in labels and view.booths is not None:
            found = find_booths(view.booths, label)
            codes = [str(code) for code in view.booths.booth_id[found[:1]]]
            if len(found) == 1 or (codes and codes[0].casefold() == label.strip().casefold()):
                select_booth(view, codes[0], is_brought_into_view=True)
            return
        code = str(view.units.unit_id[labels[label]]) if label in labels else None
        address.select_unit(code, is_brought_into_view=True)

    has_booths = view.booths is not None
    st.selectbox(
        tr("Search"),
        list(labels),
        index=None,
        key=address.SEARCH,
        on_change=choose,
        placeholder=tr("Search a place or booth by name, number or 22.57, 88.36")
        if has_booths
        else tr("Search a place by name, number or 22.57, 88.36"),
        label_visibility="collapsed",
        accept_new_options=True,
    )


def booths_found(view: MapView) -> None:
    """Draw what the text in the search names: a place, several booths, or nothing."""
    text = _label_meant(view, st.session_state.get(address.SEARCH))
    if place := place_typed(text or "", view):
        st.info(told_of(view, place).sentence)
        return
    if not text or view.booths is None or text in _search_labels(view):
        return
    booths = view.booths
    found = find_booths(booths, text)
    if not len(found):
        st.warning(tr("No place and no booth is called “{text}”.", text=plain(text)))
        return
    if address.selected_booth() in set(booths.booth_id[found]):
        return
    if len(found) > MAX_FOUND:
        st.caption(
            tr(
                "{n} booths are called “{text}”; the first {shown}. Write more of the name.",
                n=number(len(found)),
                text=plain(text),
                shown=MAX_FOUND,
            )
        )
    for row in found[:MAX_FOUND]:
        code, name = str(booths.booth_id[row]), str(booths.name[row])
        st.button(
            plain(f"{code} · {name}" if name else code),
            key=f"found-{code}",
            on_click=select_booth,
            args=(view, code),
            kwargs={"is_brought_into_view": True},
            type="tertiary",
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
