"""Rows that are no facts: blank ones, a header in the middle, sums; and cells that are no text.

A blank row is none and isn't counted. The others are rejected with a reason: a
sum taken for a case would count every case twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zoning.i18n.catalogue import tr
from zoning.model import Bools, Finding, Ints
from zoning.readers.sheets import one_line
from zoning.readers.sum_words import means_sum

_NO_TEXT = r"\\x[0-9a-f]{2}"
# A number or a day, also one with the name of its month.
_FIGURE = re.compile(
    r"[\W\d_]*|\d{1,2}\W*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\W*\d{2,4}.*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Suspicions:
    """What a look at the bytes of a file leaves possible; all of it for a workbook."""

    blanks: bool = True
    headers: bool = True
    sums: bool = True
    no_text: bool = True


@dataclass(frozen=True)
class Strays:
    """What was found among the rows of a table.

    Attributes
    ----------
    keep : Bools
        Rows that are facts, shape (n,).
    n_blank : int
        Blank rows among the others.
    findings : tuple[Finding, ...]
        One for each row that isn't kept and isn't blank, and for each that holds bytes that are
        no text.
    """

    keep: Bools
    n_blank: int
    findings: tuple[Finding, ...]


def find_strays(table: pa.Table, rows: Ints, suspicions: Suspicions) -> Strays:
    """Return which rows of a table of texts are facts.

    Parameters
    ----------
    table : pa.Table
        All columns of the file, named apart.
    rows : Ints
        Their row numbers, shape (n,).
    suspicions : Suspicions
        What is worth looking for.
    """
    nowhere = np.zeros(table.num_rows, dtype=bool)
    if not table.num_rows:
        return Strays(nowhere, 0, ())
    blank = _blank(table) if suspicions.blanks else nowhere
    header = _header(table) & ~blank if suspicions.headers else nowhere
    sums = _sums(table) & ~header if suspicions.sums else nowhere
    findings = [
        Finding(
            row=int(row),
            code="row_header",
            message=tr("the row repeats the names of the columns; take it away"),
            rejects=True,
        )
        for row in rows[header]
    ]
    findings += [
        Finding(
            row=int(rows[i]),
            code="row_sum",
            message=tr(
                "the row is a sum ({text}) and not a fact of its own; it isn't counted",
                text=_first_text(table, int(i)),
            ),
            rejects=True,
        )
        for i in np.flatnonzero(sums)
    ]
    if suspicions.no_text:
        findings += _no_text(table, rows, ~(blank | header | sums))
    return Strays(~(blank | header | sums), int(blank.sum()), tuple(findings))


def _blank(table: pa.Table) -> Bools:
    blank = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        if not blank.any():
            break
        blank &= column.is_null().to_numpy()
    return blank


def _header(table: pa.Table) -> Bools:
    alike = np.zeros(table.num_rows, dtype=np.int64)
    filled = np.zeros(table.num_rows, dtype=np.int64)
    for name, column in zip(table.column_names, table.columns, strict=True):
        plain = re.sub(r" \[\d+\]$", "", name)
        same = pc.equal(pc.utf8_trim_whitespace(column), plain) if plain else None
        if same is not None:
            alike += same.fill_null(False).to_numpy()
        filled += column.is_valid().to_numpy()
    return np.asarray((alike * 2 > filled) & (alike >= min(2, table.num_columns)))


def _sums(table: pa.Table) -> Bools:
    """Return rows whose first text, figures and days passed over, means a sum."""
    result = np.zeros(table.num_rows, dtype=bool)
    suspect = result.copy()
    encoded = [_encoded(column) for column in table.columns]
    for codes, values in encoded:
        suspect |= np.array([*map(means_sum, values), False], dtype=bool)[codes]
    open_ = np.flatnonzero(suspect)
    for codes, values in encoded:
        if not len(open_):
            break
        is_text = np.array([not _FIGURE.fullmatch(v) for v in values] + [False], dtype=bool)
        is_sum = np.array([*map(means_sum, values), False], dtype=bool)
        own = codes[open_]
        result[open_[is_sum[own]]] = True
        open_ = open_[~is_text[own]]
    return result


def _encoded(column: pa.ChunkedArray) -> tuple[Any, list[str]]:
    coded = column.combine_chunks().dictionary_encode()
    codes = coded.indices.fill_null(len(coded.dictionary)).to_numpy(zero_copy_only=False)
    return codes, coded.dictionary.to_pylist()


def _first_text(table: pa.Table, index: int) -> str:
    cells = (column[index].as_py() for column in table.columns)
    return one_line(next((cell for cell in cells if cell and means_sum(cell)), ""))[:60]


def _no_text(table: pa.Table, rows: Ints, among: Bools) -> list[Finding]:
    found: dict[int, Finding] = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        where = pc.match_substring_regex(column, _NO_TEXT).fill_null(False).to_numpy()
        for i in np.flatnonzero(where & among):
            found.setdefault(
                int(rows[i]),
                Finding(
                    row=int(rows[i]),
                    code="not_text",
                    message=tr(
                        "{column} holds bytes that aren't text in UTF-8, shown as {value}; say the "
                        "encoding of the file in [kind.file] encoding of a mapping file",
                        column=name or tr("a column without name"),
                        value=_around_mark(column[int(i)].as_py()),
                    ),
                ),
            )
    return list(found.values())


def _around_mark(text: str) -> str:
    at = re.search(_NO_TEXT, text)
    begin = max(at.start() - 30, 0) if at else 0
    return one_line(text[begin : begin + 60])
