"""Areas in square metres: polygons in degrees laid into a local equal-area system.

Lambert's azimuthal projection about the middle of the places keeps every area
exactly and, a few hundred kilometres around, lengths to a thousandth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from zoning.model import Floats, Geometries

M2_PER_HA = 10_000.0


@dataclass(frozen=True)
class EqualArea:
    """A metric system of its own about one place; build it with `equal_area_about`.

    Attributes
    ----------
    lon, lat : float
        Centre, in WGS84 degrees.
    """

    lon: float
    lat: float

    def to_metres(self, geometry: Geometries) -> Geometries:
        """Return geometries in WGS84 degrees as metres east and north of the centre."""
        return self._turn(geometry, is_back=False)

    def to_degrees(self, geometry: Geometries) -> Geometries:
        """Return geometries in metres as WGS84 degrees."""
        return self._turn(geometry, is_back=True)

    def _turn(self, geometry: Geometries, is_back: bool) -> Geometries:
        # Of pyproj only the formula is needed, not its search for a way between two systems.
        from pyproj import Proj

        formula = Proj(proj="laea", lat_0=self.lat, lon_0=self.lon, datum="WGS84", units="m")

        def turn(xy: Floats) -> Floats:
            return np.column_stack(formula(xy[:, 0], xy[:, 1], inverse=is_back))

        return shapely.transform(geometry, turn)


def equal_area_about(geometry: Geometries) -> EqualArea:
    """Return the equal-area system about the middle of some places.

    Parameters
    ----------
    geometry : Geometries
        In WGS84 degrees, shape (n,); may be missing, all of them too.
    """
    if shapely.is_missing(geometry).all():
        return EqualArea(0.0, 0.0)
    west, south, east, north = (float(value) for value in shapely.total_bounds(geometry))
    return EqualArea((west + east) / 2, (south + north) / 2)
