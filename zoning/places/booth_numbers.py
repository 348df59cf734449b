"""Booths out of a list as an order writes it: "85 to 90", "Part No. 12, 14-16", "163/85-90".

The reading of numbers is that of ward lists, with its promises: no code that isn't
known, no piece dropped. A number without its constituency names a booth only where
one booth alone answers to it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from zoning.model import Booths
from zoning.places.numbers import Expansion, expand
from zoning.places.scripts import fold, split_words
from zoning.places.ward_codes import WardCodes
from zoning.places.ward_text import tidy
from zoning.places.wording import wording

_PIECES = re.compile(r"[,;|\n]")
_OF_CONSTITUENCY = re.compile(r"\s*([^/]+?)\s*/\s*(.+)", re.DOTALL)
# Whatever is neither a digit nor a mark of a list, vowel signs of Indian scripts too.
_LEAD = re.compile(r"((?:[^\d\s.:#\-–,;|/()&+]+[\s.:#\-]*)+)(?=\d)")
_KEY = re.compile(r"(.+)/([^/]+)")


@dataclass(frozen=True)
class NamedPlaces:
    """What a text names.

    Attributes
    ----------
    codes : tuple of str
        Known codes, each with the piece of text that names it in `pieces`.
    partly : frozenset of str
        Of these the ones of which only a part is meant, or may be.
    open : tuple of str
        Pieces that can't be tied to a place, as written.
    is_nil : bool
        The text says that there is none.
    """

    codes: tuple[str, ...] = ()
    partly: frozenset[str] = frozenset()
    open: tuple[str, ...] = ()
    is_nil: bool = False

    def __add__(self, other: NamedPlaces) -> NamedPlaces:
        """Return what both texts name."""
        return NamedPlaces(
            tuple(dict.fromkeys((*self.codes, *other.codes))),
            self.partly | other.partly,
            tuple(dict.fromkeys((*self.open, *other.open))),
            self.is_nil and other.is_nil,
        )


def places_of(told: Expansion, codes: dict[str, str] | None = None) -> NamedPlaces:
    """Return an expansion as places, its numbers put as the codes that a table has for them."""
    named = (*told.codes, *told.partial)
    partly = {*told.partial, *told.perhaps_partial}
    if codes is not None:
        named, partly = tuple(codes[n] for n in named), {codes[n] for n in partly}
    return NamedPlaces(named, frozenset(partly), (*told.unknown, *told.unread), told.is_nil)


class BoothNumbers:
    """Reads lists of booths against those that are known.

    Parameters
    ----------
    booths : Booths
        Booths of one edition. A booth that doesn't tell its constituency and part has them from
        a code of the form `constituency/part`.
    """

    def __init__(self, booths: Booths) -> None:
        self._known = {str(booth) for booth in booths.booth_id}
        self._every = WardCodes(self._known)
        self._parts: dict[str, dict[str, str]] = {}
        for booth, constituency, part in zip(*_parts(booths), strict=True):
            if constituency and part:
                self._parts.setdefault(constituency, {})[part] = booth
        self._constituencies = WardCodes(self._parts)
        self._part_codes: dict[str, WardCodes] = {}
        self._answers: dict[tuple[str, str], NamedPlaces] = {}

    def read(self, text: str, constituency: str = "") -> NamedPlaces:
        """Return the booths that a text names.

        Parameters
        ----------
        text : str
            One code, or a list of numbers and ranges.
        constituency : str, optional
            Assembly constituency in which the numbers count.
        """
        asked = (text, constituency)
        if asked not in self._answers:
            self._answers[asked] = self._read(text.strip(), constituency.strip())
        return self._answers[asked]

    def _read(self, text: str, constituency: str) -> NamedPlaces:
        if not constituency and text in self._known:
            return NamedPlaces((text,))
        if constituency:
            return self._within(constituency, text)
        if "/" not in text:
            return self._without_constituency(text)
        read = NamedPlaces(is_nil=True)
        for piece in filter(None, map(str.strip, _PIECES.split(text))):
            read += self._piece(piece)
        return read if read.codes or read.open else NamedPlaces(open=(text,))

    def _piece(self, piece: str) -> NamedPlaces:
        if piece in self._known:
            return NamedPlaces((piece,))
        found = _OF_CONSTITUENCY.fullmatch(piece)
        if found is None:
            return self._without_constituency(piece)
        told = self._within(found[1], found[2])
        return told if told.codes else NamedPlaces(open=(piece,))

    def _without_constituency(self, text: str) -> NamedPlaces:
        told = self._numbers(text, self._every)
        # "All booths" of a district is said by nobody: it means those of a place not told.
        return NamedPlaces(open=(text,)) if told.is_all else places_of(told)

    def _within(self, constituency: str, text: str) -> NamedPlaces:
        key = self._constituency(constituency)
        if not key:
            return NamedPlaces(open=(f"{constituency}/{text}",))
        parts = self._parts[key]
        if text in parts:
            return NamedPlaces((parts[text],))
        if key not in self._part_codes:
            self._part_codes[key] = WardCodes(parts)
        return places_of(self._numbers(text, self._part_codes[key]), parts)

    def _numbers(self, text: str, known: WardCodes) -> Expansion:
        if wording().wards.intersection(split_words(text)):
            # "Ward 12" in a list of booths isn't booth 12.
            return Expansion((), (), (), False, (text,))
        return expand(_without_lead(text, _words("lead")), known)

    def _constituency(self, text: str) -> str:
        if text in self._parts:
            return text
        told = expand(_without_lead(text, _words("constituency")), self._constituencies)
        return told.codes[0] if told.is_read and len(told.codes) == 1 and not told.partial else ""


def _parts(booths: Booths) -> tuple[list[str], list[str], list[str]]:
    booth_id = [str(booth) for booth in booths.booth_id]
    n = len(booth_id)
    told = [
        [""] * n if column is None else [str(text).strip() for text in column]
        for column in (booths.constituency, booths.part_number)
    ]
    for i, booth in enumerate(booth_id):
        found = _KEY.fullmatch(booth)
        if found and not (told[0][i] and told[1][i]):
            told[0][i], told[1][i] = found[1], found[2]
    return booth_id, told[0], told[1]


def _without_lead(text: str, words: frozenset[str]) -> str:
    """Return a text without the words that only announce a number behind them."""
    tidied = tidy(text)

    def bare(found: re.Match[str]) -> str:
        said = [word for word in re.split(r"[\s.:#\-]+", found[1]) if word]
        is_lead = said and all(fold(word) in words for word in said)
        return "" if is_lead else found[0]

    return _LEAD.sub(bare, tidied)


@cache
def _words(kind: str) -> frozenset[str]:
    text = Path(__file__).with_name("booth_wording.toml").read_text(encoding="utf-8")
    return frozenset(fold(word) for word in tomllib.loads(text)[kind])
