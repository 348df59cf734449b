"""CSV, XLSX and Parquet as Arrow tables in batches, with rows numbered from 1.

Nothing is interpreted here: a CSV cell is text, a Parquet or XLSX cell keeps
its type. `columns` turns cells into dates, numbers and codes.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree

import pyarrow as pa

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Finding

BATCH_ROWS = 262_144
HEAD_BYTES = 65_536


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
        Lines that are no rows, such as one cut short; they are in `read` and not in `table`.
    rows : tuple[int, ...] or None
        Row numbers where they don't follow one another.
    """

    first_row: int
    table: pa.Table
    findings: tuple[Finding, ...] = ()
    rows: tuple[int, ...] | None = None


def column_names(path: Path) -> list[str]:
    """Return the column names of a table, in order.

    Raises
    ------
    InputError
        If the file is missing, empty, cut short or of another kind.
    """
    with readable(path):
        if _kind(path) == "parquet":
            import pyarrow.parquet as pq

            return list(pq.read_schema(path).names)
        if _kind(path) == "csv":
            return _header(path)[0]
        return list(next(iter(_sheets(path, None))).table.column_names)


def read_sheets(path: Path, columns: list[str] | None = None) -> Iterator[Sheet]:
    """Yield a table in parts, with only the columns asked for.

    Raises
    ------
    InputError
        If the file is missing, empty, cut short or of another kind.
    """
    with readable(path):
        yield from _sheets(path, columns)


# What the readers raise on broken files; a broken workbook fails in its archive or its XML.
_BROKEN = (
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    pa.ArrowException,
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
)


