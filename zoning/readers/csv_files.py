"""CSV in any encoding and with any of the usual delimiters, as parts of a table.

The file is read twice. The first time only its bytes are looked at: whether they
are text, and what else than facts may stand in it. Where nothing may, which is the
rule, the second reading is Arrow's alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from zoning.i18n.catalogue import tr, tr_n
from zoning.model import Finding, Ints
from zoning.readers.csv_head import CsvHead, look_for_strays, read_head
from zoning.readers.decoding import UTF_8, TextStream, byte_stream
from zoning.readers.sheets import FileForm, Sheet
from zoning.readers.strays import Suspicions, find_strays

BATCH_BYTES = 16 * 1024 * 1024
NONE = Suspicions(blanks=False, headers=False, sums=False, no_text=False)


def read_csv(path: Path, columns: list[str] | None, form: FileForm | None) -> Iterator[Sheet]:
    """Yield a CSV in parts, every cell as text.

    Parameters
    ----------
    path : Path
        File, plain or packed by gzip.
    columns : list of str or None
        Which columns, by name; None for all.
    form : FileForm or None
        What was told of the file; None for a reader that takes no account of stray rows, which
        then stay in.

    Raises
    ------
    InputError
        If it can't be read as a table.
    """
    head = read_head(path, form or FileForm())
    suspicions = look_for_strays(path, head)
    if form is None:
        suspicions = replace(NONE, no_text=suspicions.no_text)
    reading = _Reading(path, head, columns, suspicions)
    # What is known only at the end goes with the last part, so each part waits for the next.
    waiting: Sheet | None = None
    findings = head.findings
    n_blank = 0
    for sheet, blank in reading.parts() if head.has_rows else ():
        n_blank += blank
        if waiting is not None:
            yield waiting
        waiting = replace(sheet, findings=findings + sheet.findings)
        findings = ()
    last = waiting or Sheet(1, reading.nothing(), findings)
    at_end = (*reading.left_over(), *([blank_rows(n_blank)] if n_blank else ()))
    yield replace(last, findings=last.findings + at_end)


def blank_rows(n: int) -> Finding:
    """Return the finding that a file holds blank rows."""
    return Finding(
        row=0,
        code="rows_blank",
        message=tr_n(
            "{n} row is blank and isn't counted", "{n} rows are blank and aren't counted", n
        ),
    )


class _Reading:
    """One pass of Arrow over a CSV, in which lines cut short are set aside."""

    def __init__(
        self, path: Path, head: CsvHead, columns: list[str] | None, suspicions: Suspicions
    ) -> None:
        self.path = path
        self.head = head
        self.suspicions = suspicions
        self.wanted = [
            i for i, name in enumerate(head.names) if name and (columns is None or name in columns)
        ]
        self._broken: list[Finding] = []

    def parts(self) -> Iterator[tuple[Sheet, int]]:
        """Yield the parts, each with the number of blank rows left out."""
        import pyarrow.csv as pv

        names = [str(i) for i in range(len(self.head.names))]
        is_clean = self.suspicions == NONE
        reader = pv.open_csv(
            self._source(),
            # One thread: only then are the numbers of refused rows known.
            read_options=pv.ReadOptions(
                use_threads=False,
                column_names=names,
                skip_rows=self.head.lines,
                block_size=BATCH_BYTES,
            ),
            parse_options=pv.ParseOptions(
                delimiter=self.head.delimiter,
                newlines_in_values=True,
                invalid_row_handler=self._set_aside,
            ),
            convert_options=pv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                include_columns=[names[i] for i in self.wanted] if is_clean else names,
                strings_can_be_null=True,
                null_values=[""],
                quoted_strings_can_be_null=True,
            ),
        )
        begin = 1
        for batch in reader:
            broken, rows = self._numbered(begin, batch.num_rows)
            begin = int(rows[-1]) + 1 if len(rows) else begin
            table = pa.Table.from_batches([batch])
            yield self._clean(table, rows, broken) if is_clean else self._sift(table, rows, broken)

    def left_over(self) -> tuple[Finding, ...]:
        """Return the lines cut short behind the last part."""
        return tuple(self._broken)

    def nothing(self) -> pa.Table:
        """Return the table without rows."""
        return pa.table({self.head.names[i]: pa.array([], pa.string()) for i in self.wanted})

    def _source(self) -> Any:
        if self.head.encoding == UTF_8 and not self.suspicions.no_text:
            return byte_stream(self.path)
        return pa.PythonFile(TextStream(self.path, self.head.encoding), mode="r")

    def _set_aside(self, row: Any) -> str:
        self._broken.append(
            Finding(
                row=row.number - self.head.lines,
                code="row_width",
                message=tr(
                    "the line has {actual} cells where the header has {expected}; "
                    "complete it or quote its commas",
                    actual=row.actual_columns,
                    expected=row.expected_columns,
                ),
                rejects=True,
            )
        )
        return "skip"

    def _numbered(self, begin: int, n: int) -> tuple[tuple[Finding, ...], Ints]:
        """Return the lines set aside before the end of a part, and the numbers of its rows."""
        broken = np.array([finding.row for finding in self._broken], dtype=np.int64)
        numbers = np.arange(begin, begin + n + len(broken), dtype=np.int64)
        rows = numbers[~np.isin(numbers, broken)][:n] if len(broken) else numbers
        last = int(rows[-1]) if n else begin
        here = tuple(finding for finding in self._broken if finding.row <= last)
        self._broken = [finding for finding in self._broken if finding.row > last]
        return here, rows

    def _clean(self, table: pa.Table, rows: Ints, broken: tuple[Finding, ...]) -> tuple[Sheet, int]:
        return Sheet(*_begin(rows), self._named(table), broken, _unless_gapless(rows)), 0

    def _sift(self, table: pa.Table, rows: Ints, broken: tuple[Finding, ...]) -> tuple[Sheet, int]:
        strays = find_strays(table.rename_columns(list(self.head.names)), rows, self.suspicions)
        kept = table.select(self.wanted)
        if not strays.keep.all():
            kept, rows = kept.filter(pa.array(strays.keep)), rows[strays.keep]
        findings = broken + strays.findings
        sheet = Sheet(*_begin(rows), self._named(kept), findings, _unless_gapless(rows))
        return sheet, strays.n_blank

    def _named(self, table: pa.Table) -> pa.Table:
        return table.rename_columns([self.head.names[i] for i in self.wanted])


def _begin(rows: Ints) -> tuple[int]:
    return (int(rows[0]) if len(rows) else 1,)


def _unless_gapless(rows: Ints) -> Ints | None:
    return None if len(rows) == 0 or int(rows[-1]) - int(rows[0]) + 1 == len(rows) else rows
