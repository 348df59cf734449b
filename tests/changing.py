"""Judged days of one or more units, written as words a day: the last one is the day judged."""

from __future__ import annotations

import numpy as np

from zoning.judgement.changes import Changes, JudgedDays, changes
from zoning.judgement.changes_words import change_sentences
from zoning.judgement.relaxing import relaxing_rule

LEVELS = ("green", "orange", "red")
DAY = np.datetime64("2020-05-18", "D")
LETTERS = {"g": "green", "o": "orange", "r": "red", "?": "unclassified", ".": ""}


def spelt(letters: str) -> np.ndarray:
    """Return a zone for each letter, shape (d, 1)."""
    return np.array([[LETTERS[letter]] for letter in letters], dtype=object)


def judged(
    zones: str,
    *,
    worst: str | None = None,
    then: str | None = None,
    active: list[int] | None = None,
    new: list[int] | None = None,
    complete: int = 0,
) -> JudgedDays:
    """Return the days of one unit; `complete` is how many of the last days aren't reported yet."""
    d = len(zones)
    return JudgedDays(
        on=DAY - np.arange(d)[::-1],
        zone=spelt(zones),
        zone_worst=spelt(worst or zones),
        active=np.array(active or [5] * d).reshape(d, 1),
        new_cases=np.array(new or [3] * d).reshape(d, 1),
        is_complete=(np.arange(d) < d - complete).reshape(d, 1),
        zone_then=spelt(then or "." * d),
    )


def change(in_force: str, days: JudgedDays, floor: str = "") -> Changes:
    """Return what becomes of the one unit."""
    return changes(
        np.array([in_force], dtype=object),
        np.array([floor], dtype=object),
        days,
        LEVELS,
        relaxing_rule(),
    )


def told(in_force: str, days: JudgedDays, floor: str = "") -> tuple[str, str, str, str]:
    """Return kind, reason, zone proposed and sentence of the one unit."""
    found = change(in_force, days, floor)
    words = np.array([in_force], dtype=object), np.array([floor], dtype=object)
    sentence = change_sentences(found, days, *words, relaxing_rule())[0]
    return found.kind[0], found.reason[0], found.proposed[0], sentence
