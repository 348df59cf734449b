"""The register of rounds, contacts and samples: both sides of each cut, merges and splits."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.register import contacts, judged, memberships, rounds, samples

ONE = {"b1": "Z"}
TWO = {"b1": "Z", "b2": "Z", "b3": ""}


def percent(*rows, of=ONE, **more):
    return judged(of, rounds(*rows), **more).house_round_percent.tolist()


def n_open(*rows, of=ONE, **more):
    return judged(of, contacts(*rows), **more).open_contacts.tolist()


@pytest.mark.parametrize(
    ("ago", "expected"), [(0, 100.0), (6, 100.0), (7, None), (-1, None), (400, None)]
)
def test_a_round_speaks_for_seven_days_its_own_being_one(ago, expected):
    (got,) = percent(("b1", ago, 40, 40))
    assert np.isnan(got) if expected is None else got == expected


def test_a_zone_is_visited_as_well_as_its_least_visited_booth():
    assert percent(("b1", 1, 100, 95), ("b2", 1, 10, 8), of=TWO) == [80.0]
    (got,) = percent(("b1", 1, 100, 95), of=TWO)
    assert np.isnan(got)


def test_the_share_of_houses_is_cut_down_to_a_tenth_and_never_rounded_up():
    assert percent(("b1", 1, 10_000, 8_999)) == [89.9]
    assert percent(("b1", 1, 10_000, 9_000)) == [90.0]


def test_half_rounds_of_two_days_are_not_one_round():
    assert percent(("b1", 2, 100, 50), ("b1", 1, 100, 60)) == [60.0]


def test_a_later_row_of_the_same_round_corrects_it_and_a_new_round_begun_takes_nothing_away():
    assert percent(("b1", 2, 100, 95), ("b1", 2, 100, 40)) == [40.0]
    assert percent(("b1", 2, 100, 95), ("b1", 0, 100, 3)) == [95.0]


def test_a_round_that_knows_of_fewer_houses_is_no_better_one():
    assert percent(("b1", 3, 100, 60), ("b1", 1, 50, 50)) == [60.0]


@pytest.mark.parametrize("status", ["followed", "completed"])
@pytest.mark.parametrize(("told_ago", "expected"), [(1, 1), (0, 0)])
def test_a_contact_is_followed_through_day_28_and_not_through_day_27(status, told_ago, expected):
    assert n_open(("K1", "b1", 28, told_ago, status, 1)) == [expected]


def test_a_contact_nobody_saw_again_stays_open_however_long_ago_it_was():
    assert n_open(("K1", "b1", 300, 290, "followed", 1)) == [1]
    assert n_open(("K1", "b1", 300, 0, "open", 9)) == [1]


@pytest.mark.parametrize(("attempts", "expected"), [(2, 1), (3, 0), (4, 0)])
def test_a_lost_contact_is_closed_after_three_documented_attempts(attempts, expected):
    assert n_open(("K1", "b1", 5, 0, "lost", attempts)) == [expected]


def test_the_newest_statement_counts_and_a_late_entry_of_an_older_day_does_not():
    closed, open_ = ("K1", "b1", 30, 1, "completed", 1), ("K1", "b1", 30, 5, "open", 1)
    assert n_open(closed, open_) == n_open(open_, closed) == [0]
    same_day = ("K1", "b1", 30, 1, "open", 1)
    assert n_open(closed, same_day) == [1]
    assert n_open(same_day, closed) == [0]


def test_an_exposure_told_once_is_kept_and_a_corrected_one_replaces_it():
    assert n_open(("K1", "b1", 28, 20, "open", 0), ("K1", "b1", None, 0, "followed", 1)) == [0]
    assert n_open(("K1", "b1", 28, 20, "open", 0), ("K1", "b1", 10, 0, "followed", 1)) == [1]


@pytest.mark.parametrize(("first_told_ago", "expected"), [(28, 0), (27, 1)])
def test_an_unknown_exposure_lies_no_later_than_the_first_word_of_the_contact(
    first_told_ago, expected
):
    first = ("K1", "b1", None, first_told_ago, "open", 0)
    assert n_open(first, ("K1", "b1", None, 0, "completed", 1)) == [expected]


def test_nothing_told_after_the_day_judged_has_an_effect():
    rows = ("K1", "b1", 28, 1, "open", 1), ("K1", "b1", 28, 0, "completed", 1)
    assert n_open(*rows) == [0]
    assert n_open(*rows, on=date(2020, 8, 30)) == [1]
    register = judged(ONE, samples(("b1", -1, 5, 0)))
    assert register.pending_samples.tolist() == [0]


def test_samples_wait_until_a_later_row_brings_their_results():
    assert judged(ONE, samples(("b1", 3, 9, 4))).pending_samples.tolist() == [5]
    told = samples(("b1", 3, 9, 4), ("b1", 2, 2, 2), ("b1", 3, 9, 9))
    assert judged(ONE, told).pending_samples.tolist() == [0]


def test_after_a_split_both_halves_keep_what_was_told_of_the_whole():
    was = memberships(("Z", "b1", 20, 2), ("Z", "b2", 20, 2), ("Z", "b1", 2, None))
    told = (
        rounds(("Z", 3, 100, 92)),
        contacts(("K1", "Z", 5, 4, "followed", 1)),
        samples(("Z", 3, 7, 4)),
        was,
    )
    register = judged({"b1": "Z", "b2": "Y"}, *told)
    assert register.zone_id.tolist() == ["Y", "Z"]
    assert register.house_round_percent.tolist() == [92.0, 92.0]
    assert register.open_contacts.tolist() == [1, 1]
    assert register.pending_samples.tolist() == [3, 3]


def test_after_a_merge_a_row_counts_once_and_a_part_nobody_visited_makes_the_whole_short():
    was = memberships(("Z", "b1", 20, None), ("Y", "b2", 20, 1), ("Z", "b2", 1, None))
    told = (rounds(("Z", 3, 100, 100)), contacts(("K1", "Z", 5, 0, "open", 0)), was)
    register = judged({"b1": "Z", "b2": "Z"}, *told)
    assert np.isnan(register.house_round_percent).all()
    assert register.booth_round_percent.tolist()[0] == 100.0
    assert register.open_contacts.tolist() == [1]


def test_a_row_of_a_zone_means_the_booths_it_had_that_day():
    was = memberships(("Z", "b1", 20, 5), ("Z", "b2", 5, None))
    of = {"b1": "Y", "b2": "Z"}
    for ago, expected in ((6, [4, 0]), (5, [0, 4]), (21, [0, 0])):
        register = judged(of, samples(("Z", ago, 4, 0)), was)
        assert register.pending_samples.tolist() == expected
        assert register.unplaced_samples.tolist() == ([0] if ago == 21 else [])


def test_a_row_of_no_known_area_is_listed_and_not_dropped():
    register = judged(
        ONE,
        rounds(("b1", 1, 5, 5), ("x", 1, 5, 5)),
        contacts(("K1", "b1", 3, 1, "open", 0), ("K2", "", 3, 1, "open", 0)),
        samples(("b1", 1, 1, 1), ("y", 1, 1, 0)),
    )
    assert register.unplaced_rounds.tolist() == [1]
    assert register.unplaced_contacts.tolist() == [1]
    assert register.unplaced_samples.tolist() == [1]


def test_an_empty_register_has_no_round_and_nothing_open():
    register = judged(TWO)
    assert np.isnan(register.house_round_percent).all()
    assert register.open_contacts.tolist() == register.pending_samples.tolist() == [0]
    assert judged({}).zone_id.tolist() == []
