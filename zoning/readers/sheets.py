"""Parts of a table, and what has to be told before one can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from zoning.model import Finding, Ints


@dataclass(frozen=True)
class FileForm:
    """What has to be known of a file before its cells can be read.

    Attributes
    ----------
    encoding : str
        Of its text; empty for UTF-8, or for what a mark at its begin says.
    layer : str
        Sheet of a workbook; empty for the first that names columns.
    known : frozenset[str]
        Names of columns, case folded, by which the line that names them is recognised.
    """

    encoding: str = ""
    layer: str = ""
    known: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """Part of a table.

    Attributes
    ----------
    first_row : int
        Data row of the first line, from 1.
    table : pa.Table
        The cells.
    findings : tuple[Finding, ...]
        Lines that are no rows, such as one cut short: where such a finding rejects, the row is in
        `read` and not in `table`. Row 0 speaks of the file.
    rows : Ints or None
        Row numbers where they don't follow one another.
    """

    first_row: int
    table: pa.Table
    findings: tuple[Finding, ...] = ()
    rows: Ints | None = None


def joined(sheets: Iterable[Sheet]) -> Sheet:
    """Return the parts of a table as one; there is at least one part."""
    parts = list(sheets)
    numbers = [
        np.arange(part.first_row, part.first_row + part.table.num_rows, dtype=np.int64)
        if part.rows is None
        else part.rows
        for part in parts
    ]
    return Sheet(
        parts[0].first_row,
        pa.concat_tables([part.table for part in parts]),
        tuple(finding for part in parts for finding in part.findings),
        None if all(part.rows is None for part in parts) else np.concatenate(numbers),
    )


def one_line(text: str) -> str:
    """Return a text on one line: lines and spaces in a row become one space, outer ones none."""
    return " ".join(text.split())


def named_apart(names: list[str]) -> list[str]:
    """Return column names on one line each; those that repeat are numbered: `Name [2]`."""
    plain = [one_line(name) for name in names]
    seen: dict[str, int] = {}
    apart = []
    for name in plain:
        seen[name] = seen.get(name, 0) + 1
        is_repeated = name != "" and plain.count(name) > 1
        apart.append(f"{name} [{seen[name]}]" if is_repeated else name)
    return apart
