"""Finds counts of people in texts that everyone will read."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


def told_counts(text: str) -> tuple[str, ...]:
    """Return the pieces of a text that tell how many people fell ill, such as `12 new cases`.

    A number written in words isn't found; the officer who signs reads the text all the same.
    """
    return tuple(found[0] for found in _pattern().finditer(text))


@cache
def _pattern() -> re.Pattern[str]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    words, between = ("|".join(map(re.escape, data[key])) for key in ("words", "between"))
    # Bengali and Hindi add endings to a word; only a Latin letter or a hyphen makes another of it.
    return re.compile(
        rf"(?<![\w/.-])\d[\d,]*\s*(?:(?:{between})\s+)*(?:{words})(?![A-Za-z-])",
        re.IGNORECASE,
    )
