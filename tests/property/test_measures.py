"""What holds of every answer: strictness, time, order of writing, citation."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from tests.measuring import PLACES, ask
from zoning.clock import IST
from zoning.measures.answer import answer, severity
from zoning.measures.conditions import Seats, Strength
from zoning.measures.memo import known_memos
from zoning.measures.question import Answered, Quantities, Question
from zoning.model import Category, Zone

MEMO = known_memos(None)[0]
BEGIN, END = datetime(2020, 5, 21, tzinfo=IST), datetime(2020, 6, 1, tzinfo=IST)

activities = st.sampled_from([activity.key for activity in MEMO.activities])
moments_in_force = st.integers(0, 11 * 24 * 60 - 1).map(lambda m: BEGIN + timedelta(minutes=m))
moments = st.datetimes(datetime(2019, 1, 1), datetime(2022, 1, 1), timezones=st.just(UTC))
places = st.sampled_from(sorted(PLACES))


def asked(activity, at, place, planned=None, memos=(MEMO,)):
    category, zone = PLACES[place]
    return answer(
        memos,
        Question(
            activity,
            at,
            Category(category) if category else None,
            Zone(zone) if zone else None,
            planned=planned or Quantities(),
        ),
    )


@given(activities, moments_in_force)
def test_a_stricter_category_is_never_answered_milder(activity, at):
    told = [severity(asked(activity, at, place).status) for place in ("green", "C", "B", "A")]
    assert told == sorted(told)


@given(activities, moments_in_force)
def test_in_force_every_activity_is_answered_everywhere_and_cites_what_decides(activity, at):
    for place in PLACES:
        told = asked(activity, at, place)
        assert told.status is not Answered.NOT_ADDRESSED
        cited = {clause.section for clause in told.clauses if clause.is_deciding}
        assert cited
        assert {condition.section for condition in told.conditions} <= cited
        assert set(MEMO.activity(activity).sections) <= {c.section for c in told.clauses}
        for clause in told.clauses:
            assert clause.text == MEMO.text_of(clause.section)


@given(activities, moments, places)
def test_conditions_and_a_conditional_answer_go_together(activity, at, place):
    told = asked(activity, at, place)
    assert bool(told.conditions) == (told.status is Answered.CONDITIONAL)
    assert (told.silence is not None) == (told.status is Answered.NOT_ADDRESSED)


@given(activities, moments, places)
def test_outside_its_days_a_clause_never_answers(activity, at, place):
    told = asked(activity, at, place)
    day = at.astimezone(IST).date()
    for cited in told.clauses:
        clause = next((c for c in MEMO.clauses if c.section == cited.section), None)
        assert clause is None or clause.is_in_force(day)


@given(activities, moments, places, st.integers(-12 * 60, 14 * 60))
def test_the_same_moment_in_another_offset_has_the_same_answer(activity, at, place, minutes):
    elsewhere = at.astimezone(timezone(timedelta(minutes=minutes)))
    here, there = asked(activity, at, place), asked(activity, elsewhere, place)
    assert replace(here, question=there.question) == there


@given(activities, moments_in_force, places, st.integers(1, 9))
def test_a_day_later_at_the_same_hour_the_answer_is_the_same(activity, at, place, days):
    later = at + timedelta(days=days)
    if later >= END:
        return
    here, there = asked(activity, at, place), asked(activity, later, place)
    assert replace(here, question=there.question) == there


@given(activities, moments_in_force, places)
def test_the_night_is_never_milder_than_the_day(activity, at, place):
    by_day, at_night = at.replace(hour=12), at.replace(hour=23)
    day, night = (asked(activity, moment, place).status for moment in (by_day, at_night))
    assert severity(night) >= severity(day)


@given(st.randoms(use_true_random=False), activities, moments, places)
def test_the_order_of_clauses_in_the_file_is_irrelevant(random, activity, at, place):
    def shuffled(entries):
        return tuple(random.sample(entries, len(entries)))

    mixed = replace(
        MEMO,
        clauses=shuffled(MEMO.clauses),
        activities=shuffled(MEMO.activities),
        readings=shuffled(MEMO.readings),
        conflicts=shuffled(MEMO.conflicts),
    )
    here, there = asked(activity, at, place), asked(activity, at, place, memos=(mixed,))
    assert here.status is there.status
    assert here.silence == there.silence
    assert set(here.conditions) == set(there.conditions)
    assert set(here.clauses) == set(there.clauses)
    assert set(here.interpretations) == set(there.interpretations)
    assert set(here.conflicts) == set(there.conflicts)
    assert {c.section for c in here.general} == {c.section for c in there.general}


@given(st.integers(1, 10_000))
def test_a_longer_bus_never_carries_fewer_and_none_more_than_it_seats(seats):
    def carried(n):
        told = ask("buses", seats=n)
        return next(a.at_most for a in told.conditions if isinstance(a.condition, Seats))

    assert carried(seats) <= carried(seats + 1)
    assert carried(seats) <= seats
    assert carried(seats) >= min(seats, 20)


@given(activities, moments_in_force)
def test_the_buffer_is_never_granted_more_strength_than_the_clean_area(activity, at):
    def strength(place):
        told = asked(activity, at, place)
        shares = [a.condition.percent for a in told.conditions if isinstance(a.condition, Strength)]
        return min(shares, default=100)

    assert strength("B") <= strength("C")


@given(activities, moments_in_force, places, st.integers(0, 100), st.integers(1, 80))
def test_more_persons_never_make_an_answer_milder(activity, at, place, persons, seats):
    fewer, more = (
        asked(activity, at, place, Quantities(seats, n, None)) for n in (persons, persons + 1)
    )
    assert severity(fewer.status) <= severity(more.status)