class readable:  # noqa: N801 - reads as a statement
    """Turn what a reader says of a broken file into one sentence."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        if not self.path.exists():
            raise InputError(tr("There is no file {file}.", file=self.path))
        if self.path.is_dir():
            raise InputError(tr("{file} is a folder; name a file.", file=self.path))
        if self.path.stat().st_size == 0:
            raise InputError(
                tr("{file} is empty; export it again from its source.", file=self.path)
            )

    def __exit__(self, kind: object, fault: BaseException | None, _trace: object) -> None:
        if isinstance(fault, _BROKEN):
            raise InputError(
                tr(
                    "{file} can't be read as {kind}: it is cut short, damaged or of another kind "
                    "({fault}). Export it again, or save it as CSV in UTF-8.",
                    file=self.path,
                    kind=self.path.suffix.lstrip(".").upper() or tr("a table"),
                    fault=str(fault).strip().splitlines()[0][:120] if str(fault) else kind,
                )
            ) from fault


def _kind(path: Path) -> Literal["parquet", "xlsx", "csv"]:
    suffix = Path(path.stem).suffix if path.suffix.lower() == ".gz" else path.suffix
    match suffix.lower():
        case ".parquet" | ".geoparquet":
            return "parquet"
        case ".xlsx":
            return "xlsx"
        case ".csv" | ".txt" | ".tsv":
            return "csv"
        case other:
            raise InputError(
                tr(
                    "{file}: tables are read from .csv, .xlsx and .parquet, not from {suffix}.",
                    file=path,
                    suffix=other or tr("a file without suffix"),
                )
            )


def _sheets(path: Path, columns: list[str] | None) -> Iterator[Sheet]:
    read = {"parquet": _parquet, "xlsx": _xlsx, "csv": _csv}
    yield from read[_kind(path)](path, columns)


def parquet_file(path: Path) -> Any:
    """Open a Parquet file so that texts come as codes: turning them later costs as much again."""
    import pyarrow.parquet as pq

    is_text = (pa.types.is_string, pa.types.is_large_string)
    schema = pq.read_schema(path)
    texts = [field.name for field in schema if any(check(field.type) for check in is_text)]
    return pq.ParquetFile(path, read_dictionary=texts)


def _parquet(path: Path, columns: list[str] | None) -> Iterator[Sheet]:
    file = parquet_file(path)
    first = 1
    for batch in file.iter_batches(BATCH_ROWS, columns=columns):
        yield Sheet(first, pa.Table.from_batches([batch]))
        first += batch.num_rows
    if first == 1:
        table = file.schema_arrow.empty_table()
        yield Sheet(1, table if columns is None else table.select(columns))


def _csv(path: Path, columns: list[str] | None) -> Iterator[Sheet]:
    import pyarrow.csv as pv

    names, delimiter, is_alone = _header(path)
    if is_alone:
        nothing = pa.table({name: pa.array([], pa.string()) for name in names})
        yield Sheet(1, nothing if columns is None else nothing.select(columns))
        return
    _refuse_open_quote(path, delimiter)
    broken: list[Finding] = []

    def refuse(row: pv.InvalidRow) -> str:
        broken.append(
            Finding(
                row=row.number - 1,
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

    # One thread: only then are the numbers of refused rows known.
    table = pv.read_csv(
        path,
        read_options=pv.ReadOptions(use_threads=False, column_names=names, skip_rows=1),
        parse_options=pv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, invalid_row_handler=refuse
        ),
        convert_options=pv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            include_columns=columns,
            strings_can_be_null=True,
            null_values=[""],
            quoted_strings_can_be_null=True,
        ),
    )
    refused = {finding.row for finding in broken}
    total = table.num_rows + len(refused)
    rows = tuple(r for r in range(1, total + 1) if r not in refused) if refused else None
    yield Sheet(1, table, tuple(broken), rows)


def _header(path: Path) -> tuple[list[str], str, bool]:
    """Return the column names of a CSV, its delimiter, and whether nothing follows them."""
    with pa.input_stream(str(path)) as stream:
        head = stream.read(HEAD_BYTES)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head:
        raise InputError(tr("{file} isn't text in UTF-8; save it as CSV in UTF-8.", file=path))
    lines = head.decode("utf-8-sig", errors="replace").splitlines()
    first = lines[0] if lines else ""
    delimiter = max(",;\t", key=first.count)
    names = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
    _refuse_nameless(path, names)
    return names, delimiter, not any(lines[1:]) and len(head) < HEAD_BYTES


def _refuse_nameless(path: Path, names: list[str]) -> None:
    if not any(names):
        raise InputError(tr("{file} has no header line naming its columns.", file=path))


def _refuse_open_quote(path: Path, delimiter: str) -> None:
    """Refuse a quote that nothing closes: it would swallow every row after it."""
    quotes = 0
    with pa.input_stream(str(path)) as stream:
        while block := stream.read(HEAD_BYTES * 64):
            quotes += block.count(b'"')
    if quotes % 2 == 0:
        return
    opened = 1
    with pa.input_stream(str(path)) as stream:
        lines = csv.reader(
            io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline=""),
            delimiter=delimiter,
            strict=True,
        )
        try:
            for _ in lines:
                opened = lines.line_num + 1
        except csv.Error as fault:
            raise InputError(
                tr(
                    "{file}, line {line}: a quote is opened or closed in the wrong place and the "
                    "rows after it can't be told apart; correct it.",
                    file=path,
                    line=opened,
                )
            ) from fault


def _xlsx(path: Path, columns: list[str] | None) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    lines = book.worksheets[0].iter_rows(values_only=True)
    header = [str(cell).strip() if cell is not None else "" for cell in next(lines, ())]
    _refuse_nameless(path, header)
    wanted = [i for i, name in enumerate(header) if name and (columns is None or name in columns)]
    cells: list[list[str | None]] = [[] for _ in wanted]
    rows: list[int] = []
    for number, line in enumerate(lines, start=1):
        if all(cell is None for cell in line):
            continue
        rows.append(number)
        for store, index in zip(cells, wanted, strict=True):
            store.append(_cell_text(line[index] if index < len(line) else None))
    table = pa.Table.from_arrays(
        [pa.array(store, pa.string()) for store in cells], names=[header[i] for i in wanted]
    )
    yield Sheet(1, table, (), tuple(rows))


def _cell_text(cell: object) -> str | None:
    if cell is None:
        return None
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() or None
