"""Deciding otherwise than proposed: one unit or booth, always with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from screens.data_notes import dialog, done, leave, told
from screens.plain import say
from screens.proposal_acts import start_over, with_override
from screens.proposal_shown import Shown
from screens.proposal_words import zone_word_of
from zoning.clock import today_ist
from zoning.i18n.catalogue import tr
from zoning.orders.draft import Override

_FIELDS = ("decided", "reason", "concurrence", "concurred-on")


def override_key(area_id: str) -> str:
    """Return the question that opens the dialog of a unit or booth."""
    return f"override {area_id}"


def unit_override(shown: Shown) -> None:
    """Open the dialog of the unit that was asked for, if one was."""
    asked = _asked()
    at = None if asked is None or shown.draft is None else shown.at(asked)
    if asked is None or at is None:
        return
    units = shown.units
    levels = [level.key for level in shown.found.basis.rule.zones]
    dialog(
        override_key(asked),
        tr("Decide otherwise in {name}", name=str(units.name[at]) or asked),
        _decide,
        shown,
        asked,
        str(units.proposed[at]),
        levels,
        lambda zone: zone_word_of(shown, zone),
        tr(
            "Proposed: {zone}. {why}.",
            zone=zone_word_of(shown, str(units.proposed[at])),
            why=units.sentence[at],
        ),
        str(units.floor_by[at]),
    )


def booth_override(shown: Shown) -> None:
    """Open the dialog of the booth that was asked for, if one was."""
    asked, booths = _asked(), shown.found.booths
    if asked is None or shown.draft is None or booths is None:
        return
    known = dict(zip(booths.booth_id.tolist(), booths.proposed.tolist(), strict=True))
    if asked not in known:
        return
    dialog(
        override_key(asked),
        tr("Decide otherwise on booth {booth}", booth=asked),
        _decide,
        shown,
        asked,
        known[asked],
        ["A", "B", "C"],
        str,
        tr("Drawn: {category}.", category=known[asked] or tr("no category")),
        "",
    )


def _asked() -> str | None:
    question = str(st.session_state.get("asked") or "")
    return question.removeprefix("override ") if question.startswith("override ") else None


def _decide(
    shown: Shown,
    area_id: str,
    proposed: str,
    choices: Sequence[str],
    word: Callable[[str], str],
    said: str,
    floor_by: str,
) -> None:
    draft = shown.draft
    assert draft is not None
    keys = {field: f"override-{field}-{area_id}" for field in _FIELDS}
    before = shown.overrides.get(area_id)
    say(said, "sm-answer")
    others = [choice for choice in choices if choice != proposed]
    decided = st.radio(
        tr("Decide"),
        others,
        index=others.index(before.decided) if before and before.decided in others else 0,
        format_func=word,
        horizontal=True,
        key=keys["decided"],
    )
    reason = st.text_area(
        tr("Reason, as it will stand in the order"),
        value=before.reason if before else "",
        key=keys["reason"],
        height=110,
    )
    number, day = "", None
    if floor_by:
        st.warning(
            tr(
                "A floor stands here ({floor}). Going below it needs the number and the day of "
                "its concurrence.",
                floor=floor_by,
            )
        )
        number = st.text_input(
            tr("Concurrence number"),
            value=before.concurrence if before else "",
            key=keys["concurrence"],
        )
        day = st.date_input(
            tr("Day of the concurrence"),
            value=before.concurred_on if before else None,
            max_value=today_ist(shown.desk.now()),
            format="DD/MM/YYYY",
            key=keys["concurred-on"],
        )
    with st.container(horizontal=True):
        if st.button(tr("Decide so"), type="primary", key="override-yes"):
            _save(shown, area_id, proposed, str(decided), reason, number, day, tuple(keys.values()))
        if st.button(tr("Leave it as proposed"), key="override-no", on_click=leave):
            st.rerun()


def _save(
    shown: Shown,
    area_id: str,
    proposed: str,
    decided: str,
    reason: str,
    number: str,
    day: date | None,
    keys: tuple[str, ...],
) -> None:
    draft = shown.draft
    assert draft is not None

    def save() -> bool:
        override = Override(area_id, proposed, decided, reason.strip(), number.strip(), day)
        content = with_override(draft.content, override)
        shown.desk.save(draft.draft_id, draft.version, content)
        return True

    # Refused, the dialog stays open with all that was typed.
    if told(save):
        start_over(keys)
        done(tr("{area} is decided otherwise, with your reason.", area=area_id))
