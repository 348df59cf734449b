"""Lists of wards as typed: nothing invented, nothing dropped, in doubt the larger area."""

from __future__ import annotations

import pytest

from zoning.places.numbers import Expansion, expand_numbers

WARDS = [str(number) for number in range(1, 42)]


def wards(*numbers):
    return tuple(str(number) for number in numbers)


def span(first, last):
    return wards(*range(first, last + 1))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("7", wards(7)),
        ("1 - 10, 32 – 41", span(1, 10) + span(32, 41)),
        ("1 to 4, 16 to 32", span(1, 4) + span(16, 32)),
        ("Ward 3 & 5", wards(3, 5)),
        ("1+9", wards(1, 9)),
        ("Wards 3, 4 and 5", wards(3, 4, 5)),
        ("12,3 ; 5 | 7", wards(3, 5, 7, 12)),
        ("16,19,36 Divisions", wards(16, 19, 36)),
        ("1 to 19 wards", span(1, 19)),
        ("from 1 to 3", span(1, 3)),
        ("Ward 5 - Ward 7", span(5, 7)),
        ("5 th ward - 7 th ward", span(5, 7)),
        ("Wards (1, 2, 3)", wards(1, 2, 3)),
        ("6. 10, 11", wards(6, 10, 11)),
        ("20.00", wards(20)),
        (" 9,\n                        8,\xa0 7,,", wards(7, 8, 9)),
        ("১ - ৩, ২৩ নং ওয়ার্ড", wards(1, 2, 3, 23)),
        ("১ থেকে ৩ পর্যন্ত", span(1, 3)),
        ("वार्ड 1 से 3 तक और 7", wards(1, 2, 3, 7)),
        ("വാർഡ് 1 മുതൽ 3 വരെ", span(1, 3)),
        ("11 19, 5", wards(5, 11, 19)),
        ("5, 9 (Entire Wards)", wards(5, 9)),
    ],
)
def test_lists_and_ranges_are_expanded(text, codes):
    assert expand_numbers(text, WARDS) == Expansion(codes, (), (), False, ())


@pytest.mark.parametrize(
    "text", ["All Wards", "all", "Full Wards", "সব ওয়ার্ড", "सभी वार्ड", "(All Divisions)"]
)
def test_all_wards_are_every_known_one(text):
    found = expand_numbers(text, WARDS)
    assert found.is_all
    assert found.codes == tuple(WARDS)
    assert found.is_read


@pytest.mark.parametrize(
    "text", ["Entire Ward", "Entire Taluk", "All Coastal Wards", "Wards", "5 wards"]
)
def test_what_only_looks_like_all_or_like_one_is_left_to_a_person(text):
    assert expand_numbers(text, WARDS) == Expansion((), (), (), False, (text,))


@pytest.mark.parametrize("text", ["No containment zone", "no  containment\nzone", "NIL", "নেই"])
def test_a_nil_return_names_nothing_and_leaves_nothing_unread(text):
    assert expand_numbers(text, WARDS) == Expansion((), (), (), False, (), is_nil=True)


@pytest.mark.parametrize("text", ["", "  ", " , ."])
def test_an_empty_cell_is_no_nil_return(text):
    assert expand_numbers(text, WARDS) == Expansion((), (), (), False, ())


def test_a_note_makes_the_ward_before_it_partial_and_casts_doubt_on_the_list():
    found = expand_numbers("9, 13(Sub Wards)", WARDS)
    assert (found.codes, found.partial, found.perhaps_partial) == (("9",), ("13",), ("9",))


@pytest.mark.parametrize(
    ("text", "codes", "partial", "doubtful"),
    [
        ("3,(Sub Ward), 6, 8", wards(6, 8), wards(3), ()),
        ("5, 32 (Complete) 11, 12 (Sub Wards)", wards(5, 11, 32), wards(12), wards(11)),
        ("19 (Sub Wards) 4, 5 (Entire wards)", wards(4, 5), wards(19), ()),
        ("7, 11, 19(Sub Wards) 7, 19", wards(7, 11, 19), (), wards(11)),
        ("14, 28 (Sub", wards(14), wards(28), wards(14)),
        ("Part of Ward 13", (), wards(13), ()),
        ("1-3 (Sub Wards)", (), wards(1, 2, 3), ()),
        ("আংশিক ১৩ নং ওয়ার্ড", (), wards(13), ()),
    ],
)
def test_how_far_a_note_reaches(text, codes, partial, doubtful):
    found = expand_numbers(text, WARDS)
    assert (found.codes, found.partial, found.perhaps_partial) == (codes, partial, doubtful)
    assert found.is_read


