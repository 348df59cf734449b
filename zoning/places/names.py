"""One form for every spelling of a name that differs by nothing a reader would call different."""

from __future__ import annotations

import re

from zoning.places.scripts import split_words
from zoning.places.wording import Wording, wording

_GAP_BUT_BETWEEN_DIGITS = re.compile(r"(?<!\d) | (?!\d)", re.ASCII)


def normalise(text: str) -> str:
    """Return the form in which names are compared.

    Case, accents, punctuation, dashes, spacing, second encodings and the script of the
    digits go; letters and digits part. A ward that is only numbered is its number,
    whatever stands around it: "Ward No. 23", "W-23", "২৩ নং ওয়ার্ড", "23.0" and "023" are
    "23". Sounds and spellings stay as they are: "Tanur" isn't "Thanur".

    Parameters
    ----------
    text : str
        A name or code as written.

    Returns
    -------
    str
        Words parted by single spaces; empty only where `text` has no letter and no digit.
    """
    words = split_words(text)
    return " ".join(_number_alone(words, wording()) or words)


def name_key(text: str) -> str:
    """Return the normal form without its gaps, for looking up.

    "Cooch-Behar" and "COOCHBEHAR" are one name, "F/N" and "FN" one ward. Two numbers
    stay apart: "1 23" isn't "12 3".
    """
    return _GAP_BUT_BETWEEN_DIGITS.sub("", normalise(text))


def _number_alone(words: tuple[str, ...], known: Wording) -> tuple[str, ...]:
    """Return the number of a ward that has no other name, with its letter; else nothing."""
    at = next((i for i, word in enumerate(words) if word.isdecimal()), None)
    if at is None or not all(w in known.wards | known.short | known.number for w in words[:at]):
        return ()
    number, rest = words[at : at + 1], words[at + 1 :]
    if rest and rest[0] in known.ordinal:
        rest = rest[1:]
    elif rest and len(rest[0]) == 1 and rest[0].isascii() and rest[0].isalpha():
        number, rest = words[at : at + 2], rest[1:]
    # "5 wards" may be five of them.
    endings = (known.wards - known.many) | known.number
    return number if all(word in endings for word in rest) else ()
