"""Where the units of one edition lie in those of another, in square metres.

    old           new
+-------+     +---+---+
|   a   |     | c | d |      overlaps: a-c, a-d, b-d; slivers along lines drawn twice are
+-------+     +---+   |      told apart by their width
|   b   |     |   +---+
+-------+     +-------+

A polygon found byte for byte in both editions is taken to lie in its twin and in no other unit that
has a twin: where the polygons of one file overlap each other, nothing has moved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.errors import GEOSException

from zoning.crs import is_degrees, refuse_contradiction
from zoning.errors import CrsError, InputError
from zoning.i18n.catalogue import tr
from zoning.model import WGS84, Bools, Floats, Geometries, Indices, Units
from zoning.places.edition_rule import EditionRule, tiers
from zoning.places.equal_area import EqualArea, equal_area_about
from zoning.places.ground import Ground, flat_polygons, ground_in

# Where an overlay fails on lines that all but coincide, it is done again on this grid.
GRID_M = 0.001


@dataclass(frozen=True)
class Overlaps:
    """Pairs of an old and a new unit that share ground, slivers left out.

    Attributes
    ----------
    system : EqualArea
        The metric system of the shapes.
    old, new : Ground
        Both editions.
    old_index, new_index : Indices
        Positions, shape (k,), in ascending order.
    area_m2 : Floats
        Ground shared, shape (k,).
    old_covered_m2, new_covered_m2 : Floats
        Ground shared with the other edition, slivers counted, shapes (n_old,), (n_new,).
    """

    system: EqualArea
    old: Ground
    new: Ground
    old_index: Indices
    new_index: Indices
    area_m2: Floats
    old_covered_m2: Floats
    new_covered_m2: Floats

    @property
    def share_of_old(self) -> Floats:
        """Part of the old unit's area in each pair, shape (k,)."""
        return self.area_m2 / self.old.area_m2[self.old_index]

    @property
    def share_of_new(self) -> Floats:
        """Part of the new unit's area in each pair, shape (k,)."""
        return self.area_m2 / self.new.area_m2[self.new_index]


def find_overlaps(old: Units, new: Units, rule: EditionRule) -> Overlaps:
    """Measure the ground that each old unit shares with each new one.

    Parameters
    ----------
    old, new : Units
        Two editions in WGS84 degrees; levels that don't lie side by side aren't compared.
    rule : EditionRule
        What a sliver is.

    Raises
    ------
    CrsError
        If an edition isn't in WGS84 degrees.
    InputError
        If a code stands twice in an edition.
    """
    _refuse_unlike(old, new)
    flat_old, flat_new = flat_polygons(old), flat_polygons(new)
    system = equal_area_about(np.concatenate([flat_old, flat_new]))
    tier_old, tier_new = tiers(old.level, new.level, rule)
    ground_old = ground_in(flat_old, system, tier_old)
    ground_new = ground_in(flat_new, system, tier_new)
    twin_old, twin_new = _twins(old, new, ground_old, ground_new)
    i, j, shape = _intersections(ground_old, ground_new, twin_old, twin_new)
    area = shapely.area(shape)
    smaller_m2 = np.minimum(ground_old.area_m2[i], ground_new.area_m2[j])
    is_sliver = _are_slivers(shape, area, rule) & (area < rule.sliver_share * smaller_m2)
    i, j = np.concatenate([twin_old, i]), np.concatenate([twin_new, j])
    area = np.concatenate([ground_old.area_m2[twin_old], area])
    is_kept = np.concatenate([np.ones(len(twin_old), dtype=bool), ~is_sliver]) & (area > 0)
    order = np.lexsort((j, i))
    order = order[is_kept[order]]
    return Overlaps(
        system,
        ground_old,
        ground_new,
        old_index=i[order],
        new_index=j[order],
        area_m2=area[order],
        old_covered_m2=_sum(i, area, len(old)),
        new_covered_m2=_sum(j, area, len(new)),
    )


def _sum(index: Indices, area_m2: Floats, n: int) -> Floats:
    return np.bincount(index, weights=area_m2, minlength=n).astype(np.float64)


