"""Isolation units: buildings or lanes inside a booth, contained alone on somebody's authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from zoning.model.arrays import Bools, Days, Geometries, Indices, Ints, Texts


@dataclass(frozen=True)
class IsolationUnits:
    """Isolation units, one row each.

    Attributes
    ----------
    row : Ints
        Data row in the file, from 1.
    isolation_id : Texts
        Unique, never empty.
    booth_id : Texts
        Booth it is said to lie in; empty where its polygon tells.
    authority : Texts
        Citation of what allows to contain less than the booth; never empty.
    from_on, to_on : Days
        First and last day; `to_on` is NaT where it has no end yet.
    geometry : Geometries
        Polygons in WGS84.
    """

    row: Ints
    isolation_id: Texts
    booth_id: Texts
    authority: Texts
    from_on: Days
    to_on: Days
    geometry: Geometries

    def __len__(self) -> int:
        return len(self.row)

    def take(self, chosen: Bools | Indices | Ints) -> IsolationUnits:
        """Return some of the isolation units, by mask or position."""
        return IsolationUnits(**{name: values[chosen] for name, values in self.__dict__.items()})

    def in_force(self, on: date) -> Bools:
        """Return which isolation units stand on a day, shape (n,)."""
        day = np.datetime64(on, "D")
        return (self.from_on <= day) & (np.isnat(self.to_on) | (day <= self.to_on))
