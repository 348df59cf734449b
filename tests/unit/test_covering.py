"""Which booths a polygon takes, on a grid of nine booths of a kilometre or so.

7 8 9
4 5 6     booth 5 spans (1, 1) to (2, 2) hundredths of a degree from (88.3, 22.5)
1 2 3
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from tests.order_lists import objects
from zoning.places.covering import CoveringRule, booths_covered, covering_rule

RULE = CoveringRule(taken_share=0.5, touched_share=0.01, touched_ha=0.05)


def ground(x, y, width=1.0, height=1.0):
    return shapely.box(
        *(88.3 + x / 100, 22.5 + y / 100), 88.3 + (x + width) / 100, 22.5 + (y + height) / 100
    )


CELLS = objects([ground(x, y) for y in range(3) for x in range(3)])


def covered(*polygons, cells=CELLS):
    return booths_covered(objects(polygons), cells, RULE)


def booths(covering, *, taken, polygon=0):
    chosen = (covering.polygon == polygon) & (covering.is_taken == taken)
    return (covering.booth[chosen] + 1).tolist()


def test_a_polygon_takes_the_booths_that_lie_in_it_for_half_and_lists_those_it_touches():
    covering = covered(ground(0.2, 0, 1.7, 1))
    assert booths(covering, taken=True) == [1, 2]
    covering = covered(ground(0.2, 0, 1.2, 1))
    assert (booths(covering, taken=True), booths(covering, taken=False)) == ([1], [2])
    assert covering.share == pytest.approx([0.8, 0.4], rel=1e-3)


@pytest.mark.parametrize(("width", "is_taken"), [(0.5001, True), (0.4999, False)])
def test_half_of_a_booth_is_the_cut(width, is_taken):
    assert bool(booths(covered(ground(0, 0, width, 1)), taken=True)) is is_taken


def test_a_border_that_two_draughtsmen_drew_is_no_touch():
    covering = covered(ground(0, 0, 1.00001, 1))
    assert (booths(covering, taken=True), booths(covering, taken=False)) == ([1], [])


def test_a_building_in_a_large_booth_is_listed_and_takes_none():
    covering = covered(ground(1.5, 1.5, 0.03, 0.03))
    assert booths(covering, taken=False) == [5]
    assert covering.takes_none.tolist() == [True]
    assert covering.inside_ha[0] == pytest.approx(0.1, rel=0.1)


def test_ground_of_no_booth_is_told_as_a_share_of_the_polygon():
    covering = covered(ground(2, 0, 2, 1), ground(5, 5), None)
    assert covering.outside_share[:2] == pytest.approx([0.5, 1.0], abs=1e-4)
    assert np.isnan(covering.outside_share[2])
    assert covering.takes_none.tolist() == [False, True, True]


def test_booths_on_one_ground_are_taken_together_and_counted_once():
    cells = objects([CELLS[0], CELLS[0], None])
    covering = covered(ground(0, 0, 2, 1), cells=cells)
    assert booths(covering, taken=True) == [1, 2]
    assert covering.outside_share == pytest.approx([0.5], abs=1e-4)


def test_a_zone_may_straddle_wards_and_several_zones_are_judged_apart():
    covering = covered(ground(0, 0, 3, 1), ground(0.5, 1.2, 2, 1.6))
    assert booths(covering, taken=True) == [1, 2, 3]
    # Of 4, 6, 7 and 9 each polygon has less than half.
    assert booths(covering, taken=True, polygon=1) == [5, 8]
    assert booths(covering, taken=False, polygon=1) == [4, 6, 7, 9]


def test_no_polygon_and_no_booth_is_no_fault():
    assert len(booths_covered(objects([]), CELLS).booth) == 0
    assert covered(ground(0, 0), cells=objects([])).takes_none.tolist() == [True]


def test_the_shares_in_force_are_those_of_the_data_file():
    assert covering_rule().taken_share > covering_rule().touched_share > 0
