"""Words of the containment screen: its first sentence, states of release, clocks."""

from __future__ import annotations

import numpy as np

from screens.data_words import moment_near
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, figure, number
from zoning.workflow.denotifying import Board
from zoning.workflow.zone_desk import Seen
from zoning.workflow.zone_words import people_words

# The norm that is named first: the sector of the Ministry's micro-plan.
HOUSES_NAMED = 50

STATES = ("overdue", "due", "escalated", "blocked", "counting")
"""Where a booth stands, in the order of who must act."""


def headline(seen: Seen) -> str:
    """Return the answer to this screen's question, in one sentence."""
    zones = seen.found.zones
    until = (
        tr("no report of cases yet")
        if seen.through is None
        else tr("cases to {day}", day=day(seen.through))
    )
    if not len(zones):
        return tr("No containment zone is in force; {until}.", until=until)
    total = zones.weighed.total
    workers = total.workers[_norm(seen)][0]
    return tr_n(
        "{zones} containment zone; booths: {a} A, {b} B; {people} in A, {workers} at {houses} "
        "houses each; {until}.",
        "{zones} containment zones; booths: {a} A, {b} B; {people} in A, {workers} at {houses} "
        "houses each; {until}.",
        len(zones),
        zones=number(len(zones)),
        a=number(int(total.n_booths_a[0])),
        b=number(int(total.n_booths_b[0])),
        people=people_words(total.population_a[0], is_complete=total.n_unknown_a[0] == 0),
        workers=tr("workers unknown")
        if np.isnan(workers)
        else tr_n("{said} worker", "{said} workers", int(workers), said=number(workers)),
        houses=_norm(seen),
        until=until,
    )


def _norm(seen: Seen) -> int:
    norms = tuple(seen.found.zones.weighed.total.workers)
    return HOUSES_NAMED if HOUSES_NAMED in norms else norms[0]


def standing_sentence(seen: Seen) -> str:
    """Return by which orders and policy the categories stand, and of which moment that is."""
    now, when = seen.found.now, moment_near(seen.at, seen.at)
    numbers = [record.order.number for record in seen.found.orders]
    if not numbers:
        return tr("As of {when}. No order on booths is in force.", when=when)
    return tr(
        "As of {when}. By order {orders}; drawn by {policy}, buffer {buffer} m; released by "
        "{governing}.",
        when=when,
        orders=", ".join(numbers),
        policy=now.policy.id,
        buffer=figure(now.buffer_m),
        governing=now.governing.id,
    )


def states_of(board: Board) -> list[str]:
    """Return where each booth of a board stands, one of `STATES`."""
    state = board.state
    return np.select(
        [state.is_overdue, state.is_due, state.is_escalated, state.is_blocked],
        list(STATES[:-1]),
        STATES[-1],
    ).tolist()


def state_word(state: str) -> str:
    """Return where a booth stands, told by shape as well as by word."""
    return {
        "overdue": tr("!! overdue"),
        "due": tr("● due"),
        "escalated": tr("↑ with the District Magistrate"),
        "blocked": tr("✗ blocked"),
        "counting": tr("◐ counting"),
    }[state]


def in_the_way(board: Board, at: int) -> str:
    """Return what stands in the way of a booth, in a few words; empty for nothing."""
    blocks = board.state.blocks
    words = (
        (blocks.is_feed_silent, tr("reports")),
        (blocks.is_house_round_short, tr("house round")),
        (blocks.has_open_contacts, tr("contacts")),
        (blocks.has_pending_samples, tr("samples")),
    )
    return tr(", ").join(word for is_so, word in words if is_so[at])


def clock_word(hours_left: float) -> str:
    """Return what a clock says, told by shape as well as by word; NaN where it has stopped."""
    if np.isnan(hours_left):
        return tr("✓ answered")
    if hours_left < 0:
        n = int(np.ceil(-hours_left))
        return tr_n("!! overdue by {n} hour", "!! overdue by {n} hours", n)
    n = int(hours_left)
    return tr_n("◐ {n} hour left", "◐ {n} hours left", n)
