"""Totals and changes as cases: what is told apart, what is noted, what the cube makes of it."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import numpy as np
import pytest

from tests.builders import coded
from tests.property.test_series import FIRST, by_day, events, rows_of
from tests.running import UNITS_CSV, classify, write
from zoning.model import OUTCOME_CODES
from zoning.surveillance.series import as_events, large_first_total

ZEROS = np.zeros(2, dtype=np.int64)


def notes_of(notes):
    return [
        (str(c), str(p), int((d - FIRST).astype(int)), int(n))
        for c, p, d, n in zip(notes.code, notes.place, notes.on, notes.count, strict=True)
    ]


def test_cases_one_by_one_pass_untouched():
    cases = rows_of([("1", 0, 3)])
    assert as_events(cases, "events", ZEROS[:1])[0] is cases
    assert as_events(cases, "", ZEROS[:1])[0] is cases


def test_a_falling_total_takes_back_the_newest_cases_first():
    told = [("1", 0, 4), ("1", 1, 6), ("1", 2, 9), ("1", 3, 5), ("1", 4, 6)]
    cases, notes = events(told, "cumulative")
    assert by_day(cases) == {("1", 0): 4, ("1", 1): 1, ("1", 4): 1}
    assert notes_of(notes) == [("total_fell", "1", 3, 4)]
    assert notes.findings()[0].row == 4
    assert "the total of 1 fell by 4 on 2020-05-04" in notes.findings()[0].message


@pytest.mark.parametrize(("first", "noted"), [(-1, False), (0, True)])
def test_a_large_first_total_is_told_as_a_history_that_is_not_known(first, noted):
    n = large_first_total() + first
    cases, notes = events([("1", 0, n), ("1", 1, n)], "cumulative")
    assert by_day(cases) == {("1", 0): n}
    assert (notes_of(notes) == [("history_unknown", "1", 0, n)]) is noted


def test_a_later_file_corrects_the_total_of_a_day_and_is_noted():
    cases, notes = events([("1", 0, 4), ("1", 0, 7), ("2", 0, 1)], "daily", [0, 1, 1])
    assert by_day(cases) == {("1", 0): 7, ("2", 0): 1}
    assert notes_of(notes) == [("total_corrected", "1", 0, 3)]


def test_totals_of_one_file_that_contradict_each_other_count_as_the_larger():
    cases, notes = events([("1", 0, 4), ("1", 0, 7), ("1", 0, 7)], "daily")
    assert by_day(cases) == {("1", 0): 7}
    assert notes_of(notes) == [("total_contradicted", "1", 0, 4)]


def test_a_day_broken_down_by_outcome_adds_up_and_is_replaced_as_a_whole():
    told = rows_of([("1", 0, 4), ("1", 0, 6), ("1", 0, 9)])
    told = replace(told, outcome=np.array([0, OUTCOME_CODES["died"], 0], dtype=np.int8))
    first, _ = as_events(told.take(np.array([0, 1])), "daily", ZEROS)
    assert int(first.count.sum()) == 10
    later, _ = as_events(told, "daily", np.array([0, 0, 1]))
    assert int(later.count.sum()) == 9


def test_residence_and_detection_imported_and_institutional_are_series_of_their_own():
    told = rows_of([("1", 0, 4), ("1", 0, 5)])
    for kind in ("is_imported", "is_institutional"):
        apart = replace(told, **{kind: np.array([False, True])})
        assert int(as_events(apart, "daily", ZEROS)[0].count.sum()) == 9
    elsewhere = replace(told, detected_unit_id=coded(["1", "2"]))
    assert int(as_events(elsewhere, "daily", ZEROS)[0].count.sum()) == 9


def test_booths_of_a_unit_coordinates_and_addresses_are_places_too():
    told = rows_of([("1", 0, 4), ("1", 0, 5)])
    booths = replace(told, booth_id=coded(["a", "b"]))
    assert int(as_events(booths, "daily", ZEROS)[0].count.sum()) == 9
    points = replace(told, unit_id=None, lon=np.array([88.1, 88.2]), lat=np.array([22.0, 22.0]))
    assert int(as_events(points, "daily", ZEROS)[0].count.sum()) == 9
    streets = replace(told, unit_id=None, address=coded(["Park St", "Park St"]))
    cases, notes = as_events(streets, "daily", ZEROS)
    assert int(cases.count.sum()) == 5
    assert notes_of(notes) == [("total_contradicted", "Park St", 0, 4)]


def test_rows_without_a_place_are_all_kept():
    nowhere = replace(rows_of([("1", 0, 4), ("1", 0, 4)]), unit_id=None)
    assert int(as_events(nowhere, "daily", ZEROS)[0].count.sum()) == 8


def test_codes_that_mean_the_same_text_are_one_place():
    told = rows_of([("1", 0, 4), ("2", 0, 5)])
    told.unit_id.values[1] = "1"
    assert int(as_events(told, "daily", ZEROS)[0].count.sum()) == 5


def test_of_one_day_those_still_open_are_taken_back_first():
    told = rows_of([("1", 0, 3), ("1", 0, 2), ("1", 1, -4)])
    told = replace(told, outcome=np.array([0, OUTCOME_CODES["died"], 0], dtype=np.int8))
    cases, notes = as_events(told, "changes", np.zeros(3, dtype=np.int64))
    died = cases.outcome == OUTCOME_CODES["died"]
    assert (int(cases.count[died].sum()), int(cases.count.sum())) == (1, 1)
    assert notes_of(notes) == [("cases_taken_back", "1", 1, 4)]


def test_more_taken_back_than_there_is_is_noted_and_takes_nothing_from_later_days():
    cases, notes = events([("1", 0, 2), ("1", 1, -5), ("1", 2, 4)], "changes")
    assert by_day(cases) == {("1", 2): 4}
    assert notes_of(notes) == [("cases_taken_back", "1", 1, 2), ("nothing_to_take_back", "1", 1, 3)]


def test_a_running_total_does_not_say_how_cases_ended():
    told = replace(rows_of([("1", 0, 4), ("1", 1, 6)]), outcome=np.array([0, 2], dtype=np.int8))
    cases, notes = as_events(told, "cumulative", ZEROS)
    assert not cases.outcome.any()
    assert notes_of(notes) == [("outcome_not_used", "1", 1, 6)]


@pytest.fixture
def told_to_classify(tmp_path):
    write(tmp_path / "units.csv", UNITS_CSV)

    def run(rows, kind):
        write(tmp_path / "cases.csv", "unit_id,confirmed_on,count\n" + rows)
        write(tmp_path / "m.toml", f'[cases.series]\nkind = "{kind}"\n')
        files = (tmp_path / "units.csv", tmp_path / "cases.csv", tmp_path / "out.csv")
        rejects = tmp_path / "rejects.csv"
        outcome = classify(*files, "--mapping", tmp_path / "m.toml", "--rejects", rejects)
        assert outcome.status == 0, outcome.err
        table = {r["unit_id"]: r for r in csv.DictReader(files[2].open(encoding="utf-8"))}
        listed = [(r["row"], r["outcome"], r["code"]) for r in csv.DictReader(rejects.open())]
        return json.loads(outcome.out), table, listed

    return run


def test_classify_reads_running_totals(told_to_classify):
    rows = "1,2020-05-10,4\n1,2020-05-16,9\n1,2020-05-18,7\n2,2020-05-18,0\n"
    answer, table, listed = told_to_classify(rows, "cumulative")
    assert answer["cases"] == {"taken": 7, "located": 7, "unlocated": 0}
    assert answer["rows"] == {"read": 4, "taken": 4, "rejected": 0}
    assert answer["reported_through"] == "2020-05-18"
    assert (table["1"]["confirmed_total"], table["2"]["confirmed_total"]) == ("7", "0")
    assert listed == [("3", "noted", "total_fell")]


def test_classify_reads_changes_with_negative_rows(told_to_classify):
    rows = "1,2020-05-16,9\n1,2020-05-17,-3\n2,2020-05-17,-1\n"
    answer, table, listed = told_to_classify(rows, "changes")
    assert answer["cases"]["taken"] == 6
    assert table["1"]["confirmed_total"] == "6"
    assert listed == [("2", "noted", "cases_taken_back"), ("3", "noted", "nothing_to_take_back")]


def test_classify_refuses_a_total_below_zero_and_one_that_is_not_told(told_to_classify):
    rows = "1,2020-05-16,9\n1,2020-05-17,-3\n2,2020-05-17,\n"
    answer, _, listed = told_to_classify(rows, "daily")
    assert answer["rows"] == {"read": 3, "taken": 1, "rejected": 2}
    assert listed == [("2", "rejected", "count_invalid"), ("3", "rejected", "count_missing")]
