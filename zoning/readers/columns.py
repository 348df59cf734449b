"""Cells to numbers, truths and codes; what can't be turned is found, never guessed.

Files repeat themselves: two million rows hold a few hundred different dates. So
text is turned once for each distinct value and then spread over the rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from zoning.model import Bools, Coded, Floats, Ints, Texts

TRUTHS = {"true": True, "1": True, "yes": True, "y": True, "t": True}
FALSEHOODS = {"false": False, "0": False, "no": False, "n": False, "f": False}

# Digits grouped as in 1,00,000 or 100,000.
_GROUPED = re.compile(r"\d{1,3}(,\d{2,3})*,\d{3}")


def texts(column: pa.ChunkedArray) -> Coded:
    """Return a column as codes; whole numbers lose a trailing `.0`."""
    if pa.types.is_null(column.type):
        column = column.cast(pa.string())
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    encoded = encoded.unify_dictionaries().combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0)
    if len(encoded.dictionary) > len(encoded):
        # A part of a file may carry the words of the whole.
        encoded = encoded.cast(encoded.type.value_type).dictionary_encode()
    positions = encoded.indices.to_numpy(zero_copy_only=False)
    codes = np.where(np.isnan(positions), -1, positions).astype(np.int32)
    values = _words(encoded.dictionary)
    empty = np.append(values == "", True)
    codes[empty[codes]] = -1
    return Coded(codes, values)


def plain(cells: pa.Array | pa.ChunkedArray) -> list[Any]:
    """Return cells as values of Python; moments that its calendar can't hold, in Arrow's words."""
    try:
        values: list[Any] = cells.to_pylist()
    except UnicodeDecodeError:
        values = [None if cell is None else _decoded(cell) for cell in _bytes(cells).to_pylist()]
    except (OverflowError, ValueError, KeyError):
        values = cells.cast(pa.string()).to_pylist()
    return values


def _bytes(cells: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Return texts as the bytes they are; a Parquet file may hold some that are no text."""
    return cells.cast(pa.large_binary() if pa.types.is_large_string(cells.type) else pa.binary())


def _decoded(cell: bytes) -> str:
    r"""Return bytes as text; what is no text, and the zero that no database takes, as `\xNN`."""
    return cell.decode("utf-8", errors="backslashreplace").replace("\0", "\\x00")


def _words(cells: pa.Array) -> Texts:
    """Return distinct cells as texts; two million case numbers take no loop."""
    is_text = pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type)
    if is_text:
        try:
            cells.validate(full=True)
        except pa.ArrowInvalid:
            cells, is_text = _bytes(cells), False
    if not is_text:
        raw = [_text(value) for value in plain(cells)]
        return np.array(raw, dtype=object) if raw else np.empty(0, dtype=object)
    import pyarrow.compute as pc

    stripped = pc.fill_null(pc.utf8_trim_whitespace(cells), "")
    if pc.any(pc.match_substring(stripped, "\0")).as_py():
        # No text of a person, and no database of PostgreSQL, holds it.
        stripped = pc.replace_substring(stripped, "\0", "\\x00")
    whole = pc.replace_substring_regex(stripped, r"^([0-9]+)\.0+$", r"\1")
    words = np.array(whole.to_numpy(zero_copy_only=False), dtype=object)
    for at in np.flatnonzero(~pc.string_is_ascii(stripped).to_numpy(zero_copy_only=False)):
        words[at] = _text(words[at])
    return words


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


def floats(column: pa.ChunkedArray) -> tuple[Floats, Bools]:
    """Return numbers, NaN where empty, and where a cell holds something that is no number."""
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        plain = column.to_numpy().astype(np.float64)
        wrong = np.isinf(plain)
        return np.where(wrong, np.nan, plain), wrong

    plain = _cast(column)
    if plain is not None:
        return plain, np.zeros(len(plain), dtype=bool)

    def turn(value: str) -> float:
        if "_" in value:
            raise ValueError(value)
        number = float(value.replace(",", "") if value.count(",") and "." in value else value)
        if not np.isfinite(number):
            raise ValueError(value)
        return number

    return turned(column, turn, np.nan, np.float64)


def _cast(column: pa.ChunkedArray) -> Floats | None:
    """Return texts as numbers in one go where all of them are plain ones; else nothing."""
    if not pa.types.is_string(column.type):
        return None
    try:
        numbers = column.cast(pa.float64())
    except pa.ArrowInvalid:
        return None
    plain = numbers.to_numpy().astype(np.float64)
    is_finite = np.isfinite(plain) | numbers.is_null().to_numpy()
    return plain if is_finite.all() else None


def counts(column: pa.ChunkedArray) -> tuple[Floats, Bools]:
    """Return numbers as `floats` does; groups of digits, as in 1,00,000, are read too."""
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        return floats(column)
    coded = texts(column)
    grouped = {v: v.replace(",", "") for v in coded.values if _GROUPED.fullmatch(v)}
    if not grouped:
        return floats(column)
    values = np.append(replaced(coded, grouped).values, np.array([None], dtype=object))
    return floats(pa.chunked_array([pa.array(values[coded.codes], pa.string())]))


def truths(column: pa.ChunkedArray) -> tuple[Bools, Bools]:
    """Return yes/no cells, no where empty, and where a cell is neither."""

    def turn(value: str) -> bool:
        return (TRUTHS | FALSEHOODS)[value.lower()]

    return turned(column, turn, False, bool)


def whole(numbers: Floats, missing: int, least: float = 0) -> tuple[Ints, Bools]:
    """Return whole numbers, and where a number isn't whole or is below the least allowed."""
    empty = np.isnan(numbers)
    safe = np.where(empty, missing, numbers)
    wrong = (safe != np.floor(safe)) | (safe < least) | (np.abs(safe) > 2**53)
    return np.where(wrong, missing, safe).astype(np.int64), wrong


def turned(
    column: pa.ChunkedArray, turn: Callable[[str], Any], missing: Any, dtype: Any
) -> tuple[npt.NDArray[Any], Bools]:
    """Return cells turned one by one, each distinct text once, and where that fails."""
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


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        if np.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, bytes):
        return _decoded(value).strip()
    if isinstance(value, str | Decimal):
        stripped = str(value).strip().replace("\0", "\\x00")
        if not stripped.isascii() and stripped.isdecimal():
            # A number in another script, such as ২৩, is the same number.
            return "".join(str(unicodedata.decimal(digit)) for digit in stripped)
        whole_part, point, zeros = stripped.partition(".")
        is_padded = point and whole_part.isdigit() and zeros and not zeros.strip("0")
        return whole_part if is_padded else stripped
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value)
