"""Whole columns in and out of a table, without an object for each row.

PostgreSQL takes and gives CSV through COPY; SQLite takes tuples. An empty text
is stored as NULL where the column allows it, so that "not told" has one form
in the database.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv
from sqlalchemy import ColumnElement, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from zoning.model import Coded
from zoning.store.cells import arrow_type, from_arrow, from_sqlite, to_arrow, to_sqlite
from zoning.store.tables import Base

CHUNK_ROWS = 100_000
_TEXT_BLOCK_BYTES = 1 << 24
# One geometry must fit into a block of the CSV reader.
_GEOMETRY_BLOCK_BYTES = 1 << 28

Values = npt.NDArray[Any] | Coded | Sequence[Any] | int | str


def table_of(model: type[Base]) -> Table:
    """Return the table behind a model."""
    return cast(Table, model.__table__)


def insert_columns(session: Session, model: type[Base], columns: Mapping[str, Values]) -> None:
    """Insert rows given as columns, inside the session's transaction.

    Parameters
    ----------
    session : Session
        An open transaction.
    model : type of Base
        The table.
    columns : mapping of str to Values
        Equally long columns by name; an integer or text stands for every row.
    """
    session.flush()
    table = table_of(model)
    n = max((len(v) for v in map(_sized, columns.values()) if v is not None), default=0)
    is_postgres = session.connection().dialect.name == "postgresql"
    for start in range(0, n, CHUNK_ROWS):
        rows = slice(start, min(start + CHUNK_ROWS, n))
        cells = {
            name: to_arrow(table.c[name], _cut(values, rows), is_hex=is_postgres)
            for name, values in columns.items()
        }
        if is_postgres:
            _copy_in(session, table, cells)
        else:
            _execute_many(session, table, cells)


def read_columns(
    session: Session,
    model: type[Base],
    names: Sequence[str],
    where: ColumnElement[bool],
    order_by: Sequence[str],
) -> dict[str, npt.NDArray[Any]]:
    """Read columns of the rows that a condition on integers keeps.

    Parameters
    ----------
    session : Session
        An open transaction.
    model : type of Base
        The table.
    names : sequence of str
        Columns to read.
    where : ColumnElement
        Condition; its values are written into the statement, so only integers
        that are ours may occur in it.
    order_by : sequence of str
        Columns to sort by.

    Returns
    -------
    dict of str to array
        Shape (n,) each: `float64`, `int64`, `bool`, `datetime64[D]` or `[s]`; objects
        for texts (None where NULL), geometries and JSON values.
    """
    session.flush()
    table = table_of(model)
    connection = session.connection()
    quote = connection.dialect.identifier_preparer.quote
    condition = where.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    statement = (
        f"select {', '.join(map(quote, names))} from {quote(table.name)}"
        f" where {condition} order by {', '.join(map(quote, order_by))}"
    )
    if connection.dialect.name == "postgresql":
        return _copy_out(session, table, names, statement)
    parts: list[list[npt.NDArray[Any]]] = [[from_sqlite(table.c[name], [])] for name in names]
    for rows in _fetch(session, statement):
        for name, part, values in zip(names, parts, zip(*rows, strict=True), strict=True):
            part.append(from_sqlite(table.c[name], values))
    return {name: np.concatenate(part) for name, part in zip(names, parts, strict=True)}


def _sized(values: Values) -> npt.NDArray[Any] | Sequence[Any] | None:
    if isinstance(values, Coded):
        return values.codes
    return None if isinstance(values, int | str) else values


def _cut(values: Values, rows: slice) -> npt.NDArray[Any] | Coded | Sequence[Any]:
    if isinstance(values, int | str):
        return [values] * (rows.stop - rows.start)
    if isinstance(values, Coded):
        return Coded(values.codes[rows], values.values)
    return values[rows]


def _execute_many(session: Session, table: Table, cells: Mapping[str, Any]) -> None:
    quote = session.connection().dialect.identifier_preparer.quote
    names = ", ".join(map(quote, cells))
    marks = ", ".join("?" for _ in cells)
    rows = zip(*(to_sqlite(table.c[name], cell) for name, cell in cells.items()), strict=True)
    session.connection().exec_driver_sql(
        f"insert into {quote(table.name)} ({names}) values ({marks})", list(rows)
    )


def _fetch(session: Session, statement: str) -> Iterator[list[Any]]:
    # The driver's own cursor: rows as plain tuples, at half the time.
    cursor = session.connection().exec_driver_sql(statement).cursor
    if cursor is None:
        return
    while rows := cursor.fetchmany(CHUNK_ROWS):
        yield list(rows)


def _copy_in(session: Session, table: Table, cells: Mapping[str, Any]) -> None:
    buffer = io.BytesIO()
    # Texts are quoted, so an unquoted empty cell is NULL and nothing else.
    csv.write_csv(pa.table(dict(cells)), buffer, csv.WriteOptions(include_header=False))
    buffer.seek(0)
    quote = session.connection().dialect.identifier_preparer.quote
    names = ", ".join(map(quote, cells))
    _copy(session, f"copy {quote(table.name)} ({names}) from stdin with (format csv)", buffer)


def _copy_out(
    session: Session, table: Table, names: Sequence[str], statement: str
) -> dict[str, npt.NDArray[Any]]:
    buffer = io.BytesIO()
    _copy(session, f"copy ({statement}) to stdout with (format csv)", buffer)
    if not buffer.tell():
        return {name: from_sqlite(table.c[name], []) for name in names}
    buffer.seek(0)
    types = {name: arrow_type(table.c[name]) for name in names}
    has_geometry = any(name == "geometry" for name in names)
    read = csv.read_csv(
        buffer,
        csv.ReadOptions(
            column_names=list(names),
            block_size=_GEOMETRY_BLOCK_BYTES if has_geometry else _TEXT_BLOCK_BYTES,
        ),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(
            column_types=types,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    )
    return {name: from_arrow(table.c[name], read.column(name)) for name in names}


def _copy(session: Session, statement: str, buffer: io.BytesIO) -> None:
    connection = session.connection()
    driver_error = connection.dialect.loaded_dbapi.Error
    cursor = connection.connection.cursor()
    try:
        cast(Any, cursor).copy_expert(statement, buffer)
    except driver_error as error:
        raise DBAPIError.instance(
            statement,
            None,
            error,
            driver_error,
            hide_parameters=True,
            dialect=connection.dialect,
        ) from error
    finally:
        cursor.close()
