"""The default rule, clause by clause, on both sides of every cut."""

from __future__ import annotations

import numpy as np
import pytest

from tests.builders import cases_of, samples_of, table_units
from tests.judging import judge, zone_of
from zoning.surveillance.indicators import doubling_days

A_LAKH = 100_000.0


def steady(unit: str, n: int, ago: int = 8) -> list[dict[str, object]]:
    """Active cases that neither grow nor surge within the last week."""
    return [{"unit": unit, "ago": ago, "count": n}]


def parameter(result, name, at=0):
    p = result.parameters[name]
    return float(p.value[at]), str(p.class_[at]), bool(p.counts[at])


@pytest.mark.parametrize(
    ("active", "people", "expected", "counts"),
    [
        (15, A_LAKH, "intermediate", False),
        (16, A_LAKH, "critical", True),
        (1, 6_000.0, "critical", False),
        (2, 6_000.0, "critical", False),
        (3, 6_000.0, "critical", True),
        (3, 20_001.0, "intermediate", False),
        (0, A_LAKH, "desirable", False),
    ],
)
def test_burden_is_critical_strictly_above_15_per_lakh_and_counts_from_3_active(
    active, people, expected, counts
):
    units = table_units({"1": people})
    result = judge(units, cases_of([*steady("1", active), {"unit": "1", "ago": 30}]))
    _, class_, counted = parameter(result, "active_per_lakh")
    assert (class_, counted) == (expected, counts)


def test_a_value_on_the_cut_of_60_per_lakh_is_not_red_by_itself_and_above_it_is():
    units = table_units({"on": A_LAKH, "above": A_LAKH})
    result = judge(units, cases_of([*steady("on", 60), *steady("above", 61)]))
    assert zone_of(result, "on") == "orange"
    assert zone_of(result, "above") == "red"


def test_61_per_lakh_from_fewer_than_3_active_is_not_red():
    units = table_units({"1": 3_000.0})
    assert zone_of(judge(units, cases_of(steady("1", 2))), "1") == "orange"


@pytest.mark.parametrize(
    ("base", "now", "days"),
    [(100.0, 141.4214, 14.00), (100.0, 118.9207, 28.00), (10.0, 10.0, np.inf)],
)
def test_doubling_time_of_the_published_vectors(base, now, days):
    value, _ = doubling_days(np.array([base]), np.array([now]), 7, 5)
    assert np.round(value[0], 2) == days


def test_a_doubling_time_shown_as_14_00_is_not_below_14_and_28_00_not_above_28():
    from zoning.judgement.parameters import passes
    from zoning.rules.rulebook import load_rule

    rule = next(p for p in load_rule("mohfw-2020-05-17").parameters if p.name == "doubling_days")
    value, _ = doubling_days(np.array([100.0, 100.0]), np.array([141.4214, 118.9207]), 7, 5)
    shown = np.round(value, rule.decimals)
    assert not passes(shown, rule.critical)[0]
    assert not passes(shown, rule.desirable)[1]


@pytest.mark.parametrize(
    ("before", "new", "state", "class_"),
    [
        (0, 3, "new_emergence", "insufficient"),
        (4, 4, "insufficient", "insufficient"),
        (5, 4, "computed", "critical"),
        (10, 0, "infinite", "desirable"),
        (10, 3, "computed", "intermediate"),
    ],
)
def test_doubling_from_fewer_than_5_cases_is_insufficient(before, new, state, class_):
    rows = [{"unit": "1", "ago": 9, "count": before}, {"unit": "1", "ago": 3, "count": new}]
    result = judge(table_units({"1": 1e7}), cases_of(rows))
    assert result.doubling_state[0] == state
    assert result.parameters["doubling_days"].class_[0] == class_


@pytest.mark.parametrize(
    ("base_before", "week_before", "new", "surges"),
    [
        (4, 0, 36, True),
        (4, 0, 4, False),
        (4, 0, 5, True),
        (490, 10, 55, True),
        (490, 10, 20, True),
        (490, 10, 19, False),
        (490, 30, 55, False),
    ],
)
def test_a_surge_is_five_new_cases_and_a_low_base_or_twice_the_week_before(
    base_before, week_before, new, surges
):
    rows = [
        {"unit": "1", "ago": 20, "count": base_before},
        {"unit": "1", "ago": 8, "count": week_before},
        {"unit": "1", "ago": 1, "count": new},
    ]
    assert bool(judge(table_units({"1": 1e7}), cases_of(rows)).surge[0]) is surges


def test_surge_and_doubling_together_count_once():
    rows = [{"unit": "1", "ago": 9, "count": 10}, {"unit": "1", "ago": 1, "count": 40}]
    result = judge(table_units({"1": 1e7}), cases_of(rows))
    assert result.surge[0]
    assert parameter(result, "doubling_days")[1:] == ("critical", True)
    assert zone_of(result, "1") == "orange"


