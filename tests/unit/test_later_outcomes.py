"""Outcomes that come after their cases, by id."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import cases_of
from zoning.model import OUTCOME_CODES, Cases, Outcomes
from zoning.surveillance.counts import count_cases
from zoning.surveillance.outcomes import with_outcomes

DIED, RECOVERED, RETRACTED = (OUTCOME_CODES[k] for k in ("died", "recovered", "retracted"))
DAY = np.datetime64("2020-05-18", "D")


def cases_named(*ids: str, outcome: int = 0) -> Cases:
    cases = cases_of([{"unit": "1", "ago": 20} for _ in ids])
    codes = np.full(len(ids), outcome, dtype=np.int8)
    return replace(cases, case_id=np.array(ids, dtype=object), outcome=codes)


def told(*rows: tuple[str, int]) -> Outcomes:
    return Outcomes(
        row=np.arange(1, len(rows) + 1),
        case_id=np.array([case for case, _ in rows], dtype=object),
        outcome=np.array([outcome for _, outcome in rows], dtype=np.int8),
        outcome_on=np.full(len(rows), DAY),
    )


def imports(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


def test_an_outcome_ends_the_case_it_names_and_no_other():
    outcomes = told(("B", DIED))
    cases, known = with_outcomes(cases_named("A", "B"), outcomes, imports(0, 0), imports(1))
    assert cases.outcome.tolist() == [0, DIED]
    assert np.isnat(cases.outcome_on[0])
    assert cases.outcome_on[1] == DAY
    assert known.tolist() == [True]


def test_an_outcome_whose_case_is_not_known_waits():
    outcomes = told(("Z", DIED), ("A", DIED))
    _, known = with_outcomes(cases_named("A"), outcomes, imports(0), imports(1, 1))
    assert known.tolist() == [False, True]


def test_the_outcome_told_last_holds():
    outcomes = told(("A", RECOVERED), ("A", DIED))
    for order, expected in (((1, 2), DIED), ((2, 1), RECOVERED)):
        cases, _ = with_outcomes(cases_named("A"), outcomes, imports(0), imports(*order))
        assert cases.outcome.tolist() == [expected]


def test_a_case_told_later_with_an_outcome_of_its_own_keeps_it():
    cases = cases_named("A", outcome=DIED)
    later, _ = with_outcomes(cases, told(("A", RECOVERED)), imports(5), imports(1))
    assert later.outcome.tolist() == [DIED]
    earlier, _ = with_outcomes(cases, told(("A", RECOVERED)), imports(1), imports(5))
    assert earlier.outcome.tolist() == [RECOVERED]


def test_a_case_told_again_without_an_outcome_stays_ended():
    cases, _ = with_outcomes(cases_named("A"), told(("A", DIED)), imports(5), imports(1))
    assert cases.outcome.tolist() == [DIED]


def test_cases_without_ids_stay_as_they_are():
    cases = cases_of([{"unit": "1", "ago": 2}])
    same, known = with_outcomes(cases, told(("A", DIED)), imports(0), imports(1))
    assert same is cases
    assert known.tolist() == [False]


@given(st.lists(st.sampled_from("ABCDE"), max_size=8), st.sets(st.sampled_from("ABCDEF")))
def test_a_retraction_takes_away_just_the_cases_it_names(ids, retracted):
    outcomes = told(*((case, RETRACTED) for case in sorted(retracted)))
    newest = np.ones(len(outcomes), dtype=np.int64)
    zeros = np.zeros(len(ids), dtype=np.int64)
    cases, _ = with_outcomes(cases_named(*ids), outcomes, zeros, newest)
    index = np.zeros(len(ids), dtype=np.int32)
    cube = count_cases(cases, index, 1, DAY - 59, 60)
    assert int(cube.confirmed.sum()) == sum(case not in retracted for case in ids)
