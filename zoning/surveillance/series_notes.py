"""What had to be decided to turn told numbers into cases, place by place and day by day."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from zoning.i18n.catalogue import marked, tr
from zoning.model import Cases, Days, Finding, Ints, Texts

SENTENCES = {
    "total_fell": marked(
        "the total of {place} fell by {n} on {day}; as many of its newest earlier cases are "
        "taken back"
    ),
    "history_unknown": marked(
        "the first total told of {place} is {n}, on {day}; when these cases came isn't known, "
        "all are dated on that day"
    ),
    "total_contradicted": marked(
        "{place} has several totals for {day} in one file; the larger counts and not {n}"
    ),
    "total_corrected": marked("a later file changed the total of {place} for {day} by {n}"),
    "cases_taken_back": marked("of the cases of {place}, {n} are taken back by what came on {day}"),
    "nothing_to_take_back": marked(
        "{n} cases of {place} were to be taken back on {day}, and none are left that could be"
    ),
    "outcome_not_used": marked(
        "a running total can't tell how cases ended; the outcome told of {place} on {day} isn't "
        "used ({n} cases)"
    ),
}


def _nothing() -> Texts:
    return np.empty(0, dtype=object)


@dataclass(frozen=True)
class SeriesNotes:
    """Notes, one element each; arrays of shape (m,).

    Attributes
    ----------
    code : Texts
        A key of `SENTENCES`.
    place : Texts
        Place as told; empty where none was.
    on : Days
        Day of the row that gave rise to it.
    count : Ints
        How many cases it is about; what a total changed by may be below 0.
    row : Ints
        Data row of the file that the row came from.
    """

    code: Texts = field(default_factory=_nothing)
    place: Texts = field(default_factory=_nothing)
    on: Days = field(default_factory=lambda: np.empty(0, dtype="datetime64[D]"))
    count: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    row: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.code)

    def findings(self) -> tuple[Finding, ...]:
        """Return the notes as findings that reject nothing, by row."""
        found = [
            Finding(
                row=int(self.row[i]),
                code=str(self.code[i]),
                message=tr(
                    SENTENCES[self.code[i]],
                    place=self.place[i] or tr("no place"),
                    n=int(self.count[i]),
                    day=str(self.on[i]),
                ),
            )
            for i in range(len(self))
        ]
        return tuple(sorted(found, key=lambda finding: finding.row))


def note(cases: Cases, at: Ints, code: str, count: Ints) -> SeriesNotes:
    """Return one note for each of some rows.

    Parameters
    ----------
    cases : Cases
        All rows.
    at : Ints
        Positions of the rows to note, shape (m,).
    code : str
        A key of `SENTENCES`.
    count : Ints
        How many cases each is about, shape (m,).
    """
    return SeriesNotes(
        code=np.full(len(at), code, dtype=object),
        place=np.array([_place(cases, int(i)) for i in at], dtype=object),
        on=cases.confirmed_on[at],
        count=np.asarray(count, dtype=np.int64),
        row=cases.row[at],
    )


def join_notes(*notes: SeriesNotes) -> SeriesNotes:
    """Return all notes as one."""
    return SeriesNotes(
        code=np.concatenate([n.code for n in notes]),
        place=np.concatenate([n.place for n in notes]),
        on=np.concatenate([n.on for n in notes]),
        count=np.concatenate([n.count for n in notes]),
        row=np.concatenate([n.row for n in notes]),
    )


def _place(cases: Cases, index: int) -> str:
    """Return the place of a row as told: its unit, else booth, coordinates, address."""
    for coded in (cases.unit_id, cases.booth_id):
        if coded is not None and coded.codes[index] >= 0:
            return str(coded.values[coded.codes[index]])
    if cases.lon is not None and cases.lat is not None and not np.isnan(cases.lon[index]):
        return f"{cases.lon[index]:g}, {cases.lat[index]:g}"
    if cases.address is not None and cases.address.codes[index] >= 0:
        return str(cases.address.values[cases.address.codes[index]])
    return ""
