"""Facts as tables: units, booths, cases, tests, facilities, one row each.

A table is a frozen dataclass of equally long arrays; frames with geometry are
built from it only where a file or a map needs one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from zoning.model.arrays import Bools, Days, Floats, Geometries, Indices, Ints, Texts

WGS84 = "EPSG:4326"


@dataclass(frozen=True)
class Coded:
    """A text column as codes into its distinct values.

    Attributes
    ----------
    codes : Indices
        Array of shape (n,); -1 where the cell is empty.
    values : Texts
        The distinct texts.
    """

    codes: Indices
    values: Texts

    def take(self, chosen: Bools | Indices | Ints) -> Coded:
        """Return some of the cells, by mask or position; the distinct texts stay."""
        return Coded(self.codes[chosen], self.values)


@dataclass(frozen=True)
class Units:
    """Administrative units of one edition or file, one row a unit.

    Attributes
    ----------
    unit_id : Texts
        Unique codes, shape (n,).
    name : Texts
        Empty where unknown; may repeat.
    population : Floats
        People; NaN where unknown.
    level : Texts
        A `Level` value.
    parent_id : Texts
        Code of the unit above, or empty.
    geometry : Geometries or None
        Polygons in `crs`; None where the file has none.
    crs : str
        Coordinate reference system of `geometry`.
    lgd_code : Texts or None
        Codes of the Local Government Directory, empty where unknown; None where none is told.
    names : dict of str to Texts
        Names in other languages by language tag (`bn`, `hi`), empty where unknown.
    """

    unit_id: Texts
    name: Texts
    population: Floats
    level: Texts
    parent_id: Texts
    geometry: Geometries | None = None
    crs: str = WGS84
    lgd_code: Texts | None = None
    names: dict[str, Texts] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.unit_id)

    def take(self, chosen: Bools | Indices | Ints) -> Units:
        """Return some of the units, by mask or position."""
        return replace(
            self,
            unit_id=self.unit_id[chosen],
            name=self.name[chosen],
            population=self.population[chosen],
            level=self.level[chosen],
            parent_id=self.parent_id[chosen],
            geometry=None if self.geometry is None else self.geometry[chosen],
            lgd_code=None if self.lgd_code is None else self.lgd_code[chosen],
            names={tag: names[chosen] for tag, names in self.names.items()},
        )


@dataclass(frozen=True)
class Cases:
    """Confirmed cases, one row a line of the file.

    Attributes
    ----------
    row : Ints
        Data row in the file, from 1.
    confirmed_on, outcome_on : Days
        `datetime64[D]`; `outcome_on` is NaT where unknown.
    count : Ints
        Cases the row stands for; at least 0, but for rows of a series of changes not yet turned
        into events.
    outcome : npt.NDArray[np.int8]
        Codes of `OUTCOME_CODES`.
    is_imported, is_institutional : Bools
        Infected elsewhere; found in institutional quarantine.
    unit_id, booth_id : Coded or None
        Place by code.
    lon, lat : Floats or None
        Place by coordinates, WGS84 degrees.
    case_id : Texts or None
        Key for people; kept only where the store asks for it.
    detected_unit_id : Coded or None
        Unit where the case was found; it colours nothing, the place of residence does.
    address : Coded or None
        Where the person lives, in words, for the gazetteer.
    import_id : Ints or None
        Import that each row came with, where it came from the store.
    """

    row: Ints
    confirmed_on: Days
    count: Ints
    outcome: npt.NDArray[np.int8]
    outcome_on: Days
    is_imported: Bools
    is_institutional: Bools
    unit_id: Coded | None = None
    booth_id: Coded | None = None
    lon: Floats | None = None
    lat: Floats | None = None
    case_id: Texts | None = None
    detected_unit_id: Coded | None = None
    address: Coded | None = None
    import_id: Ints | None = None

    def __len__(self) -> int:
        return len(self.row)

    def take(self, chosen: Bools | Indices | Ints) -> Cases:
        """Return some of the rows, by mask or position."""
        taken: dict[str, Any] = {}
        for column in fields(self):
            values = getattr(self, column.name)
            if values is not None:
                is_coded = isinstance(values, Coded)
                taken[column.name] = values.take(chosen) if is_coded else values[chosen]
        return Cases(**taken)


@dataclass(frozen=True)
class Outcomes:
    """How cases told before have ended, or that they never were any; one row a case.

    Attributes
    ----------
    row : Ints
        Data row in the file, from 1.
    case_id : Texts
        Key of the case, never empty.
    outcome : npt.NDArray[np.int8]
        Codes of `OUTCOME_CODES`; 0 takes an earlier outcome back.
    outcome_on : Days
        `datetime64[D]`; NaT where unknown.
    """

    row: Ints
    case_id: Texts
    outcome: npt.NDArray[np.int8]
    outcome_on: Days

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True)
class Tests:
    """Samples tested, one row a unit and day.

    Attributes
    ----------
    row : Ints
        Data row in the file, from 1.
    unit_id : Coded
        Place by code.
    on : Days
        Day of the result.
    tests, positives : Ints
        Samples tested, and of these positive.
    """

    row: Ints
    unit_id: Coded
    on: Days
    tests: Ints
    positives: Ints

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True)
class Facilities:
    """Hospitals, ambulances and desks, one row each.

    Attributes
    ----------
    row : Ints
        Data row in the file, from 1.
    facility_id, name, kind, phone, address, unit_id : Texts
        Empty where unknown; `kind` is a `FacilityKind` value.
    category : Texts
        For instance government or private; BLS or ALS for an ambulance.
    lon, lat : Floats
        WGS84 degrees; NaN where unknown or refused.
    beds_total, beds_vacant, oxygen_beds_total, oxygen_beds_vacant : Floats
        NaN where not told, which isn't 0.
    oxygen_hours : Floats
        Hours of oxygen left when it was told.
    updated_at : npt.NDArray[np.datetime64]
        `datetime64[s]` in UTC; NaT where not told.
    """

    row: Ints
    facility_id: Texts
    name: Texts
    kind: Texts
    category: Texts
    phone: Texts
    address: Texts
    unit_id: Texts
    lon: Floats
    lat: Floats
    beds_total: Floats
    beds_vacant: Floats
    oxygen_beds_total: Floats
    oxygen_beds_vacant: Floats
    oxygen_hours: Floats
    updated_at: npt.NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True)
class Booths:
    """Polling-station booths, one row a booth.

    Attributes
    ----------
    booth_id : Texts
        Unique codes, shape (n,).
    unit_id, name : Texts
        Empty where unknown.
    population : Floats
        People; NaN where unknown.
    geometry : Geometries or None
        Areas, or the stations' points, in WGS84; None where the file has none.
    constituency, part_number : Texts or None
        Assembly constituency and part that name the booth; None where none is told.
    """

    booth_id: Texts
    unit_id: Texts
    name: Texts
    population: Floats
    geometry: Geometries | None = None
    constituency: Texts | None = None
    part_number: Texts | None = None

    def __len__(self) -> int:
        return len(self.booth_id)
