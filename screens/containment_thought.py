"""What another rule, policy or buffer would mean: the question, and what is said of it."""

from __future__ import annotations

import math

import streamlit as st

from screens.containment_difference import answer, difference, moved, what_becomes
from screens.containment_sketch import before_and_after
from screens.data_address import choose, chosen
from screens.data_notes import told
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import figure, number
from zoning.workflow.containment_desk import Thought, WhatIf
from zoning.workflow.zone_desk import Seen, ZoneDesk, dividing_rules, policies

# What the thumb can draw; any width may be typed.
SLIDER_MOST_M = 5_000
STEP_M = 50
RULE, POLICY, SLIDER, WIDTH = "whatif-rule", "whatif-policy", "whatif-slider", "whatif-width"


def panel(desk: ZoneDesk, seen: Seen) -> None:
    """Draw the question and its answer beside what is in force."""
    st.caption(
        tr(
            "Nothing here changes anything: it is thought through on the cases known now. Booths "
            "that are A by order stay A, only a release takes them out."
        )
    )
    asked = _asked(seen)
    with st.spinner(
        tr("Thinking it through for {n} booths…", n=number(len(seen.found.now.ground)))
    ):
        thought = told(
            lambda: _thought(
                desk.where,
                desk.version(),
                seen.found.now.on.isoformat(),
                asked.rule_id,
                asked.policy_id,
                asked.buffer_m,
                desk.area_key,
                desk,
            )
        )
    if thought is None:
        return
    st.html(answer(thought))
    left, right = st.columns([3, 2], gap="large")
    with left:
        difference(thought)
    with right:
        moved(thought)
        what_becomes(thought)
        before_and_after(thought, seen.found.now.units.geometry)


@st.cache_resource(max_entries=12, show_spinner=False)
def _thought(
    where: str,
    version: int,
    on: str,
    rule_id: str,
    policy_id: str,
    buffer_m: float | None,
    area: str,
    _desk: ZoneDesk,
) -> Thought:
    return _desk.what_if(WhatIf(rule_id, policy_id, buffer_m))


def _asked(seen: Seen) -> WhatIf:
    """Draw the question; the address holds it, so that a link is a question."""
    now = seen.found.now
    rules, titles = ("", *dividing_rules()), policies()
    rule_id = _from_address(RULE, "rule", rules)
    policy_id = _from_address(POLICY, "policy", ("", *titles))
    width = _width_in_address(now.buffer_m)
    st.session_state[WIDTH] = width
    # No narrower than the slider's own range: it is the number that is asked.
    st.session_state[SLIDER] = int(min(max(width, 0), SLIDER_MOST_M))
    with st.container(horizontal=True, key="whatif-question", vertical_alignment="bottom"):
        st.selectbox(
            tr("Zones of the units"),
            rules,
            format_func=lambda rule: rule or tr("as in force"),
            key=RULE,
            on_change=lambda: choose(rule=st.session_state[RULE]),
        )
        st.selectbox(
            tr("Policy: what makes a booth affected"),
            ("", *titles),
            format_func=lambda policy: (
                tr("{policy}: {title}", policy=policy, title=titles[policy])
                if policy
                else tr("the one that governs: {policy}", policy=now.governing.id)
            ),
            key=POLICY,
            on_change=lambda: choose(policy=st.session_state[POLICY]),
        )
        st.slider(
            tr("Buffer"),
            0,
            SLIDER_MOST_M,
            step=STEP_M,
            format="%d m",
            key=SLIDER,
            on_change=lambda: choose(buffer=st.session_state[SLIDER]),
        )
        st.number_input(
            tr("Buffer, m"),
            step=float(STEP_M),
            format="%.0f",
            key=WIDTH,
            on_change=lambda: choose(buffer=figure_of(st.session_state[WIDTH])),
        )
        st.button(tr("As in force"), key="whatif-reset", on_click=_reset)
    return WhatIf(rule_id, policy_id, None if width == now.buffer_m else width)


def figure_of(value: float) -> str:
    """Return a width for the address, without needless zeros."""
    return f"{value:g}" if abs(value) < SLIDER_MOST_M else f"{value:.0f}"


def _reset() -> None:
    choose(rule=None, policy=None, buffer=None)


def _from_address(key: str, name: str, known: tuple[str, ...]) -> str:
    value = chosen(name)
    if value not in known:
        st.warning(tr("There is no “{value}” to choose; what is in force is shown.", value=value))
        value = ""
    st.session_state[key] = value
    return value


def _width_in_address(in_force_m: float) -> float:
    text = chosen("buffer")
    if not text:
        return in_force_m
    try:
        width = float(text)
    except ValueError:
        width = math.nan
    if math.isfinite(width):
        return width
    st.warning(
        tr(
            "“{text}” isn't a buffer in metres; {metres} m, as in force, is shown.",
            text=text,
            metres=figure(in_force_m),
        )
    )
    return in_force_m
