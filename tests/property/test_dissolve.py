"""Cells joined along known arcs: the same areas as an overlay of the polygons gives."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zoning.errors import StoreError
from zoning.places.arcs import CoverageArcs, coverage_arcs
from zoning.places.dissolve import dissolve


@st.composite
def coverages(draw):
    """Return cells of a torn grid: some joined to cells of several parts and with holes, some
    missing, some twice."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    side = draw(st.integers(2, 8))
    corner = np.stack(np.meshgrid(np.arange(side + 1.0), np.arange(side + 1.0)), axis=-1)
    corner += random.uniform(-0.3, 0.3, corner.shape) * draw(st.sampled_from([0, 1]))
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
    cell = random.integers(0, draw(st.integers(2, side * side)), len(squares))
    shapes = [shapely.coverage_union_all(squares[cell == n]) for n in np.unique(cell)]
    areas = np.array([*shapes, None, shapely.Polygon()], dtype=object)
    areas = areas[random.permutation(len(areas))]
    return areas[np.append(np.arange(len(areas)), random.integers(0, len(areas), 3))]


def plain(areas, kind, n_kinds):
    """Return each kind as an overlay joins it; what is shared goes to the first kind."""
    joined = []
    taken = set()
    for key in range(n_kinds):
        own = {shape.wkb: shape for shape in areas[kind == key] if shape and not shape.is_empty}
        own = [shape for code, shape in own.items() if code not in taken]
        taken |= {shape.wkb for shape in own}
        joined.append(shapely.coverage_union_all(own) if own else None)
    return joined


def assert_same(found, expected):
    for area, wanted in zip(found, expected, strict=True):
        assert (area is None) == (wanted is None)
        if wanted is not None:
            # Corner by corner, once both list parts and rings in the same order.
            wanted = shapely.multipolygons(shapely.get_parts(wanted))
            assert shapely.normalize(area) == shapely.normalize(wanted)
            assert shapely.is_valid(area)


@given(coverages(), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_dissolving_gives_the_areas_of_a_union_corner_by_corner(areas, n_kinds, seed):
    kind = np.random.default_rng(seed).integers(-1, n_kinds, len(areas))
    arcs = coverage_arcs(areas)
    assert_same(dissolve(arcs, kind, n_kinds), plain(areas, kind, n_kinds))
    again = CoverageArcs.from_bytes(arcs.to_bytes())
    assert_same(dissolve(again, kind, n_kinds), plain(areas, kind, n_kinds))


def squares(*corners):
    return np.array([shapely.box(x, y, x + 1, y + 1) for x, y in corners], dtype=object)


def test_parts_that_touch_in_a_corner_stay_apart_and_the_area_is_valid():
    areas = squares((0, 0), (1, 0), (0, 1), (1, 1))
    one, other = dissolve(coverage_arcs(areas), np.array([0, 1, 1, 0]), 2)
    assert [len(one.geoms), len(other.geoms)] == [2, 2]
    assert one.is_valid and other.is_valid


@pytest.mark.parametrize(
    "hollow",
    [[(1, 1), (2, 2)], [(0, 0), (1, 1)], [(1, 1), (2, 2), (3, 1)], [(0, 2), (1, 1), (2, 0)]],
)
def test_holes_that_touch_each_other_or_the_outside_in_a_corner_are_rings_of_their_own(hollow):
    corners = [(x, y) for x in range(5) for y in range(4)]
    kind = np.array([int(corner in hollow) for corner in corners])
    areas = squares(*corners)
    assert_same(dissolve(coverage_arcs(areas), kind, 2), plain(areas, kind, 2))


def test_a_hole_may_touch_the_outer_ring_at_its_westernmost_point():
    ring = shapely.Polygon([(0, 0), (3, -2), (3, 2)], [[(0, 0), (2, 0.5), (2, -0.5)]])
    (area,) = dissolve(coverage_arcs(np.array([ring], dtype=object)), np.zeros(1, np.int64), 1)
    assert shapely.normalize(area) == shapely.normalize(shapely.multipolygons([ring]))


def test_an_enclave_is_the_hole_of_what_surrounds_it():
    middle = shapely.box(1, 1, 2, 2)
    around = shapely.box(0, 0, 3, 3).difference(middle)
    areas = np.array([around, middle], dtype=object)
    arcs = coverage_arcs(areas)
    assert len(arcs.side) == 4
    assert_same(dissolve(arcs, np.array([0, 1]), 2), plain(areas, np.array([0, 1]), 2))
    whole, none = dissolve(arcs, np.array([0, 0]), 2)
    assert none is None and whole.equals(shapely.box(0, 0, 3, 3))


def test_ground_that_booths_share_goes_to_the_first_of_their_kinds():
    areas = squares((0, 0), (0, 0), (1, 0))
    arcs = coverage_arcs(areas)
    first, second = dissolve(arcs, np.array([1, 0, 1]), 2)
    assert first.equals(areas[0]) and second.equals(areas[2])
    left_out, _ = dissolve(arcs, np.array([-1, 0, -1]), 2)
    assert left_out.equals(areas[0])


def test_areas_that_overlap_or_do_not_share_their_corners_have_no_arcs():
    assert coverage_arcs(squares((0, 0), (0.5, 0))) is None
    halves = [shapely.box(1, 0, 2, 0.5), shapely.box(1, 0.5, 2, 1)]
    assert coverage_arcs(np.array([shapely.box(0, 0, 1, 1), *halves], dtype=object)) is None


def test_no_ground_at_all_gives_no_area():
    arcs = coverage_arcs(np.array([None, None], dtype=object))
    assert dissolve(arcs, np.zeros(2, np.int64), 1).tolist() == [None]


def test_damaged_bytes_are_refused_with_the_way_out():
    packed = coverage_arcs(squares((0, 0))).to_bytes()
    for damaged in (packed[:-9], b"", b"PK\x03\x04", packed[:40]):
        with pytest.raises(StoreError, match="ZONING_VAR_DIR"):
            CoverageArcs.from_bytes(damaged)
