"""The board of feeds: who reports, through which day, and who is silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning import clock
from zoning.access import Action
from zoning.errors import InputError, StoreError
from zoning.i18n.catalogue import tr
from zoning.model import Units
from zoning.rules.rulebook import load_rule
from zoning.store import feeds as kept
from zoning.store.editions import Edition
from zoning.store.engine import Store
from zoning.store.feeds import NewFeed
from zoning.surveillance.feeds import Feed, FeedState, covered_units, feed_state
from zoning.workflow.actor import Who, require_units
from zoning.workflow.kind_rights import SURVEILLANCE
from zoning.workflow.places import judged_units, units_in_force

WORST_FIRST = (FeedState.NEVER, FeedState.SILENT, FeedState.LATE, FeedState.ON_TIME)


@dataclass(frozen=True)
class BoardRow:
    """One feed as the board shows it.

    Attributes
    ----------
    feed : Feed
        Who reports, and what was told last.
    state : FeedState
        How it stands to its rhythm.
    behind_days : int or None
        Days since the last complete one; None where it never told.
    units : int
        Units judged that it speaks for; 0 where no boundaries are known.
    """

    feed: Feed
    state: FeedState
    behind_days: int | None
    units: int


def feed_board(store: Store, rule_id: str, at: datetime) -> tuple[BoardRow, ...]:
    """Return every open feed as known at a moment, the one in most need of a call first."""
    today = clock.today_ist(at)
    silent_after_days = load_rule(rule_id).silent_after_days
    with store.reading() as session:
        present = units_in_force(session, at)
        feeds = [f for kind in kept.KINDS for f in kept.known_feeds(session, kind, at)]
    rows = [_row(feed, today, silent_after_days, _n_units(feed, present)) for feed in feeds]
    return tuple(
        sorted(rows, key=lambda r: (WORST_FIRST.index(r.state), r.feed.name, r.feed.feed_id))
    )


def put_feed(store: Store, feed: NewFeed, at: datetime, who: Who) -> None:
    """Make a feed known, or what is agreed anew about it.

    Raises
    ------
    InputError
        If it contradicts itself, or its scope names a unit that the edition in force hasn't.
    AccessError
        If it speaks, or has spoken, for units in which it isn't theirs to say who reports.
    """
    with store.transaction() as session:
        present = units_in_force(session, at)
        known = set() if present is None else set(present[1].unit_id)
        strange = sorted(set(feed.scope) - known)
        if strange and present is not None:
            raise InputError(
                tr(
                    "Feed {feed} would speak for {unit}, which isn't a unit of the edition in "
                    "force; correct the code, or import its boundaries first.",
                    feed=feed.feed_id,
                    unit=strange[0],
                )
            )
        _refuse_taking_over(session, feed.feed_id, at, who)
        by = require_units(who, Action.IMPORT_DATA, feed.scope, SURVEILLANCE)
        kept.put_feed(session, feed, at=at, who=by)


def close_feed(store: Store, feed_id: str, at: datetime, who: Who) -> None:
    """End a feed; its units are spoken for by the others from now on."""
    with store.transaction() as session:
        scope = kept.get_feed_row(session, feed_id, at).scope
        by = require_units(who, Action.IMPORT_DATA, scope, SURVEILLANCE)
        kept.close_feed(session, feed_id, at=at, who=by)


def _refuse_taking_over(session: Session, feed_id: str, at: datetime, who: Who) -> None:
    try:
        known = kept.get_feed_row(session, feed_id, at)
    except StoreError:
        return
    require_units(who, Action.IMPORT_DATA, known.scope, SURVEILLANCE)


def _row(feed: Feed, today: date, silent_after_days: int, n_units: int) -> BoardRow:
    through = feed.reported_through
    behind_days = None if through is None else (today - through).days
    return BoardRow(feed, feed_state(feed, today, silent_after_days), behind_days, n_units)


def _n_units(feed: Feed, present: tuple[Edition, Units] | None) -> int:
    if present is None:
        return 0
    everything = present[1]
    units = judged_units(everything)
    return int(np.count_nonzero(covered_units(feed.scope, units, everything)))
