"""The ground that changed hands in a group of units, without slivers along its borders.

Of a unit with an heir, what moved is whatever only one of the two holds; of a unit
without, all of it. From the former, all that is narrower than a sliver is shaved off, so
that a border drawn twice doesn't move and a bulge at the end of a thin line stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.errors import GEOSException

from zoning.model import Bools, Floats, Geometries, Indices, Texts
from zoning.places.edition_rule import EditionRule
from zoning.places.equal_area import M2_PER_HA
from zoning.places.overlaps import GRID_M, Overlaps, overlay
from zoning.places.pairing import NOBODY

# Of degrees, for a shape drawn on a map: 0.1 m.
DECIMALS = 6


@dataclass(frozen=True)
class Groups:
    """Units that are told as one change: each unit is in exactly one group.

    Attributes
    ----------
    heir : Indices
        New unit that continues each old one, shape (n_old,); `NOBODY` for none.
    of_old, of_new : Indices
        Group of each unit, from 0.
    n : int
        Number of groups.
    """

    heir: Indices
    of_old: Indices
    of_new: Indices
    n: int

    @property
    def is_pair(self) -> Bools:
        """Which groups are one old unit and its heir, shape (n,)."""
        has_heir = np.bincount(self.of_old[self.heir != NOBODY], minlength=self.n)
        size = np.bincount(self.of_old, minlength=self.n) + np.bincount(
            self.of_new, minlength=self.n
        )
        is_pair: Bools = (has_heir == 1) & (size == 2)
        return is_pair


@dataclass(frozen=True)
class Moved:
    """What moved in each group, shape (n,).

    Attributes
    ----------
    area_ha : Floats
        NaN where a group has no ground to compare; 0 where no border moved beyond the cuts.
    share : Floats
        Of all ground that the group held before or holds now, at most 1.
    agreement : Floats
        Share of that ground which old and new units have in common.
    shape : Geometries
        What moved, in metres; None where nothing did.
    """

    area_ha: Floats
    share: Floats
    agreement: Floats
    shape: Geometries


def measure_moved(groups: Groups, overlaps: Overlaps, rule: EditionRule) -> Moved:
    """Measure the ground that changed hands in each group.

    Parameters
    ----------
    groups : Groups
        Who is told together.
    overlaps : Overlaps
        Of the two editions.
    rule : EditionRule
        What a sliver is, and from where on a border has moved.
    """
    row_group = groups.of_old[overlaps.old_index]
    is_inner = row_group == groups.of_new[overlaps.new_index]
    common = _sum(row_group[is_inner], overlaps.area_m2[is_inner], groups.n)
    before = _sum(groups.of_old, overlaps.old.area_m2, groups.n)
    after = _sum(groups.of_new, overlaps.new.area_m2, groups.n)
    held = before + after - common
    is_pair = groups.is_pair
    # Half a pair says nothing of its border; of a larger group, what is drawn is measured.
    is_drawn = np.where(is_pair, (before > 0) & (after > 0), before + after > 0)
    # Slivers only make it smaller: a pair below the cuts with them needs no overlay.
    is_wanted = is_drawn & ~(is_pair & ~_counts(held - common, held, rule))
    shape = _moved_shapes(groups, overlaps, is_wanted, rule)
    area = np.nan_to_num(shapely.area(shape))
    is_still = is_pair & ~_counts(area, held, rule)
    area[is_still], shape[is_still] = 0.0, None
    area[~is_drawn] = np.nan
    known_held = np.where(held > 0, held, np.nan)
    return Moved(area / M2_PER_HA, np.minimum(area / known_held, 1.0), common / known_held, shape)


def shapes_as_wkt(shape: Geometries, overlaps: Overlaps, rule: EditionRule) -> Texts:
    """Return shapes as WKT in WGS84 degrees, simplified for a map; empty for None."""
    drawn = ~shapely.is_missing(shape)
    texts: Texts = np.full(len(shape), "", dtype=object)
    simple = shapely.simplify(shape[drawn], rule.shape_tolerance_m)
    grid = 10.0**-DECIMALS
    degrees = shapely.set_precision(overlaps.system.to_degrees(simple), grid, mode="pointwise")
    # Rounding corner by corner lets close lines cross; mending those alone is faster.
    crossed = ~shapely.is_valid(degrees)
    degrees[crossed] = shapely.set_precision(shapely.make_valid(degrees[crossed]), grid)
    has_area = shapely.area(degrees) > 0
    wkt = shapely.to_wkt(degrees, rounding_precision=DECIMALS)
    texts[drawn] = np.where(has_area, wkt, "")
    return texts


def _sum(group: Indices, area_m2: Floats, n: int) -> Floats:
    return np.bincount(group, weights=np.nan_to_num(area_m2), minlength=n).astype(np.float64)


def _counts(moved_m2: Floats, held_m2: Floats, rule: EditionRule) -> Bools:
    counts: Bools = (moved_m2 >= rule.moved_ha * M2_PER_HA) | (
        moved_m2 >= rule.moved_share * held_m2
    )
    return counts


def _moved_shapes(
    groups: Groups, overlaps: Overlaps, is_wanted: Bools, rule: EditionRule
) -> Geometries:
    """Return the union of what moved in each group wanted; None for the others."""
    old, new = overlaps.old.shape, overlaps.new.shape
    i = np.flatnonzero((groups.heir != NOBODY) & is_wanted[groups.of_old])
    j = groups.heir[i]
    edges = np.concatenate(
        [overlay(shapely.difference, old[i], new[j]), overlay(shapely.difference, new[j], old[i])]
    )
    is_heir = np.zeros(len(new), dtype=bool)
    is_heir[groups.heir[groups.heir != NOBODY]] = True
    gone = np.flatnonzero((groups.heir == NOBODY) & is_wanted[groups.of_old])
    come = np.flatnonzero(~is_heir & is_wanted[groups.of_new])
    wide, at = _without_slivers(edges, rule)
    edge_group = np.concatenate([groups.of_old[i], groups.of_new[j]])
    pieces = np.concatenate([wide, old[gone], new[come]])
    group = np.concatenate([edge_group[at], groups.of_old[gone], groups.of_new[come]])
    return _joined(pieces, group, groups.n)


def _without_slivers(shape: Geometries, rule: EditionRule) -> tuple[Geometries, Indices]:
    """Return the parts wide enough to tell, and the position of the shape that each is from."""
    reach = rule.sliver_width_m / 2
    part, at = shapely.get_parts(shape, return_index=True)
    core = shapely.buffer(part, -reach, join_style="mitre")
    is_wide = shapely.area(core) > 0
    # A hair further than before, because lines that coincide are slow to intersect.
    wide = shapely.buffer(core[is_wide], reach + GRID_M, join_style="mitre")
    return overlay(shapely.intersection, part[is_wide], wide), at[is_wide].astype(np.int32)


def _joined(pieces: Geometries, group: Indices, n: int) -> Geometries:
    part, at = shapely.get_parts(pieces, return_index=True)
    has_area = shapely.area(part) > 0
    part, of_part = part[has_area], group[at][has_area].astype(np.int64)
    order = np.argsort(of_part, kind="stable")
    part, of_part = part[order], of_part[order]
    joined: Geometries = np.full(n, None, dtype=object)
    shapely.multipolygons(part, indices=of_part, out=joined)
    # Parts of one pair lie apart; where units of a larger group overlap, they have to be united.
    bounds = np.searchsorted(of_part, np.arange(n + 1))
    for number in np.flatnonzero(~shapely.is_missing(joined) & ~shapely.is_valid(joined)):
        joined[number] = _union(part[bounds[number] : bounds[number + 1]])
    return joined


def _union(parts: Geometries) -> Any:
    try:
        return shapely.union_all(parts)
    except GEOSException:
        return shapely.union_all(parts, grid_size=GRID_M)
