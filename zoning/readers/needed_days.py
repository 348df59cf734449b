"""Days without which a row is no fact; what is wrong with one is told precisely."""

from __future__ import annotations

from datetime import date

import numpy as np

from zoning.i18n.catalogue import tr
from zoning.model import Bools, Days
from zoning.readers.dates import ISO, lacks_year, read_days
from zoning.readers.fields import Part


def needed_days(part: Part, name: str, today: date | None, kind: str) -> Days:
    """Return the days of a column, and reject the rows it says nothing usable for.

    A row is rejected if its day is empty, not understood, told without a year,
    understood in two ways, the zero of a clock, or still to come.

    Parameters
    ----------
    part : Part
        Rows; the column is there.
    name : str
        Our name of the column.
    today : date or None
        The present; None where a day may be still to come.
    kind : str
        Section of a mapping file that speaks of such files.
    """
    column = part.column(name)
    assert column is not None
    days = read_days(column, part.mapping.formats)
    incomplete = days.is_wrong & _without_year(part, name, days.is_wrong)
    part.note(
        incomplete,
        "date_incomplete",
        lambda i: tr(
            "{column} is {value}, which has no year; write the whole day",
            column=name,
            value=part.cell(name, i),
        ),
    )
    part.note(
        days.is_wrong & ~incomplete,
        "date_invalid",
        lambda i: tr(
            "{column} is {value}, which isn't a day written as {form}; correct it, or set "
            "[{kind}.dates] format in a mapping file",
            column=name,
            value=part.cell(name, i),
            form=forms_told(part),
            kind=kind,
        ),
    )
    part.note(
        days.is_ambiguous,
        "date_ambiguous",
        lambda i: tr(
            "{column} is {value}, which is one day by {form} and another by the next of these "
            "formats; write it as YYYY-MM-DD",
            column=name,
            value=part.cell(name, i),
            form=forms_told(part),
        ),
    )
    part.note(
        np.isnat(days.day) & ~days.is_wrong & ~days.is_ambiguous,
        "date_missing",
        lambda _: tr("{column} is empty; give the day", column=name),
    )
    part.note(
        days.is_zero,
        "date_too_early",
        lambda i: tr(
            "{column} is {value}, which a program writes where it has no day; give the day",
            column=name,
            value=part.cell(name, i),
        ),
    )
    if today is None:
        return days.day
    part.note(
        days.day > np.datetime64(today, "D"),
        "date_in_future",
        lambda i: tr(
            "{column} is {value}, which is in the future; correct the day",
            column=name,
            value=part.cell(name, i),
        ),
    )
    return days.day


def forms_told(part: Part) -> str:
    """Return the forms in which a file's days are told, for a message."""
    return ", ".join(tr("YYYY-MM-DD") if form == ISO else form for form in part.mapping.formats)


def _without_year(part: Part, name: str, among: Bools) -> Bools:
    coded = part.coded(name) if among.any() else None
    if coded is None:
        return np.zeros(len(part), dtype=bool)
    lacking = np.array([*map(lacks_year, coded.values), False], dtype=bool)
    return lacking[coded.codes]
