"""What is in force at a moment, and when that changes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zoning.errors import OrderError
from zoning.orders.in_force import PublishedOrder, in_force

START = datetime(2020, 5, 18, 5, 10, tzinfo=UTC)


def hour(n: int) -> datetime:
    return START + timedelta(hours=n)


def order(order_id, areas="W", *, effective=0, expires=None, ended=None, published=None):
    return PublishedOrder(
        order_id=order_id,
        area_ids=frozenset(areas),
        published_at=hour(effective if published is None else published),
        effective_at=hour(effective),
        expires_at=None if expires is None else hour(expires),
        ended_at=None if ended is None else hour(ended),
    )


@st.composite
def orders(draw):
    made = []
    for number in range(draw(st.integers(0, 6))):
        effective = draw(st.integers(0, 40))
        made.append(
            order(
                f"o{number}",
                draw(st.sets(st.sampled_from("ABCD"), min_size=1)),
                effective=effective,
                published=effective - draw(st.integers(-3, 10)),
                expires=draw(st.none() | st.integers(effective + 1, 60)),
                ended=draw(st.none() | st.integers(0, 60)),
            )
        )
    return made


moments = st.integers(-5, 65).map(hour)


def test_the_latest_order_that_has_taken_effect_is_in_force():
    first, second = order("first"), order("second", effective=10)
    assert in_force([second, first], hour(9)) == {"W": first}
    assert in_force([second, first], hour(10)) == {"W": second}


def test_an_order_is_in_force_at_the_very_moment_it_takes_effect_and_not_when_it_expires():
    brief = order("brief", expires=24)
    assert in_force([brief], hour(0)) == {"W": brief}
    assert in_force([brief], hour(24)) == {}


def test_a_provisional_sealing_that_runs_out_gives_way_to_the_order_beneath():
    base, sealing = order("base"), order("sealing", effective=5, expires=29)
    assert in_force([base, sealing], hour(28)) == {"W": sealing}
    assert in_force([base, sealing], hour(29)) == {"W": base}


def test_a_superseded_order_still_answers_for_the_time_when_it_stood():
    old, new = order("old", ended=10), order("new", effective=10)
    assert in_force([old, new], hour(3)) == {"W": old}


def test_an_order_back_dated_at_publication_is_not_in_force_before_it_was_published():
    late = order("late", effective=0, published=6)
    assert in_force([late], hour(5)) == {}
    assert in_force([late], hour(6)) == {"W": late}


def test_a_moment_without_offset_is_refused():
    with pytest.raises(OrderError, match="without an offset"):
        replace(order("x"), effective_at=datetime(2020, 5, 18))


def test_an_expiry_before_the_effect_is_refused():
    with pytest.raises(OrderError, match="later expiry"):
        order("x", effective=5, expires=5)


@settings(deadline=None)
@given(orders(), moments, st.randoms())
def test_the_sequence_of_the_orders_never_matters(made, at, random):
    shuffled = list(made)
    random.shuffle(shuffled)
    assert in_force(shuffled, at) == in_force(made, at)


@settings(deadline=None)
@given(orders(), moments)
def test_what_is_in_force_covers_its_area_and_no_standing_order_took_effect_later(made, at):
    answer = in_force(made, at)
    for area_id, chosen in answer.items():
        assert area_id in chosen.area_ids
        assert chosen.stands(at)
        rivals = [o for o in made if area_id in o.area_ids and o.stands(at)]
        assert max(o.effective_at for o in rivals) == chosen.effective_at
    covered = {a for o in made if o.stands(at) for a in o.area_ids}
    assert answer.keys() == covered
