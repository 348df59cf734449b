"""The register of follow-up: figures that can be true, days that are past, and nobody's name."""

from __future__ import annotations

from datetime import date

import pytest

from tests.running import write
from zoning.errors import ColumnError
from zoning.readers.contacts import read_contacts
from zoning.readers.mapping import Mapping
from zoning.readers.rounds import read_rounds
from zoning.readers.samples import read_samples

TODAY = date(2020, 6, 1)
ROUNDS = "area_id,on,houses_total,houses_visited\n"
CONTACTS = "contact_id,area_id,last_exposure_on,told_on,status,attempts\n"
SAMPLES = "area_id,taken_on,samples,results\n"


def told(read, tmp_path, text, mapping=None):
    return read(write(tmp_path / "f.csv", text), mapping or Mapping(), TODAY)


def found(account):
    return [(f.row, f.code, f.rejects) for f in account.findings]


def test_a_round_and_samples_are_read(tmp_path):
    rounds, account = told(read_rounds, tmp_path, ROUNDS + "163/85,2020-05-18,120,\n")
    assert (len(rounds), account.rejected) == (0, 1)
    rounds, account = told(read_rounds, tmp_path, ROUNDS + "163/85,2020-05-18,120,0\n")
    assert (rounds.area_id[0], rounds.houses_total[0], rounds.houses_visited[0]) == (
        "163/85",
        120,
        0,
    )
    samples, _ = told(read_samples, tmp_path, SAMPLES + "CZ-20200518-001,2020-05-18,40,31\n")
    assert (samples.samples[0], samples.results[0]) == (40, 31)


@pytest.mark.parametrize(
    ("read", "header", "row", "code"),
    [
        (read_rounds, ROUNDS, "B1,2020-05-18,10,11", "visited_above_total"),
        (read_rounds, ROUNDS, "B1,2020-05-18,-1,0", "houses_total_invalid"),
        (read_rounds, ROUNDS, "B1,2020-05-18,0,0", "houses_total_invalid"),
        (read_rounds, ROUNDS, "B1,2020-05-18,10,2.5", "houses_visited_invalid"),
        (read_rounds, ROUNDS, "B1,2020-05-18,10,", "houses_visited_invalid"),
        (read_rounds, ROUNDS, "B1,2020-06-02,10,9", "date_in_future"),
        (read_rounds, ROUNDS, ",2020-05-18,10,9", "area_missing"),
        (read_rounds, ROUNDS, "Total,2020-05-18,10,9", "row_sum"),
        (read_samples, SAMPLES, "B1,2020-05-18,10,11", "results_above_samples"),
        (read_samples, SAMPLES, "B1,2020-05-18,x,1", "samples_invalid"),
        (read_samples, SAMPLES, "B1,,10,1", "date_missing"),
        (read_contacts, CONTACTS, ",B1,2020-05-10,2020-05-18,open,", "contact_missing"),
        (read_contacts, CONTACTS, "K1,B1,2020-05-10,2020-06-02,open,", "date_in_future"),
        (read_contacts, CONTACTS, "9830012345,B1,2020-05-10,2020-05-18,open,", "contact_personal"),
        (read_contacts, CONTACTS, "2345 6789 0123,B1,,2020-05-18,open,", "contact_personal"),
        (read_contacts, CONTACTS, "a@b.in,B1,,2020-05-18,open,", "contact_personal"),
    ],
)
def test_a_row_that_cannot_be_true_is_rejected(tmp_path, read, header, row, code):
    table, account = told(read, tmp_path, f"{header}{row}\n")
    assert len(table) == 0
    assert (1, code, True) in found(account)
    assert account.read == account.taken + account.rejected


@pytest.mark.parametrize(("read", "header"), [(read_rounds, ROUNDS), (read_samples, SAMPLES)])
def test_an_area_and_day_told_twice_counts_once_or_not_at_all(tmp_path, read, header):
    rows = "B1,2020-05-18,10,9\nB1,2020-05-18,10,9\nB2,2020-05-18,10,9\nB2,2020-05-18,10,8\n"
    table, account = told(read, tmp_path, header + rows)
    assert table.area_id.tolist() == ["B1"]
    assert found(account) == [
        (2, "row_identical", True),
        (3, "row_repeated", True),
        (4, "row_repeated", True),
    ]


def test_columns_that_tell_who_a_person_is_are_told_and_not_read(tmp_path):
    text = (
        "contact_id,Name of contact,Mobile No,area_id,told_on,status\n"
        "K1,Anjali Sen,9830012345,B1,2020-05-18,followed\n"
    )
    table, account = told(read_contacts, tmp_path, text)
    assert table.status.tolist() == ["followed"]
    ignored = [f.message for f in account.findings if f.code == "column_personal"]
    assert len(ignored) == 2
    assert "Mobile No" in ignored[1]
    assert "Sen" not in str(account) + str(table)


def test_no_mapping_makes_a_personal_column_be_read(tmp_path):
    text = "Mobile,area_id,told_on,status\n9830012345,B1,2020-05-18,open\n"
    with pytest.raises(ColumnError, match="tells who a person is"):
        told(read_contacts, tmp_path, text, Mapping(columns={"contact_id": "Mobile"}))


def test_a_key_that_tells_who_somebody_is_isnt_repeated_in_its_finding(tmp_path):
    _, account = told(read_contacts, tmp_path, CONTACTS + "+91 98300 12345,B1,,2020-05-18,open,\n")
    assert "98300" not in account.findings[0].message


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("K1,B1,2020-05-10,2020-05-18,gone,", "status_unknown"),
        ("K1,B1,2020-05-10,2020-05-18,,", "status_unknown"),
        ("K1,B1,,2020-05-18,open,", "exposure_unknown"),
        ("K1,B1,2020-05-19,2020-05-18,open,", "exposure_unknown"),
        ("K1,B1,10/5/2020,2020-05-18,open,", "exposure_unknown"),
        ("K1,B1,2020-05-10,2020-05-18,open,-2", "attempts_invalid"),
    ],
)
def test_what_is_doubtful_keeps_a_contact_open(tmp_path, row, code):
    table, account = told(read_contacts, tmp_path, f"{CONTACTS}{row}\n")
    assert table.status.tolist() == ["open"]
    assert table.attempts.tolist() == [0]
    assert found(account) == [(1, code, False)]


def test_a_contact_may_be_told_of_several_days_and_contradictions_leave_it_open(tmp_path):
    rows = (
        "K1,B1,2020-05-01,2020-05-17,followed,\nK1,B1,2020-05-01,2020-05-18,completed,\n"
        "K2,B1,2020-05-01,2020-05-18,completed,\nK2,B1,2020-05-01,2020-05-18,lost,3\n"
        "K3,B1,2020-05-01,2020-05-18,lost,3\nK3,B1,2020-05-01,2020-05-18,lost,3\n"
    )
    table, account = told(read_contacts, tmp_path, CONTACTS + rows)
    assert table.contact_id.tolist() == ["K1", "K1", "K2", "K3"]
    assert table.status.tolist() == ["followed", "completed", "open", "lost"]
    assert table.attempts.tolist() == [0, 0, 0, 3]
    assert found(account) == [(4, "contact_contradicted", True), (6, "row_identical", True)]
