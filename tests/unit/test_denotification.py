"""De-notification of booths: the count, what blocks it, who hears of delay."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from tests.register import ON, contacts, days, judged, rounds, samples, texts
from zoning.errors import InputError
from zoning.judgement.denotification import (
    Denotification,
    OrderedBooths,
    denotification,
    still_affected,
)
from zoning.judgement.denotification_words import denotification_sentences
from zoning.judgement.policy import load_policy

RULE = load_policy("mohfw-2020-04-17").denotification
GOOD = rounds(("b1", 1, 100, 95))
CLEAR = judged({"b1": "Z"}, GOOD)


def one(last=28, through=0, since=28, zone="Z") -> OrderedBooths:
    return OrderedBooths(days(last), days(through), days(since), texts(zone))


def state(booths, register=CLEAR, rule=RULE, **before) -> Denotification:
    return denotification(ON, booths, register, rule, **before)


def words(booths, register=CLEAR, **before) -> str:
    told = state(booths, register, **before)
    return denotification_sentences(told, booths, register, RULE)[0]


@pytest.mark.parametrize(("last", "is_due"), [(27, False), (28, True), (29, True), (0, False)])
def test_day_27_fails_and_day_28_passes(last, is_due):
    got = state(one(last=last))
    assert got.days_without_case.tolist() == [float(last)]
    assert got.is_count_reached.tolist() == got.is_due.tolist() == [is_due]


@pytest.mark.parametrize(
    ("through", "counted", "is_due"),
    [(-5, 30.0, True), (0, 30.0, True), (2, 28.0, True), (3, 27.0, False), (40, 0.0, False)],
)
def test_days_count_no_further_than_reports_are_complete(through, counted, is_due):
    got = state(one(last=30, through=through, since=30))
    assert got.days_without_case.tolist() == [counted]
    assert got.is_due.tolist() == [is_due]


def test_where_no_feed_ever_reported_no_day_counts_and_nothing_is_due():
    got = state(one(last=400, through=None, since=400))
    assert np.isnan(got.days_without_case).all()
    assert not got.is_count_reached[0]
    assert not got.is_due[0]
    assert got.blocks.is_feed_silent[0]
    assert got.is_escalated[0]


@pytest.mark.parametrize(("through", "is_silent"), [(3, False), (4, True)])
def test_a_feed_is_silent_after_more_than_three_days(through, is_silent):
    got = state(one(last=60, through=through, since=60))
    assert got.blocks.is_feed_silent.tolist() == got.is_blocked.tolist() == [is_silent]
    assert got.is_due.tolist() == [not is_silent]


def test_a_booth_without_any_case_counts_from_its_first_day_in_a():
    assert state(one(last=None, since=27)).is_due.tolist() == [False]
    got = state(one(last=None, since=28))
    assert got.is_due.tolist() == [True]
    assert got.due_on == np.datetime64(ON)


def test_an_order_is_not_overdue_before_the_booth_was_ordered():
    got = state(one(last=90, since=3))
    assert got.due_on == days(3)
    assert got.overdue_days.tolist() == [3]
    assert not got.is_overdue[0]


@pytest.mark.parametrize(
    ("visited", "is_short"), [(90, False), (89, True), (100, False), (0, True)]
)
def test_a_house_round_under_90_percent_blocks(visited, is_short):
    register = judged({"b1": "Z"}, rounds(("b1", 1, 100, visited)))
    got = state(one(), register)
    assert got.blocks.is_house_round_short.tolist() == got.is_blocked.tolist() == [is_short]
    assert got.is_due.tolist() == [not is_short]


def test_a_zone_without_a_round_is_blocked():
    assert state(one(), judged({"b1": "Z"})).is_blocked.tolist() == [True]


@pytest.mark.parametrize(
    ("table", "flag"),
    [
        (samples(("b2", 1, 3, 2)), "has_pending_samples"),
        (contacts(("K1", "b2", 3, 1, "followed", 1)), "has_open_contacts"),
    ],
)
def test_a_sample_or_contact_anywhere_in_the_zone_blocks_its_booths_and_no_others(table, flag):
    of = {"b1": "Z", "b2": "Z", "b3": "Y"}
    seen = rounds(*((booth, 1, 10, 10) for booth in of))
    booths = OrderedBooths(days(28, 40, 28), days(0, 0, 0), days(28, 40, 28), texts("Z", "Z", "Y"))
    got = state(booths, judged(of, seen, table))
    assert got.is_blocked.tolist() == getattr(got.blocks, flag).tolist() == [True, True, False]
    assert got.is_due.tolist() == [False, False, True]


def test_what_is_open_before_the_day_has_come_is_told_and_blocks_nothing_yet():
    register = judged({"b1": "Z"}, GOOD, samples(("b1", 1, 3, 2)))
    got = state(one(last=27, since=27), register)
    assert got.blocks.has_pending_samples[0]
    assert not got.is_blocked[0]
    assert got.blocked_days[0] == 0


@pytest.mark.parametrize(("ago", "is_escalated"), [(7, False), (8, True)])
def test_a_block_of_more_than_seven_days_goes_to_the_district_magistrate(ago, is_escalated):
    register = judged({"b1": "Z"})
    got = state(one(last=28 + ago, since=60), register)
    assert got.blocked_days.tolist() == [ago]
    assert got.is_escalated.tolist() == [is_escalated]
    remembered = state(one(last=50, since=60), register, blocked_since=days(ago))
    assert remembered.blocked_days.tolist() == [ago]
    assert remembered.is_escalated.tolist() == [is_escalated]


@pytest.mark.parametrize(("ago", "is_overdue"), [(3, False), (4, True)])
def test_an_order_more_than_three_days_late_is_escalated(ago, is_overdue):
    assert state(one(last=28 + ago, since=60)).is_overdue.tolist() == [is_overdue]
    remembered = state(one(last=50, since=60), due_since=days(ago))
    assert remembered.overdue_days.tolist() == [ago]
    assert remembered.is_overdue.tolist() == [is_overdue]


def test_a_block_that_ends_starts_the_clock_of_the_order_and_a_new_one_starts_anew():
    released = state(one(last=50, since=60), blocked_since=days(20), due_since=days(None))
    assert released.due_since == days(0)
    assert released.overdue_days.tolist() == [0]
    blocked = state(one(last=50, since=60), judged({"b1": "Z"}), blocked_since=days(None))
    assert blocked.blocked_since == days(0)
    assert np.isnat(blocked.due_since[0])


def test_what_stood_before_a_newer_case_is_over():
    got = state(one(last=30, since=90), blocked_since=days(40), due_since=days(40))
    assert got.due_since == days(2)


def test_a_case_on_the_day_judged_ends_everything_that_was_due():
    got = state(one(last=0, since=90), due_since=days(5))
    assert not got.is_due[0]
    assert got.due_on == np.datetime64(ON + timedelta(days=28))


def test_merging_a_zone_leaves_the_count_of_each_booth_alone():
    booths = OrderedBooths(days(28, 3), days(0, 0), days(28, 3), texts("Z", "Y"))
    seen = rounds(("b1", 1, 10, 10), ("b2", 1, 10, 10))
    apart = state(booths, judged({"b1": "Z", "b2": "Y"}, seen))
    merged = replace(booths, zone=texts("Z", "Z"))
    together = state(merged, judged({"b1": "Z", "b2": "Z"}, seen))
    assert together.days_without_case.tolist() == apart.days_without_case.tolist() == [28.0, 3.0]
    assert together.is_due.tolist() == apart.is_due.tolist() == [True, False]


def test_a_booth_leaves_a_only_by_an_order():
    affected = np.array([True, False, False, True, False])
    ordered = np.array([False, True, True, True, False])
    denotified = np.array([False, False, True, True, False])
    assert still_affected(affected, ordered, denotified).tolist() == [
        True, True, False, True, False,
    ]  # fmt: skip


def test_a_zone_missing_from_the_register_is_refused_and_never_taken_as_clear():
    with pytest.raises(InputError, match="zone Q"):
        state(one(zone="Q"))
    with pytest.raises(InputError, match="zone Z"):
        one(since=None)


def test_without_booths_the_answer_is_empty():
    none = OrderedBooths(days(), days(), days(), texts())
    assert len(state(none, judged({})).due_on) == 0
    assert len(denotification_sentences(state(none), none, CLEAR, RULE)) == 0


OPEN = judged(
    {"b1": "Z"},
    rounds(("b1", 1, 100, 85)),
    samples(("b1", 1, 3, 2)),
    contacts(("K1", "b1", 3, 1, "open", 0), ("K2", "b1", 3, 1, "open", 0)),
)


@pytest.mark.parametrize(
    ("booths", "register", "before", "expected"),
    [
        (one(), CLEAR, {}, "De-notification is due since 31 August 2020."),
        (
            one(last=32, since=60), CLEAR, {},
            "De-notification is due since 27 August 2020 and 4 days late: escalated.",
        ),
        (
            one(last=12, since=12), CLEAR, {},
            "12 of 28 days without a case, reports complete through 31 August 2020; due on "
            "16 September 2020 at the earliest.",
        ),
        (
            one(last=12, since=12), OPEN, {},
            "12 of 28 days without a case, reports complete through 31 August 2020; due on "
            "16 September 2020 at the earliest; to be settled by then: 1 sample without a result; "
            "85 % of the houses visited, 90 % needed; 2 contacts still to be followed.",
        ),
        (
            one(last=28, through=5, since=28), judged({"b1": "Z"}), {},
            "Its day was 31 August 2020, but de-notification is blocked: no report since "
            "26 August 2020; part of the zone without a house round within 7 days.",
        ),
        (
            one(last=36, through=None, since=60), CLEAR, {},
            "Its day was 23 August 2020, but de-notification is blocked for 8 days and goes to the "
            "District Magistrate: a feed never reported.",
        ),
        (
            one(last=1, through=None, since=60), CLEAR, {},
            "No day counts yet, due on 27 September 2020 at the earliest; to be settled by then: "
            "a feed never reported.",
        ),
    ],
)  # fmt: skip
def test_the_sentence_says_where_a_booth_stands_and_what_is_in_the_way(
    booths, register, before, expected
):
    assert words(booths, register, **before) == expected
