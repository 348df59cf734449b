"""Derived areas, whatever the points: a partition of their units, and each booth in its own."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from tests.booths import booths_at, derived_areas
from tests.builders import grid_units
from zoning.places.booth_areas import booth_areas
from zoning.places.plane import planes_of

# Fourths of a degree make points on borders, in rows and at one place; floats make the rest.
along = st.one_of(
    st.integers(0, 12).map(lambda fourth: fourth / 4),
    st.floats(0, 3, allow_subnormal=False),
    st.floats(0.999, 1.001),
)
spots = st.lists(st.tuples(along, along), min_size=1, max_size=40)
units = grid_units()


@given(spots)
@example([(x / 4, y / 4) for x in range(13) for y in range(13)])
@example([(0.5, 0.5), (0.500003, 0.5), (2.5, 0.5)])
def test_areas_fill_the_units_that_have_booths_without_gap_or_overlap(places):
    areas = booth_areas(booths_at(places), units)
    shapes = derived_areas(areas)
    used = np.unique(areas.unit_index)
    filled, wanted = shapely.area(shapes).sum(), shapely.area(units.geometry[used]).sum()
    assert abs(filled - wanted) <= 1e-9 * wanted
    assert shapely.is_valid(shapes).all()
    everything = np.concatenate([shapes, areas.bare_geometry])
    assert shapely.coverage_is_valid(everything)
    assert abs(shapely.area(everything).sum() - 9) <= 1e-9


@given(spots)
def test_every_booth_stands_in_its_area_and_only_there_unless_it_shares_it(places):
    areas = booth_areas(booths_at(places), units)
    points = shapely.points(np.array(places))
    # Within one unit borders are half the way to the next; on the border of units any side may do.
    assert shapely.distance(areas.geometry, points).max() < 2e-6
    for one, shape in enumerate(areas.geometry):
        inside = shapely.contains_properly(shape, points)
        assert set(areas.shares_with[inside]) <= {areas.shares_with[one]}
        assert inside.sum() <= 1 or areas.shares_with[one]


@given(spots, st.randoms(use_true_random=False))
def test_the_order_of_booths_changes_nothing(places, random):
    order = list(range(len(places)))
    random.shuffle(order)
    straight = booth_areas(booths_at(places), units)
    shuffled = booth_areas(booths_at([places[at] for at in order]), units)
    assert shapely.equals_exact(straight.geometry[order], shuffled.geometry).all()
    assert straight.provenance[order].tolist() == shuffled.provenance.tolist()
    assert straight.unit_index[order].tolist() == shuffled.unit_index.tolist()


@given(spots, st.lists(st.tuples(st.floats(0, 3), st.floats(0, 3)), min_size=1, max_size=20))
def test_ground_belongs_to_the_nearest_booth_of_its_own_unit(places, asked):
    areas = booth_areas(booths_at(places), units)
    planes = planes_of(units.geometry)
    lon, lat = np.array(places).T
    for x, y in asked:
        holders = np.flatnonzero(shapely.contains_properly(areas.geometry, shapely.Point(x, y)))
        for at in holders:
            own = np.flatnonzero(areas.unit_index == areas.unit_index[at])
            unit = areas.unit_index[own]
            here = planes.lay(unit[:1], np.array([x]), np.array([y]))
            metres = np.hypot(*(planes.lay(unit, lon[own], lat[own]) - here).T)
            # Stations at one point are up to 0.2 m apart, a chain of them further.
            assert metres[own == at][0] <= metres.min() + 0.2 * len(places) + 1e-6


@given(spots, st.tuples(along, along), st.floats(0.01, 2), st.floats(0.01, 2))
def test_points_fill_what_a_surveyed_area_leaves_of_their_units(places, corner, width, height):
    surveyed = shapely.box(*corner, corner[0] + width, corner[1] + height)
    areas = booth_areas(booths_at([surveyed, *places]), units)
    shapes = derived_areas(areas)
    used = np.unique(areas.unit_index[1:])
    free = shapely.difference(shapely.union_all(units.geometry[used]), surveyed)
    assert abs(shapely.area(shapes).sum() - free.area) <= 1e-9
    assert shapely.coverage_is_valid(shapes)
    assert areas.geometry[0].equals_exact(surveyed)
