"""Fields of one direction, one gate, one commander, and what was typed into them."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import streamlit as st

from zoning.clock import IST
from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.orders.paper import Commander, Direction, Gate

CHANGED = "terms-{draft}-{part}-changed"
"""Key of the row that is changed and not added, as it was when its change began."""


def _key(draft_id: int, part: str, name: str) -> str:
    return f"terms-{draft_id}-{part}-{name}"


def _typed(draft_id: int, part: str, name: str) -> str:
    return str(st.session_state.get(_key(draft_id, part, name)) or "").strip()


def put_back(draft_id: int, part: str, row: Direction | Gate | Commander) -> None:
    """Put a row into its fields to be changed; for `on_click`."""
    values: dict[str, Any]
    if isinstance(row, Direction):
        due = None if row.by_when is None else row.by_when.astimezone(IST)
        values = {
            "text": row.text,
            "who": row.action_by,
            "on": due.date() if due else None,
            "at": due.time() if due else time(18),
        }
    elif isinstance(row, Gate):
        values = {
            "place": row.place,
            "hours": row.hours,
            "zone": row.zone_id,
            "medical": row.is_medical_exit,
        }
    else:
        values = {
            "name": row.name,
            "office": row.office,
            "phone": row.phone,
            "zones": list(row.zone_ids),
        }
    for name, value in values.items():
        st.session_state[_key(draft_id, part, name)] = value
    st.session_state[CHANGED.format(draft=draft_id, part=part)] = row


def direction_fields(draft_id: int) -> None:
    """Draw the fields of a direction."""
    at = _key(draft_id, "directions", "at")
    st.session_state.setdefault(at, time(18))
    st.text_area(tr("What has to be done"), key=_key(draft_id, "directions", "text"), height=68)
    with st.container(horizontal=True, vertical_alignment="bottom", key="terms-direction"):
        st.text_input(
            tr("Action by"),
            key=_key(draft_id, "directions", "who"),
            help=tr("An office, such as BDO, SDO, CMOH or the police; they read it on their page."),
        )
        st.date_input(
            tr("Until (empty: no day)"),
            value=None,
            key=_key(draft_id, "directions", "on"),
            format="DD/MM/YYYY",
        )
        st.time_input(tr("Hour until then (IST)"), key=at, step=900)


def direction_of(draft_id: int) -> Direction:
    """Return the direction that was typed.

    Raises
    ------
    OrderError
        If it says nothing, or nobody has to do it.
    """
    text, who = (_typed(draft_id, "directions", name) for name in ("text", "who"))
    if not text or not who:
        raise OrderError(tr("A direction says what has to be done and who does it; fill in both."))
    on = st.session_state.get(_key(draft_id, "directions", "on"))
    at = st.session_state.get(_key(draft_id, "directions", "at")) or time(18)
    return Direction(text, who, None if on is None else datetime.combine(on, at, tzinfo=IST))


def gate_fields(draft_id: int, zones: tuple[str, ...], *, is_one: bool) -> None:
    """Draw the fields of a gate; `zones` are those that it may belong to, `is_one` the only one."""
    nothing = tr("the only zone of the order") if is_one else tr("choose the zone")
    zone = _key(draft_id, "gates", "zone")
    if st.session_state.get(zone) not in ("", *zones):
        st.session_state[zone] = ""
    with st.container(horizontal=True, vertical_alignment="bottom", key="terms-gate"):
        st.text_input(tr("Place of the gate"), key=_key(draft_id, "gates", "place"))
        st.text_input(
            tr("Open at"),
            key=_key(draft_id, "gates", "hours"),
            placeholder=tr("06:00 to 20:00"),
        )
        st.selectbox(
            tr("Zone of the gate"),
            ("", *zones),
            key=zone,
            format_func=lambda code: code or nothing,
        )
    st.checkbox(
        tr("Medical exit, open to emergencies at any hour"), key=_key(draft_id, "gates", "medical")
    )


def gate_of(draft_id: int, closed: tuple[str, ...]) -> Gate:
    """Return the gate that was typed; `closed` are the zones of the order.

    Raises
    ------
    OrderError
        If it has no place or no hours, or it isn't clear to which of several zones it belongs.
    """
    place, hours, zone = (_typed(draft_id, "gates", name) for name in ("place", "hours", "zone"))
    if not place or not hours:
        raise OrderError(tr("A gate has a place and hours; fill in both."))
    if not zone and len(closed) > 1:
        raise OrderError(
            tr(
                "The order closes several zones ({zones}); say to which one the gate belongs.",
                zones=", ".join(closed),
            )
        )
    return Gate(zone, place, hours, bool(st.session_state.get(_key(draft_id, "gates", "medical"))))


def commander_fields(draft_id: int, zones: tuple[str, ...], roster: tuple[Commander, ...]) -> None:
    """Draw the fields of a commander; those of the roster can be taken, others are typed."""
    chosen = _key(draft_id, "commanders", "zones")
    st.session_state[chosen] = [z for z in st.session_state.get(chosen, ()) if z in zones]
    known = {f"{one.name}, {one.office}": one for one in roster}
    if known:
        st.selectbox(
            tr("From the roster"),
            ("", *known),
            key=_key(draft_id, "commanders", "roster"),
            format_func=lambda words: words or tr("somebody else, typed below"),
            on_change=_from_roster,
            args=(draft_id, known),
        )
    else:
        st.caption(tr("The roster has no incident commander in this area; type who it is."))
    with st.container(horizontal=True, vertical_alignment="bottom", key="terms-commander"):
        st.text_input(tr("Name of the commander"), key=_key(draft_id, "commanders", "name"))
        st.text_input(tr("Office"), key=_key(draft_id, "commanders", "office"))
        st.text_input(tr("Telephone"), key=_key(draft_id, "commanders", "phone"))
    st.multiselect(tr("Zones of the commander (empty: every one)"), zones, key=chosen)


def _from_roster(draft_id: int, known: dict[str, Commander]) -> None:
    one = known.get(st.session_state[_key(draft_id, "commanders", "roster")])
    if one is None:
        return
    st.session_state[_key(draft_id, "commanders", "name")] = one.name
    st.session_state[_key(draft_id, "commanders", "office")] = one.office


def commander_of(draft_id: int) -> Commander:
    """Return the commander who was typed.

    Raises
    ------
    OrderError
        If there is no name or no telephone: who stands at a gate has to reach somebody.
    """
    name, office, phone = (
        _typed(draft_id, "commanders", part) for part in ("name", "office", "phone")
    )
    if not name or not phone:
        raise OrderError(
            tr("An incident commander has a name and a telephone number; fill in both.")
        )
    zones = st.session_state.get(_key(draft_id, "commanders", "zones"), ())
    return Commander(name, office, phone, tuple(zones))
