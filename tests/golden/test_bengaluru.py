"""Bengaluru's own wards, containment rows and hospitals, from files to zones and to the map.

The containment file is a snapshot of zones open on 6 August 2020, so totals are
cut short; what is pinned here is what follows from the file, not from the epidemic.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from zoning import clock
from zoning.__main__ import app, run
from zoning.settings import Settings
from zoning.workflow.decisions import propose, publish
from zoning.workflow.facility_imports import import_facilities
from zoning.workflow.imports import (
    import_boundaries,
    import_cases,
    imports,
    undo,
)
from zoning.workflow.map_view import map_view
from zoning.workflow.taking import ImportOrder

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "bengaluru"
WARDS = DATA / "wards_198.geojson"
CASES = DATA / "containment_zones_2020-08-06.csv"
HOSPITALS = DATA / "hospitals_2021-04-30.csv"
MAPPING = ROOT / "docs" / "examples" / "bengaluru.toml"
ON = date(2020, 8, 4)

pytestmark = [
    pytest.mark.golden,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no real data beside the checkout ({DATA.name})"),
]


def classify(out, on=ON, *more):
    arguments = ["classify", "--units", str(WARDS), "--cases", str(CASES)]
    arguments += ["--mapping", str(MAPPING), "--on", str(on), "--out", str(out), *more]
    assert run(lambda: app(arguments, standalone_mode=False)) == 0
    with out.open(encoding="utf-8", newline="") as file:
        return {row["unit_id"]: row for row in csv.DictReader(file)}


def plain_counts():
    """Confirmed and active cases a ward on the day, by a plain loop over the file."""
    confirmed, active = Counter(), Counter()
    with CASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            begin = datetime.strptime(
                row["Date of identification as Containment zone"], "%d-%m-%Y"
            ).date()
            ended = datetime.strptime(row["Date of return to normal"], "%d-%m-%Y").date()
            n = int(row["Total Number of positive cases"])
            if begin <= ON:
                confirmed[row["Ward Number"]] += n
                active[row["Ward Number"]] += n if ended > ON else 0
    return confirmed, active


def test_every_row_is_accounted_for_and_every_ward_gets_a_zone(tmp_path, capsys):
    classify(tmp_path / "zones.csv", ON, "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["rows"] == {"read": 11034, "taken": 11034, "rejected": 0}
    assert answer["cases"] == {"taken": 14111, "located": 14111, "unlocated": 0}
    assert answer["units"] == {"red": 190, "orange": 5, "green": 3, "unclassified": 0}


def test_the_counts_of_every_ward_are_those_of_a_plain_loop(tmp_path):
    confirmed, active = plain_counts()
    for ward, row in classify(tmp_path / "zones.csv").items():
        assert int(row["confirmed_total"]) == confirmed[ward]
        assert int(row["active"]) == active[ward]
        assert row["cfr_percent_class"] == "not_supplied"


def test_two_weeks_after_its_last_row_the_file_says_nothing_of_any_ward(tmp_path):
    zones = {row["zone"] for row in classify(tmp_path / "z.csv", date(2020, 8, 20)).values()}
    assert zones == {"unclassified"}


def test_the_store_gives_the_zones_of_the_files_and_the_map_shows_them(store, tmp_path):
    at = clock.now()

    def order(file):
        return ImportOrder(file, at, "tester", MAPPING)

    assert import_boundaries(store, order(WARDS), "ward").taken == 198
    assert import_cases(store, order(CASES)).taken == 11034
    hospitals = import_facilities(store, order(HOSPITALS))
    assert hospitals.taken == 156
    assert Counter(f.code for f in hospitals.findings) == {"coordinates_missing": 4}

    result = propose(store, "mohfw-2020-05-17", ON, at, "tester").result
    expected = classify(tmp_path / "zones.csv")
    assert dict(zip(result.unit_id, result.zone, strict=True)) == {
        ward: row["zone"] for ward, row in expected.items()
    }
    publish(store, at, "tester")
    view = map_view(store, Settings(), at=at + timedelta(minutes=1), public=False)
    assert view.headline == "190 of 198 wards are red; data to 4 August 2020."
    assert int(np.isfinite(view.facilities.facilities.lon).sum()) == 152
    assert view.order is not None

    public = map_view(store, Settings(), at=at + timedelta(minutes=1), public=True)
    assert public.zone.tolist() == view.zone.tolist()
    assert (public.classification, public.facilities, public.key_figures) == (None, None, ())


def test_undoing_an_import_restores_the_answer_before_it(store, tmp_path):
    at = clock.now()
    order = ImportOrder(WARDS, at, "tester", MAPPING)
    import_boundaries(store, order, "ward")
    import_cases(store, ImportOrder(CASES, at, "tester", MAPPING))
    before = propose(store, "mohfw-2020-05-17", ON, at, "tester").result
    more = tmp_path / "more.csv"
    more.write_text("unit_id,confirmed_on,count\n1,2020-08-03,500\n")
    later = at + timedelta(seconds=1)
    import_cases(store, ImportOrder(more, later, "tester"))
    between = propose(store, "mohfw-2020-05-17", ON, later, "tester").result
    assert (between.confirmed_total != before.confirmed_total).sum() == 1
    undo(store, imports(store)[0].import_id, later, "tester")
    after = propose(store, "mohfw-2020-05-17", ON, later, "tester").result
    assert after.explanation.tolist() == before.explanation.tolist()
