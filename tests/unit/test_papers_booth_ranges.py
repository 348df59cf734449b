"""Booths in few words: every booth is named, and none besides."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoning.writers.papers.booth_ranges import booth_ranges


@pytest.mark.parametrize(
    ("booths", "text"),
    [
        ((), ""),
        (("163/85",), "163/85"),
        (("163/86", "163/85", "163/85", "163/92"), "163/85-86, 163/92"),
        (("163/9", "163/10", "164/10"), "163/9-10, 164/10"),
        (("163/85", "163/85A", "163/86"), "163/85-86, 163/85A"),
        (("163/009", "163/010"), "163/009, 163/010"),
    ],
)
def test_neighbouring_numbers_become_a_range(booths, text):
    assert booth_ranges(booths) == text


codes = st.tuples(st.sampled_from(["163/", "164/", "X"]), st.integers(0, 40)).map(
    lambda pair: f"{pair[0]}{pair[1]}"
)


@given(st.sets(codes))
def test_the_ranges_name_every_booth_and_no_other(booths):
    named = set()
    for piece in filter(None, booth_ranges(booths).split(", ")):
        lead, first, last = re.fullmatch(r"(\D|\d+/)(\d+)(?:-(\d+))?", piece).groups()
        named |= {f"{lead}{n}" for n in range(int(first), int(last or first) + 1)}
    assert named == booths
