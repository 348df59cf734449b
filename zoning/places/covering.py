"""Which booths a drawn polygon takes: those that lie in it for the larger part.

A booth is contained as a whole or not at all, a polygon keeps to streets. So every
booth it touches is listed with the share that lies inside, and a person sees what
taking or leaving it means. The shares are in `covering.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import shapely

from zoning.model import Bools, Floats, Geometries, Indices
from zoning.places.equal_area import M2_PER_HA, EqualArea, equal_area_about


@dataclass(frozen=True)
class CoveringRule:
    """Shares of a booth's ground, and hectares of it, from which on it is taken or listed."""

    taken_share: float
    touched_share: float
    touched_ha: float


@dataclass(frozen=True)
class Covering:
    """Pairs of a polygon and a booth that it covers in whole or in part, k of them.

    Attributes
    ----------
    polygon, booth : Indices
        Positions, shape (k,), ascending by polygon, then by booth.
    share : Floats
        Share of the booth's ground inside the polygon, from 0 to 1, shape (k,).
    inside_ha : Floats
        Ground of the booth inside the polygon, shape (k,).
    is_taken : Bools
        The polygon takes the booth; the others are partly covered.
    outside_share : Floats
        Share of each polygon on the ground of no booth, shape (m,); NaN where it has no area.
    """

    polygon: Indices
    booth: Indices
    share: Floats
    inside_ha: Floats
    is_taken: Bools
    outside_share: Floats

    @property
    def takes_none(self) -> Bools:
        """Which polygons take no booth, shape (m,): a person has to say what they contain."""
        n_taken = np.bincount(self.polygon[self.is_taken], minlength=len(self.outside_share))
        return np.asarray(n_taken == 0)


@cache
def covering_rule() -> CoveringRule:
    """Return the shares in force."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return CoveringRule(data["taken_share"], data["touched_share"], data["touched_ha"])


def booths_covered(
    polygons: Geometries, cells: Geometries, rule: CoveringRule | None = None
) -> Covering:
    """Return which booths polygons take and touch.

    Parameters
    ----------
    polygons : Geometries
        Valid areas in WGS84 degrees, shape (m,); None for none. Several polygons of one order
        are each judged alone: join them before where they are meant together.
    cells : Geometries
        Valid ground of the booths in WGS84 degrees, shape (n,); None where there is none. Booths
        that share their ground are taken together.
    rule : CoveringRule, optional
        That in force by default.
    """
    rule = rule or covering_rule()
    system = equal_area_about(np.concatenate([polygons, cells]))
    polygon, booth = shapely.STRtree(cells).query(polygons, predicate="intersects")
    # Cut in degrees, in which the borders of both are straight, and measured in metres.
    common: Geometries = np.asarray(shapely.intersection(polygons[polygon], cells[booth]))
    inside_m2 = shapely.area(system.to_metres(common))
    cell_m2 = shapely.area(system.to_metres(cells))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.minimum(inside_m2 / cell_m2[booth], 1.0)
    is_told = (inside_m2 > 0) & (
        (share >= rule.touched_share) | (inside_m2 >= rule.touched_ha * M2_PER_HA)
    )
    outside = _outside_share(system, polygons, polygon, common)
    order = np.lexsort((booth, polygon))
    order = order[is_told[order]]
    return Covering(
        polygon[order].astype(np.int32),
        booth[order].astype(np.int32),
        share[order],
        inside_m2[order] / M2_PER_HA,
        share[order] >= rule.taken_share,
        outside,
    )


def _outside_share(
    system: EqualArea, polygons: Geometries, polygon: Indices, common: Geometries
) -> Floats:
    area_m2 = shapely.area(system.to_metres(polygons))
    joint = np.full(len(polygons), shapely.Polygon(), dtype=object)
    for at in np.unique(polygon):
        # Booths may share their ground: what lies in two of them counts once.
        joint[at] = shapely.union_all(common[polygon == at])
    inside_m2 = shapely.area(system.to_metres(joint))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(area_m2 > 0, np.clip(1 - inside_m2 / area_m2, 0.0, 1.0), np.nan)
