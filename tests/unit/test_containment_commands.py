"""`zoning containment` and `zoning export` on the demonstration."""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
from collections import Counter

import pytest

from tests.running import assert_refused, zoning
from tests.source_tree import ROOT

BOOTHS = ROOT / "data" / "boundaries" / "demo" / "booths.csv"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """An embedded database with the fictional district in force."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZONING_VAR_DIR", str(folder / "var"))
        patch.delenv("ZONING_DATABASE_URL", raising=False)
        assert zoning("demo").status == 0
        yield folder


def test_the_zones_in_force_are_listed_with_what_they_cost(demo):
    found = zoning("containment", "list", "--json").json()
    first = found["zones"][0]
    assert first["zone_id"].startswith("CZ-")
    assert first["booths_a"] >= 1
    assert set(first["workers"]) == {"30", "50", "100"}
    assert "people for each case" in found["warnings"][0]
    assert first["zone_id"] in zoning("containment", "list").out


def test_a_wider_buffer_is_shown_beside_what_is_in_force(demo):
    said = zoning("containment", "what-if", "--buffer-m", 1500, "--policy", "memo-177-cs-2020")
    assert said.status == 0, said
    answer = zoning(
        "containment", "what-if", "--buffer-m", 1500, "--policy", "memo-177-cs-2020", "--json"
    ).json()
    assert answer["in_force"]["booths_a"] == answer["thought"]["booths_a"]
    assert answer["thought"]["booths_b"] > answer["in_force"]["booths_b"]
    assert {"from": "C", "to": "B"}.items() <= answer["moved"][0].items()


def test_a_place_is_answered_with_its_zone_and_booth(demo):
    zone = zoning("containment", "list", "--json").json()["zones"][0]
    booths = zoning("containment", "due", "--json").json()["booths"]
    inside = next(b["booth_id"] for b in booths if b["zone_id"] == zone["zone_id"])
    listed = {row["booth_id"]: row for row in csv.DictReader(BOOTHS.open(encoding="utf-8"))}
    lat, lon = listed[inside]["lat"], listed[inside]["lon"]
    told = zoning("where", "--lat", lat, "--lon", lon, "--json").json()
    assert (told["booth_id"], told["category"], told["needs_survey"]) == (inside, "A", False)
    assert told["sentence"] in zoning("where", "--lat", lat, "--lon", lon).out
    nowhere = zoning("where", "--lat", 0, "--lon", 0, "--json").json()
    assert (nowhere["unit_id"], nowhere["category"]) == ("", "")
    assert_refused(zoning("where", "--lat", 91, "--lon", 0), "no place on Earth")


@pytest.mark.parametrize("width", [-1, 50_001, "nan"])
def test_a_width_that_is_none_is_refused(demo, width):
    assert_refused(zoning("containment", "what-if", f"--buffer-m={width}"), "50000")


def test_a_rule_whose_levels_do_not_divide_is_refused(demo):
    answer = zoning("containment", "what-if", "--rule", "kerala-tpr-2021-06-16")
    assert_refused(answer, "kerala-tpr-2021-06-16")


def test_no_booth_is_released_before_its_day(demo):
    booths = zoning("containment", "due", "--json").json()["booths"]
    assert not any(booth["due"] for booth in booths)
    assert_refused(zoning("containment", "release", booths[0]["booth_id"]), "can't be released")


def test_an_alarm_that_does_not_ring_can_not_be_answered(demo):
    assert zoning("containment", "alarms", "--json").json() == {"alarms": []}
    assert_refused(zoning("containment", "answer", "FX-W001", "--note", "x"), "no open alarm")


@pytest.mark.parametrize("form", ["gpkg", "geojson", "kml", "csv"])
def test_zones_are_exported_in_every_form_and_without_figures(demo, form):
    out = demo / f"zones.{form}"
    done = zoning("export", "zones", "--format", form, "--out", out, "--json")
    assert done.json()["rows"]["units"] == 142
    assert out.stat().st_size > 10_000
    text = out.read_bytes()
    assert b"population" not in text
    assert b"needs_survey" not in text


def test_officers_have_the_figures(demo):
    out = demo / "official.csv"
    assert zoning("export", "zones", "--official", "--out", out).status == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["layer"] == "containment_zones"]
    assert rows
    assert all(float(row["population"] or 0) >= 0 for row in rows)


def test_an_unknown_form_is_refused_and_nothing_is_written(demo):
    out = demo / "zones.shp"
    assert_refused(zoning("export", "zones", "--format", "shp", "--out", out), "shp")
    assert not out.exists()


def test_a_proposal_tells_what_it_divides(demo):
    said = zoning("propose", "--json")
    assert {"A", "B", "C", "green"} == set(json.loads(said.out)["booths"])


def test_an_order_is_written_as_signed_and_its_evidence_apart(demo):
    number = zoning("orders", "list", "--json").json()["orders"][0]["number"]
    assert zoning("orders", "paper", number, "--out", demo / "order").status == 0
    public = demo / "order" / "public"
    assert (public / "order.en.pdf").read_bytes().startswith(b"%PDF")
    paper = json.loads((public / "order.json").read_text())
    assert (paper["number"], paper["is_draft"]) == (number, False)
    assert not (demo / "order" / "sealed").exists()
    annex = demo / "annex.json"
    assert zoning("orders", "annex", number, "--out", annex).status == 0
    assert annex.stat().st_mode & 0o077 == 0
    assert hashlib.sha256(annex.read_bytes()).hexdigest() == paper["annex_sha256"]
    assert "confirmed_total" in annex.read_text()
    assert "confirmed_total" not in (public / "order.json").read_text()


def test_an_annex_is_proven_unaltered_or_not(demo):
    number = zoning("orders", "list", "--json").json()["orders"][0]["number"]
    annex = demo / "shown.json"
    zoning("orders", "annex", number, "--out", annex)
    assert "Unaltered" in zoning("orders", "verify", annex, number).out
    annex.chmod(0o600)
    annex.write_bytes(annex.read_bytes() + b" ")
    told = zoning("orders", "verify", annex, number)
    assert told.status == 2
    assert "isn't the annex of order" in told.out


def test_one_language_is_written_where_one_is_asked_for(demo):
    number = zoning("orders", "list", "--json").json()["orders"][0]["number"]
    zoning("orders", "paper", number, "--out", demo / "order-bn", "--language", "bn")
    names = {path.name for path in (demo / "order-bn" / "public").iterdir()}
    assert "order.bn.pdf" in names
    assert "order.en.pdf" not in names
    assert_refused(
        zoning("orders", "paper", number, "--out", demo / "x", "--language", "fr"), "fr", "en, bn"
    )


def test_the_state_return_is_written_for_a_day_that_was(demo):
    out = demo / "return"
    assert zoning("orders", "state-return", "--out", out).status == 0
    told = json.loads((out / "sealed" / "state-return.json").read_text())
    assert told["is_official"]
    assert sum(sum(d["units"].values()) for d in told["districts"]) > 0
    assert (out / "sealed" / "state-return.en.pdf").read_bytes().startswith(b"%PDF")
    assert_refused(
        zoning("orders", "state-return", "--on", "2100-01-01", "--out", demo / "x"), "2100-01-01"
    )


def test_an_order_that_is_not_there_is_refused_with_those_that_are(demo):
    assert_refused(zoning("orders", "paper", "X-1", "--out", demo / "x"), "X-1", "FICTION-")


def test_publishing_again_says_nothing_of_units_of_which_nothing_is_known(tmp_path, monkeypatch):
    monkeypatch.setenv("ZONING_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("ZONING_DATABASE_URL", raising=False)
    for command in ("demo", "propose", "publish"):
        assert zoning(command).status == 0
    with sqlite3.connect(tmp_path / "var" / "seemana.db") as database:
        told = database.execute("select order_id, zone from order_units").fetchall()
    by_order = Counter(order_id for order_id, _ in told)
    assert len(by_order) == 2 and len(set(by_order.values())) == 1
    assert {zone for _, zone in told} == {"red", "orange", "green"}
