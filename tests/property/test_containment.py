"""Containment zones: what holds for any ground, and through a month of growth and decay."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.naming import texts
from zoning.judgement.containment import KnownZone, Lineage, carry_on, contiguous
from zoning.judgement.zone_events import ENDINGS, EventKind
from zoning.places.neighbours import Neighbours

FIRST = date(2020, 7, 1)


def grid_neighbours(side: int) -> Neighbours:
    """Return booths of a square of cells; those that meet at a corner touch too."""
    at = np.arange(side * side)
    near = [
        [q for q in at if p != q and max(abs(p % side - q % side), abs(p // side - q // side)) < 2]
        for p in at
    ]
    first = np.append(0, np.cumsum([len(own) for own in near])).astype(np.int64)
    return Neighbours(first, np.array([q for own in near for q in own], dtype=np.int32))


def turned(touching: Neighbours, order: np.ndarray) -> Neighbours:
    """Return the same neighbours of booths in another order."""
    place = np.argsort(order)
    rows = [
        np.sort(place[touching.index[touching.first[p] : touching.first[p + 1]]]) for p in order
    ]
    first = np.append(0, np.cumsum([len(row) for row in rows])).astype(np.int64)
    return Neighbours(first, np.concatenate(rows).astype(np.int32))


@st.composite
def days(draw):
    """Return a grid, two days of affected booths on it, and shared grounds."""
    side = draw(st.integers(2, 6))
    n = side * side
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    share = draw(st.sampled_from([0.15, 0.35, 0.6]))
    sharing = random.integers(0, n, n) if draw(st.booleans()) else np.arange(n)
    fate = random.random((2, n)) < share
    # Booths that share ground share its fate.
    return grid_neighbours(side), fate[:, sharing], sharing.astype(np.int32)


def known_of(touching, is_affected, sharing, on=FIRST):
    codes = texts([f"b{at:02}" for at in range(len(is_affected))])
    labels = contiguous(is_affected, touching, sharing)
    return codes, carry_on(labels, codes, (), 0, on).known(labels, codes)


@given(days())
def test_zones_are_the_largest_groups_that_hang_together(day):
    touching, fate, sharing = day
    labels = contiguous(fate[0], touching, sharing)
    assert ((labels >= 0) == fate[0]).all()
    # By hand: spread from each booth until nothing changes.
    groups = set()
    for start in np.flatnonzero(fate[0]):
        group, grown = set(), {int(start)}
        while grown != group:
            group = set(grown)
            for p in group:
                grown |= set(touching.index[touching.first[p] : touching.first[p + 1]].tolist())
                grown |= set(np.flatnonzero(sharing == sharing[p]).tolist())
            grown = {p for p in grown if fate[0][p]}
        groups.add(frozenset(group))
    assert {
        frozenset(np.flatnonzero(labels == at).tolist()) for at in np.unique(labels[labels >= 0])
    } == groups
    firsts = [np.flatnonzero(labels == at)[0] for at in range(len(groups))]
    assert firsts == sorted(firsts)


@given(days(), st.randoms(use_true_random=False))
def test_the_order_of_the_booths_decides_neither_zone_nor_id(day, random):
    touching, fate, sharing = day
    codes, known = known_of(touching, fate[0], sharing)
    order = np.array(random.sample(range(len(codes)), len(codes)), dtype=np.int64)
    later = FIRST + timedelta(days=1)
    labels = contiguous(fate[1], touching, sharing)
    plain = carry_on(labels, codes, known, 0, later)
    other = contiguous(fate[1][order], turned(touching, order), sharing[order])
    shuffled = list(known)
    random.shuffle(shuffled)
    turned_round = carry_on(other, codes[order], shuffled, 0, later)
    assert (turned_round.of_booths(other) == plain.of_booths(labels)[order]).all()
    assert turned_round.events == plain.events


@given(days())
def test_an_id_goes_to_one_group_and_each_overlap_is_told_from_both_sides(day):
    touching, fate, sharing = day
    codes, known = known_of(touching, fate[0], sharing)
    labels = contiguous(fate[1], touching, sharing)
    drawn = carry_on(labels, codes, known, 0, FIRST + timedelta(days=1))
    assert len(set(drawn.zone_id)) == len(drawn.zone_id)
    zone_of = dict(zip(codes, drawn.of_booths(labels), strict=True))
    told = {e.zone_id: e for e in drawn.events}
    for zone in known:
        reached = {zone_of[booth] for booth in zone.booth_ids} - {"", zone.zone_id}
        assert set(told[zone.zone_id].into_ids) == reached
        assert all(zone.zone_id in told[other].from_ids for other in reached)
    for event in drawn.events:
        assert all(event.zone_id in told[other].into_ids for other in event.from_ids)


@given(days())
def test_no_swap_of_an_id_would_keep_more_booths_together(day):
    """An id and a group that both go without the other have something at least as large."""
    touching, fate, sharing = day
    codes, known = known_of(touching, fate[0], sharing)
    labels = contiguous(fate[1], touching, sharing)
    drawn = carry_on(labels, codes, known, 0, FIRST + timedelta(days=1))
    after = {z.zone_id: z.booth_ids for z in drawn.known(labels, codes)}
    kept = {z.zone_id: len(z.booth_ids & after.get(z.zone_id, frozenset())) for z in known}
    for zone in known:
        for zone_id, booths in after.items():
            shared = len(zone.booth_ids & booths)
            if zone_id != zone.zone_id and shared:
                assert kept[zone.zone_id] >= shared or kept.get(zone_id, 0) >= shared


class Month:
    """Thirty days of affected booths on a grid, each delineated from the day before.

    Every day some affected booths recover, their neighbours fall ill by chance, and now and
    then a case comes from elsewhere. `twice` delineates every fifth day a second time, with
    cases that came in late.
    """

    def __init__(self, seed: int, side: int = 12, n_days: int = 30) -> None:
        random = np.random.default_rng(seed)
        n = side * side
        touching, sharing = grid_neighbours(side), np.arange(n, dtype=np.int32)
        codes = texts([f"b{at:03}" for at in range(n)])
        is_affected = random.random(n) < 0.05
        self.history: list[tuple[date, np.ndarray, Lineage, np.ndarray]] = []
        known: tuple[KnownZone, ...] = ()
        for day in range(n_days):
            on = FIRST + timedelta(days=day)
            used = 0
            for _ in range(2 if day % 5 == 4 else 1):
                caught = touching.reached_from(is_affected) & (random.random(n) < 0.10)
                lasting = is_affected & (random.random(n) > 0.30)
                is_affected = lasting | caught | (random.random(n) < 0.005)
                labels = contiguous(is_affected, touching, sharing)
                drawn = carry_on(labels, codes, known, used, on)
                used += sum(e.kind is EventKind.OPENED for e in drawn.events)
                known = drawn.known(labels, codes)
                self.history.append((on, labels, drawn, is_affected))

    def events(self):
        return [(on, event) for on, _, drawn, _ in self.history for event in drawn.events]


@pytest.fixture(scope="module", params=range(5))
def month(request):
    return Month(request.param)


def test_a_month_has_every_kind_of_event(month):
    assert {event.kind for _, event in month.events()} == set(EventKind)
    assert any(event.from_ids and event.into_ids for _, event in month.events())


def test_every_affected_booth_has_one_zone_every_day(month):
    for _, labels, drawn, is_affected in month.history:
        assert ((drawn.of_booths(labels) != "") == is_affected).all()
        assert len(set(drawn.zone_id)) == len(drawn.zone_id)


def test_every_id_opens_once_on_the_day_it_names_and_never_comes_back(month):
    opened: dict[str, date] = {}
    ended: set[str] = set()
    for on, event in month.events():
        assert event.zone_id not in ended
        if event.kind is EventKind.OPENED:
            assert event.zone_id not in opened
            assert event.zone_id.startswith(f"CZ-{on:%Y%m%d}-")
            opened[event.zone_id] = on
        assert event.zone_id in opened
        if event.kind in ENDINGS:
            ended.add(event.zone_id)
    for _, _, drawn, _ in month.history:
        days = dict(zip(drawn.zone_id, drawn.opened_on.tolist(), strict=True))
        assert days == {zone_id: opened[zone_id] for zone_id in days}


def test_the_events_replayed_give_the_zones_and_their_booths_of_every_day(month):
    open_now: dict[str, int] = {}
    for _, labels, drawn, _ in month.history:
        for event in drawn.events:
            assert open_now.pop(event.zone_id, 0) == event.n_before
            if event.kind not in ENDINGS:
                open_now[event.zone_id] = event.n_after
        assert open_now == dict(zip(drawn.zone_id, np.bincount(labels[labels >= 0]), strict=True))


def test_no_zone_descends_from_itself(month):
    parents = {
        event.zone_id: event.from_ids
        for _, event in month.events()
        if event.kind is EventKind.OPENED
    }
    heirs = {
        event.zone_id: event.into_ids
        for _, event in month.events()
        if event.kind is EventKind.MERGED
    }
    for edges in (parents, heirs):
        done: set[str] = set()
        path: list[str] = []

        def visit(zone_id: str, edges=edges, done=done, path=path) -> None:
            assert zone_id not in path, path
            if zone_id in done:
                return
            path.append(zone_id)
            for other in edges.get(zone_id, ()):
                visit(other)
            done.add(path.pop())

        for zone_id in edges:
            visit(zone_id)


def test_a_zone_that_loses_no_booth_keeps_its_id(month):
    for (_, labels, before, _), (_, later, after, _) in pairwise(month.history):
        now = after.of_booths(later)
        then = before.of_booths(labels)
        for zone_id in set(now) - {""}:
            whence = set(then[now == zone_id]) - {""}
            if len(whence) == 1:
                (parent,) = whence
                if set(now[then == parent]) == {zone_id}:
                    assert parent == zone_id
