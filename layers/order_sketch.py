"""A small drawing of what an order declares, as SVG: units by zone, containment zones upon them.

For two orders side by side and for what differs between them, all in one box.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Literal

import numpy as np
import shapely

from layers.zone_sketch import HEIGHT, PAPER, WIDTH, Box, drawn_path
from zoning.model import Category, Geometries, Texts
from zoning.symbols.palette import AreaStyle, category_styles
from zoning.symbols.swatch import pattern_marks

# A label needs room: on a drawing of more units it would be a blot.
LETTERED_UNITS = 60


def order_sketch(
    units: Geometries,
    zone: Texts,
    styles: Mapping[str, AreaStyle],
    areas: Geometries,
    buffers: Geometries,
    box: Box,
    theme: Literal["light", "dark"],
    title: str,
    lost: Geometries | None = None,
) -> str:
    """Return the drawing of an order.

    Parameters
    ----------
    units : Geometries
        Ground of the units in WGS84, shape (n,); None where there is none.
    zone : Texts
        Zone of each, a key of `styles`; empty where nothing is said, shape (n,).
    styles : Mapping of str to AreaStyle
        How zones are drawn.
    areas, buffers : Geometries
        Ground and buffer of containment zones, WGS84.
    box : Box
        What is shown.
    theme : {'light', 'dark'}
        Of the page around it.
    title : str
        What it shows, for who can't see it.
    lost : Geometries or None
        Ground that leaves containment zones, WGS84: a dashed line around it.
    """
    paper, line = PAPER[theme]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{paper}"/>',
        f'<path d="{drawn_path(units, box)}" fill="none" stroke="{line}" stroke-width=".7"/>',
    ]
    for n, (key, style) in enumerate(styles.items()):
        own = units[zone == key]
        if len(own):
            parts.append(_painted(drawn_path(own, box), style, f"z{n}", 0.8))
    categories = category_styles()
    for n, (shapes, category, width) in enumerate(
        ((buffers, Category.BUFFER, 0.8), (areas, Category.AFFECTED, 1.6))
    ):
        path = drawn_path(shapes, box)
        if path:
            parts.append(_painted(path, categories[category.value], f"c{n}", width))
    ends = "" if lost is None else drawn_path(lost, box)
    if ends:
        border = categories[Category.AFFECTED.value].fill
        parts.append(
            f'<path d="{ends}" fill="{paper}" fill-opacity=".55" stroke="{border}" '
            f'stroke-width="1.8" stroke-dasharray="5 4" fill-rule="evenodd"/>'
        )
    is_named = (zone != "") & ~(shapely.is_missing(units) | shapely.is_empty(units))
    if is_named.sum() <= LETTERED_UNITS:
        parts += _letters(units[is_named], zone[is_named], styles, box)
    return "".join([*parts, "</svg>"])


def _painted(path: str, style: AreaStyle, name: str, width: float) -> str:
    marks = pattern_marks(style)
    shape = (
        f'<path d="{path}" fill="{style.fill}" stroke="{style.border}" stroke-width="{width}" '
        f'fill-rule="evenodd"/>'
    )
    if not marks:
        return shape
    return (
        f'<defs><pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">{marks}'
        f'</pattern></defs>{shape}<path d="{path}" fill="url(#{name})" fill-rule="evenodd"/>'
    )


def _letters(
    units: Geometries, zone: Texts, styles: Mapping[str, AreaStyle], box: Box
) -> list[str]:
    points = shapely.get_coordinates(shapely.point_on_surface(units))
    x = np.round((points[:, 0] - box.west) * box.scale_x, 1)
    y = np.round((box.north - points[:, 1]) * box.scale_y, 1)
    return [
        f'<text x="{px}" y="{py}" text-anchor="middle" dominant-baseline="central" '
        f'font-family="system-ui,sans-serif" font-size="12" font-weight="700" '
        f'fill="{styles[key].text}" stroke="{styles[key].fill}" stroke-width="3" '
        f'paint-order="stroke">{escape(styles[key].letter)}</text>'
        for px, py, key in zip(x, y, zone, strict=True)
    ]
