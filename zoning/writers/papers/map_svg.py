"""The map of an order: units, affected areas and buffers, gates, scale, north, legend.

Where the order seals areas, units are outlines and the areas stand out; where it only declares
zones, the units bear their colours. Colours come with patterns and letters, so that the map can be
read in grey. Words are kept apart from the shapes: see `Label`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import shapely

from zoning.i18n.catalogue import tr
from zoning.model import Bools, Category, Geometries
from zoning.symbols.palette import category_styles
from zoning.writers.papers.layout import layout
from zoning.writers.papers.map_frame import Frame, frame_of, metric_layers
from zoning.writers.papers.map_labels import Placed
from zoning.writers.papers.map_layers import MapLayers
from zoning.writers.papers.map_legend import GATE, MEDICAL_EXIT, Entry, legend, scale_and_north
from zoning.writers.papers.svg import Label, outline, painted, pattern, written
from zoning.writers.papers.zone_words import ZoneWord, category_words

UNIT_LINE = "#6b7078"
A_BORDER, B_BORDER, UNIT_BORDER = 7, 4, 2.5
GATE_REACH = 18


@dataclass(frozen=True)
class MapDrawing:
    """A map, ready for paper and screen.

    Attributes
    ----------
    shapes : str
        SVG of everything but the words.
    labels : tuple of Label
        The words.
    width, height : float
        In tenths of a millimetre.
    alt : str
        What it shows, in a sentence.
    """

    shapes: str
    labels: tuple[Label, ...]
    width: float
    height: float
    alt: str

    def svg(self) -> str:
        """Return the map with its words, for a web page."""
        inner = self.shapes.split(">", 1)[1].removesuffix("</svg>")
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {self.height:g}"'
            f' role="img" aria-labelledby="map-alt"><title id="map-alt">{_escaped(self.alt)}'
            f'</title>{inner}<g font-family="Noto Serif, Noto Serif Bengali, serif">'
            f"{written(self.labels)}</g></svg>"
        )


def draw_map(layers: MapLayers, zones: Mapping[str, ZoneWord]) -> MapDrawing | None:
    """Return the map of an order in the language in use; None if nothing in it has ground.

    Parameters
    ----------
    layers : MapLayers
        What is drawn.
    zones : Mapping of str to ZoneWord
        The levels of the rule with `unclassified`, most severe first.
    """
    metric = metric_layers(layers)
    is_sealing = bool((~shapely.is_missing(metric.areas)).any())
    frame = frame_of(metric.areas if is_sealing else metric.units)
    if frame is None:
        return None
    units, areas = frame.on_paper(_drawable(metric.units, frame)), frame.on_paper(metric.areas)
    gates = frame.on_paper(metric.gates)
    placed = Placed(frame)
    placed.keep_free(gates, GATE_REACH)
    parts: list[str] = [_ground(frame)]
    if is_sealing:
        parts += [_outlines(units), *_areas(areas, layers)]
        placed.areas(areas, layers.area_category, layers.area_label)
    else:
        parts += _coloured(units, layers, zones)
    parts += _gates(gates, layers.is_medical_exit)
    placed.units(units, layers, zones, is_coloured=not is_sealing)
    north, north_labels = scale_and_north(frame)
    below, below_labels, height = legend(
        frame, _entries(layers, zones, is_sealing, units), metric.units, layers.source
    )
    parts += [_edge(frame), *north, *below]
    defs = _patterns(zones)
    total = frame.height + height
    shapes = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{frame.width / 10:g}mm" '
        f'height="{total / 10:g}mm" viewBox="0 0 {frame.width:g} {total:g}"><defs>{defs}</defs>'
        f"{''.join(parts)}</svg>"
    )
    labels = (*placed.labels, *north_labels, *below_labels)
    return MapDrawing(shapes, labels, frame.width, total, _alt(is_sealing))


def _drawable(units: Geometries, frame: Frame) -> Geometries:
    """Return units without what paper can't show; shared borders stay shared."""
    box = shapely.box(*frame.ground)
    near = units.copy()
    near[~shapely.intersects(units, box)] = None
    tolerance_m = layout("map")["simplified"] / frame.per_metre
    has_ground = ~shapely.is_missing(near)
    near[has_ground] = shapely.coverage_simplify(near[has_ground], tolerance_m)
    return near


