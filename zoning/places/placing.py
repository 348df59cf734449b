"""In which unit a case counts; where it counts in none, why.

A row is placed by its unit code if it has one, else by its coordinates. A code
that nobody knows isn't replaced by the coordinates beside it: two answers that
disagree are a question for a person.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zoning.model import Bools, Cases, Coded, Geometries, Indices, Texts, Units
from zoning.places.locate import Locator, build_locator

UNLOCATED = -1

REASONS = (
    "",
    "place_missing",
    "unit_unknown",
    "booth_unknown",
    "coordinates_missing",
    "coordinates_zero",
    "coordinates_outside",
)
_CODE = {reason: np.int8(code) for code, reason in enumerate(REASONS)}


@dataclass(frozen=True)
class Placement:
    """Where cases are.

    Attributes
    ----------
    unit_index : Indices
        Position of the unit, shape (n,); `UNLOCATED` for none.
    reason : npt.NDArray[np.int8]
        Position in `REASONS`, shape (n,); 0 where located.
    """

    unit_index: Indices
    reason: npt.NDArray[np.int8]


def index_units(coded: Coded, unit_id: Texts) -> Indices:
    """Return the position of each cell's unit; -1 where it is empty or unknown."""
    position = {unit: index for index, unit in enumerate(unit_id)}
    known = [position.get(value, UNLOCATED) for value in coded.values]
    return np.array([*known, UNLOCATED], dtype=np.int32)[coded.codes]


class Placer:
    """Places the parts of one case file in the same units, building the grid at most once."""

    def __init__(self, units: Units, geometry_wgs84: Geometries | None, n_points: int) -> None:
        self.units = units
        self._geometry = geometry_wgs84
        self._n_points = n_points
        self._locator: Locator | None = None

    def place(self, cases: Cases) -> Placement:
        """Return where the cases of one part are."""
        n = len(cases)
        index = np.full(n, UNLOCATED, dtype=np.int32)
        reason = np.full(n, _CODE["place_missing"])
        open_ = np.ones(n, dtype=bool)
        if cases.unit_id is not None:
            index = index_units(cases.unit_id, self.units.unit_id)
            has_code = cases.unit_id.codes >= 0
            reason[has_code] = _CODE["unit_unknown"]
            open_ = ~has_code
        if cases.booth_id is not None:
            has_booth = open_ & (cases.booth_id.codes >= 0)
            reason[has_booth] = _CODE["booth_unknown"]
        if cases.lon is not None and cases.lat is not None and self._geometry is not None:
            by_point = self._by_coordinates(cases, open_)
            index[open_] = by_point.unit_index
            undecided = reason == _CODE["booth_unknown"]
            reason[open_ & ~undecided] = by_point.reason[~undecided[open_]]
        reason[index >= 0] = 0
        return Placement(index, reason)

    def _by_coordinates(self, cases: Cases, open_: Bools) -> Placement:
        assert cases.lon is not None
        assert cases.lat is not None
        if self._locator is None:
            assert self._geometry is not None
            self._locator = build_locator(self._geometry, self.units.unit_id, self._n_points)
        lon, lat = cases.lon[open_], cases.lat[open_]
        index = self._locator.locate(lon, lat)
        reason = np.full(len(lon), _CODE["coordinates_outside"])
        reason[(lon == 0) & (lat == 0)] = _CODE["coordinates_zero"]
        reason[np.isnan(lon) | np.isnan(lat)] = _CODE["coordinates_missing"]
        return Placement(index, reason)
