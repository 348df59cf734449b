"""Which booths may leave Category A, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.i18n.catalogue import tr
from zoning.i18n.forms import day
from zoning.judgement.denotification import Denotification, OrderedBooths, denotification
from zoning.judgement.denotification_words import denotification_sentences
from zoning.judgement.policy import Policy
from zoning.model import Bools, Category, Days, Indices, Texts
from zoning.store.engine import Store
from zoning.store.follow_up import read_contacts, read_rounds, read_samples
from zoning.store.zone_history import ZoneHistory, zone_history
from zoning.surveillance.follow_up import FollowUp, follow_up
from zoning.surveillance.memberships import Memberships
from zoning.workflow.booth_counts import booth_cube, last_cases_of_ground
from zoning.workflow.containment import as_date
from zoning.workflow.ground import GroundShelf
from zoning.workflow.part import Part
from zoning.workflow.present import Present, present


@dataclass(frozen=True, eq=False)
class Board:
    """Every booth in A by order and where it stands, arrays of shape (m,).

    Attributes
    ----------
    now : Present
        What is in force.
    row : Indices
        Row of the ground of each booth.
    booths : OrderedBooths
        What the count rests on.
    state : Denotification
        Where each stands.
    register : FollowUp
        What the register says of the zones.
    sentences : Texts
        The same in words, for officers.
    """

    now: Present
    row: Indices
    booths: OrderedBooths
    state: Denotification
    register: FollowUp
    sentences: Texts

    @property
    def booth_id(self) -> Texts:
        """Return the codes of the booths."""
        codes: Texts = self.now.ground.table.booth_id[self.row]
        return codes

    @property
    def policy(self) -> Policy:
        """Return the policy that governs."""
        return self.now.governing


def board(store: Store, shelf: GroundShelf, at: datetime) -> Board:
    """Return where every booth in A stands at a moment.

    Raises
    ------
    InputError
        If no boundaries are known.
    """
    with store.reading() as session:
        return board_in(session, present(session, shelf, at))


def board_in(session: Session, now: Present, part: Part | None = None) -> Board:
    """Return where every booth in A stands, in an open transaction.

    With a part, the booths there: they stand as their whole zone lets them, but figures of its
    register are of the booths in the part alone.
    """
    table, rule = now.ground.table, now.governing.denotification
    history = zone_history(session, now.at)
    is_a = now.category == Category.AFFECTED.value
    # A booth that an import put in force without a zone is followed by itself.
    zone = np.where(now.zone_id == "", table.booth_id, now.zone_id)
    on = np.datetime64(now.on, "D")
    cube = booth_cube(now.placed, now.ground, len(now.units), on, rule.days_without_case + 1)
    last_case_on = last_cases_of_ground(cube, now.ground)
    through = np.append(now.reported_through, np.datetime64("NaT", "D"))
    told = (
        *(read_rounds(session, now.at), read_contacts(session, now.at)),
        read_samples(session, now.at),
    )
    memberships = _memberships(history)

    def judged(is_followed: Bools, is_listed: Bools) -> Board:
        row = np.flatnonzero(is_listed).astype(np.int32)
        followed = np.where(is_followed, zone, "").astype(object)
        booths = OrderedBooths(
            last_case_on=last_case_on[row],
            reported_through=through[table.unit_index[row]],
            since=_since(history, table.booth_id[row], on),
            zone=followed[row],
        )
        terms = rule.follow_up
        register = follow_up(now.on, table.booth_id, followed, *told, memberships, terms)
        state = denotification(now.on, booths, register, rule)
        words = denotification_sentences(state, booths, register, rule)
        return Board(now, row, booths, state, register, words)

    if part is None:
        return judged(is_a, is_a)
    is_own = is_a & part.booths
    return _as_whole(judged(is_own, is_own), judged(is_a, is_own))


def _as_whole(own: Board, whole: Board) -> Board:
    """Return the booths of a part in the state that their whole zones give them.

    Parameters
    ----------
    own : Board
        Followed up in the part alone: its figures are shown.
    whole : Board
        The same booths, followed up in the whole of their zones.
    """
    here, there = own.state.blocks, whole.state.blocks
    is_shut_elsewhere = (
        (there.has_pending_samples & ~here.has_pending_samples)
        | (there.is_house_round_short & ~here.is_house_round_short)
        | (there.has_open_contacts & ~here.has_open_contacts)
    )
    words = own.sentences.copy()
    for at in np.flatnonzero(is_shut_elsewhere):
        due = day(as_date(own.state.due_on[at]))
        words[at] = (
            tr(
                "Its day was {due}, and nothing here stands in the way; the follow-up of its zone "
                "outside your area does. Ask those who answer there.",
                due=due,
            )
            if own.state.is_due[at]
            else tr(
                "{sentence} The follow-up of its zone outside your area stands in the way too.",
                sentence=own.sentences[at],
            )
        )
    state = replace(whole.state, zone_position=own.state.zone_position)
    return replace(own, state=state, sentences=words)


def _since(history: ZoneHistory, booth_id: Texts, on: np.datetime64) -> Days:
    days = [np.datetime64(history.since[b], "D") if b in history.since else on for b in booth_id]
    return np.array(days, dtype="datetime64[D]")


def _memberships(history: ZoneHistory) -> Memberships:
    known = history.memberships
    return Memberships(
        np.array([m.zone_id for m in known], dtype=object),
        np.array([m.booth_id for m in known], dtype=object),
        np.array([m.since for m in known], dtype="datetime64[D]"),
        np.array([m.until for m in known], dtype="datetime64[D]"),
    )
