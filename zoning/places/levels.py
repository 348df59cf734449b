"""Levels of an edition: a file that brings one level leaves the others as they are."""

from __future__ import annotations

import numpy as np

from zoning.model import Geometries, Texts, Units


def with_other_levels(units: Units, present: Units) -> Units:
    """Return units with those of the present edition that are of other levels.

    Parameters
    ----------
    units : Units
        What a file brings, in WGS84.
    present : Units
        The edition in force, in WGS84; its units of other levels and codes are kept.
    """
    other = ~np.isin(present.level.astype(str), np.unique(units.level.astype(str)))
    other &= ~np.isin(present.unit_id.astype(str), units.unit_id.astype(str))
    kept = present.take(other)
    if not len(kept):
        return units
    tags = sorted(units.names.keys() | kept.names.keys())
    has_geometry = units.geometry is not None or kept.geometry is not None
    has_lgd = units.lgd_code is not None or kept.lgd_code is not None
    return Units(
        unit_id=np.concatenate([units.unit_id, kept.unit_id]),
        name=np.concatenate([units.name, kept.name]),
        population=np.concatenate([units.population, kept.population]),
        level=np.concatenate([units.level, kept.level]),
        parent_id=np.concatenate([units.parent_id, kept.parent_id]),
        geometry=np.concatenate([_shapes(units), _shapes(kept)]) if has_geometry else None,
        lgd_code=(
            np.concatenate([_told(units.lgd_code, units), _told(kept.lgd_code, kept)])
            if has_lgd
            else None
        ),
        names={
            tag: np.concatenate([_told(part.names.get(tag), part) for part in (units, kept)])
            for tag in tags
        },
    )


def _shapes(units: Units) -> Geometries:
    return np.full(len(units), None, dtype=object) if units.geometry is None else units.geometry


def _told(cells: Texts | None, units: Units) -> Texts:
    return np.full(len(units), "", dtype=object) if cells is None else cells
