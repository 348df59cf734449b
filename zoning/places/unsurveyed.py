"""Ground of a unit that lies in no booth although the unit has some: nobody surveyed it.

Ground without a category isn't clean ground. Here it is found and told; which category
holds on it is `judgement.unsurveyed`'s to say.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely

from zoning.i18n import forms
from zoning.i18n.catalogue import tr, tr_n
from zoning.model import Finding, Floats, Geometries, Indices, Units
from zoning.places.drawn import label, outlines
from zoning.places.equal_area import M2_PER_HA, equal_area_about


@dataclass(frozen=True)
class UnsurveyedRule:
    """From which share of its ground on a unit is told, and how many are named."""

    told_share: float
    listed_most: int


@dataclass(frozen=True)
class Unsurveyed:
    """Units partly in no booth, k of them, the largest ground first.

    Attributes
    ----------
    unit : Indices
        Position of each, shape (k,).
    share : Floats
        Share of its ground that lies in no booth, from 0 to 1, shape (k,).
    area_ha : Floats
        That ground in hectares, shape (k,).
    geometry : Geometries
        That ground in WGS84, shape (k,).
    """

    unit: Indices
    share: Floats
    area_ha: Floats
    geometry: Geometries

    def __len__(self) -> int:
        return len(self.unit)


@cache
def unsurveyed_rule() -> UnsurveyedRule:
    """Return the shares in force."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return UnsurveyedRule(data["told_share"], data["listed_most"])


def unsurveyed_ground(
    shape: Geometries,
    cells: Geometries,
    unit_index: Indices,
    rule: UnsurveyedRule | None = None,
) -> Unsurveyed:
    """Return which units lie partly in no booth.

    Parameters
    ----------
    shape : Geometries
        Valid polygons of the units in WGS84 degrees, shape (n_units,); None for none.
    cells : Geometries
        Ground of the booths in WGS84 degrees, shape (n,); None where there is none. Ground of a
        booth that counts in another unit is surveyed too.
    unit_index : Indices
        Position of each booth's unit, shape (n,); -1 for none. A unit without any booth is
        planned as a whole, so no ground of it is left out.
    rule : UnsurveyedRule, optional
        That in force by default.
    """
    rule = rule or unsurveyed_rule()
    is_asked = np.bincount(unit_index[unit_index >= 0], minlength=len(shape)) > 0
    is_asked &= ~shapely.is_missing(shape)
    asked = np.flatnonzero(is_asked)
    # Of several booths at one point one cell is enough.
    ground = np.array(list({id(cell): cell for cell in cells if cell is not None}.values()), object)
    faulty = ~shapely.is_valid(ground)
    ground[faulty] = shapely.make_valid(ground[faulty], method="structure", keep_collapsed=False)
    nth, cell = shapely.STRtree(ground).query(shape[asked], predicate="intersects")
    begins = np.searchsorted(nth, np.arange(len(asked) + 1))
    joint = [shapely.union_all(ground[cell[first:after]]) for first, after in pairwise(begins)]
    left: Geometries = np.array(
        [shapely.difference(shape[at], taken) for at, taken in zip(asked, joint, strict=True)],
        dtype=object,
    )
    system = equal_area_about(shape)
    left_m2 = shapely.area(system.to_metres(left))
    share = left_m2 / shapely.area(system.to_metres(shape[asked]))
    told = np.lexsort((asked, -left_m2))
    told = told[share[told] >= rule.told_share]
    return Unsurveyed(
        asked[told].astype(np.int32), share[told], left_m2[told] / M2_PER_HA, left[told]
    )


def unsurveyed_findings(units: Units, found: Unsurveyed) -> list[Finding]:
    """Return the ground in no booth as findings of an import, and how much more there is."""
    most = unsurveyed_rule().listed_most
    told = [
        Finding(
            0,
            "unit_unsurveyed",
            tr(
                "{share} % of the ground of {unit} ({area}) lies in no booth; as nobody surveyed "
                "it, the strictest category of the unit holds there. Add its booths, or mend the "
                "borders",
                share=forms.figure(100 * float(found.share[nth])),
                unit=label(units, int(found.unit[nth])),
                area=forms.area(float(found.area_ha[nth]) * M2_PER_HA),
            ),
            shape=outline,
        )
        for nth, outline in enumerate(outlines(found.geometry[:most]))
    ]
    more = len(found) - len(told)
    if more:
        message = tr_n(
            "{n} more unit lies partly in no booth, with {area}; the strictest category of the "
            "unit holds there",
            "{n} more units lie partly in no booth, with {area} together; the strictest category "
            "of its unit holds on each",
            more,
            area=forms.area(float(found.area_ha[most:].sum()) * M2_PER_HA),
        )
        told.append(Finding(0, "unit_unsurveyed", message))
    return told
