"""What each containment zone means before anybody adopts it: people, houses, workers, cases.

An unknown population never makes a zone look small: a sum with a gap is `at
least`, and where no booth's people are known there is no sum at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from zoning.errors import InputError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.judgement.norms import Norms, norms
from zoning.judgement.zone_figures import BoothFigures, Consequences, UnitFigures, extent_of
from zoning.judgement.zone_warnings import ZoneWarning, tell_warnings
from zoning.model import Floats, Indices, Ints
from zoning.places.buffers import BufferPairs

# Of a house: what dividing people by household sizes and adding up may be off by.
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Weighed:
    """All zones of a delineation: each, all together, and what is doubtful about each.

    Attributes
    ----------
    zones, total : Consequences
        Each zone; all as one, where a booth in two buffers counts once. Workers are the sum of
        those of the zones, as none serves two.
    warnings : tuple of ZoneWarning
        By zone.
    """

    zones: Consequences
    total: Consequences
    warnings: tuple[ZoneWarning, ...]


def weigh(
    labels: Indices,
    buffers: BufferPairs,
    booths: BoothFigures,
    units: UnitFigures,
    hospital_booth: Indices,
    *,
    unlocated_cases: int = 0,
    by: Norms | None = None,
    n_zones: int | None = None,
) -> Weighed:
    """Return what each containment zone means.

    Parameters
    ----------
    labels : Indices
        Zone of each affected booth, shape (n,), from 0; -1 for any other.
    buffers : BufferPairs
        Which booths of category B lie in the buffer of which zones.
    booths : BoothFigures
        Booths, shape (n,).
    units : UnitFigures
        Units, shape (n_units,).
    hospital_booth : Indices
        Booth on whose ground each facility lies, any of those that share it; -1 for none.
    unlocated_cases : int
        Cases whose place isn't known at all: they lower the share that all zones capture.
    by : Norms or None
        Norms; those in force if None.
    n_zones : int or None
        How many zones there are; as many as the labels name if None.

    Raises
    ------
    InputError
        If a household size is below 1.
    ValueError
        If a unit has fewer cases than its booths, which is a fault of the caller.
    """
    rule = by or norms()
    is_around = labels[buffers.booth] < 0
    buffers = BufferPairs(buffers.zone[is_around], buffers.booth[is_around])
    ground = _Ground(booths, units, _houses(booths, units, rule), _unplaced(booths, units))
    n = int(labels.max(initial=-1)) + 1 if n_zones is None else n_zones
    zones = ground.figures(labels, buffers, n, hospital_booth, rule)
    once = np.unique(buffers.booth)
    as_one = np.where(labels >= 0, 0, -1).astype(np.int32)
    total = ground.figures(as_one, BufferPairs(np.zeros_like(once), once), 1, hospital_booth, rule)
    all_cases = units.cases.sum() + booths.cases[booths.unit_index < 0].sum() + unlocated_cases
    total = replace(
        total,
        share_of_cases=_share(total.cases, np.array([all_cases])),
        workers={n: _sum_known(of_zones) for n, of_zones in zones.workers.items()},
    )
    return Weighed(
        zones,
        total,
        tell_warnings(zones, extent_of(labels, booths.unit_index), labels, booths, units, rule),
    )


@dataclass(frozen=True)
class _Ground:
    """Booths and units with what follows of them: houses of each booth, unplaced cases."""

    booths: BoothFigures
    units: UnitFigures
    houses: Floats
    unplaced: Ints

    def figures(
        self,
        labels: Indices,
        buffers: BufferPairs,
        n_zones: int,
        hospital_booth: Indices,
        rule: Norms,
    ) -> Consequences:
        booths = self.booths
        inside = np.flatnonzero(labels >= 0).astype(np.int32)
        zone = labels[inside]
        extent = extent_of(labels, booths.unit_index)
        unplaced = np.where(extent.is_whole, self.unplaced[extent.unit], 0)
        cases = _sums(zone, booths.cases[inside], n_zones)
        cases += _sums(extent.zone, unplaced, n_zones)
        of_no_unit = np.where(booths.unit_index < 0, booths.cases, 0)
        there = _sums(extent.zone, self.units.cases[extent.unit], n_zones)
        there += _sums(zone, of_no_unit[inside], n_zones)
        people_a, n_unknown_a = _people(zone, booths.population[inside], n_zones)
        people_b, n_unknown_b = _people(buffers.zone, booths.population[buffers.booth], n_zones)
        houses = _sums(zone, np.nan_to_num(self.houses[inside]), n_zones)
        households = np.where(np.isnan(people_a), np.nan, np.ceil(houses - _ROUNDING))
        n_grounds = np.unique(np.column_stack([zone, booths.sharing[inside]]), axis=0)[:, 0]
        return Consequences(
            n_booths_a=np.bincount(zone, minlength=n_zones),
            n_booths_b=np.bincount(buffers.zone, minlength=n_zones),
            n_grounds_a=np.bincount(n_grounds, minlength=n_zones),
            n_unknown_a=n_unknown_a,
            n_unknown_b=n_unknown_b,
            population_a=people_a,
            population_b=people_b,
            households_a=households,
            workers={n: np.ceil(households / n) for n in rule.houses_per_worker},
            cases=cases.astype(np.int64),
            share_of_cases=_share(cases, there),
            people_per_case=_per_case(people_a, people_b, cases),
            hospitals_a=self._hospitals(zone, inside, n_zones, hospital_booth),
            hospitals_b=self._hospitals(buffers.zone, buffers.booth, n_zones, hospital_booth),
        )

    def _hospitals(
        self, zone: Indices, booth: Indices, n_zones: int, hospital_booth: Indices
    ) -> Ints:
        """Return the facilities on the grounds of each zone's booths."""
        sharing = self.booths.sharing
        n_there = np.bincount(
            sharing[hospital_booth[hospital_booth >= 0]], minlength=sharing.max(initial=-1) + 1
        )
        grounds = np.unique(np.column_stack([zone, sharing[booth]]), axis=0)
        return _sums(grounds[:, 0], n_there[grounds[:, 1]], n_zones).astype(np.int64)


