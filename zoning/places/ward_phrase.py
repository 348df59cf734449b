"""One piece of a list of wards: its numbers, and how much of them is meant.

A piece is either understood to its last word or not at all. The one exception is
a number that is called a ward, as in "5 th Ward-Cinema hall": it is taken, and
the rest is handed back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto

from zoning.places.ward_codes import WardCodes
from zoning.places.ward_text import Token, tokens
from zoning.places.wording import Wording, wording

# Between "Ward No" and the number.
_AFTER_WARD = frozenset({"dash", "dot", "mark"})
# Between two numbers of a list, where the comma is missing.
_IN_LIST = frozenset({"join", "dot"})
# A longer number is no ward's and needn't be counted up to.
_DIGITS_MAX = 6


class Extent(Enum):
    """How much a piece says is meant."""

    NOT_SAID = auto()
    PART = auto()
    WHOLE = auto()
    ALL = auto()


@dataclass(frozen=True)
class Phrase:
    """A piece that is understood.

    Attributes
    ----------
    numbers : tuple of tuple of str
        Known codes, one tuple a number or range; an empty one where its code isn't known.
    unknown : tuple of str
        Numbers that no code stands for.
    extent : Extent
        Of the last number, or of the list before where there is none.
    unread : str
        Words behind a ward's number that aren't understood.
    is_plural : bool
        It speaks of wards, not of a ward.
    is_perhaps_count : bool
        "5 wards": ward 5, or five of them.
    """

    numbers: tuple[tuple[str, ...], ...] = ()
    unknown: tuple[str, ...] = ()
    extent: Extent = Extent.NOT_SAID
    unread: str = ""
    is_plural: bool = False
    is_perhaps_count: bool = False

    @property
    def is_bare(self) -> bool:
        """It says "wards" and nothing else."""
        return not self.numbers and self.extent is Extent.NOT_SAID


def read_phrase(text: str, known: WardCodes) -> Phrase | None:
    """Return what a piece says; None where it isn't understood."""
    code = known.of_text(text)
    if code:
        return Phrase(numbers=((code,),))
    found = tokens(text)
    if any(token.kind == "number" for token in found):
        return _Numbers(text, found, known, wording()).read()
    return _words_only(found, wording())


def _words_only(found: list[Token], known: Wording) -> Phrase | None:
    if any(token.kind not in ("word", "dash", "dot") for token in found):
        return None
    words = {token.text for token in found if token.kind == "word"}
    said = words - known.wards - known.number - known.filler
    is_plural = bool(words & known.many)
    if not said:
        return Phrase() if words else None
    for meant, extent in (
        (known.sub | known.part, Extent.PART),
        (known.whole, Extent.WHOLE),
        (known.every, Extent.ALL),
    ):
        if said <= meant:
            return Phrase(extent=extent, is_plural=is_plural)
    return None


