"""How old facility figures are, tested on both sides of each limit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zoning.facilities.freshness import (
    Freshness,
    describe_freshness,
    freshness,
    freshness_label,
    freshness_rule,
)

AT = datetime(2021, 5, 6, 5, 10, tzinfo=UTC)
STRICTNESS = [Freshness.FRESH, Freshness.DUE, Freshness.STALE]


def told(*seconds_ago):
    present = np.datetime64(AT.replace(tzinfo=None), "s")
    return np.array(
        [
            np.datetime64("NaT") if s is None else present - np.timedelta64(s, "s")
            for s in seconds_ago
        ],
        dtype="datetime64[s]",
    )


@pytest.mark.parametrize(
    ("seconds_ago", "expected"),
    [
        (0, Freshness.FRESH),
        (3600, Freshness.FRESH),
        (3601, Freshness.DUE),
        (7200, Freshness.DUE),
        (7201, Freshness.STALE),
        (86400 * 365, Freshness.STALE),
        (None, Freshness.UNKNOWN),
        (-300, Freshness.FRESH),
        (-301, Freshness.UNKNOWN),
    ],
)
def test_each_limit_of_the_memo_belongs_to_the_fresher_side(seconds_ago, expected):
    assert freshness(told(seconds_ago), AT).tolist() == [expected]


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_figures_never_get_fresher_as_time_passes(seconds_ago, later):
    before, after = freshness(told(seconds_ago, seconds_ago + later), AT)
    assert STRICTNESS.index(before) <= STRICTNESS.index(after)


def test_a_facility_that_never_told_is_unknown_and_never_fresh():
    assert freshness(told(None, 60, None), AT).tolist() == ["unknown", "fresh", "unknown"]


def test_the_offset_of_the_present_makes_no_difference():
    in_india = AT.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert freshness(told(3600), in_india).tolist() == freshness(told(3600), AT).tolist()


def test_an_empty_table_gives_an_empty_answer():
    assert len(freshness(told(), AT)) == len(describe_freshness(told(), AT)) == 0


@pytest.mark.parametrize(
    ("seconds_ago", "words"),
    [
        (11400, "updated 3 h 10 min ago: stale"),
        (59, "updated 0 min ago: fresh"),
        (5400, "updated 1 h 30 min ago: due"),
        (93600, "updated 1 d 2 h ago: stale"),
        (-60, "updated 0 min ago: fresh"),
        (-7200, "updated at a time still to come: unknown"),
        (None, "never updated: unknown"),
    ],
)
def test_the_words_give_the_age_and_what_it_means(seconds_ago, words):
    assert describe_freshness(told(seconds_ago), AT).tolist() == [words]


def test_the_limits_are_the_memos_and_cite_it():
    rule = freshness_rule()
    assert (rule.fresh_minutes, rule.due_minutes) == (60, 120)
    assert "195/HS/PS/2021" in rule.source[0]


def test_every_freshness_has_a_word():
    assert len({freshness_label(key) for key in Freshness}) == len(Freshness)
