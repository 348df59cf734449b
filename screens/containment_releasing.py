"""The order that takes booths out of A: chosen, looked at, signed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import streamlit as st

from screens.data_address import choose
from screens.data_notes import ask, dialog, done, leave, told
from screens.plain import say, title
from zoning.access import Action
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import number
from zoning.workflow.releasing import ReleasePlan
from zoning.workflow.zone_desk import Seen, ZoneDesk

BOOTHS = "release-booths"
QUESTION = "release"
PARTS = ("number", "act", "reason", "signatory")


def release_desk(desk: ZoneDesk, seen: Seen, states: list[str], zone: str) -> None:
    """Offer the booths that are due, and the order that releases those chosen."""
    board = seen.found.board
    title(tr("Release"))
    is_due = np.isin(np.array(states), ("due", "overdue"))
    if zone:
        is_due &= board.booths.zone == zone
    due = board.booth_id[is_due].tolist()
    if not due:
        st.caption(
            tr("No booth of {zone} is due, so there is nothing to release.", zone=zone)
            if zone
            else tr("No booth is due, so there is nothing to release.")
        )
        return
    names = dict(zip(board.booth_id, board.now.ground.table.name[board.row], strict=True))
    chosen = st.multiselect(
        tr("Booths that are due"),
        due,
        default=due,
        format_func=lambda booth: f"{booth} {names[booth]}".strip(),
        key=f"{BOOTHS}-{zone}-{hash(tuple(due))}",
    )
    may = desk.may(Action.RELEASE)
    st.button(
        tr_n("Release {n} booth…", "Release {n} booths…", len(chosen)),
        key="release",
        type="primary",
        icon=":material/lock_open:",
        disabled=not chosen or not may,
        help=None if may else tr("Your role may not release booths."),
        on_click=_ask,
    )
    dialog(QUESTION, tr("Release booths from Category A?"), _release, desk, tuple(chosen))


def _ask() -> None:
    for part in PARTS:
        st.session_state.pop(f"release-{part}", None)
    ask(QUESTION)


@st.cache_resource(max_entries=4, show_spinner=False)
def _plan(
    where: str, version: int, who: str, booths: tuple[str, ...], _desk: ZoneDesk
) -> ReleasePlan:
    return _desk.plan_release(booths)


def _release(desk: ZoneDesk, booths: tuple[str, ...]) -> None:
    with st.spinner(tr("Working out what would change…")):
        plan = told(lambda: _plan(desk.where, desk.version(), desk.name, booths, desk))
    if plan is None:
        return
    say(plan_sentence(plan), "sm-answer")
    if plan.ended_zones:
        say(
            tr_n(
                "This containment zone ends: {zones}.",
                "These containment zones end: {zones}.",
                len(plan.ended_zones),
                zones=", ".join(plan.ended_zones),
            )
        )
    st.caption(tr("An order isn't changed once it is published; another may follow it."))
    for part in PARTS:
        st.session_state.setdefault(f"release-{part}", getattr(plan.order, part))
    st.text_input(tr("Number of the order"), key="release-number")
    st.text_input(tr("Act"), key="release-act")
    st.text_area(tr("Reason"), key="release-reason", height=90)
    st.text_input(tr("Signatory"), key="release-signatory")
    with st.container(horizontal=True):
        if st.button(tr("Publish the order"), type="primary", key="release-yes"):
            _publish(desk, booths, plan)
        if st.button(tr("Leave it as it is"), key="release-no", on_click=leave):
            st.rerun()


def _publish(desk: ZoneDesk, booths: tuple[str, ...], plan: ReleasePlan) -> None:
    printed = {part: str(st.session_state[f"release-{part}"]).strip() for part in PARTS}
    order = replace(plan.order, **printed, effective_at=desk.now())
    if told(lambda: desk.release(booths, order)) is None:
        return
    choose(zone=None)
    done(
        tr_n(
            "Order {number} is published: {n} booth has left A.",
            "Order {number} is published: {n} booths have left A.",
            len(booths),
            number=order.number,
        )
    )


def plan_sentence(plan: ReleasePlan) -> str:
    """Return what an order of release would change."""
    into = Counter(plan.category.tolist())
    words = (
        (into["B"], tr("{n} to B, the buffer of another zone", n=number(into["B"]))),
        (into["C"], tr("{n} to C, clean", n=number(into["C"]))),
        (into[""], tr("{n} to no category, in green units", n=number(into[""]))),
    )
    return tr_n(
        "{n} booth leaves A: {where}.",
        "{n} booths leave A: {where}.",
        len(plan.booth_id),
        where=tr("; ").join(word for n, word in words if n),
    )
