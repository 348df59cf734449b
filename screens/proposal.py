"""The zoning desk: from what would change, one by one, to an order that is signed."""

from __future__ import annotations

from html import escape
from pathlib import Path

import numpy as np
import streamlit as st

from screens.data_notes import say_done, told
from screens.headline import fictional_banner
from screens.panels import accent
from screens.plain import say, title
from screens.proposal_acts import say_refused
from screens.proposal_card import unit_card
from screens.proposal_compute import compute_step
from screens.proposal_consult import consult_step
from screens.proposal_costs import costs, costs_in_brief
from screens.proposal_list import change_list
from screens.proposal_map import proposal_map
from screens.proposal_shown import Shown, shown
from screens.proposal_sign import sign_step
from screens.proposal_steps import steps
from screens.proposal_table import booth_table, unit_table
from screens.proposal_words import draft_sentence, headline
from zoning.access import Action, role_word, roles_with
from zoning.errors import OrderError
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, number
from zoning.workflow.proposal_desk import ProposalDesk

STYLES = tuple(
    Path(__file__).with_name(name) for name in ("data.css", "containment.css", "proposal.css")
)
LOOK_AGAIN_S = 30


class _Fiction:
    is_fictional = True


def proposal_page(desk: ProposalDesk) -> None:
    """Draw the zoning desk for one person."""
    for style in STYLES:
        st.html(style)
    accent()
    if not desk.may(Action.SEE_FIGURES):
        _refuse(desk)
        return
    say_done()
    if not desk.has_boundaries():
        _top(tr("There is nothing to zone yet."))
        st.info(tr("There are no boundaries yet: run “zoning import boundaries FILE” first."))
        return
    if desk.is_fictional():
        fictional_banner(_Fiction())
    with st.spinner(tr("Judging the days and dividing the zones…")):
        found = _found(desk)
    if found is None and not desk.runs():
        _top(tr("Nothing is proposed yet."))
    if found is not None:
        _head(found)
        _watch(desk, found.version)
    say_refused()
    step = steps(found)
    if step == "compute":
        compute_step(desk, found)
    elif found is None:
        st.info(tr("Compute a proposal first; it is the first step."))
    elif step == "review":
        _review(found)
    elif step == "draw":
        _draw(found)
    elif step == "consult":
        consult_step(found)
    else:
        sign_step(found)


def _found(desk: ProposalDesk) -> Shown | None:
    """Return what the address asks for; None where nothing is proposed, or it is refused."""
    try:
        return told(lambda: shown(desk), unless=OrderError)
    except OrderError as refusal:
        if desk.runs():
            st.error(str(refusal))
        return None


def _top(words: str, figures: str = "") -> None:
    st.html(f'<div class="sm-top"><h1>{escape(words)}</h1>{figures}</div>')


def _head(found: Shown) -> None:
    n = found.counts()
    told_figures = (
        (tr("▲ Tighten"), n["tighten"]),
        (tr("▼ Relax"), n["relax"]),
        (tr("● First"), n["first"]),
        (tr("✕ Kept"), n["kept_until"] + n["refused"]),
    )
    figures = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{number(count)}</dd></div>"
        for label, count in told_figures
    )
    _top(headline(found), f"<dl>{figures}</dl>")
    if found.draft is not None:
        say(draft_sentence(found.draft), "sm-quiet")
    for sentence in _warnings(found):
        st.html(f'<div class="sm-stale" role="alert">{escape(sentence)}</div>')


def _warnings(found: Shown) -> list[str]:
    said = []
    if found.found.is_outdated:
        said.append(tr("Data came or was taken back since this was judged: compute it anew."))
    behind, through = found.days_behind(), found.found.basis.result.data_through
    if np.isnat(through):
        said.append(tr("The data names no day to which it is complete."))
    elif behind > found.found.basis.rule.silent_after_days:
        said.append(
            tr_n(
                "No unit is complete beyond {day}, {n} day ago: what is proposed is of then.",
                "No unit is complete beyond {day}, {n} days ago: what is proposed is of then.",
                behind,
                day=day(through.astype("datetime64[D]").item()),
            )
        )
    return said


def _review(found: Shown) -> None:
    if found.draft is None:
        st.caption(
            tr(
                "This is a run, and no draft yet: begin one in the first step to accept changes "
                "or to decide otherwise."
            )
        )
    left, middle, right = st.columns([5, 9, 5], gap="medium")
    with left, st.container(key="proposal-list"):
        change_list(found)
    with middle:
        proposal_map(found)
    with right, st.container(key="proposal-card"):
        unit_card(found)
    costs_in_brief(found)
    title(tr("All changes"))
    unit_table(found)


def _draw(found: Shown) -> None:
    title(tr("Booths"))
    if found.refusal:
        st.html(f'<p class="sm-obstacle">{escape(found.refusal)}</p>')
    booths = found.found.booths
    if booths is None:
        st.info(tr("The levels of this rule don't divide into A, B and C, so nothing is drawn."))
        return
    st.caption(
        tr(
            "What these booths will be is decided by this draft. Those that are A by order stay "
            "A: only a release takes them out."
        )
        if found.decides_booths
        else tr(
            "What the zones of this proposal divide into. The District Magistrates and the "
            "Commissioner decide on their own booths in drafts of their own, once the zones are "
            "in force."
        )
    )
    left, right = st.columns([3, 2], gap="medium")
    with left:
        proposal_map(found, has_booths=True)
    with right:
        booth_table(found, booths)
    title(tr("What it would cost"))
    costs(found)


def _refuse(desk: ProposalDesk) -> None:
    _top(tr("The zoning desk is for officers."))
    st.warning(
        tr(
            "As {role} you may see the map and not the figures behind it. These may: {roles}.",
            role=tr(" and ").join(role_word(role) for role in desk.roles),
            roles=", ".join(role_word(role) for role in roles_with(Action.SEE_FIGURES)),
        )
    )


@st.fragment(run_every=LOOK_AGAIN_S)
def _watch(desk: ProposalDesk, version: int) -> None:
    """Say when somebody has written since this page was drawn: what it shows is old then."""
    if desk.version() == version:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="data-stale"):
        st.warning(tr("Somebody has written since this page was drawn."))
        if st.button(tr("Show it as it is now"), key="data-again"):
            st.rerun(scope="app")
