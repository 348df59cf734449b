"""A GeoPackage brings its colours along, in the table where QGIS looks for them."""

import sqlite3
from contextlib import closing
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from tests.exports import about, official_export
from zoning.rules.rulebook import ZoneLevel, load_rule
from zoning.symbols.palette import category_styles, zone_styles
from zoning.writers.qgis_style import BOOTH_CLASS, layer_qml
from zoning.writers.qgis_symbols import MM_PER_PIXEL, rgba
from zoning.writers.sld_style import layer_sld
from zoning.writers.zone_files import write_zones

LAYERS = ("units", "booths", "containment_zones", "buffers")
SE = "{http://www.opengis.net/se}"


def style(layer, **changes):
    return ET.fromstring(layer_qml(layer, about(**changes)).partition("\n")[2])


def symbols(layer, **changes):
    """Return the layers of the symbol of each class, with their properties."""
    renderer = style(layer, **changes).find("renderer-v2")
    assert renderer is not None
    by_name = {
        symbol.get("name"): [
            (part.get("class"), {p.get("k"): p.get("v") for p in part.findall("prop")}, part)
            for part in symbol.findall("layer")
        ]
        for symbol in renderer.findall("symbols/symbol")
    }
    classes = renderer.findall("categories/category")
    return {c.get("value"): by_name[c.get("symbol")] for c in classes} or by_name


@pytest.fixture
def table(tmp_path):
    write_zones(official_export(), tmp_path / "zones.gpkg", "gpkg")
    with closing(sqlite3.connect(tmp_path / "zones.gpkg")) as database:
        database.row_factory = sqlite3.Row
        yield database


def test_each_layer_has_one_default_style(table):
    found = table.execute(
        "SELECT * FROM layer_styles WHERE f_table_schema = '' AND f_geometry_column = 'geom' "
        "AND useAsDefault = 1 ORDER BY id"
    ).fetchall()
    assert [row["f_table_name"] for row in found] == list(LAYERS)
    assert found[0]["styleQML"] == layer_qml("units", about())
    assert found[1]["styleSLD"] == layer_sld("booths", about())
    assert {row["update_time"] for row in found} == {"2020-08-04T06:30:00.000Z"}


def test_the_table_of_styles_is_registered_and_typed_as_qgis_makes_it(table):
    kind = "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'"
    assert table.execute(kind).fetchone()[0] == "attributes"
    columns = {c["name"]: c["type"] for c in table.execute("PRAGMA table_info(layer_styles)")}
    assert list(columns) == [
        "id", "f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column",
        "styleName", "styleQML", "styleSLD", "useAsDefault", "description", "owner", "ui",
        "update_time",
    ]  # fmt: skip
    assert (columns["id"], columns["useAsDefault"]) == ("INTEGER", "BOOLEAN")
    assert columns["update_time"] == "DATETIME"


def test_a_geopackage_is_of_a_version_that_old_offices_read(table):
    assert table.execute("PRAGMA user_version").fetchone()[0] == 10200


def test_each_zone_has_the_colours_of_the_palette():
    drawn = symbols("units")
    expected = zone_styles(["red", "orange", "green"])
    assert list(drawn) == list(expected)
    for key, parts in drawn.items():
        assert parts[0][1]["color"] == rgba(expected[key].fill)
        assert parts[-1][1]["line_color"] == rgba(expected[key].border)


@pytest.mark.parametrize("rule_id", ["kerala-tpr-2021-06-16", "delhi-grap-2021"])
def test_rules_of_other_shapes_have_their_own_levels(rule_id):
    levels = tuple(reversed(load_rule(rule_id).zones))
    drawn = symbols("units", levels=levels)
    assert list(drawn) == [*(level.key for level in levels), "unclassified"]


@pytest.mark.parametrize(
    ("zone", "kinds"),
    [
        ("red", ["LinePatternFill"]),
        ("orange", ["PointPatternFill"]),
        ("green", []),
        ("unclassified", ["LinePatternFill", "LinePatternFill"]),
    ],
)
def test_each_zone_has_its_pattern(zone, kinds):
    assert [kind for kind, *_ in symbols("units")[zone][1:-1]] == kinds


def test_a_pattern_is_drawn_in_its_ink():
    (_, _, pattern) = symbols("units")["red"][1]
    stroke = pattern.find("symbol/layer/prop[@k='line_color']")
    assert stroke is not None
    assert stroke.get("v") == rgba(zone_styles(["red", "orange", "green"])["red"].ink)


def test_a_is_solid_b_hatched_c_an_outline_and_the_watch_ring_dashed():
    drawn = symbols("booths")
    assert [kind for kind, *_ in drawn["A"]] == ["SimpleFill", "SimpleLine"]
    assert [kind for kind, *_ in drawn["B"]] == ["SimpleFill", "LinePatternFill", "SimpleLine"]
    assert {key: parts[0][1]["style"] for key, parts in drawn.items()} == {
        "A": "solid", "B": "solid", "C": "no", "watch": "no", "": "no",
    }  # fmt: skip
    ring = drawn["watch"][-1][1]
    assert ring["use_custom_dash"] == "1"
    dash = [float(step) / MM_PER_PIXEL for step in ring["customdash"].split(";")]
    assert np.allclose(dash, category_styles()["watch"].dash, rtol=1e-3)


def test_the_cordon_of_a_is_the_thickest_line():
    widths = {key: float(p[-1][1]["line_width"]) for key, p in symbols("booths").items()}
    assert widths["A"] > widths["B"] > widths["C"]
    cordon = symbols("containment_zones")["0"]
    assert [kind for kind, *_ in cordon] == ["SimpleFill", "SimpleLine", "SimpleLine"]
    assert float(cordon[-1][1]["line_width"]) == widths["A"]


def test_no_class_is_told_by_colour_alone():
    units, booths = style("units"), style("booths")
    for document in (units, booths):
        assert document.get("labelsEnabled") == "1"
    lettering = units.find("labeling/settings/text-style")
    assert lettering is not None
    expression = lettering.get("fieldName")
    for letter in "ROG?":
        assert f"then '{letter}'" in expression
    assert "= 'unclassified' then '?'" in expression
    assert booths.find("renderer-v2").get("attr") == BOOTH_CLASS
    assert [c.get("label") for c in units.iter("category")] == [
        "Red", "Orange", "Green", "Unclassified",
    ]  # fmt: skip


def test_a_level_with_a_quote_in_its_name_breaks_no_expression():
    levels = (ZoneLevel("o'r", "Bad & <worse>", ""), ZoneLevel("green", "Green", ""))
    document = style("units", levels=levels)
    assert "= 'o''r' then 'O'" in document.find("labeling/settings/text-style").get("fieldName")
    assert document.find("renderer-v2/categories/category").get("label") == "Bad & <worse>"


@pytest.mark.parametrize("layer", LAYERS)
def test_the_descriptor_for_other_programs_has_the_same_fills(layer):
    root = ET.fromstring(layer_sld(layer, about()).encode())
    fills = [
        p.text
        for rule in root.iter(f"{SE}Rule")
        for p in rule.findall(f"{SE}PolygonSymbolizer/{SE}Fill/{SE}SvgParameter[@name='fill']")
    ]
    styles, categories = zone_styles(["red", "orange", "green"]), category_styles()
    expected = {
        "units": [s.fill for s in styles.values()],
        "booths": [categories["A"].fill, categories["B"].fill],
        "containment_zones": [],
        "buffers": [categories["B"].fill],
    }
    assert fills == expected[layer]
