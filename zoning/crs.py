"""Coordinate reference systems: WGS84 inside, metres only in a metric system.

pyproj is imported where it is needed: files in degrees, the usual case, don't
need it, and it costs start-up time.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from zoning.errors import CrsError
from zoning.i18n.catalogue import tr
from zoning.model import WGS84, Floats, Geometries

_DEGREES = frozenset({"EPSG:4326", "OGC:CRS84", "EPSG:4979", "OGC:CRS84H"})


def is_degrees(crs: str) -> bool:
    """Return whether a system is WGS84 in degrees, longitude first as files hold it."""
    if crs.upper() in _DEGREES:
        return True
    return bool(_system(crs).equals(_system(WGS84), ignore_axis_order=True))


def to_wgs84(geometry: Geometries, crs: str) -> Geometries:
    """Return geometries in WGS84 degrees.

    Raises
    ------
    CrsError
        If the system is unknown, or nothing leads from it to WGS84.
    """
    return geometry if is_degrees(crs) else _turned(geometry, crs, WGS84)


def to_metric(geometry: Geometries, metric: str) -> Geometries:
    """Return geometries given in WGS84 degrees in a metric system, such as `local_equal_area`."""
    return _turned(geometry, WGS84, metric)


def local_equal_area(geometry: Geometries) -> str:
    """Return an equal-area system in metres around the middle of geometries in WGS84 degrees.

    The middle is a median, so that a stray shape at (0, 0) doesn't carry it away.

    References
    ----------
    J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395, 1987, ch. 24.
    """
    return _about("laea", geometry)


def local_equidistant(geometry: Geometries) -> str:
    """Return an equidistant system in metres around the middle of geometries in WGS84 degrees.

    Lengths from the middle are exact; any other is right to (d / R)^2 / 6, where d is how far
    the place lies from the middle: 3 mm in a kilometre at 25 km, 0.4 m at 300 km.

    References
    ----------
    J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395, 1987, ch. 25.
    """
    return _about("aeqd", geometry)


def _about(projection: str, geometry: Geometries) -> str:
    box = shapely.bounds(geometry)
    box = box[np.isfinite(box).all(axis=1)]
    lon, lat = np.median((box[:, :2] + box[:, 2:]) / 2, axis=0) if len(box) else (0.0, 0.0)
    return f"+proj={projection} +lat_0={lat:.4f} +lon_0={lon:.4f} +datum=WGS84 +units=m +no_defs"


def _turned(geometry: Geometries, source: str, target: str) -> Geometries:
    change = _transformer(source, target)

    def turn(xy: Floats) -> Floats:
        return np.column_stack(change.transform(xy[:, 0], xy[:, 1]))

    return shapely.transform(geometry, turn)


def refuse_contradiction(bounds: Floats, crs: str, file: object) -> None:
    """Refuse numbers that can't belong to the system a file claims.

    Raises
    ------
    CrsError
        Degrees beyond the globe, a metric system with numbers as small as degrees, or places
        far outside the area the system is made for.
    """
    west, south, east, north = (float(value) for value in bounds)
    fits_globe = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    is_angle = bool(is_degrees(crs) or _system(crs).is_geographic)
    if is_angle and not fits_globe:
        raise CrsError(
            tr(
                "{file} says its coordinates are degrees ({crs}), but they run from {west}, "
                "{south} to {east}, {north}: they look like metres. Say which system they are in "
                "(--crs EPSG:n), or export the file again with its system.",
                file=file,
                crs=crs[:80],
                west=f"{west:.0f}",
                south=f"{south:.0f}",
                east=f"{east:.0f}",
                north=f"{north:.0f}",
            )
        )
    if not is_angle and fits_globe and _system(crs).is_projected:
        raise CrsError(
            tr(
                "{file} says its coordinates are metres ({crs}), but they run from {west}, {south} "
                "to {east}, {north}: they look like degrees. If so, say --crs EPSG:4326.",
                file=file,
                crs=crs[:80],
                west=f"{west:.4f}",
                south=f"{south:.4f}",
                east=f"{east:.4f}",
                north=f"{north:.4f}",
            )
        )
    if not is_angle and not _lies_in_its_area(bounds, crs):
        raise CrsError(
            tr(
                "{file} says its coordinates are in {crs}, but {west}, {south} to {east}, {north} "
                "lies far outside the area that system is made for. Say which system they are in: "
                "--crs EPSG:n.",
                file=file,
                crs=crs[:80],
                west=f"{west:.0f}",
                south=f"{south:.0f}",
                east=f"{east:.0f}",
                north=f"{north:.0f}",
            )
        )


def _lies_in_its_area(bounds: Floats, crs: str) -> bool:
    west, south, east, north = _transformer(crs, WGS84).transform_bounds(*bounds)
    area = _system(crs).area_of_use
    margin = _margin_degrees()
    # A box around the pole or the date line has its west right of its east: none of ours has.
    if not np.isfinite([west, south, east, north]).all() or west > east:
        return False
    if area is None or area.west > area.east:
        return bool(-180 <= west <= east <= 180 and -90 <= south <= north <= 90)
    return bool(
        area.west - margin <= west
        and east <= area.east + margin
        and area.south - margin <= south
        and north <= area.north + margin
    )


@cache
def _margin_degrees() -> float:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return float(tomllib.loads(text)["area_margin_degrees"])


@lru_cache(maxsize=16)
def _transformer(source: str, target: str) -> Any:
    from pyproj import Transformer
    from pyproj.exceptions import ProjError

    try:
        return Transformer.from_crs(_system(source), _system(target), always_xy=True)
    except ProjError as fault:
        raise CrsError(
            tr("Nothing leads from {crs} to {wgs84}; give --crs EPSG:n.", crs=source, wgs84=target)
        ) from fault


@lru_cache(maxsize=16)
def _system(crs: str) -> Any:
    """Return a system without its heights: a unit is a place on the ground."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        system = CRS.from_user_input(crs)
        system = system.sub_crs_list[0] if system.is_compound else system.to_2d()
    except CRSError as fault:
        raise CrsError(
            tr("{crs} isn't a known coordinate system; write it as EPSG:n.", crs=crs[:80])
        ) from fault
    if not (system.is_geographic or system.is_projected):
        raise CrsError(
            tr("{crs} isn't a system of places on a map; write one as EPSG:n.", crs=crs[:80])
        )
    return system
