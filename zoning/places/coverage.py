"""Units as neighbours: where two claim the same ground, and where none does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import GeometryType

from zoning import crs as crs_guard
from zoning.i18n import forms
from zoning.i18n.catalogue import tr, tr_n
from zoning.model import Bools, Finding, Floats, Geometries, Indices
from zoning.places.cuts import load_cuts
from zoning.places.drawn import DrawnUnits, outlines


@dataclass(frozen=True)
class Overlaps:
    """Pairs of units that share ground, from the smallest overlap that is told on.

    Attributes
    ----------
    one, other : Indices
        Positions on the ground, shape (n,), `one` before `other`.
    common : Geometries
        DrawnUnits of both, in degrees.
    area_m2 : Floats
        Its area.
    share : Floats
        Its share of the ground of either, from 0 to 1.
    """

    one: Indices
    other: Indices
    common: Geometries
    area_m2: Floats
    share: Floats

    def take(self, chosen: Bools | Indices) -> Overlaps:
        """Return some of the pairs, by mask or position."""
        return Overlaps(
            self.one[chosen],
            self.other[chosen],
            self.common[chosen],
            self.area_m2[chosen],
            self.share[chosen],
        )


def find_overlaps(ground: DrawnUnits) -> Overlaps:
    """Return the pairs of units that share ground.

    Only units whose border isn't that of their neighbours can: a clean coverage costs no overlay.
    """
    shapes = ground.drawn
    suspects = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))
    one, other = shapely.STRtree(shapes).query(shapes[suspects], predicate="intersects")
    one = np.flatnonzero(suspects)[one]
    pairs = np.unique(np.sort(np.column_stack([one, other]), axis=1), axis=0)
    one, other = pairs[pairs[:, 0] < pairs[:, 1]].T.astype(np.int32)
    common = _areas_only(shapely.intersection(shapes[one], shapes[other]))
    area_m2 = shapely.area(crs_guard.to_metric(common, ground.metric))
    joint = ground.area_m2[one] + ground.area_m2[other] - area_m2
    found = Overlaps(one, other, common, area_m2, np.clip(area_m2 / joint, 0, 1))
    return found.take(area_m2 >= load_cuts().overlap_m2)


def overlap_findings(ground: DrawnUnits, overlaps: Overlaps) -> list[Finding]:
    """Return the overlaps as findings, the largest first, and their sum."""
    if not len(overlaps.one):
        return []
    cuts = load_cuts()
    n = len(overlaps.one)
    found = [
        Finding(
            0,
            "overlaps_total",
            tr_n(
                "{n} pair of units overlaps, {area} together",
                "{n} pairs of units overlap, {area} together",
                n,
                area=forms.area(float(overlaps.area_m2.sum())),
            )
            + _listed_only(n),
        )
    ]
    largest = np.argsort(-overlaps.area_m2, kind="stable")[: cuts.findings_most]
    shown = overlaps.take(largest.astype(np.int32))
    for i, shape in enumerate(outlines(shown.common)):
        one, other = int(shown.one[i]), int(shown.other[i])
        first = min(one, other, key=lambda at: str(ground.units.unit_id[at]))
        message = tr(
            "{one} and {other} overlap by {area}; a case there counts in {first}",
            one=ground.label(one),
            other=ground.label(other),
            area=forms.area(float(shown.area_m2[i])),
            first=ground.units.unit_id[first],
        )
        found.append(Finding(int(ground.rows[one]), "overlap", message, shape=shape))
    return found


def gap_findings(ground: DrawnUnits) -> list[Finding]:
    """Return the ground enclosed by units that belongs to none, the largest first, and its sum."""
    cuts = load_cuts()
    gaps = _enclosed(ground.drawn)
    area_m2 = shapely.area(crs_guard.to_metric(gaps, ground.metric))
    told = area_m2 >= cuts.gap_m2
    gaps, area_m2 = gaps[told], area_m2[told]
    if not len(gaps):
        return []
    n = len(gaps)
    found = [
        Finding(
            0,
            "gaps_total",
            tr_n(
                "{n} gap between units belongs to none, {area}",
                "{n} gaps between units belong to none, {area} together",
                n,
                area=forms.area(float(area_m2.sum())),
            )
            + _listed_only(n),
        )
    ]
    largest = np.argsort(-area_m2, kind="stable")[: cuts.findings_most]
    beside = _neighbours(ground, gaps[largest])
    for nth, shape in enumerate(outlines(gaps[largest])):
        near = beside[nth]
        area = float(area_m2[largest[nth]])
        units = ", ".join(ground.label(at) for at in near[: cuts.neighbours_most])
        is_wide = area >= cuts.uncovered_share * ground.middling_m2
        message = (
            tr(
                "{area} enclosed by units belong to none (beside {units}); a unit may be missing, "
                "and a case there is placed nowhere",
                area=forms.area(area),
                units=units,
            )
            if is_wide
            else tr(
                "a gap of {area} beside {units} belongs to no unit; a case there is placed nowhere",
                area=forms.area(area),
                units=units,
            )
        )
        row = int(ground.rows[near[0]]) if near else 0
        found.append(Finding(row, "area_uncovered" if is_wide else "gap", message, shape=shape))
    return found


def _listed_only(n: int) -> str:
    most = load_cuts().findings_most
    return "" if n <= most else tr("; the {most} largest are listed", most=most)


def _enclosed(shapes: Geometries) -> Geometries:
    """Return the holes of all units taken together, without islands of units in them."""
    # The union of a clean coverage is much cheaper.
    if shapely.coverage_is_valid(shapes):
        joint = shapely.coverage_union_all(shapes)
    else:
        joint = shapely.union_all(shapes)
    parts = shapely.get_parts(joint)
    rings, owner = shapely.get_rings(parts, return_index=True)
    is_hole = np.r_[False, owner[1:] == owner[:-1]] if len(owner) else np.zeros(0, dtype=bool)
    if not is_hole.any():
        return np.empty(0, dtype=object)
    holes: Geometries = np.asarray(shapely.polygons(rings[is_hole]))
    hole, island = shapely.STRtree(parts).query(holes, predicate="contains")
    for at in np.unique(hole):
        holes[at] = shapely.difference(holes[at], shapely.union_all(parts[island[hole == at]]))
    return holes


def _neighbours(ground: DrawnUnits, gaps: Geometries) -> list[list[int]]:
    """Return for each gap the units that border it, the longest common border first."""
    reach_m = load_cuts().gap_touch_m
    around = shapely.buffer(crs_guard.to_metric(gaps, ground.metric), reach_m)
    gap, unit = shapely.STRtree(ground.metres).query(around, predicate="intersects")
    border = shapely.boundary(ground.metres[unit])
    common_m = shapely.length(shapely.intersection(border, around[gap])).round(1)
    near: list[list[int]] = [[] for _ in gaps]
    for at in np.lexsort([unit, -common_m, gap]):
        near[gap[at]].append(int(unit[at]))
    return near


def _areas_only(shapes: Geometries) -> Geometries:
    """Return only the areas of shapes that may hold lines and points where units touch."""
    shapes = shapes.copy()
    for at in np.flatnonzero(shapely.get_type_id(shapes) == GeometryType.GEOMETRYCOLLECTION):
        parts = shapely.get_parts(shapes[at])
        is_area = np.isin(
            shapely.get_type_id(parts), [GeometryType.POLYGON, GeometryType.MULTIPOLYGON]
        )
        shapes[at] = shapely.union_all(parts[is_area])
    return shapes
