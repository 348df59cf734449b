"""The rows of any kind of file as they stand in it, with their numbers and without their shapes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from zoning.model import Ints
from zoning.readers import columns
from zoning.readers.fields import form_of
from zoning.readers.mapping import Mapping
from zoning.readers.preview import COLUMNS
from zoning.readers.sheets import Sheet
from zoning.readers.tables import read_sheets
from zoning.readers.vector import open_shapes

HOLDS_SHAPES = ("units", "booths")
"""Sections of a mapping file whose files may be map files."""


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
        yield open_shapes(file, mapping, section).sheet
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
