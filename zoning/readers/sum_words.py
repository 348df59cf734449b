"""Words by which a row of sums is told from a fact."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

WORDS_FILE = Path(__file__).parent / "sum_words.toml"

_AROUND = " \t\u00a0-–:.*()"


@cache
def sum_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the texts that mean a sum, and the words in which such a text may end."""
    data = tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))
    return frozenset(data["sums"]), tuple(f" {end}" for end in data["ends"])


@cache
def _endings() -> tuple[str, ...]:
    whole, ends = sum_words()
    return (*whole, *ends)


def means_sum(text: str) -> bool:
    """Return whether a text means a sum: `Grand Total:`, `Kolkata total`."""
    plain = text.casefold().strip(_AROUND)
    if not plain.endswith(_endings()):
        return False
    whole, ends = sum_words()
    words = re.sub(rf"[{re.escape(_AROUND)}]+", " ", plain)
    return words in whole or words.endswith(ends)
