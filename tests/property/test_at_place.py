"""A place on a line is on its stricter side; ground in no booth is never milder than its unit."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zoning.judgement.at_place import PlaceGround, at_place, border_m
from zoning.judgement.delineate import NO_CATEGORY

ORDER = (NO_CATEGORY, "C", "B", "A")
# Two units side by side, four booths each of 0.01 degrees, about a kilometre.
SIDE = 0.01
M_PER_DEGREE = 111_320


def box(i, width=1.0):
    return shapely.box(88 + i * SIDE, 22, 88 + (i + width) * SIDE, 22 + SIDE)


def ground(category, severity=(2, 4), *, cells=None, needs_survey=None):
    n = len(category)
    return PlaceGround(
        units=np.array([shapely.union(box(0), box(3)).envelope, box(4, 4)], dtype=object),
        severity=np.array(severity),
        cells=np.array([box(i) for i in range(n)] if cells is None else cells, dtype=object),
        unit_index=np.repeat(np.arange(2, dtype=np.int32), 4)[:n],
        category=np.array(category, dtype=object),
        needs_survey=np.zeros(n, bool) if needs_survey is None else np.array(needs_survey),
    )


eight = st.lists(st.sampled_from(ORDER), min_size=8, max_size=8)
metres = st.floats(-500, 500)


@given(eight, st.integers(1, 7), metres)
def test_near_a_line_the_stricter_booth_answers_and_elsewhere_its_own(category, line, off_m):
    if abs(abs(off_m) - border_m()) < 0.2:
        return
    lon = 88 + line * SIDE + off_m / (M_PER_DEGREE * np.cos(np.radians(22.005)))
    told = at_place(ground(category), lon, 22.005)
    own = line if off_m >= 0 else line - 1
    near = [line - 1, line] if abs(off_m) <= border_m() else [own]
    assert told.category == max((category[i] for i in near), key=ORDER.index)
    assert told.booth in near


@given(eight, st.tuples(st.integers(0, 4), st.integers(0, 4)), metres)
def test_near_the_line_of_two_units_the_stricter_zone_answers(category, severity, off_m):
    if abs(abs(off_m) - border_m()) < 0.2:
        return
    lon = 88 + 4 * SIDE + off_m / (M_PER_DEGREE * np.cos(np.radians(22.005)))
    told = at_place(ground(category, severity), lon, 22.005)
    own = 1 if off_m > 0 else 0
    near = [0, 1] if abs(off_m) <= border_m() else [own]
    assert severity[told.unit] == max(severity[i] for i in near)


@given(eight.map(lambda told: told[:3]))
def test_ground_in_no_booth_has_the_strictest_category_of_its_unit_and_needs_a_survey(category):
    told = at_place(ground(category), 88 + 3.5 * SIDE, 22.005)
    assert told.booth == -1
    assert told.category == max(category, key=ORDER.index)
    assert told.needs_survey


def test_beside_a_booth_of_another_unit_ground_in_no_booth_is_no_milder_than_that():
    cells = [box(0), box(1), box(2), None, box(4)]
    told = at_place(ground(list("CCCCA"), cells=cells), 88 + 4 * SIDE - 0.00005, 22.005)
    assert (told.category, told.needs_survey, told.is_on_line) == ("A", True, True)


@pytest.mark.parametrize("place", [(0.0, 0.0), (88.0, -22.0), (180.0, 90.0), (-180.0, -90.0)])
def test_a_place_elsewhere_on_earth_has_no_answer(place):
    told = at_place(ground(list("AAAAAAAA")), *place)
    assert (told.unit, told.booth, told.category) == (-1, -1, NO_CATEGORY)


def test_a_doubt_of_the_booth_is_told():
    told = at_place(ground(list("AC"), needs_survey=[True, False]), 88 + 0.5 * SIDE, 22.005)
    assert told.needs_survey
    assert not told.is_on_line
