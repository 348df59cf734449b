"""Findings of files that name booths, zones or several places lie on that ground."""

from __future__ import annotations

import pytest
import shapely

from tests.store.grid_files import LAT, LON, WARD_DEG, write_places
from tests.store.samples import NOON, hour
from zoning.model import Finding, RowAccount
from zoning.readers.mapping import Mapping
from zoning.workflow.finding_marks import Asked, mark_findings
from zoning.workflow.ground import GroundShelf
from zoning.workflow.imports import import_booths, import_boundaries
from zoning.workflow.standing_orders import import_orders
from zoning.workflow.taking import ImportOrder

SHELF = GroundShelf()
FIFTH = (LON + WARD_DEG, LAT + WARD_DEG)
HALF = WARD_DEG / 2


@pytest.fixture
def places(store, tmp_path):
    write_places(tmp_path)
    import_boundaries(store, ImportOrder(tmp_path / "wards.geojson", NOON, "tester"), "ward")
    import_booths(store, ImportOrder(tmp_path / "booths.csv", NOON, "tester"))
    return store


def marked(store, path, section, n_rows, mapping=None):
    """Return the shape of each row of a file, all of whose rows were found fault with."""
    account = RowAccount(
        n_rows, n_rows, 0, 0, tuple(Finding(row + 1, "odd", "here") for row in range(n_rows))
    )
    asked = Asked(path, mapping or Mapping(), section)
    found = mark_findings(store, asked, account, hour(1), SHELF)
    return {account.findings[mark.number].row: mark.shape.bounds for mark in found.marks}


def quarters(n, m):
    """Return the bounds of so many booths of the fifth ward, n to the east and m to the north."""
    x, y = FIFTH
    return pytest.approx((x, y, x + n * HALF, y + m * HALF), abs=1e-6)


def test_a_row_of_the_register_lies_in_its_booth_or_its_containment_zone(places, tmp_path):
    orders = tmp_path / "orders.csv"
    orders.write_text(
        "number,booth_id,category,effective_on\n17/DM,W5-a,A,2020-05-02\n17/DM,W5-b,A,2020-05-02\n"
    )
    import_orders(places, ImportOrder(orders, NOON, "tester"), SHELF)
    rounds = tmp_path / "rounds.csv"
    rounds.write_text("Zone,on\nW5-a,x\nCZ-20200502-001,x\nCZ-19990101-001,x\n,x\n")
    found = marked(places, rounds, "rounds", 4, Mapping(columns={"area_id": "Zone"}))
    assert found == {1: quarters(1, 1), 2: quarters(2, 1)}


def test_a_row_of_orders_lies_in_all_the_booths_it_names_else_in_its_unit(places, tmp_path):
    orders = tmp_path / "orders.csv"
    orders.write_text('number,booth_id,unit_id\n1,"W5-a, W5-c",\n2,,W5\n3,W5-a,W5\n4,nowhere,\n')
    found = marked(places, orders, "orders", 4)
    assert found == {1: quarters(1, 2), 2: quarters(2, 2), 3: quarters(1, 1)}


def test_what_a_file_draws_goes_before_what_it_names(places, tmp_path):
    x, y = FIFTH
    lane = shapely.box(x + 0.001, y + 0.001, x + 0.002, y + 0.002)
    path = tmp_path / "lanes.geojson"
    drawn, undrawn = (
        '{"type": "Feature", "properties": {"booth_id": "W5-a"}, "geometry": ' + shape + "}"
        for shape in (shapely.to_geojson(lane), "null")
    )
    path.write_text('{"type": "FeatureCollection", "features": [' + f"{drawn}, {undrawn}]}}")
    found = marked(places, path, "isolation", 2)
    assert found == {1: pytest.approx(lane.bounds), 2: quarters(1, 1)}


def test_a_posting_lies_in_the_unit_that_is_answered_for(places, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("person_id,area_unit_id\n1,W5\n2,W99\n3,\n")
    assert marked(places, roster, "roster", 3) == {1: quarters(2, 2)}


def test_without_boundaries_nothing_has_a_place_and_nothing_fails(store, tmp_path):
    rounds = tmp_path / "rounds.csv"
    rounds.write_text("area_id,on\nW5-a,x\n")
    assert marked(store, rounds, "rounds", 1) == {}
