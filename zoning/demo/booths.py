"""Polling-station booths: points inside their unit, named by constituency and part number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoning.demo.geography import Ground
from zoning.demo.plan import Plan
from zoning.demo.tessellation import points_within, relaxed_seeds
from zoning.model import Floats, Indices, Texts

_DECIMALS = 5


@dataclass(frozen=True)
class Booths:
    """Polling-station booths, one row each.

    Attributes
    ----------
    booth_id : Texts
        Assembly constituency and part number, such as `FX-901-012`.
    name, unit_id : Texts
        Where it polls; the unit it belongs to.
    population : Floats
        People; NaN where the unit's own is unknown.
    electors : Floats
        Registered voters, which isn't the population.
    lon, lat : Floats
        WGS84 degrees.
    """

    booth_id: Texts
    name: Texts
    unit_id: Texts
    population: Floats
    electors: Floats
    lon: Floats
    lat: Floats

    def __len__(self) -> int:
        return len(self.booth_id)


def place_booths(plan: Plan, ground: Ground) -> tuple[Booths, Indices]:
    """Return the booths, and for each the index of its unit; every population known."""
    rng, units = plan.random("booths"), ground.units
    counts = plan.measures["counts"]
    least, most = counts["electors_share"]
    assert units.geometry is not None
    numbers = np.maximum(2, (units.population / counts["people_per_booth"]).round()).astype(int)
    points, shares = [], []
    for polygon, count in zip(units.geometry, numbers, strict=True):
        points.append(relaxed_seeds(rng, points_within(rng, polygon, 40 * count), count, rounds=2))
        shares.append(rng.dirichlet(np.full(count, 12.0)))
    unit = np.repeat(np.arange(len(units), dtype=np.int32), numbers)
    people = (np.concatenate(shares) * units.population[unit]).round()
    spots = np.concatenate(points).round(_DECIMALS)
    return Booths(
        booth_id=_part_numbers(plan, ground, unit),
        name=np.array(
            [f"{units.name[u]} booth {i}" for u, n in enumerate(numbers) for i in range(1, n + 1)],
            dtype=object,
        ),
        unit_id=units.unit_id[unit],
        population=people,
        electors=(people * rng.uniform(least, most, len(people))).round(),
        lon=spots[:, 0],
        lat=spots[:, 1],
    ), unit


def _part_numbers(plan: Plan, ground: Ground, unit: Indices) -> Texts:
    """Return booth codes; parts are numbered on through the units of one constituency."""
    parents = list(dict.fromkeys(ground.units.parent_id))
    names, parts = [], dict.fromkeys(parents, 0)
    for parent in ground.units.parent_id[unit]:
        parts[parent] += 1
        # no assembly of the country has a constituency 901
        names.append(f"{plan.prefix}{901 + parents.index(parent)}-{parts[parent]:03d}")
    return np.array(names, dtype=object)
