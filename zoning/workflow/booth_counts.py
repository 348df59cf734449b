"""Cases of every booth as known at a moment: by its code, else by coordinates, else of the unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoning.judgement.policy import Policy
from zoning.model import Days, Indices, Ints
from zoning.places.placing import index_units
from zoning.surveillance.active import active_cases
from zoning.surveillance.counts import CaseCube, count_cases, last_case_days
from zoning.workflow.facts import PlacedCases
from zoning.workflow.ground import Ground


@dataclass(frozen=True, eq=False)
class BoothCounts:
    """What the cases say of the rows of a ground (n) and of the units judged (n_units).

    Attributes
    ----------
    active, affecting : Ints
        Active cases in each row, and those that make it affected by the policy; shape (n,).
    last_case_on : Days
        Last day with a case in it up to the day judged; NaT for none; shape (n,).
    unplaced : Ints
        Affecting cases known to be in a unit and in no booth, shape (n_units,).
    affecting_by_unit : Ints
        All affecting cases of each unit, shape (n_units,).
    """

    active: Ints
    affecting: Ints
    last_case_on: Days
    unplaced: Ints
    affecting_by_unit: Ints


def booth_cube(
    placed: PlacedCases, ground: Ground, n_units: int, on: np.datetime64, n_days: int
) -> CaseCube:
    """Count cases in the rows of a ground and, behind them, in units for what is in no booth."""
    booth = booths_of(placed, ground)
    unit = placed.placement.unit_index
    n = len(ground)
    # A unit without booths is its own row.
    stand_in = np.full(n_units, -1, dtype=np.int32)
    own = np.flatnonzero(ground.table.is_stand_in)
    stand_in[ground.table.unit_index[own]] = own
    booth = np.where((booth < 0) & (unit >= 0), stand_in[unit], booth)
    index = np.where(booth >= 0, booth, np.where(unit >= 0, n + unit, -1)).astype(np.int32)
    first_day = on - np.timedelta64(n_days - 1, "D")
    return count_cases(placed.cases, index, n + n_units, first_day, n_days)


def read_counts(cube: CaseCube, ground: Ground, n_units: int, policy: Policy) -> BoothCounts:
    """Return what a cube says by a policy."""
    n, table = len(ground), ground.table
    active, affecting = active_cases(cube, policy.active), policy.affecting(cube)
    has_unit = table.unit_index >= 0
    by_unit = affecting[n:] + np.bincount(
        table.unit_index[has_unit], weights=affecting[:n][has_unit], minlength=n_units
    ).astype(np.int64)
    return BoothCounts(
        active=active[:n],
        affecting=affecting[:n],
        last_case_on=last_case_days(cube)[:n],
        unplaced=affecting[n:],
        affecting_by_unit=by_unit,
    )


def booths_of(placed: PlacedCases, ground: Ground) -> Indices:
    """Return the row of the ground that each case lies in, -1 for none.

    Where a person put a case in another unit than its booth's, the unit alone holds.
    """
    cases, unit = placed.cases, placed.placement.unit_index
    booth = np.full(len(cases), -1, dtype=np.int32)
    if cases.booth_id is not None:
        booth = index_units(cases.booth_id, ground.table.booth_id)
    if cases.lon is not None and cases.lat is not None:
        parent = ground.table.parent
        is_whole = np.bincount(parent, minlength=len(ground)) == 1
        # Where a booth is divided, coordinates tell in which part of it a case lies.
        is_open = np.isfinite(cases.lon) & np.isfinite(cases.lat) & ((booth < 0) | ~is_whole[booth])
        if is_open.any():
            found = ground.locator.locate(cases.lon[is_open], cases.lat[is_open])
            named = booth[is_open]
            agrees = (found >= 0) & ((named < 0) | (parent[found] == named))
            booth[is_open] = np.where(agrees, found, named)
    booth[placed.is_decided & (ground.table.unit_index[booth] != unit)] = -1
    return booth


def last_cases_of_ground(cube: CaseCube, ground: Ground) -> Days:
    """Return the last day with a case on the ground of each row, shape (n,); NaT for none.

    A case of the unit that lies in no booth may lie in any of them, so it counts for all.
    """
    last, table = last_case_days(cube), ground.table
    on_ground = np.full(len(ground), np.datetime64("NaT"), dtype="datetime64[D]")
    np.fmax.at(on_ground, table.sharing, last[: len(ground)])
    of_unit = np.append(last[len(ground) :], np.datetime64("NaT", "D"))
    days: Days = np.fmax(on_ground[table.sharing], of_unit[table.unit_index])
    return days
