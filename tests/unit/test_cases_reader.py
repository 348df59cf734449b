"""Case files: what is taken, what is rejected, and what is only noted."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.running import write
from zoning.errors import InputError
from zoning.model import OUTCOME_CODES, join_cases
from zoning.readers.cases import read_cases
from zoning.readers.mapping import Mapping

TODAY = date(2020, 6, 1)
DMY = Mapping(date_format="%d-%m-%Y")
MIXED = Mapping(date_formats=("%d/%m/%Y", "%m/%d/%Y"))


def read(tmp_path, text, mapping=None, with_ids=False):
    path = write(tmp_path / "cases.csv", text)
    parts = list(read_cases(path, mapping or Mapping(), TODAY, with_ids))
    account = parts[0][1]
    for _, part in parts[1:]:
        account = account + part
    return join_cases([cases for cases, _ in parts]), account


def found(account):
    return [(f.row, f.code, f.rejects) for f in account.findings]


@pytest.mark.parametrize(
    ("day", "mapping", "code", "word"),
    [
        ("18/05/2020", Mapping(), "date_invalid", "YYYY-MM-DD"),
        ("2020-05-18", DMY, "date_invalid", "%d-%m-%Y"),
        ("29/4 20.23", Mapping(), "date_incomplete", "no year"),
        ("29/4 20:23", MIXED, "date_incomplete", "no year"),
        ("18 May", DMY, "date_incomplete", "no year"),
        ("01/02/2020", MIXED, "date_ambiguous", "another by the next"),
        ("", MIXED, "date_missing", "empty"),
        ("2020-06-02", Mapping(), "date_in_future", "future"),
        ("01-01-1970", DMY, "date_too_early", "where it has no day"),
    ],
)
def test_a_day_that_is_not_one_day_is_rejected_with_what_is_wrong(
    tmp_path, day, mapping, code, word
):
    cases, account = read(tmp_path, f"unit_id,confirmed_on\n1,{day}\n", mapping)
    assert len(cases) == 0
    assert found(account) == [(1, code, True)]
    assert word in account.findings[0].message


def test_several_formats_are_read_where_they_agree(tmp_path):
    text = "unit_id,confirmed_on\n1,18/05/2020\n1,05/19/2020\n1,05/05/2020\n1,02/01/2020\n"
    cases, account = read(tmp_path, text, MIXED)
    assert cases.confirmed_on.astype(str).tolist() == ["2020-05-18", "2020-05-19", "2020-05-05"]
    assert found(account) == [(4, "date_ambiguous", True)]


def test_a_month_with_a_t_in_its_name_is_a_month_and_no_time(tmp_path):
    mapping = Mapping(date_format="%d-%b-%Y")
    text = "unit_id,confirmed_on\n1,12-OCT-2019\n"
    assert read(tmp_path, text, mapping)[0].confirmed_on.astype(str).tolist() == ["2019-10-12"]


def test_a_negative_count_among_events_tells_how_to_take_cases_back(tmp_path):
    _, account = read(tmp_path, "unit_id,confirmed_on,count\n1,2020-05-18,-3\n")
    assert found(account) == [(1, "count_invalid", True)]
    assert '[cases.series] kind = "changes"' in account.findings[0].message


def test_negative_counts_are_read_among_changes_only(tmp_path):
    text = "unit_id,confirmed_on,count\n1,2020-05-18,-3\n1,2020-05-18,2.5\n"
    cases, account = read(tmp_path, text, Mapping(series="changes"))
    assert cases.count.tolist() == [-3]
    assert found(account) == [(2, "count_invalid", True)]


def test_a_series_needs_a_count(tmp_path):
    with pytest.raises(InputError, match="no column count"):
        read(tmp_path, "unit_id,confirmed_on\n1,2020-05-18\n", Mapping(series="daily"))


@pytest.mark.parametrize(("text", "n"), [("1,00,000", 100_000), ("100,000", 100_000), ("২৩", 23)])
def test_counts_are_read_as_people_write_them(tmp_path, text, n):
    cases, _ = read(tmp_path, f'unit_id,confirmed_on,count\n1,2020-05-18,"{text}"\n')
    assert cases.count.tolist() == [n]


def test_a_nil_return_is_taken_and_counts_nothing(tmp_path):
    cases, account = read(tmp_path, "unit_id,confirmed_on,count\n1,2020-05-18,0\n")
    assert (account.taken, cases.count.tolist()) == (1, [0])
    assert cases.confirmed_on.astype(str).tolist() == ["2020-05-18"]


def test_a_unit_in_bengali_digits_is_the_same_unit(tmp_path):
    cases, _ = read(tmp_path, "unit_id,confirmed_on\n২৩,2020-05-18\nWard ২৩,2020-05-18\n")
    assert cases.unit_id.values.tolist() == ["23", "Ward ২৩"]


def test_an_address_is_a_place_and_detection_is_kept_apart(tmp_path):
    text = "address,detected_unit_id,confirmed_on\nPark Street,7,2020-05-18\n,8,2020-05-18\n"
    cases, account = read(tmp_path, text)
    assert account.taken == 2
    assert cases.unit_id is None
    assert cases.address.values[cases.address.codes[0]] == "Park Street"
    assert cases.address.codes[1] == -1
    assert cases.detected_unit_id.values[cases.detected_unit_id.codes].tolist() == ["7", "8"]


def test_a_file_that_says_no_place_names_all_ways_to_say_one(tmp_path):
    with pytest.raises(InputError, match="neither unit_id nor booth_id nor lon and lat nor addr"):
        read(tmp_path, "confirmed_on\n2020-05-18\n")


def test_a_case_may_be_retracted(tmp_path):
    cases, _ = read(tmp_path, "unit_id,confirmed_on,outcome\n1,2020-05-18,retracted\n")
    assert cases.outcome.tolist() == [OUTCOME_CODES["retracted"]]


def test_a_word_that_is_no_outcome_leaves_a_case_open_even_with_a_day(tmp_path):
    text = "unit_id,confirmed_on,outcome,outcome_on\n1,2020-05-10,moved,2020-05-18\n"
    cases, account = read(tmp_path, text)
    assert cases.outcome.tolist() == [0]
    assert found(account) == [(1, "outcome_unknown", False)]


def test_the_zero_of_a_clock_ends_no_case(tmp_path):
    text = "unit_id,confirmed_on,outcome,outcome_on\n1,2020-05-10,recovered,1970-01-01\n"
    cases, account = read(tmp_path, text)
    assert np.isnat(cases.outcome_on).all()
    assert found(account) == [(1, "outcome_date_invalid", False)]


def test_rows_of_recovered_and_dead_among_the_cases_are_not_counted_again(tmp_path):
    mapping = Mapping(
        columns={"event": "Current Status", "count": "Num Cases"},
        values={"event": {"Hospitalized": "confirmed", "Deceased": "died"}},
    )
    text = (
        "unit_id,confirmed_on,Num Cases,Current Status\n1,2020-05-18,5,Hospitalized\n"
        "1,2020-05-18,3,Recovered\n1,2020-05-18,1,Deceased\n1,2020-05-18,2,\n1,2020-05-18,4,New\n"
    )
    cases, account = read(tmp_path, text, mapping)
    assert cases.count.tolist() == [5, 2, 4]
    assert found(account) == [
        (2, "event_told_before", True),
        (3, "event_told_before", True),
        (5, "event_unknown", False),
    ]


def test_a_sum_in_the_column_of_units_is_rejected_wherever_it_stands(tmp_path):
    text = "state,unit_id,confirmed_on,count\nWest Bengal,Total,2020-05-18,90\n"
    _, account = read(tmp_path, text)
    assert found(account) == [(1, "row_sum", True)]


def test_a_column_named_twice_is_a_fault_only_if_it_is_needed(tmp_path):
    text = "unit_id,confirmed_on,remark,remark,ward,ward\n1,2020-05-18,a,b,2,3\n"
    assert len(read(tmp_path, text)[0]) == 1
    with pytest.raises(InputError, match=r'unit_id = "ward \[1\]"'):
        read(tmp_path, text, Mapping(columns={"unit_id": "ward"}))
    cases, _ = read(tmp_path, text, Mapping(columns={"unit_id": "ward [2]"}))
    assert cases.unit_id.values.tolist() == ["3"]


@pytest.mark.parametrize("told", ["Date of report", "Date of\nreport", " date  of Report "])
def test_a_column_is_found_whatever_spaces_and_lines_its_name_has(tmp_path, told):
    text = 'unit_id,"Date of\n report"\n1,2020-05-18\n'
    assert len(read(tmp_path, text, Mapping(columns={"confirmed_on": told}))[0]) == 1


def test_columns_that_are_all_empty_are_read_as_empty(tmp_path):
    cases, account = read(tmp_path, "unit_id,confirmed_on,lon,lat,count\n1,2020-05-18,,,\n")
    assert account.taken == 1
    assert np.isnan(cases.lon).all()
    assert cases.count.tolist() == [1]


def test_every_row_of_a_hard_file_is_accounted_for(tmp_path):
    text = (
        "Health Department,,\nunit_id,confirmed_on,count\n1,2020-05-18,3\nunit_id,confirmed_on,"
        "count\n2,2020-05-18\n,,\nB\xe9hala,2020-05-18,1\nTotal,,4\n"
    ).encode("latin-1")
    cases, account = read(tmp_path, text)
    assert (account.read, account.taken, account.rejected) == (5, 2, 3)
    assert cases.unit_id.values.tolist() == ["1", "B\\xe9hala"]
    assert {code for _, code, _ in found(account)} == {
        "preamble_skipped",
        "row_header",
        "row_width",
        "rows_blank",
        "not_text",
        "row_sum",
    }


@pytest.mark.parametrize(
    ("lon", "number"),
    [("88.1", 88.1), (" 88.1 ", 88.1), ("+88", 88.0), ("8.81e1", 88.1), ("৮৮", 88.0)],
)
@pytest.mark.parametrize("beside", ["77.5", "east", "nan"])
def test_a_number_is_the_same_whatever_stands_beside_it(tmp_path, lon, number, beside):
    text = f"lon,lat,confirmed_on\n{lon},22,2020-05-18\n{beside},22,2020-05-18\n"
    cases, _ = read(tmp_path, text)
    assert cases.lon[0] == number
    assert cases.lon[1] == 77.5 or (beside != "77.5" and np.isnan(cases.lon[1]))
