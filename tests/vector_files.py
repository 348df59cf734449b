"""Small map files for tests of readers: wards of a tenth of a degree around (77, 12)."""

from __future__ import annotations

import json
import warnings
import zipfile
from pathlib import Path

import numpy as np
import shapely

SIDE = 0.1
DRIVERS = {
    ".geojson": "GeoJSON", ".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".kml": "KML",
    ".fgb": "FlatGeobuf", ".gml": "GML", ".gdb": "OpenFileGDB", ".kmz": "LIBKML",
}  # fmt: skip


def ward(column: int, row: int = 0) -> shapely.Geometry:
    """Draw the ward in a column and row of the grid."""
    x, y = 77 + SIDE * column, 12 + SIDE * row
    return shapely.box(x, y, x + SIDE, y + SIDE)


def ring(column: int, row: int = 0) -> list[list[float]]:
    """Return the corners of a ward, the first twice."""
    return [list(corner) for corner in ward(column, row).exterior.coords]


def polygon(*rings: object) -> dict[str, object]:
    """Return a GeoJSON polygon."""
    return {"type": "Polygon", "coordinates": list(rings)}


def write_geojson(path: Path, geometries: list[object], crs: object = None, **properties) -> Path:
    """Write features numbered from 1, with more properties as lists of one value each."""
    features = [
        {
            "type": "Feature",
            "properties": {"unit_id": str(i + 1)} | {k: v[i] for k, v in properties.items()},
            "geometry": geometry,
        }
        for i, geometry in enumerate(geometries)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    if crs is not None:
        collection["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path


def write_vector(
    path: Path,
    shapes: list[shapely.Geometry | bytes | None],
    crs: str | None = "EPSG:4326",
    layer: str | None = None,
    kind: str = "Unknown",
    append: bool = False,
    encoding: str | None = None,
    **columns: list[object],
) -> Path:
    """Write shapes through GDAL with `unit_id` 1 ... n, or the columns given."""
    from pyogrio import raw

    columns = columns or {"unit_id": [str(i + 1) for i in range(len(shapes))]}
    binaries = [shapely.to_wkb(s) if isinstance(s, shapely.Geometry) else s for s in shapes]
    options = {"SPATIAL_INDEX": "NO"} if path.suffix == ".fgb" else {}
    with warnings.catch_warnings(action="ignore"):
        raw.write(
            path,
            np.array([*binaries, None], dtype=object)[:-1],
            [np.array(cells, dtype=object) for cells in columns.values()],
            list(columns),
            geometry_type="Polygon" if path.suffix == ".shp" and kind == "Unknown" else kind,
            crs=crs,
            driver=DRIVERS[path.suffix],
            layer=layer,
            append=append,
            encoding=encoding,
            **options,
        )
    return path


def pack(archive: Path, *parts: Path, inside: str = "") -> Path:
    """Put files into a zip, or into a folder of it."""
    with zipfile.ZipFile(archive, "a") as file:
        for part in parts:
            file.write(part, inside + part.name)
    return archive


def shapefile_parts(path: Path) -> list[Path]:
    """Return all parts of a shapefile."""
    return sorted(path.parent.glob(f"{path.stem}.*"))
