"""The units of an edition as areas: flat valid polygons, and which units have none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from zoning.model import Bools, Floats, Geometries, Indices, Units
from zoning.places.equal_area import EqualArea


@dataclass(frozen=True)
class Ground:
    """The units of one edition as areas.

    Attributes
    ----------
    shape : Geometries
        Valid polygons in metres, shape (n,); None for a unit without area.
    area_m2 : Floats
        NaN for a unit without area.
    tier : Indices
        Only units of one tier are compared.
    """

    shape: Geometries
    area_m2: Floats
    tier: Indices


def are_without_area(units: Units) -> Bools:
    """Return which units no polygon shows: none in the file, an empty one, or a point or line.

    Parameters
    ----------
    units : Units
        Units of one edition, n of them.

    Returns
    -------
    Bools
        Shape (n,).
    """
    return np.asarray(shapely.is_missing(flat_polygons(units)), dtype=bool)


def flat_polygons(units: Units) -> Geometries:
    """Return flat valid polygons in degrees; None where there is no finite area."""
    if units.geometry is None:
        return np.full(len(units), None, dtype=object)
    flat = shapely.force_2d(units.geometry)
    xy, at_unit = shapely.get_coordinates(flat, return_index=True)
    # Mending would leave such a corner out and invent an area.
    flat[at_unit[~np.isfinite(xy).all(axis=1)]] = None
    is_mixed = shapely.get_type_id(flat) == shapely.GeometryType.GEOMETRYCOLLECTION
    for at in np.flatnonzero(is_mixed):
        parts = shapely.get_parts(shapely.get_parts(flat[at]))
        flat[at] = shapely.union_all(_valid(parts[shapely.get_dimensions(parts) == 2]))
    return _valid(flat)


def ground_in(flat: Geometries, system: EqualArea, tier: Indices) -> Ground:
    """Return polygons in degrees as areas in a metric system, with the tier of each unit."""
    # Corners move a little against each other between degrees and metres.
    shape = _valid(system.to_metres(flat))
    return Ground(shape, np.where(shapely.is_missing(shape), np.nan, shapely.area(shape)), tier)


def _valid(shape: Geometries) -> Geometries:
    faulty = ~shapely.is_missing(shape) & ~shapely.is_valid(shape)
    # A bow tie or an unclosed hole isn't a reason to lose a unit; lines left over are dropped.
    shape[faulty] = shapely.make_valid(shape[faulty], method="structure", keep_collapsed=False)
    shape[~(shapely.area(shape) > 0)] = None
    return shape
