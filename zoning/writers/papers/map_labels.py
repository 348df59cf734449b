"""Which words stand on the map, and where: none on another."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely

from zoning.model import Category, Geometries, Texts
from zoning.symbols.palette import category_styles
from zoning.writers.papers.layout import layout
from zoning.writers.papers.map_frame import Frame
from zoning.writers.papers.map_layers import MapLayers
from zoning.writers.papers.svg import Label
from zoning.writers.papers.zone_words import ZoneWord

# A letter is about this wide as it is high.
LETTER_WIDTH = 0.62


class Placed:
    """Collects labels as long as they find room.

    Parameters
    ----------
    frame : Frame
        Labels that reach beyond it are left out.
    """

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._boxes: list[tuple[float, float, float, float]] = []
        self._covered: Geometries = np.empty(0, dtype=object)
        self.labels: list[Label] = []

    def keep_free(self, points: Geometries, reach: float) -> None:
        """Keep words away from points by a distance in tenths of a millimetre."""
        for x, y in shapely.get_coordinates(points):
            self._boxes.append((x - reach, y - reach, x + reach, y + reach))

    def areas(self, areas: Geometries, category: Texts, label: Texts) -> None:
        """Place the letters of affected areas and buffers, and what stands beside an area."""
        settings, styles = layout("map"), category_styles()
        self._covered = areas
        widths = _widths(areas)
        for kind in (Category.AFFECTED, Category.BUFFER):
            style = styles[kind]
            rows = np.flatnonzero((category == kind.value) & (widths > 0))
            for i, (x, y) in zip(rows, _middles(areas[rows]), strict=True):
                is_within = widths[i] >= settings["letter_within_from"]
                size = settings["letter"]
                if is_within:
                    self._place(
                        Label(x, y, style.letter, size, style.text, style.fill, is_bold=True)
                    )
                elif kind is Category.AFFECTED:
                    beside = x + widths[i] / 2 + size * 0.8
                    self._place(Label(beside, y, style.letter, size, is_bold=True))
                if label[i] and kind is Category.AFFECTED:
                    bottom = shapely.bounds(areas[i])[3] + settings["label"]
                    self._place(Label(x, bottom, str(label[i]), settings["label"], is_bold=True))

    def units(
        self,
        units: Geometries,
        layers: MapLayers,
        zones: Mapping[str, ZoneWord],
        *,
        is_coloured: bool,
    ) -> None:
        """Place the letter of each unit's zone and its own label, the widest units first."""
        settings = layout("map")
        free = units.copy()
        if not is_coloured:
            covered = shapely.union_all(self._covered[~shapely.is_missing(self._covered)])
            free[:] = shapely.difference(units, covered)
        widths = _widths(free)
        rows = np.flatnonzero(widths >= settings["lettered_from"])
        rows = rows[np.argsort(-widths[rows], kind="stable")][: settings["labels_max"]]
        for i, (x, y) in zip(rows, _middles(free[rows]), strict=True):
            word = zones.get(layers.unit_zone[i])
            letter = word.style.letter if word else ""
            text = str(layers.unit_label[i])
            size = settings["label"]
            fill, halo = "#3a3f46", "#ffffff"
            if word and is_coloured:
                fill, halo = word.style.text, word.style.fill
            if letter and text:
                text = f"{text} {letter}"
            self._place(Label(x, y, text or letter, size, fill, halo))

    def _place(self, label: Label) -> None:
        half = len(label.text) * label.size * LETTER_WIDTH / 2
        box = (label.x - half, label.y - label.size / 2, label.x + half, label.y + label.size / 2)
        is_inside = (
            box[0] > 0 and box[1] > 0 and box[2] < self._frame.width and box[3] < self._frame.height
        )
        if label.text and is_inside and not any(_meet(box, other) for other in self._boxes):
            self._boxes.append(box)
            self.labels.append(label)


def _meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _widths(areas: Geometries) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    box = shapely.bounds(areas)
    narrow: np.ndarray[tuple[int], np.dtype[np.float64]] = np.nan_to_num(
        np.minimum(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1])
    )
    return narrow


def _middles(areas: Geometries) -> list[tuple[float, float]]:
    # The middle of the widest spot: a point merely inside may lie in a tip.
    radii = shapely.maximum_inscribed_circle(areas, tolerance=layout("map")["simplified"])
    xy = shapely.get_coordinates(shapely.get_point(radii, 0))
    return [(float(x), float(y)) for x, y in xy]
