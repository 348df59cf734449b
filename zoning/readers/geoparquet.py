"""GeoParquet: shapes as well-known binary or as nested lists of coordinates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from shapely import GeometryType

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Finding, Geometries
from zoning.readers.legible import text_damaged
from zoning.readers.tables import parquet_file, readable
from zoning.readers.wkb import Binaries, decode

MAGIC = b"PAR1"
NESTED = {
    "point": GeometryType.POINT,
    "linestring": GeometryType.LINESTRING,
    "polygon": GeometryType.POLYGON,
    "multipoint": GeometryType.MULTIPOINT,
    "multilinestring": GeometryType.MULTILINESTRING,
    "multipolygon": GeometryType.MULTIPOLYGON,
}
DEPTH = {"point": 0, "linestring": 1, "multipoint": 1, "polygon": 2, "multilinestring": 2}
DEEPEST = 3
DEFAULT_CRS = "OGC:CRS84"
EXTENSION = b"ARROW:extension:name"
EXTENSION_DATA = b"ARROW:extension:metadata"

Findings = tuple[Finding, ...]


def read_parquet(path: Path) -> tuple[pa.Table, Geometries | None, str, Findings]:
    """Return columns, shapes if there are any, their system ("" for none) and findings.

    Raises
    ------
    InputError
        If the file is damaged, or holds its shapes in a form that can't be read.

    References
    ----------
    GeoParquet 1.1.0; GeoArrow 0.2 for the nested encodings.
    """
    with readable(path):
        # Not `read_table`, which loads the data-set machinery for one file.
        table, found = _legible(parquet_file(path).read())
    try:
        described = _described(table.schema)
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise InputError(
            tr(
                "{file} describes its geometry in a way that can't be read; write it again as "
                "GeoParquet 1.1.",
                file=path,
            )
        ) from fault
    if described is None:
        return table, None, "", found
    name, encoding, crs = described
    column = table.column(name)
    table = table.drop_columns([name])
    if encoding.upper() == "WKB":
        geometry, unreadable = decode(_binaries(path, column))
        return table, geometry, crs, found + unreadable
    if encoding not in NESTED:
        raise InputError(
            tr(
                "{file} holds its geometry in the encoding {encoding}; save it as WKB.",
                file=path,
                encoding=encoding[:40],
            )
        )
    return table, _nested(path, column.combine_chunks(), encoding), crs, found


def _described(schema: pa.Schema) -> tuple[str, str, str] | None:
    """Return the column with the shapes, its encoding and its system."""
    geo = (schema.metadata or {}).get(b"geo")
    if geo is not None:
        described = json.loads(geo)
        name = str(described["primary_column"])
        column = described["columns"][name]
        if name not in schema.names or not isinstance(column["encoding"], str):
            raise KeyError(name)
        return name, str(column["encoding"]), _crs(column)
    for field in schema:
        extension = (field.metadata or {}).get(EXTENSION, b"").decode()
        if extension.startswith("geoarrow."):
            told = json.loads((field.metadata or {}).get(EXTENSION_DATA) or b"{}")
            return field.name, extension.removeprefix("geoarrow."), _crs(told)
    return None


def _crs(column: dict[str, Any]) -> str:
    if "crs" not in column:
        return DEFAULT_CRS
    crs = column["crs"]
    if crs is None or isinstance(crs, str):
        return crs or ""
    identity = crs.get("id")
    return f"{identity['authority']}:{identity['code']}" if identity else json.dumps(crs)


def _binaries(path: Path, column: pa.ChunkedArray) -> Binaries:
    kind = column.type
    if not (pa.types.is_binary(kind) or pa.types.is_large_binary(kind)):
        raise InputError(
            tr(
                "{file} says its geometry is WKB, but it holds {kind}; write it again.",
                file=path,
                kind=str(kind)[:40],
            )
        )
    binaries: Binaries = column.to_numpy()
    return binaries


def _nested(path: Path, column: pa.Array, encoding: str) -> Geometries:
    """Return shapes from lists of coordinates; a missing shape is an empty list there."""
    is_missing = column.is_null().to_numpy(zero_copy_only=False)
    offsets = []
    try:
        for _ in range(DEPTH.get(encoding, DEEPEST)):
            offsets.append(column.offsets.to_numpy())
            column = column.values
        if pa.types.is_struct(column.type):
            xy = np.column_stack([np.asarray(column.field(name)) for name in ("x", "y")])
        else:
            xy = np.asarray(column.flatten()).reshape(-1, column.type.list_size)[:, :2]
        shapes: Geometries = shapely.from_ragged_array(
            NESTED[encoding], np.ascontiguousarray(xy, dtype=float), tuple(reversed(offsets))
        )
    except (AttributeError, ValueError, KeyError, IndexError, pa.ArrowException) as fault:
        raise InputError(
            tr(
                "{file} says its geometry is {encoding}, but it doesn't hold such lists; save it "
                "as WKB.",
                file=path,
                encoding=encoding,
            )
        ) from fault
    shapes[is_missing] = None
    return shapes


def _legible(table: pa.Table) -> tuple[pa.Table, Findings]:
    found: list[Finding] = []
    for position, field in enumerate(table.schema):
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            continue
        try:
            table.column(position).validate(full=True)
        except pa.ArrowInvalid as fault:
            if "UTF8" not in str(fault):
                raise
            plain = table.column(position)
            if pa.types.is_dictionary(field.type):
                plain = plain.cast(kind)
            raw = [cell.as_py() for chunk in plain.chunks for cell in chunk.view(pa.binary())]
            texts = [
                None if cell is None else _decoded(cell, row, found)
                for row, cell in enumerate(raw, start=1)
            ]
            table = table.set_column(position, field.name, pa.array(texts, pa.string()))
    return table, tuple(found)


def _decoded(cell: bytes, row: int, found: list[Finding]) -> str:
    text = cell.decode("utf-8", errors="surrogateescape")
    if not text.isascii() and "\\x" in (shown := cell.decode("utf-8", errors="backslashreplace")):
        found.append(text_damaged(row, text))
        return shown
    return text
