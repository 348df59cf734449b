"""Bytes in a Parquet column that are no text are shown, and reach no database as they are."""

from __future__ import annotations

import pyarrow as pa
import pytest

from zoning.readers.columns import plain, spread, texts

BYTES = [b"W1", b"2020\xff05", b"a\x00b", None]
SHOWN = ["W1", r"2020\xff05", r"a\x00b", ""]


def unchecked(kind):
    """Return a column that claims to be text, as a damaged file does."""
    column = pa.array(BYTES, pa.large_binary() if kind == pa.large_string() else pa.binary())
    return pa.chunked_array([column.view(kind)])


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_text_that_is_none_is_shown_by_its_bytes(kind):
    assert spread(texts(unchecked(kind))).tolist() == SHOWN
    assert plain(unchecked(kind))[1] == SHOWN[1]


def test_binary_columns_are_read_as_the_texts_they_hold():
    assert spread(texts(pa.chunked_array([pa.array(BYTES, pa.binary())]))).tolist() == SHOWN
