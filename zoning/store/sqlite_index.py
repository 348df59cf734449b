"""R*Tree indexes for SQLite under the management names that GeoAlchemy2 calls.

Like SpatiaLite's, these functions run their DDL from inside the call, so that
GeoAlchemy2's table events and Alembic's operations work unchanged. An index
`idx_<table>_<column>` is kept by three triggers. Its ids are rowids, so an
indexed table needs an integer primary key: only that survives a VACUUM.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

GEOMETRY_CODES = {
    "GEOMETRY": 0,
    "POINT": 1,
    "LINESTRING": 2,
    "POLYGON": 3,
    "MULTIPOINT": 4,
    "MULTILINESTRING": 5,
    "MULTIPOLYGON": 6,
    "GEOMETRYCOLLECTION": 7,
}

_CATALOGUE = """
create table if not exists geometry_columns (
    f_table_name text, f_geometry_column text, geometry_type integer, coord_dimension integer,
    srid integer, spatial_index_enabled integer, primary key (f_table_name, f_geometry_column))
"""

_ONE_COLUMN = "f_table_name = lower(?) and f_geometry_column = lower(?)"

_INDEX = (
    'create virtual table if not exists "{index}" using rtree(id, west, east, south, north)',
    'insert or replace into "{index}" select rowid, {old_box} from "{table}"'
    ' where ST_XMin("{column}") is not null',
    'create trigger if not exists "{index}_i" after insert on "{table}" begin'
    ' insert or replace into "{index}" select {new_row}; end',
    'create trigger if not exists "{index}_u" after update of "{column}" on "{table}" begin'
    ' delete from "{index}" where id = old.rowid;'
    ' insert or replace into "{index}" select {new_row}; end',
    'create trigger if not exists "{index}_d" after delete on "{table}" begin'
    ' delete from "{index}" where id = old.rowid; end',
)


def index_name(table: str, column: str) -> str:
    """Return the name of a column's R*Tree, the one that GeoAlchemy2 expects."""
    return f"idx_{table}_{column}"


def _box(cell: str) -> str:
    return f"ST_XMin({cell}), ST_XMax({cell}), ST_YMin({cell}), ST_YMax({cell})"


class _IndexManager:
    """The management functions of one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def recover_column(self, table: str, column: str, srid: int, kind: str, _shape: str) -> int:
        self._execute(_CATALOGUE)
        self._execute(
            "insert or replace into geometry_columns values (lower(?), lower(?), ?, 2, ?, 0)",
            (table, column, GEOMETRY_CODES[kind.upper()], srid),
        )
        return 1

    def discard_column(self, table: str, column: str) -> int:
        self._execute(f"delete from geometry_columns where {_ONE_COLUMN}", (table, column))
        return 1

    def add_column(
        self, table: str, column: str, srid: int, kind: str, shape: str, _not_null: int = 0
    ) -> int:
        self._execute(f'alter table "{table}" add column "{column}" {kind}')
        return self.recover_column(table, column, srid, kind, shape)

    def create_index(self, table: str, column: str) -> int:
        new_cell = f'new."{column}"'
        names = {
            "index": index_name(table, column),
            "table": table,
            "column": column,
            "old_box": _box(f'"{column}"'),
            "new_row": f"new.rowid, {_box(new_cell)} where ST_XMin({new_cell}) is not null",
        }
        for statement in _INDEX:
            self._execute(statement.format(**names))
        self._mark_indexed(table, column, is_indexed=True)
        return 1

    def disable_index(self, table: str, column: str) -> int:
        """Drop the triggers; the caller drops the R*Tree, as with SpatiaLite."""
        for suffix in "iud":
            self._execute(f'drop trigger if exists "{index_name(table, column)}_{suffix}"')
        self._mark_indexed(table, column, is_indexed=False)
        return 1

    def has_index(self, table: str, column: str) -> int | None:
        found = self._execute(
            "select 1 from sqlite_master where name = ?", (index_name(table, column),)
        ).fetchone()
        return 1 if found else None

    def drop_table(self, _schema: str | None, table: str) -> int:
        for column, _ in self._columns(table):
            self._drop_index(table, column)
            self.discard_column(table, column)
        self._execute(f'drop table "{table}"')
        return 1

    def rename_table(self, _schema: str | None, old: str, new: str) -> int:
        """Rename a table, its indexes with it: Alembic's batch mode copies and renames."""
        columns = self._columns(old)
        for column, _ in columns:
            self._drop_index(old, column)
        self._execute(f'alter table "{old}" rename to "{new}"')
        self._execute(
            "update geometry_columns set f_table_name = lower(?) where f_table_name = lower(?)",
            (new, old),
        )
        for column, is_indexed in columns:
            if is_indexed:
                self.create_index(new, column)
        return 1

    def _columns(self, table: str) -> list[tuple[str, int]]:
        return self._execute(
            "select f_geometry_column, spatial_index_enabled from geometry_columns"
            " where f_table_name = lower(?)",
            (table,),
        ).fetchall()

    def _drop_index(self, table: str, column: str) -> None:
        self.disable_index(table, column)
        self._execute(f'drop table if exists "{index_name(table, column)}"')

    def _mark_indexed(self, table: str, column: str, *, is_indexed: bool) -> None:
        self._execute(
            f"update geometry_columns set spatial_index_enabled = ? where {_ONE_COLUMN}",
            (int(is_indexed), table, column),
        )


def register_index_functions(connection: sqlite3.Connection) -> None:
    """Register the management functions on a new connection."""
    manager = _IndexManager(connection)
    functions: tuple[tuple[str, int, Callable[..., int | None]], ...] = (
        ("RecoverGeometryColumn", 5, manager.recover_column),
        ("DiscardGeometryColumn", 2, manager.discard_column),
        ("AddGeometryColumn", 5, manager.add_column),
        ("AddGeometryColumn", 6, manager.add_column),
        ("CreateSpatialIndex", 2, manager.create_index),
        ("DisableSpatialIndex", 2, manager.disable_index),
        ("CheckSpatialIndex", 2, manager.has_index),
        ("DropTable", 2, manager.drop_table),
        ("RenameTable", 3, manager.rename_table),
    )
    for name, arity, function in functions:
        connection.create_function(name, arity, function)
