"""The rows of any kind of file as they stand in it, with their numbers and without their shapes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from zoning.model import Ints
from zoning.readers import columns, isolation, standing_orders
from zoning.readers.fields import form_of
from zoning.readers.mapping import Mapping
from zoning.readers.preview import COLUMNS
from zoning.readers.shape_file import ShapeFile
from zoning.readers.sheets import Sheet
from zoning.readers.tables import read_sheets
from zoning.readers.vector import PARQUET, TABLES, open_shapes

HOLDS_SHAPES: dict[str, tuple[str, ...]] = {
    "units": (),
    "booths": (),
    "orders": standing_orders.COLUMNS,
    "isolation": isolation.COLUMNS,
}
"""Sections of a mapping file whose files may be map files, and names that show their header."""


def may_draw(file: Path, section: str) -> bool:
    """Return whether a file may draw its places: a table without shapes has no system."""
    suffixes = [suffix.lower() for suffix in file.suffixes if suffix.lower() != ".gz"]
    is_table = bool(suffixes) and suffixes[-1] in TABLES and suffixes[-1] not in PARQUET
    return section in HOLDS_SHAPES and not is_table


def open_rows(file: Path, mapping: Mapping, section: str) -> ShapeFile:
    """Return what a file of a section in `HOLDS_SHAPES` holds, as its reader opens it."""
    return open_shapes(file, mapping, section, HOLDS_SHAPES[section])


def file_sheets(
    file: Path, mapping: Mapping, section: str, names: list[str] | None = None
) -> Iterator[Sheet]:
    """Yield the parts of a file, with only the columns asked for where that is quicker.

    Parameters
    ----------
    file : Path
        The file.
    mapping : Mapping
        How it is read.
    section : str
        Section of a mapping file that speaks of this kind of file.
    names : list of str, optional
        Columns of the file; all of them if None.
    """
    if section in HOLDS_SHAPES:
        yield open_rows(file, mapping, section).sheet
    else:
        yield from read_sheets(file, names, form_of(mapping, COLUMNS[section]))


def row_numbers(sheet: Sheet) -> Ints:
    """Return the number of each row of a part of a table, shape (n,)."""
    if sheet.rows is not None:
        return np.asarray(sheet.rows)
    return np.arange(sheet.first_row, sheet.first_row + sheet.table.num_rows)


def words_of(file: Path, mapping: Mapping, section: str, name: str) -> dict[str, int]:
    """Return the different texts of a column and how often each stands in it."""
    times: dict[str, int] = {}
    for sheet in file_sheets(file, mapping, section, [name]):
        coded = columns.texts(sheet.table.column(name))
        counts = np.bincount(coded.codes[coded.codes >= 0], minlength=len(coded.values))
        for word, n in zip(coded.values, counts.tolist(), strict=True):
            if n:
                times[str(word)] = times.get(str(word), 0) + n
    return times
