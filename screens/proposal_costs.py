"""What a proposal would cost beside what is in force: people, teams, consents."""

from __future__ import annotations

from html import escape

import streamlit as st

from screens.containment_difference import difference, moved, signed, what_becomes
from screens.containment_sketch import before_and_after
from screens.plain import title
from screens.proposal_shown import Shown
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import number
from zoning.workflow.containment_desk import Thought
from zoning.workflow.places import judged_units
from zoning.workflow.zone_words import people_words

# The norm that is named first: the sector of the Ministry's micro-plan.
HOUSES_NAMED = 50


def costs_in_brief(shown: Shown) -> None:
    """Draw the few figures that decide: people, workers, consents."""
    thought = shown.found.thought
    title(tr("What it would cost"))
    if thought is None:
        st.caption(tr("The levels of this rule don't divide into A, B and C; nothing is closed."))
        return
    st.html(f'<dl class="sm-costs">{"".join(_figures(thought))}</dl>')
    with st.expander(tr("All figures, and the zones on the ground"), expanded=False):
        costs(shown)


def costs(shown: Shown) -> None:
    """Draw all figures of both sides, what moves, and both drawings."""
    thought = shown.found.thought
    if thought is None:
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        difference(thought)
    with right:
        moved(thought)
        what_becomes(thought)
        before_and_after(thought, judged_units(shown.found.basis.everything).geometry)


def _figures(thought: Thought) -> list[str]:
    one, other = thought.present.weighed.total, thought.thought.weighed.total
    houses = HOUSES_NAMED if HOUSES_NAMED in other.workers else next(iter(other.workers))
    needed = [
        sum(consent.is_needed for consent in drawn.consents)
        for drawn in (thought.present, thought.thought)
    ]
    zones = (len(thought.present), len(thought.thought))
    rows = (
        (
            tr("In A"),
            people_words(other.population_a[0], is_complete=other.n_unknown_a[0] == 0),
            other.population_a[0] - one.population_a[0],
        ),
        (
            tr("In B"),
            people_words(other.population_b[0], is_complete=other.n_unknown_b[0] == 0),
            other.population_b[0] - one.population_b[0],
        ),
        (
            tr("Workers at {houses} houses each", houses=houses),
            number(float(other.workers[houses][0])),
            other.workers[houses][0] - one.workers[houses][0],
        ),
        (
            tr("Containment zones"),
            number(zones[1]),
            zones[1] - zones[0],
        ),
        (tr("Consents of neighbours"), number(needed[1]), needed[1] - needed[0]),
    )
    return [
        f"<div><dt>{escape(label)}</dt><dd>{escape(value)} "
        f"<small>{escape(signed(float(change)))}</small></dd></div>"
        for label, value, change in rows
    ]
