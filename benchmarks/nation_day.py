"""A district of the nation as a task: counted alone, then drawn with its halo.

Needs no geopandas: a worker holds one district at a time and little else.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import shapely

from zoning.judgement.delineate import Delineation, delineate
from zoning.judgement.policy import DEFAULT, load_policy
from zoning.model import OUTCOME_CODES, Cases, Category
from zoning.places.locate import build_locator
from zoning.places.partition import box_of, near_box, reaching_with_halo
from zoning.surveillance.counts import count_cases


@dataclass(frozen=True)
class District:
    """Files of one district."""

    units: Path
    booths: Path
    cases: Path


@dataclass(frozen=True)
class Counted:
    """What a district knows alone; small, so that it can be handed on.

    Attributes
    ----------
    zone : Texts
        Of each booth's unit, shape (n,).
    active : Ints
        Active cases of each booth, shape (n,).
    unit_index : Indices
        Unit of each booth, shape (n,).
    unplaced : Ints
        Active cases of each unit in none of its booths.
    halo : dict
        By neighbouring district, the affected booths near it, as WKB.
    n_cases : int
        Cases read.
    """

    zone: np.ndarray
    active: np.ndarray
    unit_index: np.ndarray
    unplaced: np.ndarray
    halo: dict[int, list[bytes]]
    n_cases: int


def cells_of(district: District) -> np.ndarray:
    column = pq.read_table(district.booths, columns=["geometry"]).column("geometry")
    return np.asarray(shapely.from_wkb(column.to_numpy(zero_copy_only=False)))


def ground_of(district: District) -> np.ndarray:
    return box_of(cells_of(district))


def codes_of(path: Path, name: str) -> np.ndarray:
    return pq.read_table(path, columns=[name]).column(name).to_numpy(zero_copy_only=False)


def read_cases(path: Path) -> Cases:
    table = pq.read_table(path, columns=["lon", "lat", "confirmed_on", "outcome", "outcome_on"])
    n = len(table)
    outcome = table.column("outcome").combine_chunks().dictionary_encode()
    code = np.array([*(OUTCOME_CODES[str(v)] for v in outcome.dictionary), 0], dtype=np.int8)
    return Cases(
        row=np.arange(1, n + 1),
        confirmed_on=table.column("confirmed_on").to_numpy().astype("datetime64[D]"),
        count=np.ones(n, dtype=np.int64),
        outcome=code[outcome.indices.fill_null(-1).to_numpy()],
        outcome_on=table.column("outcome_on").to_numpy().astype("datetime64[D]"),
        is_imported=np.zeros(n, dtype=bool),
        is_institutional=np.zeros(n, dtype=bool),
        lon=table.column("lon").to_numpy(),
        lat=table.column("lat").to_numpy(),
    )


def count_district(
    district: District, on: str, boxes: dict[int, np.ndarray], reach_m: float
) -> Counted:
    """Locate and count the cases of a district, and pick what its neighbours have to know."""
    policy = load_policy(DEFAULT)
    cells = cells_of(district)
    unit_id = codes_of(district.units, "unit_id")
    geometry = pq.read_table(district.units, columns=["geometry"]).column("geometry")
    units = np.asarray(shapely.from_wkb(geometry.to_numpy(zero_copy_only=False)))
    at = {code: n for n, code in enumerate(unit_id)}
    unit_index = np.array([at[c] for c in codes_of(district.booths, "unit_id")], dtype=np.int32)
    cases = read_cases(district.cases)
    # Booths come in the order of their units and codes, which decides on a border.
    keys = np.array([f"{n:09d}" for n in range(len(cells))], dtype=object)
    index = build_locator(cells, keys, len(cases)).locate(cases.lon, cases.lat)
    lost = np.flatnonzero(index < 0)
    unit = build_locator(units, unit_id, len(lost)).locate(cases.lon[lost], cases.lat[lost])
    index[lost] = np.where(unit >= 0, len(cells) + unit, -1)
    first_day = np.datetime64(on, "D") - np.timedelta64(policy.history_days - 1, "D")
    places = len(cells) + len(units)
    cube = count_cases(cases, index, places, first_day, policy.history_days)
    active, unplaced = np.split(policy.affecting(cube), [len(cells)])
    by_unit = np.bincount(unit_index, weights=active, minlength=len(units)) + unplaced
    zone = np.where(by_unit > 0, "red", "green").astype(object)[unit_index]
    drawn = delineate(zone, active, unit_index, unplaced, np.zeros_like)
    affected = cells[drawn.category == Category.AFFECTED.value]
    halo = {
        neighbour: shapely.to_wkb(affected[near_box(affected, box, reach_m)]).tolist()
        for neighbour, box in boxes.items()
    }
    return Counted(zone, active, unit_index, unplaced, halo, len(cases))


def draw_district(
    district: District, number: int, own: Counted, neighbours: list[Counted], reach_m: float
) -> tuple[Delineation, int]:
    """Return the categories of a district's booths, and how many foreign ones it was told of."""
    passed = [wkb for other in neighbours for wkb in other.halo[number]]
    halo = np.asarray(shapely.from_wkb(np.array(passed, dtype=object)), dtype=object)
    within_reach = reaching_with_halo(cells_of(district), halo, reach_m)
    drawn = delineate(own.zone, own.active, own.unit_index, own.unplaced, within_reach)
    return drawn, len(halo)
