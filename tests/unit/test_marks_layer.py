"""The map of marks: its script rests on the marks alone, a jump on the one that is looked at."""

import numpy as np
import pytest
import shapely
from streamlit_folium import _get_feature_group_string, generate_leaflet_string

from layers.marks import MAX_CORNERS, MAX_DRAWN, Look, Mark, look_at, marks_map
from zoning.assets.shelf import ASSETS, asset_bytes, asset_url

UNITS = np.array([shapely.box(88.3 + i / 100, 22.5, 88.31 + i / 100, 22.51) for i in range(4)])
SLIVER = shapely.Polygon([(88.3, 22.5), (88.3, 22.505), (88.3000002, 22.505)])


def mark(number=0, shape=None, **changes):
    told = {"title": "Row 7", "words": "overlaps its neighbour", "is_grave": False} | changes
    return Mark(number=number, shape=shape or shapely.Point(88.305, 22.505), **told)


def drawn(units=UNITS, marks=()):
    return marks_map(units, marks)


def script(units=UNITS, marks=()):
    drawing = drawn(units, marks)
    drawing.render()
    return generate_leaflet_string(drawing)


def settings(units=UNITS, marks=()):
    layers = drawn(units, marks)._children.values()
    return next(layer.settings for layer in layers if layer._name == "MarkLayer")


def ring(encoded, scale):
    lat_lon = np.array(encoded).reshape(-1, 2).cumsum(axis=0) / scale
    return shapely.Polygon(lat_lon[:, ::-1])


def test_the_script_is_the_same_whichever_mark_is_looked_at():
    one = _get_feature_group_string(look_at(Look(None, 0, "light")), drawn(marks=[mark()]))
    other = _get_feature_group_string(look_at(Look(mark(), 1, "light")), drawn(marks=[mark()]))
    assert script(marks=[mark()]) == script(marks=[mark()])
    assert "Row 7" in other
    assert "Row 7" not in one


def test_a_sliver_of_centimetres_keeps_its_shape():
    (told,) = settings(marks=[mark(shape=SLIVER)])["marks"]
    assert ring(told["rings"][0], settings()["markScale"]).equals_exact(SLIVER, 1e-7)


def test_outlines_lie_where_the_units_lie():
    told = settings()
    for unit, rings in zip(UNITS, told["units"], strict=True):
        assert ring(rings[0], told["unitScale"]).equals_exact(unit, 1e-5)


def test_outlines_are_coarser_the_more_corners_they_have():
    round_ = np.array([shapely.Point(88 + i / 10, 22).buffer(0.05, 8000) for i in range(8)])
    assert shapely.get_num_coordinates(round_).sum() > MAX_CORNERS
    corners = sum(len(rings[0]) // 2 for rings in settings(units=round_)["units"])
    assert 8 * 20 < corners <= MAX_CORNERS


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Point(88.3, 22.5),
        shapely.LineString([(88.3, 22.5), (88.31, 22.5)]),
        shapely.MultiPolygon([shapely.box(88.3, 22.5, 88.31, 22.51), shapely.box(89, 22, 90, 23)]),
        shapely.GeometryCollection([shapely.Point(88.3, 22.5), shapely.box(88.3, 22, 88.4, 23)]),
        shapely.Polygon([(88.3, 22.5), (88.31, 22.51), (88.31, 22.5), (88.3, 22.51)]),
    ],
    ids=lambda shape: shape.geom_type,
)
def test_every_kind_of_shape_has_a_place(shape):
    (told,) = settings(marks=[mark(shape=shape)])["marks"]
    lat, lon = told["at"]
    assert shapely.box(*shape.bounds).buffer(1e-9).covers(shapely.Point(lon, lat))


def test_a_map_without_units_and_marks_shows_india():
    nothing = np.array([None, shapely.Polygon()], dtype=object)
    assert settings(units=None)["bounds"] == [[6.0, 68.0], [37.0, 98.0]]
    assert settings(units=nothing)["units"] == []


def test_no_more_marks_are_drawn_than_a_map_bears():
    many = [mark(number) for number in range(MAX_DRAWN + 10)]
    assert len(settings(marks=many)["marks"]) == MAX_DRAWN


def test_texts_of_files_never_become_script():
    text = script(marks=[mark(words="</script><script>alert(1)</script>")])
    assert "</script>" not in text


def test_the_script_and_style_of_marks_are_served_from_here():
    assert {"seemana-marks.js", "seemana-marks.css"} <= set(ASSETS)
    assert asset_url("seemana-marks.js").startswith("/vendor/")
    for name in ("seemana-marks.js", "seemana-marks.css"):
        assert b"http" not in asset_bytes(name)
    assert b"innerHTML" not in asset_bytes("seemana-marks.js")
