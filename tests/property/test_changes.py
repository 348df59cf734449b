"""What no proposal ever does, whatever the days were."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.changing import DAY, LEVELS
from zoning.judgement.changes import JudgedDays, changes, zones_to_order
from zoning.judgement.relaxing import relaxing_rule

N, D = 6, 7
RANK = {"": -1, "unclassified": -1, "green": 0, "orange": 1, "red": 2}
ZONES = np.array([*LEVELS, "unclassified"], dtype=object)
THEN = np.array([*LEVELS, "unclassified", ""], dtype=object)


def codes(shape, n):
    return arrays(np.int64, shape, elements=st.integers(0, n - 1))


@st.composite
def worlds(draw):
    zone, through = draw(codes((D, N), 4)), draw(codes((N,), D + 1))
    doubt, then = draw(codes((D, N), 2)), draw(codes((D, N), 5))
    rising = 4
    # Days at random hardly ever relax: every other world is a calm one.
    if draw(st.booleans()):
        zone, doubt, through = zone % 2, np.zeros_like(doubt), np.full(N, D)
        then, rising = np.where(then == 2, 4, then), 2
    worse = np.minimum(zone + doubt, 2)
    days = JudgedDays(
        on=DAY - np.arange(D)[::-1],
        zone=ZONES[zone],
        zone_worst=ZONES[np.where(zone == 3, 3, worse)],
        active=draw(codes((D, N), rising)),
        new_cases=draw(codes((D, N), rising)),
        is_complete=np.arange(D)[:, None] < through,
        zone_then=THEN[then],
    )
    return ZONES[draw(codes((N,), 4))], THEN[[0, 1, 2, 4]][draw(codes((N,), 4))], days


def rank(zones):
    return np.array([RANK[zone] for zone in zones])


def proposed(in_force, floor, days):
    return changes(in_force, floor, days, LEVELS, relaxing_rule())


@given(worlds())
def test_nothing_relaxes_that_rule_six_forbids(world):
    in_force, floor, days = world
    found = proposed(*world)
    relaxed = rank(found.proposed) < rank(in_force)
    assert (relaxed == (found.kind == "relax")).all()
    assert not (relaxed & (days.zone_worst[-1] != days.zone[-1])).any()
    assert not (relaxed & (days.active[-1] > days.active[-2])).any()
    assert not (relaxed & (days.new_cases[-1] > days.new_cases[-2])).any()
    assert not (relaxed & ~days.is_complete.all(axis=0)).any()
    assert not (relaxed & (rank(found.proposed) < rank(floor))).any()
    for day in range(D):
        assert not (relaxed & (rank(days.zone[day]) > rank(found.proposed))).any()
        assert not (relaxed & (rank(days.zone_then[day]) > rank(found.proposed))).any()
        assert not (relaxed & (days.zone[day] == "unclassified")).any()


@given(worlds())
def test_tightening_never_waits(world):
    in_force, _, days = world
    found = proposed(*world)
    stricter = rank(days.zone[-1]) > rank(in_force)
    assert (rank(found.proposed)[stricter] >= rank(days.zone[-1])[stricter]).all()


@given(worlds(), codes((D, N), 3))
def test_stricter_days_never_make_a_proposal_milder(world, more):
    in_force, floor, days = world
    before = proposed(in_force, floor, days)
    # Where today's worst differs nothing relaxes at all, so it can only become less strict.
    known = (days.zone != "unclassified") & (days.zone[-1] == days.zone_worst[-1])
    place = np.vectorize(RANK.get)(days.zone)
    worst = np.vectorize(RANK.get)(days.zone_worst)
    stricter = np.minimum(place + more, 2)
    zone = np.where(known, ZONES[stricter], days.zone)
    zone_worst = np.where(known, ZONES[np.maximum(worst, stricter)], days.zone_worst)
    after = proposed(
        in_force, floor, JudgedDays(**{**vars(days), "zone": zone, "zone_worst": zone_worst})
    )
    assert (rank(after.proposed) >= rank(before.proposed)).all()


@given(worlds(), codes((N,), 3))
def test_a_higher_floor_never_makes_a_proposal_milder(world, more):
    in_force, floor, days = world
    higher = np.array(["", *LEVELS], dtype=object)[np.minimum(rank(floor) + 1 + more, 3)]
    before, after = proposed(in_force, floor, days), proposed(in_force, higher, days)
    assert (rank(after.proposed) >= rank(before.proposed)).all()


@given(worlds())
def test_what_does_not_change_is_what_is_in_force(world):
    in_force = world[0]
    found = proposed(*world)
    units = np.array([f"W{i}" for i in range(N)], dtype=object)
    assert (zones_to_order(units, in_force, found.proposed, found.kind, {}) == found.proposed).all()
    kept = ~np.isin(found.kind.astype(str), ["tighten", "relax", "first"])
    assert (found.proposed[kept] == in_force[kept]).all()
    assert not ((found.proposed == "unclassified") & (in_force != "unclassified")).any()
