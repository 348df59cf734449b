"""Words by which columns and cells of a file are recognised, from their data file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WORDS_FILE = Path(__file__).parent / "guess_words.toml"


@dataclass(frozen=True)
class ColumnWords:
    """How one of our columns is recognised.

    Attributes
    ----------
    ours : str
        Our name of it.
    words : tuple[str, ...]
        Names it goes by, plain, the usual ones first.
    avoid : tuple[str, ...]
        Words in a name that mean another thing.
    holds : str
        What its cells have to be.
    """

    ours: str
    words: tuple[str, ...]
    avoid: tuple[str, ...]
    holds: str


@dataclass(frozen=True)
class Bounds:
    """From where on something is proposed, sure, or asked about; the data file says which."""

    propose_from: float
    sure_from: float
    rivals_within: float
    rows_looked_at: int
    mostly: float
    some: float
    unique: float
    fit_empty: float
    match_own: float
    match_word: float
    match_within: float
    match_within_more: float
    match_alike: float
    alike_points: float
    series_days: float
    series_unique: float
    series_rising: float
    box: dict[str, float]


def plain(text: str) -> str:
    """Return a text as words: case folded, marks taken for spaces, a number of repeats off."""
    unnumbered = re.sub(r" \[\d+\]$", "", text.strip())
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unnumbered)
    return " ".join(re.sub(r"[\s_\-./:,;()\[\]\"'#*|]+", " ", apart.casefold()).split())


@cache
def column_words(kind: str) -> tuple[ColumnWords, ...]:
    """Return how the columns of a kind of file are recognised."""
    data = _data()
    return tuple(
        ColumnWords(
            ours=ours,
            words=tuple(dict.fromkeys(plain(w) for w in (ours, *_of(data, entry, "words")))),
            avoid=tuple(plain(w) for w in _of(data, entry, "avoid")),
            holds=str(entry["holds"]),
        )
        for ours, entry in data[kind].items()
    )


@cache
def value_words(holds: str) -> dict[str, str]:
    """Return our word for every plain text that stands for one; empty for what can hold any."""
    words = _data()["values"].get(holds, {})
    return {plain(text): ours for ours, texts in words.items() for text in texts}


@cache
def bounds() -> Bounds:
    """Return from where on something is proposed, sure, or asked about."""
    return Bounds(**_data()["bounds"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))


def _of(data: dict[str, Any], entry: dict[str, Any], part: str) -> list[str]:
    own = list(entry.get(part, ()))
    if "same_as" in entry:
        kind, ours = entry["same_as"].split(".")
        own += data[kind][ours].get(part, ())
    return own
