"""Texts of any script as plain words: one form for what a reader takes as the same.

Marks of Indian scripts are vowels and joiners, not ornaments, and are kept; only
the accents of Latin, Greek and Cyrillic letters go.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

# Encoded in two ways each: as a letter of its own, or as a letter, a virama and a joiner.
_ONE_WAY = str.maketrans(
    {
        "\u09ce": "\u09a4\u09cd",  # Bengali khanda ta
        "\u0d7a": "\u0d23\u0d4d",  # Malayalam chillus
        "\u0d7b": "\u0d28\u0d4d",
        "\u0d7c": "\u0d30\u0d4d",
        "\u0d7d": "\u0d32\u0d4d",
        "\u0d7e": "\u0d33\u0d4d",
        "\u0d7f": "\u0d15\u0d4d",
    }
)
_APOSTROPHES = str.maketrans(dict.fromkeys("'`´‘’ʹʼ＇"))
_ACCENTS = re.compile("[\u0300-\u036f]")
# A spreadsheet that took a number for a measurement: 23 comes back as 23.0.
_WHOLE_FLOAT = re.compile(r"(?<![\d.])(\d+)\.0+(?![\d.])", re.ASCII)


def ascii_digits(text: str) -> str:
    """Return a text with the decimal digits of every script as 0 to 9.

    What can't be seen (joiners, marks of direction) is dropped, or becomes a space
    where it keeps two digits apart.
    """
    if text.isascii():
        return text
    out: list[str] = []
    is_hidden = False
    for letter in text:
        category = unicodedata.category(letter)
        if category == "Cf":
            is_hidden = True
            continue
        if category == "Nd":
            letter = str(unicodedata.decimal(letter))
            if is_hidden and out and out[-1].isdecimal():
                out.append(" ")
        out.append(letter)
        is_hidden = False
    return "".join(out)


def fold(text: str) -> str:
    """Return a text without case, accents, ligatures and second encodings.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        NFKC; punctuation and spaces are still there.
    """
    if text.isascii():
        return text.translate(_APOSTROPHES).lower()
    # Compatibility would melt a raised 2 into the number before it: 13² isn't 132.
    text = "".join(f" {c} " if unicodedata.category(c) == "No" else c for c in text)
    text = ascii_digits(text.translate(_APOSTROPHES))
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).translate(_ONE_WAY)
    return unicodedata.normalize("NFKC", ascii_digits(text.translate(_APOSTROPHES)))


def split_words(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text, folded.

    Letters and digits part even where nothing stands between them, a number loses its
    leading zeros, `&` is the word, and everything else is only a gap.
    """
    folded = _WHOLE_FLOAT.sub(r"\1", fold(text)).replace("&", " and ")
    runs = groupby(folded, key=kind_of_letter)
    words = (("".join(run), kind) for kind, run in runs if kind in "LN")
    return tuple(without_zeros(word) if kind == "N" else word for word, kind in words)


def kind_of_letter(letter: str) -> str:
    """Return `L` for a letter or a mark on it, `N` for a digit, `Z` for a gap, `P` for others."""
    category = unicodedata.category(letter)[0]
    if category == "N":
        return "N" if letter.isdecimal() else "P"
    if category in "LM":
        return "L"
    return "Z" if letter.isspace() else "P"


def without_zeros(digits: str) -> str:
    """Return a number without its leading zeros."""
    return digits.lstrip("0") or "0"
