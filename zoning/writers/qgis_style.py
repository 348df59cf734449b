"""Styles of an export's layers as QGIS documents (QML), one a layer.

References
----------
QGIS user guide, appendix "QGIS file formats", section QML; a style that a GeoPackage carries lies
in its table `layer_styles`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from zoning.writers.qgis_symbols import area_symbol, rgba
from zoning.writers.zone_classes import (
    WATCH,
    DrawnClass,
    booth_classes,
    buffer,
    cordon,
    zone_classes,
)
from zoning.writers.zone_export import ExportAbout
from zoning.writers.zone_layers import BOOTHS, BUFFERS, UNITS, ZONES

# Release whose form these documents have; QGIS brings older forms up to its own.
FORM = "3.16.0"
DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"

# A booth of a green unit has no category, and may lie in the watch ring.
BOOTH_CLASS = f"if(coalesce(\"category\", '') = '' and \"watch\", '{WATCH}', \"category\")"
ZONE_CLASS = '"zone"'


@dataclass(frozen=True)
class Lettering:
    """Labels of a layer.

    Attributes
    ----------
    text : str
        Expression of QGIS for the words.
    colour, halo : str
        Expressions of QGIS for the colours of the words and of the edge around them.
    points : float
        Size of the letters.
    """

    text: str
    colour: str
    halo: str
    points: float


def layer_qml(layer: str, about: ExportAbout) -> str:
    """Return the style of one layer: its classes with colour, pattern, line, letter and word."""
    if layer == UNITS:
        zones = zone_classes(about)
        name = _by_class(ZONE_CLASS, {key: c.style.letter for key, c in zones.items()})
        text = f"concat({name}, '\\n', coalesce(nullif(\"name\", ''), \"unit_id\"))"
        return _document(_categorised("zone", zones), _lettering(ZONE_CLASS, zones, text, 9))
    if layer == BOOTHS:
        booths = booth_classes()
        letters = {key: c.style.letter for key, c in booths.items() if key and c.style.letter}
        return _document(
            _categorised(BOOTH_CLASS, booths),
            _lettering(BOOTH_CLASS, booths, _by_class(BOOTH_CLASS, letters), 8),
        )
    only = {ZONES: cordon, BUFFERS: buffer}[layer]()
    words = Lettering('"zone_id"', f"'{only.style.text}'", f"'{only.style.fill}'", 8)
    return _document(_single(only, is_cased=layer == ZONES), words if layer == ZONES else None)


def _lettering(
    expression: str, classes: Mapping[str, DrawnClass], text: str, points: float
) -> Lettering:
    return Lettering(
        text,
        _by_class(expression, {key: c.style.text for key, c in classes.items()}),
        _by_class(expression, {key: c.style.fill for key, c in classes.items()}),
        points,
    )


def _by_class(expression: str, words: Mapping[str, str]) -> str:
    cases = " ".join(
        f"when {expression} = {_quoted(key)} then {_quoted(word)}" for key, word in words.items()
    )
    return f"case {cases} end"


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _categorised(attribute: str, classes: Mapping[str, DrawnClass]) -> ET.Element:
    renderer = _renderer("categorizedSymbol")
    renderer.set("attr", attribute)
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for nth, (key, drawn) in enumerate(classes.items()):
        ET.SubElement(
            categories,
            "category",
            {
                "value": key,
                "type": "string",
                "label": drawn.label,
                "symbol": str(nth),
                "render": "true",
            },
        )
        symbols.append(area_symbol(str(nth), drawn))
    return renderer


def _single(drawn: DrawnClass, *, is_cased: bool) -> ET.Element:
    renderer = _renderer("singleSymbol")
    ET.SubElement(renderer, "symbols").append(area_symbol("0", drawn, is_cased=is_cased))
    return renderer


def _renderer(kind: str) -> ET.Element:
    return ET.Element(
        "renderer-v2",
        {"type": kind, "symbollevels": "0", "enableorderby": "0", "forceraster": "0"},
    )


def _document(renderer: ET.Element, lettering: Lettering | None) -> str:
    root = ET.Element(
        "qgis",
        {
            "version": FORM,
            "styleCategories": "Symbology|Labeling",
            "labelsEnabled": "0" if lettering is None else "1",
        },
    )
    root.append(renderer)
    if lettering is not None:
        root.append(_labels(lettering))
    for name, value in (("blendMode", "0"), ("featureBlendMode", "0"), ("layerOpacity", "1")):
        ET.SubElement(root, name).text = value
    ET.SubElement(root, "layerGeometryType").text = "2"
    ET.indent(root)
    return DOCTYPE + ET.tostring(root, encoding="unicode") + "\n"


def _labels(lettering: Lettering) -> ET.Element:
    labeling = ET.Element("labeling", {"type": "simple"})
    settings = ET.SubElement(labeling, "settings")
    # No font is named: the reader's own draws Bengali as well as it can.
    style = ET.SubElement(
        settings,
        "text-style",
        {
            "fieldName": lettering.text,
            "isExpression": "1",
            "fontSize": f"{lettering.points:g}",
            "fontSizeUnit": "Point",
            "fontWeight": "75",
            "textColor": rgba("#000000"),
            "multilineHeight": "1",
        },
    )
    ET.SubElement(
        style,
        "text-buffer",
        {
            "bufferDraw": "1",
            "bufferSize": "0.6",
            "bufferSizeUnits": "MM",
            "bufferColor": rgba("#ffffff"),
            "bufferOpacity": "1",
        },
    )
    ET.SubElement(settings, "text-format", {"multilineAlign": "1"})
    # 4 is "horizontal": inside the area, whatever its shape.
    ET.SubElement(settings, "placement", {"placement": "4", "geometryGeneratorEnabled": "0"})
    ET.SubElement(settings, "rendering", {"obstacle": "0", "drawLabels": "1", "displayAll": "0"})
    settings.append(_defined({"Color": lettering.colour, "BufferColor": lettering.halo}))
    return labeling


def _defined(expressions: Mapping[str, str]) -> ET.Element:
    properties = ET.Element("dd_properties")
    collection = ET.SubElement(properties, "Option", {"type": "Map"})
    _option(collection, "name", "QString", "")
    each = ET.SubElement(collection, "Option", {"name": "properties", "type": "Map"})
    for key, expression in expressions.items():
        entry = ET.SubElement(each, "Option", {"name": key, "type": "Map"})
        _option(entry, "active", "bool", "true")
        _option(entry, "expression", "QString", expression)
        # 3 is a property that an expression defines.
        _option(entry, "type", "int", "3")
    _option(collection, "type", "QString", "collection")
    return properties


def _option(parent: ET.Element, name: str, kind: str, value: str) -> None:
    ET.SubElement(parent, "Option", {"name": name, "type": kind, "value": value})
