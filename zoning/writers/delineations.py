"""A delineation as files: one row a booth, and one area a category."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from zoning.model import WGS84, Category, Geometries
from zoning.places.category_areas import joint_areas
from zoning.writers.tables import Ground, drafted_table

AREA_SUFFIXES = (".geojson", ".gpkg", ".parquet")
BOOTHS_LAYER = "booths"
AREAS_LAYER = "categories"
# A beats B beats C.
CATEGORIES = tuple(category.value for category in Category)


def drafted_booths(
    columns: dict[str, Any], cells: Geometries, path: Path
) -> AbstractContextManager[None]:
    """Write the booths beside their place; the file appears when the block ends.

    Parameters
    ----------
    columns : dict of str to array
        Columns by name, shape (n,) each, in the order in which they are written.
    cells : Geometries
        Areas in WGS84, shape (n,).
    path : Path
        Where the file appears; its suffix says the form.

    Raises
    ------
    OutputError
        If the file can't be written; nothing is left half-written.
    """
    return drafted_table(columns, Ground(cells, WGS84, BOOTHS_LAYER), path)


def drafted_areas(
    columns: dict[str, Any], cells: Geometries, path: Path
) -> AbstractContextManager[None]:
    """Write the areas of the categories beside their place, a row each, without overlaps.

    A category without ground has no row.

    Parameters
    ----------
    columns : dict of str to array
        With `category` of each booth, shape (n,).
    cells : Geometries
        Areas in WGS84, shape (n,).
    path : Path
        Where the file appears; its suffix says the form.

    Raises
    ------
    OutputError
        If the file can't be written; nothing is left half-written.
    """
    category = columns["category"]
    areas = joint_areas(category, cells, CATEGORIES)
    has_ground = ~shapely.is_missing(areas)
    keys = np.array(CATEGORIES, dtype=object)
    counts = np.array([(category == key).sum() for key in CATEGORIES], dtype=np.int64)
    rows = {"category": keys[has_ground], "booths": counts[has_ground]}
    return drafted_table(rows, Ground(areas[has_ground], WGS84, AREAS_LAYER), path)
