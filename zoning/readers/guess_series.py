"""Whether the numbers of a case file are cases one by one, totals, or changes: a question only."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from zoning.i18n.catalogue import tr
from zoning.readers.dates import read_days
from zoning.readers.doubts import Doubt
from zoning.readers.guess_words import bounds
from zoning.readers.profiles import Profile
from zoning.surveillance.grouping import begins


def of_series(
    place: Profile, day: Profile, count: Profile, formats: tuple[str, ...]
) -> list[Doubt]:
    """Return what to ask of the numbers of a file; nothing where they can only be cases.

    Parameters
    ----------
    place, day, count : Profile
        Columns of the same rows.
    formats : tuple[str, ...]
        In which days are written.
    """
    numbers = count.numbers
    if (numbers < 0).any():
        question = tr(
            "{theirs} holds numbers below 0, such as {n}. Do they take back cases told before?",
            theirs=count.name,
            n=int(np.nanmin(numbers)),
        )
        return [Doubt("series_kind", question, "count", ("changes", "events"))]
    texts = np.append(day.coded.values, np.array([None], dtype=object))[day.coded.codes]
    days = read_days(pa.chunked_array([pa.array(texts, pa.string())]), formats).day
    known = ~np.isnat(days) & np.isfinite(numbers) & (place.coded.codes >= 0)
    unit, on, n = place.coded.codes[known], days[known].astype(np.int64), numbers[known]
    if not len(unit):
        return []
    order = np.lexsort((n, on, unit))
    unit, on, n = unit[order], on[order], n[order]
    n_days = begins(unit, on).sum()
    is_series = n_days / len(unit) >= bounds().series_unique
    if not is_series or n_days / begins(unit).sum() < bounds().series_days:
        return []
    steps = np.diff(n)[~begins(unit)[1:]]
    is_rising = (steps >= 0).mean() >= bounds().series_rising and (steps > 0).any()
    if is_rising:
        question = tr(
            "{theirs} hardly ever falls from one day of a unit to the next. Is it the total so "
            "far (cumulative), and not the cases of the day?",
            theirs=count.name,
        )
        return [Doubt("series_kind", question, "count", ("cumulative", "daily", "events"))]
    question = tr(
        "Every unit has one row a day. Is {theirs} the total of the day (daily), which a later "
        "file may correct, or does every file bring cases of its own (events)?",
        theirs=count.name,
    )
    return [Doubt("series_kind", question, "count", ("daily", "events", "cumulative"))]
