"""The words of the field as types: enums, column tables, row accounts.

Tables are frozen dataclasses of equally long numpy arrays, one element a row;
frames with geometry are built from them only where a file or a map needs one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

Texts = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Indices = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Geometries = npt.NDArray[np.object_]

WGS84 = "EPSG:4326"


class Zone(StrEnum):
    """Colour of a unit, declared by an order or proposed by a rule."""

    RED = "red"
    ORANGE = "orange"
    GREEN = "green"
    UNCLASSIFIED = "unclassified"


class Category(StrEnum):
    """Containment category of a polling-station booth (memo 177-CS/2020)."""

    AFFECTED = "A"
    BUFFER = "B"
    CLEAN = "C"


class ParameterClass(StrEnum):
    """What one parameter says of one unit."""

    CRITICAL = "critical"
    INTERMEDIATE = "intermediate"
    DESIRABLE = "desirable"
    INSUFFICIENT = "insufficient"
    NOT_COMPUTABLE = "not_computable"
    NOT_SUPPLIED = "not_supplied"


class DoublingState(StrEnum):
    """How a doubling time came about, or why there is none."""

    COMPUTED = "computed"
    INFINITE = "infinite"
    INSUFFICIENT = "insufficient"
    NEW_EMERGENCE = "new_emergence"
    NOT_COMPUTABLE = "not_computable"


class Level(StrEnum):
    """Kind of administrative unit."""

    STATE = "state"
    DISTRICT = "district"
    SUBDIVISION = "subdivision"
    BLOCK = "block"
    MUNICIPALITY = "municipality"
    CORPORATION = "corporation"
    BOROUGH = "borough"
    WARD = "ward"
    GRAM_PANCHAYAT = "gram_panchayat"


class FacilityKind(StrEnum):
    """Kind of facility on the map."""

    HOSPITAL = "hospital"
    AMBULANCE = "ambulance"
    OXYGEN = "oxygen"
    HEARSE = "hearse"
    DESK = "desk"


class Outcome(StrEnum):
    """How a case ended; `ENDED` where a day is told and the kind isn't."""

    RECOVERED = "recovered"
    DIED = "died"
    ENDED = "ended"


OUTCOME_CODES: dict[str, int] = {
    "": 0,
    Outcome.RECOVERED: 1,
    Outcome.DIED: 2,
    Outcome.ENDED: 3,
}


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
    """

    unit_id: Texts
    name: Texts
    population: Floats
    level: Texts
    parent_id: Texts
    geometry: Geometries | None = None
    crs: str = WGS84

    def __len__(self) -> int:
        return len(self.unit_id)


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
        Cases the row stands for; at least 0.
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
class Finding:
    """One fault of one row.

    Attributes
    ----------
    row : int
        Data row from 1; 0 for the file as a whole.
    code : str
        Stable key of the fault, such as `coordinates_zero`.
    message : str
        A sentence with the value and the way out.
    rejects : bool
        Whether the row was refused for it.
    """

    row: int
    code: str
    message: str
    rejects: bool = False


@dataclass(frozen=True)
class RowAccount:
    """What became of every row: `read` = `taken` + `rejected`."""

    read: int
    taken: int
    rejected: int
    repaired: int = 0
    findings: tuple[Finding, ...] = field(default=())

    def __add__(self, other: RowAccount) -> RowAccount:
        """Return the account of both parts of a file."""
        return RowAccount(
            self.read + other.read,
            self.taken + other.taken,
            self.rejected + other.rejected,
            self.repaired + other.repaired,
            self.findings + other.findings,
        )

    def as_json(self) -> dict[str, Any]:
        """Return the account in the form of the command-line contract."""
        return {
            "rows": {"read": self.read, "taken": self.taken, "rejected": self.rejected},
            "repaired": self.repaired,
            "findings": [
                {"row": f.row, "code": f.code, "message": f.message} for f in self.findings
            ],
        }


@dataclass(frozen=True)
class Parameter:
    """One prescribed parameter over all units.

    Attributes
    ----------
    value : Floats
        Shape (n,); NaN where not computable, infinity where growth is nil.
    class_ : Texts
        `ParameterClass` values.
    counts : Bools
        Whether a critical value counts towards the zone.
    numerator, denominator : Floats
        What the value was computed from; NaN where there is none.
    low, high : Floats
        95 % interval in the unit of `value`; NaN where there is none.
    """

    value: Floats
    class_: Texts
    counts: Bools
    numerator: Floats
    denominator: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Classification:
    """What a rule says of every unit on one day.

    Attributes
    ----------
    rule_id : str
        The rule set applied.
    on : np.datetime64
        Day judged.
    reported_through : np.datetime64
        Day through which the feed is complete; NaT where none is known.
    unit_id, name : Texts
        Shape (n,), in the order of the units.
    zone, zone_worst : Texts
        Level names of the rule, or `unclassified`.
    confirmed_total, active : Ints
        Counts behind the parameters; -1 where no cases were supplied.
    parameters : dict[str, Parameter]
        By parameter name, in the order of the rule.
    doubling_state : Texts
        `DoublingState` values.
    surge : Bools
        Whether new cases of the last week surge.
    last_case_on : Days
        NaT where there was no case.
    flags : tuple[tuple[str, ...], ...]
        Keys such as `feed_silent`, one tuple a unit.
    explanation : Texts
        One sentence a unit.
    """

    rule_id: str
    on: np.datetime64
    reported_through: np.datetime64
    unit_id: Texts
    name: Texts
    zone: Texts
    zone_worst: Texts
    confirmed_total: Ints
    active: Ints
    parameters: dict[str, Parameter]
    doubling_state: Texts
    surge: Bools
    last_case_on: Days
    flags: tuple[tuple[str, ...], ...]
    explanation: Texts

    def __len__(self) -> int:
        return len(self.unit_id)
