"""What a name means: exact, decided, or a question; what is only alike is never applied."""

from __future__ import annotations

import numpy as np
import pytest

from tests.naming import named_units, texts
from zoning.places.gazetteer import Gazetteer, MatchKind, NameDecision
from zoning.places.matching import DecisionDoubt, decision_doubt_label
from zoning.places.resemblance import Doubt, Resemblance, doubt_label, resemblance_rule

UNITS = named_units(
    ["E1", "E2", "K1", "K2", "W-23", "D1", "D2", "S1"],
    ["Kalady", "West Kallada", "Kalady", "Cooch-Behar", "Ward 23", "Ernakulam", "Malappuram", ""],
    ["D1", "D1", "D2", "D2", "E1", "", "", "E1"],
    lgd_code=["221001", "", "", "", "", "", "", ""],
    bn=["", "", "", "কোচবিহার", "", "", "", ""],
    hi=["कालडी", "", "", "", "", "", "", ""],
)
GAZETTEER = Gazetteer(UNITS)


@pytest.mark.parametrize(
    ("text", "unit_id", "how"),
    [
        ("E1", "E1", "code"),
        ("e2", "E2", "code"),
        ("221001", "E1", "code"),
        ("২২১০০১", "E1", "code"),
        ("Ward No. 23", "W-23", "code"),
        ("২৩ নং ওয়ার্ড", "W-23", "code"),
        (" COOCHBEHAR ", "K2", "name"),
        ("কোচবিহার", "K2", "alias"),
        ("कालडी", "E1", "alias"),
    ],
)
def test_codes_and_names_in_any_language_are_found(text, unit_id, how):
    match = GAZETTEER.find(text)
    assert (match.unit_id, match.how, match.candidates) == (unit_id, how, ())
    assert not match.is_question


def test_a_name_of_two_units_is_ambiguous_until_an_area_settles_it():
    match = GAZETTEER.find("KALADY")
    assert (match.unit_id, match.how) == ("", MatchKind.AMBIGUOUS)
    assert [c.unit_id for c in match.candidates] == ["E1", "K1"]
    assert GAZETTEER.find("Kalady", "D1").unit_id == "E1"
    assert GAZETTEER.find("Kalady", "D2").unit_id == "K1"


def test_an_area_holds_what_lies_below_what_lies_in_it():
    assert GAZETTEER.find("Ward 23", "D1").unit_id == "W-23"
    assert GAZETTEER.find("Ward 23", "D2").unit_id == ""


def test_an_exact_name_in_another_area_is_proposed_and_not_applied():
    match = GAZETTEER.find("Cooch Behar", "D1")
    assert (match.unit_id, match.how) == ("", MatchKind.NONE)
    assert match.candidates[-1].unit_id == "K2"
    assert match.candidates[-1].doubts == (Doubt.ELSEWHERE,)
    assert GAZETTEER.find("K2", "D1").unit_id == ""


def test_the_neighbour_of_nearly_the_same_name_is_never_applied_and_its_doubt_is_shown():
    match = GAZETTEER.find("East Kallada")
    assert (match.unit_id, match.how) == ("", MatchKind.NONE)
    assert [(c.unit_id, c.score, c.doubts) for c in match.candidates] == [
        ("E2", 90.9, (Doubt.DIRECTION,))
    ]


@pytest.mark.parametrize(
    ("text", "name", "doubts"),
    [
        ("Paschim Medinipur", "MEDINIPUR WEST", ()),
        ("Purba Medinipur", "Paschim Medinipur", (Doubt.DIRECTION,)),
        ("New Thippasandra", "Thippasandra", (Doubt.DIRECTION,)),
        ("Chandannagar 2", "Chandannagar 1", (Doubt.NUMBER,)),
        ("Chandannagar II", "Chandannagar III", (Doubt.NUMBER,)),
        ("Chanditala 2 East", "Chanditala 1 West", (Doubt.DIRECTION, Doubt.NUMBER)),
        ("Aluva (M)", "Aluva", (Doubt.NUMBER,)),
        ("দক্ষিণ দিনাজপুর", "উত্তর দিনাজপুর", (Doubt.DIRECTION,)),
        ("Thanur", "Tanur", ()),
    ],
)
def test_words_that_tell_places_apart_raise_a_doubt(text, name, doubts):
    ((candidate,),) = Resemblance([0], [name], ["x"]).propose([text])
    assert candidate.doubts == doubts


def test_a_full_score_is_still_a_question():
    match = Gazetteer(named_units(["a"], ["DINAJPUR DAKSHIN"])).find("Dakshin Dinajpur")
    assert (match.unit_id, match.how, match.candidates[0].score) == ("", MatchKind.NONE, 100.0)


def test_proposals_are_few_above_the_cut_and_best_first():
    names = [f"Kumaranalloo{letter}" for letter in "abcdefgh"] + ["Kumaranallur", "Delhi"]
    match = Gazetteer(named_units([str(n) for n in range(10)], names)).find("Kumaranalloor")
    scores = [candidate.score for candidate in match.candidates]
    assert len(scores) == resemblance_rule().at_most
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= resemblance_rule().score_from


@pytest.mark.parametrize("text", ["", "   ", "--", "xyzzy"])
def test_a_text_that_resembles_nothing_has_no_proposal(text):
    match = GAZETTEER.find(text)
    assert (match.unit_id, match.how, match.candidates) == ("", MatchKind.NONE, ())


