"""Areas and outlines of zones: what holds for any ground."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zoning.judgement.containment import contiguous
from zoning.places.buffers import buffer_pairs
from zoning.places.category_areas import GRID_DEGREES
from zoning.places.neighbours import neighbours_within, pairs_within, within_of
from zoning.places.perimeters import buffer_areas, perimeters, zone_areas

TOUCHING_M = 0.01


@st.composite
def grounds(draw):
    """Return cells in metres, which of them are affected, and the width of the buffer."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    side = draw(st.integers(1, 7))
    edges = [np.append(0, np.cumsum(random.integers(20, 300, side))) for _ in range(2)]
    cells = np.array(
        [
            shapely.box(edges[0][x], edges[1][y], edges[0][x + 1], edges[1][y + 1])
            for x in range(side)
            for y in range(side)
        ],
        dtype=object,
    )
    cells = cells[random.random(len(cells)) < 0.85]
    if draw(st.booleans()):
        cells = shapely.buffer(cells, 15, join_style="mitre")
    is_affected = random.random(len(cells)) < draw(st.sampled_from([0.1, 0.4, 0.8]))
    return cells, is_affected, draw(st.sampled_from([TOUCHING_M, 100.0, 50_000.0]))


def drawn(ground):
    cells, is_affected, reach_m = ground
    touching = neighbours_within(cells, TOUCHING_M)
    labels = contiguous(is_affected, touching, np.arange(len(cells), dtype=np.int32))
    is_buffer = within_of(cells, is_affected, reach_m)
    reached = pairs_within(cells, labels, reach_m)
    return labels, is_buffer, buffer_pairs(labels, is_buffer, reached)


@given(grounds())
def test_every_buffer_booth_lies_in_a_buffer_and_only_where_it_is_near(ground):
    cells, _, reach_m = ground
    labels, is_buffer, pairs = drawn(ground)
    assert set(pairs.booth.tolist()) == set(np.flatnonzero(is_buffer).tolist())
    told = set(zip(pairs.zone.tolist(), pairs.booth.tolist(), strict=True))
    assert len(told) == len(pairs.zone)
    for zone in range(labels.max(initial=-1) + 1):
        near = is_buffer & within_of(cells, labels == zone, reach_m)
        assert {b for z, b in told if z == zone} == set(np.flatnonzero(near).tolist())


@given(grounds())
def test_zones_cover_their_booths_and_share_no_ground_with_each_other_or_a_buffer(ground):
    cells = shapely.transform(ground[0], lambda xy: xy * 1e-5 + (77, 12))
    labels, _, pairs = drawn(ground)
    areas, buffers = zone_areas(labels, cells), buffer_areas(labels, pairs, cells)
    moved = GRID_DEGREES * shapely.length(cells).sum()
    sealed = shapely.union_all(cells[labels >= 0])
    assert shapely.is_valid(areas).all()
    assert abs(shapely.area(areas).sum() - sealed.area) <= moved
    for zone, area in enumerate(areas):
        own = shapely.union_all(cells[labels == zone])
        assert shapely.symmetric_difference(area, own).area <= moved
        near = shapely.union_all(cells[pairs.booth[pairs.zone == zone]]).difference(sealed)
        got = 0.0 if buffers[zone] is None else buffers[zone].area
        assert abs(got - near.area) <= moved
        if buffers[zone] is not None:
            assert shapely.is_valid(buffers[zone])
            assert shapely.intersection(buffers[zone], sealed).area <= moved


@given(grounds())
def test_the_line_around_a_zone_is_the_edges_that_only_one_of_its_cells_has(ground):
    cells, _, _ = ground
    labels, _, _ = drawn(ground)
    zones = range(labels.max(initial=-1) + 1)
    joined = np.array(
        [shapely.union_all(cells[labels == zone]) for zone in zones] + [None], dtype=object
    )[:-1]
    line = perimeters(joined, TOUCHING_M)
    holes = [
        sum(ring.length for part in shapely.get_parts(area) for ring in part.interiors)
        for area in joined
    ]
    assert np.allclose(line.total_m, shapely.length(joined), rtol=1e-9, atol=1e-6)
    assert np.allclose(line.inner_m, holes, atol=1e-6)
    assert (line.outer_m > 0).all()
