"""Faulty outlines are repaired where they can be read in one way only."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from zoning.places.areas import as_areas
from zoning.places.repair import repair_areas

WGS84 = "EPSG:4326"


def drawn(wkt):
    """Draw a shape of some ten units around (77, 12), a unit being 0.001 degrees."""
    return shapely.transform(shapely.from_wkt(wkt), lambda xy: xy / 1000 + (77, 12))


def repaired(*wkts, crs=WGS84):
    shapes = np.array([drawn(wkt) for wkt in wkts], dtype=object)
    return repair_areas(shapes, np.arange(1, len(shapes) + 1), crs)


SQUARE = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"


def test_a_valid_shape_is_left_as_it_is():
    shapes = np.array([drawn(SQUARE), None], dtype=object)
    geometry, findings = repair_areas(shapes, np.array([1, 2]), WGS84)
    assert geometry is shapes
    assert findings == ()


@pytest.mark.parametrize(
    ("wkt", "words", "area"),
    [
        # A bow-tie:  \/\/  two triangles that meet in the middle.
        ("POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))", "crosses itself", 50),
        # An outline that runs out to a point and back.
        ("POLYGON ((0 0, 10 0, 10 5, 15 5, 10 5, 10 10, 0 10, 0 0))", "crosses itself", 100),
        # Two parts that share a strip.
        (
            "MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)), ((9.9 0, 20 0, 20 10, 9.9 10, 9.9 0)))",
            "crosses itself",
            200,
        ),
        # A small hole beside the shape is a part of its own.
        (
            "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (12 0, 13 0, 13 1, 12 0))",
            "a hole lies outside",
            100.5,
        ),
        # A hole that touches the outline in two places cuts the shape in two.
        (
            "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (5 0, 6 5, 5 10, 4 5, 5 0))",
            "a hole cuts it apart",
            90,
        ),
        ("MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)), ((0 0, 9 0, 9 9, 0 0)))", "itself", 40.5),
        # A second part without breadth leaves no line behind.
        (
            "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)), ((20 0, 20 5, 20 0, 20 0)))",
            "too few different points",
            40.5,
        ),
    ],
)
def test_a_fault_that_reads_in_one_way_is_repaired_and_said(wkt, words, area):
    geometry, findings = repaired(wkt)
    (finding,) = findings
    assert (finding.row, finding.code, finding.rejects) == (1, "geometry_repaired", False)
    assert words in finding.message
    assert " ha" in finding.message
    assert shapely.is_valid(geometry[0])
    assert geometry[0].geom_type in ("Polygon", "MultiPolygon")
    assert geometry[0].area == pytest.approx(area / 1e6, rel=0.01)


def test_the_finding_tells_where_and_by_how_much():
    finding = repaired("POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))")[1][0]
    assert finding.shape == "POINT (77.005 12.005)"
    assert "(77.00500, 12.00500); repaired: 2 parts, its area is 60.2 ha" in finding.message


@pytest.mark.parametrize(
    "wkt",
    [
        # A hole larger than the shape: nothing is left, or a frame.
        "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0), (-1 -1, 2 -1, 2 2, -1 2, -1 -1))",
        # A part in a part, as large nearly: a part, or a hole.
        "MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)), ((1 1, 9 1, 9 9, 1 9, 1 1)))",
    ],
)
def test_a_fault_that_reads_in_two_ways_is_refused(wkt):
    geometry, findings = repaired(SQUARE, wkt)
    assert geometry[1] is None
    assert geometry[0] is not None
    (finding,) = findings
    assert (finding.row, finding.code, finding.rejects) == (2, "geometry_refused", True)
    assert "can be read as" in finding.message


@pytest.mark.parametrize("corners", ["0 0, 1 1, 0 0, 0 0", "0 0, 0 1, 0 2, 0 0"])
def test_an_outline_that_encloses_nothing_is_refused(corners):
    geometry, findings = repaired(f"POLYGON (({corners}))")
    assert geometry[0] is None
    assert [f.code for f in findings] == ["geometry_refused"]
    assert "encloses no area" in findings[0].message


def test_areas_are_those_on_the_ground_whatever_the_system():
    wkt = "POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))"
    in_degrees = repaired(wkt)[1][0].message
    shape = shapely.transform(drawn(wkt), lambda xy: xy * 20037508.342789244 / 180)
    metric = np.array([shape], dtype=object)
    metric = shapely.transform(
        np.array([drawn(wkt)], dtype=object), lambda xy: np.column_stack(_mercator(xy))
    )
    in_metres = repair_areas(metric, np.array([1]), "EPSG:3857")[1][0].message
    assert "60.2 ha" in in_degrees
    assert "60.2 ha" in in_metres, "EPSG:3857 would say 63 ha"


def _mercator(xy):
    from pyproj import Transformer

    return Transformer.from_crs(WGS84, "EPSG:3857", always_xy=True).transform(*xy.T)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=3, max_size=12, unique=True
    )
)
def test_whatever_ring_comes_it_is_valid_refused_or_as_it_was(corners):
    ring = [(77 + x / 100, 12 + y / 100) for x, y in corners]
    shapes = np.array([shapely.Polygon(ring)], dtype=object)
    geometry, findings = repair_areas(shapes, np.array([7]), WGS84)
    if geometry[0] is None:
        assert [f.rejects for f in findings] == [True]
    else:
        assert shapely.is_valid(geometry[0])
        assert geometry[0].area > 0
        assert (geometry[0] is shapes[0]) == (not findings)
    assert all(f.row == 7 for f in findings)


def test_empty_parts_are_dropped_and_said():
    parts = drawn("MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)), EMPTY)")
    geometry, findings = as_areas(np.array([parts, None], dtype=object), np.array([4, 5]))
    assert shapely.get_num_geometries(geometry[0]) == 1
    assert [(f.row, f.code) for f in findings] == [(4, "geometry_repaired")]


def test_nested_collections_give_all_their_areas():
    inner = shapely.GeometryCollection([drawn(SQUARE), shapely.Point(77, 12)])
    outer = shapely.GeometryCollection([inner, shapely.LineString([(0, 0), (1, 1)])])
    geometry, findings = as_areas(np.array([outer], dtype=object), np.array([1]))
    assert geometry[0].equals(drawn(SQUARE))
    assert "dropped (2)" in findings[0].message


def test_a_point_is_good_where_points_are_asked_for():
    point = np.array([shapely.Point(77, 12), shapely.MultiPoint([(1, 1)])], dtype=object)
    geometry, findings = as_areas(point, np.array([1, 2]), takes_points=True)
    assert geometry[0] is not None
    assert [(f.row, f.code) for f in findings] == [(2, "geometry_not_area")]