def _refuse_unlike(old: Units, new: Units) -> None:
    if repeated := _repeated_code(old):
        raise InputError(
            tr(
                "Unit {unit} stands more than once in the older edition: editions can only be "
                "compared if every code is one unit. Give each row its own code.",
                unit=repeated,
            )
        )
    if repeated := _repeated_code(new):
        raise InputError(
            tr(
                "Unit {unit} stands more than once in the newer edition: editions can only be "
                "compared if every code is one unit. Give each row its own code.",
                unit=repeated,
            )
        )
    drawn = [units.crs for units in (old, new) if units.geometry is not None]
    if not all(is_degrees(crs) for crs in drawn):
        raise CrsError(
            tr(
                "Editions are compared in {wanted}; the older one is in {old}, the newer one in "
                "{new}. Import the boundaries again, which turns them into degrees.",
                wanted=WGS84,
                old=old.crs,
                new=new.crs,
            )
        )
    for units, edition in ((old, tr("The older edition")), (new, tr("The newer edition"))):
        if units.geometry is None or not len(units):
            continue
        bounds = shapely.total_bounds(units.geometry)
        if np.isfinite(bounds).all():
            refuse_contradiction(bounds, units.crs, edition)


def _repeated_code(units: Units) -> str:
    codes, count = np.unique(units.unit_id.astype(str), return_counts=True)
    return str(codes[count > 1][0]) if (count > 1).any() else ""


def _twins(
    old: Units, new: Units, old_ground: Ground, new_ground: Ground
) -> tuple[Indices, Indices]:
    """Return positions of units whose polygons are the same byte for byte."""
    found: dict[tuple[int, bytes], list[int]] = {}
    for j, content in enumerate(shapely.to_wkb(new_ground.shape)):
        if content is not None:
            found.setdefault((int(new_ground.tier[j]), content), []).append(j)
    groups: dict[tuple[int, bytes], list[int]] = {}
    for i, content in enumerate(shapely.to_wkb(old_ground.shape)):
        if content is not None and (int(old_ground.tier[i]), content) in found:
            groups.setdefault((int(old_ground.tier[i]), content), []).append(i)
    pairs: list[tuple[int, int]] = []
    for key, olds in groups.items():
        by_code = {str(new.unit_id[j]): j for j in found[key]}
        same = {i: by_code[code] for i in olds if (code := str(old.unit_id[i])) in by_code}
        pairs += same.items()
        # One polygon under several codes: those found again by their code are theirs alone.
        free = [j for j in found[key] if j not in set(same.values())]
        pairs += [(i, j) for i in olds if i not in same for j in free]
    both = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _intersections(
    old: Ground, new: Ground, twin_old: Indices, twin_new: Indices
) -> tuple[Indices, Indices, Geometries]:
    open_old = ~shapely.is_missing(old.shape)
    open_new = ~shapely.is_missing(new.shape)
    open_old[twin_old], open_new[twin_new] = False, False
    # Old units that changed against all new ones; the unchanged against new ones that changed.
    first, second = np.flatnonzero(open_old), np.flatnonzero(open_new)
    a, j1 = shapely.STRtree(new.shape).query(old.shape[first], predicate="intersects")
    b, i2 = shapely.STRtree(old.shape).query(new.shape[second], predicate="intersects")
    is_unseen = ~open_old[i2]
    i = np.concatenate([first[a], i2[is_unseen]])
    j = np.concatenate([j1, second[b[is_unseen]]])
    beside = old.tier[i] == new.tier[j]
    i, j = i[beside], j[beside]
    shape = overlay(shapely.intersection, old.shape[i], new.shape[j])
    return i.astype(np.int32), j.astype(np.int32), shape


def overlay(operation: Callable[..., Any], left: Geometries, right: Geometries) -> Geometries:
    """Intersect or subtract shapes in metres, on a grid of a millimetre if it fails otherwise."""
    try:
        shapes: Geometries = operation(left, right)
    except GEOSException:
        shapes = operation(left, right, grid_size=GRID_M)
    return shapes


def _are_slivers(shape: Geometries, area: Floats, rule: EditionRule) -> Bools:
    """Return in which shapes no circle of the sliver's width fits."""
    width = rule.sliver_width_m
    perimeter = shapely.length(shape)
    # The largest circle inside has a radius of at least area / perimeter and an area of at most
    # the shape's own, which decides nearly all.
    is_sliver = area < np.pi * (width / 2) ** 2
    unsure = np.flatnonzero(~is_sliver & (2 * area < width * perimeter))
    is_sliver[unsure] = shapely.is_empty(shapely.buffer(shape[unsure], -width / 2))
    return is_sliver
