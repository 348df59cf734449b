"""PostGIS-named functions for the standard library's SQLite.

Geometry is stored as EWKB. The functions that queries call run on shapely; an
extension such as SpatiaLite isn't needed, so every Python can open the
database. Indexes are in `sqlite_index`.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from zoning.store.sqlite_index import register_index_functions

SRID = 4326
EARTH_RADIUS_M = 6_371_008.771_415_06
"""Mean radius of the Earth (IUGG), as PostGIS's `ST_DistanceSphere` takes it."""


@lru_cache(maxsize=4096)
def _prepared(ewkb: bytes) -> BaseGeometry:
    geometry = shapely.from_wkb(ewkb)
    shapely.prepare(geometry)
    return geometry


@lru_cache(maxsize=4)
def _bounds(ewkb: bytes) -> tuple[float, float, float, float]:
    """Return the box of a geometry; a trigger asks for its four sides in a row."""
    west, south, east, north = shapely.bounds(shapely.from_wkb(ewkb)).tolist()
    return west, south, east, north


def _to_ewkb(geometry: BaseGeometry, srid: int) -> bytes:
    ewkb: bytes = shapely.to_wkb(shapely.set_srid(geometry, srid), include_srid=True)
    return ewkb


def _from_ewkt(text: str) -> bytes:
    head, separator, tail = text.partition(";")
    if separator and head.upper().startswith("SRID="):
        return _to_ewkb(shapely.from_wkt(tail), int(head[5:]))
    return _to_ewkb(shapely.from_wkt(text), SRID)


def _from_text(text: str, srid: int) -> bytes:
    return _to_ewkb(shapely.from_wkt(text), srid)


def _from_wkb(wkb: bytes, srid: int = SRID) -> bytes:
    return _to_ewkb(shapely.from_wkb(wkb), srid)


def _as_geojson(ewkb: bytes, decimals: int = 9) -> str:
    rounded = shapely.set_precision(shapely.from_wkb(ewkb), 10.0**-decimals, mode="pointwise")
    return str(shapely.to_geojson(rounded))


def _distance_sphere_m(first: bytes, second: bytes) -> float:
    """Return metres between two points on a sphere (haversine)."""
    points = shapely.from_wkb([first, second])
    lon_a, lon_b = np.radians(shapely.get_x(points)).tolist()
    lat_a, lat_b = np.radians(shapely.get_y(points)).tolist()
    half_lat = (lat_b - lat_a) / 2
    half_lon = (lon_b - lon_a) / 2
    haversine = (
        math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(haversine))


def _null_in_null_out(function: Callable[..., Any]) -> Callable[..., Any]:
    def strict(*values: Any) -> Any:
        return None if any(value is None for value in values) else function(*values)

    return strict


FUNCTIONS: tuple[tuple[str, int, Callable[..., Any]], ...] = (
    # Names without ST_ are those that GeoAlchemy2 compiles for SQLite.
    ("GeomFromEWKT", 1, _from_ewkt),
    ("ST_GeomFromEWKT", 1, _from_ewkt),
    ("ST_GeomFromText", 2, _from_text),
    ("GeomFromWKB", 2, _from_wkb),
    ("ST_GeomFromWKB", 2, _from_wkb),
    ("GeomFromEWKB", 1, bytes),
    ("GeomFromEWKB", 2, lambda ewkb, srid: bytes(ewkb)),
    ("ST_GeomFromEWKB", 1, bytes),
    ("ST_Point", 2, lambda x, y: _to_ewkb(shapely.Point(x, y), SRID)),
    ("AsEWKB", 1, lambda ewkb: ewkb.hex().upper()),
    ("AsBinary", 1, lambda ewkb: shapely.to_wkb(shapely.from_wkb(ewkb))),
    ("ST_AsText", 1, lambda ewkb: shapely.to_wkt(shapely.from_wkb(ewkb))),
    ("AsGeoJSON", 1, _as_geojson),
    ("AsGeoJSON", 2, _as_geojson),
    ("ST_Contains", 2, lambda a, b: int(_prepared(a).contains(shapely.from_wkb(b)))),
    ("ST_Covers", 2, lambda a, b: int(_prepared(a).covers(shapely.from_wkb(b)))),
    ("ST_Within", 2, lambda a, b: int(_prepared(b).contains(shapely.from_wkb(a)))),
    ("ST_Intersects", 2, lambda a, b: int(_prepared(a).intersects(shapely.from_wkb(b)))),
    ("ST_DistanceSphere", 2, _distance_sphere_m),
    ("ST_XMin", 1, lambda ewkb: _bounds(ewkb)[0]),
    ("ST_YMin", 1, lambda ewkb: _bounds(ewkb)[1]),
    ("ST_XMax", 1, lambda ewkb: _bounds(ewkb)[2]),
    ("ST_YMax", 1, lambda ewkb: _bounds(ewkb)[3]),
)


def add_spatial_functions(connection: sqlite3.Connection) -> None:
    """Register the functions and the index management on a new connection."""
    for name, arity, function in FUNCTIONS:
        connection.create_function(name, arity, _null_in_null_out(function), deterministic=True)
    register_index_functions(connection)
