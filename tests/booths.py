"""Booths for tests, and what must hold for derived areas whatever the booths are."""

from __future__ import annotations

import numpy as np
import shapely

from zoning.model import Booths, Geometries
from zoning.places.booth_areas import BoothAreas, Provenance


def booths_at(places: list[object], unit_id: list[str] | None = None) -> Booths:
    """Build booths `b1`, `b2`, ... from shapes, (lon, lat) pairs or None."""
    n = len(places)
    geometry = np.full(n, None, dtype=object)
    for at, place in enumerate(places):
        geometry[at] = shapely.Point(place) if isinstance(place, tuple) else place
    return Booths(
        booth_id=np.array([f"b{at}" for at in range(1, n + 1)], dtype=object),
        unit_id=np.array(unit_id or [""] * n, dtype=object),
        name=np.full(n, "", dtype=object),
        population=np.full(n, np.nan),
        geometry=geometry,
    )


def derived_areas(areas: BoothAreas) -> Geometries:
    """Return the areas that weren't surveyed, each once."""
    is_derived = np.isin(
        areas.provenance.astype(str), [Provenance.DERIVED.value, Provenance.UNIT.value]
    )
    once = {id(shape): shape for shape in areas.geometry[is_derived]}
    found = np.empty(len(once), dtype=object)
    found[:] = list(once.values())
    return found


def codes(areas: BoothAreas) -> list[tuple[int, str]]:
    return [
        (finding.row, finding.code)
        for finding in areas.findings
        if finding.code != "unit_without_booths"
    ]
