"""A small drawing of containment zones on the outlines of units, as SVG: it moves nothing.

For two states side by side: both are drawn in one box, so that the eye compares them.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal

import numpy as np
import shapely

from zoning.model import Category, Floats, Geometries
from zoning.symbols.palette import category_styles

WIDTH = 460
HEIGHT = 330
MARGIN = 0.06
DECIMALS = 1
PAPER = {"light": ("#ffffff", "#9aa1ab"), "dark": ("#171b21", "#5d6672")}


@dataclass(frozen=True, eq=False)
class Box:
    """What is shown: degrees, and how many of the drawing's units one of them takes."""

    west: float
    north: float
    scale_x: float
    scale_y: float


def box_of(*shapes: Geometries) -> Box | None:
    """Return the box that holds all shapes (WGS84), with a margin; None where there are none."""
    every = np.concatenate(shapes)
    every = every[~(shapely.is_missing(every) | shapely.is_empty(every))]
    if not len(every):
        return None
    west, south, east, north = shapely.total_bounds(every)
    squeeze = float(np.cos(np.radians((south + north) / 2)))
    least = 1e-6
    wide, high = max(east - west, least) * squeeze, max(north - south, least)
    scale = min(WIDTH / wide, HEIGHT / high) * (1 - 2 * MARGIN)
    left = (WIDTH - wide * scale) / 2
    top = (HEIGHT - high * scale) / 2
    return Box(
        float(west - left / (scale * squeeze)), float(north + top / scale), scale * squeeze, scale
    )


def zone_sketch(
    areas: Geometries,
    buffers: Geometries,
    units: Geometries | None,
    box: Box,
    theme: Literal["light", "dark"],
    title: str,
) -> str:
    """Return the drawing of zones.

    Parameters
    ----------
    areas, buffers : Geometries
        Ground and buffer of the zones, WGS84; missing ones are left out.
    units : Geometries or None
        Outlines for orientation, WGS84.
    box : Box
        What is shown.
    theme : {'light', 'dark'}
        Of the page around it.
    title : str
        What it shows, for who can't see it.
    """
    paper, line = PAPER[theme]
    a = category_styles()[Category.AFFECTED.value]
    b = category_styles()[Category.BUFFER.value]
    outlines = "" if units is None else drawn_path(units, box)
    a_path, b_path = drawn_path(areas, box), drawn_path(buffers, box)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{escape(title)}</title>"
        f'<defs><pattern id="b" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{b.fill}"/>'
        f'<path d="M-1 1l2-2M0 6l6-6M5 7l2-2" stroke="{b.ink}" stroke-width="1.2"/>'
        f"</pattern></defs>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{paper}"/>'
        f'<path d="{outlines}" fill="none" stroke="{line}" stroke-width=".7"/>'
        f'<path d="{b_path}" fill="url(#b)" stroke="{b.border}" stroke-width=".8" '
        f'fill-rule="evenodd"/>'
        f'<path d="{a_path}" fill="{a.fill}" stroke="{a.border}" stroke-width="1.6" '
        f'fill-rule="evenodd"/></svg>'
    )


def drawn_path(shapes: Geometries, box: Box) -> str:
    """Return the rings of shapes (WGS84) as one SVG path, no finer than the eye sees."""
    shown = shapely.box(
        box.west,
        box.north - HEIGHT / box.scale_y,
        box.west + WIDTH / box.scale_x,
        box.north,
    )
    drawn = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    drawn = drawn[shapely.intersects(drawn, shown)]
    coarse = shapely.simplify(drawn, 0.5 / box.scale_y, preserve_topology=False)
    rings = shapely.get_parts(shapely.get_rings(shapely.get_parts(coarse)))
    return "".join(_ring(shapely.get_coordinates(ring), box) for ring in rings)


def _ring(degrees: Floats, box: Box) -> str:
    x = (degrees[:, 0] - box.west) * box.scale_x
    y = (box.north - degrees[:, 1]) * box.scale_y
    points = np.round(np.column_stack([x, y]), DECIMALS).tolist()
    return "M" + "L".join(f"{px:g} {py:g}" for px, py in points) + "Z"
