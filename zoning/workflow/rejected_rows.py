"""The refused rows of a file, read again from it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import pyarrow as pa

from zoning.model import Ints, RowAccount
from zoning.readers import columns
from zoning.readers.mapping import Mapping
from zoning.readers.sheets import Sheet
from zoning.workflow.file_rows import file_sheets, row_numbers
from zoning.writers.rejected_rows import rejected_csv


def rejected_rows(file: Path, mapping: Mapping, section: str, account: RowAccount) -> bytes:
    """Return the refused rows of a file as CSV, each with the reason.

    A line that isn't a row, such as one cut short, is in it by number and reason alone;
    of a map file the attributes are, not the shapes.

    Parameters
    ----------
    file : Path
        The file.
    mapping : Mapping
        How it was read.
    section : str
        Section of a mapping file that speaks of this kind of file.
    account : RowAccount
        What became of its rows.
    """
    why: dict[int, list[str]] = defaultdict(list)
    for finding in account.findings:
        if finding.rejects:
            why[finding.row].append(finding.message)
    reasons = {row: "; ".join(dict.fromkeys(messages)) for row, messages in why.items()}
    asked = np.array(sorted(reasons), dtype=np.int64)
    names: list[str] = []
    rows: dict[int, dict[str, str]] = {row: {} for row in reasons}
    for sheet in file_sheets(file, mapping, section):
        names = names or _plain_columns(sheet.table)
        rows |= _cells(sheet, names, asked)
    return rejected_csv(names, sorted(rows.items()), reasons)


def _plain_columns(table: pa.Table) -> list[str]:
    """Return the columns that a CSV can hold: no shapes and no lists."""
    return [
        field.name
        for field in table.schema
        if not (pa.types.is_nested(field.type) or pa.types.is_binary(field.type))
    ]


def _cells(sheet: Sheet, names: list[str], asked: Ints) -> dict[int, dict[str, str]]:
    row = row_numbers(sheet)
    at = np.flatnonzero(np.isin(row, asked))
    table = sheet.table.take(at)
    texts = {name: columns.spread(columns.texts(table.column(name))) for name in names}
    return {
        int(number): {name: str(column[i]) for name, column in texts.items()}
        for i, number in enumerate(row[at])
    }
