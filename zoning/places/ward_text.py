"""A list of wards as somebody typed it, cut into pieces, notes and tokens.

Nothing is understood here and nothing is lost: every letter and digit of the text
lies in exactly one segment.
"""

from __future__ import annotations

from typing import NamedTuple

from zoning.places.scripts import ascii_digits, fold, kind_of_letter, without_zeros

_OPENING, _CLOSING = "([{（", ")]}）"
_SEPARATORS = ",;|،؛।、，；"
_DASHES = "-‐‑‒–—―−﹘－~"
_JOINS = "&+"
_MARKS = ":#№"
_SIGNS = (("dash", _DASHES), ("join", _JOINS), ("dot", "."), ("mark", _MARKS))
_IDLE = " .:'\"‘’“”`*"


class Segment(NamedTuple):
    """A piece between separators, or a note in brackets.

    Attributes
    ----------
    start : int
        Where it begins in the tidied text.
    text : str
        As written, without the brackets and without idle signs around it.
    is_note : bool
        It stood in brackets.
    """

    start: int
    text: str
    is_note: bool


class Token(NamedTuple):
    """A number, a word or a sign.

    Attributes
    ----------
    kind : str
        `number`, `word`, `dash`, `join` (& and +), `dot`, `mark` (: # №) or `sign`.
    text : str
        The number without leading zeros, the word folded, the sign itself.
    start : int
        Where it begins in the segment.
    is_apart : bool
        There is a space before it.
    """

    kind: str
    text: str
    start: int
    is_apart: bool


def tidy(text: str) -> str:
    """Return a text with digits 0 to 9 and single spaces, nothing invisible."""
    return " ".join(ascii_digits(text).split())


def cut(tidied: str) -> list[Segment]:
    """Return pieces and notes of a tidied text, in their sequence.

    Brackets inside a note belong to it; one that is never closed reaches to the end.
    """
    found: list[Segment] = []
    start = depth = 0

    def close(end: int) -> None:
        text = tidied[start:end]
        bare = text.strip(_IDLE)
        if bare:
            begin = start + len(text) - len(text.lstrip(_IDLE))
            found.append(Segment(begin, bare, depth > 0))

    for at, letter in enumerate(tidied):
        if letter in _OPENING:
            if not depth:
                close(at)
                start = at + 1
            depth += 1
        elif letter in _CLOSING and depth > 1:
            depth -= 1
        elif letter in _CLOSING or (not depth and letter in _SEPARATORS):
            close(at)
            start, depth = at + 1, 0
    close(len(tidied))
    return found


def tokens(segment: str) -> list[Token]:
    """Return the numbers, words and signs of a segment."""
    found: list[Token] = []
    at = 0
    while at < len(segment):
        kind = kind_of_letter(segment[at])
        end = at + 1
        while kind in "LN" and end < len(segment) and kind_of_letter(segment[end]) == kind:
            end += 1
        if kind != "Z":
            is_apart = at > 0 and segment[at - 1].isspace()
            found.append(_token(kind, segment[at:end], at, is_apart))
        at = end
    return found


def _token(kind: str, text: str, start: int, is_apart: bool) -> Token:
    if kind == "N":
        return Token("number", without_zeros(text), start, is_apart)
    if kind == "L":
        return Token("word", fold(text), start, is_apart)
    for kind_of_sign, signs in _SIGNS:
        if text in signs:
            return Token(kind_of_sign, text, start, is_apart)
    return Token("sign", text, start, is_apart)
