"""Withdrawals that stand: by moment, place and activity, whatever the sequence of their rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.measuring import ask
from tests.store.samples import NOON
from zoning.measures.memo import known_memos
from zoning.measures.question import Answered
from zoning.measures.search import all_activities
from zoning.measures.withdrawal_rule import withdrawal_rule
from zoning.measures.withdrawals import (
    Restored,
    Scope,
    Spot,
    Withdrawal,
    follow,
    is_review_due,
    standing_at,
    stands,
)

MEMOS = known_memos(None)
ACTIVITIES = sorted(all_activities(MEMOS))
UNITS, SHOPS = ("N", "W1", "W2"), ("Das Stores", "das  stores.", "Roy & Sons")
moments = st.integers(-48, 24 * 20).map(lambda hours: NOON + timedelta(hours=hours))


@st.composite
def withdrawals(draw):
    at = draw(moments)
    end = draw(st.none() | st.integers(0, 400))
    scope = draw(st.sampled_from(Scope))
    serial = draw(st.integers(1, 999))
    return Withdrawal(
        withdrawal_id=serial,
        deviation_id=1,
        number=f"V-20200518-{serial:03d}",
        scope=scope,
        unit_id=draw(st.sampled_from(UNITS)),
        premises=draw(st.sampled_from(SHOPS)) if scope is Scope.PREMISES else "",
        activity=draw(st.sampled_from(("", *ACTIVITIES))),
        reason="a reason",
        effective_at=at,
        review_at=at + timedelta(hours=draw(st.integers(1, 500))),
        at=at,
        by="officer",
        restored=None
        if end is None
        else Restored("put right", at + timedelta(hours=end), at + timedelta(hours=end), "officer"),
    )


registers = st.lists(withdrawals(), max_size=6, unique_by=lambda w: w.number)
spots = st.builds(
    Spot,
    st.sets(st.sampled_from(UNITS), min_size=1).map(frozenset),
    st.sampled_from(("", *SHOPS)),
)


@given(withdrawals(), moments)
def test_it_stands_from_its_moment_until_it_is_restored_and_no_review_ends_it(one, at):
    ended = one.restored is not None and one.restored.effective_at <= at
    assert stands(one, at) == (one.effective_at <= at and not ended)
    assert stands(replace(one, review_at=at), at) == stands(one, at)
    assert is_review_due(one, at) == (stands(one, at) and one.review_at <= at)


@given(registers, spots, moments, st.randoms(use_true_random=False))
def test_the_sequence_of_rows_never_matters(register, spot, at, random):
    shuffled = register[:]
    random.shuffle(shuffled)
    assert standing_at(shuffled, spot, at) == standing_at(register, spot, at)


@given(registers, spots, moments)
def test_what_is_restored_relaxes_and_nothing_else_does(register, spot, at):
    found = standing_at(register, spot, at)
    later = standing_at(register, spot, at + timedelta(hours=1))
    gone = set(found) - set(later)
    assert all(w.restored is not None and w.restored.effective_at > at for w in gone)


@given(registers, spots, moments)
def test_a_premises_closes_no_other_and_a_unit_no_neighbour(register, spot, at):
    for one in standing_at(register, spot, at):
        assert one.unit_id in spot.unit_ids
        if one.scope is Scope.PREMISES:
            assert {one.premises, spot.premises} <= set(SHOPS[:2]) or one.premises == spot.premises


@given(
    registers,
    spots,
    st.sampled_from(ACTIVITIES),
    st.sampled_from("ABC"),
    st.integers(0, 24 * 8).map(lambda hours: f"2020-05-{21 + hours // 24}T{hours % 24:02d}:00"),
)
def test_an_answer_never_gets_milder_and_the_untouched_stays_as_it_was(
    register, spot, activity, category, at
):
    told = ask(activity, at, category)
    found = standing_at(register, spot, told.question.at)
    followed = follow(told, found, MEMOS)
    if activity in withdrawal_rule().untouched or told.is_duty:
        assert followed is told
        return
    closing = [w for w in followed.withdrawals if not w.is_in_part]
    is_closed = bool(closing) and told.silence is None
    assert followed.status is (Answered.PROHIBITED if is_closed else told.status)
    if followed.is_withdrawn:
        deciding = [c.section for c in followed.clauses if c.is_deciding]
        assert deciding == ["closing.i"]
        assert not followed.conditions


@given(withdrawals(), st.sampled_from(ACTIVITIES))
def test_reasons_are_told_only_where_they_may_be(one, activity):
    assume(activity not in withdrawal_rule().untouched)
    told = ask(activity)
    assert all(not w.reason for w in follow(told, [one], MEMOS).withdrawals)
    assert all(w.reason for w in follow(told, [one], MEMOS, with_reasons=True).withdrawals)
