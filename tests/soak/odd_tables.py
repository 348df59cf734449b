"""Tables that nobody expects, as CSV, XLSX and Parquet."""

from __future__ import annotations

import csv
import gzip
import io
import random
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook

from tests.soak.odd_content import CONTENT, N_ROWS, Columns

CELLS: tuple[Any, ...] = (
    *("", " ", "\t", "NULL", "#N/A", "nan", "NaN", "inf", "-inf", "Infinity", "1e400", "-1"),
    *("1e308", "9" * 40, "-" + "9" * 19, "2147483648", "9223372036854775808", "0.1", "1_000"),
    *("1,234", "12,5", "0x1F", "٣", "২৩", "½", "²", "1/0", "=1+1", "=cmd|'/c calc'!A0"),
    *("0000-00-00", "0001-01-01", "9999-12-31", "2020-02-30", "2020-13-01", "18/05/2020"),
    *("2020-05-18T24:00:00", "2020-05-18T10:00:00+99:00", "20200518", "2020-W21-1", "-2020-05-18"),
    *("2020-05-18T23:59:59.999999999Z", "0", "1e5", "yes", "maybe", "\x00", "a\x00b", "\ufeff"),
    *("\u202eright to left", "\ud7ff", "💉" * 9, "a" * 70_000, '"', '""', "'", "\\", "line\nbreak"),
    *("\r", "\x1a", "<script>", "{file}", "%s", "${x}", "../../etc/passwd", "Robert'); drop table"),
)
NAMES = (
    "",
    " ",
    "unit_id",
    "UNIT_ID ",
    "confirmed_on",
    "lon",
    "geometry",
    "\ufeffunit_id",
    "x" * 9_000,
)


def odd_columns(dice: random.Random, kind: str) -> Columns:
    """Return the table of a kind with cells and columns in disorder."""
    columns = CONTENT[kind](dice)
    for _ in range(dice.choice([0, 1, 1, 3, 12])):
        column = columns[dice.choice(list(columns))]
        column[dice.randrange(N_ROWS)] = dice.choice(CELLS)
    match dice.randrange(9):
        case 0:
            columns[dice.choice(list(columns))] = [dice.choice(CELLS)] * N_ROWS
        case 1:
            del columns[dice.choice(list(columns))]
        case 2:
            one, other = dice.sample(list(columns), 2)
            columns[one], columns[other] = columns[other], columns[one]
        case 3:
            columns |= {f"extra {i}": ["x"] * N_ROWS for i in range(dice.choice([1, 40, 3_000]))}
        case 4:
            columns = {name: [] for name in columns}
    return columns


def odd_names(dice: random.Random, columns: Columns) -> list[str]:
    """Return the header, sometimes with names twice, empty or strange."""
    names = list(columns)
    if names and dice.random() < 0.2:
        names[dice.randrange(len(names))] = dice.choice([*NAMES, *names])
    return names


