"""Figures of booths and units that a zone is weighed by, and those of the zones themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoning.model import Bools, Floats, Indices, Ints, Texts


@dataclass(frozen=True)
class BoothFigures:
    """What is known of the booths, in their order, shape (n,) each.

    Attributes
    ----------
    population : Floats
        People; NaN where unknown. Of booths at one point each has its own people.
    cases : Ints
        Cases that make a booth affected, each told in one booth only.
    unit_index : Indices
        Position of its unit; -1 for none.
    sharing : Indices
        Number of its ground.
    needs_survey : Bools
        Its category stands in for knowledge.
    provenance : Texts
        How its ground is known: `unit` where the whole unit stands for its only point.
    """

    population: Floats
    cases: Ints
    unit_index: Indices
    sharing: Indices
    needs_survey: Bools
    provenance: Texts


@dataclass(frozen=True)
class UnitFigures:
    """What is known of the units, in their order, shape (n_units,) each.

    Attributes
    ----------
    label : Texts
        What a person calls it.
    household_size : Floats
        People in a house by the census; NaN where unknown.
    cases : Ints
        Cases as in `BoothFigures.cases`, with those that lie in the unit and in no known booth.
    """

    label: Texts
    household_size: Floats
    cases: Ints


@dataclass(frozen=True)
class Consequences:
    """Figures of zones, shape (k,) in the order of the labels; of the totals, shape (1,).

    Attributes
    ----------
    n_booths_a, n_booths_b : Ints
        Affected booths, and those in the buffer.
    n_grounds_a : Ints
        Different grounds of the affected ones: booths at one point have one.
    n_unknown_a, n_unknown_b : Ints
        Booths among them whose population isn't known.
    population_a, population_b : Floats
        People where known: at least so many if a booth is unknown, NaN if all are.
    households_a : Floats
        Houses in the affected ground, rounded up; NaN where `population_a` is.
    workers : dict of int to Floats
        Workers for the house-to-house round of the affected ground, by houses a worker visits.
    cases : Ints
        Cases captured: placed in its booths, and those known only by a unit that is wholly in it.
    share_of_cases : Floats
        Of all cases in the units it touches, from 0 to 1; of a total, of all cases told. NaN
        where there is none.
    people_per_case : Floats
        People in zone and buffer for each case captured; infinite without a case, NaN where no
        population is known.
    hospitals_a, hospitals_b : Ints
        Facilities in the affected ground and in the buffer: a cordon has to let them work.
    """

    n_booths_a: Ints
    n_booths_b: Ints
    n_grounds_a: Ints
    n_unknown_a: Ints
    n_unknown_b: Ints
    population_a: Floats
    population_b: Floats
    households_a: Floats
    workers: dict[int, Floats]
    cases: Ints
    share_of_cases: Floats
    people_per_case: Floats
    hospitals_a: Ints
    hospitals_b: Ints

    @property
    def population_is_complete(self) -> Bools:
        """Return where each booth's population is known; elsewhere figures are at least so high."""
        complete: Bools = (self.n_unknown_a == 0) & (self.n_unknown_b == 0)
        return complete


@dataclass(frozen=True)
class Extent:
    """How much of each unit each zone takes, a row for each pair that meets, shape (m,).

    Attributes
    ----------
    zone, unit : Indices
        Positions, by zone and then by unit.
    n_booths, n_of_unit : Ints
        Booths of the unit that are in the zone, and that there are.
    """

    zone: Indices
    unit: Indices
    n_booths: Ints
    n_of_unit: Ints

    @property
    def is_whole(self) -> Bools:
        """Return where the zone takes all of the unit."""
        whole: Bools = self.n_booths == self.n_of_unit
        return whole


def extent_of(labels: Indices, unit_index: Indices) -> Extent:
    """Return how much of each unit each zone takes; booths of no unit are left out.

    Parameters
    ----------
    labels : Indices
        Zone of each booth, shape (n,); -1 for none.
    unit_index : Indices
        Position of its unit, shape (n,); -1 for none.
    """
    n_of_unit = np.bincount(unit_index[unit_index >= 0], minlength=1)
    inside = (labels >= 0) & (unit_index >= 0)
    pairs, n_booths = np.unique(
        np.column_stack([labels[inside], unit_index[inside]]), axis=0, return_counts=True
    )
    zone, unit = pairs.astype(np.int32).T
    return Extent(zone, unit, n_booths.astype(np.int64), n_of_unit[unit])
