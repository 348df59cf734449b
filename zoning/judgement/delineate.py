"""The containment category of every booth: A affected, B buffer, C clean.

In one sentence: in a zone that isn't green a booth with a case is A, one near
an A is B, any other is C; where cases can't be placed in a booth, all of the
unit is A until somebody has looked. A green zone has no category: near an A its
booths are watched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zoning.model import Bools, Category, Indices, Ints, Texts, Zone

NO_CATEGORY = ""
# Only these colours divide, or don't: a rule's own levels say nothing of containment.
ZONES = (Zone.RED, Zone.ORANGE, Zone.GREEN, Zone.UNCLASSIFIED)


@dataclass(frozen=True)
class Delineation:
    """What is drawn for every booth, arrays of shape (n,).

    Attributes
    ----------
    category : Texts
        A `Category` value; empty in green units.
    watch : Bools
        A booth of a green unit within the buffer of an A.
    needs_survey : Bools
        The category stands in for knowledge: cases of the unit lie in no booth, or nobody
        knows the zone.
    is_held : Bools
        A by an order in force and by nothing else.
    """

    category: Texts
    watch: Bools
    needs_survey: Bools
    is_held: Bools


def delineate(
    zone_of_booth: Texts,
    affecting: Ints,
    unit_index: Indices,
    unplaced_by_unit: Ints,
    within_reach: Callable[[Bools], Bools],
    held: Bools | None = None,
) -> Delineation:
    """Return the category of every booth.

    Parameters
    ----------
    zone_of_booth : Texts
        One of `ZONES`, shape (n,): the zone of its unit, `unclassified` for a booth of no unit.
    affecting : Ints
        Cases in each booth that make it affected, shape (n,).
    unit_index : Indices
        Position of each booth's unit, shape (n,); -1 for none.
    unplaced_by_unit : Ints
        Such cases known to be in a unit and in none of its booths, shape (n_units,).
    within_reach : callable
        Given which booths are A, returns those that lie within the buffer of one, both of
        shape (n,). It is asked once.
    held : Bools or None
        Booths that an order in force made A and none has released, shape (n,): they stay A,
        whatever the figures and the colour of their unit say.
    """
    is_green = zone_of_booth == Zone.GREEN.value
    has_unit = unit_index >= 0
    n_units = len(unplaced_by_unit)
    placed = np.bincount(
        unit_index[has_unit], weights=affecting[has_unit], minlength=n_units
    ).astype(np.int64)
    is_unseen = np.append((unplaced_by_unit > 0) & (placed == 0), False)
    unseen = is_unseen[np.where(has_unit, unit_index, n_units)] & ~is_green
    by_cases = ~is_green & (unseen | (affecting > 0))
    is_affected = by_cases if held is None else by_cases | held
    near = within_reach(is_affected) & ~is_affected
    category = np.full(len(zone_of_booth), Category.CLEAN.value, dtype=object)
    category[near] = Category.BUFFER.value
    category[is_affected] = Category.AFFECTED.value
    category[is_green & ~is_affected] = NO_CATEGORY
    return Delineation(
        category=category,
        watch=near & is_green,
        needs_survey=unseen | (zone_of_booth == Zone.UNCLASSIFIED.value),
        is_held=is_affected & ~by_cases,
    )