def test_burden_and_growth_together_are_red():
    rows = [{"unit": "1", "ago": 9, "count": 10}, {"unit": "1", "ago": 1, "count": 12}]
    result = judge(table_units({"1": A_LAKH}), cases_of(rows))
    assert zone_of(result, "1") == "red"
    assert "active per lakh (critical above 15)" in result.explanation[0]
    assert "doubling in" in result.explanation[0]


@pytest.mark.parametrize(("confirmed", "counts"), [(49, False), (50, True)])
def test_case_fatality_counts_from_50_confirmed(confirmed, counts):
    rows = [
        {"unit": "1", "ago": 40, "count": confirmed - 10, "outcome": "recovered", "outcome_ago": 9},
        {"unit": "1", "ago": 40, "count": 10, "outcome": "died", "outcome_ago": 9},
    ]
    _, class_, counted = parameter(judge(table_units({"1": 1e6}), cases_of(rows)), "cfr_percent")
    assert (class_, counted) == ("critical", counts)


@pytest.mark.parametrize(
    ("died", "class_"),
    [(6, "intermediate"), (7, "critical"), (1, "intermediate"), (0, "desirable")],
)
def test_case_fatality_cuts_are_strict(died, class_):
    rows = [
        {"unit": "1", "ago": 40, "count": 100 - died, "outcome": "recovered", "outcome_ago": 9},
        {"unit": "1", "ago": 40, "count": died, "outcome": "died", "outcome_ago": 9},
    ]
    result = judge(table_units({"1": 1e6}), cases_of(rows))
    assert parameter(result, "cfr_percent")[1] == class_


@pytest.mark.parametrize(
    ("tests", "class_"),
    [(64, "critical"), (65, "intermediate"), (200, "intermediate"), (201, "desirable")],
)
def test_tests_per_lakh_cuts_are_strict(tests, class_):
    result = judge(
        table_units({"1": A_LAKH}), cases_of(steady("1", 1)), samples_of([("1", 2, tests, 0)])
    )
    assert parameter(result, "tests_per_lakh")[1] == class_


@pytest.mark.parametrize(
    ("positives", "samples", "class_", "counts"),
    [
        (60, 1_000, "intermediate", False),
        (61, 1_000, "critical", False),
        (80, 1_000, "critical", True),
        (1, 10, "critical", False),
        (19, 1_000, "desirable", False),
        (20, 1_000, "intermediate", False),
    ],
)
def test_positivity_counts_only_if_the_lower_wilson_bound_exceeds_6_percent(
    positives, samples, class_, counts
):
    result = judge(
        table_units({"1": 1e6}),
        cases_of(steady("1", 1)),
        samples_of([("1", 2, samples, positives)]),
    )
    assert parameter(result, "positivity_percent")[1:] == (class_, counts)


def test_two_criticals_that_are_neither_burden_nor_growth_stay_orange():
    rows = [
        {"unit": "1", "ago": 40, "count": 90, "outcome": "recovered", "outcome_ago": 20},
        {"unit": "1", "ago": 40, "count": 10, "outcome": "died", "outcome_ago": 20},
        {"unit": "1", "ago": 10},
    ]
    result = judge(table_units({"1": 1e6}), cases_of(rows), samples_of([("1", 2, 10, 0)]))
    assert parameter(result, "cfr_percent")[2]
    assert parameter(result, "tests_per_lakh")[2]
    assert zone_of(result, "1") == "orange"


@pytest.mark.parametrize(("level", "counts"), [("ward", False), ("district", True)])
def test_200_active_counts_from_district_level_only(level, counts):
    units = table_units({"1": 1e8}, level)
    result = judge(units, cases_of(steady("1", 201)))
    assert bool(result.parameters["active_total"].counts[0]) is counts


@pytest.mark.parametrize(("ago", "zone"), [(20, "orange"), (21, "green")])
def test_day_20_without_a_case_fails_green_and_day_21_passes(ago, zone):
    rows = [{"unit": "1", "ago": ago, "outcome": "recovered", "outcome_ago": 1}]
    assert zone_of(judge(table_units({"1": A_LAKH}), cases_of(rows)), "1") == zone


def test_a_unit_that_never_had_a_case_is_green():
    units = table_units({"1": A_LAKH, "2": A_LAKH})
    assert zone_of(judge(units, cases_of(steady("1", 1))), "2") == "green"


@pytest.mark.parametrize(("ago", "active"), [(9, 1), (10, 0)])
def test_without_outcomes_a_case_is_active_for_10_days(ago, active):
    result = judge(table_units({"1": A_LAKH}), cases_of([{"unit": "1", "ago": ago}]))
    assert result.active[0] == active


