"""Coordinate reference systems: WGS84 inside, metres only in a metric system.

pyproj is imported where it is needed: files in degrees, the usual case, don't
need it, and it costs start-up time.
"""

from __future__ import annotations

from typing import Any

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
    """Return geometries in WGS84 degrees."""
    if is_degrees(crs):
        return geometry
    from pyproj import Transformer

    change = Transformer.from_crs(_system(crs), _system(WGS84), always_xy=True)

    def turn(xy: Floats) -> Floats:
        import numpy as np

        return np.column_stack(change.transform(xy[:, 0], xy[:, 1]))

    return shapely.transform(geometry, turn)


def refuse_contradiction(bounds: Floats, crs: str, file: object) -> None:
    """Refuse numbers that can't belong to the system a file claims.

    Raises
    ------
    CrsError
        Degrees beyond the globe, or a metric system with numbers as small as degrees.
    """
    west, south, east, north = (float(value) for value in bounds)
    fits_globe = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    if is_degrees(crs) and not fits_globe:
        raise CrsError(
            tr(
                "{file} says its coordinates are degrees ({crs}), but they run from {west}, "
                "{south} to {east}, {north}: they look like metres. Say which system they are in "
                "(--crs EPSG:n), or export the file again with its system.",
                file=file,
                crs=crs,
                west=f"{west:.0f}",
                south=f"{south:.0f}",
                east=f"{east:.0f}",
                north=f"{north:.0f}",
            )
        )
    if not is_degrees(crs) and fits_globe and _system(crs).is_projected:
        raise CrsError(
            tr(
                "{file} says its coordinates are metres ({crs}), but they run from {west}, {south} "
                "to {east}, {north}: they look like degrees. If so, say --crs EPSG:4326.",
                file=file,
                crs=crs,
                west=f"{west:.4f}",
                south=f"{south:.4f}",
                east=f"{east:.4f}",
                north=f"{north:.4f}",
            )
        )


def _system(crs: str) -> Any:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        return CRS.from_user_input(crs)
    except CRSError as fault:
        raise CrsError(
            tr("{crs} isn't a known coordinate system; write it as EPSG:n.", crs=crs[:80])
        ) from fault
