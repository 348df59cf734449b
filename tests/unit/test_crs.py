"""Numbers that can't belong to the system a file claims are refused, in every format."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from tests.vector_files import (
    pack,
    polygon,
    ring,
    shapefile_parts,
    ward,
    write_geojson,
    write_vector,
)
from zoning import crs as crs_guard
from zoning.errors import CrsError, InputError
from zoning.readers.mapping import Mapping
from zoning.readers.units import read_units

NOTHING = Mapping()


def turned(shape, crs):
    change = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    return shapely.transform(shape, lambda xy: np.column_stack(change.transform(*xy.T)))


def corners(shape):
    return polygon([list(corner) for corner in shape.exterior.coords])


def first_corner(units):
    inside = crs_guard.to_wgs84(units.geometry, units.crs)
    return shapely.get_coordinates(shapely.centroid(inside[0]))[0].round(4).tolist()


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:32643", "EPSG:7755", "EPSG:2263", "EPSG:4240"])
def test_metric_foot_and_older_systems_come_out_where_they_are(tmp_path, crs):
    # New York long island feet lie far from India; the ward goes where each system is at home.
    home = shapely.box(-74, 40.6, -73.9, 40.7) if crs == "EPSG:2263" else ward(0)
    path = write_vector(tmp_path / "w.shp", [turned(home, crs)], crs=crs)
    units, account = read_units(path, NOTHING)
    assert account.findings == ()
    expected = shapely.get_coordinates(shapely.centroid(home))
    assert np.allclose(first_corner(units), expected, atol=0.001)


def test_degrees_with_heights_are_degrees(tmp_path):
    path = write_geojson(tmp_path / "w.geojson", [polygon(ring(0))], "urn:ogc:def:crs:EPSG::4979")
    units, account = read_units(path, NOTHING)
    assert (units.crs, account.findings) == ("EPSG:4326", ())
    assert crs_guard.is_degrees("EPSG:4326+5773"), "with heights above the sea"


def test_metres_without_a_word_of_their_system_are_refused(tmp_path):
    path = write_geojson(tmp_path / "w.geojson", [corners(turned(ward(0), "EPSG:3857"))])
    with pytest.raises(InputError, match=r"doesn't say which.*look like metres.*--crs EPSG:n"):
        read_units(path, NOTHING)
    units, _ = read_units(path, NOTHING, crs="EPSG:3857")
    assert first_corner(units) == [77.05, 12.05]


@pytest.mark.parametrize(
    "member",
    [
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},
        {"type": "name", "properties": {"name": "EPSG:3857"}},
        {"type": "EPSG", "properties": {"code": 3857}},
    ],
)
@pytest.mark.parametrize("comes_last", [False, True])
def test_the_system_a_geojson_names_is_found_wherever_it_stands(tmp_path, member, comes_last):
    path = write_geojson(tmp_path / "w.geojson", [corners(turned(ward(0), "EPSG:3857"))])
    data = json.loads(path.read_text())
    features = data.pop("features")
    parts = [("features", features), ("crs", member)]
    data |= dict(parts if comes_last else reversed(parts))
    path.write_text(json.dumps(data))
    assert first_corner(read_units(path, NOTHING)[0]) == [77.05, 12.05]


@pytest.mark.parametrize(
    "member",
    [
        {"type": "name", "properties": {"name": "the city's own"}},
        {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs", "type": "proj4"}},
        "somewhere",
    ],
)
def test_a_system_nobody_knows_is_refused_and_no_link_is_followed(tmp_path, member):
    path = write_geojson(tmp_path / "w.geojson", [polygon(ring(0))])
    path.write_text(json.dumps(json.loads(path.read_text()) | {"crs": member}))
    with pytest.raises(CrsError, match="isn't a known coordinate system"):
        read_units(path, NOTHING)
    assert read_units(path, NOTHING, crs="EPSG:4326")[1].taken == 1


def test_gdal_never_sees_a_link_which_it_would_follow(tmp_path, monkeypatch):
    path = write_geojson(tmp_path / "w.geojson", [polygon(ring(0))])
    link = {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs", "type": "proj4"}}
    path.write_text(json.dumps(json.loads(path.read_text()) | {"crs": link}))

    def fetch(*_):
        pytest.fail("GDAL was asked")

    monkeypatch.setattr("zoning.readers.maps.read_layer", fetch)
    assert read_units(path, NOTHING, crs="EPSG:4326")[1].taken == 1


def test_a_shapefile_without_prj_is_refused_until_told(tmp_path):
    path = write_vector(tmp_path / "w.shp", [turned(ward(0), "EPSG:32643")], crs="EPSG:32643")
    path.with_suffix(".prj").unlink()
    archive = pack(tmp_path / "w.zip", *shapefile_parts(path))
    for file in (path, archive):
        with pytest.raises(InputError, match=r"doesn't say which coordinate system.*\.prj"):
            read_units(file, NOTHING)
        assert first_corner(read_units(file, NOTHING, crs="EPSG:32643")[0]) == [77.05, 12.05]


@pytest.mark.parametrize(
    ("numbers_of", "claimed", "words"),
    [
        ("EPSG:3857", "EPSG:4326", "look like metres"),
        ("EPSG:3857", "EPSG:4240", "look like metres"),
        ("EPSG:4326", "EPSG:32643", "look like degrees"),
        ("EPSG:3857", "EPSG:32643", "far outside the area"),
        ("EPSG:32643", "EPSG:7755", "far outside the area"),
    ],
)
def test_numbers_of_another_system_than_the_one_claimed_are_refused(
    tmp_path, numbers_of, claimed, words
):
    path = write_vector(tmp_path / "w.gpkg", [turned(ward(0), numbers_of)], crs=claimed)
    with pytest.raises(CrsError, match=words):
        read_units(path, NOTHING)


def test_one_shape_off_the_globe_costs_its_row_and_not_the_file(tmp_path):
    far = polygon([[7700, 12], [7701, 12], [7701, 13], [7700, 12]])
    path = write_geojson(tmp_path / "w.geojson", [polygon(ring(0)), far, polygon(ring(1))])
    units, account = read_units(path, NOTHING)
    assert [(f.row, f.code) for f in account.findings] == [(2, "coordinates_impossible")]
    assert units.unit_id.tolist() == ["1", "3"]


def test_a_stray_coordinate_without_end_does_not_hide_that_the_rest_is_in_metres(tmp_path):
    shape = turned(ward(0), "EPSG:3857")
    stray = polygon([[float("inf"), 0], *([c[0], c[1]] for c in shape.exterior.coords)])
    path = write_geojson(tmp_path / "w.geojson", [corners(shape), stray])
    with pytest.raises(InputError, match="look like metres"):
        read_units(path, NOTHING)
    endless = shapely.transform(shape, lambda xy: np.where(xy == xy.max(axis=0), np.inf, xy))
    path = write_vector(tmp_path / "w.gpkg", [shape, endless])
    with pytest.raises(CrsError, match="look like metres"):
        read_units(path, NOTHING)


@pytest.mark.parametrize("crs", ["EPSG:4978", 'LOCAL_CS["site",UNIT["metre",1]]', "EPSG:999999"])
def test_a_system_without_places_on_a_map_is_refused(crs):
    with pytest.raises(CrsError):
        crs_guard.refuse_contradiction(np.array([0.0, 0, 1, 1]), crs, "w")


@settings(max_examples=25)
@given(lon=st.floats(68, 97), lat=st.floats(7, 36), size=st.floats(0.001, 0.5))
def test_the_local_equal_area_system_keeps_areas_of_the_ellipsoid(lon, lat, size):
    box = np.array([shapely.segmentize(shapely.box(lon, lat, lon + size, lat + size), size / 50)])
    metric = crs_guard.local_equal_area(box)
    area_m2 = shapely.area(crs_guard.to_metric(box, metric))[0]
    # The exact area between two parallels and meridians of WGS84.
    e = 0.0818191908426215
    b2 = 6356752.314245179**2

    def q(phi):
        s = np.sin(np.radians(phi))
        return b2 / 2 * (s / (1 - e**2 * s**2) + np.arctanh(e * s) / e)

    exact = np.radians(size) * (q(lat + size) - q(lat))
    assert area_m2 == pytest.approx(exact, rel=1e-4)
    back = crs_guard.to_wgs84(crs_guard.to_metric(box, metric), metric)
    assert shapely.equals_exact(back, box, tolerance=1e-7).all(), "to a centimetre"
