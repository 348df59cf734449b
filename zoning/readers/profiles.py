"""What the cells of a column look like, and how well that fits what it should hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from zoning.model import Coded, Floats
from zoning.readers import columns
from zoning.readers.guess_dates import DateGuess, guess_date_formats
from zoning.readers.guess_words import bounds, plain, value_words
from zoning.readers.sum_words import means_sum


@dataclass(frozen=True)
class Profile:
    """One column of a file.

    Attributes
    ----------
    name : str
        Its name in the file.
    coded : Coded
        Its cells as texts.
    """

    name: str
    coded: Coded

    @cached_property
    def texts(self) -> list[str]:
        """The different texts, the empty one left out."""
        used = np.unique(self.coded.codes[self.coded.codes >= 0])
        return [str(self.coded.values[code]) for code in used if self.coded.values[code] != ""]

    @cached_property
    def n_filled(self) -> int:
        """How many cells hold anything."""
        return int((self.coded.codes >= 0).sum())

    @cached_property
    def numbers(self) -> Floats:
        """All cells as numbers, shape (n,); NaN where they are none."""
        texts = np.append(self.coded.values, np.array([None], dtype=object))[self.coded.codes]
        cells = pa.chunked_array([pa.array(texts, pa.string(), from_pandas=True)])
        return columns.counts(cells)[0]

    @cached_property
    def days(self) -> DateGuess:
        """The forms in which its texts may be days."""
        return guess_date_formats(self.texts)

    @property
    def share_unique(self) -> float:
        """Share of the filled cells that no other cell repeats."""
        return len(self.texts) / self.n_filled if self.n_filled else 0.0

    @property
    def share_lettered(self) -> float:
        """Share of its texts that hold no figure at all."""
        plain_texts = sum(1 for text in self.texts if not any(c.isdigit() for c in text))
        return plain_texts / len(self.texts) if self.texts else 0.0

    def fit(self, holds: str) -> float:
        """Return how well the cells fit what a column should hold, from 0 to 1.

        A column without any cell fits everything a little: its name decides.
        """
        if not self.n_filled:
            return bounds().fit_empty
        return _FITS[holds](self)


def profile(name: str, column: pa.ChunkedArray) -> Profile:
    """Return the profile of a column."""
    return Profile(name, columns.texts(column))


def _day(column: Profile) -> float:
    share = column.days.share_read
    return share if share >= bounds().some else 0.0


def _number(column: Profile) -> float:
    share = float(np.isfinite(column.numbers).sum()) / column.n_filled
    return share if share >= bounds().some else 0.0


def _whole(column: Profile) -> float:
    numbers = column.numbers[np.isfinite(column.numbers)]
    if not len(numbers) or (numbers != np.floor(numbers)).any():
        return 0.0
    return _number(column)


def _within(low: str, high: str, bound: float) -> Callable[[Profile], float]:
    def fit(column: Profile) -> float:
        numbers = column.numbers[np.isfinite(column.numbers)]
        if not len(numbers) or (np.abs(numbers) > bound).mean() > 1 - bounds().mostly:
            return 0.0
        box = bounds().box
        inside = float(((numbers >= box[low]) & (numbers <= box[high])).mean())
        return 0.5 + 0.5 * inside

    return fit


def _words(holds: str, needed: frozenset[str]) -> Callable[[Profile], float]:
    def fit(column: Profile) -> float:
        words = value_words(holds)
        meant = [words.get(plain(text)) for text in column.texts]
        if needed and not needed & set(meant):
            return 0.0
        share = sum(1 for word in meant if word is not None) / len(meant)
        return share if share >= bounds().some else 0.0

    return fit


def _key(column: Profile) -> float:
    return 1.0 if column.share_unique >= bounds().unique else 0.6


def _code(column: Profile) -> float:
    numbers = column.numbers
    has_fractions = bool((np.isfinite(numbers) & (numbers != np.floor(numbers))).any())
    if has_fractions:
        return 0.0
    is_day = not np.isfinite(numbers).any() and column.days.share_read >= bounds().mostly
    return 0.0 if is_day else 1.0


def _name(column: Profile) -> float:
    told = [text for text in column.texts if not means_sum(text)]
    if not told:
        return 0.0
    share = sum(1 for text in told if any(c.isalpha() for c in text)) / len(told)
    return share if share >= bounds().some else 0.0


def _any(column: Profile) -> float:
    return 1.0


_FITS: dict[str, Callable[[Profile], float]] = {
    "day": _day,
    "whole": _whole,
    "number": _number,
    "lon": _within("west", "east", 180.0),
    "lat": _within("south", "north", 90.0),
    "truth": _words("truth", frozenset()),
    "outcome": _words("outcome", frozenset({"recovered", "died", "retracted"})),
    "event": _words("event", frozenset({"recovered", "died"})),
    "level": _words("level", frozenset()),
    "kind": _words("kind", frozenset()),
    "category": _words("category", frozenset()),
    "zone": _words("zone", frozenset({"red", "orange", "green"})),
    "contact_status": _words("contact_status", frozenset()),
    "role": _words("role", frozenset()),
    "subject": _words("subject", frozenset()),
    "key": _key,
    "code": _code,
    "name": _name,
    "text": _any,
}


def header_match(name: str, words: tuple[str, ...], avoid: tuple[str, ...]) -> float:
    """Return how well the name of a column matches names that ours goes by, from 0 to 1."""
    from rapidfuzz import fuzz

    header = plain(name)
    if not header:
        return 0.0
    told = bounds()
    if header in words:
        return told.match_own if header == words[0] else told.match_word
    tokens = header.split()
    if any(_holds(tokens, word.split()) for word in avoid):
        return 0.0
    held = [len(word.split()) for word in words if _holds(tokens, word.split())]
    if held:
        return told.match_within + told.match_within_more * max(held) / len(tokens)
    alike = max(fuzz.ratio(header, word) for word in words)
    return told.match_alike if alike >= told.alike_points else 0.0


def _holds(tokens: list[str], words: list[str]) -> bool:
    n = len(words)
    return any(tokens[i : i + n] == words for i in range(len(tokens) - n + 1))
