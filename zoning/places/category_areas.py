"""Cells of one kind as one area each, the kinds apart: no ground lies in two of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from zoning.model import Geometries, Texts

# A ten-millionth of a degree, a centimetre: the borders of all kinds are laid to it, so that one
# ends where the other begins, and a file that rounds to seven decimals changes nothing.
GRID_DEGREES = 1e-7


def joint_areas(kind: Texts, cells: Geometries, kinds: Sequence[str]) -> Geometries:
    """Return the area of each kind; where cells overlap the ground belongs to the first kind.

    Parameters
    ----------
    kind : Texts
        Kind of each cell, shape (n,); one that isn't in `kinds` is left out.
    cells : Geometries
        Areas in WGS84 degrees, valid, shape (n,).
    kinds : sequence of str
        From the strongest to the weakest.

    Returns
    -------
    Geometries
        One area a kind, None where no ground is left to it.
    """
    areas = np.full(len(kinds), None, dtype=object)
    taken: shapely.Geometry = shapely.Polygon()
    for nth, key in enumerate(kinds):
        own = cells[kind == key]
        if not len(own):
            continue
        joint = shapely.union_all(own, grid_size=GRID_DEGREES)
        area = shapely.difference(joint, taken, grid_size=GRID_DEGREES)
        parts = shapely.get_parts(area)
        parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
        if len(parts):
            areas[nth] = shapely.multipolygons(parts)
        if key != kinds[-1]:
            taken = shapely.union(taken, joint, grid_size=GRID_DEGREES)
    return areas
