"""The ground of a real state with the panchayats that no booth is known of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from zoning.places.arcs import coverage_arcs
from zoning.places.booth_areas import Provenance
from zoning.places.dissolve import dissolve
from zoning.readers.booths import read_booths
from zoning.readers.mapping import Mapping
from zoning.readers.units import read_units
from zoning.workflow.ground import GroundSource, make_ground

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "west-bengal"
PANCHAYATS = DATA / "gram_panchayats_derived.gpkg"
HABITATIONS = DATA / "habitations.csv.gz"

pytestmark = pytest.mark.skipif(
    not HABITATIONS.exists(), reason="the shared real data isn't beside the repository"
)


@pytest.fixture(scope="module")
def source():
    names = {"unit_id": "gp_id", "name": "name"}
    units, _ = read_units(PANCHAYATS, Mapping(columns=names), "gram_panchayat")
    told = {"unit_id": "gp_id", "booth_id": "habitation_id", "lon": "lon", "lat": "lat"}
    booths, _ = read_booths(HABITATIONS, Mapping(columns=told))
    return GroundSource(units, booths)


@pytest.fixture(scope="module")
def ground(source):
    return make_ground(source)


def each_once(table, cells):
    _, first = np.unique(table.sharing, return_index=True)
    return cells[first]


def test_west_bengal_is_a_valid_coverage_with_the_panchayats_that_have_no_booth(ground):
    table, cells = ground
    assert table.is_stand_in.sum() == 8
    assert set(table.provenance[table.is_stand_in]) == {Provenance.UNIT.value}
    assert not shapely.is_missing(cells).any()
    assert shapely.coverage_is_valid(each_once(table, cells))


def test_no_ground_of_west_bengal_is_lost_or_counted_twice(source, ground):
    whole = shapely.union_all(source.units.geometry)
    drawn = shapely.area(each_once(*ground)).sum()
    assert drawn == pytest.approx(shapely.area(whole), rel=1e-12)


def test_areas_of_west_bengal_are_joined_along_its_arcs(ground):
    table, cells = ground
    arcs = coverage_arcs(cells)
    assert arcs is not None
    kind = (table.unit_index % 3).astype(np.int64)
    areas = dissolve(arcs, kind, 3)
    assert shapely.is_valid(areas).all()
    once = each_once(table, cells)
    _, first = np.unique(table.sharing, return_index=True)
    by_kind = np.bincount(kind[first], shapely.area(once))
    assert shapely.area(areas) == pytest.approx(by_kind, rel=1e-12)
