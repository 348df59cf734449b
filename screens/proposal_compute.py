"""First step: judge anew, think another rule or policy through, choose a draft or begin one."""

from __future__ import annotations

from datetime import date

import streamlit as st

from screens.containment_difference import difference, moved
from screens.data_address import choose, chosen
from screens.data_notes import done, told
from screens.plain import say, title
from screens.proposal_acts import act
from screens.proposal_shown import KEPT_S, Shown
from screens.proposal_words import draft_sentence, headline, kind_title
from zoning.access import Action
from zoning.i18n.catalogue import language, tr
from zoning.i18n.forms import day, moment
from zoning.orders.draft import DraftKind
from zoning.orders.procedure import procedure
from zoning.rules.rulebook import load_rule, rule_ids
from zoning.workflow.containment_desk import WhatIf
from zoning.workflow.proposal import Proposed
from zoning.workflow.proposal_desk import ProposalDesk
from zoning.workflow.zone_desk import policies


def compute_step(desk: ProposalDesk, shown: Shown | None) -> None:
    """Draw the drafts that are open, the latest run, and the what-if."""
    _drafts(desk)
    if shown is not None:
        _begin(desk, shown)
    title(tr("Judge anew, or think it through"))
    st.caption(
        tr(
            "From the facts known now. Thinking it through changes nothing; a proposal is kept "
            "and can be drafted from."
        )
    )
    asked = _question(desk)
    with st.container(horizontal=True):
        is_thought = st.button(tr("Think it through"), key="compute-think")
        may = desk.may(Action.PROPOSE)
        is_kept = st.button(
            tr("Propose"),
            key="compute-propose",
            type="primary",
            disabled=not may,
            help=None if may else tr("Your role may not propose; you may think it through."),
        )
    if is_kept:
        with st.spinner(tr("Judging the units and dividing their zones…")):
            run_id = told(lambda: desk.compute(asked))
        if run_id is not None:
            choose(run=run_id, draft=None, step="review", unit=None)
            done(tr("Run {run} is kept; look at what it changes.", run=run_id))
    if is_thought:
        st.session_state["compute-thought"] = asked
    kept: WhatIf | None = st.session_state.get("compute-thought")
    if kept is not None:
        _thought(desk, kept)


def _drafts(desk: ProposalDesk) -> None:
    drafts = desk.drafts()
    title(tr("Drafts under way"))
    if not drafts:
        st.caption(tr("None in your area."))
    for draft in drafts:
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"draft-{draft.draft_id}"
        ):
            say(draft_sentence(draft))
            is_open = chosen("draft") == str(draft.draft_id)
            st.button(
                tr("Open") if not is_open else tr("Open now"),
                key=f"open-{draft.draft_id}",
                disabled=is_open,
                on_click=choose,
                kwargs={"draft": draft.draft_id, "step": None, "unit": None, "booth": None},
            )


def _begin(desk: ProposalDesk, shown: Shown) -> None:
    run = shown.found.basis.run
    if run is None:
        return
    title(tr("Begin a draft"))
    say(
        tr(
            "From run {run} of {when}: {rule} on {day}.",
            run=run.run_id,
            when=moment(run.computed_at),
            rule=run.rule_id,
            day=day(run.on_day),
        )
    )
    areas, names = desk.own_areas(), shown.names
    offered = [
        kind
        for kind in (DraftKind.ZONES, DraftKind.CATEGORIES)
        if desk.may(procedure().kinds[kind].drafts)
    ]
    if not offered:
        st.caption(tr("Your role may not draft orders; you may look at what is proposed."))
        return
    area = areas[0] if len(areas) == 1 else ""
    if DraftKind.CATEGORIES in offered and len(areas) > 1:
        area = st.selectbox(
            tr("Jurisdiction of the categories"),
            areas,
            format_func=lambda code: names.get(code) or code,
            key="begin-area",
        )
    with st.container(horizontal=True):
        for kind in offered:
            st.button(
                tr("Draft: {kind}", kind=kind_title(kind)),
                key=f"begin-{kind.value}",
                on_click=_start,
                args=(desk, kind, run.run_id, area if kind is DraftKind.CATEGORIES else ""),
            )


def _start(desk: ProposalDesk, kind: DraftKind, run_id: int, area: str) -> None:
    def start() -> None:
        draft = desk.start(kind, run_id, area)
        choose(draft=draft.draft_id, run=None, unit=None, booth=None)

    act(start, tr("The draft is begun."), step="review" if kind is DraftKind.ZONES else "draw")


def _question(desk: ProposalDesk) -> WhatIf:
    titles = policies()
    with st.container(horizontal=True, key="compute-question", vertical_alignment="bottom"):
        default = desk.data.settings.default_rule
        rule = st.selectbox(
            tr("Rule set"),
            rule_ids(),
            index=rule_ids().index(default),
            format_func=lambda r: tr("{rule}: {title}", rule=r, title=load_rule(r).title),
            key="compute-rule",
        )
        policy = st.selectbox(
            tr("Policy: what makes a booth affected"),
            ("", *titles),
            format_func=lambda p: (
                tr("{policy}: {title}", policy=p, title=titles[p]) if p else tr("as in force")
            ),
            key="compute-policy",
        )
        buffer_m = st.number_input(
            tr("Buffer, m (empty: the policy's own)"),
            value=None,
            step=50.0,
            format="%.0f",
            key="compute-buffer",
        )
        on: date | None = st.date_input(
            tr("Day judged (empty: the last complete one)"),
            value=None,
            format="DD/MM/YYYY",
            key="compute-on",
        )
    return WhatIf(str(rule), str(policy), buffer_m, on)


def _thought(desk: ProposalDesk, asked: WhatIf) -> None:
    slot = int(desk.now().timestamp()) // KEPT_S
    person = f"{desk.name} {sorted(desk.roles)} {desk.own_areas()} {language()}"
    with st.spinner(tr("Thinking it through…")):
        found = told(
            lambda: _kept_thought(
                desk.where, desk.version(), slot, person, repr(asked), asked, desk
            )
        )
    if found is None:
        return
    title(tr("Thought through"))
    say(headline(Shown(desk, 0, None, None, found)), "sm-answer")
    if found.thought is not None:
        left, right = st.columns([3, 2], gap="large")
        with left:
            difference(found.thought)
        with right:
            moved(found.thought)


@st.cache_resource(max_entries=6, show_spinner=False)
def _kept_thought(
    where: str, version: int, slot: int, person: str, key: str, _asked: WhatIf, _desk: ProposalDesk
) -> Proposed:
    return _desk.thought(_asked)
