"""A correction of Bengaluru's rows changes the wards that it names, and no map drawn before it."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from zoning import clock
from zoning.settings import Settings
from zoning.workflow.decisions import propose, publish
from zoning.workflow.history import difference, zones_known
from zoning.workflow.imports import import_boundaries, import_cases, imports, undo
from zoning.workflow.map_view import map_view
from zoning.workflow.taking import ImportOrder

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "bengaluru"
WARDS = DATA / "wards_198.geojson"
CASES = DATA / "containment_zones_2020-08-06.csv"
MAPPING = ROOT / "docs" / "examples" / "bengaluru.toml"
RULE = "mohfw-2020-05-17"
ON = date(2020, 8, 4)

pytestmark = [
    pytest.mark.golden,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no real data beside the checkout ({DATA.name})"),
]


def corrected(folder):
    """Write a correction: three rows with more positives, one moved to another ward.

    Wards 139 and 173 have few rows; a row of ward 55 turns out to lie in ward 57.
    """
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = [next(r for r in rows if r["Ward Number"] == ward) for ward in ("139", "173")]
    for row in chosen:
        row["Total Number of positive cases"] = str(int(row["Total Number of positive cases"]) + 40)
    moved = next(r for r in rows if r["Ward Number"] == "55")
    moved["Ward Number"] = "57"
    path = folder / "correction.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows([*chosen, moved])
    return path


def told(result):
    return {
        unit: (zone, int(total), text)
        for unit, zone, total, text in zip(
            result.unit_id, result.zone, result.confirmed_total, result.explanation, strict=True
        )
    }


def test_a_correction_changes_exactly_its_wards_and_last_weeks_map_stays(store, tmp_path):
    last_week = clock.now() - timedelta(days=7)
    import_boundaries(store, ImportOrder(WARDS, last_week, "tester", MAPPING), "ward")
    import_cases(store, ImportOrder(CASES, last_week, "tester", MAPPING))
    first = propose(store, RULE, ON, last_week, "tester").result
    publish(store, last_week, "tester")
    seen = map_view(store, Settings(), at=last_week + timedelta(hours=1), public=False)

    today = clock.now()
    account = import_cases(store, ImportOrder(corrected(tmp_path), today, "tester", MAPPING))
    assert (account.read, account.taken) == (3, 3)
    found = difference(store, RULE, ON, last_week, today)
    assert set(found.changed) == {"139", "173", "55", "57"}
    assert [record.file_name for record in found.arrived] == ["correction.csv"]
    assert told(found.earlier.result) == told(first)
    before, after = told(found.earlier.result), told(found.later.result)
    assert after["139"][1] == before["139"][1] + 40
    assert after["55"][1] < before["55"][1]
    assert sum(t for _, t, _ in after.values()) == sum(t for _, t, _ in before.values()) + 80

    propose(store, RULE, ON, today, "tester")
    publish(store, today, "tester")
    again = map_view(store, Settings(), at=last_week + timedelta(hours=1), public=False)
    assert again.zone.tolist() == seen.zone.tolist()
    assert again.classification.explanation.tolist() == seen.classification.explanation.tolist()
    assert again.order == seen.order
    np.testing.assert_array_equal(again.in_force_since, seen.in_force_since)

    later = today + timedelta(seconds=1)
    undo(store, imports(store)[0].import_id, later, "tester")
    assert told(zones_known(store, RULE, ON, later).result) == told(first)
    assert told(zones_known(store, RULE, ON, today).result) == after
