"""Cells to dates, numbers, truths and codes; what can't be turned is found, never guessed.

Files repeat themselves: two million rows hold a few hundred different dates. So
text is turned once for each distinct value and then spread over the rows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from zoning.clock import IST
from zoning.model import Bools, Coded, Days, Floats, Ints, Texts

TRUTHS = {"true": True, "1": True, "yes": True, "y": True, "t": True}
FALSEHOODS = {"false": False, "0": False, "no": False, "n": False, "f": False}

Moments = npt.NDArray[np.datetime64]

NAT = np.datetime64("NaT", "D")
IST_SECONDS = int(datetime(2020, 1, 1, tzinfo=IST).utcoffset().total_seconds())  # type: ignore[union-attr]
DAY_SECONDS = 86_400


def texts(column: pa.ChunkedArray) -> Coded:
    """Return a column as codes; whole numbers lose a trailing `.0`."""
    if pa.types.is_null(column.type):
        column = column.cast(pa.string())
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    encoded = encoded.unify_dictionaries().combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0)
    positions = encoded.indices.to_numpy(zero_copy_only=False)
    codes = np.where(np.isnan(positions), -1, positions).astype(np.int32)
    raw = [_text(value) for value in encoded.dictionary.to_pylist()]
    values = np.array(raw, dtype=object) if raw else np.empty(0, dtype=object)
    empty = np.array([value == "" for value in raw] + [True], dtype=bool)
    codes[empty[codes]] = -1
    return Coded(codes, values)


def replaced(coded: Coded, values: dict[str, str]) -> Coded:
    """Return a coded column with the mapped texts put in place."""
    if not values:
        return coded
    mapped = np.array([values.get(value, value) for value in coded.values], dtype=object)
    empty = np.array([value == "" for value in mapped] + [True], dtype=bool)
    codes = coded.codes.copy()
    codes[empty[codes]] = -1
    return Coded(codes, mapped)


def spread(coded: Coded, empty: str = "") -> Texts:
    """Return a coded column as texts, shape (n,)."""
    return np.append(coded.values, np.array([empty], dtype=object))[coded.codes]


def days(column: pa.ChunkedArray, date_format: str) -> tuple[Days, Bools]:
    """Return days and where a cell holds something that is no day.

    A moment with an offset is taken as the day in India.

    Parameters
    ----------
    column : pa.ChunkedArray
        Dates, timestamps or text.
    date_format : str
        `strptime` format of text; empty for ISO 8601.
    """
    kind = column.type
    if pa.types.is_date32(kind):
        result = np.asarray(column.to_numpy(), dtype="datetime64[D]")
        return result, np.zeros(len(result), dtype=bool)

    if pa.types.is_timestamp(kind):
        seconds = column.cast(pa.timestamp("s", tz=kind.tz), safe=False).cast(pa.int64())
        is_null = seconds.is_null().to_numpy()
        local = seconds.fill_null(0).to_numpy() + (IST_SECONDS if kind.tz else 0)
        result = np.floor_divide(local, DAY_SECONDS).astype("datetime64[D]")
        result[is_null] = NAT
        return result, np.zeros(len(result), dtype=bool)

    def turn(value: str) -> np.datetime64:
        return np.datetime64(_day(value, date_format), "D")

    return _turned(column, turn, NAT, "datetime64[D]")


def floats(column: pa.ChunkedArray) -> tuple[Floats, Bools]:
    """Return numbers, NaN where empty, and where a cell holds something that is no number."""
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        plain = column.to_numpy().astype(np.float64)
        wrong = np.isinf(plain)
        return np.where(wrong, np.nan, plain), wrong

    def turn(value: str) -> float:
        if "_" in value:
            raise ValueError(value)
        number = float(value.replace(",", "") if value.count(",") and "." in value else value)
        if not np.isfinite(number):
            raise ValueError(value)
        return number

    return _turned(column, turn, np.nan, np.float64)


def truths(column: pa.ChunkedArray) -> tuple[Bools, Bools]:
    """Return yes/no cells, no where empty, and where a cell is neither."""

    def turn(value: str) -> bool:
        return (TRUTHS | FALSEHOODS)[value.lower()]

    return _turned(column, turn, False, bool)


def moments(column: pa.ChunkedArray, date_format: str) -> tuple[Moments, Bools]:
    """Return moments in UTC (`datetime64[s]`); one without offset is taken as IST."""

    def turn(value: str) -> np.datetime64:
        at = datetime.strptime(value, date_format) if date_format else datetime.fromisoformat(value)
        at = at if at.tzinfo else at.replace(tzinfo=IST)
        return np.datetime64(at.astimezone(UTC).replace(tzinfo=None), "s")

    return _turned(column, turn, np.datetime64("NaT", "s"), "datetime64[s]")


def whole(numbers: Floats, missing: int) -> tuple[Ints, Bools]:
    """Return whole numbers, and where a number isn't whole or is below 0."""
    empty = np.isnan(numbers)
    safe = np.where(empty, missing, numbers)
    wrong = (safe != np.floor(safe)) | (safe < 0) | (safe > 2**53)
    return np.where(wrong, missing, safe).astype(np.int64), wrong


def _turned(
    column: pa.ChunkedArray, turn: Callable[[str], Any], missing: Any, dtype: Any
) -> tuple[npt.NDArray[Any], Bools]:
    coded = texts(column)
    results = np.full(len(coded.values) + 1, missing, dtype=dtype)
    wrong = np.zeros(len(coded.values) + 1, dtype=bool)
    for index, value in enumerate(coded.values):
        if value == "":
            continue
        try:
            results[index] = turn(value)
        except (ValueError, KeyError, OverflowError):
            wrong[index] = True
    return results[coded.codes], wrong[coded.codes]


def _day(value: str, date_format: str) -> date:
    # A date cell of a workbook reads as a moment, in whatever form the texts beside it are.
    if date_format and "T" not in value:
        return datetime.strptime(value, date_format).date()
    if len(value) == len("2020-05-18"):
        return date.fromisoformat(value)
    at = datetime.fromisoformat(value)
    return at.astimezone(IST).date() if at.tzinfo else at.date()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        if np.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace").strip()
    if isinstance(value, str | Decimal):
        stripped = str(value).strip()
        whole_part, point, zeros = stripped.partition(".")
        is_padded = point and whole_part.isdigit() and zeros and not zeros.strip("0")
        return whole_part if is_padded else stripped
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value)
