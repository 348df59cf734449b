"""The crosswalk by area, and people carried over it.

 old      new
+-+-+    +-+-+-+
|a|b|    | x |y|     y reaches one square beyond the old edition
+-+-+    +-+-+-+
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from pyproj import Geod

from tests.editions import SIDE, edition, square, texts, together
from zoning.errors import CrsError
from zoning.places.crosswalk import build_crosswalk, carry_over, estimate_note
from zoning.places.edition_rule import edition_rule, tiers
from zoning.places.equal_area import equal_area_about
from zoning.places.ground import are_without_area

METRES_EAST = 0.01 / 1028
OLD = edition({"a": square(0, 0), "b": square(1, 0)})


def rows(crosswalk):
    return list(zip(crosswalk.old_index.tolist(), crosswalk.new_index.tolist(), strict=True))


def test_rows_are_the_pairs_that_share_ground_with_their_shares():
    crosswalk = build_crosswalk(OLD, edition({"x": square(0, 0, 1.5, 1), "y": square(1.5, 0)}))
    assert rows(crosswalk) == [(0, 0), (1, 0), (1, 1)]
    np.testing.assert_allclose(crosswalk.share_of_old, [1, 0.5, 0.5], rtol=1e-5)
    np.testing.assert_allclose(crosswalk.share_of_new, [2 / 3, 1 / 3, 0.5], rtol=1e-5)


def test_areas_are_those_on_the_ellipsoid():
    crosswalk = build_crosswalk(OLD, OLD)
    exact = abs(Geod(ellps="WGS84").geometry_area_perimeter(OLD.geometry[0])[0])
    np.testing.assert_allclose(crosswalk.area_m2, exact, rtol=1e-5)


@pytest.mark.parametrize("lat", [8.5, 22.5, 34.0])
def test_areas_stay_exact_three_hundred_kilometres_from_the_centre(lat):
    places = np.array([shapely.box(75 + x, lat, 75.01 + x, lat + 0.01) for x in (0, 3, 6)])
    metric = equal_area_about(places).to_metres(places)
    exact = [abs(Geod(ellps="WGS84").geometry_area_perimeter(place)[0]) for place in places]
    np.testing.assert_allclose(shapely.area(metric), exact, rtol=1e-5)


def test_a_sliver_gives_no_row_and_its_people_go_the_way_of_the_others():
    east = 1 + 20 * METRES_EAST / SIDE
    new = edition({"x": square(0, 0, east, 1), "y": square(east, 0, 2 - east, 1)})
    crosswalk = build_crosswalk(OLD, new)
    assert rows(crosswalk) == [(0, 0), (1, 1)]
    np.testing.assert_allclose(crosswalk.share_of_old, [1, 1], rtol=1e-6)
    np.testing.assert_allclose(carry_over(np.array([900.0, 700.0]), crosswalk, 2), [900, 700], 1e-6)


@pytest.mark.parametrize(("metres", "n_rows"), [(24, 2), (26, 3)])
def test_a_sliver_is_narrower_than_the_cut(metres, n_rows):
    east = 1 + metres * METRES_EAST / SIDE
    new = edition({"x": square(0, 0, east, 1), "y": square(east, 0, 2 - east, 1)})
    assert edition_rule().sliver_width_m == 25
    assert len(build_crosswalk(OLD, new)) == n_rows


def test_a_narrow_strip_that_is_a_whole_unit_is_no_sliver():
    lane = square(1, 0, 20 * METRES_EAST / SIDE, 1)
    new = edition({"x": OLD.geometry[0], "lane": lane, "y": OLD.geometry[1] - lane})
    assert (1, 1) in rows(build_crosswalk(OLD, new))


def test_the_same_polygons_are_paired_one_to_one_even_where_they_overlap_each_other():
    overlapping = edition({"a": square(0, 0, 1.5, 1), "b": square(1, 0, 1.5, 1)})
    crosswalk = build_crosswalk(overlapping, overlapping)
    assert rows(crosswalk) == [(0, 0), (1, 1)]
    assert crosswalk.share_of_old.tolist() == [1, 1]


def test_one_polygon_under_two_codes_goes_to_its_own_code():
    double = edition({"a": square(0, 0), "b": square(0, 0)})
    assert rows(build_crosswalk(double, double)) == [(0, 0), (1, 1)]
    recoded = edition({"a": square(0, 0), "c": square(0, 0)})
    assert rows(build_crosswalk(double, recoded)) == [(0, 0), (1, 1)]


def test_a_new_unit_drawn_over_one_that_stayed_is_paired_with_it():
    new = edition({"a": square(0, 0), "b": square(1, 0), "z": square(0.2, 0.2, 0.5, 0.5)})
    crosswalk = build_crosswalk(OLD, new)
    assert rows(crosswalk) == [(0, 0), (0, 2), (1, 1)]
    assert crosswalk.share_of_new[1] == pytest.approx(1)


def test_ground_covered_twice_counts_once():
    new = edition({"x": square(0, 0, 1.2, 1), "y": square(0, 0, 1.3, 1)})
    crosswalk = build_crosswalk(OLD, new)
    of_a = crosswalk.old_index == 0
    assert crosswalk.share_of_old[of_a].sum() == pytest.approx(1)


def test_levels_inside_each_other_are_never_paired():
    ward_and_town = replace(
        edition({"a": square(0, 0), "T": square(0, 0, 2, 1)}),
        level=texts(["ward", "municipality"]),
    )
    assert rows(build_crosswalk(ward_and_town, ward_and_town)) == [(0, 0), (1, 1)]
    assert rows(build_crosswalk(ward_and_town, OLD)) == [(0, 0)]


@pytest.mark.parametrize(
    ("present", "together_with"),
    [
        (["gram_panchayat", "municipality", "corporation"], [0, 0, 0]),
        (["gram_panchayat", "ward"], [0, 0]),
        (["gram_panchayat", "municipality", "ward"], [0, 0, 2]),
        (["corporation", "borough", "ward"], [0, 1, 2]),
        (["block", "district"], [0, 1]),
    ],
)
def test_levels_side_by_side_are_compared_with_each_other(present, together_with):
    tier, _ = tiers(texts(present), texts([]), edition_rule())
    assert [list(tier).index(number) for number in tier] == together_with


def test_half_the_ground_takes_half_the_people():
    crosswalk = build_crosswalk(OLD, edition({"x": square(0, 0, 1.5, 1), "y": square(1.5, 0, 0.5)}))
    carried = carry_over(np.array([900.0, 700.0]), crosswalk, 2)
    np.testing.assert_allclose(carried, [1250, 350], rtol=1e-5)


def test_a_unit_half_on_ground_that_nobody_knew_has_no_figure():
    crosswalk = build_crosswalk(OLD, edition({"x": square(0, 0, 1.5, 1), "y": square(1.5, 0)}))
    carried = carry_over(np.array([900.0, 700.0]), crosswalk, 2)
    assert carried[0] == pytest.approx(1250, rel=1e-5)
    assert np.isnan(carried[1])


@pytest.mark.parametrize(("beyond", "is_known"), [(0.04, True), (0.06, False)])
def test_how_much_unknown_ground_a_figure_bears_is_the_cut_of_the_rule(beyond, is_known):
    new = edition({"x": square(0, 0), "y": square(1, 0, 1 / (1 - beyond), 1)})
    carried = carry_over(np.array([900.0, 700.0]), build_crosswalk(OLD, new), 2)
    assert np.isfinite(carried).tolist() == [True, is_known]


def test_an_unknown_figure_is_never_taken_for_nobody():
    crosswalk = build_crosswalk(OLD, edition({"x": square(0, 0, 1.5, 1), "y": square(1.5, 0, 0.5)}))
    assert np.isnan(carry_over(np.array([900.0, np.nan]), crosswalk, 2)).all()
    carried = carry_over(np.array([np.nan, 700.0]), crosswalk, 2)
    assert np.isnan(carried[0])
    assert carried[1] == pytest.approx(350, rel=1e-5)


def test_a_unit_without_polygon_has_no_row_and_no_figure():
    new = edition({"x": together(*OLD.geometry), "142": None})
    crosswalk = build_crosswalk(OLD, new)
    carried = carry_over(np.array([900.0, 700.0]), crosswalk, 2)
    assert set(crosswalk.new_index) == {0}
    assert carried[0] == pytest.approx(1600)
    assert np.isnan(carried[1])
    assert are_without_area(new).tolist() == [False, True]
    assert are_without_area(replace(new, geometry=None)).tolist() == [True, True]


def test_an_edition_in_metres_is_refused():
    with pytest.raises(CrsError, match="EPSG:7755"):
        build_crosswalk(OLD, replace(OLD, crs="EPSG:7755"))


def test_what_is_carried_over_says_that_it_is_an_estimate():
    assert "Estimated" in estimate_note()
    assert "in proportion to area" in estimate_note()
