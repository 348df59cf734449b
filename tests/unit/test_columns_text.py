"""Cells as texts: what a file holds is shown as it is, and does no harm."""

import pyarrow as pa
import pytest

from zoning.readers.columns import texts


def words(*cells, kind=None):
    coded = texts(pa.chunked_array([pa.array(cells, kind or pa.string())]))
    return [coded.values[code] if code >= 0 else "" for code in coded.codes]


def test_a_nul_in_a_cell_is_shown_and_never_reaches_the_database():
    assert words("a\0b", "c", None) == ["a\\x00b", "c", ""]
    assert words("২\0", None) == ["২\\x00", ""]


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("1.0", "1"),
        (" 23.00 ", "23"),
        ("1.50", "1.50"),
        ("1.0.0", "1.0.0"),
        ("  ", ""),
        ("২৩", "23"),
    ],
)
def test_a_whole_number_is_written_one_way_whatever_the_file_writes(cell, word):
    assert words(cell) == [word]


def test_a_part_of_a_file_that_carries_the_words_of_the_whole_keeps_its_own():
    whole = pa.array(["a", "b", "c", "d"]).dictionary_encode()
    part = texts(pa.chunked_array([whole.slice(1, 2)]))
    assert part.values[part.codes].tolist() == ["b", "c"]
