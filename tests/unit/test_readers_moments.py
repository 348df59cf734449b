"""Moments in Parquet that the calendar of Python can't hold are told, never a fault of ours."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zoning.readers.facilities import read_facilities
from zoning.readers.mapping import Mapping
from zoning.readers.tests import read_tests

FAR = 2**62
NOW = datetime(2020, 5, 18, tzinfo=UTC)


@pytest.mark.parametrize("zone", [None, "Asia/Kolkata"])
def test_a_moment_beyond_the_calendar_rejects_its_row(tmp_path, zone):
    days = pa.array([FAR, 1_589_760_000_000_000], pa.timestamp("us", zone))
    one = pa.array(["1", "1"])
    table = pa.table({"unit_id": one, "on": days, "tests": one, "positives": one})
    pq.write_table(table, tmp_path / "tests.parquet")
    tests, account = read_tests(tmp_path / "tests.parquet", Mapping(), date(2020, 5, 20))
    assert (len(tests), account.rejected) == (1, 1)
    assert account.findings[0].code in ("date_invalid", "date_in_future")


def test_a_facility_told_beyond_the_calendar_keeps_its_beds(tmp_path):
    table = pa.table(
        {
            "name": ["A"],
            "kind": ["hospital"],
            "beds_total": [9],
            "updated_at": pa.array([FAR], pa.timestamp("us")),
        }
    )
    pq.write_table(table, tmp_path / "f.parquet")
    facilities, account = read_facilities(tmp_path / "f.parquet", Mapping(), NOW)
    assert facilities.beds_total.tolist() == [9]
    assert "updated_invalid" in {finding.code for finding in account.findings}