class _Numbers:
    """Reads a piece that has numbers, from left to right."""

    def __init__(self, text: str, found: list[Token], codes: WardCodes, known: Wording) -> None:
        self.text = text
        self.found = found
        self.codes = codes
        self.known = known
        self.at = 0
        self.numbers: list[tuple[str, ...]] = []
        self.unknown: list[str] = []
        self.has_ordinal = False
        self.is_range = False

    def read(self) -> Phrase | None:
        """Return what the piece says; None where it isn't understood."""
        known = self.known
        lead = self._lead()
        while True:
            if not self._element():
                return None
            behind = self.at
            gap = self._pass(known.wards | known.number | known.closes | known.joins, _IN_LIST)
            if not self._is("number"):
                return self._end(lead, behind)
            if not gap and self._may_be_one_number():
                return None

    def _lead(self) -> set[str]:
        known = self.known
        before_number = known.wards | known.short | known.number
        words = before_number | known.opens | known.filler | known.joins | known.part | known.whole
        said = self._pass(words, {"join", "mark"})
        while said & before_number and (more := self._pass(words, _AFTER_WARD)):
            said |= more
        return said

    def _end(self, lead: set[str], behind: int) -> Phrase | None:
        """Return the phrase, which must end here or go on with words that aren't needed."""
        known = self.known
        self.at = behind
        extents = known.sub | known.part | known.whole
        tail = self._pass(
            known.wards | known.number | known.closes | known.filler | extents, {"dot"}
        )
        is_single = len(self.numbers) == 1 and not self.is_range
        if self.at < len(self.found):
            # Called a ward, and not "5 ward members".
            is_ward = lead & (known.wards | known.short) or (
                tail & known.wards and (self.has_ordinal or tail & known.number)
            )
            return self._with_rest(behind) if is_single and is_ward else None
        said = lead | tail
        is_part, is_whole = bool(said & (known.part | known.sub)), bool(said & known.whole)
        if is_part and is_whole:
            return None
        return Phrase(
            tuple(self.numbers),
            tuple(self.unknown),
            Extent.PART if is_part else Extent.WHOLE if is_whole else Extent.NOT_SAID,
            is_perhaps_count=is_single and bool(tail & known.many) and not is_part,
        )

    def _with_rest(self, behind: int) -> Phrase | None:
        self.at = behind
        self._pass(frozenset(), _AFTER_WARD)
        rest = self.found[self.at :]
        if not rest or any(token.kind == "number" for token in rest):
            return None
        return Phrase(tuple(self.numbers), tuple(self.unknown), unread=self.text[rest[0].start :])

    def _element(self) -> bool:
        """Take a number or a range; return whether there was one that can be meant."""
        first = self._number()
        if not first:
            return False
        if not self._begins_range():
            self._add([first])
            return True
        self.at += 1
        self.is_range = True
        self._pass(self.known.wards | self.known.short | self.known.number, {"dot"})
        last = self._number()
        if self._begins_range() or max(len(first), len(last)) > _DIGITS_MAX:
            return False
        if not (first.isdecimal() and last.isdecimal()):
            return False
        members = range(int(first), int(last) + 1)
        if not 0 < len(members) <= self.known.members_max:
            return False
        self._add([str(number) for number in members])
        return True

    def _number(self) -> str:
        """Take a number with its ordinal ending or its letter; empty where it can't be one."""
        if not self._is("number"):
            return ""
        number = self.found[self.at].text
        self.at += 1
        if self._is("dot") and self._is("number", 1) and not self.found[self.at + 1].is_apart:
            # 20.00 is a ward in a spreadsheet's clothes; 11.17 may be two, or one cut short.
            if self.found[self.at].is_apart or self.found[self.at + 1].text != "0":
                return ""
            self.at += 2
        if self._is("word"):
            word = self.found[self.at]
            if word.text in self.known.ordinal:
                self.at += 1
                self.has_ordinal = True
            elif not word.is_apart and len(word.text) == 1 and word.text.isascii():
                self.at += 1
                number += word.text.upper()
        return number

    def _begins_range(self) -> bool:
        """Whether a range goes on here; "5 th Ward - 7 th Ward" is one too."""
        at = self.at
        while at < len(self.found) and self.found[at].text in self.known.wards:
            at += 1
        if at == len(self.found):
            return False
        sign = self.found[at]
        is_between = sign.kind == "word" and sign.text in self.known.between
        if not is_between and sign.kind != "dash":
            return False
        behind = at + 1
        words = self.known.wards | self.known.short | self.known.number
        while behind < len(self.found) and self.found[behind].text in words:
            behind += 1
        if is_between or (behind < len(self.found) and self.found[behind].kind == "number"):
            self.at = at
            return True
        return False

    def _add(self, members: list[str]) -> None:
        codes = {m: self.codes.of_number(m) or self.codes.of_text(m) for m in members}
        self.numbers.append(tuple(code for code in codes.values() if code))
        self.unknown += [member for member, code in codes.items() if not code]

    def _may_be_one_number(self) -> bool:
        """Whether a space may have fallen into a number: "1 3" where there is a ward 13."""
        left, right = self.found[self.at - 1], self.found[self.at]
        return left.kind == "number" and bool(self.codes.of_number(left.text + self._raw(right)))

    def _raw(self, token: Token) -> str:
        end = token.start
        while end < len(self.text) and self.text[end].isdecimal():
            end += 1
        return self.text[token.start : end]

    def _pass(self, words: frozenset[str], kinds: Collection[str]) -> set[str]:
        """Pass over some words and signs; return what was passed."""
        passed: set[str] = set()
        while self.at < len(self.found):
            token = self.found[self.at]
            if not (token.kind == "word" and token.text in words) and token.kind not in kinds:
                break
            passed.add(token.text)
            self.at += 1
        return passed

    def _is(self, kind: str, ahead: int = 0) -> bool:
        at = self.at + ahead
        return at < len(self.found) and self.found[at].kind == kind
