"""Unit files: any vector file, GeoParquet, or a table without geometry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from zoning import crs as crs_guard
from zoning import lean
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import WGS84, Bools, Floats, Geometries, Level, RowAccount, Texts, Units
from zoning.readers import columns
from zoning.readers.fields import Part, need, resolve
from zoning.readers.mapping import Mapping
from zoning.readers.tables import Sheet, column_names, parquet_file, read_sheets

COLUMNS = ("unit_id", "name", "population", "level", "parent_id")
TABLES = (".csv", ".xlsx", ".txt", ".tsv", ".gz")


def read_units(
    path: Path, mapping: Mapping, level: str = Level.WARD, crs: str = ""
) -> tuple[Units, RowAccount]:
    """Return the units of a file and the account of its rows.

    Parameters
    ----------
    path : Path
        Vector file, GeoParquet, or CSV / XLSX / Parquet without geometry.
    mapping : Mapping
        Names where they aren't ours.
    level : str
        Level of units that don't say theirs.
    crs : str
        System that overrides what the file says.

    Raises
    ------
    InputError
        If the file can't be read, has no `unit_id`, names a unit twice or holds no unit.
    CrsError
        If its numbers contradict its coordinate system.
    """
    table, geometry, file_crs = open_units(path)
    found = resolve(path, table.column_names, COLUMNS, mapping)
    need(path, table.column_names, found, "unit_id", kind="units")
    part = Part(Sheet(1, table), found, mapping)
    unit_id = _texts(part, "unit_id")
    part.note(
        unit_id == "", "unit_missing", lambda _: tr("unit_id is empty; every unit needs a code")
    )
    _refuse_repeats(path, unit_id)
    levels = _texts(part, "level", empty=level)
    part.note(
        ~np.isin(levels.astype(str), [str(known) for known in Level]),
        "level_unknown",
        lambda i: tr(
            "level is {value}; it must be one of {known}",
            value=levels[i],
            known=", ".join(Level),
        ),
    )
    population = _population(part)
    used_crs = crs or file_crs
    if geometry is not None:
        check_crs(path, geometry, used_crs)
        part.note(
            shapely.is_missing(geometry) | shapely.is_empty(geometry),
            "geometry_missing",
            lambda _: tr("the unit has no polygon; it is listed and not drawn"),
            rejects=False,
        )
    keep = ~part.rejected
    units = Units(
        unit_id=unit_id[keep],
        name=_texts(part, "name")[keep],
        population=population[keep],
        level=levels[keep],
        parent_id=_texts(part, "parent_id")[keep],
        geometry=None if geometry is None else geometry[keep],
        crs=used_crs or WGS84,
    )
    if not len(units):
        first = f" {part.findings[0].message}." if part.findings else ""
        raise InputError(tr("{file} holds no unit that can be used.", file=path) + first)
    return units, part.account()


def open_units(path: Path) -> tuple[pa.Table, Geometries | None, str]:
    """Return a file's columns, its shapes if it has any, and the system it claims ("" for none)."""
    suffix = path.suffix.lower()
    if suffix in TABLES:
        sheets = list(read_sheets(path))
        return pa.concat_tables([sheet.table for sheet in sheets]), None, ""
    if suffix in (".parquet", ".geoparquet"):
        return _parquet(path)
    return _vector(path)


def _parquet(path: Path) -> tuple[pa.Table, Geometries | None, str]:
    column_names(path)  # refuses a missing or broken file in one sentence
    # Not `read_table`, which loads the data-set machinery for one file.
    table = parquet_file(path).read()
    geo = (table.schema.metadata or {}).get(b"geo")
    if geo is None:
        return table, None, ""
    described = json.loads(geo)
    name = described["primary_column"]
    column = described["columns"][name]
    if column.get("encoding") != "WKB":
        raise InputError(
            tr(
                "{file} holds its geometry in an encoding other than WKB; save it as WKB.",
                file=path,
            )
        )
    wkb = table.column(name).to_numpy()
    return table.drop_columns([name]), _polygons(wkb), _projjson_id(column)


def _projjson_id(column: dict[str, Any]) -> str:
    if "crs" not in column:
        return "OGC:CRS84"
    if column["crs"] is None:
        return ""
    identity = column["crs"].get("id")
    return f"{identity['authority']}:{identity['code']}" if identity else json.dumps(column["crs"])


def _vector(path: Path) -> tuple[pa.Table, Geometries | None, str]:
    if not path.exists():
        raise InputError(tr("There is no file {file}.", file=path))
    if path.is_file() and path.stat().st_size == 0:
        raise InputError(tr("{file} is empty; export it again from its source.", file=path))
    raw = lean.gdal()
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        meta, _, wkb, values = raw.read(path, force_2d=True)
    except (DataSourceError, DataLayerError, UnicodeDecodeError, ValueError) as fault:
        raise InputError(
            tr(
                "{file} can't be read as a map file: it is cut short, damaged or of another kind "
                "({fault}). Export it again, for instance as GeoPackage.",
                file=path,
                fault=str(fault).splitlines()[0][:160],
            )
        ) from fault
    table = pa.table(
        {
            str(name): pa.array(column, from_pandas=True)
            for name, column in zip(meta["fields"], values, strict=True)
        }
    )
    if wkb is None:
        return table, None, ""
    return table, _polygons(wkb), str(meta["crs"] or "")


def _polygons(wkb: Any) -> Geometries:
    geometry: Geometries = shapely.force_2d(shapely.from_wkb(wkb, on_invalid="ignore"))
    return geometry


def check_crs(path: Path, geometry: Geometries, crs: str) -> None:
    """Refuse shapes without a coordinate system, or whose numbers contradict it."""
    bounds = shapely.total_bounds(geometry)
    if not np.isfinite(bounds).all():
        return
    if not crs:
        raise InputError(
            tr(
                "{file} doesn't say which coordinate system it is in; "
                "export it with its system, or say --crs EPSG:n.",
                file=path,
            )
        )
    crs_guard.refuse_contradiction(bounds, crs, path)


def _texts(part: Part, name: str, empty: str = "") -> Texts:
    coded = part.coded(name)
    if coded is None:
        return np.full(len(part), str(empty), dtype=object)
    return columns.spread(coded, str(empty))


def _population(part: Part) -> Floats:
    column = part.column("population")
    if column is None:
        return np.full(len(part), np.nan)
    population, wrong = columns.floats(column)
    part.note(
        _is_wrong(population, wrong),
        "population_invalid",
        lambda i: tr(
            "population is {value}; it must be a number, 0 or more, or empty if unknown",
            value=part.cell("population", i),
        ),
    )
    return population


def _is_wrong(population: Floats, wrong: Bools) -> Bools:
    with np.errstate(invalid="ignore"):
        return np.asarray(wrong | (population < 0))


def _refuse_repeats(path: Path, unit_id: Texts) -> None:
    values, count = np.unique(unit_id.astype(str), return_counts=True)
    repeated = (count > 1) & (values != "")
    if repeated.any():
        rows = np.flatnonzero(unit_id == values[repeated][0]) + 1
        raise InputError(
            tr(
                "{file}: unit_id {unit} stands in rows {rows}; a code names one unit. "
                "Merge the rows or correct the codes.",
                file=path,
                unit=values[repeated][0],
                rows=", ".join(str(row) for row in rows[:5]),
            )
        )
