"""The map of an order: what is drawn where, to scale, with words that don't lie on each other."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely

from tests.papers import ZONE, layers
from zoning.crs import local_equal_area, to_metric
from zoning.errors import OutputError
from zoning.symbols.palette import category_styles, zone_styles
from zoning.writers.papers.map_frame import bar_length_m, frame_of, metric_layers
from zoning.writers.papers.map_svg import draw_map
from zoning.writers.papers.zone_words import zone_words

SEALING, COLOURED = layers(), layers(is_sealing=False)


def drawn(told=SEALING):
    return draw_map(told, zone_words(()))


def texts(drawing):
    return [label.text for label in drawing.labels]


def test_a_sealing_order_shows_areas_gates_and_outlines():
    svg = drawn().svg()
    for key in ("A", "B"):
        assert category_styles()[key].fill in svg
    assert "url(#category-B)" in svg
    assert zone_styles(["red", "orange", "green"])["red"].fill not in re.sub(
        "<defs>.*</defs>", "", svg
    )
    assert {"A", "B", ZONE, "Entry and exit", "Medical exit, open at any hour"} <= set(
        texts(drawn())
    )


def test_an_order_on_colours_shows_the_units_in_theirs_with_letters():
    drawing = drawn(COLOURED)
    styles = zone_styles(["red", "orange", "green"])
    assert styles["red"].fill in drawing.shapes
    assert "url(#zone-red)" in drawing.shapes
    assert {"12 R", "13 O", "Red", "Orange"} <= set(texts(drawing))
    assert "Green" not in texts(drawing), "a unit without ground isn't in the legend"


def test_the_map_is_well_formed_and_names_itself():
    root = ElementTree.fromstring(drawn().svg())
    assert root.attrib["role"] == "img"
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title.text.startswith("Map of the containment zones")


def test_names_on_the_map_are_no_markup():
    told = replace(SEALING, area_label=np.array(["<script>&", ""], dtype=object))
    assert "&lt;script&gt;&amp;" in drawn(told).svg()


def test_the_same_layers_give_the_same_map():
    assert drawn().svg() == drawn().svg()


def test_the_scale_bar_is_as_long_as_it_says():
    metric = metric_layers(SEALING)
    frame = frame_of(metric.areas)
    length_m = bar_length_m(frame)
    bar = re.search(r'width="(\d+)" height="16" fill="none"', drawn().shapes)
    assert int(bar[1]) == pytest.approx(length_m * frame.per_metre, abs=1)
    assert f"{length_m:g} m" in texts(drawn())


def test_north_is_up_and_east_is_right():
    crs = local_equal_area(SEALING.units[:2])
    west, east = to_metric(SEALING.units[:2], crs)
    frame = frame_of(np.array([west, east], dtype=object))
    laid = shapely.get_coordinates(shapely.centroid(frame.on_paper(np.array([west, east]))))
    assert laid[0, 0] < laid[1, 0]
    north, south = (shapely.Point(0, y) for y in (100.0, -100.0))
    (_, upper), (_, lower) = shapely.get_coordinates(frame.on_paper(np.array([north, south])))
    assert upper < lower


def test_no_words_lie_on_others():
    boxes = []
    for label in drawn(COLOURED).labels:
        half = len(label.text) * label.size * 0.31
        box = (label.x - half, label.y - label.size / 2, label.x + half, label.y + label.size / 2)
        if label.anchor == "middle":
            boxes.append(box)
    met = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert met == []


def test_without_any_ground_there_is_no_map():
    assert drawn(replace(COLOURED, units=np.array([None] * 3, dtype=object))) is None


def test_layers_that_do_not_fit_together_are_refused():
    with pytest.raises(OutputError, match="don't fit together: 3, 1, 3"):
        replace(COLOURED, unit_zone=np.array(["red"], dtype=object))
    with pytest.raises(OutputError, match="category A and B, not C"):
        replace(SEALING, area_category=np.array(["A", "C"], dtype=object))