def test_a_decision_is_remembered_for_every_spelling_of_the_text():
    gazetteer = Gazetteer(UNITS, [NameDecision("Kuch Bihar", "K2"), NameDecision("--", "")])
    for text in ("Kuch Bihar", "KUCH-BIHAR", " kuchbihar"):
        assert (gazetteer.find(text).unit_id, gazetteer.find(text).how) == ("K2", "decided")
    assert (gazetteer.find("--").unit_id, gazetteer.find("--").how) == ("", "decided")
    assert gazetteer.doubtful_decisions == ()


def test_a_decision_settles_an_ambiguous_name_where_it_was_taken_and_nowhere_else():
    gazetteer = Gazetteer(UNITS, [NameDecision("Kaladi", "E1", "D1")])
    assert gazetteer.find("Kaladi", "D1").unit_id == "E1"
    assert gazetteer.find("Kaladi").unit_id == ""
    assert gazetteer.find("Kaladi", "D2").unit_id == ""
    everywhere = Gazetteer(UNITS, [NameDecision("Kalady", "E1")])
    assert everywhere.find("Kalady").unit_id == "E1"
    assert everywhere.find("Kalady", "D2").how is MatchKind.NAME


def test_a_decision_of_a_larger_area_holds_in_the_smaller_ones():
    gazetteer = Gazetteer(UNITS, [NameDecision("Temple ward", "S1", "D1")])
    assert gazetteer.find("Temple Ward", "E1").unit_id == "S1"


def test_decisions_that_no_longer_fit_are_listed():
    decisions = [
        NameDecision("Alwaye", "GONE"),
        NameDecision("Alwaye", "K1", "D1"),
        NameDecision("Cochin", "E1"),
        NameDecision("Cochin", "E2"),
        NameDecision("West Kallada", "K1"),
        NameDecision(" ", "K1"),
    ]
    gazetteer = Gazetteer(UNITS, decisions)
    assert gazetteer.doubtful_decisions == (
        (decisions[0], DecisionDoubt.UNIT_UNKNOWN),
        (decisions[1], DecisionDoubt.UNIT_ELSEWHERE),
        (decisions[2], DecisionDoubt.DECIDED_AGAIN),
        (decisions[5], DecisionDoubt.TEXT_EMPTY),
        (decisions[4], DecisionDoubt.NAME_OF_ANOTHER),
    )
    assert gazetteer.find("Alwaye").how is MatchKind.NONE
    assert gazetteer.find("Cochin").unit_id == "E2"
    assert gazetteer.find("West Kallada").unit_id == "K1"
    assert all(decision_doubt_label(doubt) for doubt in DecisionDoubt)
    assert all(doubt_label(doubt) for doubt in Doubt)


def test_row_numbers_taken_for_codes_make_ward_numbers_ambiguous_and_not_wrong():
    gazetteer = Gazetteer(named_units(["1", "2", "3"], ["Ward 2", "Ward 3", "Ward 1"]))
    assert gazetteer.find("2").how is MatchKind.AMBIGUOUS
    assert gazetteer.find("২").how is MatchKind.AMBIGUOUS
    assert gazetteer.find("Ward 2").unit_id == "1"


@pytest.mark.parametrize("text", ["1", " 1 ", "১"])
def test_a_code_as_written_is_told_from_one_that_differs_by_a_zero(text):
    gazetteer = Gazetteer(named_units(["1", "01"], ["", ""]))
    assert gazetteer.find(text).unit_id == "1"
    assert gazetteer.find("Ward 1").how is MatchKind.AMBIGUOUS


def test_a_code_of_two_registers_is_ambiguous():
    units = named_units(["303", "304"], ["a", "b"], lgd_code=["304", ""])
    assert Gazetteer(units).find("304").how is MatchKind.AMBIGUOUS


def test_units_above_one_another_in_a_circle_are_no_trap():
    assert Gazetteer(named_units(["a", "b"], ["x", "y"], ["b", "a"])).find("x", "b").unit_id == "a"


def test_a_column_is_answered_row_by_row_and_asks_each_text_once():
    column = texts(["Kalady", "Kaladi", "Kalady", "", "K2", "Kaladi"])
    area = texts(["D1", "D2", "D2", "D1", "", "D2"])
    matches = GAZETTEER.find_all(column, area)
    assert list(matches.unit_id()) == ["E1", "", "K1", "", "K2", ""]
    assert list(matches.how()) == ["name", "none", "name", "none", "code", "none"]
    assert len(matches) == 6
    assert [(q.text, q.within, q.n_rows) for q in matches.questions()] == [("Kaladi", "D2", 2)]
    one_by_one = [GAZETTEER.find(t, w) for t, w in zip(column, area, strict=True)]
    assert [matches.matches[at] for at in matches.index] == one_by_one


@pytest.mark.parametrize("units", [UNITS, named_units([], [])])
def test_no_rows_and_no_units_are_answered_too(units):
    matches = Gazetteer(units).find_all(texts([]), texts([]))
    assert (len(matches), list(matches.unit_id()), matches.questions()) == (0, [], ())
    assert Gazetteer(units).find("nothing like it", "D9").candidates == ()


def test_many_texts_are_compared_in_parts_and_lose_none():
    names = [f"Place{n:05d}" for n in range(1200)]
    matches = Gazetteer(named_units(["p"], ["Place00000"])).find_all(texts(names))
    assert len(matches.matches) == 1200
    assert np.count_nonzero(matches.how() == "name") == 1
