"""Areas in square metres: polygons in degrees laid into a local equal-area system.

Lambert's azimuthal projection about the middle of the places keeps every area
exactly and, a few hundred kilometres around, lengths to a thousandth.
"""

from __future__ import annotations

from dataclasses import dataclass

from zoning import crs as crs_guard
from zoning.model import Geometries

M2_PER_HA = 10_000.0


@dataclass(frozen=True)
class EqualArea:
    """A metric system of its own about one place; build it with `equal_area_about`.

    Attributes
    ----------
    metric : str
        The system, as `crs.local_equal_area` names it.
    """

    metric: str

    def to_metres(self, geometry: Geometries) -> Geometries:
        """Return geometries in WGS84 degrees as metres east and north of the centre."""
        return crs_guard.to_metric(geometry, self.metric)

    def to_degrees(self, geometry: Geometries) -> Geometries:
        """Return geometries in metres as WGS84 degrees."""
        return crs_guard.to_wgs84(geometry, self.metric)


def equal_area_about(geometry: Geometries) -> EqualArea:
    """Return the equal-area system about the middle of some places.

    Parameters
    ----------
    geometry : Geometries
        In WGS84 degrees, shape (n,); may be missing, all of them too.
    """
    return EqualArea(crs_guard.local_equal_area(geometry))
