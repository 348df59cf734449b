"""Questions on measures in short, the table of all answers of the memo, a fictional order."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

from zoning.clock import IST
from zoning.measures.answer import answer
from zoning.measures.memo import known_memos
from zoning.measures.memo_file import read_memo
from zoning.measures.order import Memo, Place
from zoning.measures.phrases import phrases
from zoning.measures.question import Answer, Quantities, Question
from zoning.model import Category, Zone

TABLE = Path(__file__).parent / "golden" / "measures-177-cs-2020.csv"

COLUMNS = (
    "section",
    "activity",
    "place",
    "before",
    "by_day",
    "at_night",
    "in_june",
    "decided_by",
    "conditions_by_day",
    "conflicts",
)
BEFORE, DAY, NIGHT, JUNE = (
    "2020-05-20T23:59",
    "2020-05-25T10:00",
    "2020-05-25T22:00",
    "2020-06-01T00:00",
)
PLACES: dict[str, tuple[str, str]] = {
    "A": ("A", ""),
    "B": ("B", ""),
    "C": ("C", ""),
    "green": ("", "green"),
    "red": ("", "red"),
}


def question(
    activity: str, at: str = DAY, category: str = "C", zone: str = "", **more: object
) -> Question:
    """Return a question; a category or zone that is empty isn't said, a time is Indian."""
    planned = {k: more.pop(k) for k in ("seats", "persons", "percent") if k in more}
    return Question(
        activity,
        datetime.fromisoformat(at).replace(tzinfo=IST),
        Category(category) if category else None,
        Zone(zone) if zone else None,
        planned=Quantities(**planned),
        **more,
    )


def ask(
    activity: str,
    at: str = DAY,
    category: str = "C",
    zone: str = "",
    memos: tuple[Memo, ...] | None = None,
    **more: object,
) -> Answer:
    """Ask the orders given, or those that come with the product."""
    known = known_memos(None) if memos is None else memos
    return answer(known, question(activity, at, category, zone, **more))


def sections(told: Answer) -> list[str]:
    """Return the sections that decide."""
    return [cited.section for cited in told.clauses if cited.is_deciding]


def table() -> str:
    """Return every answer of the memo: 44 activities, five places, four moments."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(COLUMNS)
    for clause in known_memos(None)[0].clauses:
        for place, (category, zone) in PLACES.items():
            told = [ask(clause.activity, at, category, zone) for at in (BEFORE, DAY, NIGHT, JUNE)]
            by_day = told[1]
            lines.writerow(
                [
                    clause.section,
                    clause.activity,
                    place,
                    *(one.status.value for one in told),
                    " ".join(sections(by_day)),
                    "; ".join(phrases(by_day)),
                    " ".join("/".join(c.sections) for c in by_day.conflicts),
                ]
            )
    return out.getvalue()


FICTIONAL = """
id = "fictional-7-2031"
number = "7/2031 (fictional)"
title = "Invented order of an invented district, for tests"
authority = "Nobody"
issued_on = 2031-01-01
valid_from = 2031-01-02
valid_to = 2031-01-31
valid_to_reason = "Invented."
source = ["Invented for tests; no government issued it"]

[place]
state = "99"
state_name = "Invented Land"
districts = ["901"]

[headings]
1 = "Invented"

[[clause]]
section = "1"
activity = "buses"
label = "Buses"
where = "state"
status = "conditional"
conditions = [{ kind = "seats", at_least = 5, percent = 25, part = "bus" }]
text = "Invented: a quarter of the seats, or five."

[[clause]]
section = "2"
activity = "kite_flying"
label = "Flying kites"
where = "C"
status = "prohibited"
valid_from = 2031-01-10
text = "Invented: no kites from the tenth."

[[regime]]
category = "C"
otherwise = "not_addressed"
"""


def write_order(folder: Path, text: str = FICTIONAL, name: str = "fictional.toml") -> Path:
    """Write an order's file and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def fictional(folder: Path, *changes: tuple[str, str], name: str = "fictional.toml") -> Memo:
    """Return the fictional order, some of its lines changed."""
    text = FICTIONAL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_memo(write_order(folder, text, name))


AT_901 = Place("99", "901")

if __name__ == "__main__":
    # After a change that is wanted: write the table anew and read every changed line.
    TABLE.write_text(table(), encoding="utf-8")
