"""What a withdrawal makes of an answer, in words and in the contract's form."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.measuring import ask
from tests.store.samples import NOON
from zoning.measures.memo import known_memos
from zoning.measures.phrases import notes, sentence
from zoning.measures.question import Answered
from zoning.measures.told import as_json
from zoning.measures.withdrawals import Scope, Withdrawal, follow, same_premises

MEMOS = known_memos(None)


def withdrawal(activity="markets_and_shops", scope=Scope.PREMISES, number="V-20200520-001"):
    return Withdrawal(
        withdrawal_id=1,
        deviation_id=1,
        number=number,
        scope=scope,
        unit_id="W2",
        premises="Das Stores" if scope is Scope.PREMISES else "",
        activity=activity,
        reason="a crowd of forty",
        effective_at=NOON,
        review_at=NOON + timedelta(days=7),
        at=NOON,
        by="The Magistrate",
    )


def test_a_withdrawn_relaxation_is_prohibited_and_cites_the_closing_paragraph():
    told = follow(ask("markets_and_shops"), [withdrawal()], MEMOS)
    assert told.status is Answered.PROHIBITED
    said = sentence(told)
    assert "withdrawn by V-20200520-001 until it is restored" in said
    assert "reviewed by 25 May 2020 (closing.i)" in said
    cited = [c for c in told.clauses if c.is_deciding]
    assert cited[0].text.startswith("Any deviation from the restrictions and relaxations")
    assert "5.v" in {c.section for c in told.clauses if not c.is_deciding}
    assert any("The order doesn't say who withdraws" in i.text for i in told.interpretations)


def test_the_public_is_told_no_reason_and_nobody_is_told_who():
    for with_reasons in (False, True):
        told = follow(ask("markets_and_shops"), [withdrawal()], MEMOS, with_reasons=with_reasons)
        everything = f"{sentence(told)} {as_json(told)} {told.withdrawals}"
        assert "The Magistrate" not in everything
        assert ("a crowd of forty" in everything) is with_reasons


def test_the_contract_keeps_its_keys_and_says_what_decides():
    plain = as_json(ask("markets_and_shops"))
    assert plain["withdrawals"] == []
    told = as_json(follow(ask("markets_and_shops"), [withdrawal()], MEMOS))
    assert set(told) == set(plain)
    assert told["answer"] == "prohibited"
    assert told["withdrawals"][0]["number"] == "V-20200520-001"
    assert told["withdrawals"][0]["decides"] is True


@pytest.mark.parametrize(
    "activity", ["ambulances", "medical_emergencies", "essential_supplies", "wearing_of_masks"]
)
def test_emergencies_essentials_and_duties_are_untouched_even_where_all_is_closed(activity):
    told = ask(activity, category="A")
    assert follow(told, [withdrawal("")], MEMOS) is told


@pytest.mark.parametrize(
    ("withdrawn", "asked", "is_closed"),
    [
        ("buses_and_taxis", "buses", True),
        ("buses", "buses", True),
        ("buses", "taxis", False),
        ("", "buses", True),
        ("hotels", "restaurants", False),
    ],
)
def test_a_kind_is_closed_with_what_it_is_a_kind_of_and_not_with_its_neighbour(
    withdrawn, asked, is_closed
):
    told = follow(ask(asked), [withdrawal(withdrawn)], MEMOS)
    assert (told.status is Answered.PROHIBITED) is is_closed


def test_what_is_closed_in_part_is_told_beside_and_not_prohibited():
    told = follow(ask("buses_and_taxis"), [withdrawal("taxis", Scope.AREA)], MEMOS)
    assert told.status is Answered.CONDITIONAL
    assert any("A kind of it, taxis, is withdrawn" in note for note in notes(told))


def test_where_no_order_is_in_force_nothing_is_permitted_that_could_be_withdrawn():
    told = follow(ask("markets_and_shops", "2020-06-25T10:00"), [withdrawal()], MEMOS)
    assert told.status is Answered.NOT_ADDRESSED
    assert any("V-20200520-001" in note for note in notes(told))


def test_what_the_order_prohibits_anyway_keeps_its_own_ground():
    told = follow(ask("shopping_malls"), [withdrawal("shopping_malls")], MEMOS)
    assert "(1.iii)" in sentence(told)
    assert any("V-20200520-001" in note for note in notes(told))


def test_more_than_is_allowed_is_withdrawn_as_a_whole():
    told = follow(ask("marriages", persons=99), [withdrawal("marriages")], MEMOS)
    assert told.is_withdrawn
    assert "V-20200520-001" in sentence(told)


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("Das Stores", "DAS  STORES.", True),
        ("দাস স্টোর্স", "দাস স্টোর্স ", True),
        ("দাস", "দস", False),
        ("Das Stores", "Das Store", False),
        ("", "", False),
        ("...", "!!!", False),
    ],
)
def test_premises_are_one_whatever_the_case_spaces_and_points(one, other, are_same):
    assert same_premises(one, other) is are_same
