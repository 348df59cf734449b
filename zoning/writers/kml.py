"""An export as KML: a folder a layer, styles by class, words beside every colour.

KML knows no pattern and no letter on an area, so each name ends in its class.

References
----------
OGC 07-147r2, KML 2.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely

from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.model import Geometries
from zoning.symbols.palette import AreaStyle
from zoning.writers.tables import csv_texts
from zoning.writers.zone_classes import (
    NO_CATEGORY,
    WATCH,
    DrawnClass,
    booth_classes,
    buffer,
    cordon,
    zone_classes,
)
from zoning.writers.zone_export import ExportAbout, ZoneExport
from zoning.writers.zone_layers import BOOTHS, BUFFERS, UNITS, ZONES, ExportLayer, about_rows

KML = "http://www.opengis.net/kml/2.2"

# The picture below is to be seen through a colour, as hexadecimal opacity.
OPACITY = "b0"
SOLID = "ff"

# What XML 1.0 can't hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_kml(export: ZoneExport, layers: tuple[ExportLayer, ...], path: Path) -> None:
    """Write the layers as one document.

    Parameters
    ----------
    export : ZoneExport
        What it says of itself.
    layers : tuple of ExportLayer
        A folder each.
    path : Path
        The draft.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write(f'<kml xmlns="{KML}"><Document>\n')
        file.write(f"<name>{_text(export.about.title)}</name>\n<open>1</open>\n")
        file.write(f"<description>{_text(_introduction(export.about))}</description>\n")
        file.writelines(_styles(export.about))
        file.write(_data(about_rows(export).items()))
        for layer in layers:
            file.writelines(_folder(export, layer))
        file.write("</Document></kml>\n")


def _introduction(about: ExportAbout) -> str:
    orders = "; ".join(about.orders)
    when = forms.moment(about.as_of)
    sentences = [
        tr("Orders in force: {orders}, as of {moment}.", orders=orders, moment=when)
        if orders
        else tr("No order is in force, as of {moment}.", moment=when)
    ]
    if about.is_fictional:
        sentences.insert(0, tr("This district is fictional."))
    if about.source:
        sentences.append(tr("Boundaries: {source}.", source=about.source))
    if about.licence:
        sentences.append(tr("Licence: {licence}.", licence=about.licence))
    return "\n".join(sentences)


def _styles(about: ExportAbout) -> Iterator[str]:
    for key, drawn in zone_classes(about).items():
        yield _style(f"zone-{key}", drawn, drawn.style.border)
    for key, drawn in booth_classes().items():
        yield _style(_booth_style(key), drawn, drawn.style.border)
    yield _style("cordon", cordon(), cordon().style.fill)
    outlined = DrawnClass("", "", buffer().style, is_outline=True)
    yield _style("buffer", outlined, outlined.style.border)


def _style(key: str, drawn: DrawnClass, line: str) -> str:
    style: AreaStyle = drawn.style
    return (
        f"<Style id={quoteattr(key)}>"
        f"<LineStyle><color>{_colour(line, SOLID)}</color><width>{style.cordon:g}</width>"
        f"</LineStyle><PolyStyle><color>{_colour(style.fill, OPACITY)}</color>"
        f"<fill>{0 if drawn.is_outline else 1}</fill><outline>1</outline></PolyStyle></Style>\n"
    )


def _booth_style(key: str) -> str:
    return f"booth-{key or 'none'}"


def _colour(colour: str, opacity: str) -> str:
    """Return `#rrggbb` as KML writes it: opacity, blue, green, red."""
    return f"{opacity}{colour[5:7]}{colour[3:5]}{colour[1:3]}"


def _folder(export: ZoneExport, layer: ExportLayer) -> Iterator[str]:
    title = {
        UNITS: tr("Zones"),
        BOOTHS: tr("Booths"),
        ZONES: tr("Containment zones"),
        BUFFERS: tr("Buffers"),
    }[layer.name]
    yield f"<Folder><name>{_text(title)}</name>\n"
    cells = {name: csv_texts(column) for name, column in layer.columns.items()}
    since = layer.columns.get("in_force_since", layer.columns.get("opened_on"))
    days = [None] * len(layer) if since is None else since.tolist()
    zones, booths = zone_classes(export.about), booth_classes()
    for nth, shape in enumerate(_shapes(layer.geometry)):
        row = {name: texts[nth] for name, texts in cells.items()}
        if layer.name == UNITS:
            drawn, style = zones[row["zone"]], f"zone-{row['zone']}"
        elif layer.name == BOOTHS:
            drawn = booths[_booth_class(row)]
            style = _booth_style(drawn.key)
        else:
            drawn, style = (cordon(), "cordon") if layer.name == ZONES else (buffer(), "buffer")
        yield _placemark(row, drawn, style, days[nth], shape)
    yield "</Folder>\n"


def _booth_class(row: Mapping[str, str]) -> str:
    return row["category"] or (WATCH if row["watch"] == "true" else NO_CATEGORY)


def _placemark(
    row: Mapping[str, str], drawn: DrawnClass, style: str, since: date | None, shape: str
) -> str:
    name = row.get("name") or next(iter(row.values()))
    span = "" if since is None else f"<TimeSpan><begin>{since.isoformat()}</begin></TimeSpan>"
    return (
        f"<Placemark><name>{_text(tr('{name}: {zone}', name=name, zone=drawn.label))}</name>"
        f"<description>{_text(_description(row, drawn, since))}</description>"
        f"{span}<styleUrl>#{_text(style)}</styleUrl>{_data(_attributes(row))}{shape}"
        "</Placemark>\n"
    )


def _attributes(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the columns of a row; GDAL and QGIS read one called `name` over the feature's own."""
    first = next(iter(row))
    for column, value in row.items():
        yield (first.replace("_id", "_name") if column == "name" else column), value


def _description(row: Mapping[str, str], drawn: DrawnClass, since: date | None) -> str:
    sentences = [drawn.label]
    if since is not None:
        sentences.append(tr("Since {day}.", day=forms.day(since)))
    if order := row.get("order_number"):
        sentences.append(tr("Order {number}.", number=order))
    elif "order_number" in row:
        sentences.append(tr("No order is in force here."))
    return "\n".join(sentences)


def _data(values: Iterable[tuple[str, Any]]) -> str:
    data = "".join(
        f"<Data name={quoteattr(key)}><value>{_text(value)}</value></Data>" for key, value in values
    )
    return f"<ExtendedData>{data}</ExtendedData>\n"


def _shapes(geometry: Geometries) -> Iterator[str]:
    for area in geometry:
        if area is None:
            yield ""
            continue
        polygons = [_polygon(part) for part in shapely.get_parts(area)]
        yield polygons[0] if len(polygons) == 1 else _element("MultiGeometry", "".join(polygons))


def _polygon(polygon: Any) -> str:
    outer, *inner = (
        _element("LinearRing", _element("coordinates", _coordinates(ring)))
        for ring in shapely.get_rings(polygon)
    )
    holes = "".join(_element("innerBoundaryIs", ring) for ring in inner)
    return _element("Polygon", _element("outerBoundaryIs", outer) + holes)


def _coordinates(ring: Any) -> str:
    places = np.round(shapely.get_coordinates(ring), 7).tolist()
    return " ".join(f"{lon:.7f},{lat:.7f}" for lon, lat in places)


def _element(name: str, content: str) -> str:
    return f"<{name}>{content}</{name}>"


def _text(text: str) -> str:
    """Return text for XML, with what XML can't hold shown as its code."""
    shown = _FORBIDDEN.sub(lambda found: f"\\x{ord(found.group()):02x}", text)
    return escape(shown)
