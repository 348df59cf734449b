"""A plane in metres for each unit, in which a line that is straight in degrees stays straight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from zoning.model import Floats, Geometries, Indices

# The ellipsoid of WGS84: NIMA TR8350.2, 2000, table 3.1 and section 3.
_SEMI_MAJOR_M = 6_378_137.0
_ECCENTRICITY_2 = 6.694379990141e-3

# No place of a unit's plane is this far from its middle, so no unit's points are near another's.
_APART_M = 1e9


@dataclass(frozen=True)
class Planes:
    """The planes that touch the ellipsoid in the middle of each unit; build with `planes_of`.

    Attributes
    ----------
    lon, lat : Floats
        The middles in degrees, shape (n,); NaN for a unit without area.
    east_m, north_m : Floats
        Metres of a degree there, shape (n,).

    Notes
    -----
    Degrees are only stretched, so cells of such a plane have straight borders in degrees too and
    no corner of a unit moves. Lengths are exact in the middle; at its north and south end a gram
    panchayat 10 km high at 23 degrees north is wrong by 0.04 % from east to west.
    """

    lon: Floats
    lat: Floats
    east_m: Floats
    north_m: Floats

    def lay(self, unit: Indices, lon: Floats, lat: Floats) -> Floats:
        """Return degrees as metres in the planes of their units, shape (k, 2)."""
        east = (lon - self.lon[unit]) * self.east_m[unit]
        return np.column_stack([east, (lat - self.lat[unit]) * self.north_m[unit]])

    def lift(self, unit: Indices, metres: Floats) -> Floats:
        """Return metres, shape (k, 2), as degrees."""
        lon = metres[:, 0] / self.east_m[unit] + self.lon[unit]
        return np.column_stack([lon, metres[:, 1] / self.north_m[unit] + self.lat[unit]])

    def lay_apart(self, unit: Indices, lon: Floats, lat: Floats) -> Floats:
        """Return metres with a height by unit, so that the nearest point is one of the same."""
        return np.column_stack([self.lay(unit, lon, lat), unit * _APART_M])


def planes_of(shape: Geometries) -> Planes:
    """Return the planes of units.

    Parameters
    ----------
    shape : Geometries
        In WGS84 degrees, shape (n,); None for a unit without area.

    References
    ----------
    J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395, 1987, eq. 4-18
    and 4-20: radii of curvature.
    """
    box = shapely.bounds(shape)
    lon, lat = (box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2
    flatness = 1 - _ECCENTRICITY_2 * np.sin(np.radians(lat)) ** 2
    across_m = _SEMI_MAJOR_M / np.sqrt(flatness)
    along_m = _SEMI_MAJOR_M * (1 - _ECCENTRICITY_2) / flatness**1.5
    return Planes(lon, lat, np.radians(across_m * np.cos(np.radians(lat))), np.radians(along_m))
