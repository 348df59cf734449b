"""Where an order lies: lists of numbers, names that are known, and text that stays open."""

from __future__ import annotations

import pytest

from tests.order_lists import known_booths, known_places
from zoning.places.booth_numbers import BoothNumbers
from zoning.places.matching import NameDecision
from zoning.places.order_places import ToldPlace

booths = BoothNumbers(known_booths())


@pytest.mark.parametrize(
    ("text", "constituency", "parts"),
    [
        ("85 to 90", "163", [85, 86, 87, 88, 89, 90]),
        ("85, 87-89", "163", [85, 87, 88, 89]),
        ("Part No. 85, Part 86", "AC No. 163", [85, 86]),
        ("parts 85 & 86", "163", [85, 86]),
        ("PS-85", "Assembly Constituency 163", [85]),
        ("বুথ নং ৮৫", "১৬৩", [85]),
        ("85.0", "163", [85]),
        ("163/85-87", "", [85, 86, 87]),
        ("163/85; 163/87", "", [85, 87]),
        ("163/85", "", [85]),
    ],
)
def test_lists_and_ranges_are_read_number_by_number(text, constituency, parts):
    found = booths.read(text, constituency)
    assert list(found.codes) == [f"163/{part}" for part in parts]
    assert (found.open, found.partly) == ((), frozenset())


@pytest.mark.parametrize(
    ("text", "constituency"),
    [
        ("85 to 158 Swinhoe Lane", "163"),
        ("Swinhoe Lane", ""),
        ("Ward 85", "163"),
        ("85", ""),
        ("all", ""),
        ("85", "165"),
        ("85", "163, 164"),
        ("163/Swinhoe Lane", ""),
        ("85/2", "163"),
    ],
)
def test_text_that_cannot_be_tied_to_a_booth_is_handed_back(text, constituency):
    found = booths.read(text, constituency)
    assert found.codes == ()
    assert len(found.open) == 1
    assert text.split("/")[-1] in found.open[0]


def test_numbers_that_no_booth_bears_are_handed_back_and_the_others_taken():
    found = booths.read("98 to 101", "163")
    assert found.codes == ("163/98", "163/99")
    assert found.open == ("100", "101")


def test_a_number_without_constituency_stands_for_the_only_booth_that_bears_it():
    assert booths.read("Booth 7").codes == ("B-7",)
    # 86 is a part of 163 perhaps, and perhaps of another.
    found = booths.read("163/85, 86")
    assert (found.codes, found.open) == (("163/85",), ("86",))


def test_a_booth_of_which_a_part_is_meant_is_told_apart():
    found = booths.read("85, 86 (part)", "163")
    assert set(found.codes) == {"163/85", "163/86"}
    assert "163/86" in found.partly


def test_all_booths_are_those_of_a_constituency_that_is_told():
    assert len(booths.read("all", "163").codes) == 20


@pytest.mark.parametrize(
    ("told", "units", "open_"),
    [
        (ToldPlace(unit_id="1-3"), ("1", "2", "3"), ()),
        (ToldPlace(unit_id="3, 9"), ("3",), ("9",)),
        (ToldPlace(unit_name="east kallada"), ("2",), ()),
        (ToldPlace(unit_name="West Kallada"), (), ("West Kallada",)),
        (ToldPlace(unit_name="Tala"), (), ("Tala",)),
        (ToldPlace(unit_name="Belgachia, Nowhere"), ("4",), ("Nowhere",)),
        (ToldPlace(unit_name="Wards 3 to 4"), ("3", "4"), ()),
        (ToldPlace(unit_name="85 to 158 Swinhoe Lane"), (), ("85 to 158 Swinhoe Lane",)),
        (ToldPlace(unit_id="1", unit_name="Tala"), ("1",), ()),
    ],
)
def test_a_unit_is_found_by_code_or_by_a_name_that_is_its_alone(told, units, open_):
    found = known_places().find(told)
    assert (found.units.codes, found.units.open) == (units, open_)


def test_what_a_person_decided_on_a_name_holds():
    decided = known_places(NameDecision("West Kallada", "2"), NameDecision("Entally", ""))
    assert decided.find(ToldPlace(unit_name="West Kallada")).units.codes == ("2",)
    # It was said that this text names no unit of ours.
    assert decided.find(ToldPlace(unit_name="Entally")).units.open == ("Entally",)


def test_a_booth_that_lies_in_another_unit_than_the_row_names_is_told():
    told = ToldPlace(constituency="163", part_number="85", unit_id="4")
    assert known_places().find(told).elsewhere == ("163/85",)
    assert known_places().find(ToldPlace("B-7", unit_id="4")).elsewhere == ()


def test_a_name_of_another_unit_than_the_code_is_told():
    assert known_places().find(ToldPlace(unit_id="1", unit_name="Belgachia")).other_unit == "4"
    # A name of two units, this one among them, contradicts nothing; nor does an unknown one.
    assert known_places().find(ToldPlace(unit_id="1", unit_name="Tala")).other_unit == ""
    assert known_places().find(ToldPlace(unit_id="1", unit_name="Nowhere")).other_unit == ""


def test_a_part_without_its_constituency_is_no_booth():
    found = known_places().find(ToldPlace(part_number="85"))
    assert (found.booths.codes, found.booths.open) == ((), ("85",))
