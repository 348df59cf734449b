"""Styles of an export's layers as OGC Styled Layer Descriptors, for programs that don't read QML.

References
----------
OGC 05-078r4, Styled Layer Descriptor 1.1.0, and 05-077r4, Symbology Encoding 1.1.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from zoning.symbols.palette import AreaStyle
from zoning.writers.zone_classes import (
    NO_CATEGORY,
    WATCH,
    DrawnClass,
    booth_classes,
    buffer,
    cordon,
    zone_classes,
)
from zoning.writers.zone_export import ExportAbout
from zoning.writers.zone_layers import BOOTHS, BUFFERS, UNITS, ZONES

SLD = "http://www.opengis.net/sld"
SE = "http://www.opengis.net/se"
OGC = "http://www.opengis.net/ogc"

# Marks that Symbology Encoding and QGIS both know; the size is that of a tile.
_MARKS = {"diagonal": "slash", "dots": "circle", "lines": "horline", "cross": "x"}
_MARK_PIXELS = {"dots": "3"}
_TILE_PIXELS = "8"


def layer_sld(layer: str, about: ExportAbout) -> str:
    """Return the style of one layer: its classes with colour, pattern and line, without letters."""
    for prefix, namespace in (("sld", SLD), ("se", SE), ("ogc", OGC)):
        ET.register_namespace(prefix, namespace)
    root = ET.Element(_sld("StyledLayerDescriptor"), {"version": "1.1.0"})
    named = ET.SubElement(root, _sld("NamedLayer"))
    ET.SubElement(named, _se("Name")).text = layer
    user = ET.SubElement(named, _sld("UserStyle"))
    ET.SubElement(user, _se("Name")).text = layer
    feature_style = ET.SubElement(user, _se("FeatureTypeStyle"))
    for drawn, tests in _rules(layer, about):
        rule = ET.SubElement(feature_style, _se("Rule"))
        if drawn.label:
            ET.SubElement(rule, _se("Name")).text = drawn.label
        _add_filter(rule, tests)
        _add_area(rule, drawn)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _rules(layer: str, about: ExportAbout) -> Iterable[tuple[DrawnClass, dict[str, str]]]:
    if layer == UNITS:
        return [(drawn, {"zone": key}) for key, drawn in zone_classes(about).items()]
    if layer == BOOTHS:
        flags = {
            WATCH: {"category": "", "watch": "true"},
            NO_CATEGORY: {"category": "", "watch": "false"},
        }
        return [(d, flags.get(key, {"category": key})) for key, d in booth_classes().items()]
    return [({ZONES: cordon, BUFFERS: buffer}[layer](), {})]


def _add_filter(rule: ET.Element, tests: dict[str, str]) -> None:
    if not tests:
        return
    parent = ET.SubElement(rule, _ogc("Filter"))
    if len(tests) > 1:
        parent = ET.SubElement(parent, _ogc("And"))
    for column, value in tests.items():
        equal = ET.SubElement(parent, _ogc("PropertyIsEqualTo"))
        ET.SubElement(equal, _ogc("PropertyName")).text = column
        ET.SubElement(equal, _ogc("Literal")).text = value


def _add_area(rule: ET.Element, drawn: DrawnClass) -> None:
    style = drawn.style
    if not drawn.is_outline:
        plain = ET.SubElement(rule, _se("PolygonSymbolizer"))
        _parameters(ET.SubElement(plain, _se("Fill")), {"fill": style.fill})
        _add_pattern(rule, style)
    edge = ET.SubElement(rule, _se("PolygonSymbolizer"))
    stroke = {
        "stroke": style.border,
        "stroke-width": f"{style.cordon:g}",
        "stroke-linejoin": "mitre",
    }
    if style.dash:
        stroke["stroke-dasharray"] = " ".join(f"{step:g}" for step in style.dash)
    _parameters(ET.SubElement(edge, _se("Stroke")), stroke)


def _add_pattern(rule: ET.Element, style: AreaStyle) -> None:
    mark_name = _MARKS.get(style.pattern)
    if mark_name is None:
        return
    hatch = ET.SubElement(rule, _se("PolygonSymbolizer"))
    graphic_fill = ET.SubElement(ET.SubElement(hatch, _se("Fill")), _se("GraphicFill"))
    graphic = ET.SubElement(graphic_fill, _se("Graphic"))
    mark = ET.SubElement(graphic, _se("Mark"))
    ET.SubElement(mark, _se("WellKnownName")).text = mark_name
    _parameters(ET.SubElement(mark, _se("Fill")), {"fill": style.ink})
    _parameters(ET.SubElement(mark, _se("Stroke")), {"stroke": style.ink, "stroke-width": "1"})
    ET.SubElement(graphic, _se("Size")).text = _MARK_PIXELS.get(style.pattern, _TILE_PIXELS)


def _parameters(parent: ET.Element, values: dict[str, str]) -> None:
    for name, value in values.items():
        ET.SubElement(parent, _se("SvgParameter"), {"name": name}).text = value


def _sld(name: str) -> str:
    return f"{{{SLD}}}{name}"


def _se(name: str) -> str:
    return f"{{{SE}}}{name}"


def _ogc(name: str) -> str:
    return f"{{{OGC}}}{name}"
