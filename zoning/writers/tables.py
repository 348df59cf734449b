"""A table as CSV, GeoJSON, GeoPackage or Parquet: columns, and a shape a row if there is one."""

from __future__ import annotations

import csv
import errno
import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from zoning import crs as crs_guard
from zoning import lean
from zoning.errors import OutputError
from zoning.i18n.catalogue import tr
from zoning.model import WGS84, Geometries
from zoning.writers.drafts import drafted

SUFFIXES = (".csv", ".geojson", ".gpkg", ".parquet")


@dataclass(frozen=True)
class Ground:
    """Where the rows of a table lie.

    Attributes
    ----------
    geometry : Geometries or None
        Areas in `crs`, shape (n,); None where the rows have none.
    crs : str
        Their system.
    layer : str
        Name of the layer, where a file can hold several.
    """

    geometry: Geometries | None
    crs: str
    layer: str


def drafted_table(
    columns: dict[str, Any], ground: Ground, path: Path
) -> AbstractContextManager[None]:
    """Write a table beside its place; it appears when the block ends. The suffix says the form.

    Infinity is `inf` in CSV and null in GeoJSON; not computable is empty.

    Parameters
    ----------
    columns : dict of str to array
        Columns by name, shape (n,) each: texts, floats, counts, truths or days.
    ground : Ground
        Shapes of the rows.
    path : Path
        Where the file appears.

    Raises
    ------
    OutputError
        If the suffix is unknown or the file can't be written; nothing is left half-written.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise _unknown_suffix(path, SUFFIXES)
    return drafted(path, lambda draft: writer(columns, ground, draft))


def refuse_unwritable(path: Path, suffixes: tuple[str, ...] = SUFFIXES) -> None:
    """Refuse an output that can't be written, before any work is done.

    Raises
    ------
    OutputError
        If the suffix is unknown or the folder doesn't exist.
    """
    if path.suffix.lower() not in suffixes:
        raise _unknown_suffix(path, suffixes)
    refuse_missing_folder(path)


def refuse_missing_folder(path: Path) -> None:
    """Refuse an output whose folder doesn't exist.

    Raises
    ------
    OutputError
        Naming the folder.
    """
    if not path.parent.is_dir():
        raise OutputError(
            tr("The folder {folder} doesn't exist; create it first.", folder=path.parent)
        )


def _unknown_suffix(path: Path, suffixes: tuple[str, ...]) -> OutputError:
    return OutputError(
        tr(
            "Results are written to {known}, not to {file}; change the suffix.",
            known=", ".join(suffixes),
            file=path.name,
        )
    )


def _csv(columns: dict[str, Any], _ground: Ground, path: Path) -> None:
    texts = [csv_texts(column) for column in columns.values()]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(columns)
        rows.writerows(zip(*texts, strict=True))


def csv_texts(column: Any) -> list[str]:
    """Return the cells of a column as a CSV holds them: empty where not computable."""
    if column.dtype.kind == "f":
        return ["" if np.isnan(v) else f"{v:.10g}" for v in column.tolist()]
    if column.dtype.kind == "b":
        return ["true" if v else "false" for v in column.tolist()]
    if column.dtype.kind == "M":
        return ["" if v is None else v.isoformat() for v in column.tolist()]
    return [str(v) for v in column.tolist()]


def _geojson(columns: dict[str, Any], ground: Ground, path: Path) -> None:
    if ground.geometry is None:
        shapes: list[str] = ["null"] * len(next(iter(columns.values())))
    else:
        geometry = crs_guard.to_wgs84(ground.geometry, ground.crs)
        # Seven decimals of a degree are a centimetre.
        rounded = shapely.transform(geometry, lambda xy: np.round(xy, 7))
        shapes = [text or "null" for text in shapely.to_geojson(rounded)]
    rows = zip(*(json_values(column) for column in columns.values()), strict=True)
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        for index, (row, shape) in enumerate(zip(rows, shapes, strict=True)):
            properties = json.dumps(
                dict(zip(columns, row, strict=True)), ensure_ascii=False, allow_nan=False
            )
            comma = ",\n" if index else ""
            file.write(f'{comma}{{"type":"Feature","properties":{properties},"geometry":{shape}}}')
        file.write("\n]}\n")


def json_values(column: Any) -> list[Any]:
    """Return the cells of a column as JSON holds them: None where not computable or infinite."""
    if column.dtype.kind == "f":
        return [float(v) if np.isfinite(v) else None for v in column.tolist()]
    if column.dtype.kind == "M":
        return [None if v is None else v.isoformat() for v in column.tolist()]
    return list(column.tolist())


def write_layer(
    columns: dict[str, Any],
    ground: Ground,
    path: Path,
    *,
    layer_options: dict[str, str] | None = None,
    file_options: dict[str, str] | None = None,
) -> None:
    """Write one layer of a GeoPackage; layers that the file has already stay.

    Parameters
    ----------
    columns : dict of str to array
        Columns by name, shape (n,) each.
    ground : Ground
        Shapes of the rows, and the name of the layer.
    path : Path
        The draft.
    layer_options, file_options : dict of str to str
        Options of GDAL's driver for the layer, and for a file that isn't there yet.

    Raises
    ------
    OSError
        If the layer can't be written in full.
    """
    raw = lean.gdal()
    geometry = None
    if ground.geometry is not None:
        geometry = shapely.to_wkb(_multipolygons(ground.geometry))
    masks = [_mask(column) for column in columns.values()]
    from pyogrio.core import read_info
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    try:
        raw.write(
            path,
            geometry=geometry,
            field_data=[_storable(column) for column in columns.values()],
            fields=np.array(list(columns), dtype=object),
            field_mask=masks,
            driver="GPKG",
            layer=ground.layer,
            geometry_type=None if geometry is None else "MultiPolygon",
            crs=None if geometry is None else _gdal_crs(ground.crs),
            layer_options=layer_options,
            dataset_options=file_options,
        )
        written = read_info(path, layer=ground.layer, force_feature_count=True)
    except (DataSourceError, DataLayerError, FeatureError) as fault:
        raise OSError(errno.EIO, str(fault)) from fault
    # GDAL says nothing of what fails while it closes a file: its last rows, its spatial index.
    is_indexed = geometry is None or written["capabilities"]["fast_spatial_filter"]
    if written["features"] != len(next(iter(columns.values()))) or not is_indexed:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _gdal_crs(crs: str) -> str:
    return WGS84 if crs_guard.is_degrees(crs) else crs


def _multipolygons(geometry: Any) -> Any:
    single = shapely.get_type_id(geometry) == shapely.GeometryType.POLYGON
    result = geometry.copy()
    result[single] = shapely.multipolygons(
        geometry[single], indices=np.arange(int(single.sum()), dtype=np.int64)
    )
    return result


def _mask(column: Any) -> Any:
    if column.dtype.kind == "f":
        return np.isnan(column)
    if column.dtype.kind == "M":
        return np.isnat(column)
    return None


def _storable(column: Any) -> Any:
    # SQLite stores infinity; 0 and 1 for truths keep the type boolean in GeoPackage.
    is_moment = column.dtype == np.dtype("datetime64[ms]")
    if column.dtype.kind == "M" and not is_moment:
        return column.astype("datetime64[D]")
    return column


def _parquet(columns: dict[str, Any], ground: Ground, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays = {
        # Texts are named as such: without a row nothing would tell that they are.
        name: pa.array(column, pa.string() if column.dtype == object else None, mask=_mask(column))
        for name, column in columns.items()
    }
    table = pa.table(arrays)
    if ground.geometry is not None:
        geometry = crs_guard.to_wgs84(ground.geometry, ground.crs)
        # Of no shape at all there are no bounds.
        bounds = [float(v) for v in shapely.total_bounds(geometry)] if len(geometry) else [np.nan]
        described = {
            "version": "1.0.0",
            "primary_column": "geometry",
            "columns": {
                "geometry": {
                    "encoding": "WKB",
                    "geometry_types": [],
                    **({"bbox": bounds} if np.isfinite(bounds).all() else {}),
                }
            },
        }
        table = table.append_column("geometry", pa.array(shapely.to_wkb(geometry), pa.binary()))
        table = table.replace_schema_metadata({"geo": json.dumps(described)})
    pq.write_table(table, path)


_WRITERS: dict[str, Callable[[dict[str, Any], Ground, Path], None]] = {
    ".csv": _csv,
    ".geojson": _geojson,
    ".gpkg": write_layer,
    ".parquet": _parquet,
}
