"""Which booths may leave Category A, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.judgement.denotification import Denotification, OrderedBooths, denotification
from zoning.judgement.denotification_words import denotification_sentences
from zoning.judgement.policy import Policy
from zoning.model import Category, Days, Indices, Texts
from zoning.store.engine import Store
from zoning.store.follow_up import read_contacts, read_rounds, read_samples
from zoning.store.zone_history import ZoneHistory, zone_history
from zoning.surveillance.follow_up import FollowUp, follow_up
from zoning.surveillance.memberships import Memberships
from zoning.workflow.booth_counts import booth_cube, last_cases_of_ground
from zoning.workflow.ground import GroundShelf
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


def board_in(session: Session, now: Present) -> Board:
    """Return where every booth in A stands, in an open transaction."""
    table, rule = now.ground.table, now.governing.denotification
    history = zone_history(session, now.at)
    row = np.flatnonzero(now.category == Category.AFFECTED.value).astype(np.int32)
    # A booth that an import put in force without a zone is followed by itself.
    zone = np.where(now.zone_id == "", table.booth_id, now.zone_id)
    followed = np.where(now.category == Category.AFFECTED.value, zone, "").astype(object)
    on = np.datetime64(now.on, "D")
    cube = booth_cube(now.placed, now.ground, len(now.units), on, rule.days_without_case + 1)
    unit = table.unit_index[row]
    through = np.append(now.reported_through, np.datetime64("NaT", "D"))
    booths = OrderedBooths(
        last_case_on=last_cases_of_ground(cube, now.ground)[row],
        reported_through=through[unit],
        since=_since(history, table.booth_id[row], on),
        zone=followed[row],
    )
    register = follow_up(
        now.on,
        table.booth_id,
        followed,
        read_rounds(session, now.at),
        read_contacts(session, now.at),
        read_samples(session, now.at),
        _memberships(history),
        rule.follow_up,
    )
    state = denotification(now.on, booths, register, rule)
    words = denotification_sentences(state, booths, register, rule)
    return Board(now, row, booths, state, register, words)


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
