"""A sheet of a workbook (XLSX) as parts of a table, every cell as text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Finding
from zoning.readers.csv_files import blank_rows
from zoning.readers.headers import Header, find_header
from zoning.readers.limits import load_limits
from zoning.readers.sheets import FileForm, Sheet
from zoning.readers.strays import Suspicions, find_strays

BATCH_ROWS = 65_536
HEAD_LINES = 200
SHARED_TEXTS = "xl/sharedStrings.xml"
BY_ROWS = Suspicions(blanks=False, no_text=False)

Line = tuple[Any, ...]


@dataclass(frozen=True)
class _Layer:
    """A sheet that was begun: its header, its first lines, the lines behind them."""

    title: str
    header: Header
    head: list[Line]
    lines: Iterator[Line]
    findings: tuple[Finding, ...]


def workbook_names(path: Path, form: FileForm) -> list[str]:
    """Return the column names of a workbook's sheet.

    Raises
    ------
    InputError
        If it has no such sheet, or none that names columns.
    """
    with closing(_open(path)) as book:
        return [name for name in _choose(path, book, form).header.names if name]


def read_workbook(path: Path, columns: list[str] | None, form: FileForm | None) -> Iterator[Sheet]:
    """Yield a sheet of a workbook in parts; blank rows aren't counted.

    Parameters
    ----------
    path : Path
        XLSX.
    columns : list of str or None
        Which columns, by name; None for all.
    form : FileForm or None
        What was told of the file; None for a reader that takes no account of stray rows, which
        then stay in.

    Raises
    ------
    InputError
        If it has no such sheet, or none that names columns, or unpacks to more than a table holds.
    """
    with closing(_open(path)) as book:
        layer = _choose(path, book, form or FileForm())
        header = layer.header
        wanted = [name for name in header.names if name and (columns is None or name in columns)]
        lines = enumerate(chain(layer.head[header.index + 1 :], layer.lines), start=1)
        nothing = pa.table({name: pa.array([], pa.string()) for name in wanted})
        # What is known only at the end goes with the last part, so each part waits for the next.
        waiting: Sheet | None = None
        findings = layer.findings
        n_blank = 0
        while batch := list(islice(lines, BATCH_ROWS)):
            texts = [[_cell_text(cell) for cell in line] for _, line in batch]
            for (row, _), cells in zip(batch, texts, strict=True):
                _refuse_giant(path, row, cells)
            filled = [i for i, cells in enumerate(texts) if any(cells)]
            n_blank += len(batch) - len(filled)
            if not filled:
                continue
            rows = np.array([batch[i][0] for i in filled], dtype=np.int64)
            table = _table([texts[i] for i in filled], header)
            if form is not None:
                strays = find_strays(table, rows, BY_ROWS)
                table, rows = table.filter(pa.array(strays.keep)), rows[strays.keep]
                findings += strays.findings
            if waiting is not None:
                yield waiting
            waiting = Sheet(1, table.select(wanted), findings, rows)
            findings = ()
        last = waiting or Sheet(1, nothing, findings)
        at_end = (blank_rows(n_blank),) if n_blank else ()
        yield replace(last, findings=last.findings + at_end)


def _open(path: Path) -> Any:
    from openpyxl import load_workbook

    limits = load_limits()
    with zipfile.ZipFile(path) as archive:
        parts = {part.filename: part.file_size for part in archive.infolist()}
    # Python unpacks no more of a part than it declares, so what is declared can be trusted.
    is_too_large = sum(parts.values()) > limits.workbook_bytes
    if is_too_large or parts.get(SHARED_TEXTS, 0) > limits.shared_texts_bytes:
        raise InputError(
            tr(
                "{file} unpacks to {n} MB, more than a table may hold; save it as CSV in UTF-8.",
                file=path,
                n=sum(parts.values()) // 1_000_000,
            )
        )
    return load_workbook(path, read_only=True, data_only=True)


def _choose(path: Path, book: Any, form: FileForm) -> _Layer:
    """Return the sheet told, else the first with a column we know, else the first with columns."""
    titles = [sheet.title for sheet in book.worksheets]
    if form.layer:
        chosen = [s for s in book.worksheets if s.title.strip() == form.layer.strip()]
        if not chosen:
            raise InputError(
                tr(
                    "{file} has no sheet {layer}; its sheets are {names}. Correct "
                    "[kind.file] layer in the mapping file.",
                    file=path,
                    layer=form.layer,
                    names=", ".join(titles),
                )
            )
        return _begun(path, chosen[0], form)
    seen = [s for s in book.worksheets if s.sheet_state == "visible"] or book.worksheets
    begun: list[_Layer] = []
    refusal: InputError | None = None
    for sheet in seen:
        try:
            begun.append(_begun(path, sheet, form))
        except InputError as fault:
            refusal = refusal or fault
            continue
        if form.known & {name.casefold() for name in begun[-1].header.names}:
            break
    if not begun:
        raise refusal or InputError(tr("{file} has no header line naming its columns.", file=path))
    is_known = bool(form.known & {name.casefold() for name in begun[-1].header.names})
    layer = begun[-1] if is_known else begun[0]
    if len(titles) == 1:
        return layer
    message = tr(
        "the workbook has the sheets {names}, of which {layer} is read; for another one say "
        "[kind.file] layer in a mapping file",
        names=", ".join(titles),
        layer=layer.title,
    )
    told = Finding(row=0, code="sheet_chosen", message=message)
    return _Layer(layer.title, layer.header, layer.head, layer.lines, (told, *layer.findings))


def _begun(path: Path, sheet: Any, form: FileForm) -> _Layer:
    lines = sheet.iter_rows(values_only=True)
    head = list(islice(lines, HEAD_LINES))
    records = [[_cell_text(cell) or "" for cell in line] for line in head]
    header = find_header(path, [_trimmed(record) for record in records], form.known)
    return _Layer(sheet.title, header, head, lines, header.findings)


def _trimmed(record: list[str]) -> list[str]:
    """Return the cells of a line without the empty ones behind its last."""
    n = max((i + 1 for i, cell in enumerate(record) if cell), default=0)
    return record[:n]


def _table(lines: list[list[str | None]], header: Header) -> pa.Table:
    cells = [[line[i] if i < len(line) else None for line in lines] for i in _named(header)]
    arrays = [pa.array(column, pa.string()) for column in cells]
    return pa.Table.from_arrays(arrays, names=[header.names[i] for i in _named(header)])


def _named(header: Header) -> list[int]:
    return [i for i, name in enumerate(header.names) if name]


def _cell_text(cell: object) -> str | None:
    if cell is None:
        return None
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() or None


def _refuse_giant(path: Path, row: int, cells: list[str | None]) -> None:
    longest = max((len(cell) for cell in cells if cell), default=0)
    if longest > load_limits().cell_chars:
        raise InputError(
            tr(
                "{file}, row {row}: a cell holds {n} characters, more than a cell of a workbook "
                "can; shorten it.",
                file=path,
                row=row,
                n=longest,
            )
        )
