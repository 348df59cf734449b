"""Units laid out on the ground: drawn in degrees, measured in metres around their own middle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from zoning import crs as crs_guard
from zoning.i18n.catalogue import tr
from zoning.model import Floats, Geometries, Ints, Units
from zoning.places.cuts import load_cuts

ROUNDS_MOST = 16


@dataclass(frozen=True)
class DrawnUnits:
    """The drawn units of one level.

    Attributes
    ----------
    units : Units
        In WGS84, each with an area, shape (n,).
    rows : Ints
        Their rows in the file.
    metric : str
        A local equal-area system in metres.
    metres : Geometries
        Their shapes in it.
    area_m2 : Floats
        Their areas.
    """

    units: Units
    rows: Ints
    metric: str
    metres: Geometries
    area_m2: Floats

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def drawn(self) -> Geometries:
        """Return the shapes in degrees, as the file draws them."""
        assert self.units.geometry is not None
        return self.units.geometry

    @property
    def middling_m2(self) -> float:
        """Return the area of a middling unit."""
        return float(np.median(self.area_m2))

    def label(self, index: int) -> str:
        """Return a unit as a person finds it: its code, and its name if it has one."""
        return label(self.units, index)


def lay_out(units: Units, rows: Ints) -> DrawnUnits | None:
    """Return the units that have an area on the ground, or None where none has.

    Parameters
    ----------
    units : Units
        In WGS84.
    rows : Ints
        Their rows in the file, shape (n,).
    """
    if units.geometry is None:
        return None
    has_area = ~(shapely.is_missing(units.geometry) | shapely.is_empty(units.geometry))
    if not has_area.any():
        return None
    units = units.take(has_area)
    assert units.geometry is not None
    metric = crs_guard.local_equal_area(units.geometry)
    metres = crs_guard.to_metric(units.geometry, metric)
    return DrawnUnits(units, rows[has_area], metric, metres, shapely.area(metres))


def label(units: Units, index: int) -> str:
    """Return a unit as a person finds it: its code, and its name if it has one."""
    code, name = str(units.unit_id[index]), str(units.name[index])
    return code if name in ("", code) else tr("{code} ({name})", code=code, name=name)


def outlines(drawn: Geometries) -> list[str]:
    """Return shapes as short WKT: enough to find and show the place.

    Parameters
    ----------
    drawn : Geometries
        Shapes in WGS84 degrees.
    """
    if not len(drawn):
        return []
    most = load_cuts().vertices_most
    short = drawn.copy()
    box = shapely.bounds(drawn)
    tolerance = np.maximum(box[:, 2:] - box[:, :2], 1e-9).max(axis=1) / 500
    for _ in range(ROUNDS_MOST):
        long = shapely.get_num_coordinates(short) > most
        if not long.any():
            break
        short[long] = shapely.simplify(drawn[long], tolerance[long])
        tolerance = tolerance * 2
    long = shapely.get_num_coordinates(short) > most
    short[long] = shapely.envelope(drawn[long])
    return [str(text) for text in shapely.to_wkt(short, rounding_precision=7)]
