"""Series of totals and changes against a plain loop, and what must hold whatever was told."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import coded
from zoning.model import OUTCOME_CODES, Cases
from zoning.surveillance.series import as_events

FIRST = np.datetime64("2020-05-01", "D")
RETRACTED = OUTCOME_CODES["retracted"]

units = st.sampled_from(["1", "2", "3"])
ago = st.integers(0, 12)
totals = st.dictionaries(st.tuples(units, ago), st.integers(0, 30), min_size=1, max_size=25)
changes = st.lists(st.tuples(units, ago, st.integers(-6, 9)), min_size=1, max_size=30)


def rows_of(told, outcome=None) -> Cases:
    """Build rows from (unit, day, count)."""
    n = len(told)
    return Cases(
        row=np.arange(1, n + 1),
        confirmed_on=np.array([FIRST + day for _, day, _ in told], dtype="datetime64[D]"),
        count=np.array([count for _, _, count in told], dtype=np.int64),
        outcome=np.zeros(n, dtype=np.int8) if outcome is None else outcome,
        outcome_on=np.full(n, np.datetime64("NaT"), dtype="datetime64[D]"),
        is_imported=np.zeros(n, dtype=bool),
        is_institutional=np.zeros(n, dtype=bool),
        unit_id=coded([unit for unit, _, _ in told]),
    )


def flat(told):
    return [(unit, day, count) for (unit, day), count in told.items()]


def by_day(cases: Cases) -> dict[tuple[str, int], int]:
    """Cases by unit and day, days without any left out."""
    found: dict[tuple[str, int], int] = defaultdict(int)
    for code, day, count, outcome in zip(
        cases.unit_id.codes, cases.confirmed_on, cases.count, cases.outcome, strict=True
    ):
        if count and outcome != RETRACTED:
            found[cases.unit_id.values[code], int((day - FIRST).astype(int))] += int(count)
    return dict(found)


def events(told, series, newest=None):
    cases = rows_of(told)
    zeros = np.zeros(len(cases), dtype=np.int64)
    return as_events(cases, series, zeros if newest is None else np.array(newest))


def by_unit(told) -> dict[str, int]:
    total: dict[str, int] = defaultdict(int)
    for (unit, _), count in told.items():
        total[unit] += count
    return dict(total)


def plain_stack(told):
    """Take back from the newest day, one case after the other: (unit, day) to cases, and misses."""
    left: dict[tuple[str, int], int] = defaultdict(int)
    missed = 0
    for unit, day, count in sorted(told, key=lambda row: (row[1], -row[2])):
        if count >= 0:
            left[unit, day] += count
            continue
        for _ in range(-count):
            days = [d for (u, d), n in left.items() if u == unit and d <= day and n]
            if days:
                left[unit, max(days)] -= 1
            else:
                missed += 1
    return {key: n for key, n in left.items() if n}, missed


def differences(told):
    """Running totals as changes from one day told to the next."""
    rows = []
    for unit in {unit for unit, _ in told}:
        before = 0
        for day in sorted(day for u, day in told if u == unit):
            rows.append((unit, day, told[unit, day] - before))
            before = told[unit, day]
    return rows


@given(totals)
def test_a_running_total_gives_what_a_stack_of_cases_gives(told):
    cases, _ = events(flat(told), "cumulative")
    assert by_day(cases) == plain_stack(differences(told))[0]


@given(totals)
def test_the_cases_of_a_unit_add_up_to_the_total_told_last(told):
    cases, _ = events(flat(told), "cumulative")
    last = {unit: told[unit, max(d for u, d in told if u == unit)] for unit, _ in told}
    assert by_unit(by_day(cases)) == {unit: n for unit, n in last.items() if n}


@given(totals)
def test_a_total_that_never_falls_gives_the_plain_differences(told):
    rising, sums = {}, defaultdict(int)
    for (unit, day), more in sorted(told.items(), key=lambda item: item[0][1]):
        sums[unit] += more
        rising[unit, day] = sums[unit]
    cases, notes = events(flat(rising), "cumulative")
    assert by_day(cases) == {key: n for key, n in told.items() if n}
    assert "total_fell" not in notes.code


@given(totals)
def test_every_fall_is_noted_with_its_unit_day_and_size(told):
    _, notes = events(flat(told), "cumulative")
    fell = notes.code == "total_fell"
    noted = {
        (place, int((on - FIRST).astype(int)), int(n))
        for place, on, n in zip(notes.place[fell], notes.on[fell], notes.count[fell], strict=True)
    }
    assert noted == {(unit, day, -n) for unit, day, n in differences(told) if n < 0}


@given(totals, st.sampled_from(["daily", "cumulative"]), st.randoms(use_true_random=False))
def test_parts_of_a_file_give_what_the_whole_gives_however_they_overlap(told, series, random):
    whole, _ = events(flat(told), series)
    parts, newest = [], []
    for number in range(3):
        part = [row for row in flat(told) if random.random() < 0.6]
        parts += part
        newest += [number] * len(part)
    rest = [row for row in flat(told) if row not in parts]
    several, _ = events(parts + rest, series, newest + [random.randint(0, 5)] * len(rest))
    assert by_day(several) == by_day(whole)


@given(totals, totals, st.sampled_from(["daily", "cumulative"]))
def test_what_a_later_import_tells_again_replaces_what_was_told(before, after, series):
    newest = [0] * len(before) + [1] * len(after)
    both, _ = events(flat(before) + flat(after), series, newest)
    whole, _ = events(flat(before | after), series)
    assert by_day(both) == by_day(whole)


@given(
    st.one_of(changes, totals.map(flat)),
    st.sampled_from(["daily", "cumulative", "changes"]),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_never_matters(told, series, random):
    if series != "changes":
        told = [(unit, day, abs(count)) for unit, day, count in told]
    newest = [random.randint(0, 2) for _ in told]
    order = list(range(len(told)))
    random.shuffle(order)
    one, notes = events(told, series, newest)
    other, same = events([told[i] for i in order], series, [newest[i] for i in order])
    assert by_day(one) == by_day(other)
    assert sorted(zip(notes.code, notes.place, notes.count, strict=True)) == sorted(
        zip(same.code, same.place, same.count, strict=True)
    )


@given(changes)
def test_changes_give_what_a_stack_of_cases_gives_and_nothing_is_lost(told):
    cases, notes = events(told, "changes")
    left, missed = plain_stack(told)
    assert by_day(cases) == left
    assert int(notes.count[notes.code == "nothing_to_take_back"].sum()) == missed
    assert int(cases.count.sum()) == sum(count for _, _, count in told) + missed


@given(changes, st.integers(0, 29))
def test_a_row_taken_back_never_leaves_a_unit_with_more_cases(told, at):
    at %= len(told)
    outcome = np.zeros(len(told), dtype=np.int8)
    outcome[at] = RETRACTED
    told = [(unit, day, abs(n) if i == at else n) for i, (unit, day, n) in enumerate(told)]
    before, _ = events(told, "changes")
    zeros = np.zeros(len(told), dtype=np.int64)
    after, _ = as_events(rows_of(told, outcome), "changes", zeros)
    had = by_unit(by_day(before))
    assert all(n <= had.get(unit, 0) for unit, n in by_unit(by_day(after)).items())


@given(changes, units, ago, st.integers(1, 9))
def test_one_more_row_below_zero_never_leaves_a_unit_with_more_cases(told, unit, day, n):
    before = by_unit(by_day(events(told, "changes")[0]))
    after = by_unit(by_day(events([*told, (unit, day, -n)], "changes")[0]))
    assert all(after.get(u, 0) <= before.get(u, 0) for u in {*before, *after})


@given(changes, st.sampled_from(["daily", "cumulative", "changes"]))
def test_no_day_is_lost_and_no_count_is_below_zero(told, series):
    if series != "changes":
        told = [(unit, day, abs(count)) for unit, day, count in told]
    cases, _ = events(told, series)
    assert (cases.count >= 0).all()
    assert set(cases.confirmed_on) == {FIRST + day for _, day, _ in told}
