"""What stands below and beside the map: scale, north, legend, the small map of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from zoning.i18n.catalogue import tr
from zoning.model import Geometries
from zoning.symbols.palette import AreaStyle
from zoning.writers.papers.layout import layout
from zoning.writers.papers.map_frame import Frame, bar_length_m
from zoning.writers.papers.svg import Label, outline, swatch
from zoning.writers.papers.words import digits

GATE = (
    '<circle r="17" fill="#ffffff" stroke="#000000" stroke-width="4"/>'
    '<path d="M-10 0h20" stroke="#000000" stroke-width="7"/>'
)
MEDICAL_EXIT = (
    '<rect x="-18" y="-18" width="36" height="36" fill="#ffffff" stroke="#000000" '
    'stroke-width="4"/><path d="M-11 0h22M0-11v22" stroke="#000000" stroke-width="8"/>'
)

ROW = 68
LEFT = 20
INSET_WIDTH, INSET_HEIGHT = 420, 400


@dataclass(frozen=True)
class Entry:
    """One line of the legend: an area of a style, a line of a colour, or a symbol."""

    label: str
    style: AreaStyle | None = None
    key: str = ""
    letter: str = ""
    line: str = ""
    symbol: str = ""


def scale_and_north(frame: Frame) -> tuple[list[str], list[Label]]:
    """Return the arrow to the north, in the upper right corner of the map."""
    x, y = frame.width - 60, 40
    arrow = (
        f'<g transform="translate({x:g} {y:g})"><circle cy="45" r="52" fill="#ffffff" '
        'fill-opacity="0.9"/><path d="M0 5L22 70L0 56L-22 70z" fill="#000000"/></g>'
    )
    return [arrow], [Label(x, y - 15, "N", 30, halo="", is_bold=True)]


def legend(
    frame: Frame, entries: Sequence[Entry], units_metric: Geometries, source: str
) -> tuple[list[str], list[Label], float]:
    """Return the band below the map.

    Returns
    -------
    shapes : list of str
        SVG of the swatches, the scale bar and the small map.
    labels : list of Label
        Its words.
    height : float
        Of the band, in tenths of a millimetre.
    """
    top = frame.height + 30
    shapes, labels = _bar(frame, top)
    y = top + 110.0
    for entry in entries:
        shapes += _sign(entry, y)
        if entry.letter and entry.style:
            style = entry.style
            labels.append(
                Label(LEFT + 35, y + 22, entry.letter, 30, style.text, style.fill, is_bold=True)
            )
        labels.append(Label(LEFT + 95, y + 22, entry.label, 28, halo="", anchor="start"))
        y += ROW
    if source:
        note = tr("Boundaries: {source}", source=source)
        labels.append(Label(LEFT, y + 14, note, layout("map")["note"], halo="", anchor="start"))
        y += 40
    inset = _inset(frame, units_metric, top)
    height = y - frame.height
    if inset:
        shapes += inset
        labels.append(
            Label(
                frame.width - INSET_WIDTH / 2 - 10,
                top + INSET_HEIGHT + 18,
                tr("Where the map lies"),
                layout("map")["note"],
                halo="",
            )
        )
        height = max(height, INSET_HEIGHT + 70)
    return shapes, labels, height


def _bar(frame: Frame, top: float) -> tuple[list[str], list[Label]]:
    length_m = bar_length_m(frame)
    half = length_m / 2 * frame.per_metre
    shapes = [
        f'<rect x="{LEFT}" y="{top:g}" width="{half:.0f}" height="16" fill="#000000"/>',
        f'<rect x="{LEFT}" y="{top:g}" width="{2 * half:.0f}" height="16" fill="none" '
        'stroke="#000000" stroke-width="3"/>',
    ]
    told = [0.0, length_m / 2, length_m]
    labels = [
        Label(LEFT + n * half, top + 42, _length(m), 26, halo="", anchor="middle" if n else "start")
        for n, m in enumerate(told)
    ]
    return shapes, labels


def _length(metres: float) -> str:
    if metres == 0:
        return digits("0")
    if metres < 1000:
        return tr("{n} m", n=digits(f"{metres:g}"))
    return tr("{n} km", n=digits(f"{metres / 1000:g}"))


def _sign(entry: Entry, y: float) -> list[str]:
    if entry.style:
        return [swatch(LEFT, y, entry.style, entry.key, 4)]
    if entry.symbol:
        return [f'<g transform="translate({LEFT + 35} {y + 22:g})">{entry.symbol}</g>']
    return [
        f'<rect x="{LEFT}" y="{y:g}" width="70" height="44" fill="#ffffff" stroke="{entry.line}" '
        'stroke-width="3"/>'
    ]


def _inset(frame: Frame, units_metric: Geometries, top: float) -> list[str]:
    west, south, east, north = shapely.total_bounds(units_metric)
    shown = shapely.box(*frame.ground)
    if not np.isfinite(west):
        return []
    whole = shapely.box(west, south, east, north)
    if shown.intersection(whole).area > layout("map")["inset_below_share"] * whole.area:
        return []
    scale = min(INSET_WIDTH / (east - west), INSET_HEIGHT / (north - south))
    left = frame.width - INSET_WIDTH - 10

    def lay(geometry: Geometries) -> Geometries:
        laid: Geometries = shapely.transform(
            geometry,
            lambda xy: np.column_stack(
                (left + (xy[:, 0] - west) * scale, top + (north - xy[:, 1]) * scale)
            ),
        )
        return laid

    known = units_metric[~shapely.is_missing(units_metric)]
    rough = lay(shapely.coverage_simplify(known, layout("map")["simplified"] / scale))
    box = lay(np.array([shown], dtype=object))
    return [
        f'<path d="{outline(rough)}" fill="#eef0f2" stroke="#8a9098" stroke-width="1"/>',
        f'<path d="{outline(box)}" fill="none" stroke="#ffffff" stroke-width="9"/>',
        f'<path d="{outline(box)}" fill="none" stroke="#000000" stroke-width="5"/>',
    ]