def _sums(zone: Indices, values: Ints | Floats, n_zones: int) -> Floats:
    return np.bincount(zone, weights=values, minlength=n_zones).astype(float)


def _people(zone: Indices, population: Floats, n_zones: int) -> tuple[Floats, Ints]:
    """Return the people known in each zone, NaN where no booth's are, and the booths unknown."""
    is_unknown = np.isnan(population)
    n_unknown = _sums(zone, is_unknown, n_zones).astype(np.int64)
    people = _sums(zone, np.where(is_unknown, 0, population), n_zones)
    people[(n_unknown > 0) & (n_unknown == np.bincount(zone, minlength=n_zones))] = np.nan
    return people, n_unknown


def _share(cases: Floats | Ints, there: Floats | Ints) -> Floats:
    share: Floats = np.divide(cases, there, out=np.full(len(cases), np.nan), where=there > 0)
    return share


def _per_case(people_a: Floats, people_b: Floats, cases: Floats) -> Floats:
    """Return the people for each case, of those known."""
    known = np.nan_to_num(people_a) + np.nan_to_num(people_b)
    per_case = np.divide(known, cases, out=np.full(len(cases), np.inf), where=cases > 0)
    nobody_known = np.isnan(people_a) & (np.isnan(people_b) | (people_b == 0))
    return np.where(nobody_known, np.nan, per_case)


def _sum_known(values: Floats) -> Floats:
    """Return the sum of what is known, shape (1,); NaN where there are values and none is."""
    is_unknown = np.isnan(values)
    return np.array([np.nan if len(values) and is_unknown.all() else values[~is_unknown].sum()])


def _houses(booths: BoothFigures, units: UnitFigures, rule: Norms) -> Floats:
    """Return the houses of each booth, shape (n,); NaN where its people are unknown."""
    for at in np.flatnonzero(units.household_size < 1):
        raise InputError(
            tr(
                "The household size of {unit} is {size}; give people in a house, at least 1, or "
                "leave it empty.",
                unit=units.label[at],
                size=forms.figure(float(units.household_size[at]), 2),
            )
        )
    size = np.append(units.household_size, np.nan)[booths.unit_index]
    return booths.population / np.where(np.isnan(size), rule.household_size, size)


def _unplaced(booths: BoothFigures, units: UnitFigures) -> Ints:
    """Return the cases of each unit that lie in no known booth, shape (n_units,)."""
    has_unit = booths.unit_index >= 0
    placed = np.bincount(
        booths.unit_index[has_unit], booths.cases[has_unit], minlength=len(units.cases)
    ).astype(np.int64)
    if (placed > units.cases).any():
        raise ValueError(f"more cases in booths than in unit {(placed > units.cases).argmax()}")
    return units.cases - placed
