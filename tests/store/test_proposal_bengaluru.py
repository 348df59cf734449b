"""Bengaluru's own wards and containment rows: what a week changes against what is in force."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from zoning.store.orders import NewOrder
from zoning.workflow.decisions import propose, publish
from zoning.workflow.ground import GroundShelf
from zoning.workflow.imports import import_boundaries, import_cases
from zoning.workflow.proposal import proposed_changes
from zoning.workflow.taking import ImportOrder

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT.parent / "shared" / "data" / "bengaluru"
MAPPING = ROOT / "docs" / "examples" / "bengaluru.toml"
RULE = "mohfw-2020-05-17"
AT = datetime(2020, 8, 6, 12, tzinfo=UTC)
RANK = {"green": 0, "orange": 1, "red": 2, "unclassified": 3}

pytestmark = pytest.mark.skipif(not FILES.exists(), reason=f"{FILES} is not there")


def test_a_week_of_the_city_tightens_some_wards_and_relaxes_none_too_early(store):
    # The rows came in one file, so all days are known at once.
    begun = AT - timedelta(minutes=10)
    wards = ImportOrder(FILES / "wards_198.geojson", begun, "tester", MAPPING)
    import_boundaries(store, wards, "ward")
    rows = ImportOrder(FILES / "containment_zones_2020-08-06.csv", begun, "tester", MAPPING)
    import_cases(store, rows)
    first = propose(store, RULE, date(2020, 7, 27), begun, "tester")
    order = NewOrder("Z/1", "Zones", "Act", "Reason", "Officer", effective_at=begun)
    publish(store, begun, "tester", first.run_id, order)
    run = propose(store, RULE, date(2020, 8, 6), AT, "tester").run_id
    units = proposed_changes(store, GroundShelf(), run, AT, "tester").units
    assert len(units) == 198
    kinds = Counter(units.kind.tolist())
    assert kinds["tighten"] and kinds["kept_until"] and kinds["same"]
    rank = np.vectorize(RANK.get)
    milder = rank(units.proposed) < rank(units.in_force)
    assert (milder == (units.kind == "relax")).all()
    assert (units.days_milder[milder] == 7).all()
    kept = units.kind == "kept_until"
    assert (units.earliest_on[kept] >= np.datetime64("2020-08-06")).all()
    assert (units.proposed[kept] == units.in_force[kept]).all()
    assert all(units.sentence) and all(units.explanation)
