"""Areas of booths: whose ground is whose, and what is said about doubtful booths."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from tests.booths import booths_at, codes, derived_areas
from tests.builders import grid_units, table_units
from zoning import crs
from zoning.places.booth_areas import booth_areas


def message(areas, code):
    return next(finding.message for finding in areas.findings if finding.code == code)


def test_two_booths_divide_their_ward_half_and_half():
    areas = booth_areas(booths_at([(0.25, 0.5), (0.75, 0.5)]), grid_units())
    west, east = areas.geometry
    assert shapely.area(shapely.symmetric_difference(west, shapely.box(0, 0, 0.5, 1))) < 1e-9
    assert shapely.area(shapely.symmetric_difference(east, shapely.box(0.5, 0, 1, 1))) < 1e-9
    assert areas.provenance.tolist() == ["derived", "derived"]
    assert areas.unit_index.tolist() == [0, 0]
    assert codes(areas) == []


def test_cells_know_the_nodes_of_cells_beyond_the_border_of_their_unit():
    areas = booth_areas(booths_at([(0.5, 0.3), (0.5, 0.9), (1.5, 0.5)]), grid_units())
    across = areas.geometry[2]
    assert shapely.get_num_coordinates(across) == 6
    assert shapely.coverage_is_valid(areas.geometry)


def test_borders_of_cells_lie_midway_in_metres_and_not_in_degrees():
    """At 60 degrees north a degree of longitude is half as long as one of latitude."""
    units = table_units({"1": 1.0}, geometry=[shapely.box(10, 59.9, 10.2, 60.1)])
    areas = booth_areas(booths_at([(10.08, 60.0), (10.12, 60.02)]), units)
    # 2.2 km both east and north of the first: the border runs through (10.08, 60.02).
    on_border = shapely.Point(10.08, 60.02)
    assert shapely.distance(areas.geometry, on_border).max() < 2e-4


def test_a_cell_never_reaches_into_another_unit():
    """A point of ward 1 nearest to a booth of ward 2 still belongs to its own ward."""
    areas = booth_areas(booths_at([(0.1, 0.5), (1.01, 0.5)]), grid_units())
    assert shapely.equals(areas.geometry[0], shapely.box(0, 0, 1, 1))
    assert areas.provenance.tolist() == ["unit", "unit"]


def test_booths_at_one_point_share_one_area_and_say_so():
    school = [(0.2, 0.2)] * 5
    areas = booth_areas(booths_at([*school, (0.8, 0.8)]), grid_units())
    assert len({id(shape) for shape in areas.geometry[:5]}) == 1
    assert areas.shares_with.tolist() == ["b1"] * 5 + [""]
    assert codes(areas) == [(row, "booth_shared_point") for row in (2, 3, 4, 5)]
    assert "5 booths" in message(areas, "booth_shared_point")


def test_all_booths_of_a_ward_at_one_point_share_the_ward():
    areas = booth_areas(booths_at([(0.2, 0.2), (0.2, 0.2)]), grid_units())
    assert shapely.equals(areas.geometry[0], shapely.box(0, 0, 1, 1))
    assert areas.provenance.tolist() == ["unit", "unit"]


def test_stations_a_few_centimetres_apart_stand_at_one_point():
    areas = booth_areas(booths_at([(0.2, 0.2), (0.200001, 0.2), (0.20001, 0.2)]), grid_units())
    assert areas.shares_with.tolist() == ["b1", "b1", ""]


def test_of_stations_centimetres_apart_the_same_draws_the_cell_whatever_their_order():
    places = [(0.200001, 0.2), (0.2, 0.2), (0.8, 0.8)]
    straight = booth_areas(booths_at(places), grid_units())
    turned = booth_areas(booths_at(places[::-1]), grid_units())
    assert shapely.equals_exact(straight.geometry, turned.geometry[::-1]).all()


def test_the_corners_of_a_small_ward_stay_where_they_are():
    corners = np.array(
        [(88.3612345, 22.5712345), (88.3656789, 22.5723456), (88.3634567, 22.5756789)]
    )
    units = table_units({"1": 1.0}, geometry=[shapely.Polygon(corners)])
    areas = booth_areas(booths_at([(88.3630001, 22.5723), (88.3640002, 22.5731)]), units)
    wanted = shapely.area(units.geometry[0])
    assert shapely.area(areas.geometry).sum() == pytest.approx(wanted, rel=1e-9)


def test_booths_at_one_point_that_name_different_wards_share_nothing():
    areas = booth_areas(booths_at([(1.0, 0.5), (1.0, 0.5)], ["1", "2"]), grid_units())
    assert areas.unit_index.tolist() == [0, 1]
    assert areas.shares_with.tolist() == ["", ""]
    assert codes(areas) == []


def test_a_booth_outside_every_unit_has_no_area_and_is_told():
    areas = booth_areas(booths_at([(0.5, 0.5), (7.0, 7.0)]), grid_units())
    assert areas.geometry[1] is None
    assert (areas.unit_index[1], areas.provenance[1]) == (-1, "")
    assert codes(areas) == [(2, "booth_outside")]


@pytest.mark.parametrize(
    "place",
    [None, shapely.Point(), shapely.Point(np.nan, 1), shapely.Point(1e300, 0.5), (0.5, 91.0)],
)
def test_a_booth_without_a_place_on_the_globe_takes_no_ground_from_others(place):
    areas = booth_areas(booths_at([(0.5, 0.5), place], ["1", "1"]), grid_units())
    assert areas.geometry[1] is None
    assert areas.unit_index.tolist() == [0, 0]
    assert codes(areas) == [(2, "booth_without_place")]
    assert areas.provenance.tolist() == ["unit", ""]


def test_booths_without_place_share_their_unit_where_none_of_it_has_one():
    areas = booth_areas(booths_at([None, None], ["1", "1"]), grid_units())
    assert areas.geometry[0] is areas.geometry[1]
    assert shapely.equals(areas.geometry[0], shapely.box(0, 0, 1, 1))
    assert areas.provenance.tolist() == ["unit", "unit"]
    assert areas.shares_with.tolist() == ["b1", "b1"]
    assert codes(areas) == [(1, "booth_without_place"), (2, "booth_without_place")]


def test_booths_of_a_file_without_any_place_are_all_told():
    areas = booth_areas(replace(booths_at([None, None]), geometry=None), grid_units())
    assert [code for _, code in codes(areas)] == ["booth_without_place"] * 2


def test_the_unit_that_a_booth_names_wins_over_where_it_stands():
    areas = booth_areas(booths_at([(0.8, 0.5), (1.1, 0.5)], ["1", "1"]), grid_units())
    assert areas.unit_index.tolist() == [0, 0]
    assert codes(areas) == [(2, "booth_unit_contradicted")]
    assert "stands in 2 (Ward 2)" in message(areas, "booth_unit_contradicted")
    assert shapely.bounds(areas.geometry[1]) == pytest.approx([0.95, 0, 1, 1])


def test_a_booth_too_far_off_its_unit_to_be_nearest_to_any_of_it_has_no_area():
    areas = booth_areas(booths_at([(0.5, 0.5), (2.5, 0.5)], ["1", "1"]), grid_units())
    assert areas.geometry[1] is None
    assert codes(areas) == [(2, "booth_unit_contradicted"), (2, "booth_without_area")]


def test_a_booth_that_names_a_unit_nobody_knows_counts_where_it_stands():
    areas = booth_areas(booths_at([(0.5, 0.5)], ["99"]), grid_units())
    assert areas.unit_index.tolist() == [0]
    assert codes(areas) == [(1, "unit_unknown")]


def test_a_booth_on_a_border_counts_in_the_smallest_code_without_a_word():
    areas = booth_areas(booths_at([(1.0, 0.5), (2.0, 2.0)]), grid_units())
    assert areas.unit_index.tolist() == [0, 4]
    assert codes(areas) == []


def test_a_booth_on_ground_of_two_units_is_told_and_the_ground_belongs_to_the_first():
    boxes = [shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)]
    units = table_units({"b": 1.0, "a": 1.0}, geometry=boxes)
    areas = booth_areas(booths_at([(1.5, 0.5), (0.5, 0.5)]), units)
    assert areas.unit_index.tolist() == [1, 0]
    assert codes(areas) == [(1, "booth_in_two_units")]
    assert shapely.area(areas.geometry) == pytest.approx([2.0, 1.0])
    assert shapely.coverage_is_valid(derived_areas(areas))


def test_a_unit_without_booths_is_noded_with_the_booths_beside_it():
    # The border between the two booths meets that of the ward to the east half way up.
    areas = booth_areas(booths_at([(0.5, 0.25), (0.5, 0.75)]), grid_units())
    assert areas.bare.tolist() == list(range(1, 9))
    assert shapely.coverage_is_valid(np.concatenate([areas.geometry, areas.bare_geometry]))
    assert shapely.area(areas.bare_geometry) == pytest.approx(np.ones(8))


def test_a_unit_without_booths_leaves_to_a_surveyed_booth_what_is_its_own():
    areas = booth_areas(booths_at([shapely.box(0, 0, 1.5, 1)], ["1"]), grid_units())
    assert areas.bare[0] == 1
    assert areas.bare_geometry[0].equals(shapely.box(1.5, 0, 2, 1))


def test_units_that_nothing_divides_are_the_ground_as_they_are():
    units = grid_units()
    areas = booth_areas(booths_at([]), units)
    assert areas.bare.tolist() == list(range(9))
    assert shapely.equals_exact(areas.bare_geometry, units.geometry).all()


def test_a_unit_without_polygon_and_booths_has_no_ground():
    shapes = grid_units().geometry.copy()
    shapes[8] = None
    areas = booth_areas(booths_at([(0.5, 0.5)]), replace(grid_units(), geometry=shapes))
    assert areas.bare_geometry[-1] is None


def test_a_unit_without_booths_is_named():
    areas = booth_areas(booths_at([(0.5, 0.5)]), grid_units())
    told = [f for f in areas.findings if f.code == "unit_without_booths"]
    assert len(told) == 8
    assert {f.row for f in told} == {0}
    assert "9 (Ward 9) has no booth" in told[-1].message


def test_the_booth_of_a_unit_without_polygon_has_no_area_and_is_told():
    units = table_units({"1": 1.0, "2": 1.0}, geometry=[None, shapely.box(0, 0, 1, 1)])
    areas = booth_areas(booths_at([(0.5, 0.5), None], ["1", "1"]), units)
    assert areas.geometry.tolist() == [None, None]
    assert [code for _, code in codes(areas)].count("booth_without_area") == 2


def test_surveyed_areas_are_kept_as_they_are_and_their_overlap_is_told():
    squares = [shapely.box(0, 0, 0.6, 1), shapely.box(0.5, 0, 1, 1)]
    areas = booth_areas(booths_at(squares), grid_units())
    assert shapely.equals_exact(areas.geometry, np.array(squares, dtype=object)).all()
    assert areas.provenance.tolist() == ["surveyed", "surveyed"]
    assert codes(areas) == [(1, "booth_overlap")]
    assert "ha; both are kept" in message(areas, "booth_overlap")


def test_a_bow_tie_that_cannot_be_read_is_told_and_the_booth_stays_listed():
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    areas = booth_areas(booths_at([bow, (0.5, 0.5)]), grid_units())
    faults = [f for f in areas.findings if f.row == 1]
    assert faults[0].code in ("geometry_repaired", "geometry_refused")
    assert not any(f.rejects for f in faults)
    assert len(areas.geometry) == 2


def test_points_of_a_mixed_file_divide_what_the_surveyed_areas_leave():
    west = shapely.box(0, 0, 0.4, 1)
    areas = booth_areas(booths_at([west, (0.6, 0.5), (0.9, 0.5)]), grid_units())
    assert areas.provenance.tolist() == ["surveyed", "derived", "derived"]
    assert shapely.area(areas.geometry).sum() == pytest.approx(1.0, rel=1e-9)
    assert shapely.coverage_is_valid(derived_areas(areas))
    assert shapely.area(shapely.intersection(areas.geometry[0], areas.geometry[1:])).sum() < 1e-9


def test_a_point_inside_the_surveyed_area_of_the_whole_ward_has_no_area():
    areas = booth_areas(booths_at([shapely.box(0, 0, 1, 1), (0.5, 0.5)]), grid_units())
    assert areas.geometry[1] is None
    assert codes(areas) == [(2, "booth_without_area")]


def test_a_surveyed_area_outside_every_unit_is_kept_and_told():
    areas = booth_areas(booths_at([shapely.box(7, 7, 8, 8)]), grid_units())
    assert areas.provenance.tolist() == ["surveyed"]
    assert codes(areas) == [(1, "booth_outside")]
    assert "keeps its surveyed area" in message(areas, "booth_outside")


def test_no_booths_and_no_units_give_no_areas():
    nothing = booth_areas(booths_at([]), grid_units())
    assert len(nothing.geometry) == 0
    assert len(nothing.findings) == 9
    units = replace(grid_units(), geometry=None)
    lost = booth_areas(booths_at([(0.5, 0.5)]), units)
    assert lost.unit_index.tolist() == [-1]


def test_a_lone_point_beside_a_surveyed_area_does_not_stand_for_the_whole_unit():
    areas = booth_areas(booths_at([shapely.box(0, 0, 0.4, 1), (0.7, 0.5)]), grid_units())
    assert areas.provenance.tolist() == ["surveyed", "derived"]
    assert shapely.area(areas.geometry[1]) == pytest.approx(0.6)


def test_a_surveyed_area_off_the_globe_is_no_place():
    areas = booth_areas(booths_at([shapely.box(500, 95, 501, 96)]), grid_units())
    assert areas.geometry.tolist() == [None]
    assert codes(areas) == [(1, "booth_without_place")]


def test_exchanged_coordinates_of_one_booth_cost_the_others_no_exactness():
    units = table_units({"1": 1.0}, geometry=[shapely.box(88.36, 22.57, 88.37, 22.58)])
    # Sixty stations, each about a metre from the next.
    rng = np.random.default_rng(3)
    step = np.stack(np.meshgrid(np.arange(6), np.arange(10)), axis=-1).reshape(-1, 2)
    near = (88.364, 22.574) + (step + rng.uniform(0, 0.5, (60, 2))) * 1e-5
    places = [*map(tuple, near), (22.57, 88.36)]
    areas = booth_areas(booths_at(places, ["1"] * 61), units)
    alone = booth_areas(booths_at(places[:-1], ["1"] * 60), units)
    assert codes(areas) == [(61, "booth_unit_contradicted"), (61, "booth_without_area")]
    assert shapely.equals_exact(areas.geometry[:60], alone.geometry).all()


def test_units_in_metres_are_taken_to_degrees_first():
    units = grid_units()
    shapes = crs.to_metric(units.geometry, "EPSG:32631")
    areas = booth_areas(booths_at([(0.5, 0.5)]), replace(units, geometry=shapes, crs="EPSG:32631"))
    assert shapely.area(areas.geometry[0]) == pytest.approx(1.0)
