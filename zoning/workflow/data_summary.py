"""The state of the data in four figures: feeds behind, cases without a place, the last import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from zoning.store import audit
from zoning.store.engine import Store
from zoning.store.imports import list_imports
from zoning.surveillance.feeds import FeedState
from zoning.workflow.facts import placed_cases
from zoning.workflow.feeds import feed_board
from zoning.workflow.places import judged_units, units_in_force


@dataclass(frozen=True)
class DataSummary:
    """How the data stands at a moment.

    Attributes
    ----------
    feeds, feeds_behind : int
        Open feeds, and of these the late, the silent and those that never told.
    waiting_cases : int
        Cases that no unit holds; 0 where no boundaries are known, for then nothing has a place.
    last_import_at : datetime or None
        When the newest import that counts was taken in; None where there is none.
    has_units : bool
        Whether boundaries are known.
    is_fictional : bool
        Whether an import is of the demonstration.
    """

    feeds: int
    feeds_behind: int
    waiting_cases: int
    last_import_at: datetime | None
    has_units: bool
    is_fictional: bool


def data_summary(store: Store, rule_id: str, at: datetime) -> DataSummary:
    """Return how the data stands at a moment."""
    board = feed_board(store, rule_id, at)
    with store.reading() as session:
        counting = [r for r in list_imports(session) if r.undone_at is None]
        present = units_in_force(session, at)
        waiting = 0
        if present is not None:
            placed = placed_cases(session, judged_units(present[1]), at)
            lost = placed.placement.unit_index < 0
            waiting = int(np.sum(placed.cases.count[lost]))
    return DataSummary(
        feeds=len(board),
        feeds_behind=sum(row.state is not FeedState.ON_TIME for row in board),
        waiting_cases=waiting,
        last_import_at=counting[0].imported_at if counting else None,
        has_units=present is not None,
        is_fictional=any(r.mapping.get("is_fictional") for r in counting),
    )


def last_write(store: Store) -> int:
    """Return a number that grows with every write to the database, and with no read."""
    with store.reading() as session:
        return audit.last_change(session)
