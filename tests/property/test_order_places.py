"""Places of orders, whatever a cell holds: nothing unknown is named and nothing said is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.order_lists import BOOTHS, known_places
from zoning.places.order_places import ToldPlace
from zoning.places.scripts import split_words

places = known_places()
pieces = st.sampled_from(
    ["85", "86", "163/87", "12", "84 to 88", "7", "Part No", "Booth", "Ward", "(part)", "all",
     "Swinhoe Lane", "Tala", "Belgachia", "-", ",", ";", "/", "&", "except", "163", "৮৫", "B-7"]
)  # fmt: skip
texts = st.one_of(
    st.lists(pieces, max_size=6).map(" ".join),
    st.lists(pieces, max_size=6).map("".join),
    st.text(max_size=20),
)
rows = st.builds(
    ToldPlace, texts, st.one_of(st.just(""), st.just("163"), texts), texts, texts, texts
)


@given(rows)
def test_only_known_places_are_named_and_a_row_with_words_is_never_silent(told):
    found = places.find(told)
    assert set(found.booths.codes) <= set(BOOTHS)
    assert set(found.units.codes) <= {"1", "2", "3", "4", "5"}
    named = (*found.booths.codes, *found.booths.open, *found.units.codes, *found.units.open)
    said_nil = found.booths.is_nil or found.units.is_nil
    if split_words(told.text):
        assert named or said_nil


@given(texts)
def test_a_booth_of_another_constituency_is_never_named(text):
    found = places.find(ToldPlace(constituency="164", part_number=text))
    assert set(found.booths.codes) <= {"164/12", "164/85"}
