"""The way out of A: where each booth stands, what the register says, the order that releases."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import streamlit as st

from screens.containment_releasing import release_desk
from screens.containment_tell import tell_forms
from screens.containment_words import STATES, in_the_way, state_word, states_of
from screens.data_address import choose, chosen
from screens.listing import day_column, listing, number_column
from screens.plain import say, title
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, figure, number
from zoning.workflow.containment import as_date
from zoning.workflow.denotifying import Board
from zoning.workflow.zone_desk import Seen, ZoneDesk

ROWS_SHOWN = 5_000


def panel(desk: ZoneDesk, seen: Seen) -> None:
    """Draw the register by zone, the board by booth, the release and the forms of follow-up."""
    board = seen.found.board
    if not len(board.row):
        st.info(tr("No booth is in A by an order in force, so none waits for release."))
        return
    states = states_of(board)
    say(summary(board, states), "sm-answer")
    say(asked_for(board), "sm-quiet")
    zone = chosen("zone")
    if zone and zone not in board.booths.zone:
        st.warning(tr("No booth in A lies in {zone} any more; all zones are shown.", zone=zone))
        zone = ""
    title(tr("Register by zone"))
    listing(
        register_frame(board, states),
        name=tr("Register of follow-up, by zone"),
        file_name="follow-up-by-zone.csv",
        key="register",
        hidden="zone",
        chosen=zone,
        on_choice=lambda picked: choose(zone=picked),
        config={
            tr("House round, %"): number_column(),
            tr("First due"): day_column(),
        },
    )
    if zone:
        _chosen_zone(zone)
    else:
        st.caption(tr("Choose a zone to see its booths alone and to tell of its follow-up."))
    title(tr("Booths of {zone}", zone=zone) if zone else tr("Booths"))
    _booths(board_frame(seen, states, zone))
    release_desk(desk, seen, states, zone)
    tell_forms(desk, seen, zone)


def _chosen_zone(zone: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="release-zone"):
        st.caption(tr("Only {zone} is shown below.", zone=zone))
        st.button(tr("Show all zones"), key="release-all", on_click=lambda: choose(zone=None))


def _booths(frame: pd.DataFrame) -> None:
    if len(frame) > ROWS_SHOWN:
        st.caption(
            tr(
                "The first {shown} of {n} booths are listed; choose a zone to see its own.",
                shown=number(ROWS_SHOWN),
                n=number(len(frame)),
            )
        )
        frame = frame.head(ROWS_SHOWN)
    booth = chosen("booth")
    listing(
        frame,
        name=tr("Booths in A and where each stands on its way out"),
        file_name="release.csv",
        key="board",
        by=tr("State"),
        hidden="booth",
        chosen=booth,
        on_choice=lambda picked: choose(booth=picked),
        config={
            tr("Due on"): day_column(),
            tr("In the way"): st.column_config.TextColumn(width="medium"),
            tr("Where it stands"): st.column_config.TextColumn(width="large"),
        },
    )
    own = frame[frame["booth"] == booth]
    if booth and len(own):
        say(
            tr(
                "Booth {booth}: {sentence}",
                booth=booth,
                sentence=own[tr("Where it stands")].iloc[0],
            )
        )
    else:
        st.caption(tr("Choose a booth to read its sentence in full."))


def summary(board: Board, states: list[str]) -> str:
    """Return how the booths in A stand."""
    n = Counter(states)
    said = tr_n(
        "{booths} booth in A: {due} due for release, {overdue} of these overdue; {blocked} "
        "blocked, {escalated} of these with the District Magistrate; {counting} counting.",
        "{booths} booths in A: {due} due for release, {overdue} of these overdue; {blocked} "
        "blocked, {escalated} of these with the District Magistrate; {counting} counting.",
        len(states),
        booths=number(len(states)),
        due=number(n["due"] + n["overdue"]),
        overdue=number(n["overdue"]),
        blocked=number(n["blocked"] + n["escalated"]),
        escalated=number(n["escalated"]),
        counting=number(n["counting"]),
    )
    due_on = board.state.due_on[np.array(states) == "counting"]
    if not len(due_on):
        return said
    first = day(as_date(due_on.min()))
    return tr("{said} The next is due on {day} at the earliest.", said=said, day=first)


def asked_for(board: Board) -> str:
    """Return what the policy asks before a booth may leave A."""
    rule = board.policy.denotification
    return tr(
        "{policy} asks for {days} days without a case, {percent} % of the houses visited within "
        "{round} days, contacts followed for {followed} days, and no sample without a result. "
        "Blocked for more than {block} days: to the District Magistrate. Due for more than "
        "{overdue} days: overdue.",
        policy=board.policy.id,
        days=rule.days_without_case,
        percent=figure(rule.house_round_min_percent),
        round=rule.follow_up.house_round_within_days,
        followed=rule.follow_up.contacts_followed_days,
        block=rule.block_escalates_after_days,
        overdue=rule.overdue_after_days,
    )


def register_frame(board: Board, states: list[str]) -> pd.DataFrame:
    """Return one row a zone: what was told of it, and where its booths stand."""
    register, of_booth = board.register, np.array(states)
    rows = []
    for at, zone in enumerate(register.zone_id):
        own = board.booths.zone == zone
        n = Counter(of_booth[own].tolist())
        rows.append(
            (
                zone,
                zone,
                int(own.sum()),
                n["due"] + n["overdue"],
                n["blocked"] + n["escalated"],
                float(register.house_round_percent[at]),
                int(register.open_contacts[at]),
                int(register.pending_samples[at]),
                board.state.due_on[own].min(),
            )
        )
    columns = [
        "zone",
        tr("Zone"),
        tr("Booths A"),
        tr("Due"),
        tr("Blocked"),
        tr("House round, %"),
        tr("Open contacts"),
        tr("Samples pending"),
        tr("First due"),
    ]
    frame = pd.DataFrame(rows, columns=columns)
    urgent = [tr("Due"), tr("Blocked"), tr("First due")]
    return frame.sort_values(urgent, ascending=[False, False, True], ignore_index=True)


def board_frame(seen: Seen, states: list[str], zone: str) -> pd.DataFrame:
    """Return one row a booth of a zone, of all where none is named: who must act first."""
    board = seen.found.board
    table = board.now.ground.table
    rank = [STATES.index(state) for state in states]
    order = np.lexsort((board.booth_id.astype(str), board.state.due_on, rank))
    if zone:
        order = order[board.booths.zone[order] == zone]
    row = board.row[order]
    return pd.DataFrame(
        {
            "booth": table.booth_id[row],
            tr("State"): [state_word(states[at]) for at in order],
            tr("Booth"): table.booth_id[row],
            tr("Name"): table.name[row],
            tr("Unit"): [seen.names.get(unit) or unit for unit in table.unit_id[row]],
            tr("Zone"): board.booths.zone[order],
            tr("Due on"): pd.to_datetime(board.state.due_on[order]),
            tr("In the way"): [in_the_way(board, int(at)) for at in order],
            tr("Where it stands"): board.sentences[order],
        }
    )
