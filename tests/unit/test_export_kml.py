"""KML opens in its colours, with words beside them, and whatever a name holds."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.exports import BENGALI, FORMULA, MARKUP, about, official_export, shapes, texts
from zoning.symbols.palette import category_styles, zone_styles
from zoning.writers.kml import write_kml
from zoning.writers.zone_files import write_zones
from zoning.writers.zone_layers import export_layers

KML = "{http://www.opengis.net/kml/2.2}"

# OGC 07-147r2, order of the parts of a feature; the schema refuses any other.
ORDER = ["name", "open", "description", "TimeSpan", "styleUrl", "Style", "ExtendedData"]


# The map has more: what marks no class of its own isn't in a file.
DRAWN = ("A", "B", "C", "watch")


def document(folder, export=None):
    write_zones(export or official_export(), folder / "zones.kml", "kml")
    return ET.parse(folder / "zones.kml").getroot().find(f"{KML}Document")


def words(element, path):
    return [e.text for e in element.iterfind("/".join(f"{KML}{n}" for n in path.split("/")))]


def colour(hex_colour, opacity):
    return f"{opacity}{hex_colour[5:]}{hex_colour[3:5]}{hex_colour[1:3]}"


def test_a_folder_a_layer_reads_back_with_its_names(tmp_path):
    write_zones(official_export(), tmp_path / "zones.kml", "kml")
    layers = [str(name) for name in pyogrio.list_layers(tmp_path / "zones.kml")[:, 0]]
    assert layers == ["Zones", "Booths", "Containment zones", "Buffers"]
    units = pyogrio.read_dataframe(tmp_path / "zones.kml", layer="Zones")
    assert units["Name"][0] == f"{BENGALI}: Red"
    assert units["unit_name"].tolist()[:3] == [BENGALI, FORMULA, MARKUP]
    assert units["zone"].tolist() == ["red", "orange", "green", "unclassified"]
    assert shapely.equals(shapely.force_2d(units.geometry[0]), official_export().units.geometry[0])


def test_each_class_has_the_colours_of_the_palette(tmp_path):
    styles = {s.get("id"): s for s in document(tmp_path).iterfind(f"{KML}Style")}
    zones = zone_styles(["red", "orange", "green"])
    expected = {f"zone-{key}": style for key, style in zones.items()}
    expected |= {f"booth-{key}": style for key, style in category_styles().items() if key in DRAWN}
    for key, style in expected.items():
        assert words(styles[key], "PolyStyle/color") == [colour(style.fill, "b0")]
        assert words(styles[key], "LineStyle/color") == [colour(style.border, "ff")]
    filled = {key: words(s, "PolyStyle/fill") == ["1"] for key, s in styles.items()}
    assert filled["booth-A"] and filled["booth-B"] and not filled["booth-C"]


def test_every_style_that_is_used_is_there(tmp_path):
    root = document(tmp_path)
    there = {f"#{s.get('id')}" for s in root.iterfind(f"{KML}Style")}
    used = words(root, "Folder/Placemark/styleUrl")
    assert set(used) <= there
    assert used[4:10] == [f"#booth-{key}" for key in ("A", "B", "C", "C", "watch", "none")]


def test_the_word_of_the_class_and_the_day_stand_beside_the_colour(tmp_path):
    root = document(tmp_path)
    assert words(root, "Folder/Placemark/name")[0] == f"{BENGALI}: Red"
    assert words(root, "Folder/Placemark/name")[3] == "W4: Unclassified"
    described = words(root, "Folder/Placemark/description")
    assert described[0] == "Red\nSince 1 August 2020.\nOrder 177-CS/2020."
    assert described[3] == "Unclassified\nNo order is in force here."
    begun = words(root, "Folder/Placemark/TimeSpan/begin")
    assert begun[:3] == ["2020-08-01", "2020-08-02", "2020-08-02"]
    assert words(root, "description")[0].startswith("This district is fictional.")


def test_the_parts_of_a_feature_stand_in_the_order_of_the_standard(tmp_path):
    root = document(tmp_path)
    for feature in (root, *root.iter(f"{KML}Placemark")):
        parts = [part.tag.removeprefix(KML) for part in feature]
        places = [ORDER.index(p) if p in ORDER else len(ORDER) for p in parts]
        assert places == sorted(places)


def test_holes_and_several_parts_survive(tmp_path):
    ring = shapely.difference(shapely.box(0, 0, 3, 3), shapely.box(1, 1, 2, 2))
    several = shapely.union(ring, shapely.box(5, 5, 6, 6))
    export = official_export()
    drawn = shapes(ring, several, None, None)
    export = replace(export, units=replace(export.units, geometry=drawn))
    write_zones(export, tmp_path / "zones.kml", "kml")
    read = pyogrio.read_dataframe(tmp_path / "zones.kml", layer="Zones").geometry
    assert shapely.equals(read[0], ring)
    assert shapely.equals(read[1], several)
    assert read.isna().tolist() == [False, False, True, True]


@pytest.mark.parametrize(("character", "shown"), [("\x07", "\\x07"), ("\ufffe", "\\xfffe")])
def test_what_xml_cannot_hold_is_shown_as_its_code(tmp_path, character, shown):
    export = official_export()
    names = texts(f"a{character}b", "", "", "")
    root = document(tmp_path, replace(export, units=replace(export.units, name=names)))
    assert words(root, "Folder/Placemark/name")[0] == f"a{shown}b: Red"


@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_name_makes_a_readable_file(tmp_path_factory, name):
    path = tmp_path_factory.getbasetemp() / "any.kml"
    export = official_export()
    names = texts(name, "", "", "")
    export = replace(
        export,
        about=about(title=name),
        units=replace(export.units, name=names, order_number=names),
    )
    write_kml(export, export_layers(export), path)
    assert ET.parse(path).getroot().tag == f"{KML}kml"
