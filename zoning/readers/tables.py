"""CSV, XLSX and Parquet as Arrow tables in batches, with rows numbered from 1.

Nothing is interpreted here: a CSV cell is text, a Parquet or XLSX cell keeps
its type. `columns` turns cells into dates, numbers and codes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyarrow as pa

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Finding

BATCH_ROWS = 262_144


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
    with _readable(path):
        if _kind(path) == "parquet":
            import pyarrow.parquet as pq

            return list(pq.read_schema(path).names)
        return list(next(iter(_sheets(path, None))).table.column_names)


def read_sheets(path: Path, columns: list[str] | None = None) -> Iterator[Sheet]:
    """Yield a table in parts, with only the columns asked for.

    Raises
    ------
    InputError
        If the file is missing, empty, cut short or of another kind.
    """
    with _readable(path):
        yield from _sheets(path, columns)


class _readable:  # noqa: N801 - reads as a statement
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
        if isinstance(
            fault, OSError | pa.ArrowException | zipfile.BadZipFile | KeyError | ValueError
        ):
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


def _parquet(path: Path, columns: list[str] | None) -> Iterator[Sheet]:
    import pyarrow.parquet as pq

    schema = pq.read_schema(path)
    texts = [field.name for field in schema if pa.types.is_string(field.type)]
    # Texts come as codes from the file; turning them later would cost as much as reading.
    file = pq.ParquetFile(path, read_dictionary=texts)
    first = 1
    for batch in file.iter_batches(BATCH_ROWS, columns=columns):
        yield Sheet(first, pa.Table.from_batches([batch]))
        first += batch.num_rows
    if first == 1:
        table = file.schema_arrow.empty_table()
        yield Sheet(1, table if columns is None else table.select(columns))


def _csv(path: Path, columns: list[str] | None) -> Iterator[Sheet]:
    import pyarrow.csv as pv

    broken: list[Finding] = []
    with pa.input_stream(str(path)) as head:
        first_line = head.read(65_536).decode("utf-8-sig", errors="replace").splitlines()[:1]
    header = first_line[0] if first_line else ""
    delimiter = max(",;\t", key=header.count) if header else ","

    def refuse(row: pv.InvalidRow) -> str:
        broken.append(
            Finding(
                row=row.number - 1,
                code="row_width",
                message=tr(
                    "row {row} has {actual} cells where the header has {expected}; "
                    "complete it or quote its commas",
                    row=row.number - 1,
                    actual=row.actual_columns,
                    expected=row.expected_columns,
                ),
                rejects=True,
            )
        )
        return "skip"

    names = _header_names(path, header, delimiter)
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


def _header_names(path: Path, header: str, delimiter: str) -> list[str]:
    import csv

    names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
    if not any(names):
        raise InputError(tr("{file} has no header line naming its columns.", file=path))
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return unique


def _xlsx(path: Path, columns: list[str] | None) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    lines = book.worksheets[0].iter_rows(values_only=True)
    header = [str(cell).strip() if cell is not None else "" for cell in next(lines, ())]
    if not any(header):
        raise InputError(tr("{file} has no header line naming its columns.", file=path))
    wanted = [i for i, name in enumerate(header) if name and (columns is None or name in columns)]
    cells: list[list[str | None]] = [[] for _ in wanted]
    rows: list[int] = []
    for number, line in enumerate(lines, start=1):
        if all(cell is None for cell in line):
            continue
        rows.append(number)
        for store, index in zip(cells, wanted, strict=True):
            store.append(_cell_text(line[index] if index < len(line) else None))
    table = pa.table(
        {header[i]: pa.array(store, pa.string()) for store, i in zip(cells, wanted, strict=True)}
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
