"""A booth is found by its code and by its name in any script; the closest comes first."""

from dataclasses import replace

import numpy as np
import pytest

from layers.booth_search import find_booths, folded
from tests.booth_views import booths_in_rows

CODES = ["B1", "B10", "B2", "XB1", "B3"]
NAMES = ["Sadar School", "Girls' School", "বেলেঘাটা বিদ্যালয়", "Old  Sadar Hall", "B1 annex"]


@pytest.fixture(scope="module")
def view():
    drawn = booths_in_rows(["a"] * 5)
    return replace(
        drawn, booth_id=np.array(CODES, dtype=object), name=np.array(NAMES, dtype=object)
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("b1", ["B1", "B10", "B3", "XB1"]),
        ("B10", ["B10"]),
        ("sadar", ["B1", "XB1"]),
        ("old sadar", ["XB1"]),
        ("  SCHOOL ", ["B1", "B10"]),
        ("বেলেঘাটা", ["B2"]),
        ("nowhere", []),
        ("", []),
        ("   ", []),
        (".*", []),
    ],
)
def test_a_text_finds_codes_before_names(view, text, codes):
    assert view.booth_id[find_booths(view, text)].tolist() == codes


def test_two_ways_to_write_one_letter_are_the_same():
    assert folded("é") == folded("é")
