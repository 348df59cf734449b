"""The last day of something that began, as a column of a file tells it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from zoning.i18n.catalogue import tr
from zoning.model import Days
from zoning.readers.dates import NAT, read_days
from zoning.readers.fields import Part


def last_days(
    part: Part, from_on: Days, precedes: Callable[[np.datetime64, np.datetime64], str]
) -> Days:
    """Return the last days, NaT for none; reject one that can't be read or precedes the first.

    Parameters
    ----------
    part : Part
        Rows of a file, n of them.
    from_on : Days
        The first days, shape (n,).
    precedes : callable
        Says of a last and a first day that they are the wrong way round.
    """
    column = part.column("to_on")
    if column is None:
        return np.full(len(part), NAT, dtype="datetime64[D]")
    days = read_days(column, part.mapping.formats)
    part.note(
        days.is_unusable,
        "to_on_invalid",
        lambda i: tr(
            "to_on is {value}, which isn't one day; correct it, or leave it empty where no end is "
            "told",
            value=part.cell("to_on", i),
        ),
    )
    part.note(
        (days.day < from_on) & ~part.rejected,
        "ends_before_begin",
        lambda i: precedes(days.day[i], from_on[i]),
    )
    return days.day
