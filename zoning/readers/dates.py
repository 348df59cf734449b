"""Cells to days and moments in the forms told; a text that two of them read differently is refused.

Files repeat themselves: two million rows hold a few hundred different days. So
a text is turned once and then spread over the rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from zoning.clock import IST
from zoning.model import Bools, Days
from zoning.readers.columns import texts, turned
from zoning.readers.limits import load_limits

Moments = npt.NDArray[np.datetime64]

# The form of ISO 8601, which `strptime` has no word for.
ISO = ""
NAT = np.datetime64("NaT", "D")
IST_SECONDS = int(datetime(2020, 1, 1, tzinfo=IST).utcoffset().total_seconds())  # type: ignore[union-attr]
DAY_SECONDS = 86_400

# A date cell of a workbook reads as a moment, in whatever form the texts beside it are.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
# Day and month and then nothing, or a time of day, as in 29/4 20.23.
_NO_YEAR = re.compile(
    r"\d{1,2}\s*[/.\-]\s*\d{1,2}(\s+\d{1,2}[:.]?\d\d(\s*[ap]\.?m\.?)?)?"
    r"|\d{1,2}[\s\-]*[^\W\d_]{3,9}\.?|[^\W\d_]{3,9}\.?[\s\-]*\d{1,2}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DayColumn:
    """Days of a column, each array of shape (n,).

    Attributes
    ----------
    day : Days
        `datetime64[D]`; NaT where empty or not understood.
    is_wrong : Bools
        Where a cell holds something that no form reads.
    is_ambiguous : Bools
        Where two forms read different days.
    """

    day: Days
    is_wrong: Bools
    is_ambiguous: Bools

    @property
    def is_zero(self) -> Bools:
        """Where a day is the zero of a clock, written by a program that had none."""
        return np.asarray(self.day < np.datetime64(load_limits().earliest_day, "D"))

    @property
    def is_unusable(self) -> Bools:
        """Where a cell holds something from which no day can be taken."""
        return self.is_wrong | self.is_ambiguous | self.is_zero


def read_days(column: pa.ChunkedArray, formats: Sequence[str]) -> DayColumn:
    """Return the days of a column; a moment with an offset is taken as the day in India.

    Parameters
    ----------
    column : pa.ChunkedArray
        Dates, timestamps or text.
    formats : sequence of str
        `strptime` formats of text, `ISO` among them or alone; none means `ISO`.
    """
    kind = column.type
    if pa.types.is_date32(kind):
        return _told(np.asarray(column.to_numpy(), dtype="datetime64[D]"))
    if pa.types.is_timestamp(kind):
        seconds = column.cast(pa.timestamp("s", tz=kind.tz), safe=False).cast(pa.int64())
        is_null = seconds.is_null().to_numpy()
        local = seconds.fill_null(0).to_numpy() + (IST_SECONDS if kind.tz else 0)
        result = np.floor_divide(local, DAY_SECONDS).astype("datetime64[D]")
        result[is_null] = NAT
        return _told(result)
    coded = texts(column)
    n = len(coded.values)
    days = np.full(n + 1, NAT, dtype="datetime64[D]")
    wrong, ambiguous = np.zeros(n + 1, dtype=bool), np.zeros(n + 1, dtype=bool)
    for index, value in enumerate(coded.values):
        found = set() if value == "" else readings(value, formats)
        wrong[index] = value != "" and not found
        ambiguous[index] = len(found) > 1
        if len(found) == 1:
            days[index] = np.datetime64(found.pop(), "D")
    return DayColumn(days[coded.codes], wrong[coded.codes], ambiguous[coded.codes])


def readings(text: str, formats: Sequence[str]) -> set[date]:
    """Return the days that a text means in the forms told: none, one, or several."""
    found = set()
    for form in formats or (ISO,):
        try:
            found.add(_day(text, form))
        except (ValueError, OverflowError):
            continue
    return found


def lacks_year(text: str) -> bool:
    """Return whether a text tells day and month and no year."""
    return _NO_YEAR.fullmatch(text.strip()) is not None


def read_moments(column: pa.ChunkedArray, formats: Sequence[str]) -> tuple[Moments, Bools]:
    """Return moments in UTC (`datetime64[s]`), and where a cell isn't one; IST without offset.

    A text that two forms read differently isn't one.
    """

    def turn(value: str) -> np.datetime64:
        found = {moment for form in formats or (ISO,) for moment in _moments(value, form)}
        if len(found) != 1:
            raise ValueError(value)
        return np.datetime64(found.pop().astimezone(UTC).replace(tzinfo=None), "s")

    return turned(column, turn, np.datetime64("NaT", "s"), "datetime64[s]")


def _told(days: Days) -> DayColumn:
    nowhere = np.zeros(len(days), dtype=bool)
    return DayColumn(days, nowhere, nowhere)


def _day(text: str, form: str) -> date:
    if form and not _MOMENT.match(text):
        return datetime.strptime(text, form).date()
    if len(text) == len("2020-05-18"):
        return date.fromisoformat(text)
    at = datetime.fromisoformat(text)
    return at.astimezone(IST).date() if at.tzinfo else at.date()


def _moments(text: str, form: str) -> list[datetime]:
    try:
        is_iso = not form or _MOMENT.match(text)
        at = datetime.fromisoformat(text) if is_iso else datetime.strptime(text, form)
    except ValueError:
        return []
    return [at if at.tzinfo else at.replace(tzinfo=IST)]
