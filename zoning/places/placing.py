"""In which unit a case counts; where it counts in none, why.

A row is placed where a person put it, else by its unit code or name if it has
one, else by its booth, else by its coordinates, else by its address. A code that
nobody knows isn't replaced by the coordinates beside it: two answers that disagree
are a question for a person. A name that is only alike places nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from zoning.model import Bools, Booths, Cases, Coded, Floats, Geometries, Indices, Texts, Units
from zoning.places.locate import Locator, build_locator

if TYPE_CHECKING:
    from zoning.places.gazetteer import Gazetteer

UNLOCATED = -1

REASONS = (
    "",
    "place_missing",
    "unit_unknown",
    "booth_unknown",
    "coordinates_missing",
    "coordinates_zero",
    "coordinates_outside",
    "name_ambiguous",
    "name_elsewhere",
    "name_unknown",
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


def index_of(codes: Texts, unit_id: Texts) -> Indices:
    """Return the position of each unit code; -1 where it is empty or unknown."""
    position = {unit: index for index, unit in enumerate(unit_id)}
    return np.fromiter(
        (position.get(code, UNLOCATED) for code in codes), dtype=np.int32, count=len(codes)
    )


class Placer:
    """Places the parts of one case file in the same units, building the grid at most once.

    Parameters
    ----------
    units : Units
        Where cases can be.
    geometry_wgs84 : Geometries or None
        Their areas; None where cases have no place by coordinates.
    n_points : int
        About how many points will be placed; it sets the fineness of the grid.
    booths : Booths or None
        Booths that a case may name instead of a unit.
    make_gazetteer : callable or None
        Makes what knows the names of the units; called only if a case needs it. Without
        it a case is placed by code, booth and coordinates alone.
    """

    def __init__(
        self,
        units: Units,
        geometry_wgs84: Geometries | None,
        n_points: int,
        booths: Booths | None = None,
        make_gazetteer: Callable[[], Gazetteer] | None = None,
    ) -> None:
        self.units = units
        self._geometry = geometry_wgs84
        self._n_points = n_points
        self._booths = booths
        self._make_gazetteer = make_gazetteer
        self._gazetteer: Gazetteer | None = None
        self._locator: Locator | None = None
        self._booth_unit: Indices | None = None

    def place(self, cases: Cases, decided: Texts | None = None) -> Placement:
        """Return where the cases of one part are.

        Parameters
        ----------
        cases : Cases
            Rows, n.
        decided : Texts or None
            Unit in which a person put each row, empty for none, shape (n,); it
            counts before all that the row says.
        """
        n = len(cases)
        index = np.full(n, UNLOCATED, dtype=np.int32)
        reason = np.full(n, _CODE["place_missing"])
        open_ = np.ones(n, dtype=bool)
        if cases.unit_id is not None:
            index = index_units(cases.unit_id, self.units.unit_id)
            has_code = cases.unit_id.codes >= 0
            reason[has_code] = _CODE["unit_unknown"]
            open_ = ~has_code
            self._by_name(cases.unit_id, has_code & (index < 0), index, reason)
        if cases.booth_id is not None:
            has_booth = open_ & (cases.booth_id.codes >= 0)
            reason[has_booth] = _CODE["booth_unknown"]
            index[has_booth] = self._by_booth(cases.booth_id)[has_booth]
            open_ &= ~has_booth | (index < 0)
        if cases.lon is not None and cases.lat is not None and self._geometry is not None:
            by_point = self._by_coordinates(cases.lon[open_], cases.lat[open_])
            index[open_] = by_point.unit_index
            undecided = reason == _CODE["booth_unknown"]
            reason[open_ & ~undecided] = by_point.reason[~undecided[open_]]
            open_ &= index < 0
        if cases.address is not None:
            is_told = open_ & (cases.address.codes >= 0)
            reason[is_told] = _CODE["name_unknown"]
            self._by_name(cases.address, is_told, index, reason)
        if decided is not None:
            by_person = index_of(decided, self.units.unit_id)
            index = np.where(by_person >= 0, by_person, index).astype(np.int32)
        reason[index >= 0] = 0
        return Placement(index, reason)

    def _by_name(
        self, said: Coded, chosen: Bools, index: Indices, reason: npt.NDArray[np.int8]
    ) -> None:
        """Write the units that rows name in words, and why a name gives none."""
        if self._make_gazetteer is None or not chosen.any():
            return
        # Loaded where a name has to be looked up: judging files by code does without.
        from zoning.places.matching import MatchKind

        self._gazetteer = self._gazetteer or self._make_gazetteer()
        # Each distinct text once: files name a few thousand places in a million rows.
        wanted = np.unique(said.codes[chosen])
        answers = [self._gazetteer.find(str(said.values[code])) for code in wanted]
        found = index_of(np.array([a.unit_id for a in answers], dtype=object), self.units.unit_id)
        why = {MatchKind.AMBIGUOUS: "name_ambiguous", MatchKind.DECIDED: "name_elsewhere"}
        at = np.searchsorted(wanted, said.codes[chosen])
        index[chosen] = found[at]
        for kind, key in why.items():
            is_kind = np.array([answer.how is kind for answer in answers], dtype=bool)[at]
            rows = np.flatnonzero(chosen)[is_kind]
            reason[rows] = _CODE[key]

    def _by_coordinates(self, lon: Floats, lat: Floats) -> Placement:
        if self._locator is None:
            assert self._geometry is not None
            self._locator = build_locator(self._geometry, self.units.unit_id, self._n_points)
        index = self._locator.locate(lon, lat)
        reason = np.full(len(lon), _CODE["coordinates_outside"])
        reason[(lon == 0) & (lat == 0)] = _CODE["coordinates_zero"]
        reason[np.isnan(lon) | np.isnan(lat)] = _CODE["coordinates_missing"]
        return Placement(index, reason)

    def _by_booth(self, booth_id: Coded) -> Indices:
        if self._booths is None or not len(self._booths):
            return np.full(len(booth_id.codes), UNLOCATED, dtype=np.int32)
        if self._booth_unit is None:
            self._booth_unit = self.units_of(self._booths)
        booth = index_units(booth_id, self._booths.booth_id)
        return np.where(booth >= 0, self._booth_unit[booth], UNLOCATED).astype(np.int32)

    def units_of(self, booths: Booths) -> Indices:
        """Return the unit of each booth: the one it names, else the one it stands in; -1 for none.

        An area stands where a point well inside it does.
        """
        index = index_of(booths.unit_id, self.units.unit_id)
        lost = np.flatnonzero(index < 0)
        if booths.geometry is None or self._geometry is None or not len(lost):
            return index
        shapes = booths.geometry[lost]
        has_place = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
        lost, shapes = lost[has_place], shapes[has_place]
        inside = shapely.point_on_surface(shapes)
        index[lost] = self._by_coordinates(shapely.get_x(inside), shapely.get_y(inside)).unit_index
        return index
