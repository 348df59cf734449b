"""Orders already in force when a department begins to use the product, one row a place of one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from zoning.model.arrays import Bools, Days, Geometries, Indices, Ints, Texts

_IST_OFFSET = np.timedelta64(19_800, "s")
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class StandingOrders:
    """Places of orders in force; a row of a file that names several places has several entries.

    An entry lies in the booth it names; else in its polygon; else in the unit it names. One that
    has none of the three is listed and not placed: nobody guesses where it lies.

    Attributes
    ----------
    row : Ints
        Data row in the file, from 1; the same for all entries of a row.
    number : Texts
        Number of the order, never empty.
    booth_id, unit_id : Texts
        Codes that are known here, empty where none is meant.
    is_partly : Bools
        The order says that it means a part of the booth or unit only, or may say so.
    place : Texts
        The piece of text that named the place, as written; empty for a polygon alone.
    category : Texts
        `A`, `B`, `C`; empty where the order tells none.
    zone : Texts
        `red`, `orange`, `green`; empty where the order tells none.
    effective_at : npt.NDArray[np.datetime64]
        `datetime64[s]` in UTC, never NaT.
    review_on, expires_on : Days
        Day of review; last day in force, in India. NaT where not told.
    zone_name, act, reason, signatory, remark : Texts
        As told, else empty.
    geometry : Geometries or None
        Polygons in WGS84, None where a row has none; None for a file without any.
    """

    row: Ints
    number: Texts
    booth_id: Texts
    unit_id: Texts
    is_partly: Bools
    place: Texts
    category: Texts
    zone: Texts
    effective_at: npt.NDArray[np.datetime64]
    review_on: Days
    expires_on: Days
    zone_name: Texts
    act: Texts
    reason: Texts
    signatory: Texts
    remark: Texts
    geometry: Geometries | None = None

    def __len__(self) -> int:
        return len(self.row)

    def take(self, chosen: Bools | Indices | Ints) -> StandingOrders:
        """Return some of the entries, by mask or position."""
        taken: dict[str, Any] = {
            column.name: getattr(self, column.name)[chosen]
            for column in fields(self)
            if getattr(self, column.name) is not None
        }
        return replace(self, **taken)

    @property
    def expires_at(self) -> npt.NDArray[np.datetime64]:
        """First moment in UTC at which an order isn't in force any more; NaT for none told."""
        end: npt.NDArray[np.datetime64] = (self.expires_on + _DAY).astype("datetime64[s]")
        return np.subtract(end, _IST_OFFSET)

    @property
    def has_polygon(self) -> Bools:
        """Which entries have a polygon, shape (n,)."""
        if self.geometry is None:
            return np.zeros(len(self), dtype=bool)
        return np.array([shape is not None for shape in self.geometry], dtype=bool)

    @property
    def is_unlocated(self) -> Bools:
        """Which entries lie nowhere that is known, shape (n,)."""
        is_unnamed: Bools = np.logical_and(self.booth_id == "", self.unit_id == "")
        return is_unnamed & ~self.has_polygon
