"""Feeds: who reports for which units, through which day, and who is silent.

Silence is not health. A unit is judged only as far as every feed that reports for
it is complete. Imports that name no feed speak for the units that no named feed
covers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np

from zoning.model import Bools, Days, Units

UNNAMED = ""


class FeedState(StrEnum):
    """How a feed stands to its rhythm."""

    ON_TIME = "on_time"
    LATE = "late"
    SILENT = "silent"
    NEVER = "never"


@dataclass(frozen=True)
class Feed:
    """One who reports.

    Attributes
    ----------
    feed_id, name : str
        Key and name; both empty for imports that name no feed.
    kind : str
        What it brings: `cases` or `tests`.
    rhythm_days : int
        Days within which its next report is expected.
    scope : tuple of str
        Units of any level that it speaks for, with all below them; empty for all.
    reported_through : date or None
        Day through which it is complete; None where it never told.
    last_told_at : datetime or None
        When its latest import or nil return came.
    """

    feed_id: str
    name: str
    kind: str
    rhythm_days: int
    scope: tuple[str, ...] = ()
    reported_through: date | None = None
    last_told_at: datetime | None = None


@cache
def default_rhythm_days() -> int:
    """Return the rhythm expected where nothing else is agreed, from `feeds.toml`."""
    with (Path(__file__).parent / "feeds.toml").open("rb") as file:
        return int(tomllib.load(file)["default_rhythm_days"])


def covered_units(scope: Iterable[str], units: Units, everything: Units) -> Bools:
    """Return which units lie in a scope: named themselves, or below a unit named.

    Parameters
    ----------
    scope : iterable of str
        Unit codes of any level; empty for all units.
    units : Units
        The units asked about, n.
    everything : Units
        Units of all levels of the edition, for the hierarchy above them.

    Returns
    -------
    Bools
        Shape (n,).
    """
    named = frozenset(scope)
    if not named:
        return np.ones(len(units), dtype=bool)
    parent = dict(zip(everything.unit_id, everything.parent_id, strict=True))
    parent |= dict(zip(units.unit_id, units.parent_id, strict=True))

    def is_below(unit: str) -> bool:
        seen: set[str] = set()
        # A chain that runs in a circle is a fault of the file and ends here.
        while unit and unit not in seen:
            if unit in named:
                return True
            seen.add(unit)
            unit = parent.get(unit, "")
        return False

    return np.fromiter((is_below(unit) for unit in units.unit_id), dtype=bool, count=len(units))


def complete_through(feeds: Iterable[Feed], units: Units, everything: Units) -> Days:
    """Return the day through which all feeds of each unit are complete.

    Parameters
    ----------
    feeds : iterable of Feed
        Feeds of one kind.
    units, everything : Units
        As for `covered_units`.

    Returns
    -------
    Days
        Shape (n,); NaT where no feed reports for the unit, or one of them never told.
    """
    never = np.datetime64("NaT", "D")
    through = np.full(len(units), never, dtype="datetime64[D]")
    is_covered = np.zeros(len(units), dtype=bool)
    unnamed: np.datetime64 = never
    for feed in feeds:
        day: np.datetime64 = np.datetime64(feed.reported_through or "NaT", "D")
        if feed.feed_id == UNNAMED:
            unnamed = day
            continue
        mine = covered_units(feed.scope, units, everything)
        # The earlier of both; a feed that never told makes it unknown.
        earlier = np.minimum(through, day)
        through = np.where(mine, np.where(is_covered, earlier, day), through)
        is_covered |= mine
    return np.where(is_covered, through, unnamed).astype("datetime64[D]")


def feed_state(feed: Feed, today: date, silent_after_days: int) -> FeedState:
    """Return how a feed stands today; `silent_after_days` is the rule's."""
    if feed.reported_through is None:
        return FeedState.NEVER
    behind_days = (today - feed.reported_through).days
    if behind_days > silent_after_days:
        return FeedState.SILENT
    return FeedState.ON_TIME if behind_days <= feed.rhythm_days else FeedState.LATE
