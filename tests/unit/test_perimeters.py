"""Areas, buffers and outlines of containment zones on squares that can be measured by eye."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from zoning.places.buffers import BufferPairs, buffer_pairs
from zoning.places.neighbours import pairs_within
from zoning.places.perimeters import buffer_areas, perimeters, zone_areas

TOUCHING_M = 0.01


def squares(*corners: tuple[float, float], side: float = 1.0):
    """Return squares by their south-west corners."""
    boxes = [shapely.box(x, y, x + side, y + side) for x, y in corners]
    return np.array([*boxes, None], dtype=object)[:-1]


def ints(*values: int):
    return np.array(values, dtype=np.int32)


def pairs_of(labels, is_buffer, cells, reach_m):
    return buffer_pairs(labels, is_buffer, pairs_within(cells, labels, reach_m))


def test_a_zone_is_the_ground_of_its_booths_as_one():
    areas = zone_areas(ints(0, 0, -1, 1), squares((0, 0), (1, 0), (2, 0), (3, 0)))
    assert [area.area for area in areas] == [2.0, 1.0]
    assert areas[0].equals(shapely.box(0, 0, 2, 1))


def test_booths_that_share_a_cell_are_drawn_once():
    areas = zone_areas(ints(0, 0, 0), squares((0, 0), (0, 0), (1, 0)))
    assert areas[0].area == 2.0


def test_cells_that_overlap_are_counted_once_too():
    areas = zone_areas(ints(0, 0), squares((0, 0), (0.5, 0)))
    assert areas[0].area == pytest.approx(1.5)


def test_a_zone_of_stations_without_ground_has_no_area_and_an_unknown_outline():
    cells = np.array([None, shapely.box(0, 0, 1, 1)], dtype=object)
    areas = zone_areas(ints(0, 1), cells)
    assert areas[0] is None
    line = perimeters(areas, TOUCHING_M)
    assert np.isnan(line.total_m).tolist() == [True, False]


def test_no_zone_has_no_area():
    assert zone_areas(ints(-1, -1), squares((0, 0), (1, 0))).tolist() == []
    nothing = pairs_of(ints(-1), np.array([True]), squares((0, 0)), 10.0)
    assert nothing.zone.tolist() == nothing.booth.tolist() == []
    assert buffer_areas(ints(-1), nothing, squares((0, 0))).tolist() == []
    assert perimeters(np.empty(0, dtype=object), TOUCHING_M).total_m.tolist() == []


def test_the_line_runs_around_the_outside_and_around_what_is_spared_inside():
    ring = [(x, y) for x in range(3) for y in range(3) if (x, y) != (1, 1)]
    cells = squares(*ring, (10, 0))
    line = perimeters(zone_areas(ints(*[0] * 8, 0), cells), TOUCHING_M)
    # The ring of eight and a part of its own, as booths at one point may have.
    assert line.outer_m.tolist() == pytest.approx([12.0 + 4.0])
    assert line.inner_m.tolist() == pytest.approx([4.0])
    assert line.total_m.tolist() == pytest.approx([20.0])


def test_nobody_guards_a_gap_of_a_few_millimetres_between_two_booths():
    seam = np.array([shapely.union(shapely.box(0, 0, 1, 1), shapely.box(1.005, 0, 2, 1))])
    assert perimeters(seam, TOUCHING_M).total_m.tolist() == pytest.approx([6.0])
    lane = np.array([shapely.union(shapely.box(0, 0, 1, 1), shapely.box(1.5, 0, 2.5, 1))])
    assert perimeters(lane, TOUCHING_M).total_m.tolist() == pytest.approx([8.0])


def test_a_booth_may_lie_in_the_buffer_of_two_zones():
    labels, cells = ints(0, -1, 1, -1, -1), squares(*((x, 0) for x in range(5)))
    is_buffer = np.array([False, True, False, True, False])
    pairs = pairs_of(labels, is_buffer, cells, TOUCHING_M)
    assert pairs.zone.tolist() == [0, 1, 1]
    assert pairs.booth.tolist() == [1, 1, 3]
    areas = buffer_areas(labels, pairs, cells)
    assert [area.area for area in areas] == [1.0, 2.0]


def test_a_booth_near_two_of_a_zone_is_in_its_buffer_once():
    pairs = pairs_of(
        ints(0, -1, 0), np.array([0, 1, 0], bool), squares((0, 0), (1, 0), (2, 0)), 5.0
    )
    assert pairs.booth.tolist() == [1]


def test_an_affected_booth_is_in_no_buffer():
    pairs = pairs_of(ints(0, 1), np.array([True, True]), squares((0, 0), (5, 0)), 50.0)
    assert pairs.booth.tolist() == []


def test_ground_of_a_buffer_that_is_affected_too_is_affected_whichever_zone_it_is():
    # Cell 1 is buffer of zone 0 and overlaps the affected cell 2 of zone 1 by half.
    labels, cells = ints(0, -1, 1), squares((0, 0), (1, 0), (1.5, 0))
    pairs = BufferPairs(ints(0), ints(1))
    areas = buffer_areas(labels, pairs, cells)
    assert areas[0].area == pytest.approx(0.5)
    assert areas[1] is None
    assert zone_areas(labels, cells)[1].area == pytest.approx(1.0)


def test_a_buffer_that_is_wholly_affected_ground_is_none():
    labels, cells = ints(0, -1), squares((0, 0), (0, 0))
    cells[1] = shapely.box(0.2, 0.2, 0.8, 0.8)
    assert buffer_areas(labels, BufferPairs(ints(0), ints(1)), cells).tolist() == [None]
