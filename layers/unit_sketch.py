"""A small drawing of units in their zones as SVG, each with its letter: it moves nothing.

For two states side by side, and for what changed between them: what didn't is drawn quietly,
what did carries its letters, so that nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import numpy as np
import shapely

from layers.zone_sketch import HEIGHT, PAPER, WIDTH, Box, drawn_path
from zoning.model import Bools, Floats, Geometries, Texts
from zoning.symbols.palette import AreaStyle
from zoning.symbols.swatch import pattern_marks

# A letter needs so much room, in units of the drawing, unless it must be read.
LETTER_ROOM = 14.0
FONT = 11


@dataclass(frozen=True, eq=False)
class Lettered:
    """Units as they are drawn, shape (n,) each.

    Attributes
    ----------
    geometry : Geometries
        Areas in WGS84 degrees; missing ones are left out.
    zone : Texts
        Key of the style of each.
    letters : Texts
        Written on each; empty for none.
    is_quiet : Bools
        Drawn pale and, where its letter has no room, without it.
    """

    geometry: Geometries
    zone: Texts
    letters: Texts
    is_quiet: Bools


@dataclass(frozen=True)
class Point:
    """Letters at a place, in WGS84 degrees, in the style of a category."""

    lon: float
    lat: float
    letters: str
    category: str


def unit_sketch(
    units: Lettered,
    styles: Mapping[str, AreaStyle],
    box: Box,
    theme: Literal["light", "dark"],
    title: str,
    points: Sequence[Point] = (),
    point_styles: Mapping[str, AreaStyle] | None = None,
) -> str:
    """Return the drawing of units.

    Parameters
    ----------
    units : Lettered
        What is drawn.
    styles : mapping of str to AreaStyle
        Of each key of `units.zone`.
    box : Box
        What is shown.
    theme : {'light', 'dark'}
        Of the page around it.
    title : str
        What it shows, for who can't see it.
    points : sequence of Point
        Letters at places, above the units.
    point_styles : mapping of str to AreaStyle, optional
        Of the categories of the points.
    """
    paper, line = PAPER[theme]
    tiles, areas = [], []
    for nth, (key, style) in enumerate(styles.items()):
        tiles.append(
            f'<pattern id="p{nth}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect width="8" height="8" fill="{style.fill}"/>{pattern_marks(style)}</pattern>'
        )
        for is_quiet in (True, False):
            drawn = drawn_path(
                units.geometry[(units.zone == key) & (units.is_quiet == is_quiet)], box
            )
            if drawn:
                dim = ' opacity=".28"' if is_quiet else ""
                areas.append(
                    f'<path d="{drawn}" fill="url(#p{nth})" stroke="{line}" stroke-width=".8" '
                    f'fill-rule="evenodd"{dim}/>'
                )
    letters = _unit_letters(units, styles, box)
    letters += _point_letters(points, point_styles or {}, box)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{escape(title)}</title><defs>{''.join(tiles)}</defs>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{paper}"/>{"".join(areas)}'
        f'<g font-family="system-ui,sans-serif" font-weight="700" text-anchor="middle" '
        f'paint-order="stroke" stroke-width="2.5" stroke-linejoin="round">{letters}</g></svg>'
    )


def _unit_letters(units: Lettered, styles: Mapping[str, AreaStyle], box: Box) -> str:
    has_letters = (units.letters != "") & ~shapely.is_missing(units.geometry)
    at = np.flatnonzero(has_letters)
    shapes = units.geometry[at]
    x, y = _drawn_at(shapely.get_coordinates(shapely.point_on_surface(shapes)), box)
    west, south, east, north = shapely.bounds(shapes).T.reshape(4, -1)
    room = np.minimum((east - west) * box.scale_x, (north - south) * box.scale_y)
    told = []
    for nth, unit in enumerate(at):
        if units.is_quiet[unit] and room[nth] < LETTER_ROOM:
            continue
        style = styles[str(units.zone[unit])]
        told.append(_text(x[nth], y[nth], str(units.letters[unit]), style))
    return "".join(told)


def _point_letters(points: Sequence[Point], styles: Mapping[str, AreaStyle], box: Box) -> str:
    if not points:
        return ""
    x, y = _drawn_at(np.array([(p.lon, p.lat) for p in points]), box)
    return "".join(
        _text(x[nth], y[nth], point.letters, styles[point.category], 8)
        for nth, point in enumerate(points)
    )


def _drawn_at(degrees: Floats, box: Box) -> tuple[Floats, Floats]:
    return (degrees[:, 0] - box.west) * box.scale_x, (box.north - degrees[:, 1]) * box.scale_y


def _text(x: float, y: float, letters: str, style: AreaStyle, size: int = FONT) -> str:
    return (
        f'<text x="{x:.1f}" y="{y + size / 3:.1f}" font-size="{size}" fill="{style.text}" '
        f'stroke="{style.fill}">{escape(letters)}</text>'
    )
