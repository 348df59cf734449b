"""Areas of real booths: what must hold for a whole state and a whole city."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.booths import derived_areas
from zoning.model import Booths, Units
from zoning.places.booth_areas import BoothAreas, booth_areas
from zoning.readers.booths import read_booths
from zoning.readers.mapping import Mapping
from zoning.readers.units import read_units

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
PANCHAYATS = DATA / "west-bengal" / "gram_panchayats_derived.gpkg"
HABITATIONS = DATA / "west-bengal" / "habitations.csv.gz"
WARDS = DATA / "bengaluru" / "wards_198.geojson"
STATIONS = DATA / "bengaluru" / "booth_polygons.geojson"

pytestmark = pytest.mark.skipif(
    not (HABITATIONS.exists() and STATIONS.exists()),
    reason="the shared real data isn't beside the repository",
)

State = tuple[Units, Booths, BoothAreas]


@pytest.fixture(scope="module")
def state() -> State:
    columns = {"unit_id": "gp_id", "name": "name"}
    units, _ = read_units(PANCHAYATS, Mapping(columns=columns), "gram_panchayat")
    told = ("unit_id", "gp_id"), ("booth_id", "habitation_id"), ("lon", "lon"), ("lat", "lat")
    booths, _ = read_booths(HABITATIONS, Mapping(columns=dict(told)))
    return units, booths, booth_areas(booths, units)


def city() -> tuple[Units, Booths]:
    columns = {"unit_id": "WARD_NO", "name": "WARD_NAME"}
    wards, _ = read_units(WARDS, Mapping(columns=columns), "ward")
    booths, _ = read_booths(STATIONS, Mapping(columns={"booth_id": "PSCode", "name": "PS_Name"}))
    return wards, booths


def test_every_habitation_of_west_bengal_has_an_area_and_the_doubtful_ones_are_told(state):
    _, booths, areas = state
    assert not shapely.is_missing(areas.geometry).any()
    assert Counter(map(str, areas.provenance)) == {"derived": 58_442, "unit": 12}
    assert Counter(finding.code for finding in areas.findings) == {
        "booth_shared_point": 16,
        "booth_unit_contradicted": 6,
        "unit_without_booths": 8,
    }
    assert len(areas.geometry) == len(booths)


def test_the_habitations_of_west_bengal_are_one_valid_coverage_of_their_panchayats(state):
    units, _, areas = state
    shapes = derived_areas(areas)
    assert len(shapes) == 58_438
    assert shapely.coverage_is_valid(shapes)
    assert units.geometry is not None
    # Some panchayats of the file overlap a little; ground of several is counted once.
    ground = shapely.union_all(units.geometry[np.unique(areas.unit_index)])
    assert shapely.area(shapes).sum() == pytest.approx(shapely.area(ground), rel=1e-9)


def test_ground_of_west_bengal_belongs_to_the_habitation_nearest_on_the_ellipsoid(state):
    from pyproj import Geod

    _, booths, areas = state
    assert booths.geometry is not None
    rng = np.random.default_rng(5)
    asked = rng.integers(0, len(booths), 400)
    inner = shapely.point_on_surface(areas.geometry[asked])
    lon, lat = shapely.get_x(booths.geometry), shapely.get_y(booths.geometry)
    geod = Geod(ellps="WGS84")
    for at, point in zip(asked, inner, strict=True):
        own = np.flatnonzero(areas.unit_index == areas.unit_index[at])
        ends = np.full(len(own), point.x), np.full(len(own), point.y)
        metres = geod.inv(lon[own], lat[own], *ends)[2]
        assert metres[own == at][0] <= metres.min() * 1.001


def test_the_surveyed_areas_of_bengaluru_are_kept_and_those_outside_its_wards_told():
    wards, booths = city()
    areas = booth_areas(booths, wards)
    assert shapely.equals_exact(areas.geometry, booths.geometry).all()
    assert set(areas.provenance) == {"surveyed"}
    assert Counter(f.code for f in areas.findings) == {"booth_outside": 1_141, "unit_unsurveyed": 1}
    (told,) = [f for f in areas.findings if f.code == "unit_unsurveyed"]
    assert "1.2 % of the ground of 83 (Kadugodi) (13.9 ha) lies in no booth" in told.message
    assert (told.row, told.rejects) == (0, False)
    # The place is shown where it is: in the ward, and apart from every booth but for its border.
    place, kadugodi = shapely.from_wkt(told.shape), wards.geometry[wards.unit_id == "83"][0]
    assert shapely.area(place) < 0.02 * shapely.area(kadugodi)
    assert shapely.area(shapely.intersection(place, kadugodi)) > 0.9 * shapely.area(place)
    assert (areas.unit_index == -1).sum() == 1_141


def test_points_of_the_stations_of_bengaluru_divide_its_wards_wholly():
    wards, booths = city()
    points = replace(booths, geometry=shapely.point_on_surface(booths.geometry))
    areas = booth_areas(points, wards)
    shapes = derived_areas(areas)
    assert len(shapes) == 7_374
    assert shapely.coverage_is_valid(shapes)
    ground = shapely.area(shapely.union_all(wards.geometry))
    assert shapely.area(shapes).sum() == pytest.approx(ground, rel=1e-9)
    placed = areas.unit_index >= 0
    assert shapely.intersects(areas.geometry[placed], points.geometry[placed]).all()