@pytest.mark.parametrize(
    ("text", "codes", "unread"),
    [
        ("4 (Aryankavu), 7", wards(4, 7), ("Aryankavu",)),
        ("7 (100 m radius, Market 3)", wards(7), ("100 m radius, Market 3",)),
        ("5 th Ward-Cinema hall, 12", wards(5, 12), ("Ward-Cinema hall",)),
        ("Ward 5 no limits", wards(5), ("no limits",)),
        ("1 to 5 (except ward 1 & 3)", span(1, 5), ("except ward 1 & 3",)),
        ("1-3 except 2, 9", span(1, 3), ("except 2, 9",)),
        ("2 (Sub Ward0, 5, 19", wards(2), ("Sub Ward0, 5, 19",)),
        ("5, Market, (Sub Wards)", wards(5), ("Market",)),
        ("10, 1 3", wards(10), ("1 3",)),
        ("8, 11.17", wards(8), ("11.17",)),
        ("8, 1.1", wards(8), ("1.1",)),
        ("5 (Sub Ward) - 7", (), ("- 7",)),
        ("5 (6)", wards(5), ("6",)),
        ("5 (Wards)", wards(5), ("Wards",)),
        ("Wards ((5))", (), ("5",)),
        ("৫, ৬ বাদ দিয়ে সব ওয়ার্ড", (), ("5, 6 বাদ দিয়ে সব ওয়ার্ড",)),
        ("all wards save 5, 6", (), ("all wards save 5, 6",)),
        ("1 to 3 other than 2, 3", span(1, 3), ("other than 2, 3",)),
        ("৫, ৬ ছাড়া সব ওয়ার্ড", (), ("5, 6 ছাড়া সব ওয়ার্ড",)),
    ],
)
def test_what_is_not_understood_is_handed_back_and_makes_no_ward_smaller(text, codes, unread):
    found = expand_numbers(text, WARDS)
    assert (found.codes, found.unread) == (codes, unread)


@pytest.mark.parametrize("text", ["All Wards except 11", "All Wards,Exclude Civil Station"])
def test_an_exception_is_never_carried_out(text):
    found = expand_numbers(text, WARDS)
    assert found.codes == tuple(WARDS)
    assert found.is_all
    assert len(found.unread) == 1


@pytest.mark.parametrize(
    "text",
    [
        "10-1", "1-99999", "1-2-3", "131/129", "-5", "5-", "Ward 5-", "13²", "½", "1\u200b3",
        "100 m radius", "5 ward members", "82-Athani Lane", "Except wards 1, 2, 3", "5 and",
        "৫, ৬ ছাড়া সব ওয়ার্ড", "Cat.B", "C", "-", "7 %", "(Sub Wards)", "12/08/2020", "5, 6, -",
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_not_read(text):
    found = expand_numbers(text, WARDS)
    assert found.unread
    assert set(found.codes) <= {"5", "6"}
    assert "," in text or not found.codes


def test_a_text_of_brackets_alone_is_read_to_its_end():
    assert expand_numbers("(" * 5000 + "7" + ")" * 5000, WARDS).unread


def test_numbers_beyond_the_known_wards_are_told_one_by_one():
    found = expand_numbers("39-43, 2123", WARDS)
    assert (found.codes, found.unknown) == (wards(39, 40, 41), wards(42, 43, 2123))


def test_a_number_stands_for_the_code_that_ends_in_it():
    assert expand_numbers("1-3", ["FX-W001", "FX-W002"]) == Expansion(
        ("FX-W001", "FX-W002"), (), ("3",), False, ()
    )


def test_a_number_that_two_codes_claim_stands_for_none():
    found = expand_numbers("1, 2", ["A1", "B1", "B2"])
    assert (found.codes, found.unknown) == (("B2",), ("1",))


def test_a_code_written_as_it_is_wins_over_its_likes():
    assert expand_numbers("1", ["1", "01"]).codes == ("1",)
    assert expand_numbers("01", ["1", "01"]).codes == ("01",)


def test_wards_called_by_letters_are_codes_too():
    found = expand_numbers("f/n, A, g-s, 23a", ["FN", "A", "G/S", "23A"])
    assert found == Expansion(("23A", "A", "FN", "G/S"), (), (), False, ())


def test_a_mapping_of_numbers_serves_where_codes_do_not_end_in_the_number():
    by_number = {"1": "G01001001", "2": "G01001002"}
    assert [by_number[code] for code in expand_numbers("1 to 2", by_number).codes] == [
        "G01001001",
        "G01001002",
    ]
