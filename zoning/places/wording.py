"""Words that stand around ward numbers; the table is `wording.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from zoning.places.scripts import split_words

Words = frozenset[str]


@dataclass(frozen=True)
class Wording:
    """Words by what they do beside a number, folded.

    Attributes
    ----------
    wards : Words
        "Ward", of one or of many.
    many : Words
        Of these the plurals.
    short : Words
        Abbreviations that count only before a number.
    number : Words
        "Number".
    ordinal : Words
        Endings of an ordinal number.
    between, opens, closes : Words
        Inside, before and behind a range.
    joins : Words
        "And".
    sub, part, whole, every, filler : Words
        How much of a ward, or of all wards, is meant; `sub` only behind a number.
    except_before, except_after : Words
        Exceptions: what they take out follows, or stands before.
    nil : frozenset of tuple of str
        Whole texts that say "none", as words.
    members_max : int
        Members of the longest range believed.
    """

    wards: Words
    many: Words
    short: Words
    number: Words
    ordinal: Words
    between: Words
    opens: Words
    closes: Words
    joins: Words
    sub: Words
    part: Words
    whole: Words
    every: Words
    filler: Words
    except_before: Words
    except_after: Words
    nil: frozenset[tuple[str, ...]]
    members_max: int


@cache
def wording() -> Wording:
    """Return the words in use."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    ward, join, extent = table["ward"], table["join"], table["extent"]
    return Wording(
        wards=_words(ward["one"] + ward["many"]),
        many=_words(ward["many"]),
        short=_words(ward["short"]),
        number=_words(ward["number"]),
        ordinal=_words(ward["ordinal"]),
        between=_words(join["range"]),
        opens=_words(join["opens"]),
        closes=_words(join["closes"]),
        joins=_words(join["and"]),
        sub=_words(extent["sub"]),
        part=_words(extent["part"]),
        whole=_words(extent["whole"]),
        every=_words(extent["all"]),
        filler=_words(extent["filler"]),
        except_before=_words(table["except"]["before"]),
        except_after=_words(table["except"]["after"]),
        nil=frozenset(split_words(phrase) for phrase in table["nil"]["phrases"]),
        members_max=table["range"]["members_max"],
    )


def _words(texts: list[str]) -> Words:
    # One entry is one word; an entry of two would never be met.
    return frozenset(word for text in texts for (word,) in [split_words(text)])
