"""De-notification and categories count alike, and what is missing never releases anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.register import ON, contacts, days, judged, memberships, rounds, samples, texts
from zoning.judgement.denotification import OrderedBooths, denotification
from zoning.judgement.policy import load_policy
from zoning.model import Cases
from zoning.surveillance.counts import CaseCube, count_cases

POLICY = load_policy("mohfw-2020-04-17")
CLEAR = judged({"b1": "Z"}, rounds(("b1", 1, 10, 10)))
BOOTHS = [f"b{n}" for n in range(5)]
STATUS = st.sampled_from(["open", "followed", "lost", "completed"])

agos = st.integers(0, 40)
areas = st.sampled_from([*BOOTHS, "Y", "Z", "nowhere"])
contact_rows = st.lists(
    st.tuples(
        st.sampled_from(["K1", "K2", "K3"]), areas, st.none() | agos, agos, STATUS,
        st.integers(0, 5),
    ),
    max_size=8,
)  # fmt: skip
sample_rows = st.lists(st.tuples(areas, agos, st.integers(2, 9), st.integers(0, 2)), max_size=6)
round_rows = st.lists(st.tuples(areas, agos, st.integers(9, 12), st.integers(0, 9)), max_size=8)
zonings = st.lists(st.sampled_from(["Z", "Y", ""]), min_size=5, max_size=5)


def cube_of(case_agos: list[int], n_days: int) -> CaseCube:
    n = len(case_agos)
    cases = Cases(
        row=np.arange(1, n + 1),
        confirmed_on=days(*case_agos),
        count=np.ones(n, dtype=np.int64),
        outcome=np.zeros(n, dtype=np.int8),
        outcome_on=days(*[None] * n),
        is_imported=np.zeros(n, dtype=bool),
        is_institutional=np.zeros(n, dtype=bool),
    )
    first = np.datetime64(ON, "D") - np.timedelta64(n_days - 1, "D")
    return count_cases(cases, np.zeros(n, dtype=np.int32), 1, first, n_days)


@given(st.lists(st.integers(0, 90), min_size=1, max_size=6), st.integers(1, 60))
def test_a_count_is_reached_on_the_first_day_on_which_the_policy_holds_no_case(case_agos, n):
    policy = replace(POLICY, confirmed_within_days=n)
    rule = replace(POLICY.denotification, days_without_case=n)
    is_affected = policy.affecting(cube_of(case_agos, policy.history_days))[0] > 0
    booth = OrderedBooths(days(min(case_agos)), days(0), days(90), texts("Z"))
    assert denotification(ON, booth, CLEAR, rule).is_count_reached[0] == (not is_affected)


@given(
    st.lists(st.tuples(st.none() | agos, st.none() | agos, agos), min_size=1, max_size=6),
    st.data(),
)
def test_what_is_due_is_clear_reached_and_reported(rows, data):
    last, through, since = zip(*rows, strict=True)
    zone = data.draw(st.lists(st.sampled_from("YZ"), min_size=len(rows), max_size=len(rows)))
    of = {f"b{n}": label for n, label in enumerate(zone)}
    told = (
        rounds(*data.draw(round_rows)),
        contacts(*data.draw(contact_rows)),
        samples(*data.draw(sample_rows)),
    )
    register = judged(of, *told)
    booths = OrderedBooths(days(*last), days(*through), days(*since), texts(*zone))
    got = denotification(ON, booths, register, POLICY.denotification)
    assert not (got.is_due & (got.blocks.is_any | np.isnan(got.days_without_case))).any()
    assert not (got.is_due & got.is_blocked).any()
    assert (got.due_on >= booths.since).all()
    assert (got.is_due <= (got.days_without_case >= 28)).all()
    assert (got.is_escalated <= got.is_blocked).all()
    assert (got.is_overdue <= got.is_due).all()
    # A feed that falls behind never releases a booth.
    behind = replace(booths, reported_through=booths.reported_through - 1)
    assert (denotification(ON, behind, register, POLICY.denotification).is_due <= got.is_due).all()


@given(st.integers(0, 60), st.integers(0, 10), st.integers(1, 40))
def test_judging_day_by_day_a_release_stays_due_until_a_case_or_a_block(last, through, more):
    booth = OrderedBooths(days(last), days(-through - more), days(60), texts("Z"))
    of = {"b1": "Z"}
    seen = rounds(*(("b1", -n, 10, 10) for n in range(more + 1)))
    memory = {}
    was_due = False
    for n in range(more + 1):
        on = ON + timedelta(days=n)
        got = denotification(on, booth, judged(of, seen, on=on), POLICY.denotification, **memory)
        assert got.is_due[0] >= was_due
        was_due = bool(got.is_due[0])
        memory = {"blocked_since": got.blocked_since, "due_since": got.due_since}
        if was_due:
            assert got.due_since[0] == got.due_on[0]


@given(round_rows, contact_rows, sample_rows, zonings)
def test_merging_zones_never_opens_a_way_out_that_was_shut(round_list, contact_list, taken, zone):
    was = memberships(("Y", "b0", 50, None), ("Z", "b1", 50, 10), ("Z", "b2", 30, None))
    told = (rounds(*round_list), contacts(*contact_list), samples(*taken), was)
    apart = judged(dict(zip(BOOTHS, zone, strict=True)), *told)
    merged = judged({b: z and "Z" for b, z in zip(BOOTHS, zone, strict=True)}, *told)
    if not len(apart.zone_id):
        return
    least = apart.house_round_percent.min()
    assert np.array_equal(merged.house_round_percent[0], least, equal_nan=True)
    assert merged.open_contacts[0] >= apart.open_contacts.max()
    assert merged.pending_samples[0] >= apart.pending_samples.max()
    # A row that speaks of both counts once in the whole.
    assert merged.open_contacts[0] <= apart.open_contacts.sum()


@given(round_rows, sample_rows, zonings, st.randoms(use_true_random=False))
def test_the_order_of_the_booths_never_matters(round_list, taken, zone, random):
    of = dict(zip(BOOTHS, zone, strict=True))
    turned = dict(random.sample(list(of.items()), len(of)))
    was = memberships(("Y", "b0", 50, None), ("Z", "b1", 50, 10))
    a, b = (judged(x, rounds(*round_list), samples(*taken), was) for x in (of, turned))
    assert np.array_equal(a.house_round_percent, b.house_round_percent, equal_nan=True)
    assert a.pending_samples.tolist() == b.pending_samples.tolist()
    assert a.unplaced_rounds.tolist() == b.unplaced_rounds.tolist()
