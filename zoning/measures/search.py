"""Finding an activity: by its key, its label, and words in any language."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from zoning.measures.clauses import Activity
from zoning.measures.order import Memo

SEARCH = Path(__file__).with_name("search.toml")


@cache
def _limits() -> tuple[float, float, int]:
    """Return from which likeness on, how near the best, and how many are proposed."""
    data = tomllib.loads(SEARCH.read_text(encoding="utf-8"))
    return float(data["score_from"]), float(data["within"]), int(data["at_most"])


def as_key(text: str) -> str:
    """Return a text in the form of a key: `Buses and taxis` becomes `buses_and_taxis`."""
    return "_".join(text.strip().lower().replace("-", " ").replace("_", " ").split())


def all_activities(memos: tuple[Memo, ...]) -> dict[str, Activity]:
    """Return what can be asked of some orders, by key; of equal keys the first order's."""
    found: dict[str, Activity] = {}
    for memo in memos:
        for activity in memo.activities:
            found.setdefault(activity.key, activity)
    return found


def suggestions(memos: tuple[Memo, ...], text: str) -> tuple[str, ...]:
    """Return the keys of the activities that a text most likely means, the likeliest first.

    Parameters
    ----------
    memos : tuple of Memo
        The orders known.
    text : str
        What was asked for, in any language.

    Returns
    -------
    tuple of str
        Few keys; empty if nothing is called alike.
    """
    score_from, within, at_most = _limits()
    words: dict[str, list[str]] = {}
    for key, activity in all_activities(memos).items():
        for name in (key.replace("_", " "), activity.label, *activity.words):
            words.setdefault(_plain(name), []).append(key)
    found = process.extract(
        _plain(text.replace("_", " ")),
        list(words),
        scorer=_likeness,
        limit=None,
        score_cutoff=score_from,
    )
    best = max((score for _, score, _ in found), default=0.0)
    near = [name for name, score, _ in found if score >= best - within]
    keys = dict.fromkeys(key for name in near for key in words[name])
    return tuple(keys)[:at_most]


def _likeness(one: str, other: str, *, score_cutoff: float | None = None) -> float:
    """Return how alike two texts are, 0 to 100: as they stand, or word by word in any order.

    Not by parts: "bar" is in "barber".
    """
    whole = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))
    return whole if score_cutoff is None or whole >= score_cutoff else 0.0


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()
