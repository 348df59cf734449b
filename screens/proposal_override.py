"""Deciding otherwise than proposed: one unit or booth, always with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from screens.data_notes import ask, dialog, done, leave, told
from screens.plain import say
from screens.proposal_acts import start_over, with_override
from screens.proposal_shown import Shown
from screens.proposal_words import zone_word_of
from zoning.clock import today_ist
from zoning.i18n.catalogue import tr
from zoning.orders.draft import Override

_FIELDS = ("decided", "reason", "concurrence", "concurred-on")


VERSION = "override-version"


def ask_override(area_id: str, version: int) -> None:
    """Open the dialog of a unit or booth on the version of the draft seen; for `on_click`."""
    st.session_state[VERSION] = version
    ask(_question(area_id))


def _question(area_id: str) -> str:
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
        _question(asked),
        tr("Decide otherwise in {name}", name=str(units.name[at]) or asked),
        _decide,
        shown,
        asked,
        str(units.proposed[at]),
        str(units.in_force[at]),
        levels,
        lambda zone: zone_word_of(shown, zone),
        tr(
            "Proposed: {zone}; {why}.",
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
    stands = dict(zip(booths.booth_id.tolist(), booths.in_force.tolist(), strict=True))
    if asked not in known:
        return
    dialog(
        _question(asked),
        tr("Decide otherwise on booth {booth}", booth=asked),
        _decide,
        shown,
        asked,
        known[asked],
        stands[asked],
        ["C", "B", "A"],
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
    in_force: str,
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
    # What stands now is offered first, and never something milder.
    first = before.decided if before else in_force
    decided = st.radio(
        tr("Decide"),
        others,
        index=others.index(first) if first in others else len(others) - 1,
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

    seen = int(st.session_state.get(VERSION, draft.version))

    def save() -> bool:
        override = Override(area_id, proposed, decided, reason.strip(), number.strip(), day)
        # On top of another's version it is refused, and the sentence names who and when.
        latest = shown.desk.draft(draft.draft_id)
        content = with_override(latest.content, override)
        shown.desk.save(draft.draft_id, seen, content)
        return True

    # Refused, the dialog stays open with all that was typed.
    if told(save):
        start_over((*keys, VERSION))
        done(tr("{area} is decided otherwise, with your reason.", area=area_id))
    latest = shown.desk.draft(draft.draft_id)
    if latest.version != seen:
        st.caption(tr("What you typed is kept."))
        st.button(
            tr("Go on from version {version}", version=latest.version),
            key="override-go-on",
            on_click=st.session_state.update,
            args=({VERSION: latest.version},),
        )
