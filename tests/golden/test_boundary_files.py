"""Every boundary file beside the checkout, with what becomes of each of its rows.

The numbers of overlaps, gaps and repairs are those of the files as published; a change of
`zoning/places/quality.toml` or of the reader shows here first.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import shapely

from zoning import clock
from zoning.errors import InputError
from zoning.readers.booths import read_booths
from zoning.readers.boundaries import read_boundaries
from zoning.readers.mapping import read_mapping
from zoning.readers.units import read_units
from zoning.settings import Settings
from zoning.store.engine import open_store, upgrade
from zoning.workflow.imports import import_boundaries
from zoning.workflow.map_view import map_view
from zoning.workflow.taking import ImportOrder

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
EXAMPLES = ROOT / "docs" / "examples"
MAP_SUFFIXES = {".geojson", ".gpkg", ".zip", ""}

pytestmark = [
    pytest.mark.golden,
    pytest.mark.skipif(not DATA.is_dir(), reason="no real data beside the checkout"),
]

# File, mapping; rows read, taken, rejected, repaired; findings by code.
FILES = {
    "kolkata/wards.geojson": (
        "kolkata", 141, 141, 0, 1,
        {
            "unit_expected_missing": 3, "population_missing_total": 1, "geometry_repaired": 1,
            "overlaps_total": 1, "overlap": 39, "gaps_total": 1, "gap": 48, "sliver_part": 2,
        },
    ),
    "bengaluru/wards_198.geojson": ("bengaluru", 198, 198, 0, 0, {"sliver_part": 1}),
    "kerala/local_bodies.geojson": (
        "kerala", 1036, 1036, 0, 1,
        {
            "population_missing_total": 1, "geometry_repaired": 1, "parent_missing": 1,
            "overlaps_total": 1, "overlap": 500, "gaps_total": 1, "gap": 500,
            "name_repeated": 9, "sliver_part": 2,
        },
    ),
    "west-bengal/gram_panchayats_derived.gpkg": (
        "west-bengal", 3266, 3266, 0, 0,
        {
            "overlaps_total": 1, "overlap": 500, "gaps_total": 1, "gap": 499,
            "area_uncovered": 1, "sliver_part": 167, "name_repeated": 170, "population_zero": 8,
        },
    ),
    "west-bengal/blocks.zip": (
        "west-bengal-blocks", 344, 341, 3, 0,
        {
            "unit_repeated": 3, "population_missing_total": 1, "parent_missing": 1,
            "overlaps_total": 1, "overlap": 2, "gaps_total": 1, "area_uncovered": 1,
        },
    ),
    "dirty/Ahmedabad_Wards.geojson": (
        "ahmedabad", 48, 48, 0, 0,
        {
            "z_dropped": 1, "population_missing_total": 1, "overlaps_total": 1, "overlap": 59,
            "gaps_total": 1, "gap": 95, "area_uncovered": 1,
        },
    ),
    "dirty/Delhi_Wards.geojson": (
        "delhi", 290, 289, 1, 0,
        {
            "unit_missing": 1, "population_missing_total": 1, "name_repeated": 1,
            "overlaps_total": 1, "overlap": 493, "gaps_total": 1, "gap": 500,
        },
    ),
    "dirty/Faridabad_Wards.geojson": (
        "faridabad", 40, 40, 0, 0, {"z_dropped": 1, "population_missing_total": 1},
    ),
    "dirty/bmc_electoral_wards_2017": (
        "mumbai", 227, 227, 0, 0, {"overlaps_total": 1, "overlap": 1, "gaps_total": 1, "gap": 2},
    ),
    "dirty/pcmc-electoral-wards.geojson": (
        "pimpri-chinchwad", 66, 66, 0, 0,
        {
            "z_dropped": 1, "population_missing_total": 1, "overlaps_total": 1, "overlap": 123,
            "gaps_total": 1, "gap": 499, "area_uncovered": 1,
        },
    ),
    "dirty/pune-electoral-wards_2012.geojson": (
        "pune-2012", 76, 76, 0, 0,
        {
            "z_dropped": 1, "population_missing_total": 1, "overlaps_total": 1, "overlap": 48,
            "gaps_total": 1, "gap": 212, "area_uncovered": 2,
        },
    ),
}  # fmt: skip
ELSEWHERE = {"bengaluru/booth_polygons.geojson", "west-bengal/facilities.zip"}

SENTENCES = {
    "kolkata/wards.geojson": (
        "39 pairs of units overlap, 2 ha together",
        "unit 142 is expected and no row that is taken holds it; it is listed without a polygon",
        "its outline touches itself (88.37461, 22.56333); repaired: 1 part",
    ),
    "dirty/Ahmedabad_Wards.geojson": (
        "59 pairs of units overlap, 126.7 ha together",
        "48 shapes have heights (Z) or measures (M); they are dropped",
    ),
    "dirty/Delhi_Wards.geojson": (
        "493 pairs of units overlap, 31.7 ha together",
        "RAM NAGAR is the name of unit 247 (row 40) as well as of 87",
    ),
    "west-bengal/blocks.zip": ("unit_id 0 stands in rows 73, 202, 209 with different content",),
    "bengaluru/wards_198.geojson": ("198 (Hemmigepura) has 1 tiny part of 0.19 m²",),
    "kerala/local_bodies.geojson": ("936 (Mahe) has no parent_id, others have one",),
}


@pytest.fixture(scope="module")
def taken():
    read: dict[str, tuple] = {}

    def take(name):
        if name not in read:
            mapping = read_mapping(EXAMPLES / f"{FILES[name][0]}.toml", "units")
            read[name] = read_boundaries(DATA / name, mapping)
        return read[name]

    return take


def test_every_map_file_there_is_has_its_account_here():
    there = {
        path.relative_to(DATA).as_posix()
        for path in DATA.rglob("*")
        if path.is_file() and path.suffix in MAP_SUFFIXES
    }
    assert there == FILES.keys() | ELSEWHERE


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_taken_repaired_or_rejected_with_its_reason(taken, name):
    _, read, n_taken, rejected, repaired, codes = FILES[name]
    units, account = taken(name)
    assert (account.read, account.taken, account.rejected, account.repaired) == (
        read, n_taken, rejected, repaired,
    )  # fmt: skip
    assert Counter(f.code for f in account.findings) == codes
    assert len(units) == n_taken + codes.get("unit_expected_missing", 0)


@pytest.mark.parametrize("name", FILES)
def test_what_is_taken_is_valid_and_in_degrees_over_india(taken, name):
    units, _ = taken(name)
    drawn = units.geometry[~shapely.is_missing(units.geometry)]
    assert units.crs == "EPSG:4326"
    assert shapely.is_valid(drawn).all()
    assert not shapely.has_z(drawn).any()
    assert set(shapely.get_type_id(drawn)) <= {3, 6}
    west, south, east, north = shapely.total_bounds(drawn)
    assert (68 < west < east < 98) and (6 < south < north < 36)


@pytest.mark.parametrize("name", FILES)
def test_every_place_of_a_finding_can_be_drawn(taken, name):
    places = [f.shape for f in taken(name)[1].findings if f.shape]
    shapes = shapely.from_wkt(np.array([*places, "POINT EMPTY"], dtype=object))
    assert (shapely.get_num_coordinates(shapes) <= 60).all()
    told = {f.code for f in taken(name)[1].findings if f.shape}
    drawn = {"overlap", "gap", "area_uncovered", "geometry_repaired", "sliver_part"}
    assert drawn & FILES[name][5].keys() <= told


@pytest.mark.parametrize("name", SENTENCES)
def test_the_report_says_it_in_plain_words(taken, name):
    messages = [f.message for f in taken(name)[1].findings]
    for sentence in SENTENCES[name]:
        assert any(sentence in message for message in messages), sentence


@pytest.mark.parametrize("name", FILES)
def test_the_quick_reader_of_classify_takes_the_same_rows(taken, name):
    mapping = read_mapping(EXAMPLES / f"{FILES[name][0]}.toml", "units")
    units, account = read_units(DATA / name, mapping)
    inspected, full = taken(name)
    assert units.unit_id.tolist() == inspected.unit_id.tolist()
    assert (account.taken, account.rejected, account.repaired) == (
        full.taken, full.rejected, full.repaired,
    )  # fmt: skip


def test_booth_areas_come_once_each_and_repaired():
    mapping = read_mapping(EXAMPLES / "bengaluru.toml", "booths")
    booths, account = read_booths(DATA / "bengaluru" / "booth_polygons.geojson", mapping)
    assert (account.read, account.taken, account.rejected) == (8543, 8515, 28)
    assert account.repaired == 18
    assert Counter(f.code for f in account.findings) == {
        "row_identical": 28, "geometry_repaired": 18,
    }  # fmt: skip
    assert shapely.is_valid(booths.geometry).all()


def test_a_file_of_facilities_is_told_to_be_no_file_of_units():
    with pytest.raises(InputError, match=r"each row as a point.*zoning import facilities"):
        read_units(
            DATA / "west-bengal" / "facilities.zip",
            read_mapping(EXAMPLES / "west-bengal-blocks.toml", "units"),
        )


def test_kolkata_shows_141_wards_and_names_the_three_that_have_no_polygon(tmp_path):
    at = clock.now()
    store = open_store(f"sqlite:///{tmp_path / 'kolkata.db'}", is_new=True)
    upgrade(store)
    order = ImportOrder(DATA / "kolkata" / "wards.geojson", at, "tester", EXAMPLES / "kolkata.toml")
    account = import_boundaries(store, order, "ward")
    assert (account.read, account.taken) == (141, 141)
    view = map_view(store, Settings(), at=at + timedelta(minutes=1), public=False)
    store.close()
    assert len(view.units) == 144
    assert "3 units have no polygon and aren't drawn: 142, 143, 144." in view.notes
    assert set(view.zone) == {"unclassified"}, "unknown is never green"
