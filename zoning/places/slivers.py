"""Polygons too small for a unit, and the attributes they may carry for another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from zoning import crs as crs_guard
from zoning.i18n import forms
from zoning.i18n.catalogue import tr, tr_n
from zoning.model import Bools, Finding, Geometries, Ints, Units
from zoning.places.cuts import load_cuts
from zoning.places.drawn import DrawnUnits, outlines


@dataclass(frozen=True)
class Codeless:
    """Shapes of rows that were refused because they have no code.

    Attributes
    ----------
    geometry : Geometries
        In WGS84, shape (n,).
    rows : Ints
        Their rows in the file, shape (n,).
    """

    geometry: Geometries
    rows: Ints

    @classmethod
    def of(cls, units: Units, rows: Ints, chosen: Bools) -> Codeless:
        """Return the shapes of some rows of a file that has shapes at all."""
        nothing = np.empty(0, dtype=object)
        if units.geometry is None or not chosen.any():
            return cls(nothing, np.empty(0, dtype=np.int64))
        chosen = chosen & ~shapely.is_missing(units.geometry)
        geometry = units.geometry[chosen]
        if len(geometry):
            geometry = crs_guard.to_wgs84(geometry, units.crs)
        return cls(geometry, rows[chosen])


def sliver_findings(ground: DrawnUnits, codeless: Codeless | None = None) -> list[Finding]:
    """Return units too small to be any, and whose attributes they seem to carry.

    Parameters
    ----------
    ground : DrawnUnits
        The units.
    codeless : Codeless, optional
        Shapes that were refused for want of a code: a sliver beside one may hold it.
    """
    cuts = load_cuts()
    small = np.flatnonzero(ground.area_m2 < cuts.sliver_share * ground.middling_m2)
    if not len(small):
        return []
    bare, bare_rows = _bare(ground, codeless)
    bare_m2 = shapely.area(bare)
    large = np.flatnonzero(bare_m2 >= cuts.sliver_share * ground.middling_m2)
    sliver, beside = shapely.STRtree(bare[large]).query(
        ground.metres[small], predicate="dwithin", distance=cuts.sliver_touch_m
    )
    owner = dict(zip(sliver.tolist()[::-1], large[beside].tolist()[::-1], strict=True))
    found = []
    for nth, shape in enumerate(outlines(ground.drawn[small])):
        at = int(small[nth])
        area = forms.area(float(ground.area_m2[at]))
        if nth in owner:
            other = owner[nth]
            message = tr(
                "{unit} has only {area}, while the polygon of {large} beside it in row {row} has "
                "neither code nor name nor people: what stands here seems to belong there",
                unit=ground.label(at),
                area=area,
                large=forms.area(float(bare_m2[other])),
                row=int(bare_rows[other]),
            )
            code = "sliver_with_attributes"
        else:
            message = tr(
                "{unit} has only {area}; no unit is that small: draw it anew, or remove the row",
                unit=ground.label(at),
                area=area,
            )
            code = "sliver"
        found.append(Finding(int(ground.rows[at]), code, message, shape=shape))
    return found


def part_findings(ground: DrawnUnits) -> list[Finding]:
    """Return units with parts that seem left over from drawing."""
    cuts = load_cuts()
    parts, owner = shapely.get_parts(ground.metres, return_index=True)
    area_m2 = shapely.area(parts)
    limit_m2 = cuts.sliver_share * ground.middling_m2
    several = np.bincount(owner, minlength=len(ground)) > 1
    is_left_over = (area_m2 < limit_m2) & several[owner] & (ground.area_m2[owner] >= limit_m2)
    units = np.unique(owner[is_left_over])
    drawn, drawn_owner = shapely.get_parts(ground.drawn, return_index=True)
    small = [shapely.multipolygons(drawn[is_left_over & (drawn_owner == at)]) for at in units]
    shapes = np.array([None, *small], dtype=object)[1:]
    return [
        Finding(
            int(ground.rows[at]),
            "sliver_part",
            tr_n(
                "{unit} has {n} tiny part of {area}, left over from drawing it seems",
                "{unit} has {n} tiny parts of {area} together, left over from drawing it seems",
                int((is_left_over & (owner == at)).sum()),
                unit=ground.label(int(at)),
                area=forms.area(float(area_m2[is_left_over & (owner == at)].sum())),
            ),
            shape=shape,
        )
        for at, shape in zip(units, outlines(shapes), strict=True)
    ]


def _bare(ground: DrawnUnits, codeless: Codeless | None) -> tuple[Geometries, Ints]:
    """Return shapes in metres that have no attributes, with their rows."""
    units = ground.units
    is_bare = (units.name == "") & np.isnan(units.population)
    # In a file without names and people every unit would be one.
    is_bare &= not is_bare.all()
    shapes, rows = ground.metres[is_bare], ground.rows[is_bare]
    if codeless is None or not len(codeless.rows):
        return shapes, rows
    metres = crs_guard.to_metric(codeless.geometry, ground.metric)
    return np.concatenate([metres, shapes]), np.concatenate([codeless.rows, rows])
