"""Wards, gram panchayats and what lies above them, with names, codes and people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from zoning.demo.land import Land, dense_core_samples
from zoning.demo.plan import Plan
from zoning.demo.tessellation import cells, group_seeds, points_within, relaxed_seeds
from zoning.demo.warp import Points
from zoning.model import Floats, Geometries, Indices, Level, Texts, Units

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True)
class Ground:
    """The units that are judged, one row each, with what the other generators need.

    Attributes
    ----------
    units : Units
        Wards and gram panchayats; every population known.
    site : Points
        Where each lies in the flat plane, kilometres down and across the river, shape (n, 2).
    setting : Texts
        `city`, `town` or `country`.
    """

    units: Units
    site: Points
    setting: Texts


@dataclass
class _Row:
    unit_id: str
    name: str
    level: Level
    parent_id: str
    setting: str
    seed: int


def settle(land: Land) -> tuple[Ground, Units]:
    """Return the ground, and all units from the district down to wards, as they are filed.

    In the filed units the population of a few is unknown (NaN), as in any real file.
    """
    plan, rng = land.plan, land.plan.random("geography")
    city = _city_seeds(rng, land)
    towns = [
        relaxed_seeds(rng, points_within(rng, town, 4000), count)
        for town, count in zip(land.towns, plan.measures["counts"]["town_wards"], strict=True)
    ]
    country = _country_seeds(rng, land)
    parts = [*city, *towns, *country]
    shapes = land.grown(cells([*land.city, *land.towns, *land.country], parts))
    seeds = np.concatenate(parts)
    above, rows = _hierarchy(rng, plan, city, towns, country)
    order = np.array([row.seed for row in rows])
    setting = np.array([row.setting for row in rows], dtype=object)
    ground = Ground(
        units=Units(
            unit_id=_texts([row.unit_id for row in rows]),
            name=_texts([row.name for row in rows]),
            population=_populations(rng, plan.measures["population"], setting),
            level=_texts([row.level.value for row in rows]),
            parent_id=_texts([row.parent_id for row in rows]),
            geometry=shapes[order],
        ),
        site=seeds[order],
        setting=setting,
    )
    return ground, _filed(rng, ground, above, plan.measures["population"]["unknown"])


def _texts(values: list[str]) -> Texts:
    return np.array(values, dtype=object)


def _city_seeds(rng: np.random.Generator, land: Land) -> list[Points]:
    """Return ward seeds of each bank: small wards where people live thickest."""
    spot, count = land.plan.measures["land"]["city"], land.plan.measures["counts"]["wards"]
    samples = [
        dense_core_samples(rng, bank, (spot["u"], spot["v"]), spot["core"]) for bank in land.city
    ]
    weight = np.array(
        [len(s) / 30000 * bank.area for s, bank in zip(samples, land.city, strict=True)]
    )
    first = round(count * weight[0] / weight.sum())
    return [
        relaxed_seeds(rng, own, n) for own, n in zip(samples, (first, count - first), strict=True)
    ]


def _country_seeds(rng: np.random.Generator, land: Land) -> list[Points]:
    """Return gram panchayat seeds of each bank, as many as its area asks for."""
    count = land.plan.measures["counts"]["gram_panchayats"]
    area = [bank.area for bank in land.country]
    first = round(count * area[0] / sum(area))
    return [
        relaxed_seeds(rng, points_within(rng, bank, 12000), n)
        for bank, n in zip(land.country, (first, count - first), strict=True)
    ]


def _hierarchy(
    rng: np.random.Generator,
    plan: Plan,
    city: list[Points],
    towns: list[Points],
    country: list[Points],
) -> tuple[list[_Row], list[_Row]]:
    """Return the rows of the upper levels, and those of the wards and gram panchayats."""
    names, prefix = plan.names, plan.prefix
    district = _Row(f"{prefix}D", names["district"], Level.DISTRICT, "", "", -1)
    above: list[_Row] = [district]
    rows: list[_Row] = []
    for number, place in enumerate((names["city"], *names["towns"]), 1):
        name = "Sadar" if number == 1 else place
        above.append(_Row(f"{prefix}S{number}", name, Level.SUBDIVISION, district.unit_id, "", -1))
    corporation = f"{prefix}C1"
    title = f"{names['city']} Municipal Corporation"
    above.append(_Row(corporation, title, Level.CORPORATION, f"{prefix}S1", "", -1))
    seeds = np.concatenate(city)
    borough = _groups(rng, city, plan.measures["counts"]["boroughs"])
    for group in range(borough.max() + 1):
        code = f"{prefix}R{group + 1}"
        above.append(_Row(code, f"Borough {_ROMAN[group]}", Level.BOROUGH, corporation, "", -1))
        for seed in _in_reading_order(seeds, borough, group):
            number = len(rows) + 1
            name = f"Ward {number} {names['wards'][number - 1]}"
            rows.append(_Row(f"{prefix}W{number:03d}", name, Level.WARD, code, "city", seed))
    first, given = len(seeds), 0
    for town, own in enumerate(towns, 1):
        code = f"{prefix}M{town}"
        title = f"{names['towns'][town - 1]} Municipality"
        above.append(_Row(code, title, Level.MUNICIPALITY, f"{prefix}S{town + 1}", "", -1))
        for number, seed in enumerate(_in_reading_order(own, np.zeros(len(own)), 0), 1):
            name = f"Ward {number} {names['town_wards'][given]}"
            given += 1
            unit_id = f"{code}{number:02d}"
            rows.append(_Row(unit_id, name, Level.WARD, code, "town", first + seed))
        first += len(own)
    _add_blocks(rng, plan, country, first, above, rows)
    return above, rows


def _add_blocks(
    rng: np.random.Generator,
    plan: Plan,
    country: list[Points],
    first: int,
    above: list[_Row],
    rows: list[_Row],
) -> None:
    """Append blocks and their gram panchayats; the upriver ones belong to the upriver town."""
    seeds = np.concatenate(country)
    block = _groups(rng, country, plan.measures["counts"]["blocks"])
    count = block.max() + 1
    downriver = np.argsort([seeds[block == b, 0].mean() for b in range(count)])
    numbered = 0
    for rank, group in enumerate(downriver):
        # thirds of the river: upriver town, city, downriver town
        subdivision = (2, 1, 3)[rank * 3 // count]
        code = f"{plan.prefix}B{rank + 1}"
        parent = f"{plan.prefix}S{subdivision}"
        above.append(_Row(code, plan.names["blocks"][rank], Level.BLOCK, parent, "", -1))
        for seed in _in_reading_order(seeds, block, group):
            name = plan.names["gram_panchayats"][numbered]
            numbered += 1
            unit_id = f"{plan.prefix}G{numbered:03d}"
            rows.append(_Row(unit_id, name, Level.GRAM_PANCHAYAT, code, "country", first + seed))


def _groups(rng: np.random.Generator, banks: list[Points], count: int) -> Indices:
    """Return the group of every seed; no group crosses the river."""
    share = round(count * len(banks[0]) / sum(len(bank) for bank in banks))
    first = group_seeds(rng, banks[0], share)
    return np.concatenate([first, share + group_seeds(rng, banks[1], count - share)])


def _in_reading_order(seeds: Points, group: Any, wanted: int) -> list[int]:
    """Return the seeds of a group in the order in which an office would number them."""
    inside = np.flatnonzero(group == wanted)
    return [int(seed) for seed in inside[np.lexsort((seeds[inside, 1], seeds[inside, 0].round()))]]


def _populations(rng: np.random.Generator, measures: dict[str, Any], setting: Texts) -> Floats:
    people = np.empty(len(setting))
    for kind in ("city", "town", "country"):
        own, inside = measures[kind], setting == kind
        drawn = own["mean"] * np.exp(rng.normal(0, own["spread"], inside.sum()))
        people[inside] = np.clip(drawn, own["least"], own["most"]).round()
    return people


def _filed(rng: np.random.Generator, ground: Ground, above: list[_Row], unknown: int) -> Units:
    """Return upper levels and ground together; an upper unit is the sum of what it holds."""
    units = ground.units
    parent = dict(zip(units.unit_id, units.parent_id, strict=True))
    parent.update({row.unit_id: row.parent_id for row in above})
    members: dict[str, list[int]] = {row.unit_id: [] for row in above}
    for index, unit_id in enumerate(units.unit_id):
        holder = parent[unit_id]
        while holder:
            members[holder].append(index)
            holder = parent[holder]
    assert units.geometry is not None
    people = units.population.copy()
    sums = [float(people[members[row.unit_id]].sum()) for row in above]
    # The census doesn't know new units; these lie downriver, where the wave is at the end.
    is_downriver = (ground.setting == "country") & (
        ground.site[:, 0] > np.quantile(ground.site[:, 0], 0.8)
    )
    people[rng.choice(np.flatnonzero(is_downriver), unknown, replace=False)] = np.nan
    shapes = np.empty(len(above), dtype=object)
    for index, row in enumerate(above):
        shapes[index] = shapely.coverage_union_all(units.geometry[members[row.unit_id]])
    geometry: Geometries = np.concatenate([shapes, units.geometry])
    return Units(
        unit_id=np.concatenate([_texts([row.unit_id for row in above]), units.unit_id]),
        name=np.concatenate([_texts([row.name for row in above]), units.name]),
        population=np.concatenate([sums, people]),
        level=np.concatenate([_texts([row.level.value for row in above]), units.level]),
        parent_id=np.concatenate([_texts([row.parent_id for row in above]), units.parent_id]),
        geometry=geometry,
    )
