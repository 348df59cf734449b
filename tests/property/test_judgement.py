"""What must hold for any cases whatever."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ON, cases_of, samples_of, table_units
from tests.judging import DAY, cube_of, judge
from zoning.judgement.classify import classify
from zoning.model import Cases
from zoning.rules.rulebook import load_rule
from zoning.surveillance.indicators import measure

STRICTNESS = {"green": 0, "orange": 1, "red": 2}
UNITS = ["1", "2", "3"]

rows = st.lists(
    st.fixed_dictionaries(
        {
            "unit": st.sampled_from([*UNITS, "", "9"]),
            "ago": st.integers(-3, 70),
            "count": st.integers(0, 40),
            "outcome": st.sampled_from(["", "recovered", "died"]),
            "outcome_ago": st.one_of(st.none(), st.integers(-3, 70)),
            "institutional": st.booleans(),
        }
    ),
    min_size=1,
    max_size=40,
)
samples = st.lists(
    st.tuples(st.sampled_from(UNITS), st.integers(0, 40), st.integers(10, 500), st.integers(0, 10)),
    max_size=12,
)
populations = st.lists(
    st.one_of(st.just(float("nan")), st.integers(100, 200_000).map(float)),
    min_size=3,
    max_size=3,
)


def units_of(people):
    return table_units(dict(zip(UNITS, people, strict=True)))


def same(a, b) -> bool:
    return (
        a.zone.tolist() == b.zone.tolist()
        and a.zone_worst.tolist() == b.zone_worst.tolist()
        and a.explanation.tolist() == b.explanation.tolist()
        and a.flags == b.flags
    )


@given(rows, samples, populations, st.randoms(use_true_random=False))
def test_row_order_never_matters(case_rows, sample_rows, people, random):
    units = units_of(people)
    before = judge(units, cases_of(case_rows), samples_of(sample_rows))
    random.shuffle(case_rows)
    random.shuffle(sample_rows)
    assert same(before, judge(units, cases_of(case_rows), samples_of(sample_rows)))


@given(rows, populations, st.integers(0, 40))
def test_splitting_a_file_never_matters(case_rows, people, cut):
    units, rule = units_of(people), load_rule("mohfw-2020-05-17")
    whole = cube_of(cases_of(case_rows), units, rule)
    parts = [part for part in (case_rows[:cut], case_rows[cut:]) if part]
    cubes = [cube_of(cases_of(part), units, rule) for part in parts]
    joined = cubes[0] if len(cubes) == 1 else cubes[0] + cubes[1]
    through = np.datetime64(ON)
    results = [
        classify(units, measure(units, cube, None, rule), rule, DAY, through)
        for cube in (whole, joined)
    ]
    assert same(*results)


@given(rows, samples, populations, st.integers(0, 2))
def test_taking_a_units_samples_away_never_helps(case_rows, sample_rows, people, unit):
    units = units_of(people)
    kept = [row for row in sample_rows if row[0] != UNITS[unit]]
    if not kept:
        return
    with_samples = judge(units, cases_of(case_rows), samples_of(sample_rows))
    without = judge(units, cases_of(case_rows), samples_of(kept))
    before, after = with_samples.zone_worst[unit], without.zone_worst[unit]
    if before in STRICTNESS and after in STRICTNESS:
        assert STRICTNESS[after] >= STRICTNESS[before]


@given(rows, populations, st.integers(0, 2))
def test_taking_a_units_population_away_never_makes_it_milder(case_rows, people, unit):
    units = units_of(people)
    blind = list(people)
    blind[unit] = float("nan")
    before = judge(units, cases_of(case_rows)).zone[unit]
    after = judge(units_of(blind), cases_of(case_rows))
    if after.zone[unit] in STRICTNESS and before in STRICTNESS:
        assert STRICTNESS[after.zone_worst[unit]] >= STRICTNESS[before]


@given(rows, samples, populations, st.integers(4, 30))
def test_an_unknown_unit_is_never_green(case_rows, sample_rows, people, silent_for):
    units = units_of(people)
    result = judge(units, cases_of(case_rows), samples_of(sample_rows), reported_ago=silent_for)
    assert set(result.zone) == {"unclassified"}
    assert set(result.zone_worst) == {"unclassified"}


@given(rows, samples, populations)
def test_the_worst_zone_is_never_milder_than_the_zone(case_rows, sample_rows, people):
    result = judge(units_of(people), cases_of(case_rows), samples_of(sample_rows))
    for zone, worst in zip(result.zone, result.zone_worst, strict=True):
        if zone in STRICTNESS:
            assert STRICTNESS[worst] >= STRICTNESS[zone]


@given(rows, populations)
def test_a_green_unit_has_no_active_case(case_rows, people):
    result = judge(units_of(people), cases_of(case_rows))
    assert all(result.active[result.zone == "green"] == 0)


@given(rows)
def test_every_located_case_is_counted_once(case_rows):
    cases: Cases = cases_of([row for row in case_rows if row["ago"] >= 0] or [{"ago": 1}])
    units = units_of([1e4, 1e4, 1e4])
    result = judge(units, cases)
    located = [
        int(row.get("count", 1))
        for row in case_rows
        if row["ago"] >= 0 and row["unit"] in UNITS and not row["institutional"]
    ]
    assert result.confirmed_total.sum() == sum(located)
