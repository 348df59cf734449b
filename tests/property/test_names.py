"""Names: normal forms are stable, spelling changes no answer, nothing is invented or lost."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from tests.naming import named_units, texts
from zoning.places.gazetteer import Gazetteer, MatchKind, NameDecision
from zoning.places.names import name_key, normalise
from zoning.places.numbers import expand_numbers
from zoning.places.ward_text import tidy

DIGITS = {"bn": "০১২৩৪৫৬৭৮৯", "hi": "०१२३४५६७८९", "ml": "൦൧൨൩൪൫൬൭൮൯", "kn": "೦೧೨೩೪೫೬೭೮೯"}

UNITS = named_units(
    ["1", "02", "W-3", "KMC-004", "G01001", "ab", "7", "8"],
    ["Kalady", "Ward 3", "North 24-Parganas", "West Kallada", "kalady", "", "F/N", "চণ্ডীতলা ২"],
    ["A", "A", "A", "B", "B", "B", "A", "B"],
    lgd_code=["221001", "", "7", "", "", "", "", ""],
    bn=["কালাডি", "", "", "", "", "", "", ""],
)
DECISIONS = [
    NameDecision("Alwaye", "1"),
    NameDecision("East Kallada", ""),
    NameDecision("x", "7", "A"),
]
GAZETTEER = Gazetteer(UNITS, DECISIONS)
KEYS = {
    name_key(text)
    for column in (UNITS.unit_id, UNITS.name, UNITS.lgd_code, UNITS.names["bn"])
    for text in column
} | {name_key(decision.text) for decision in DECISIONS}

UNDERSTOOD = {
    "all", "wards", "ward", "to", "and", "no", "sub", "entire", "w", "nil", "th", "নং", "ওয়ার্ড",
}  # fmt: skip

any_text = st.text(max_size=30)
indian = st.text(
    st.characters(min_codepoint=0x0900, max_codepoint=0x0D7F, categories=["Lo"]), min_size=1
)
known = st.sampled_from(
    [t for c in (UNITS.unit_id, UNITS.name, UNITS.names["bn"]) for t in c if t]
    + ["Ward No. 3", "East Kallada", "Alwaye", "kalad", "North 24 Pargana", "221001", "Ward 7", "x"]
)
name = st.one_of(any_text, known)
piece = st.one_of(
    st.integers(0, 120).map(str),
    st.sampled_from(
        [",", ", ", " ", "-", " – ", " to ", "(Sub Wards)", "(", ")", "Ward ", "wards",
         "All Wards", "&", " and ", ".", "/", "except ", "Market", "(Entire wards)", "Nil", "২৩",
         "নং ওয়ার্ড", "ছাড়া", "A", "\n", "²", "\u200b", "No.", "th", "+", ":"]
    ),
    st.text(max_size=3),
)  # fmt: skip
ward_list = st.lists(piece, max_size=12).map("".join)
wards = st.sets(
    st.one_of(st.integers(1, 60).map(str), st.sampled_from(["A", "W-3", "05", "FX-W007", "B1"]))
)


@given(any_text)
@example("ſt. ß 1 A no")
@example("ΐ ŉ ǰ İ")
@example("W d 23 a")
def test_the_normal_form_is_its_own_normal_form(text):
    assert normalise(normalise(text)) == normalise(text)
    assert name_key(normalise(text)) == name_key(text)


@given(indian, st.sampled_from(["", " ", "-", "()"]))
def test_a_name_in_an_indian_script_never_becomes_empty(text, around):
    assert normalise(around + text + around)
    assert normalise(text) != normalise(text + "ক")


@given(
    name, st.sampled_from(["", "A", "B"]), st.sampled_from(sorted(DIGITS)), st.text(" \t\n\u00a0")
)
def test_case_outer_spaces_and_the_script_of_digits_never_change_a_match(text, within, script, gap):
    expected = GAZETTEER.find(text, within)
    in_script = text.translate({ord("0") + n: digit for n, digit in enumerate(DIGITS[script])})
    for other in (gap + text + gap, in_script, text.casefold()):
        match = GAZETTEER.find(other, within)
        assert (match.unit_id, match.how) == (expected.unit_id, expected.how), other


@given(name, st.sampled_from(["", "A", "B", "C"]))
def test_no_unit_is_found_by_what_is_only_alike(text, within):
    match = GAZETTEER.find(text, within)
    if match.how is not MatchKind.NONE:
        assert name_key(text) in KEYS
    if match.unit_id:
        assert match.how not in (MatchKind.NONE, MatchKind.AMBIGUOUS)
        parent = dict(zip(UNITS.unit_id, UNITS.parent_id, strict=True))[match.unit_id]
        assert within in ("", parent)


@given(st.lists(st.tuples(name, st.sampled_from(["", "A", "B"])), max_size=20))
def test_a_column_is_answered_as_its_cells_are(rows):
    matches = GAZETTEER.find_all(texts(t for t, _ in rows), texts(w for _, w in rows))
    assert [matches.matches[at] for at in matches.index] == [GAZETTEER.find(*row) for row in rows]


@given(ward_list, wards)
@example("1 to 3 (except 2), 5", {"1", "2", "3", "5"})
@example("Ward 5-", {"5"})
def test_wards_are_known_and_no_digit_of_the_text_is_lost(text, wards):
    found = expand_numbers(text, wards)
    assert set(found.codes) | set(found.partial) <= wards
    assert not set(found.codes) & set(found.partial)
    assert set(found.perhaps_partial) <= set(found.codes)
    assert not found.is_nil or not (found.codes or found.partial or found.unknown or found.unread)
    if found.is_all:
        assert set(found.codes) | set(found.partial) == wards
    told = " ".join([*found.codes, *found.partial, *found.unknown, *found.unread])
    numbers = {number.lstrip("0") for number in re.findall("[0-9]+", told)}
    # 23.0 is 23: the zeros behind the point say nothing.
    runs = re.findall(r"(?<!\.)[0-9]+|(?<=\.)[0-9]*[1-9][0-9]*", tidy(text))
    assert {run.lstrip("0") for run in runs} - numbers <= {""}


@given(ward_list, wards)
def test_every_letter_of_a_list_is_understood_or_handed_back(text, wards):
    found = expand_numbers(text, wards)
    if not found.unread and not found.is_nil:
        bare = re.sub(r"[0-9]+(st|nd|rd|th)?", " ", tidy(text), flags=re.IGNORECASE)
        told = " ".join([*wards, *found.unknown])
        assert set(normalise(bare).split()) <= UNDERSTOOD | set(normalise(told + " -").split())


@given(wards, st.sampled_from(sorted(DIGITS)), ward_list)
def test_the_script_of_the_digits_never_changes_a_list(wards, script, text):
    in_script = text.translate({ord("0") + n: digit for n, digit in enumerate(DIGITS[script])})
    assert expand_numbers(in_script, wards) == expand_numbers(text, wards)
