"""Ground of a unit that lies in no booth: it is found, told, and never cleaner than its unit."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.booths import booths_at
from tests.builders import grid_units
from zoning.i18n import forms
from zoning.judgement.delineate import delineate
from zoning.judgement.unsurveyed import strictest_of_units
from zoning.model import Zone
from zoning.places.booth_areas import booth_areas
from zoning.places.unsurveyed import (
    Unsurveyed,
    UnsurveyedRule,
    unsurveyed_findings,
    unsurveyed_ground,
    unsurveyed_rule,
)

ORDER = ["", "C", "B", "A"]
RULE = UnsurveyedRule(told_share=0.01, listed_most=20)
COLUMNS = 5
units = grid_units()

covered = st.sets(st.integers(0, COLUMNS * COLUMNS - 1), max_size=COLUMNS * COLUMNS)


def part(nth):
    """Return one of 25 squares of the first unit, which is a degree wide."""
    x, y = nth % COLUMNS / COLUMNS, nth // COLUMNS / COLUMNS
    return shapely.box(x, y, x + 1 / COLUMNS, y + 1 / COLUMNS)


def cells_of(shapes):
    cells = np.empty(len(shapes), dtype=object)
    cells[:] = shapes
    return cells


@given(covered, st.integers(0, 3))
def test_exactly_the_ground_in_no_booth_is_found_whichever_unit_its_booths_count_in(chosen, twice):
    shapes = [part(nth) for nth in sorted(chosen)]
    shapes += shapes[:twice]
    # The last booth of the list has no ground; that of another unit covers as any other does.
    cells = cells_of([*shapes, None])
    unit_index = np.array([nth % 2 for nth in range(len(shapes))] + [0], dtype=np.int32)
    found = unsurveyed_ground(units.geometry[:1], cells, np.where(unit_index == 0, 0, -1), RULE)
    missing = 1 - len(chosen) / COLUMNS**2
    if missing == 0:
        assert len(found) == 0
        return
    assert found.unit.tolist() == [0]
    # Parallels draw together towards the pole, so that squares differ by a few thousandths.
    assert found.share[0] == pytest.approx(missing, abs=2e-3)
    drawn = shapely.union_all(shapes) if shapes else shapely.Polygon()
    assert shapely.area(shapely.intersection(found.geometry[0], drawn)) < 1e-12
    assert shapely.area(found.geometry[0]) + shapely.area(drawn) == pytest.approx(1)


@given(st.lists(st.floats(0.001, 0.5), min_size=2, max_size=len(units)))
def test_a_unit_is_told_from_the_share_of_the_rule_on_and_the_largest_first(gaps):
    # At the share itself, the last digit decides.
    assume(all(abs(gap - RULE.told_share) > 1e-9 for gap in gaps))
    shapes = units.geometry[: len(gaps)]
    west, south, east, north = shapely.bounds(shapes).T
    cells = cells_of(shapely.box(west, south, east - np.array(gaps) * (east - west), north))
    found = unsurveyed_ground(shapes, cells, np.arange(len(gaps), dtype=np.int32), RULE)
    assert set(found.unit) == {nth for nth, gap in enumerate(gaps) if gap >= RULE.told_share}
    assert all(one >= next_ for one, next_ in pairwise(found.area_ha))


def test_a_unit_without_booths_is_planned_as_a_whole_so_nothing_of_it_is_left_out():
    nothing = np.empty(0, dtype=object), np.empty(0, dtype=np.int32)
    assert len(unsurveyed_ground(units.geometry, *nothing, RULE)) == 0


def test_of_more_units_than_are_listed_number_and_sum_are_told():
    cells = cells_of([shapely.box(0, 0, 0.5, 1)])
    one = unsurveyed_ground(units.geometry[:1], cells, np.zeros(1, dtype=np.int32), RULE)
    most = unsurveyed_rule().listed_most
    many = Unsurveyed(
        *(np.repeat(column, most + 2) for column in (one.unit, one.share, one.area_ha)),
        np.repeat(one.geometry, most + 2),
    )
    *listed, more = unsurveyed_findings(units, many)
    assert len(listed) == most
    assert more.message.startswith("2 more units")
    assert forms.area(2 * one.area_ha[0] * 10_000) in more.message


def test_an_import_tells_ground_in_no_booth_of_surveyed_areas_and_none_of_derived_ones():
    surveyed = booth_areas(booths_at([shapely.box(0, 0, 0.9, 1)]), units)
    (told,) = [f for f in surveyed.findings if f.code == "unit_unsurveyed"]
    assert told.message.startswith("10 % of the ground of 1")
    assert "strictest category of the unit holds there" in told.message
    # A station beside the surveyed area gets what that leaves of the unit.
    filled = booth_areas(booths_at([shapely.box(0, 0, 0.9, 1), (0.95, 0.5)]), units)
    assert "unit_unsurveyed" not in {f.code for f in filled.findings}


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=20),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.lists(st.sampled_from(["red", "orange", "green", "unclassified"]), min_size=4, max_size=4),
)
def test_ground_in_no_booth_is_affected_wherever_its_unit_has_an_affecting_case(
    booths, unplaced, zone
):
    unit_index, affecting = np.array(booths).T
    zones = np.array(zone, dtype=object)
    result = delineate(
        zones[unit_index], affecting, unit_index, np.array(unplaced), lambda of: np.zeros_like(of)
    )
    strictest = strictest_of_units(result.category, unit_index, 4)
    for unit in np.unique(unit_index):
        has_case = unplaced[unit] + affecting[unit_index == unit].sum() > 0
        if zone[unit] == Zone.GREEN.value:
            assert strictest[unit] == ""
        else:
            assert strictest[unit] == ("A" if has_case else "C")