@pytest.mark.parametrize(("ago", "active"), [(27, 1), (28, 0)])
def test_where_outcomes_are_recorded_a_case_without_one_is_active_for_28_days(ago, active):
    rows = [
        {"unit": "1", "ago": ago},
        {"unit": "2", "ago": 40, "outcome": "recovered", "outcome_ago": 20},
    ]
    result = judge(table_units({"1": A_LAKH, "2": A_LAKH}), cases_of(rows))
    assert result.active[0] == active


@pytest.mark.parametrize(("outcome_ago", "active"), [(0, 0), (-1, 1), (5, 0)])
def test_a_case_is_active_until_the_day_of_its_outcome(outcome_ago, active):
    rows = [{"unit": "1", "ago": 12, "outcome": "recovered", "outcome_ago": outcome_ago}]
    assert judge(table_units({"1": A_LAKH}), cases_of(rows)).active[0] == active


def test_an_outcome_without_a_date_is_as_if_there_were_none():
    rows = [{"unit": "1", "ago": 12, "outcome": "died"}]
    result = judge(table_units({"1": A_LAKH}), cases_of(rows))
    assert result.active[0] == 0
    assert result.parameters["cfr_percent"].class_[0] == "not_supplied"
    assert np.isnan(result.parameters["cfr_percent"].value[0]), "unknown is not zero"


@pytest.mark.parametrize(("ago", "overdue"), [(10, False), (11, True)])
def test_an_outcome_is_overdue_after_10_days(ago, overdue):
    rows = [
        {"unit": "1", "ago": ago},
        {"unit": "2", "ago": 40, "outcome": "recovered", "outcome_ago": 20},
    ]
    flags = judge(table_units({"1": A_LAKH, "2": A_LAKH}), cases_of(rows)).flags[0]
    assert ("outcome_overdue" in flags) is overdue


@pytest.mark.parametrize(("reported_ago", "zone"), [(3, "green"), (4, "unclassified")])
def test_a_feed_silent_for_more_than_3_days_leaves_every_unit_unclassified(reported_ago, zone):
    units = table_units({"1": A_LAKH})
    result = judge(units, cases_of([{"unit": "1", "ago": 60}]), reported_ago=reported_ago)
    assert zone_of(result, "1") == zone


def test_an_active_case_without_known_population_is_unclassified_and_says_so():
    result = judge(table_units({"1": np.nan}), cases_of(steady("1", 1)))
    assert zone_of(result, "1") == "unclassified"
    assert "population is unknown" in result.explanation[0]


def test_cases_in_institutional_quarantine_are_counted_apart_and_colour_nothing():
    rows = [{"unit": "1", "ago": 2, "count": 500, "institutional": True}]
    result = judge(table_units({"1": A_LAKH}), cases_of(rows))
    assert zone_of(result, "1") == "green"
    assert result.confirmed_total[0] == 0
    assert "institutional_cases" in result.flags[0]


def test_imported_cases_colour_the_unit_of_residence():
    rows = [{"unit": "1", "ago": 2, "count": 500, "imported": True}]
    assert zone_of(judge(table_units({"1": A_LAKH}), cases_of(rows)), "1") == "red"


def test_a_missing_figure_counts_as_critical_in_the_worst_zone_only():
    units = table_units({"1": A_LAKH, "2": A_LAKH})
    cases = cases_of([*steady("1", 20), *steady("2", 20)])
    result = judge(units, cases, samples_of([("2", 1, 10_000, 100)]))
    assert (result.zone[0], result.zone_worst[0]) == ("orange", "red")
    assert (result.zone[1], result.zone_worst[1]) == ("orange", "orange")


def test_a_feed_that_does_not_exist_is_not_supplied_and_worsens_nothing():
    result = judge(table_units({"1": A_LAKH}), cases_of(steady("1", 20)))
    assert result.parameters["positivity_percent"].class_[0] == "not_supplied"
    assert result.zone_worst[0] == "orange"


@pytest.mark.parametrize(
    ("case_ago", "test_ago", "flagged"),
    [(30, 22, True), (30, 21, False), (42, 22, True), (43, 22, False)],
)
def test_green_on_no_tests_is_flagged(case_ago, test_ago, flagged):
    rows = [{"unit": "1", "ago": case_ago, "outcome": "recovered", "outcome_ago": 20}]
    result = judge(
        table_units({"1": A_LAKH}), cases_of(rows), samples_of([("1", test_ago, 900, 1)])
    )
    assert zone_of(result, "1") == "green"
    assert ("green_on_no_tests" in result.flags[0]) is flagged


def test_a_row_after_the_day_judged_has_no_effect():
    rows = [{"unit": "1", "ago": -1, "count": 900}]
    result = judge(table_units({"1": A_LAKH}), cases_of(rows), reported_ago=-1)
    assert result.confirmed_total[0] == 0
    assert zone_of(result, "1") == "green"
