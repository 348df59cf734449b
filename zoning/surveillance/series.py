"""Numbers told of units, day by day, as cases: totals of a day, running totals, changes.

What comes later corrects what came before. A running total that falls takes back
the newest cases of its place: what is left of a day's cases is by how much the least
total from that day on exceeds the least total from the day before on. So the cases
of a place always add up to the total told last.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from zoning.model import OUTCOME_CODES, Cases, Ints, Outcome
from zoning.surveillance.grouping import begins, ends, least_from, running_least, running_sum
from zoning.surveillance.series_notes import SeriesNotes, join_notes, note
from zoning.surveillance.series_places import SeriesPlaces, series_places

RETRACTED = OUTCOME_CODES[Outcome.RETRACTED]
EVENTS = ("", "events")
SERIES_FILE = Path(__file__).parent / "series.toml"


@cache
def large_first_total() -> int:
    """Return from how many cases on the first running total of a place is a history."""
    return int(tomllib.loads(SERIES_FILE.read_text(encoding="utf-8"))["large_first_total"])


def as_events(cases: Cases, series: str, newest: Ints) -> tuple[Cases, SeriesNotes]:
    """Return rows as cases, and what had to be decided for it.

    Rows of one place, one kind of cases and one day belong together; see
    `series_places`. Where rows of one import contradict each other, the larger
    total counts. Rows that count nothing are kept with a count of 0: that there
    was no case was told too. In which order rows come doesn't matter.

    Parameters
    ----------
    cases : Cases
        Rows as told, of all imports together, shape (n,).
    series : str
        ``events`` or empty: rows are cases already. ``daily``: the total of a place and day.
        ``cumulative``: the total of a place up to a day. ``changes``: cases, and rows below 0
        that take some back.
    newest : Ints
        Which import a row came from, shape (n,); a larger number came later. It doesn't matter
        for changes, which add up.

    Returns
    -------
    cases : Cases
        Rows with `count` at least 0; fewer than were told where totals were corrected.
    notes : SeriesNotes
        What a person should know, place by place and day by day.
    """
    if series in EVENTS or not len(cases):
        return cases, SeriesNotes()
    turn = {"daily": _daily, "cumulative": _cumulative, "changes": _changes}[series]
    return turn(cases, series_places(cases), newest)


def _daily(cases: Cases, places: SeriesPlaces, newest: Ints) -> tuple[Cases, SeriesNotes]:
    # Rows without a place are of places unlike each other, as far as anybody knows.
    apart = np.where(places.is_nowhere, cases.row, 0)
    rows, notes = _that_hold(cases, places.key, newest, [apart, *_outcome_keys(cases)])
    return cases.take(rows), notes


def _cumulative(cases: Cases, places: SeriesPlaces, newest: Ints) -> tuple[Cases, SeriesNotes]:
    ended = np.flatnonzero(cases.outcome > 0)
    unused = note(cases, ended, "outcome_not_used", cases.count[ended])
    never = np.full(len(cases), np.datetime64("NaT"), dtype="datetime64[D]")
    cases = replace(cases, outcome=np.zeros_like(cases.outcome), outcome_on=never)
    rows, notes = _that_hold(cases, places.key, newest, [])
    totals, place = cases.take(rows), places.key[rows]
    total = np.maximum(totals.count, 0)
    is_first = begins(place)
    before = np.where(is_first, 0, np.roll(total, 1))
    fell = np.flatnonzero(total < before)
    large = np.flatnonzero(is_first & (total >= large_first_total()))
    return replace(totals, count=_surviving(place, total)), join_notes(
        unused,
        notes,
        note(totals, large, "history_unknown", total[large]),
        note(totals, fell, "total_fell", (before - total)[fell]),
    )


def _changes(cases: Cases, places: SeriesPlaces, newest: Ints) -> tuple[Cases, SeriesNotes]:
    del newest  # changes add up, whichever came first
    # Of one day those still open are taken back first: how another ended is known.
    is_open = cases.outcome == 0
    day = cases.confirmed_on.astype(np.int64)
    order = np.lexsort((cases.row, *_outcome_keys(cases)[::-1], is_open, day, places.key))
    cases, place, day = cases.take(order), places.key[order], day[order]
    change = np.where(cases.outcome == RETRACTED, 0, cases.count)
    is_first = begins(place, day)
    of_day, at = np.cumsum(is_first) - 1, np.flatnonzero(is_first)
    gained = np.bincount(of_day, weights=np.maximum(change, 0)).astype(np.int64)
    lost = np.bincount(of_day, weights=np.maximum(-change, 0)).astype(np.int64)
    told = running_sum(place[at], gained - lost)
    # How far the changes so far would have led below zero: it stays without effect.
    beyond = -np.minimum(running_least(place[at], told), 0)
    kept = _surviving(place[at], told + beyond)
    without_effect = np.where(begins(place[at]), beyond, beyond - np.roll(beyond, 1))
    positive = np.maximum(change, 0)
    earlier = running_sum(of_day, positive) - positive
    count = np.clip(kept[of_day] - earlier, 0, positive)
    count = np.where(cases.outcome == RETRACTED, np.maximum(cases.count, 0), count)
    taken_back = lost - without_effect
    has_taken, has_missed = taken_back > 0, without_effect > 0
    return replace(cases, count=count), join_notes(
        note(cases, at[has_taken], "cases_taken_back", taken_back[has_taken]),
        note(cases, at[has_missed], "nothing_to_take_back", without_effect[has_missed]),
    )


def _that_hold(
    cases: Cases, place: Ints, newest: Ints, parts: Sequence[Ints]
) -> tuple[Ints, SeriesNotes]:
    """Return the rows that hold, by place and day, with notes on what they replace.

    Of a place and day the newest import holds, and of each part of it, such as
    those that died, the row with the largest total.
    """
    day = cases.confirmed_on.astype(np.int64)
    order = np.lexsort((-cases.row, cases.count, *parts[::-1], newest, day, place))
    of_day = (place[order], day[order])
    of_file = (*of_day, newest[order])
    of_part = (*of_file, *(part[order] for part in parts))
    count = cases.count[order]
    is_largest = ends(*of_part)
    part_number = np.cumsum(begins(*of_part)) - 1
    largest = count[is_largest][part_number]
    file_number = np.cumsum(begins(*of_file)) - 1
    is_last_file = ends(*of_day)[ends(*of_file)]
    less = order[(count < largest) & is_last_file[file_number]]
    totals = np.bincount(file_number, weights=np.where(is_largest, count, 0)).astype(np.int64)
    is_first_file = begins(*of_day)[begins(*of_file)]
    changed = np.where(is_first_file, 0, totals - np.roll(totals, 1))
    corrected = np.flatnonzero(is_last_file & (changed != 0))
    rows_of_files = order[ends(*of_file)]
    return order[is_largest & is_last_file[file_number]], join_notes(
        note(cases, rows_of_files[corrected], "total_corrected", changed[corrected]),
        note(cases, less, "total_contradicted", cases.count[less]),
    )


def _surviving(place: Ints, total: Ints) -> Ints:
    """Return what is left of each day's cases once every later fall has taken back the newest."""
    least = least_from(place, total)
    return np.where(begins(place), least, least - np.roll(least, 1))


def _outcome_keys(cases: Cases) -> list[Ints]:
    return [cases.outcome.astype(np.int64), cases.outcome_on.astype(np.int64)]
