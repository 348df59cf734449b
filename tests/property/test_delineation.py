"""Categories of booths: what holds for any ground, any zones and any cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zoning import crs as crs_guard
from zoning.judgement.delineate import ZONES, Delineation, delineate
from zoning.model import Geometries, Indices, Ints, Texts
from zoning.places.category_areas import GRID_DEGREES, joint_areas
from zoning.places.neighbours import neighbours_within, within_of

TOUCHING_M = 0.01
CATEGORIES = ["A", "B", "C"]


@dataclass(frozen=True)
class Ground:
    """Booths of some units, with gaps and cells of all sizes, in metres."""

    cells: Geometries
    unit_index: Indices
    zone: Texts
    affecting: Ints
    unplaced: Ints
    buffer_m: float

    def drawn(self) -> Delineation:
        reach_m = max(self.buffer_m, TOUCHING_M)
        return delineate(
            np.append(self.zone, "unclassified")[self.unit_index],
            self.affecting,
            self.unit_index,
            self.unplaced,
            partial(within_of, self.cells, reach_m=reach_m),
        )


@st.composite
def grounds(draw) -> Ground:
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    side, n_units = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    edges = [np.append(0, np.cumsum(random.integers(20, 300, side))) for _ in range(2)]
    cells = np.array(
        [
            shapely.box(edges[0][x], edges[1][y], edges[0][x + 1], edges[1][y + 1])
            for x in range(side)
            for y in range(side)
        ],
        dtype=object,
    )
    cells = cells[random.random(len(cells)) < 0.8]
    n = len(cells)
    zone = np.array([str(z) for z in random.choice([z.value for z in ZONES], n_units)], object)
    return Ground(
        cells,
        random.integers(-1, n_units, n).astype(np.int32),
        zone,
        random.poisson(draw(st.sampled_from([0.05, 0.5])), n),
        random.poisson(draw(st.sampled_from([0.0, 0.5])), n_units),
        draw(st.sampled_from([0.0, 1.0, 100.0, 250.0, 50_000.0])),
    )


@given(grounds())
def test_every_booth_has_one_category_unless_its_zone_is_green(ground):
    drawn = ground.drawn()
    is_green = np.append(ground.zone, "")[ground.unit_index] == "green"
    assert (np.isin(drawn.category.astype(str), CATEGORIES) == ~is_green).all()
    assert not (drawn.watch & ~is_green).any()
    assert not (drawn.needs_survey & is_green).any()


@given(grounds())
def test_a_booth_with_cases_is_affected_and_a_buffer_never_takes_that_away(ground):
    drawn = ground.drawn()
    is_green = drawn.category == ""
    assert (drawn.category[(ground.affecting > 0) & ~is_green] == "A").all()
    narrow = replace(ground, buffer_m=0.0).drawn()
    assert ((drawn.category == "A") == (narrow.category == "A")).all()


@given(grounds(), st.integers(0, 48))
def test_more_cases_never_lose_an_affected_booth_unless_they_end_a_survey(ground, which):
    before = ground.drawn()
    unit = which % len(ground.zone)
    unplaced = ground.unplaced.copy()
    unplaced[unit] += 1
    more = replace(ground, unplaced=unplaced).drawn()
    assert (more.category[before.category == "A"] == "A").all()
    if not len(ground.cells):
        return
    booth = which % len(ground.cells)
    affecting = ground.affecting.copy()
    affecting[booth] += 1
    after = replace(ground, affecting=affecting).drawn()
    same_unit = ground.unit_index == ground.unit_index[booth]
    ended = before.needs_survey & ~after.needs_survey & same_unit
    ended |= same_unit & (before.category == "A") & (ground.affecting == 0)
    assert (after.category[(before.category == "A") & ~ended] == "A").all()


@given(grounds(), st.floats(0, 5_000))
def test_a_wider_buffer_never_loses_a_buffer_booth(ground, more_m):
    narrow = ground.drawn()
    wide = replace(ground, buffer_m=ground.buffer_m + more_m).drawn()
    assert (wide.category[narrow.category == "B"] == "B").all()
    assert (wide.watch >= narrow.watch).all()


@given(grounds(), st.randoms(use_true_random=False))
def test_the_order_of_the_booths_never_matters(ground, random):
    order = np.array(random.sample(range(len(ground.cells)), len(ground.cells)), dtype=np.int64)
    turned = replace(
        ground,
        cells=ground.cells[order],
        unit_index=ground.unit_index[order],
        affecting=ground.affecting[order],
    ).drawn()
    drawn = ground.drawn()
    for name in ("category", "watch", "needs_survey"):
        assert (getattr(turned, name) == getattr(drawn, name)[order]).all()


@given(grounds())
def test_the_list_of_neighbours_and_the_nearest_source_and_geopandas_agree(ground):
    is_source = ground.affecting > 0
    reach_m = max(ground.buffer_m, TOUCHING_M)
    nearest = within_of(ground.cells, is_source, reach_m)
    listed = neighbours_within(ground.cells, reach_m)
    assert (nearest == (listed.reached_from(is_source) & ~is_source)).all()
    frame = gpd.GeoDataFrame(geometry=list(ground.cells))
    joined = frame[~is_source].sjoin(frame[is_source], predicate="dwithin", distance=reach_m)
    assert np.flatnonzero(nearest).tolist() == sorted(set(joined.index))


@given(grounds())
def test_the_list_of_neighbours_is_the_same_from_both_sides(ground):
    listed = neighbours_within(ground.cells, 100.0)
    of = np.repeat(np.arange(len(ground.cells)), np.diff(listed.first))
    pairs = set(zip(of.tolist(), listed.index.tolist(), strict=True))
    assert pairs == {(b, a) for a, b in pairs}
    assert not any(a == b for a, b in pairs)


@given(grounds(), st.booleans(), st.booleans())
def test_the_areas_of_the_categories_cover_their_booths_and_share_no_ground(
    ground, is_coverage, has_twins
):
    # Where cells overlap, as surveyed ones may, A takes the ground, then B.
    shapes = ground.cells if is_coverage else shapely.buffer(ground.cells, 15)
    cells = shapely.transform(shapes, lambda xy: xy * 1e-5 + (77, 12))
    if has_twins and len(cells) > 1:
        cells[0] = cells[-1]
    category = ground.drawn().category
    areas = joint_areas(category, cells, CATEGORIES)
    drawn = areas[~shapely.is_missing(areas)]
    assert shapely.is_valid(drawn).all()
    whole = shapely.union_all(cells[category != ""])
    # Borders move by up to a step of the grid.
    moved = GRID_DEGREES * shapely.length(cells).sum()
    assert abs(shapely.area(drawn).sum() - whole.area) <= moved
    for nth, key in enumerate(CATEGORIES):
        own = shapely.union_all(cells[category == key])
        stronger = shapely.union_all(cells[np.isin(category.astype(str), CATEGORIES[:nth])])
        expected = own.difference(stronger).area
        got = 0.0 if areas[nth] is None else areas[nth].area
        assert abs(got - expected) <= moved


@given(st.floats(69, 96), st.floats(8, 35), st.floats(0, 2 * np.pi), st.floats(1, 5_000))
def test_metres_are_those_of_the_ellipsoid_anywhere_in_a_district(lon, lat, bearing, length_m):
    from pyproj import Geod

    district = shapely.points([(lon - 0.4, lat - 0.4), (lon + 0.4, lat + 0.4)])
    start = (lon + 0.25, lat + 0.25)
    end = Geod(ellps="WGS84").fwd(*start, np.degrees(bearing), length_m)[:2]
    metric = crs_guard.local_equidistant(district)
    a, b = crs_guard.to_metric(shapely.points([start, end]), metric)
    assert abs(a.distance(b) / length_m - 1) < 1e-5
