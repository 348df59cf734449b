"""The first rows of a file as they stand in it, as they are understood, and what is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from tests.running import wards, write
from zoning.errors import ColumnError
from zoning.readers.mapping import Mapping
from zoning.readers.preview import preview

TODAY = date(2020, 6, 1)
CASES = "ward,day,n,status\n7,18-05-2020,2,Died\n8,2020-05-18,1,\n,,,\n9,19-05-2020,4,Moved\n"
MAPPING = Mapping(
    columns={"unit_id": "ward", "confirmed_on": "day", "count": "n", "outcome": "status"},
    date_format="%d-%m-%Y",
)


def test_rows_are_shown_as_in_the_file_and_as_understood_with_what_is_wrong(tmp_path):
    shown = preview(write(tmp_path / "c.csv", CASES), MAPPING, "cases", 5, TODAY)
    first, second, fourth = shown.rows
    assert first.as_in_file == {"ward": "7", "day": "18-05-2020", "n": "2", "status": "Died"}
    assert first.as_understood == {
        "confirmed_on": "2020-05-18",
        "count": "2",
        "unit_id": "7",
        "outcome": "died",
        "imported": "no",
        "institutional": "no",
    }
    assert (first.is_taken, first.findings) == (True, ())
    assert (second.row, second.is_taken, second.as_understood) == (2, False, {})
    assert [f.code for f in second.findings] == ["date_invalid"]
    assert (fourth.row, fourth.is_taken, [f.code for f in fourth.findings]) == (
        4,
        True,
        ["outcome_unknown"],
    )
    assert [f.code for f in shown.of_file] == ["rows_blank"]


def test_no_more_rows_are_shown_than_asked_for(tmp_path):
    shown = preview(write(tmp_path / "c.csv", CASES), MAPPING, "cases", 2, TODAY)
    assert [row.row for row in shown.rows] == [1, 2]


def test_a_row_with_too_few_cells_is_shown_as_rejected(tmp_path):
    path = write(tmp_path / "c.csv", "unit_id,confirmed_on\n1\n2,2020-05-18\n")
    shown = preview(path, Mapping(), "cases", 5, TODAY)
    assert [(row.row, row.is_taken) for row in shown.rows] == [(1, False), (2, True)]


def test_a_missing_column_is_refused_as_the_import_would(tmp_path):
    with pytest.raises(ColumnError, match="confirmed_on"):
        preview(write(tmp_path / "c.csv", "a,b\n1,2\n"), Mapping(), "cases", 5, TODAY)


@pytest.mark.parametrize(
    ("kind", "text", "understood"),
    [
        ("outcomes", "case_id,outcome\nP1,retracted\n", {"case_id": "P1", "outcome": "retracted"}),
        (
            "tests",
            "unit_id,on,tests,positives\n1,2020-05-18,9,1\n",
            {"unit_id": "1", "on": "2020-05-18", "tests": "9", "positives": "1"},
        ),
        (
            "units",
            "unit_id,population\n1,900\n",
            {"unit_id": "1", "population": "900", "level": "ward"},
        ),
        ("booths", "booth_id,name\n1,School\n", {"booth_id": "1", "name": "School"}),
        (
            "facilities",
            "name,kind,lon,lat,updated_at\nA,hospital,88,22,2020-05-18T10:00:00\n",
            {
                "facility_id": "A",
                "name": "A",
                "kind": "hospital",
                "lon": "88",
                "lat": "22",
                "updated_at": "2020-05-18T10:00:00 IST",
            },
        ),
    ],
)
def test_every_kind_of_file_can_be_previewed(tmp_path, kind, text, understood):
    (row,) = preview(write(tmp_path / "f.csv", text), Mapping(), kind, 5, TODAY).rows
    assert row.as_understood == understood


def test_a_vector_file_is_shown_as_understood_only(tmp_path):
    path = write(tmp_path / "w.geojson", wards())
    first, _ = preview(path, Mapping(), "units", 5, TODAY).rows
    assert (first.as_in_file, first.as_understood["unit_id"]) == ({}, "1")
