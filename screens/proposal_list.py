"""The changes one by one, those up and those down apart: why, and accepted or decided otherwise."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from screens.data_address import choose
from screens.proposal_acts import accept, looked_at, take_back
from screens.proposal_override import ask_override, unit_override
from screens.proposal_shown import GROUPS, Shown, chosen_unit
from screens.proposal_words import group_title, pair, zone_word_of
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import number
from zoning.judgement.changes import ChangeKind

LISTED = 8
"""Of a group at first; the table has all of them."""

CHANGING = (ChangeKind.TIGHTEN, ChangeKind.RELAX, ChangeKind.FIRST)


def change_list(shown: Shown) -> None:
    """Draw the groups of changes."""
    units = shown.units
    if not np.isin(units.kind.astype(str), [kind.value for kind in GROUPS]).any():
        st.info(tr("No unit changes, and none is milder than what is in force."))
        return
    progress(shown)
    for kind in GROUPS:
        rows = np.flatnonzero(units.kind == kind.value)
        if len(rows):
            _group(shown, kind, rows.tolist())
    unit_override(shown)


def progress(shown: Shown) -> None:
    """Say how many of the changes were decided on."""
    if not shown.is_editable:
        return
    changing = shown.units.unit_id[shown.units.is_change].tolist()
    decided = looked_at(shown) | shown.overrides.keys()
    n = sum(unit in decided for unit in changing)
    st.progress(
        n / len(changing) if changing else 1.0,
        text=tr_n(
            "{seen} of {all} change looked at; {otherwise} decided otherwise",
            "{seen} of {all} changes looked at; {otherwise} decided otherwise",
            len(changing),
            seen=number(n),
            all=number(len(changing)),
            otherwise=number(len(shown.overrides)),
        ),
    )


def _group(shown: Shown, kind: ChangeKind, rows: list[int]) -> None:
    with st.expander(group_title(kind, len(rows)), expanded=kind in CHANGING):
        for at in rows[:LISTED]:
            _change(shown, kind, at)
        if len(rows) > LISTED:
            st.caption(
                tr(
                    "The first {shown} of {n}; the table lists all of them.",
                    shown=number(LISTED),
                    n=number(len(rows)),
                )
            )


def _change(shown: Shown, kind: ChangeKind, at: int) -> None:
    units = shown.units
    unit = str(units.unit_id[at])
    override = shown.overrides.get(unit)
    is_open = unit == chosen_unit()
    with st.container(key=f"change-{unit}"):
        st.html(_words(shown, at, is_open))
        if override is not None:
            st.html(
                '<p class="sm-decided">'
                + escape(
                    tr(
                        "Decided otherwise: {zone}. {reason}",
                        zone=zone_word_of(shown, override.decided),
                        reason=override.reason,
                    )
                )
                + "</p>"
            )
        with st.container(horizontal=True, key=f"acts-{unit}"):
            st.button(
                tr("Show"),
                key=f"show-{unit}",
                type="tertiary",
                on_click=choose,
                kwargs={"unit": None if is_open else unit},
            )
            if not shown.is_editable or shown.draft is None:
                return
            if override is not None:
                st.button(
                    tr("As proposed"), key=f"back-{unit}", on_click=take_back, args=(shown, unit)
                )
            elif kind in CHANGING:
                is_accepted = unit in looked_at(shown)
                st.button(
                    tr("✓ Accepted") if is_accepted else tr("Accept"),
                    key=f"accept-{unit}",
                    disabled=is_accepted,
                    on_click=accept,
                    args=(shown, unit),
                )
            st.button(
                tr("Override…"),
                key=f"override-{unit}",
                on_click=ask_override,
                args=(unit, shown.draft.version),
            )


def _words(shown: Shown, at: int, is_open: bool) -> str:
    units = shown.units
    today = units.today[at] if units.kind[at] in ("kept_until", "refused") else units.proposed[at]
    letters = pair(shown, str(units.in_force[at]), str(today))
    mark = ' aria-current="true"' if is_open else ""
    return (
        f'<div class="sm-change"{mark}><b class="sm-letters">{escape(letters)}</b> '
        f"<b>{escape(str(units.name[at]) or str(units.unit_id[at]))}</b> "
        f"<small>{escape(str(units.unit_id[at]))}</small>"
        f"<p>{escape(str(units.sentence[at]))}.</p>"
        f'<p class="sm-quiet">{escape(str(units.explanation[at]))}.</p></div>'
    )
