"""Maps that nobody expects, in every vector format."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import warnings
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio.raw
import shapely

from tests.soak.odd_content import N_ROWS
from tests.soak.odd_tables import odd_columns

SYSTEMS = ("EPSG:4326", "EPSG:4326", "EPSG:4326", "EPSG:32645", "EPSG:3857", "EPSG:4979", None)


def shapes(dice: random.Random, kind: str) -> list[Any]:
    """Return squares, or points for booths, with some that no map should hold."""
    west, south = 88.3 + np.arange(N_ROWS) % 5 / 100, 22.5 + np.arange(N_ROWS) // 5 / 100
    found = list(shapely.box(west, south, west + 0.01, south + 0.01))
    if kind == "booths" and dice.random() < 0.5:
        found = list(shapely.centroid(found))
    for _ in range(dice.choice([0, 1, 2, 8])):
        found[dice.randrange(N_ROWS)] = dice.choice(ODD_SHAPES)
    if dice.random() < 0.1:
        found = [dice.choice(ODD_SHAPES)] * N_ROWS
    return found


with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    ODD_SHAPES: tuple[Any, ...] = (
        None,
        shapely.Polygon(),
        shapely.MultiPolygon(),
        shapely.Point(88.3, 22.5),
        shapely.Point(),
        shapely.MultiPoint([(0, 0), (1, 1)]),
        shapely.LineString([(88, 22), (89, 23)]),
        shapely.GeometryCollection([shapely.Point(1, 1), shapely.box(0, 0, 1, 1)]),
        shapely.Polygon([(88, 22), (89, 23), (88, 23), (89, 22)]),
        shapely.Polygon([(88, 22), (88, 22), (88, 22), (88, 22)]),
        shapely.box(88, 22, 89, 23).difference(shapely.box(88.4, 22.4, 88.6, 22.6)),
        shapely.box(-1e308, -1e308, 1e308, 1e308),
        shapely.box(500_000, 2_400_000, 600_000, 2_500_000),
        shapely.box(0, 0, 1e-300, 1e-300),
        shapely.Point(float("nan"), float("nan")),
        shapely.Point(float("inf"), 1),
        shapely.force_3d(shapely.box(88.3, 22.5, 88.4, 22.6), 7.0),
        shapely.box(179, -1, 181, 1),
    )


def write_geojson(dice: random.Random, kind: str, stem: Path) -> Path:
    columns = odd_columns(dice, kind)
    n = len(next(iter(columns.values()), []))
    features: list[Any] = []
    for i, shape in enumerate(shapes(dice, kind)[:n]):
        drawn = None if shape is None else json.loads(shapely.to_geojson(shape))
        cells = {name: cells[i] for name, cells in columns.items()}
        features.append({"type": "Feature", "properties": cells, "geometry": drawn})
    whole: Any = {"type": "FeatureCollection", "features": features}
    if dice.random() < 0.3:
        name = dice.choice(["EPSG:4326", "EPSG:32645", "urn:ogc:def:crs:OGC:1.3:CRS84", "x", "", 7])
        whole["crs"] = {"type": "name", "properties": {"name": name}}
    if features and dice.random() < 0.5:
        feature = dice.choice(features)
        match dice.randrange(10):
            case 0:
                feature["geometry"] = {"type": "Polygon", "coordinates": [[[88, 22], [89, 22]]]}
            case 1:
                feature["geometry"] = {"type": "Polygon", "coordinates": dice.choice([[], [[]], 7])}
            case 2:
                ring = [["a", "b"], [None, None], [{}, []], [88, 22]]
                feature["geometry"] = {"type": "Polygon", "coordinates": [ring]}
            case 3:
                ring = [[88.3, 22.5], [88.4, 22.5], [88.4, 22.6], [88.3, 22.6]]
                feature["geometry"] = {"type": "Polygon", "coordinates": [ring]}
            case 4:
                feature["geometry"] = {"type": dice.choice(["Circle", "", None]), "coordinates": []}
            case 5:
                feature["properties"] = dice.choice([None, [], {"unit_id": {"a": [1, 2]}}, 7])
            case 6:
                feature["properties"] |= {"unit_id": dice.choice([1, 1.5, True, [1], 10**30])}
            case 7:
                whole = dice.choice([features, feature, [], {}, None, {"type": "Topology"}])
            case 8:
                whole["features"] = dice.choice([None, {}, [None], [[]], features * 40])
            case 9:
                feature["geometry"] = {"type": "Point", "coordinates": [float("nan"), 1e999]}
    text = json.dumps(whole, ensure_ascii=dice.random() < 0.5)
    if dice.random() < 0.05:
        text = text.replace("[", "[" * dice.choice([50, 20_000]), 1)
    path = stem.with_suffix(dice.choice([".geojson", ".geojson", ".json", ".kml", ""]))
    path.write_text(text, encoding=dice.choice(["utf-8", "utf-8", "utf-16"]), errors="replace")
    return path


def _write_with_gdal(
    dice: random.Random, kind: str, path: Path, driver: str, **options: Any
) -> Path:
    columns = odd_columns(dice, kind)
    n = len(next(iter(columns.values()), []))
    fields = [name for name in columns if name.isprintable()][:60]
    drawn = np.array(shapes(dice, kind)[:n], dtype=object)
    if driver == "KML":
        # GDAL's writer turns a longitude round the globe step by step, from 1e308 for ever.
        drawn[shapely.bounds(drawn).max(axis=1, initial=0) > 1_000] = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            pyogrio.raw.write(
                path,
                geometry=shapely.to_wkb(drawn),
                field_data=[
                    np.array([str(c)[:9_000] for c in columns[name]], dtype=object)
                    for name in fields
                ],
                fields=np.array(fields, dtype=object),
                driver=driver,
                geometry_type=options.pop("geometry_type", "Unknown"),
                crs=dice.choice(SYSTEMS),
                **options,
            )
        except Exception:  # noqa: BLE001 - what GDAL refuses to write is left as far as it came
            if not path.exists():
                path.write_bytes(b"")
    return path


def write_gpkg(dice: random.Random, kind: str, stem: Path) -> Path:
    path = _write_with_gdal(dice, kind, stem.with_suffix(".gpkg"), "GPKG", layer="a")
    if dice.random() < 0.5:
        _change_tables(dice, path)
    return path


def _change_tables(dice: random.Random, path: Path) -> None:
    statements = (
        "update gpkg_contents set srs_id = 99999",
        "update gpkg_geometry_columns set srs_id = -1",
        "delete from gpkg_contents",
        "delete from gpkg_geometry_columns",
        "drop table gpkg_spatial_ref_sys",
        "update gpkg_contents set table_name = 'gone'",
        "insert into gpkg_contents select 'b', 'features', 'b', '', '', 0, 0, 0, 0, 4326",
        "update a set geom = x'4750000100000000'",
        "update a set geom = 'text'",
        "update a set geom = zeroblob(40)",
        "create view loop_a as select * from loop_b",
        "pragma application_id = 7",
        "pragma user_version = -1",
    )
    database = sqlite3.connect(path, isolation_level=None)
    try:
        for (name,) in database.execute(
            "select name from sqlite_master where type = 'trigger'"
        ).fetchall():
            database.execute(f'drop trigger "{name}"')
        database.execute(dice.choice(statements))
    except sqlite3.Error:
        pass
    finally:
        database.close()


def write_flatgeobuf(dice: random.Random, kind: str, stem: Path) -> Path:
    return _write_with_gdal(dice, kind, stem.with_suffix(".fgb"), "FlatGeobuf")


def write_kml(dice: random.Random, kind: str, stem: Path) -> Path:
    path = _write_with_gdal(dice, kind, stem.with_suffix(".kml"), "KML")
    if dice.random() < 0.4:
        text = path.read_text(errors="replace")
        path.write_text(
            dice.choice(
                [
                    text.replace("<coordinates>", "<coordinates>a,b,c ", 2),
                    text.replace("<Placemark", "<Folder>" * 3_000 + "<Placemark", 1),
                    text.replace("</Polygon>", "", 1),
                    '<!DOCTYPE x [<!ENTITY a "&#38;a;">]>' + text,
                    text.replace(",", ";"),
                    text.replace("88.3", dice.choice(["1e308", "-1e400", "nan", "500000"]), 3),
                ]
            )
        )
    return path


def write_shapefile_zip(dice: random.Random, kind: str, stem: Path) -> Path:
    folder = stem.with_name(stem.name + "-parts")
    folder.mkdir()
    _write_with_gdal(
        dice,
        kind,
        folder / "a.shp",
        "ESRI Shapefile",
        geometry_type=dice.choice(["Polygon", "Point"]),
    )
    parts = {part.name: part.read_bytes() for part in sorted(folder.iterdir())}
    shutil.rmtree(folder)
    for _ in range(dice.choice([0, 0, 1, 2])):
        if parts:
            del parts[dice.choice(list(parts))]
    match dice.randrange(8):
        case 0:
            parts = {f"../../{name}": content for name, content in parts.items()}
        case 1:
            parts = {f"deep/{'x/' * 40}{name}": content for name, content in parts.items()}
        case 2:
            parts["bomb.dbf"] = b"\0" * 50_000_000
        case 3:
            parts |= {f"copy{name}": content for name, content in parts.items()}
        case 4:
            parts = {name: content[: len(content) // 2] for name, content in parts.items()}
    path = stem.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def write_geoparquet(dice: random.Random, kind: str, stem: Path) -> Path:
    columns = odd_columns(dice, kind)
    n = len(next(iter(columns.values()), []))
    table = pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})
    wkb = list(shapely.to_wkb(np.array(shapes(dice, kind)[:n], dtype=object)))
    if wkb and dice.random() < 0.3:
        wkb[dice.randrange(n)] = dice.choice([b"", b"\x01", b"x" * 40, dice.randbytes(60)])
    described: Any = {
        "version": "1.0.0",
        "primary_column": dice.choice(["geometry"] * 4 + ["gone", None, 7]),
        "columns": {
            "geometry": {
                "encoding": dice.choice(["WKB"] * 4 + ["point", None]),
                "geometry_types": [],
                "crs": dice.choice(
                    [None, {}, {"id": {}}, {"id": {"authority": "EPSG", "code": 0}}, 7]
                ),
            }
        },
    }
    if dice.random() < 0.6:
        del described["columns"]["geometry"]["crs"]
    if dice.random() < 0.2:
        described = dice.choice([{}, [], None, {"columns": []}, {"primary_column": "geometry"}])
    table = table.append_column(
        "geometry", pa.array(wkb, dice.choice([pa.binary(), pa.large_binary()]))
    )
    table = table.replace_schema_metadata({"geo": json.dumps(described)})
    path = stem.with_suffix(".parquet")
    pq.write_table(table, path)
    return path


MAPS = (
    write_geojson,
    write_geojson,
    write_gpkg,
    write_flatgeobuf,
    write_kml,
    write_shapefile_zip,
    write_geoparquet,
)
