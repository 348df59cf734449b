"""The cells of one column: between numpy, Arrow and what a driver takes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from geoalchemy2 import Geometry
from sqlalchemy import JSON, Boolean, Column, Date, Double, Integer, Text

from zoning.model import OUTCOME_CODES, Coded, Texts
from zoning.store.tables.base import SRID, UtcMoment


def arrow_type(column: Column[Any]) -> Any:
    """Return the Arrow type in which a column's cells travel as CSV."""
    kind = column.type
    if isinstance(kind, Integer):
        return pa.int64()
    if isinstance(kind, Double):
        return pa.float64()
    if isinstance(kind, Boolean):
        return pa.bool_()
    if isinstance(kind, Date):
        return pa.date32()
    if isinstance(kind, UtcMoment):
        return pa.timestamp("us", "UTC")
    if isinstance(kind, Text | JSON | Geometry):
        return pa.large_string()
    raise TypeError(f"{column} has a type that isn't handled: {kind!r}")


def to_arrow(
    column: Column[Any], values: npt.NDArray[Any] | Coded | Sequence[Any], *, is_hex: bool
) -> Any:
    """Return a column's cells as Arrow; geometry as EWKB, in hexadecimal if `is_hex`."""
    if isinstance(values, Coded):
        codes = pa.array(values.codes, mask=values.codes < 0)
        words = pa.array(values.values.tolist(), pa.large_string())
        return _null_if_empty(column, pa.DictionaryArray.from_arrays(codes, words).cast(words.type))
    if isinstance(column.type, Geometry):
        shapes = shapely.set_srid(np.asarray(values, dtype=object), SRID)
        ewkb = shapely.to_wkb(shapes, hex=is_hex, include_srid=True)
        return pa.array(ewkb, pa.large_string() if is_hex else pa.large_binary())
    if isinstance(column.type, JSON):
        texts = [None if value is None else json.dumps(value) for value in values]
        return pa.array(texts, pa.large_string())
    if isinstance(column.type, UtcMoment):
        moments = np.asarray(values, dtype="datetime64[us]")
        return pa.array(moments, pa.timestamp("us")).cast(arrow_type(column))
    return _null_if_empty(column, pa.array(values, arrow_type(column), from_pandas=True))


def to_sqlite(column: Column[Any], cells: Any) -> list[Any]:
    """Return Arrow cells as the plain values that the SQLite driver takes."""
    if isinstance(column.type, UtcMoment):
        # The form in which SQLAlchemy itself writes a moment: texts must compare.
        cells = pc.strftime(cells.cast(pa.timestamp("us")), "%Y-%m-%d %H:%M:%S")
    elif isinstance(column.type, Date):
        cells = cells.cast(pa.large_string())
    values: list[Any] = cells.to_numpy(zero_copy_only=False).tolist()
    return values


def from_sqlite(column: Column[Any], values: Sequence[Any]) -> npt.NDArray[Any]:
    """Return the cells that the SQLite driver gave as an array."""
    kind = column.type
    if isinstance(kind, Integer):
        return np.array(values, dtype=np.int64)
    if isinstance(kind, Double):
        return np.array(values, dtype=np.float64)
    if isinstance(kind, Boolean):
        return np.array(values, dtype=np.bool_)
    if isinstance(kind, Date):
        return np.array(values, dtype="datetime64[D]")
    if isinstance(kind, UtcMoment):
        return np.array(values, dtype="datetime64[us]").astype("datetime64[s]")
    return _objects(column, values)


def from_arrow(column: Column[Any], cells: Any) -> npt.NDArray[Any]:
    """Return the cells that PostgreSQL gave as an array."""
    if isinstance(column.type, UtcMoment):
        moments = cells.cast(pa.timestamp("us")).to_numpy()
        return np.asarray(moments, dtype="datetime64[s]")
    if isinstance(column.type, Date):
        return np.asarray(cells.to_numpy(), dtype="datetime64[D]")
    if isinstance(column.type, Integer | Double | Boolean):
        return np.asarray(cells.to_numpy())
    return _objects(column, cells.to_numpy().tolist())


def texts(cells: npt.NDArray[Any]) -> Texts:
    """Return text cells with NULL as the empty text."""
    return np.where(pd.isna(cells), "", cells).astype(object)


def coded(cells: npt.NDArray[Any]) -> Coded | None:
    """Return text cells as codes, or None where no row tells one."""
    codes, values = pd.factorize(cells, sort=True)
    if not len(values):
        return None
    return Coded(codes.astype(np.int32), np.asarray(values, dtype=object))


def outcome_codes(cells: npt.NDArray[Any]) -> npt.NDArray[np.int8]:
    """Return words of outcomes as `OUTCOME_CODES`."""
    codes = np.zeros(len(cells), dtype=np.int8)
    for name, code in OUTCOME_CODES.items():
        if name:
            codes[cells == name] = code
    return codes


def _objects(column: Column[Any], values: Sequence[Any]) -> npt.NDArray[Any]:
    if isinstance(column.type, Geometry):
        return np.asarray(shapely.from_wkb(np.array(values, dtype=object)), dtype=object)
    cells = np.empty(len(values), dtype=object)
    if isinstance(column.type, JSON):
        values = [None if value is None else json.loads(value) for value in values]
    cells[:] = values
    return cells


def _null_if_empty(column: Column[Any], cells: Any) -> Any:
    if column.nullable and isinstance(column.type, Text):
        return pc.if_else(pc.equal(cells, ""), pa.scalar(None, cells.type), cells)
    return cells
