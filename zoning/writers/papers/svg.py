"""Shapes on paper as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Literal

import numpy as np
import shapely

from zoning.model import Geometries
from zoning.symbols.palette import AreaStyle
from zoning.symbols.swatch import pattern_marks
from zoning.writers.papers.layout import layout


@dataclass(frozen=True)
class Label:
    """Words on the map; Typst sets them in the PDF, the SVG of the web page holds them itself.

    Attributes
    ----------
    x, y : float
        Middle of the words, or their left middle, in tenths of a millimetre.
    text : str
        What they say.
    size : float
        Height of the letters in tenths of a millimetre.
    fill, halo : str
        Colours; no halo if empty.
    anchor : {'middle', 'start'}
        Whether `x` is the middle or the left end.
    is_bold : bool
        Whether they are bold.
    """

    x: float
    y: float
    text: str
    size: float
    fill: str = "#000000"
    halo: str = "#ffffff"
    anchor: Literal["middle", "start"] = "middle"
    is_bold: bool = False


def outline(geometry: Geometries) -> str:
    """Return the data of one path around all areas; tenths of a millimetre are its whole steps."""
    return "".join(_rings(geometry))


def _rings(geometry: Geometries) -> Iterator[str]:
    polygons = shapely.get_parts(geometry[~shapely.is_missing(geometry)])
    polygons = polygons[shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON.value]
    rings = shapely.get_rings(polygons)
    xy, of_ring = shapely.get_coordinates(rings, return_index=True)
    starts = np.searchsorted(of_ring, np.arange(len(rings) + 1))
    points = np.rint(xy).astype(int).tolist()
    for start, end in pairwise(starts):
        # The last point is the first again, which `z` says.
        ring = points[start : end - 1]
        if len({(x, y) for x, y in ring}) > 2:
            yield "M" + "L".join(f"{x} {y}" for x, y in ring) + "z"


def painted(data: str, style: AreaStyle, pattern: str, border: float) -> str:
    """Return a path filled with a colour, a pattern over it and a border of a width."""
    if not data:
        return ""
    dash = f' stroke-dasharray="{" ".join(f"{3 * d:g}" for d in style.dash)}"' if style.dash else ""
    line = f'stroke="{style.border}" stroke-width="{border:g}" stroke-linejoin="round"{dash}'
    colour = f'<path d="{data}" fill="{style.fill}" fill-rule="evenodd" {line}/>'
    if style.pattern == "plain":
        return colour
    return f'{colour}<path d="{data}" fill="url(#{pattern})" fill-rule="evenodd"/>'


def pattern(key: str, style: AreaStyle) -> str:
    """Return the definition of the pattern of a style under a key of its own."""
    scale = layout("map")["pattern_scale"]
    return (
        f'<pattern id="{key}" width="8" height="8" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({scale})">{pattern_marks(style)}</pattern>'
    )


def swatch(x: float, y: float, style: AreaStyle, key: str, border: float) -> str:
    """Return a small area of a style for the legend, its upper left corner at a place."""
    data = f"M{x:g} {y:g}h70v44h-70z"
    return painted(data, style, key, border)


def written(labels: Iterable[Label]) -> str:
    """Return labels as SVG text, for a reader that has fonts of its own."""
    return "".join(
        f'<text x="{label.x:.0f}" y="{label.y + label.size * 0.35:.0f}" '
        f'text-anchor="{label.anchor}" font-size="{label.size:g}" fill="{label.fill}"'
        + (' font-weight="700"' if label.is_bold else "")
        + (
            f' stroke="{label.halo}" stroke-width="6" stroke-linejoin="round" paint-order="stroke"'
            if label.halo
            else ""
        )
        + f">{escape(label.text)}</text>"
        for label in labels
    )
