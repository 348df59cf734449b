"""Outcome files, and testing files: what repeats, what contradicts itself, what ends nothing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.running import write
from zoning.errors import ColumnError, InputError
from zoning.model import OUTCOME_CODES
from zoning.readers.mapping import Mapping
from zoning.readers.outcomes import read_outcomes
from zoning.readers.tests import read_tests

TODAY = date(2020, 6, 1)


def outcomes(tmp_path, text, mapping=None):
    return read_outcomes(write(tmp_path / "o.csv", text), mapping or Mapping(), TODAY)


def told_tests(tmp_path, rows, mapping=None):
    text = "unit_id,on,tests,positives\n" + rows
    return read_tests(write(tmp_path / "t.csv", text), mapping or Mapping(), TODAY)


def found(account):
    return [(f.row, f.code, f.rejects) for f in account.findings]


def test_outcomes_come_by_case_with_their_day(tmp_path):
    text = "case_id,outcome,outcome_on\nP1,recovered,2020-05-18\nP2,Died,2020-05-19\n"
    told, account = outcomes(tmp_path, text)
    assert told.case_id.tolist() == ["P1", "P2"]
    assert told.outcome.tolist() == [OUTCOME_CODES["recovered"], OUTCOME_CODES["died"]]
    assert told.outcome_on.astype(str).tolist() == ["2020-05-18", "2020-05-19"]
    assert account.taken == 2


def test_a_retraction_needs_no_day_and_an_end_without_one_ends_nothing(tmp_path):
    text = "case_id,outcome\nP1,retracted\nP2,recovered\n"
    told, account = outcomes(tmp_path, text)
    assert told.outcome[0] == OUTCOME_CODES["retracted"]
    assert found(account) == [(2, "outcome_date_missing", False)]


def test_a_day_without_a_word_ends_the_case(tmp_path):
    told, _ = outcomes(tmp_path, "case_id,outcome_on\nP1,2020-05-18\n")
    assert told.outcome.tolist() == [OUTCOME_CODES["ended"]]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",recovered,2020-05-18", "case_id_missing"),
        ("P1,moved,2020-05-18", "outcome_unknown"),
        ("P1,recovered,18-05-2020", "outcome_date_invalid"),
        ("P1,recovered,2020-06-02", "outcome_date_invalid"),
        ("P1,recovered,1970-01-01", "outcome_date_invalid"),
        ("P1,,", "outcome_missing"),
    ],
)
def test_a_row_that_cannot_be_understood_is_rejected_and_the_case_stays(tmp_path, row, code):
    told, account = outcomes(tmp_path, f"case_id,outcome,outcome_on\n{row}\n")
    assert len(told) == 0
    assert found(account) == [(1, code, True)]


def test_two_ends_of_one_case_are_both_rejected_and_the_same_twice_counts_once(tmp_path):
    text = "case_id,outcome,outcome_on\n" + (
        "P1,recovered,2020-05-18\nP1,died,2020-05-19\nP2,died,2020-05-19\nP2,died,2020-05-19\n"
    )
    told, account = outcomes(tmp_path, text)
    assert told.case_id.tolist() == ["P2"]
    assert (account.read, account.taken, account.rejected) == (4, 1, 3)
    assert found(account) == [
        (1, "row_repeated", True),
        (2, "row_repeated", True),
        (4, "row_identical", True),
    ]


def test_an_outcome_file_has_to_say_whose_outcome_and_which(tmp_path):
    with pytest.raises(ColumnError, match="no column case_id"):
        outcomes(tmp_path, "outcome\ndied\n")
    with pytest.raises(InputError, match="neither outcome nor outcome_on"):
        outcomes(tmp_path, "case_id\nP1\n")
    mapping = Mapping(constants={"outcome": "retracted"})
    assert len(outcomes(tmp_path, "case_id\nP1\n", mapping)[0]) == 1


def test_a_unit_and_day_told_twice_alike_counts_once(tmp_path):
    told, account = told_tests(tmp_path, "1,2020-05-18,90,3\n1,2020-05-18,90,3\n2,2020-05-18,5,0\n")
    assert told.tests.tolist() == [90, 5]
    assert (account.taken, found(account)) == (2, [(2, "row_identical", True)])


def test_a_unit_and_day_told_twice_unlike_is_not_known(tmp_path):
    told, account = told_tests(tmp_path, "1,2020-05-18,90,3\n2,2020-05-18,5,0\n1,2020-05-18,95,3\n")
    assert told.row.tolist() == [2]
    assert found(account) == [(1, "row_repeated", True), (3, "row_repeated", True)]
    assert "1 on 2020-05-18" in account.findings[0].message


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("1,18-05-2020,9,1", "date_invalid"),
        ("1,29/4 20.23,9,1", "date_incomplete"),
        ("1,,9,1", "date_missing"),
        ("1,2020-06-02,9,1", "date_in_future"),
        (",2020-05-18,9,1", "unit_missing"),
        ("Total,2020-05-18,9,1", "row_sum"),
        ("1,2020-05-18,9,10", "positives_above_tests"),
        ("1,2020-05-18,,0", "tests_invalid"),
    ],
)
def test_a_testing_row_that_is_no_fact_is_rejected(tmp_path, row, code):
    told, account = told_tests(tmp_path, row + "\n")
    assert len(told) == 0
    assert (1, code, True) in found(account)


def test_a_day_without_tests_is_told_too(tmp_path):
    told, account = told_tests(tmp_path, "1,2020-05-18,0,0\n")
    assert (told.tests.tolist(), account.taken) == ([0], 1)
