"""`zoning changes`: what is tightened and relaxed, with reasons, as words and as JSON."""

import json

import pytest

from tests.running import assert_refused, write, zoning

WARDS = "unit_id,name,population\n1,One,100000\n2,Two,100000\n"


def cases(*rows):
    lines = [f"{case},{unit},{day}" for case, unit, day in rows]
    return "case_id,unit_id,confirmed_on\n" + "\n".join(lines) + "\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ZONING_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("ZONING_DATABASE_URL", raising=False)
    assert zoning("setup").status == 0
    wards = write(tmp_path / "wards.csv", WARDS)
    assert zoning("import", "boundaries", wards, "--level", "ward").status == 0
    return tmp_path


def bring(folder, name, text):
    outcome = zoning("import", "cases", write(folder / name, text))
    assert outcome.status == 0, outcome


def test_without_a_proposal_the_way_out_is_told(folder):
    assert_refused(zoning("changes"), "zoning propose")


def test_what_is_tightened_is_listed_with_its_reason(folder):
    bring(folder, "a.csv", cases(("a", "1", "2020-05-10")))
    zoning("propose")
    zoning("publish")
    surge = [(f"b{n}", "2", "2020-05-11") for n in range(70)]
    bring(folder, "b.csv", cases(*surge))
    zoning("propose")
    told = zoning("changes", "--json").json()
    assert told["kinds"] == {"same": 1, "tighten": 1}
    (row,) = told["changes"]
    assert (row["unit_id"], row["in_force"], row["proposed"]) == ("2", "green", "red")
    assert row["reason"] == "stricter"
    assert row["order"].startswith("Z-20200510-")
    assert row["earliest_on"] is None
    said = zoning("changes").out
    assert "tighten:\n  2 Two: green to red; red is stricter than green" in said
    assert "1 tightened, 0 relaxed, 0 for the first time" in said


def test_units_that_stay_are_listed_where_asked_for(folder):
    bring(folder, "a.csv", cases(("a", "1", "2020-05-10")))
    zoning("propose")
    assert {r["kind"] for r in zoning("changes", "--json").json()["changes"]} == {"first"}
    zoning("publish")
    assert zoning("changes", "--json").json()["changes"] == []
    rows = zoning("changes", "--all", "--json").json()["changes"]
    assert [row["kind"] for row in rows] == ["same", "same"]
    assert json.dumps(rows)


def test_data_that_came_since_is_said_on_the_side(folder):
    bring(folder, "a.csv", cases(("a", "1", "2020-05-10")))
    zoning("propose")
    bring(folder, "b.csv", cases(("b", "1", "2020-05-11")))
    outcome = zoning("changes")
    assert "run “zoning propose” again" in outcome.err
    assert zoning("changes", "--json").json()["is_outdated"] is True