def _coloured(units: Geometries, layers: MapLayers, zones: Mapping[str, ZoneWord]) -> list[str]:
    return [
        painted(outline(units[layers.unit_zone == key]), word.style, f"zone-{key}", UNIT_BORDER)
        for key, word in reversed(list(zones.items()))
    ]


def _outlines(units: Geometries) -> str:
    return (
        f'<path d="{outline(units)}" fill="none" stroke="{UNIT_LINE}" '
        f'stroke-width="{UNIT_BORDER}" stroke-linejoin="round"/>'
    )


def _areas(areas: Geometries, layers: MapLayers) -> list[str]:
    styles = category_styles()
    return [
        painted(
            outline(areas[layers.area_category == category]),
            styles[category],
            f"category-{category}",
            border,
        )
        for category, border in ((Category.BUFFER, B_BORDER), (Category.AFFECTED, A_BORDER))
    ]


def _gates(gates: Geometries, is_medical_exit: Bools) -> list[str]:
    drawn = ~(shapely.is_missing(gates) | shapely.is_empty(gates))
    xy = shapely.get_coordinates(shapely.centroid(gates[drawn]))
    return [
        f'<g transform="translate({x:.0f} {y:.0f})">{MEDICAL_EXIT if is_medical else GATE}</g>'
        for (x, y), is_medical in zip(xy, is_medical_exit[drawn], strict=True)
    ]


def _entries(
    layers: MapLayers, zones: Mapping[str, ZoneWord], is_sealing: bool, units: Geometries
) -> list[Entry]:
    words = category_words()
    entries: list[Entry] = []
    if is_sealing:
        shown = set(layers.area_category[~shapely.is_missing(layers.areas)])
        entries += [
            Entry(words[key].label, style=words[key].style, key=f"category-{key}", letter=key)
            for key in (Category.AFFECTED.value, Category.BUFFER.value)
            if key in shown
        ]
        entries.append(Entry(tr("Boundary of a ward or gram panchayat"), line=UNIT_LINE))
    else:
        shown = set(layers.unit_zone[~(shapely.is_missing(units) | shapely.is_empty(units))])
        entries += [
            Entry(word.label, style=word.style, key=f"zone-{key}", letter=word.style.letter)
            for key, word in zones.items()
            if key in shown
        ]
    if (~layers.is_medical_exit).any():
        entries.append(Entry(tr("Entry and exit"), symbol=GATE))
    if layers.is_medical_exit.any():
        entries.append(Entry(tr("Medical exit, open at any hour"), symbol=MEDICAL_EXIT))
    return entries


def _patterns(zones: Mapping[str, ZoneWord]) -> str:
    styles = {f"zone-{key}": word.style for key, word in zones.items()}
    styles |= {f"category-{key}": word.style for key, word in category_words().items()}
    return "".join(pattern(key, style) for key, style in styles.items())


def _ground(frame: Frame) -> str:
    return f'<rect width="{frame.width:g}" height="{frame.height:g}" fill="#ffffff"/>'


def _edge(frame: Frame) -> str:
    return (
        f'<rect x="1.5" y="1.5" width="{frame.width - 3:g}" height="{frame.height - 3:g}" '
        'fill="none" stroke="#000000" stroke-width="3"/>'
    )


def _alt(is_sealing: bool) -> str:
    if is_sealing:
        return tr("Map of the containment zones and buffer areas; the tables name every booth.")
    return tr("Map of the zones of the units; the tables name every unit.")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
