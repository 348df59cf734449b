"""The ground of containment zones, by the quickest way that the ground of a state allows."""

from __future__ import annotations

import numpy as np
import shapely

from zoning.model import Geometries, Indices
from zoning.places.category_areas import GRID_DEGREES
from zoning.places.dissolve import dissolve
from zoning.places.perimeters import zone_areas
from zoning.workflow.ground import Ground


def zone_ground(ground: Ground, label: Indices, n_zones: int) -> Geometries:
    """Return the affected ground of each zone in WGS84.

    Parameters
    ----------
    ground : Ground
        Booths, n.
    label : Indices
        Zone of each affected booth, shape (n,); -1 for any other.
    n_zones : int
        How many zones there are.

    Returns
    -------
    Geometries
        Multipolygons on the grid of `GRID_DEGREES`, shape (n_zones,); None for a zone without
        ground.
    """
    if ground.arcs is None:
        # Surveyed areas may overlap, or pass each other by a hair: they have no common lines to
        # join them along, and only an overlay says whose the ground is.
        return zone_areas(label, ground.cells, n_zones)
    areas = dissolve(ground.arcs, label.astype(np.int64), n_zones)
    on_grid: Geometries = shapely.set_precision(areas, GRID_DEGREES)
    return on_grid