def write_csv(dice: random.Random, kind: str, stem: Path) -> Path:
    columns = odd_columns(dice, kind)
    text = io.StringIO()
    delimiter = dice.choice(",,,;\t|")
    lines = csv.writer(
        text,
        delimiter=delimiter,
        quoting=dice.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        lineterminator=dice.choice(["\n", "\r\n", "\r"]),
    )
    lines.writerow(odd_names(dice, columns))
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    if rows and dice.random() < 0.3:
        row = rows[dice.randrange(len(rows))]
        row[:] = dice.choice([row[:-1], [*row, "more"], [], [*row, *row * 50]])
    lines.writerows(rows)
    content = text.getvalue()
    if dice.random() < 0.1:
        content = content.replace("\n", dice.choice(["\n\n\n", '\n"', "\n" + "," * 500 + "\n"]), 3)
    coding = dice.choice(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
    encoded = content.encode(coding, errors="replace")
    if dice.random() < 0.15:
        path = stem.with_name(stem.name + ".csv.gz")
        path.write_bytes(gzip.compress(encoded))
        return path
    path = stem.with_suffix(dice.choice([".csv", ".csv", ".csv", ".CSV", ".tsv", ".txt", ".xlsx"]))
    path.write_bytes(encoded)
    return path


def write_xlsx(dice: random.Random, kind: str, stem: Path) -> Path:
    columns = odd_columns(dice, kind)
    book = Workbook()
    sheet = book.active
    sheet.append([_for_sheet(name) for name in odd_names(dice, columns)])
    for row in zip(*columns.values(), strict=True):
        sheet.append([_for_sheet(cell) for cell in row])
    for _ in range(dice.choice([0, 1, 4])):
        cell = sheet.cell(dice.randrange(1, 30), dice.randrange(1, 9))
        cell.value = dice.choice(
            [None, True, 1e300, -5, 3.5, datetime(2020, 5, 18, 10), date(1900, 1, 1), "=1/0",
             timedelta(days=3), "#REF!", 43_969, 1e10, Decimal("1.5")]
        )  # fmt: skip
        cell.number_format = dice.choice(["General", "yyyy-mm-dd", "0.00", "h:mm"])
    if dice.random() < 0.1:
        sheet.cell(dice.choice([1_048_576, 70_000]), 1).value = "far away"
    elif dice.random() < 0.1:
        # Not both: openpyxl would move a million rows cell by cell.
        sheet.insert_rows(1, 3)
    path = stem.with_suffix(".xlsx")
    book.save(path)
    if dice.random() < 0.3:
        change_member(dice, path)
    return path


def change_member(dice: random.Random, path: Path) -> None:
    """Change one part of a workbook, which stays a sound archive."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice([n for n in parts if n.endswith(".xml")])
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + b"a" * 999 + b'">'
    bomb += b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 9) for i in range(1, 9))
    parts[name] = dice.choice(
        [
            b"",
            b"<x/>",
            bomb.replace(b"&a0;", b"&a;") + b"]><x>&a8;</x>",
            b"<a>" * 50_000 + b"</a>" * 50_000,
            parts[name].replace(b"<v>", b"<v>9999", 3),
            parts[name].replace(b'r="A', b'r="XFE'),
            parts[name].replace(b't="s"', b't="d"').replace(b't="n"', b't="b"'),
            parts[name][: len(parts[name]) // 2],
        ]
    )
    if dice.random() < 0.2:
        del parts[dice.choice(list(parts))]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _for_sheet(cell: Any) -> Any:
    return "".join(c for c in str(cell) if c >= " ")[:30_000]


def write_parquet(dice: random.Random, kind: str, stem: Path) -> Path:
    columns = odd_columns(dice, kind)
    arrays = [pa.array(column, pa.string()) for column in columns.values()]
    for _ in range(dice.choice([0, 1, 1, 3])):
        if arrays and len(arrays[0]):
            arrays[dice.randrange(len(arrays))] = dice.choice(ARRAYS)()
    path = stem.with_suffix(dice.choice([".parquet", ".parquet", ".geoparquet"]))
    table = pa.Table.from_arrays(arrays, names=odd_names(dice, columns))
    if dice.random() < 0.1:
        table = table.replace_schema_metadata({"geo": dice.choice(["", "{}", "[1]", "null"])})
    pq.write_table(table, path, row_group_size=dice.choice([1, 7, 1000]))
    return path


def _typed(values: list[Any], kind: Any) -> Callable[[], Any]:
    repeated = (values * N_ROWS)[:N_ROWS]
    return lambda: pa.array(repeated, kind)


_MOMENT = datetime(2020, 5, 18, 12, tzinfo=UTC)
ARRAYS: tuple[Callable[[], Any], ...] = (
    _typed([None], pa.null()),
    _typed([True, None], pa.bool_()),
    _typed([1, -1, None], pa.int8()),
    _typed([2**63 - 1, 0], pa.int64()),
    _typed([2**64 - 1, 0], pa.uint64()),
    _typed([float("nan"), float("inf"), 1e308, None], pa.float64()),
    _typed([1.5, None], pa.float32()),
    _typed([Decimal("1.5"), None], pa.decimal128(20, 3)),
    _typed([date(2020, 5, 18), date(1, 1, 1), None], pa.date32()),
    _typed([date(2020, 5, 18), None], pa.date64()),
    _typed([_MOMENT, None], pa.timestamp("ns", "Asia/Kolkata")),
    _typed([_MOMENT.replace(tzinfo=None), None], pa.timestamp("us")),
    _typed([2**62, -(2**62)], pa.timestamp("us")),
    _typed([1, None], pa.time32("s")),
    _typed([1, None], pa.duration("s")),
    _typed([b"\xff\x00", b"W1", None], pa.binary()),
    _typed(["W1", None], pa.large_string()),
    _typed([["a"], [], None], pa.list_(pa.string())),
    _typed([{"a": 1}, None], pa.struct({"a": pa.int64()})),
    lambda: pa.DictionaryArray.from_arrays(pa.array([0, None] * (N_ROWS // 2), pa.int8()), ["W1"]),
)

TABLES = (write_csv, write_csv, write_xlsx, write_parquet)
