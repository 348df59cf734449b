"""Which districts and booths have to know of each other: never one too few."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zoning import crs as crs_guard
from zoning.places.neighbours import within_of
from zoning.places.partition import adjoining, box_of, near_box, reaching_with_halo


@st.composite
def districts(draw):
    """Return booths near each other at any latitude, and the district of each."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    lat, n = draw(st.floats(-80, 80)), draw(st.integers(2, 25))
    corner = np.column_stack([random.uniform(77, 77.05, n), random.uniform(lat, lat + 0.05, n)])
    size = random.uniform(0.001, 0.006, n)
    cells = shapely.box(*corner.T, *(corner + size[:, None]).T)
    return np.asarray(cells), random.integers(0, 3, n), random.random(n) < 0.3


@given(districts(), st.floats(1, 3000))
def test_a_district_told_of_its_halo_is_drawn_as_the_whole(ground, reach_m):
    cells, district, is_affected = ground
    boxes = np.array([box_of(cells[district == d]) for d in range(3)])
    beside = adjoining(boxes, reach_m)
    for number in range(3):
        own = district == number
        if not own.any():
            continue
        neighbours = beside.index[beside.first[number] : beside.first[number + 1]]
        passed = np.isin(district, neighbours) & is_affected
        passed[passed] = near_box(cells[passed], boxes[number], reach_m)
        within_reach = reaching_with_halo(cells[own], cells[passed], reach_m)
        metric = crs_guard.local_equidistant(cells[own])
        whole = within_of(crs_guard.to_metric(cells, metric), is_affected, reach_m)[own]
        assert within_reach(is_affected[own]).tolist() == whole.tolist()


def test_a_district_without_ground_adjoins_none():
    nowhere = box_of(np.array([None, shapely.Polygon()], dtype=object))
    boxes = np.array([[0, 0, 1, 1], nowhere, [1, 0, 2, 1]])
    beside = adjoining(boxes, 10.0)
    assert beside.index.tolist() == [2, 0]
    cells = np.array([shapely.box(0, 0, 1, 1), None], dtype=object)
    assert near_box(cells, boxes[2], 10.0).tolist() == [True, False]
