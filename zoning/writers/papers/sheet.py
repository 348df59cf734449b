"""A document as it is laid out, the same for PDF and HTML: headings, tables, paragraphs, a map.

Every string is what a reader sees; Typst and HTML show it as text and never read it as markup.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from zoning.symbols.palette import AreaStyle
from zoning.writers.papers.map_svg import MapDrawing


@dataclass(frozen=True)
class Chip:
    """A cell that shows a zone: its word, and its letter on its colour."""

    text: str
    letter: str
    fill: str
    ink: str

    @classmethod
    def of(cls, text: str, style: AreaStyle) -> Chip:
        """Return the chip of a style."""
        return cls(text, style.letter, style.fill, style.text)


Cell = str | Chip


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes
    ----------
    columns : tuple of str
        Their names.
    shares : tuple of float
        Their widths in relation to each other.
    rows : tuple of tuple of Cell
        A row each.
    numbers_from : int
        First column that holds numbers, as do all behind it; 0 if none does.
    has_total : bool
        Whether the last row sums up the others.
    """

    columns: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers_from: int = 0
    has_total: bool = False


@dataclass(frozen=True)
class Section:
    """A part under a heading: paragraphs, then a table; its number stands before the heading."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None
    number: str = ""


@dataclass(frozen=True)
class Sheet:
    """One document in one language.

    Attributes
    ----------
    language : str
        ISO 639-1 code.
    kind : str
        What it calls itself, such as `ORDER`.
    name : str
        What a file browser and a screen reader call it.
    letter_head : tuple of str
        Lines above everything.
    number, dated : str
        Left and right above the heading.
    subject : str
        Below the heading.
    facts : tuple of (str, str)
        What a hurried reader needs first, each with its name.
    preamble : tuple of str
        Paragraphs before the numbered parts.
    body, schedules : tuple of Section
        Before and behind the signature.
    signature : tuple of str
        Lines; empty if nobody signs.
    copies_heading : str
        Above the names to whom it is forwarded.
    copies : tuple of str
        The names.
    seal_heading : str
        Above what is said of the sealed annex.
    seal : tuple of str
        Paragraphs on the sealed annex; `hash` follows them.
    hash : str
        In groups of eight; empty if there is none.
    footer : str
        On every page at the left.
    page_of : tuple of str
        What stands before, between and behind the number of the page and that of all pages.
    draft : str
        What every page of a draft says; empty if it is none.
    map_heading : str
        Above the map.
    map : MapDrawing or None
        The map.
    foreign : tuple of str
        Texts that stay in another language because nobody translated them.
    foreign_language : str
        Code of that language.
    """

    language: str
    kind: str
    name: str
    letter_head: tuple[str, ...]
    number: str
    dated: str
    subject: str
    facts: tuple[tuple[str, str], ...] = ()
    preamble: tuple[str, ...] = ()
    body: tuple[Section, ...] = ()
    schedules: tuple[Section, ...] = ()
    signature: tuple[str, ...] = ()
    copies_heading: str = ""
    copies: tuple[str, ...] = ()
    seal_heading: str = ""
    seal: tuple[str, ...] = ()
    hash: str = ""
    footer: str = ""
    page_of: tuple[str, str, str] = ("", "", "")
    draft: str = ""
    map_heading: str = ""
    map: MapDrawing | None = None
    foreign: tuple[str, ...] = ()
    foreign_language: str = ""

    def as_json(self) -> str:
        """Return the sheet for a template."""
        return json.dumps(asdict(self), ensure_ascii=False)


def grouped(digest: str) -> str:
    """Return a hash in groups of eight digits, which a person can compare."""
    return " ".join(digest[i : i + 8] for i in range(0, len(digest), 8))
