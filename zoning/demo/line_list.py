"""The cases as a health office would file them: some with a booth, some with a point or nothing."""

from __future__ import annotations

import numpy as np
import shapely
from scipy.spatial import cKDTree

from zoning.demo.booths import Booths
from zoning.demo.epidemic import Infections
from zoning.demo.geography import Ground
from zoning.demo.plan import Plan
from zoning.demo.warp import Points
from zoning.model import Bools, Cases, Coded, Indices, Texts, Units

_DECIMALS = 5
_TRIES = 6


def write_line_list(
    plan: Plan, ground: Ground, booths: Booths, booth_unit: Indices, infections: Infections
) -> Cases:
    """Return the case rows with the gaps a real list has."""
    rng, n = plan.random("line list"), len(infections)
    spread = plan.measures["rows"]["household_spread_degrees"]
    home = _homes(rng, ground, booths, booth_unit, infections.unit, spread)
    booth = _nearest_own_booth(booths, booth_unit, infections.unit, home)
    shares = plan.measures["rows"]["forms"]
    form = rng.choice(np.array(list(shares), dtype=object), n, p=list(shares.values()))
    spare = rng.permutation(np.flatnonzero(form == "point_only"))
    on_border, outside = plan.measures["rows"]["on_a_border"], plan.measures["rows"]["outside"]
    home[spare[:on_border]] = _border_points(rng, ground.units, on_border)
    home[spare[on_border : on_border + outside]] += (0.8, 0.0)
    has_unit = (form == "full") | (form == "unit_only")
    has_point = (form == "full") | (form == "point_only")
    return Cases(
        row=np.arange(1, n + 1),
        confirmed_on=infections.confirmed_on,
        count=np.ones(n, dtype=np.int64),
        outcome=infections.outcome,
        outcome_on=infections.outcome_on,
        is_imported=infections.is_imported,
        is_institutional=infections.is_institutional,
        unit_id=_coded(ground.units.unit_id, infections.unit, has_unit),
        booth_id=_coded(booths.booth_id, booth, form == "full"),
        lon=np.where(has_point, home[:, 0], np.nan),
        lat=np.where(has_point, home[:, 1], np.nan),
        case_id=np.array([f"{plan.prefix}P{i:05d}" for i in range(1, n + 1)], dtype=object),
    )


def _coded(values: Texts, index: Indices, is_filled: Bools) -> Coded:
    return Coded(np.where(is_filled, index, -1).astype(np.int32), values)


def _homes(
    rng: np.random.Generator,
    ground: Ground,
    booths: Booths,
    booth_unit: Indices,
    unit: Indices,
    spread: float,
) -> Points:
    """Return a point near a random booth of the unit and inside it, shape (n, 2)."""
    first = np.searchsorted(booth_unit, np.arange(len(ground.units) + 1))
    chosen = rng.integers(first[unit], first[unit + 1])
    spots = np.column_stack([booths.lon, booths.lat])[chosen]
    home, polygons = spots.copy(), ground.units.geometry
    assert polygons is not None
    open_ = np.arange(len(unit))
    for _ in range(_TRIES):
        drawn = (spots[open_] + rng.normal(0, spread, (len(open_), 2))).round(_DECIMALS)
        inside = shapely.contains_xy(polygons[unit[open_]], drawn)
        home[open_[inside]] = drawn[inside]
        open_ = open_[~inside]
    return home


def _nearest_own_booth(booths: Booths, booth_unit: Indices, unit: Indices, home: Points) -> Indices:
    """Return the nearest booth among those of the same unit, as an index of the booths."""
    spots = np.column_stack([booths.lon, booths.lat])
    booth = np.empty(len(unit), dtype=np.int32)
    for own in np.unique(unit):
        inside, candidates = np.flatnonzero(unit == own), np.flatnonzero(booth_unit == own)
        booth[inside] = candidates[cKDTree(spots[candidates]).query(home[inside])[1]]
    return booth


def _border_points(rng: np.random.Generator, units: Units, count: int) -> Points:
    """Return corners that two or more units share, shape (count, 2)."""
    corners, owner = shapely.get_coordinates(units.geometry, return_index=True)
    own = np.unique(np.column_stack([corners, owner]), axis=0)
    shared, times = np.unique(own[:, :2], axis=0, return_counts=True)
    return np.asarray(rng.choice(shared[times > 1], count, replace=False))
