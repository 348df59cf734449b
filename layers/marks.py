"""Places that something is said of, on a quiet map of the units: findings, changes.

The script of this map depends on the marks alone. Which mark is looked at arrives
as one small element beside it, so that a jump doesn't build the map anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import folium
import numpy as np
import shapely
from folium import MacroElement
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from layers.local_assets import use_local_assets
from zoning.assets.shelf import asset_url
from zoning.i18n.catalogue import tr
from zoning.model import Geometries

MAX_ZOOM = 19
# Units are only for orientation: about 1 m, and no more corners than a phone draws at once.
UNIT_SCALE = 1e5
MAX_CORNERS = 60_000
# More would cover the map; any of them can still be looked at.
MAX_DRAWN = 1_500
# A sliver is a few centimetres wide.
MARK_SCALE = 1e7
PIXELS = 4000

INDIA = [[6.0, 68.0], [37.0, 98.0]]


@dataclass(frozen=True)
class Mark:
    """One place that something is said of.

    Attributes
    ----------
    number : int
        Names it in the page.
    title, words : str
        What is said.
    is_grave : bool
        Drawn as a full diamond with a cross; else as a ring with a point.
    shape : shapely.Geometry
        WGS84 degrees, not empty.
    """

    number: int
    title: str
    words: str
    is_grave: bool
    shape: shapely.Geometry


@dataclass(frozen=True)
class Look:
    """What of the marks is looked at now.

    Attributes
    ----------
    mark : Mark or None
        The one that stands out, whether or not it is among those drawn.
    focus : int
        Raised to bring it into view; nothing else moves the map.
    theme : {'light', 'dark'}
        Of the page around the map.
    """

    mark: Mark | None
    focus: int
    theme: Literal["light", "dark"]


def marks_map(units: Geometries | None, marks: Sequence[Mark]) -> folium.Map:
    """Return the map of marks on the outlines of units.

    Parameters
    ----------
    units : Geometries or None
        Areas in WGS84 degrees, for orientation; missing ones are left out.
    marks : Sequence of Mark
        What is marked; the first `MAX_DRAWN` are drawn.
    """
    use_local_assets()
    (south, west), (north, east) = bounds = _bounds(units, marks)
    drawing = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=9,
        tiles=None,
        zoom_snap=0.25,
        max_zoom=MAX_ZOOM,
        min_zoom=3,
        attribution_control=False,
    )
    MarkLayer(units, marks, bounds).add_to(drawing)
    return drawing


class MarkLayer(JSCSSMixin, Layer):
    """Outlines of units, and the marks on them."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = Seemana.marks({{ this.settings|tojson }});
        {% endmacro %}
        """
    )
    default_js = [("seemana_marks", asset_url("seemana-marks.js"))]  # noqa: RUF012
    default_css = [("seemana_marks_css", asset_url("seemana-marks.css"))]  # noqa: RUF012

    def __init__(
        self, units: Geometries | None, marks: Sequence[Mark], bounds: list[list[float]]
    ) -> None:
        super().__init__(name="marks", overlay=True, control=False)
        self._name = "MarkLayer"
        self.settings: dict[str, Any] = {
            "bounds": bounds,
            "aria": tr("Map of what the table lists. The table has the same content."),
            "unitScale": UNIT_SCALE,
            "units": [] if units is None else _outlines(units),
            "markScale": MARK_SCALE,
            "marks": [_mark(mark) for mark in marks[:MAX_DRAWN]],
        }


class _Point(MacroElement):
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            Seemana.point({{ this.look|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, look: Look) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Point"
        self.look = {
            "mark": None if look.mark is None else _mark(look.mark),
            "scale": MARK_SCALE,
            "focus": look.focus,
            "theme": look.theme,
        }


def look_at(look: Look) -> folium.FeatureGroup:
    """Return the element for `feature_group_to_add`, as small as the mark itself."""
    group = folium.FeatureGroup(name="look", control=False)
    group.add_child(_Point(look))
    return group


def _bounds(units: Geometries | None, marks: Sequence[Mark]) -> list[list[float]]:
    shapes = np.array([mark.shape for mark in marks], dtype=object)
    every = shapes if units is None else np.concatenate([units, shapes])
    west, south, east, north = (float(v) for v in shapely.total_bounds(every))
    if not np.isfinite([west, south, east, north]).all():
        return INDIA
    return [[south, west], [north, east]]


def _outlines(units: Geometries) -> list[list[list[int]]]:
    """Return the rings of each unit, coarser the more corners they have together."""
    drawn = units[~(shapely.is_missing(units) | shapely.is_empty(units))]
    tolerance = 1 / UNIT_SCALE
    coarse = shapely.simplify(drawn, tolerance, preserve_topology=False)
    while shapely.get_num_coordinates(coarse).sum() > MAX_CORNERS:
        tolerance *= 2
        coarse = shapely.simplify(drawn, tolerance, preserve_topology=False)
    return [rings for shape in coarse if (rings := _rings(shape, UNIT_SCALE))]


def _rings(shape: shapely.Geometry, scale: float) -> list[list[int]]:
    """Return the rings or lines of a shape: latitude and longitude by turns, as differences."""
    lines = shapely.get_parts(shapely.get_rings(shapely.get_parts(shape)))
    if not len(lines):
        parts = shapely.get_parts(shape)
        lines = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    rings = []
    for line in lines:
        xy = np.rint(shapely.get_coordinates(line)[:, ::-1] * scale).astype(np.int64)
        steps = np.diff(xy, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
        rings.append(steps.ravel().tolist())
    return rings


def _mark(mark: Mark) -> dict[str, Any]:
    at = shapely.get_coordinates(shapely.point_on_surface(mark.shape))[0]
    west, south, east, north = (float(v) for v in shapely.bounds(mark.shape))
    # Exact where it is small; of a whole unit nobody sees more than the screen has pixels.
    tolerance = max(east - west, north - south) / PIXELS
    drawn = shapely.simplify(mark.shape, tolerance, preserve_topology=False)
    return {
        "number": mark.number,
        "title": mark.title,
        "words": mark.words,
        "isGrave": mark.is_grave,
        "at": [float(at[1]), float(at[0])],
        "box": [[south, west], [north, east]],
        "rings": _rings(drawn, MARK_SCALE),
    }
