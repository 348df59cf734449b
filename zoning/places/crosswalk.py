"""The crosswalk by area between two boundary editions, and figures carried over it.

A figure is spread as if it lay evenly over the ground. People don't, so whatever
is carried over is an estimate and has to be shown as one. Old zones and cases are
never carried over: they keep the edition they were made on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoning.i18n.catalogue import tr
from zoning.model import Floats, Indices, Units
from zoning.places.edition_rule import edition_rule
from zoning.places.overlaps import find_overlaps


@dataclass(frozen=True)
class Crosswalk:
    """One row a pair of units that share ground, ascending by old and new position.

    Attributes
    ----------
    old_index, new_index : Indices
        Positions in the two editions, shape (k,).
    area_m2 : Floats
        Ground shared, shape (k,).
    share_of_old : Floats
        Part of the old unit that lies in the new one; what slivers hold is divided among the
        unit's rows in proportion. Sums to the covered part of the old unit, at most 1.
    share_of_new : Floats
        Part of the new unit that lies in the old one, likewise.
    """

    old_index: Indices
    new_index: Indices
    area_m2: Floats
    share_of_old: Floats
    share_of_new: Floats

    def __len__(self) -> int:
        return len(self.area_m2)


def build_crosswalk(old: Units, new: Units) -> Crosswalk:
    """Return which part of each old unit lies in which new one.

    Parameters
    ----------
    old, new : Units
        Two editions in WGS84 degrees. Units of levels that lie inside each other are never paired;
        a unit without polygon has no row.

    Returns
    -------
    Crosswalk
        Areas in a local equal-area system.

    Raises
    ------
    CrsError
        If an edition isn't in WGS84 degrees.
    InputError
        If a code stands twice in an edition.
    """
    overlaps = find_overlaps(old, new, edition_rule())
    return Crosswalk(
        overlaps.old_index,
        overlaps.new_index,
        overlaps.area_m2,
        _shares(
            overlaps.old_index, overlaps.area_m2, overlaps.old_covered_m2, overlaps.old.area_m2
        ),
        _shares(
            overlaps.new_index, overlaps.area_m2, overlaps.new_covered_m2, overlaps.new.area_m2
        ),
    )


def _shares(index: Indices, area_m2: Floats, covered_m2: Floats, unit_m2: Floats) -> Floats:
    kept_m2 = np.bincount(index, weights=area_m2, minlength=len(unit_m2))
    # Above 1 where the other edition's units overlap each other: ground counts once.
    covered = np.minimum(covered_m2 / unit_m2, 1.0)
    share: Floats = area_m2 / kept_m2[index] * covered[index]
    return share


def carry_over(values: Floats, crosswalk: Crosswalk, n_new: int) -> Floats:
    """Estimate a sum such as population for new units from that of the old ones, by area.

    Parameters
    ----------
    values : Floats
        What is counted in each old unit (people, not people per lakh), shape (n_old,); NaN where
        unknown.
    crosswalk : Crosswalk
        Between the two editions.
    n_new : int
        Number of new units.

    Returns
    -------
    Floats
        Shape (n_new,). NaN where a contributing unit is unknown, and where too little of a new
        unit's ground belonged to any old one.

    Notes
    -----
    An estimate, exact only where a unit passes whole: show `estimate_note` beside it. What lay on
    ground outside every new unit is in no answer.
    """
    index = crosswalk.new_index
    known = np.bincount(index, weights=crosswalk.share_of_new, minlength=n_new)
    carried = np.bincount(
        index, weights=values[crosswalk.old_index] * crosswalk.share_of_old, minlength=n_new
    )
    return np.where(known >= edition_rule().known_share, carried, np.nan)


def estimate_note() -> str:
    """Return the sentence that stands beside every figure carried over."""
    return tr(
        "Estimated from an older boundary edition in proportion to area, as if people lived "
        "evenly over the ground."
    )
