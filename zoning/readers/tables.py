"""CSV, XLSX and Parquet as Arrow tables in batches, with rows numbered from 1.

Nothing is interpreted here: a CSV or XLSX cell is text, a Parquet cell keeps its
type. `columns` and `dates` turn cells into numbers, codes and days.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree

import pyarrow as pa

from zoning.errors import InputError
from zoning.i18n.catalogue import marked, tr
from zoning.readers.sheets import FileForm, Sheet, joined

__all__ = [
    "FileForm",
    "Sheet",
    "column_names",
    "is_table",
    "parquet_file",
    "read_sheets",
    "read_whole",
    "readable",
]

BATCH_ROWS = 262_144

Kind = Literal["parquet", "xlsx", "csv"]
TABLES: dict[str, Kind] = {
    ".parquet": "parquet",
    ".geoparquet": "parquet",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
}
# What people have instead of a table, and how they get one.
WAYS_OUT = {
    ".xls": marked("Open it in a spreadsheet program and save it as .xlsx."),
    ".xlsb": marked("Open it in a spreadsheet program and save it as .xlsx."),
    ".ods": marked("Open it in a spreadsheet program and save it as .xlsx."),
    ".json": marked("Export it as CSV with one row for each unit and day."),
    ".zip": marked("Unpack it and name the table inside."),
    ".pdf": marked("Ask for the table itself, as CSV or .xlsx."),
}


def column_names(path: Path, form: FileForm | None = None) -> list[str]:
    """Return the column names of a table, in order; those that repeat are numbered.

    Raises
    ------
    InputError
        If the file is missing, empty, cut short or of another kind.
    """
    with readable(path):
        kind = _kind(path)
        if kind == "parquet":
            import pyarrow.parquet as pq

            return list(pq.read_schema(path).names)
        if kind == "csv":
            from zoning.readers.csv_head import read_head

            return [name for name in read_head(path, form or FileForm()).names if name]
        from zoning.readers.workbooks import workbook_names

        return workbook_names(path, form or FileForm())


def read_sheets(
    path: Path, columns: list[str] | None = None, form: FileForm | None = None
) -> Iterator[Sheet]:
    """Yield a table in parts, with only the columns asked for.

    Parameters
    ----------
    path : Path
        CSV, XLSX or Parquet.
    columns : list of str or None
        Which columns, by name; None for all.
    form : FileForm or None
        What was told of the file. Where it is given, rows that are no facts are taken out and are
        among the findings: whoever gives it has to account for them.

    Raises
    ------
    InputError
        If the file is missing, empty, cut short or of another kind.
    """
    with readable(path):
        match _kind(path):
            case "parquet":
                yield from _parquet(path, columns)
            case "csv":
                from zoning.readers.csv_files import read_csv

                yield from read_csv(path, columns, form)
            case "xlsx":
                from zoning.readers.workbooks import read_workbook

                yield from read_workbook(path, columns, form)


def read_whole(path: Path, columns: list[str] | None = None, form: FileForm | None = None) -> Sheet:
    """Return a table in one part; see `read_sheets`."""
    return joined(read_sheets(path, columns, form))


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


def is_table(path: Path) -> bool:
    """Return whether a file is read as a table, by its name."""
    return _suffix(path) in TABLES


def _suffix(path: Path) -> str:
    is_packed = path.suffix.lower() == ".gz"
    return (Path(path.stem).suffix if is_packed else path.suffix).lower()


def _kind(path: Path) -> Kind:
    suffix = _suffix(path)
    if suffix in TABLES:
        return TABLES[suffix]
    way_out = WAYS_OUT.get(suffix)
    raise InputError(
        tr(
            "{file}: tables are read from .csv, .xlsx and .parquet, not from {suffix}.",
            file=path,
            suffix=suffix or tr("a file without suffix"),
        )
        + (f" {tr(way_out)}" if way_out else "")
    )


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
