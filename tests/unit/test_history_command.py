"""`zoning history` on the demonstration: a moment, a difference, breaks, a proof."""

from __future__ import annotations

import csv
import sqlite3

import pytest

from tests.running import assert_refused, zoning


@pytest.fixture
def demo(tmp_path, monkeypatch):
    monkeypatch.setenv("ZONING_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("ZONING_DATABASE_URL", raising=False)
    assert zoning("demo").status == 0
    return tmp_path


def test_now_is_in_force_beside_what_is_known(demo):
    found = zoning("history", "--json").json()
    assert found["orders"] and found["booths"]["A"] > 0
    assert {row["in_force"] for row in found["units"]} <= {"red", "orange", "green", "unclassified"}
    said = zoning("history").out
    assert "in force" in said and "known then" in said


def test_a_difference_is_written_as_a_table(demo):
    out = demo / "changes.csv"
    answer = zoning(
        "history", "--at", "2000-01-01T00:00", "--and", "2100-01-01T00:00", "--out", out
    )
    assert answer.status == 0, answer
    rows = list(csv.DictReader(out.open()))
    assert {row["kind"] for row in rows} == {"unit", "booth"}
    assert all(row["before"] == "" and row["after"] and row["order"] for row in rows)


def test_breaks_and_counts_day_by_day(demo):
    out = demo / "trend.csv"
    found = zoning("history", "--breaks", "--out", out, "--json").json()
    assert found["days"] and found["breaks"] == []
    assert {"day", "units_red", "booths_a", "active"} <= set(next(csv.DictReader(out.open())))
    assert "doesn't break" in zoning("history", "--breaks").out


def test_the_proof_prints_hashes_and_an_altered_order_fails_it(demo):
    found = zoning("history", "--proof", "--json").json()
    head = found["audit"]["head"]
    assert found["is_whole"] and found["orders"][0]["state"] == "unaltered"
    assert found["orders"][0]["audit_entry"]
    again = zoning("history", "--proof", "--noted", head)
    assert again.status == 0 and "before the hash that was noted" in again.out
    assert zoning("history", "--proof", "--noted", "0" * 64).status == 2
    with sqlite3.connect(demo / "var" / "seemana.db") as raw:
        for (name,) in raw.execute(
            "select name from sqlite_master where type = 'trigger' and tbl_name = 'order_units'"
        ).fetchall():
            raw.execute(f"drop trigger {name}")
        raw.execute("update order_units set zone = 'green'")
    altered = zoning("history", "--proof", "--json")
    assert altered.status == 2 and altered.json()["orders"][0]["state"] == "altered"


def test_what_contradicts_itself_is_refused(demo):
    assert_refused(zoning("history", "--proof", "--breaks"), "--breaks")
    assert_refused(zoning("history", "--out", "x.csv"), "--and")
    later = zoning("history", "--at", "2100-01-01T00:00", "--and", "2000-01-01T00:00")
    assert_refused(later, "exchange")
    assert_refused(zoning("history", "--at", "1999-01-01T00:00"), "No boundaries were known")
    assert_refused(zoning("history", "--breaks", "--out", "x.gpkg"), ".csv")
