"""Placing points: every point exactly once, and as a plain spatial join would."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.builders import grid_units
from zoning.places.locate import OUTSIDE, build_lasting_locator, build_locator

coordinates = arrays(
    float, st.integers(1, 60), elements=st.floats(-0.5, 3.5, allow_nan=False, width=32)
)


def plain(geometry, unit_id, x, y):
    found = []
    for px, py in zip(x, y, strict=True):
        holds = [
            unit
            for unit, shape in zip(unit_id, geometry, strict=True)
            if shape is not None and shape.intersects(shapely.Point(px, py))
        ]
        found.append(min(holds) if holds else None)
    return found


def located(geometry, unit_id, x, y, n_points):
    """Return the answer of both ways, having compared them."""
    index = build_locator(geometry, unit_id, n_points).locate(x, y)
    lasting = build_lasting_locator(geometry, unit_id).locate(x, y)
    assert lasting.tolist() == index.tolist()
    return [None if i == OUTSIDE else unit_id[i] for i in index]


@given(coordinates, st.integers(1, 200_000), st.randoms(use_true_random=False))
def test_points_are_placed_as_a_plain_search_would_whatever_the_grid(x, n_points, random):
    y = np.array(random.sample(list(x), len(x)))
    units = grid_units()
    expected = plain(units.geometry, units.unit_id, x, y)
    assert located(units.geometry, units.unit_id, x, y, n_points) == expected


@given(
    st.lists(st.tuples(st.floats(0, 3), st.floats(0, 3), st.floats(0.1, 2)), min_size=1, max_size=6)
)
def test_overlapping_units_give_a_point_to_the_smallest_code(circles):
    geometry = np.array(
        [shapely.Point(x, y).buffer(r, quad_segs=4) for x, y, r in circles], dtype=object
    )
    unit_id = np.array([str(n) for n in range(len(circles))], dtype=object)
    rng = np.random.default_rng(0)
    x, y = rng.uniform(-1, 4, 200), rng.uniform(-1, 4, 200)
    assert located(geometry, unit_id, x, y, 200) == plain(geometry, unit_id, x, y)


@st.composite
def coverages(draw):
    """Return cells of a torn grid, some left out, some joined to multipolygons with holes."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    side = draw(st.integers(2, 6))
    corner = np.stack(np.meshgrid(np.arange(side + 1.0), np.arange(side + 1.0)), axis=-1)
    corner += random.uniform(-0.3, 0.3, corner.shape)
    # Corners on few columns: edges run along the borders of grid cells and through each other's y.
    corner = corner.round(draw(st.sampled_from([1, 3, 15])))
    squares = np.array(
        [
            shapely.Polygon(
                [corner[j, i], corner[j, i + 1], corner[j + 1, i + 1], corner[j + 1, i]]
            )
            for j in range(side)
            for i in range(side)
        ],
        dtype=object,
    )
    unit = random.integers(-1, max(side, 3), len(squares))
    names = np.unique(unit[unit >= 0])
    shapes = [shapely.union_all(squares[unit == n]) for n in names]
    return np.array([*shapes, None], dtype=object), np.array([*map(str, names), "z"], dtype=object)


@given(coverages(), st.integers(0, 2**32 - 1))
def test_both_ways_agree_with_a_plain_search_on_corners_edges_and_anywhere(coverage, seed):
    geometry, unit_id = coverage
    random = np.random.default_rng(seed)
    xy = shapely.get_coordinates(geometry)
    anywhere = random.uniform(-0.5, 6.5, (40, 2))
    if len(xy):
        on_edges = (xy[:-1] + xy[1:])[random.integers(0, len(xy) - 1, 20)] / 2
        level = np.column_stack([random.uniform(-0.5, 6.5, 20), random.choice(xy[:, 1], 20)])
        anywhere = np.concatenate([anywhere, xy, on_edges, level, np.nextafter(xy, 9)])
    x, y = anywhere.T
    assert located(geometry, unit_id, x, y, 10_000) == plain(geometry, unit_id, x, y)


@pytest.mark.parametrize("edge", [0.0, 1.5, 3.0])
def test_a_border_along_the_grid_or_through_its_corners_decides_as_a_plain_search(edge):
    squares = np.array([shapely.box(0, 0, edge, 3), shapely.box(edge, 0, 4, 3)], dtype=object)
    unit_id = np.array(["2", "1"], dtype=object)
    x = np.repeat(np.linspace(-0.25, 4.25, 73), 73)
    y = np.tile(np.linspace(-0.25, 3.25, 73), 73)
    assert located(squares, unit_id, x, y, 10_000) == plain(squares, unit_id, x, y)


def test_a_point_on_a_border_counts_once_in_the_smallest_code():
    units = grid_units()
    x, y = np.array([1.0, 1.0, 2.0, 0.0, 3.0]), np.array([0.5, 1.0, 2.0, 0.0, 3.0])
    assert located(units.geometry, units.unit_id, x, y, 5) == ["1", "1", "5", "1", "9"]


def test_codes_are_compared_as_text_where_they_decide():
    squares = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], dtype=object)
    assert located(
        squares, np.array(["9", "10"], dtype=object), np.ones(1), np.full(1, 0.5), 1
    ) == ["10"]


def test_a_hole_holds_nothing_and_a_missing_polygon_nothing():
    ring = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    geometry = np.array([ring, None], dtype=object)
    unit_id = np.array(["1", "2"], dtype=object)
    x, y = np.array([1.5, 0.5, np.nan]), np.array([1.5, 0.5, 0.5])
    assert located(geometry, unit_id, x, y, 3) == [None, "1", None]
