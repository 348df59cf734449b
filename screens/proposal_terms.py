"""What an order directs, its ways through the cordon, who commands: one by one, each saved at once.

What was typed stays in its fields until it is saved, also when somebody else saved meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from screens.plain import say, title
from screens.proposal_acts import act, start_over
from screens.proposal_lacks import signing_of
from screens.proposal_shown import Shown
from screens.proposal_terms_fields import (
    CHANGED,
    commander_fields,
    commander_of,
    direction_fields,
    direction_of,
    gate_fields,
    gate_of,
    put_back,
)
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment
from zoning.orders.paper import Commander, Direction, Gate
from zoning.workflow.draft import Draft
from zoning.workflow.signing import commanders

FIELDS = {
    "directions": ("text", "who", "on", "at"),
    "gates": ("place", "hours", "zone", "medical"),
    "commanders": ("roster", "name", "office", "phone", "zones"),
}


def terms_form(shown: Shown, draft: Draft) -> None:
    """Draw directions, and gates and commanders where booths are decided on."""
    _part(
        shown,
        draft,
        "directions",
        tr("Directions"),
        _direction_line,
        lambda: direction_fields(draft.draft_id),
        lambda: direction_of(draft.draft_id),
    )
    if not shown.decides_booths:
        return
    closed = signing_of(shown, draft).closed
    named = {gate.zone_id for gate in draft.content.gates} - {""}
    named |= {zone for led in draft.content.commanders for zone in led.zone_ids}
    zones = (*closed, *sorted(named - set(closed)))
    _part(
        shown,
        draft,
        "gates",
        tr("Gates"),
        _gate_line,
        lambda: gate_fields(draft.draft_id, zones, is_one=len(closed) == 1),
        lambda: gate_of(draft.draft_id, closed),
    )
    _part(
        shown,
        draft,
        "commanders",
        tr("Incident commanders"),
        _commander_line,
        lambda: commander_fields(draft.draft_id, zones, commanders(shown.desk, draft)),
        lambda: commander_of(draft.draft_id),
    )


def _part(
    shown: Shown,
    draft: Draft,
    part: str,
    words: str,
    line: Callable[[Any], str],
    fields: Callable[[], None],
    typed: Callable[[], Any],
) -> None:
    title(words)
    rows = getattr(draft.content, part)
    if not rows:
        say(tr("None yet."), "sm-quiet")
    for nth, row in enumerate(rows):
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"terms-line-{part}-{nth}"
        ):
            say(line(row))
            if shown.is_editable:
                key = f"terms-{draft.draft_id}-{part}-{nth}"
                st.button(
                    tr("Change"),
                    key=f"{key}-change",
                    type="tertiary",
                    on_click=put_back,
                    args=(draft.draft_id, part, row),
                )
                st.button(
                    tr("Take out"),
                    key=f"{key}-out",
                    type="tertiary",
                    on_click=_take_out,
                    args=(shown, draft, part, row),
                )
    if not shown.is_editable:
        return
    fields()
    changed = st.session_state.get(CHANGED.format(draft=draft.draft_id, part=part))
    with st.container(horizontal=True):
        st.button(
            _add_words(part) if changed is None else tr("Save the change"),
            key=f"terms-{draft.draft_id}-{part}-add",
            on_click=_add,
            args=(shown, draft, part, typed),
        )
        if changed is not None:
            st.button(
                tr("Leave it as it was"),
                key=f"terms-{draft.draft_id}-{part}-leave",
                type="tertiary",
                on_click=start_over,
                args=(_keys(draft.draft_id, part),),
            )


def _add_words(part: str) -> str:
    return {
        "directions": tr("Add the direction"),
        "gates": tr("Add the gate"),
        "commanders": tr("Add the commander"),
    }[part]


def _keys(draft_id: int, part: str) -> tuple[str, ...]:
    changed = CHANGED.format(draft=draft_id, part=part)
    return (changed, *(f"terms-{draft_id}-{part}-{name}" for name in FIELDS[part]))


def _add(shown: Shown, draft: Draft, part: str, typed: Callable[[], Any]) -> None:
    def save() -> None:
        row = typed()
        rows = list(getattr(draft.content, part))
        before = st.session_state.get(CHANGED.format(draft=draft.draft_id, part=part))
        if before in rows:
            rows[rows.index(before)] = row
        else:
            # Somebody else took it out meanwhile: what was typed is one more.
            rows.append(row)
        content = replace(draft.content, **{part: tuple(rows)})
        shown.desk.save(draft.draft_id, draft.version, content)
        start_over(_keys(draft.draft_id, part))

    act(save, tr("The draft is saved."))


def _take_out(shown: Shown, draft: Draft, part: str, row: Any) -> None:
    rows = list(getattr(draft.content, part))
    rows.remove(row)
    content = replace(draft.content, **{part: tuple(rows)})
    act(
        lambda: shown.desk.save(draft.draft_id, draft.version, content),
        tr("It is taken out of the draft."),
    )


def _direction_line(one: Direction) -> str:
    if one.by_when is None:
        return tr("{text} Action by: {who}.", text=one.text, who=one.action_by)
    return tr(
        "{text} Action by: {who}, until {when}.",
        text=one.text,
        who=one.action_by,
        when=moment(one.by_when),
    )


def _gate_line(one: Gate) -> str:
    zone = one.zone_id or tr("the only zone of the order")
    if one.is_medical_exit:
        return tr(
            "{place}, {hours}; medical exit at any hour; {zone}.",
            place=one.place,
            hours=one.hours,
            zone=zone,
        )
    return tr("{place}, {hours}; {zone}.", place=one.place, hours=one.hours, zone=zone)


def _commander_line(one: Commander) -> str:
    return tr(
        "{name}, {office}, telephone {phone}; {zones}.",
        name=one.name,
        office=one.office or tr("no office told"),
        phone=one.phone or tr("none told"),
        zones=", ".join(one.zone_ids) or tr("every zone of the order"),
    )
