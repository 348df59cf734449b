"""One form for spellings that nobody would call different, and for no others."""

from __future__ import annotations

import tomllib

import pytest

from tests.source_tree import ROOT
from zoning.places.names import name_key, normalise
from zoning.places.scripts import split_words


@pytest.mark.parametrize(
    "text",
    [
        "23", "023", "23.0", "২৩", "२३", "൨൩", "೨೩", "٢٣", " 23 ", "Ward 23", "WARD No. 23",
        "Ward No:23", "ward-23", "W-23", "W 23", "Wd. 23", "23rd Ward", "23 No. Ward", "Wards 23",
        "২৩ নং ওয়ার্ড", "ওয়ার্ড নং ২৩", "ওয়ার্ড ২৩", "वार्ड क्रमांक २३", "वॉर्ड २३", "വാർഡ് 23",
        "ವಾರ್ಡ್ ಸಂಖ್ಯೆ ೨೩", "Ward №23",
    ],
)  # fmt: skip
def test_a_numbered_ward_is_its_number_however_it_is_written(text):
    assert normalise(text) == "23"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("North 24-Parganas", "north 24 parganas"),
        ("  NORTH\u00a024\n Parganas ", "north 24 parganas"),
        ("St. Mary’s", "st marys"),
        ("Āndhra Pradésh", "andhra pradesh"),
        ("Jammu & Kashmir", "jammu and kashmir"),
        ("Ｋｏｌｋａｔａ", "kolkata"),
        ("Ward 23A", "23 a"),
        ("Kempegowda Ward", "kempegowda ward"),
        ("Ward", "ward"),
        ("---", ""),
    ],
)
def test_case_accents_dashes_and_gaps_are_folded(text, form):
    assert normalise(text) == form


@pytest.mark.parametrize(
    "pair",
    [
        ("Cooch-Behar", "COOCHBEHAR"),
        ("F/N", "FN"),
        ("Mogral-Puthur", "Mogral Puthur"),
        ("J P Nagar", "JP Nagar"),
        ("ড়", "ড\u09bc"),
        ("ৎ", "ত\u09cd\u200d"),
        ("അവൻ", "അവന\u0d4d\u200d"),
        ("ಗ್‌ಗ", "ಗ್ಗ"),
        ("ক\u200bলকাতা", "কলকাতা"),
    ],
)
def test_one_name_in_two_encodings_or_with_other_gaps_has_one_key(pair):
    assert name_key(pair[0]) == name_key(pair[1]) != ""


@pytest.mark.parametrize(
    "pair",
    [
        ("East Kallada", "West Kallada"),
        ("Ward 1 23", "Ward 12 3"),
        ("1\u200b2", "12"),
        ("13²", "132"),
        ("W 23", "23 W"),
        ("5 wards", "5"),
        ("23A", "23"),
        ("2.5", "25"),
        ("কলা", "কল"),
        ("কি", "কী"),
        ("Tanur", "Thanur"),
    ],
)
def test_what_may_be_two_places_keeps_two_keys(pair):
    assert name_key(pair[0]) != name_key(pair[1])


@pytest.mark.parametrize("name", ["কলকাতা", "मुंबई", "തിരുവനന്തപുരം", "ಬೆಂಗಳೂರು", "ী", "চণ্ডীতলা-২"])
def test_a_name_in_an_indian_script_keeps_its_vowels(name):
    assert len(normalise(name).replace(" ", "")) >= len(name.replace("-", ""))


def test_every_word_of_the_wording_is_one_word_and_has_one_part_to_play():
    table = tomllib.loads((ROOT / "zoning/places/wording.toml").read_text(encoding="utf-8"))
    parts = [table[k] for k in ("ward", "join", "extent", "except")]
    words = [split_words(word) for part in parts for column in part.values() for word in column]
    assert all(len(word) == 1 for word in words)
    assert len(set(words)) == len(words)
