"""Faults between units: each in plain words, with its size and its place on the map.

The wards of a grid are 0.01 degrees wide: about 1.1 km, 120 ha.

7 8 9
4 5 6
1 2 3
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from zoning.model import Units
from zoning.places.cuts import load_cuts
from zoning.places.drawn import outlines
from zoning.places.quality import inspect_units
from zoning.places.slivers import Codeless

SIDE = 0.01


def box(west, south, east, north):
    return shapely.box(77 + west * SIDE, 12 + south * SIDE, 77 + east * SIDE, 12 + north * SIDE)


def grid():
    return {str(3 * y + x + 1): box(x, y, x + 1, y + 1) for y in range(3) for x in range(3)}


def units_of(shapes, **columns):
    n = len(shapes)
    base = Units(
        unit_id=np.array(list(shapes), dtype=object),
        name=np.array([f"Ward {code}" for code in shapes], dtype=object),
        population=np.full(n, 10_000.0),
        level=np.full(n, "ward", dtype=object),
        parent_id=np.full(n, "", dtype=object),
        geometry=np.array([None, *shapes.values()], dtype=object)[1:],
    )
    return replace(base, **{k: np.array(v, dtype=object) for k, v in columns.items()})


def inspect(units, **more):
    return inspect_units(units, np.arange(1, len(units) + 1), **more)


def codes(findings):
    return [(f.row, f.code) for f in findings]


def test_a_clean_coverage_has_no_findings():
    assert inspect(units_of(grid())) == ()


def test_an_overlap_is_told_with_its_hectares_and_its_place():
    wards = grid() | {"5": box(1, 1, 2.1, 2)}
    total, overlap = inspect(units_of(wards))
    assert codes((total, overlap)) == [(0, "overlaps_total"), (5, "overlap")]
    assert total.message == "1 pair of units overlaps, 12 ha together"
    assert "5 (Ward 5) and 6 (Ward 6) overlap by 12 ha" in overlap.message
    assert "counts in 5" in overlap.message
    place = shapely.from_wkt(overlap.shape)
    assert place.equals_exact(box(2, 1, 2.1, 2).normalize(), 1e-6) or place.equals(
        shapely.set_precision(box(2, 1, 2.1, 2), 1e-7)
    )


def test_a_ward_within_a_ward_overlaps_it_though_no_border_is_common():
    wards = {"1": box(0, 0, 4, 4), "2": box(1, 1, 2, 2)}
    assert codes(inspect(units_of(wards))) == [(0, "overlaps_total"), (1, "overlap")]


def test_a_gap_is_told_and_open_country_is_not():
    wards = grid() | {"5": box(1, 1, 1.9, 2)}
    total, gap = inspect(units_of(wards))
    assert codes((total, gap)) == [(0, "gaps_total"), (5, "gap")]
    assert total.message == "1 gap between units belongs to none, 12 ha"
    assert "beside 5 (Ward 5), 6 (Ward 6), 2 (Ward 2), 8 (Ward 8)" in gap.message
    del wards["5"]
    assert codes(inspect(units_of(wards))) == [(0, "gaps_total"), (4, "area_uncovered")]
    del wards["6"]
    assert inspect(units_of(wards)) == (), "the middle is open to the outside now"


def test_an_island_unit_in_a_hole_leaves_a_ring_as_gap():
    wards = grid() | {"5": box(1.25, 1.25, 1.75, 1.75)}
    total = inspect(units_of(wards))[0]
    assert total.code == "gaps_total"
    assert total.message.endswith("90.3 ha"), "the hole less the island"


def test_smaller_than_the_cut_is_rounding_and_not_told():
    metre = 1 / 111_000 / SIDE
    cut_m2 = load_cuts().overlap_m2
    length_m = SIDE * 110_600
    for factor, n in ((0.5, 0), (2.0, 2)):
        width = factor * cut_m2 / length_m * metre
        wards = {"1": box(0, 0, 1 + width, 1), "2": box(1, 0, 2, 1)}
        assert len(inspect(units_of(wards))) == n


def test_wards_are_not_compared_with_the_district_they_lie_in():
    wards = grid() | {"D": box(0, 0, 3, 3)}
    units = units_of(wards, level=["ward"] * 9 + ["district"], parent_id=["D"] * 9 + [""])
    assert inspect(units) == ()


@pytest.mark.parametrize(
    ("twin", "code"),
    [(box(0, 0, 1, 1), "duplicate_shape"), (box(0, 0, 1, 0.99), "near_duplicate")],
)
def test_the_same_ground_under_two_codes_is_a_duplicate_and_no_overlap(twin, code):
    found = inspect(units_of(grid() | {"10": twin}))
    assert codes(found) == [(10, code)]
    assert "(row 1)" in found[0].message


def test_a_sliver_with_the_attributes_of_the_polygon_beside_it_is_found():
    """The case of a ward list of Delhi: 0.19 m2 with a number, 609,585 m2 without."""
    wards = grid()
    large = wards.pop("5")
    wards["5"] = box(1, 1, 1.0003, 1.0003)
    codeless = Codeless(np.array([large], dtype=object), np.array([44]))
    found = inspect(units_of(wards), codeless=codeless)
    sliver = [f for f in found if f.code.startswith("sliver")]
    assert codes(sliver) == [(9, "sliver_with_attributes")]
    assert "in row 44" in sliver[0].message
    assert "120.5 ha" in sliver[0].message
    alone = [f.code for f in inspect(units_of(wards)) if f.code.startswith("sliver")]
    assert alone == ["sliver"]


def test_a_sliver_beside_a_unit_without_name_and_people_is_found_too():
    wards = grid() | {"10": box(1.5, 1.5, 1.5003, 1.5003)}
    units = units_of(wards)
    units.name[4] = ""
    units.population[4] = np.nan
    found = [f for f in inspect(units) if f.code.startswith("sliver")]
    assert codes(found) == [(10, "sliver_with_attributes")]
    assert "in row 5 " in found[0].message


def test_in_a_file_without_names_and_people_a_sliver_is_only_a_sliver():
    units = units_of(grid() | {"10": box(1.5, 1.5, 1.5003, 1.5003)})
    bare = replace(units, name=np.full(10, "", dtype=object), population=np.full(10, np.nan))
    assert [f.code for f in inspect(bare) if f.code.startswith("sliver")] == ["sliver"]


def test_a_tiny_part_of_a_unit_is_told():
    wards = grid()
    wards["3"] = shapely.MultiPolygon([wards["3"], box(3.1, 0, 3.1003, 0.0003)])
    found = inspect(units_of(wards))
    assert codes(found) == [(3, "sliver_part")]
    assert "1 tiny part of" in found[0].message


@pytest.mark.parametrize("at", [(0, 0), (-113, 42)])
def test_a_part_far_from_all_others_is_told(at):
    wards = grid() | {"10": shapely.box(*at, at[0] + SIDE, at[1] + SIDE)}
    found = inspect(units_of(wards))
    assert codes(found) == [(10, "far_away")]
    assert "km from the middle" in found[0].message


def test_one_name_on_two_units_is_told_whatever_its_case_and_spaces():
    units = units_of(grid())
    units.name[:3] = ["Ram Nagar", "RAM  NAGAR", "Ramnagar"]
    found = inspect(units)
    assert codes(found) == [(2, "name_repeated")]
    assert "unit 1 (row 1) as well as of 2" in found[0].message


def test_missing_people_are_told_one_by_one_unless_nobody_is_counted():
    units = units_of(grid())
    units.population[3:5] = [np.nan, 0]
    assert codes(inspect(units)) == [
        (0, "population_missing_total"), (4, "population_missing"), (5, "population_zero"),
    ]  # fmt: skip
    units.population[:] = np.nan
    (total,) = inspect(units)
    assert total.message.startswith("9 of 9 units have no population")


def test_parents_nobody_knows_are_told_where_that_can_be_known():
    wards = units_of(grid(), parent_id=["A"] * 7 + ["B", ""])
    assert codes(inspect(wards)) == [(9, "parent_missing")]
    found = inspect(wards, known_parents=frozenset({"A"}))
    assert codes(found) == [(8, "parent_unknown"), (9, "parent_missing")]
    assert "parent_id of 8 (Ward 8) is B, which is no unit" in found[0].message
    own = units_of(grid(), parent_id=["1"] + ["A"] * 8)
    assert codes(inspect(own)) == [(1, "parent_unknown")]


def test_what_is_not_drawn_is_left_out_and_rows_are_those_of_the_file():
    units = units_of(grid() | {"5": None, "6": box(2, 1, 3.05, 2)})
    found = inspect_units(units, np.arange(11, 20))
    assert codes(found) == [(0, "gaps_total"), (14, "area_uncovered")]
    assert inspect_units(replace(units, geometry=None), np.arange(9)) == ()
    with pytest.raises(ValueError, match="EPSG:3857"):
        inspect_units(replace(units, crs="EPSG:3857"), np.arange(9))


def test_places_on_the_map_stay_short_and_of_one_file_not_too_many(monkeypatch):
    coast = shapely.Point(77, 12).buffer(SIDE, quad_segs=500)
    (short,) = outlines(np.array([coast], dtype=object))
    shape = shapely.from_wkt(short)
    assert shapely.get_num_coordinates(shape) <= load_cuts().vertices_most
    assert shape.area == pytest.approx(coast.area, rel=0.02)
    wards = {str(n): box(n * 0.9, 0, n * 0.9 + 1, 1) for n in range(10)}
    few = replace(load_cuts(), findings_most=3)
    monkeypatch.setattr("zoning.places.coverage.load_cuts", lambda: few)
    total, *listed = inspect(units_of(wards))
    assert len(listed) == 3
    assert total.message.startswith("9 pairs of units overlap")
    assert total.message.endswith("the 3 largest are listed")
