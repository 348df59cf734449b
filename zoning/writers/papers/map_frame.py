"""From the ground to the paper: which ground the map shows, and where it comes to lie."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

import numpy as np
import shapely

from zoning.crs import local_equal_area, to_metric
from zoning.model import Floats, Geometries
from zoning.writers.papers.layout import layout
from zoning.writers.papers.map_layers import MapLayers


@dataclass(frozen=True)
class Frame:
    """A rectangle of ground and the one of paper that shows it.

    Attributes
    ----------
    ground : tuple of float
        West, south, east, north in metres.
    width, height : float
        On paper, in tenths of a millimetre.
    """

    ground: tuple[float, float, float, float]
    width: float
    height: float

    @property
    def per_metre(self) -> float:
        """Return how long a metre is on paper."""
        return self.width / (self.ground[2] - self.ground[0])

    def on_paper(self, geometry: Geometries) -> Geometries:
        """Return shapes in metres as they lie on paper, clipped to the frame; north is up."""
        west, _, _, north = self.ground

        def lay(xy: Floats) -> Floats:
            laid: Floats = np.column_stack((xy[:, 0] - west, north - xy[:, 1])) * self.per_metre
            return laid

        clipped = shapely.clip_by_rect(geometry, *self.ground)
        laid: Geometries = shapely.transform(clipped, lay)
        return laid


@dataclass(frozen=True)
class Metric:
    """The layers' shapes in metres."""

    units: Geometries
    areas: Geometries
    gates: Geometries


def metric_layers(layers: MapLayers) -> Metric:
    """Return the shapes of a map in an equal-area system around their middle."""
    every = np.concatenate([layers.units, layers.areas, layers.gates])
    crs = local_equal_area(every)
    return Metric(*(to_metric(g, crs) for g in (layers.units, layers.areas, layers.gates)))


def frame_of(shown: Geometries) -> Frame | None:
    """Return the frame around what is to be seen; None if nothing has ground."""
    settings = layout("map")
    west, south, east, north = shapely.total_bounds(shown)
    if not np.isfinite(west):
        return None
    margin = settings["margin_share"] * max(east - west, north - south)
    wide = max(east - west + 2 * margin, settings["width_min_m"])
    high = north - south + 2 * margin
    width = settings["width"]
    height = min(max(width * high / wide, settings["height_min"]), settings["height_max"])
    # What the paper has no height for, more ground at the sides makes up for.
    wide = max(wide, high * width / height)
    high = wide * height / width
    x, y = (west + east) / 2, (south + north) / 2
    return Frame((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), width, height)


def bar_length_m(frame: Frame) -> float:
    """Return the length of the scale bar: 1, 2 or 5 times a power of ten, a third of the map."""
    third = frame.width / frame.per_metre / 3
    power = 10.0 ** floor(log10(third))
    return float(max(step for step in (1, 2, 5) if step * power <= third) * power)
