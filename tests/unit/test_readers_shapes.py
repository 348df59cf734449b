"""One bad shape costs its own row, and every repair is said."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest
import shapely

from tests.vector_files import polygon, ring, ward, write_geojson, write_vector
from zoning.errors import InputError
from zoning.readers.booths import read_booths
from zoning.readers.mapping import Mapping
from zoning.readers.units import read_units

NOTHING = Mapping()
GOOD = polygon(ring(0))
OPEN = polygon(ring(1)[:-1])


def found(account):
    return [(f.row, f.code, f.rejects) for f in account.findings]


def read(tmp_path, *geometries, **more):
    units, account = read_units(write_geojson(tmp_path / "w.geojson", list(geometries)), NOTHING)
    assert account.read == account.taken + account.rejected == len(geometries)
    assert shapely.is_valid(units.geometry[~shapely.is_missing(units.geometry)]).all()
    return units, account


def test_an_open_ring_is_closed_and_counts_as_a_repair(tmp_path):
    units, account = read(tmp_path, GOOD, OPEN, polygon(ring(2)))
    assert found(account) == [(2, "geometry_repaired", False)]
    assert "closed" in account.findings[0].message
    assert (account.taken, account.repaired) == (3, 1)
    assert units.geometry[1].equals(ward(1))


@pytest.mark.parametrize("suffix", [".gpkg", ".fgb", ".shp"])
def test_an_open_ring_is_closed_in_every_format(tmp_path, suffix):
    corners = b"".join(struct.pack("<dd", *corner) for corner in ring(1)[:-1])
    binary = struct.pack("<BII", 1, 3, 1) + struct.pack("<I", 4) + corners
    path = write_vector(tmp_path / f"w{suffix}", [ward(0), binary], kind="Polygon")
    units, account = read_units(path, NOTHING)
    assert found(account) == [(2, "geometry_repaired", False)]
    assert units.geometry[1].equals(ward(1))


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (polygon([[77, 12], [78, 12]]), "fewer than three corners"),
        (polygon([["77", 12], [78, 12], [78, 13], ["77", 12]]), "no pair of numbers"),
        (polygon([[77, None], [78, 12], [78, 13], [77, None]]), "no pair of numbers"),
        (polygon([[77], [78, 12], [78, 13], [77]]), "no pair of numbers"),
        (polygon([[float("-inf"), 12], [78, 12], [78, 13]]), "no finite number"),
        (polygon([[77, float("nan")], [78, 12], [78, 13]]), "no finite number"),
        (polygon([[10**400, 12], [78, 12], [78, 13]]), "no finite number"),
        (polygon([77, 12]), "where a list should"),
        ({"type": "Polgon", "coordinates": []}, "Polgon is no kind of geometry"),
        ("POLYGON", "no geometry"),
    ],
)
def test_a_shape_that_cannot_be_read_costs_its_own_row_and_says_why(tmp_path, geometry, words):
    units, account = read(tmp_path, GOOD, geometry, polygon(ring(2)))
    assert found(account) == [(2, "geometry_unreadable", True)]
    assert words in account.findings[0].message
    assert units.unit_id.tolist() == ["1", "3"]


def test_a_number_that_makes_gdal_refuse_the_file_costs_one_row(tmp_path):
    path = write_geojson(tmp_path / "w.geojson", [GOOD, polygon(ring(1))])
    path.write_text(path.read_text().replace("77.1, 12.1", "1e999, 12.1", 1))
    account = read_units(path, NOTHING)[1]
    assert (account.read, account.taken, account.rejected) == (2, 1, 1)


def test_what_is_no_feature_is_a_rejected_row_and_not_dropped(tmp_path):
    path = write_geojson(tmp_path / "w.geojson", [GOOD, polygon(ring(1))])
    data = json.loads(path.read_text())
    data["features"][1:1] = [None, "x", {"type": "Featur", "geometry": GOOD}]
    path.write_text(json.dumps(data))
    units, account = read_units(path, NOTHING)
    assert found(account) == [(row, "feature_broken", True) for row in (2, 3, 4)]
    assert (account.read, units.unit_id.tolist()) == (5, ["1", "2"])


def test_a_null_among_the_features_is_a_row_too(tmp_path):
    path = write_geojson(tmp_path / "w.geojson", [GOOD, polygon(ring(1))])
    data = json.loads(path.read_text())
    path.write_text(json.dumps(data | {"features": [None, *data["features"]]}))
    assert found(read_units(path, NOTHING)[1]) == [(1, "feature_broken", True)]


def test_a_line_of_a_text_sequence_that_is_cut_costs_one_row(tmp_path):
    path = write_geojson(tmp_path / "w.geojson", [GOOD, polygon(ring(1))])
    lines = [json.dumps(feature) for feature in json.loads(path.read_text())["features"]]
    (tmp_path / "w.geojsonl").write_text("\n".join([lines[0], lines[1][:-20], lines[1]]))
    account = read_units(tmp_path / "w.geojsonl", NOTHING)[1]
    assert found(account) == [(2, "feature_broken", True)]


@pytest.mark.parametrize("cut", [1, 50, 300])
def test_json_that_is_cut_short_is_refused_with_its_place(tmp_path, cut):
    path = write_geojson(tmp_path / "w.geojson", [GOOD, polygon(ring(1))])
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(InputError, match=r"cut short or damaged .*line 1"):
        read_units(path, NOTHING)


def test_bytes_that_are_not_utf8_are_shown_in_geojson(tmp_path):
    path = write_geojson(tmp_path / "w.geojson", [GOOD, OPEN], name=["Cafe", "\ud800"])
    path.write_bytes(path.read_bytes().replace(b"Cafe", b"Ca\xe9"))
    units, account = read_units(path, NOTHING)
    assert units.name.tolist() == ["Ca\\xe9", "\\ud800"]
    assert [f.code for f in account.findings] == [
        "not_text", "geometry_repaired", "not_text",
    ]  # fmt: skip


def test_utf16_with_its_mark_is_read(tmp_path):
    path = write_geojson(tmp_path / "w.geojson", [GOOD], name=["কলকাতা"])
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert read_units(path, NOTHING)[0].name.tolist() == ["কলকাতা"]


def test_of_a_collection_the_areas_are_kept_and_the_rest_is_said(tmp_path):
    point = {"type": "Point", "coordinates": [77, 12]}
    members = [polygon(ring(1)), point, {"type": "MultiPolygon", "coordinates": [[ring(3)]]}]
    units, account = read(
        tmp_path, GOOD, {"type": "GeometryCollection", "geometries": members}, polygon(ring(2))
    )
    assert found(account) == [(2, "geometry_repaired", False)]
    assert "areas are kept (2)" in account.findings[0].message
    assert "dropped (1)" in account.findings[0].message
    assert shapely.equals(units.geometry[1], shapely.MultiPolygon([ward(1), ward(3)]))


def test_points_and_lines_among_areas_are_rejected_row_by_row(tmp_path):
    line = {"type": "LineString", "coordinates": ring(1)}
    point = {"type": "Point", "coordinates": [77, 12]}
    account = read(tmp_path, GOOD, point, line)[1]
    assert found(account) == [(row, "geometry_not_area", True) for row in (2, 3)]
    assert "a point" in account.findings[0].message
    assert "a line" in account.findings[1].message


def test_a_file_of_points_is_told_to_be_no_file_of_units(tmp_path):
    path = write_vector(tmp_path / "w.gpkg", [shapely.Point(77, 12)], kind="Point")
    with pytest.raises(InputError, match=r"a point.*zoning import facilities.*import booths"):
        read_units(path, NOTHING)
    booths, account = read_booths(path, Mapping(columns={"booth_id": "unit_id"}))
    assert (len(booths), account.findings) == (1, ())


def test_heights_are_dropped_and_said_once_a_file(tmp_path):
    high = polygon([[*corner, 5.0] for corner in ring(1)])
    units, account = read(tmp_path, GOOD, high, high | {"coordinates": [[]]})
    assert found(account) == [(0, "z_dropped", False), (3, "geometry_missing", False)]
    assert "1 shape has heights" in account.findings[0].message
    assert not shapely.has_z(units.geometry).any()


@pytest.mark.parametrize("shape", [None, shapely.Polygon(), shapely.MultiPolygon()])
def test_a_row_without_geometry_is_listed_and_not_drawn(tmp_path, shape):
    path = write_vector(tmp_path / "w.gpkg", [ward(0), shape])
    units, account = read_units(path, NOTHING)
    assert found(account) == [(2, "geometry_missing", False)]
    assert units.unit_id.tolist() == ["1", "2"]


def test_a_coordinate_without_end_costs_one_row_in_every_format(tmp_path):
    corners = np.array(ring(1))
    corners[1, 0] = -np.inf
    binary = struct.pack("<BII", 1, 3, 1) + struct.pack("<I", 5) + corners.tobytes()
    path = write_vector(tmp_path / "w.gpkg", [ward(0), binary], kind="Polygon")
    account = read_units(path, NOTHING)[1]
    assert found(account) == [(2, "coordinates_not_finite", True)]


def test_a_surface_of_a_kind_nobody_draws_costs_one_row_and_shifts_no_other(tmp_path):
    corners = b"".join(struct.pack("<dd", *corner) for corner in ring(1)[:3] + ring(1)[:1])
    triangle = struct.pack("<BII", 1, 17, 1) + struct.pack("<I", 4) + corners
    surface = struct.pack("<BII", 1, 16, 1) + triangle
    path = write_vector(tmp_path / "w.gpkg", [ward(0), surface, ward(2)])
    units, account = read_units(path, NOTHING)
    assert found(account) == [(2, "geometry_unreadable", True)]
    assert units.unit_id.tolist() == ["1", "3"]
    assert units.geometry[1].equals(ward(2))


def test_curved_outlines_are_read_as_polygons(tmp_path):
    arc = [(77, 12), (77.05, 12.05), (77.1, 12), (77.05, 11.95), (77, 12)]
    corners = b"".join(struct.pack("<dd", *corner) for corner in arc)
    curve = struct.pack("<BII", 1, 10, 1) + struct.pack("<BII", 1, 8, 5) + corners
    units, account = read_units(write_vector(tmp_path / "w.gpkg", [ward(0), curve]), NOTHING)
    assert account.findings == ()
    assert units.geometry[1].area == pytest.approx(np.pi * 0.05**2, rel=1e-3)
