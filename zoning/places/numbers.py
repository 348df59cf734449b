"""Ward numbers out of a list as somebody typed it: "1 - 10, 32 – 41", "9, 13(Sub Wards)".

Three promises: no code that isn't known, no piece of the text dropped, and in
doubt the larger area. A note that makes a ward smaller counts only where its
words are understood; an exception never counts, it is handed back unread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from zoning.places.scripts import split_words
from zoning.places.ward_codes import WardCodes
from zoning.places.ward_phrase import Extent, Phrase, read_phrase
from zoning.places.ward_text import Segment, cut, tidy, tokens
from zoning.places.wording import wording


@dataclass(frozen=True)
class Expansion:
    """What a list of wards names.

    Attributes
    ----------
    codes : tuple of str
        Known codes of wards that are named as a whole, numbers in the order of their size.
    partial : tuple of str
        Known codes of wards of which the text says that only a part is meant, and which it
        doesn't also name as a whole.
    unknown : tuple of str
        Numbers that no known code stands for, or more than one.
    is_all : bool
        The text says "all wards"; `codes` then holds every known one, exceptions too.
    unread : tuple of str
        Pieces of the text that aren't understood, as written but for gaps and the script of
        digits: place names, exceptions, ranges that can't be meant, "10, 1 3".
    is_nil : bool
        The text says that there is none. An empty text says nothing, which is different.
    perhaps_partial : tuple of str
        Some of `codes`: earlier in a list that ends in "(Sub Wards)", and the text doesn't
        say how far back that reaches.
    """

    codes: tuple[str, ...]
    partial: tuple[str, ...]
    unknown: tuple[str, ...]
    is_all: bool
    unread: tuple[str, ...]
    is_nil: bool = False
    perhaps_partial: tuple[str, ...] = ()

    @property
    def is_read(self) -> bool:
        """Every piece is understood and every number known: nobody needs to look."""
        return not self.unread and not self.unknown


def expand_numbers(text: str, known: Collection[str]) -> Expansion:
    """Return the wards that a text names.

    "(Sub Wards)" makes the ward directly before it partial, and casts doubt on the wards
    before that one. Words that aren't known leave a ward whole and are unread: in "5
    (Aryankavu Temple)" they may be a part of ward 5 or its name. "11.17" and "10, 1 3" are
    unread wherever more than one reading exists; "1.00" is 1.

    Parameters
    ----------
    text : str
        The cell as typed, digits in any script.
    known : Collection of str
        Codes of the wards of the place that the text is about. A place whose codes don't
        end in the ward's number passes a mapping of numbers to codes, and looks up what
        comes back.
    """
    return expand(text, WardCodes(known))


def expand(text: str, known: WardCodes) -> Expansion:
    """Return the wards that a text names, among codes prepared once for many texts."""
    tidied = tidy(text)
    words = split_words(tidied)
    if words in wording().nil:
        return Expansion((), (), (), False, (), is_nil=True)
    if wording().except_after.intersection(words):
        return Expansion((), (), (), False, (tidied,))
    reading = _Reading(known)
    reading.read(tidied)
    if reading.is_perhaps_exception:
        return Expansion((), (), (), False, (tidied,))
    return reading.expansion()


@dataclass
class _Mention:
    """Wards named together by one number or range; none where it couldn't be read."""

    codes: tuple[str, ...] = ()
    is_partial: bool = False
    is_doubtful: bool = False


@dataclass
class _Reading:
    known: WardCodes
    mentions: list[_Mention] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    is_all: bool = False
    is_perhaps_exception: bool = False
    # Where the list begins that the next note may close.
    list_start: int = 0

    def read(self, tidied: str, is_in_bracket: bool = False) -> None:
        """Read a text, or the list in a bracket, from left to right."""
        segments = cut(tidied)
        for nth, segment in enumerate(segments):
            exception = _exception_start(segment)
            if exception is not None:
                head = segment.text[:exception].strip()
                if head:
                    self._take(read_phrase(head, self.known), segment, is_only=False)
                self._leave(tidied[segment.start + exception :])
                return
            if segment.is_note and not self.mentions and not is_in_bracket:
                # Nothing for a note to be about: "Wards (1, 2)".
                self.read(segment.text, is_in_bracket=True)
                continue
            phrase = read_phrase(segment.text, self.known)
            if not self._opens_bracket(phrase, segments[nth + 1 :]):
                self._take(phrase, segment, is_only=len(segments) == 1)

    def _opens_bracket(self, phrase: Phrase | None, later: list[Segment]) -> bool:
        is_bare = phrase is not None and phrase.is_bare
        return is_bare and not self.mentions and any(s.is_note for s in later[:1])

    def _take(self, phrase: Phrase | None, segment: Segment, is_only: bool) -> None:
        if segment.is_note and (phrase is None or phrase.numbers or phrase.is_bare):
            # A number inside a note is a distance or a house, not another ward.
            self.unread.append(segment.text)
            return
        if phrase is None or phrase.is_bare or (phrase.is_perhaps_count and not self.mentions):
            self._leave(segment.text)
            # "All but 5, 6" in words that we don't know: then 6 isn't named but spared.
            kinds = {"all" if t.text in wording().every else t.kind for t in tokens(segment.text)}
            self.is_perhaps_exception |= {"all", "number"} <= kinds
            return
        self.unknown.update(dict.fromkeys(phrase.unknown))
        self.mentions += [_Mention(codes) for codes in phrase.numbers]
        self.unread += [phrase.unread] if phrase.unread else []
        self._extend(phrase, segment, is_only)

    def _extend(self, phrase: Phrase, segment: Segment, is_only: bool) -> None:
        """Carry out what a phrase says of the wards before it, or of all."""
        has_list = len(self.mentions) > self.list_start
        is_all = phrase.extent is Extent.WHOLE and phrase.is_plural and is_only and not has_list
        if phrase.extent is Extent.ALL or is_all:
            self.is_all = True
            self.mentions.append(_Mention(self.known.all()))
        elif phrase.extent is Extent.PART and has_list:
            self.mentions[-1].is_partial = True
            for mention in self.mentions[self.list_start : -1]:
                mention.is_doubtful = True
            self.list_start = len(self.mentions)
        elif phrase.extent is Extent.WHOLE and has_list and (segment.is_note or phrase.numbers):
            self.list_start = len(self.mentions)
        elif phrase.extent is not Extent.NOT_SAID:
            self._leave(segment.text)

    def _leave(self, text: str) -> None:
        # A mention of nothing, so that a note behind it isn't taken for the ward before it.
        self.unread.append(text)
        self.mentions.append(_Mention())

    def expansion(self) -> Expansion:
        sure = _codes(m for m in self.mentions if not m.is_partial and not m.is_doubtful)
        doubtful = _codes(m for m in self.mentions if m.is_doubtful and not m.is_partial) - sure
        partial = _codes(m for m in self.mentions if m.is_partial) - sure - doubtful
        order = self.known.in_order
        return Expansion(
            codes=order(sure | doubtful),
            partial=order(partial),
            unknown=tuple(self.unknown),
            is_all=self.is_all,
            unread=tuple(dict.fromkeys(self.unread)),
            perhaps_partial=order(doubtful),
        )


def _codes(mentions: Iterable[_Mention]) -> set[str]:
    return {code for mention in mentions for code in mention.codes}


def _exception_start(segment: Segment) -> int | None:
    if segment.is_note:
        return None
    words = wording().except_before
    found = (t.start for t in tokens(segment.text) if t.kind == "word" and t.text in words)
    return next(found, None)
