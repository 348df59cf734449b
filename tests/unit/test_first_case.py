"""The alarm of a first case: when it rings, how long the clock runs, what is owed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoning.errors import InputError, RuleError
from zoning.judgement import first_case
from zoning.judgement.first_case import (
    first_case_alarms,
    first_case_rule,
    read_first_case_rule,
)
from zoning.judgement.first_case_words import duty_word, first_case_sentences
from zoning.measures.memo import load_memo

AT = datetime(2020, 6, 10, 6, 0, tzinfo=UTC)
HOUR = 3600


def moments(*seconds_ago):
    present = np.datetime64(AT.replace(tzinfo=None), "s")
    told = [np.datetime64("NaT") if s is None else present - s for s in seconds_ago]
    return np.array(told, dtype="datetime64[s]")


def alarms(known, answered=None, confirmed="2020-06-09", at=AT, **more):
    """Return alarms of units whose case became known, and was answered, seconds ago."""
    answered = [None] * len(known) if answered is None else answered
    return first_case_alarms(
        np.array([f"U{n}" for n in range(len(known))], dtype=object),
        np.array([confirmed if k is not None else "NaT" for k in known], dtype="datetime64[D]"),
        moments(*known),
        moments(*answered),
        at,
        **more,
    )


def test_a_unit_without_a_case_raises_nothing_and_every_other_does():
    got = alarms([None, HOUR, None, 0])
    assert got.unit_index.tolist() == [1, 3]
    assert got.hours_left.tolist() == [23.0, 24.0]
    assert not got.is_answered.any()
    assert len(alarms([]).unit_index) == len(alarms([None]).unit_index) == 0


@pytest.mark.parametrize(("known", "is_overdue"), [(24 * HOUR, False), (24 * HOUR + 1, True)])
def test_the_24th_hour_is_in_time_and_a_second_more_is_overdue(known, is_overdue):
    got = alarms([known])
    assert got.is_overdue.tolist() == got.is_late.tolist() == [is_overdue]
    assert (got.hours_left[0] < 0) == is_overdue


@pytest.mark.parametrize(("after", "is_late"), [(24 * HOUR, False), (24 * HOUR + 1, True)])
def test_an_answer_stops_the_clock_and_one_too_late_stays_late(after, is_late):
    known = 90 * HOUR
    got = alarms([known], [known - after])
    assert got.is_answered.tolist() == [True]
    assert got.is_late.tolist() == [is_late]
    assert got.is_overdue.tolist() == [False]
    assert np.isnan(got.hours_left).all()


def test_what_became_known_or_was_answered_later_is_not_seen():
    assert len(alarms([-1]).unit_index) == 0
    assert alarms([0]).unit_index.tolist() == [0]
    assert alarms([HOUR], [-1]).is_answered.tolist() == [False]
    assert alarms([HOUR], [0]).is_answered.tolist() == [True]


def test_the_clock_runs_from_knowledge_and_says_how_late_that_was():
    got = alarms([HOUR], confirmed="2020-06-01")
    assert got.hours_left.tolist() == [23.0]
    assert got.reported_after_days.tolist() == [9]
    # 18:29 UTC is the same day in India, 18:30 is the next.
    for seconds_ago, days in ((11 * HOUR + 31 * 60, 0), (11 * HOUR + 30 * 60, 1)):
        assert alarms([seconds_ago]).reported_after_days.tolist() == [days]


def test_first_cases_from_before_the_watch_are_told_apart_and_raise_no_alarm():
    got = alarms([HOUR + 1, HOUR, None], watched_from=AT - timedelta(hours=1))
    assert got.unit_index.tolist() == [1]
    assert got.is_before_watch.tolist() == [True, False, False]


def test_surveillance_tracing_and_quarantine_are_owed_each_by_its_hour():
    rule = first_case_rule()
    got = alarms([HOUR])
    left = (got.duty_by[0] - moments(0)[0]).astype(int) / HOUR
    assert dict(zip([duty.key for duty in rule.duties], left.tolist(), strict=True)) == {
        "surveillance": 23.0,
        "contact_tracing": 71.0,
        "quarantine": 71.0,
    }
    assert [duty_word(duty.key) for duty in rule.duties] == [
        "surveillance", "contact tracing", "quarantine",
    ]  # fmt: skip


def test_the_clause_is_the_memos_word_for_word():
    rule = first_case_rule()
    memo = load_memo(rule.memo)
    (text,) = [p.text for p in memo.provisions if p.section == rule.clause]
    assert rule.clause_text == text


def test_the_offset_of_the_present_makes_no_difference():
    in_india = AT.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert alarms([HOUR], at=in_india).hours_left.tolist() == alarms([HOUR]).hours_left.tolist()


def test_a_case_known_at_no_time_and_an_answer_before_the_case_are_refused():
    with pytest.raises(InputError, match="U0 has a first case and no moment"):
        first_case_alarms(
            np.array(["U0"], dtype=object),
            np.array(["2020-06-09"], dtype="datetime64[D]"),
            moments(None),
            moments(None),
            AT,
        )
    with pytest.raises(InputError, match="unit U1 is answered"):
        alarms([HOUR, HOUR], [HOUR, HOUR + 1])


@pytest.mark.parametrize(
    ("known", "answered", "words"),
    [
        (HOUR, None, "answer by 11 June 2020, 10:30 IST, 23 hours left."),
        (24 * HOUR - 60, None, "0 hours left."),
        (24 * HOUR + 60, None, "no answer, overdue by 1 hour."),
        (26 * HOUR, None, "no answer, overdue by 2 hours."),
        (HOUR, 0, "known since 10 June 2020, 10:30 IST: answered."),
        (30 * HOUR, 0, "too late."),
    ],
)
def test_the_sentence_gives_the_time_that_is_left_and_never_more(known, answered, words):
    (sentence,) = first_case_sentences(
        alarms([known], [answered]), np.array(["Ward 7"], dtype=object)
    )
    assert sentence.startswith("First case in Ward 7, known since ")
    assert sentence.endswith(words)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_an_alarm_never_gets_better_by_waiting(known, later):
    before, after = alarms([known]), alarms([known], at=AT + timedelta(seconds=later))
    assert after.is_overdue[0] >= before.is_overdue[0]
    assert after.hours_left[0] <= before.hours_left[0]
    assert before.is_overdue[0] == (before.hours_left[0] < 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("answer_within_hours = 24", "answer_within_hours = 0"),
        ("answer_within_hours = 24", ""),
        ("within_hours = 72", "within_hours = true"),
        ('key = "quarantine"', 'name = "quarantine"'),
        ("clause_text", "clause_words"),
    ],
)
def test_a_faulty_rule_is_refused_by_name(tmp_path, old, new):
    content = Path(first_case.__file__).with_name("first_case.toml").read_text(encoding="utf-8")
    assert old in content
    path = tmp_path / "first_case.toml"
    path.write_text(content.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError, match=r"first_case\.toml"):
        read_first_case_rule(path)
