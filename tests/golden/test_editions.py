"""Editions of real places: Kerala's local bodies, Kolkata's wards, West Bengal's gram panchayats.

What is expected is found by plain loops over the files or known from the edit made here.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from tests.editions import kinds, texts, told
from zoning.model import Units
from zoning.places.changes import compare_editions
from zoning.places.crosswalk import build_crosswalk, carry_over
from zoning.places.ground import are_without_area
from zoning.readers.mapping import Mapping
from zoning.readers.units import read_units

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
BODIES = DATA / "kerala" / "local_bodies.geojson"
BODIES_2025 = DATA / "kerala" / "local_bodies_2025.csv"
CROSSWALK_2025 = DATA / "kerala" / "crosswalk_2020_2025.csv"
WARDS = DATA / "kolkata" / "wards.geojson"
PANCHAYATS = DATA / "west-bengal" / "gram_panchayats_derived.gpkg"

pytestmark = [
    pytest.mark.golden,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no real data beside the checkout ({DATA.name})"),
]


@pytest.fixture(scope="module")
def kerala():
    """Read 1,036 local bodies of 2020; one polygon crosses itself, two pairs share a name."""
    columns = {"unit_id": "FID", "name": "LSGD", "parent_id": "DISTRICT"}
    units, account = read_units(BODIES, Mapping(columns=columns), "gram_panchayat")
    assert account.taken == 1036
    return units


@pytest.fixture(scope="module")
def kerala_2025():
    """Read the local bodies of 2025 with their codes and names; nobody published polygons."""
    mapping = Mapping(
        columns={
            "unit_id": "Local Body Code",
            "name": "Local Body Name",
            "parent_id": "District",
            "level": "Local Body Type",
        },
        values={
            "level": {
                "Grama Panchayat": "gram_panchayat",
                "Municipality": "municipality",
                "Municipal Corporation": "corporation",
                "Block Panchayat": "block",
                "District Panchayat": "district",
            }
        },
    )
    units, account = read_units(BODIES_2025, mapping)
    assert account.taken == 1200
    return units


@pytest.fixture(scope="module")
def panchayats():
    """Read 3,266 gram panchayats with their people; borders are derived, but a coverage."""
    columns = {"unit_id": "gp_id", "parent_id": "block_id"}
    units, _ = read_units(PANCHAYATS, Mapping(columns=columns), "gram_panchayat")
    assert len(units) == 3266
    return units


def joined(first: Units, second: Units) -> Units:
    def both(name):
        return np.concatenate([getattr(first, name), getattr(second, name)])

    names = ("unit_id", "name", "population", "level", "parent_id", "geometry")
    return Units(**{name: both(name) for name in names})


def neighbours(units: Units, least_degrees: float) -> list[tuple[int, int]]:
    """Return pairs with a common border of some length, each unit in one pair at most."""
    i, j = shapely.STRtree(units.geometry).query(units.geometry, predicate="touches")
    i, j = i[i < j], j[i < j]
    length = shapely.length(shapely.intersection(units.geometry[i], units.geometry[j]))
    taken: set[int] = set()
    pairs = []
    for a, b in zip(i[length > least_degrees], j[length > least_degrees], strict=True):
        if not {a, b} & taken:
            taken |= {int(a), int(b)}
            pairs.append((int(a), int(b)))
    return pairs


def area_ha(shape) -> float:
    return abs(Geod(ellps="WGS84").geometry_area_perimeter(shape)[0]) / 10_000


def test_kerala_read_again_has_not_changed_a_body(kerala):
    assert kinds(compare_editions(kerala, kerala)) == {"same": 1036}


def test_kerala_exported_with_five_decimals_has_not_changed_a_body(kerala):
    rounded = shapely.transform(kerala.geometry, lambda xy: np.round(xy, 5))
    assert (~shapely.is_valid(rounded)).sum() > 0
    changes = compare_editions(kerala, replace(kerala, geometry=rounded))
    assert kinds(changes) == {"same": 1036}


def test_what_was_done_to_kerala_is_told_and_nothing_else(kerala):
    at = {unit: index for index, unit in enumerate(kerala.unit_id)}
    shapes, names = kerala.geometry.copy(), kerala.name.copy()
    split, renamed, recoded = at["100"], at["200"], at["300"]
    kept, lost = neighbours(kerala, 0.02)[5]

    west, south, east, north = shapes[split].bounds
    eastern = shapely.box((west + east) / 2, south, east, north)
    new_half = shapes[split] & eastern
    added = kerala.take(np.array([split], dtype=np.int32))
    added = replace(
        added, unit_id=texts(["2001"]), name=texts(["East"]), geometry=texts([new_half])
    )
    shapes[split] = shapes[split] - eastern
    merged_ha = area_ha(shapes[lost])
    shapes[kept] = shapes[kept] | shapes[lost]
    names[renamed] = "Sreekaryam"
    codes = kerala.unit_id.copy()
    codes[recoded] = "2002"
    edited = replace(kerala, unit_id=codes, name=names, geometry=shapes)
    new = joined(edited.take(np.arange(1036) != lost), added)

    changes = compare_editions(kerala, new)
    kept_id, lost_id = kerala.unit_id[[kept, lost]]
    assert told(changes) == {
        ("split", "100", "100 2001"),
        ("merged", " ".join(sorted([kept_id, lost_id])), kept_id),
        ("renamed", "200", "200"),
        ("recoded", "300", "2002"),
    }
    by_kind = {change.kind: change for change in changes}
    assert by_kind["split"].moved_ha == pytest.approx(area_ha(new_half), rel=0.01)
    assert by_kind["merged"].moved_ha == pytest.approx(merged_ha, rel=0.01)
    assert shapely.from_wkt(by_kind["split"].shape).within(new_half.buffer(0.001))


def test_a_list_of_2025_without_polygons_is_met_by_names_found_once_in_a_district(
    kerala, kerala_2025
):
    changes = compare_editions(kerala, kerala_2025)

    def key(units, i):
        return units.name[i].casefold().strip(), units.level[i], units.parent_id[i].casefold()

    before = Counter(key(kerala, i) for i in range(len(kerala)))
    after = Counter(key(kerala_2025, i) for i in range(len(kerala_2025)))
    once = {k for k, n in before.items() if n == 1 and after[k] == 1}
    count = kinds(changes)
    assert count["recoded"] == count["lost_geometry"] == len(once) == 567
    assert count["gone"] == 1036 - len(once)
    assert count["new"] == 1200 - len(once)
    assert "same" not in count
    assert all(math.isnan(c.moved_ha) for c in changes if c.kind in ("new", "recoded"))


def test_with_the_codes_of_2025_put_on_the_polygons_of_2020_bodies_are_met_by_code(
    kerala, kerala_2025
):
    with CROSSWALK_2025.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    best: dict[str, tuple[float, tuple[str, str]]] = {}
    for row in rows:
        place = (row["DISTRICT"], row["lsgd_hotspot_feed"])
        best[row["SEC_Kerala_code"]] = max(
            best.get(row["SEC_Kerala_code"], (0.0, place)), (float(row["area_share"]), place)
        )
    code_of = {place: code for code, (_, place) in best.items()}
    old_codes, seen = [], set()
    for fid, district, name in zip(kerala.unit_id, kerala.parent_id, kerala.name, strict=True):
        code = code_of.get((district, name), "")
        old_codes.append(code if code and code not in seen else f"2020-{fid}")
        seen.add(code)
    old = replace(kerala, unit_id=texts(old_codes))
    is_body = np.isin(kerala_2025.level.astype(str), ["block", "district"], invert=True)
    new = kerala_2025.take(is_body)

    changes = compare_editions(old, new)
    same_code = set(old.unit_id) & set(new.unit_id)
    by_code = {"recoded": set(), "new": set(), "gone": set(), "lost_geometry": set()}
    for change in changes:
        if change.kind in by_code:
            by_code[change.kind].add((change.old_ids, change.new_names))
    assert len(same_code) == 1030
    assert len(by_code["lost_geometry"]) == 1030 + len(by_code["recoded"])
    assert {c for c in old.unit_id if c.startswith("2020-")} == {
        old_ids[0] for kind in ("recoded", "gone") for old_ids, _ in by_code[kind]
    }
    # Mahe belongs to Puducherry; one body has two polygons in the file.
    assert "Mahe" in {c.old_names[0] for c in changes if c.kind == "gone"}
    assert kinds(changes)["renamed"] > 300


def test_kolkatas_three_wards_without_polygon_are_new_and_their_ground_unknown():
    drawn, account = read_units(WARDS, Mapping(columns={"unit_id": "WARD"}))
    assert account.taken == 141
    missing = ["142", "143", "144"]
    listed = joined(
        drawn,
        replace(
            drawn.take(np.arange(3)),
            unit_id=texts(missing),
            geometry=np.full(3, None, dtype=object),
        ),
    )
    changes = compare_editions(drawn, listed)
    assert told(changes) == {("new", "", code) for code in missing}
    assert kinds(changes)["same"] == 141
    assert all(math.isnan(c.moved_ha) and c.shape == "" for c in changes if c.kind == "new")
    assert told(compare_editions(listed, drawn)) == {("gone", code, "") for code in missing}
    assert listed.unit_id[are_without_area(listed)].tolist() == missing


def test_a_hundred_moved_borders_of_west_bengal_are_found_and_no_other(panchayats):
    shapes = panchayats.geometry.copy()
    bites = {}
    for i, j in neighbours(panchayats, 0.03):
        border = shapely.line_merge(shapely.intersection(shapes[i], shapes[j]))
        middle = shapely.line_interpolate_point(border, 0.5, normalized=True)
        bite = shapely.intersection(middle.buffer(0.004), shapes[j])
        if border.geom_type == "LineString" and bite.geom_type == "Polygon" and len(bites) < 100:
            shapes[i], shapes[j] = shapes[i] | bite, shapes[j] - bite
            bites[i, j] = bite
    assert len(bites) == 100
    new = replace(panchayats, geometry=shapes)

    changes = compare_editions(panchayats, new)
    moved = {c.old_ids[0]: c for c in changes if c.kind == "moved_border"}
    touched = {panchayats.unit_id[unit] for pair in bites for unit in pair}
    assert kinds(changes) == {"same": 3066, "moved_border": 200}
    assert set(moved) == touched
    for (i, j), bite in bites.items():
        for unit in (i, j):
            change = moved[panchayats.unit_id[unit]]
            assert change.moved_ha == pytest.approx(area_ha(bite), rel=0.02)
            assert shapely.from_wkt(change.shape).symmetric_difference(bite).area < 0.1 * bite.area

    crosswalk = build_crosswalk(panchayats, new)
    rows = set(zip(crosswalk.old_index.tolist(), crosswalk.new_index.tolist(), strict=True))
    assert rows == {(i, i) for i in range(3266)} | {(j, i) for i, j in bites}
    people = np.nan_to_num(panchayats.population)
    carried = carry_over(people, crosswalk, len(new))
    assert carried.sum() == pytest.approx(people.sum(), rel=1e-6)
