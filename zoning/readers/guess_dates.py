"""In which forms the days of a column may be written: proposed to a person, never applied."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from zoning.readers.dates import ISO, lacks_year, readings

FORMS_FILE = Path(__file__).parent / "date_forms.toml"
# A day has three figures at least, as in 1 May 20, and a mark or a letter between them.
_MAY_BE_DAY = re.compile(r"\d[^\d]+\d+[^\d]*\d|\d{4}")
DAY_FIRST, MONTH_FIRST = "day first", "month first"
ISO_WORD = "iso"


@dataclass(frozen=True)
class DateForm:
    """One form of a day: its format (`ISO` or for `strptime`) and in which order it tells it."""

    format: str
    order: str


@dataclass(frozen=True)
class DateGuess:
    """In which forms the days of a column may be written.

    Attributes
    ----------
    n_texts : int
        Different texts that were looked at, empty ones left out.
    formats : tuple[str, ...]
        Proposed: the fewest that read as many texts as can be read; `ISO` is empty. None where
        day and month can't be told apart.
    reads : dict[str, int]
        Of every format that reads any text: how many it reads.
    examples : dict[str, tuple[str, date]]
        By format, a text and the day it would be, one that other orders don't read if there is any.
    is_ambiguous : bool
        Every text reads with the day first and with the month first.
    is_mixed : bool
        Some texts can only have the day first, others only the month first.
    unread : tuple[str, ...]
        Texts that no proposed format reads; where none is proposed, that none tried reads.
    without_year : tuple[str, ...]
        Of these, those that tell day and month only.
    """

    n_texts: int
    formats: tuple[str, ...] = ()
    reads: dict[str, int] = field(default_factory=dict)
    examples: dict[str, tuple[str, date]] = field(default_factory=dict)
    is_ambiguous: bool = False
    is_mixed: bool = False
    unread: tuple[str, ...] = ()
    without_year: tuple[str, ...] = ()

    @property
    def share_read(self) -> float:
        """Share of the texts that are days in one form or another; 0 where there are none."""
        return 1 - len(self.unread) / self.n_texts if self.n_texts else 0.0


@cache
def date_forms() -> tuple[DateForm, ...]:
    """Return the forms that are tried, the plain ones first."""
    data = tomllib.loads(FORMS_FILE.read_text(encoding="utf-8"))
    forms = []
    for behind in data["times"]["behind"]:
        for form in data["form"]:
            if form["day"] == ISO_WORD:
                # One form, with or without a time of day.
                forms += [] if behind else [DateForm(ISO, form["order"])]
            else:
                forms.append(DateForm(form["day"] + behind, form["order"]))
    return tuple(forms)


@cache
def _bounds() -> tuple[float, int]:
    data = tomllib.loads(FORMS_FILE.read_text(encoding="utf-8"))
    return float(data["least_share_of_order"]), int(data["most_texts"])


def guess_date_formats(texts: Iterable[str]) -> DateGuess:
    """Return in which forms texts may be days.

    Where every text reads both as day and month and as month and day, none is
    proposed: who exported the file has to say. Where some texts read only one way and
    others only the other, both are proposed, and texts that read both ways stay
    undecided row by row.
    """
    least_share, most = _bounds()
    distinct = [text for text in dict.fromkeys(text.strip() for text in texts) if text][:most]
    iso = _read(distinct, ISO)
    others = [text for text in distinct if text not in iso]
    days = {form: _read(others, form.format) if form.format else iso for form in date_forms()}
    days = {form: read for form, read in days.items() if read}
    reads = {form.format: len(read) for form, read in days.items()}
    first = {order: _texts_of(days, order) for order in (DAY_FIRST, MONTH_FIRST)}
    only_day = first[DAY_FIRST] - first[MONTH_FIRST]
    only_month = first[MONTH_FIRST] - first[DAY_FIRST]
    if first[DAY_FIRST] and not only_day and not only_month:
        return DateGuess(
            n_texts=len(distinct),
            reads=reads,
            examples=_examples(days, set()),
            is_ambiguous=True,
            unread=tuple(t for t in distinct if not any(t in read for read in days.values())),
        )
    deciding = max(len(only_day) + len(only_month), 1)
    meant = {
        DAY_FIRST: len(only_day) / deciding >= least_share and bool(only_day),
        MONTH_FIRST: len(only_month) / deciding >= least_share and bool(only_month),
    }
    likely = {form: read for form, read in days.items() if meant.get(form.order, True)}
    formats = _fewest(likely)
    read_texts = {text for form, read in likely.items() if form.format in formats for text in read}
    unread = tuple(text for text in distinct if text not in read_texts)
    return DateGuess(
        n_texts=len(distinct),
        formats=formats,
        reads=reads,
        examples=_examples(likely, only_day | only_month),
        is_mixed=all(meant.values()),
        unread=unread,
        without_year=tuple(text for text in unread if lacks_year(text)),
    )


def _read(texts: list[str], form: str) -> dict[str, date]:
    read = {}
    for text in texts:
        if not _MAY_BE_DAY.search(text):
            continue
        found = readings(text, (form,))
        if found:
            read[text] = found.pop()
    return read


def _texts_of(days: dict[DateForm, dict[str, date]], order: str) -> set[str]:
    return {text for form, read in days.items() if form.order == order for text in read}


def _fewest(days: dict[DateForm, dict[str, date]]) -> tuple[str, ...]:
    """Return formats, each chosen because it reads most of what those before it don't."""
    chosen: list[str] = []
    open_ = {text for read in days.values() for text in read}
    while open_:
        best = max(days, key=lambda form: len(open_ & days[form].keys()))
        chosen.append(best.format)
        open_ -= days[best].keys()
    return tuple(chosen)


def _examples(
    days: dict[DateForm, dict[str, date]], telling: set[str]
) -> dict[str, tuple[str, date]]:
    examples = {}
    for form, read in days.items():
        text = next((text for text in read if text in telling), next(iter(read)))
        examples[form.format] = (text, read[text])
    return examples
