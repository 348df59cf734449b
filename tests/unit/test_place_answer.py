"""A place typed as a telephone shows it is answered in one sentence."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from layers.place_answer import Place, place_typed, told_of
from tests.booth_views import booths_in_rows
from tests.synthetic import synthetic_view


@pytest.fixture(scope="module")
def view():
    drawn = synthetic_view(9)
    booths = booths_in_rows(["a", "a"])
    code = drawn.units.unit_id[0]
    booths = replace(
        booths,
        unit_id=np.array([code, code], dtype=object),
        category=np.array(["A", "C"], dtype=object),
    )
    shapes = np.array([shapely.box(88 + i / 10, 22, 88.1 + i / 10, 22.05) for i in range(9)])
    return replace(drawn, units=replace(drawn.units, geometry=shapes), booths=booths)


@pytest.mark.parametrize(
    "text",
    [
        "22.02, 88.03",
        "22.02 88.03",
        "22.02°N, 88.03°E",
        "22.02;88.03",
        " 88.03, 22.02 ",
        "22.02n,88.03e",
    ],
)
def test_a_place_is_read_in_the_forms_that_people_copy(view, text):
    assert place_typed(text, view) == Place(88.03, 22.02)


@pytest.mark.parametrize(
    "text", ["", "Ward 12", "22", "12/34", "95, 200", "22.02, 88.03, 4", "a,b"]
)
def test_what_is_no_place_isnt_read_as_one(view, text):
    assert place_typed(text, view) is None


def test_south_and_west_are_negative(view):
    assert place_typed("22.02S, 88.03W", view) == Place(-88.03, -22.02)


def test_the_sentence_names_unit_zone_and_booth(view):
    told = told_of(view, Place(88.02, 22.02))
    assert (told.booth_id, told.category, told.is_on_line) == ("b1", "A", False)
    assert "22.02000, 88.02000 lies in" in told.sentence
    assert "Booth b1" in told.sentence


def test_on_a_line_the_stricter_side_is_told_and_said(view):
    told = told_of(view, Place(88.05003, 22.02))
    assert (told.booth_id, told.category, told.is_on_line) == ("b1", "A", True)
    assert "within 10 m of a line, so the stricter side counts" in told.sentence


def test_a_place_outside_is_said_to_be_outside(view):
    assert "lies in no unit" in told_of(view, Place(10.0, 10.0)).sentence


def test_without_booths_the_unit_alone_is_told(view):
    told = told_of(replace(view, booths=None), Place(88.02, 22.02))
    assert (told.booth_id, told.category) == ("", "")
