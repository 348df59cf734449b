"""Whose consent a containment zone needs where it crosses a line of jurisdiction.

In one sentence: a zone is led where most of its affected booths lie; what of it
lies in another municipality, block or district needs the authority there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from zoning.judgement.jurisdictions import Jurisdictions
from zoning.model import Category, Floats, Indices, Ints
from zoning.places.buffers import BufferPairs


class Crossing(StrEnum):
    """The highest line that is crossed; `UNKNOWN` where the units above aren't all known."""

    WARD = "ward"
    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    UNKNOWN = "unknown"


_FROM_LOWEST = tuple(Crossing)


@dataclass(frozen=True)
class Consent:
    """Part of a zone in one unit beyond the jurisdiction or the wards that it is led from.

    Attributes
    ----------
    zone : int
        Position of the zone.
    unit_id : str
        Unit in which that part lies; empty for ground of no unit.
    category : str
        `A` or `B`.
    crossing : Crossing
        The line between.
    authority_unit_id : str
        Local body or district whose authority has to consent; empty where none has to, or where
        it isn't known who.
    n_booths : int
        Booths of the zone there.
    population : float
        Their people where known: at least so many if `n_unknown` isn't 0, NaN if none is known.
    n_unknown : int
        Booths whose population isn't known.
    """

    zone: int
    unit_id: str
    category: str
    crossing: Crossing
    authority_unit_id: str
    n_booths: int
    population: float
    n_unknown: int

    @property
    def is_needed(self) -> bool:
        """Return whether another authority has to consent; where nobody knows, one has to."""
        return self.crossing is not Crossing.WARD


def consents(
    labels: Indices,
    buffers: BufferPairs,
    unit_index: Indices,
    population: Floats,
    parents: Jurisdictions,
) -> tuple[Consent, ...]:
    """Return each crossing of each zone, with the authority whose consent it needs.

    Parameters
    ----------
    labels : Indices
        Zone of each affected booth, shape (n,), from 0; -1 for any other.
    buffers : BufferPairs
        Which booths of category B lie in the buffer of which zones.
    unit_index : Indices
        Position of each booth's unit, shape (n,); -1 for none.
    population : Floats
        People of each booth, shape (n,); NaN where unknown.
    parents : Jurisdictions
        Who is above each of the n_units.

    Returns
    -------
    tuple of Consent
        By zone, then A before B, then by unit; one for each unit and category. Booths in the
        units from which the zone is led are no crossing.

    Notes
    -----
    Memo 177-CS/2020, section 6, names who delineates: the District Magistrate, and in Kolkata the
    Commissioner of the corporation; and who enforces: Block Development Officers in blocks,
    Sub-divisional Officers in municipal towns, Municipal Commissioners in corporations. So, as
    our reading of it:

    - across a district line, or the line of a corporation that delineates itself, the delineating
      authority beyond consents: the corporation itself, else the district;
    - across a municipal or block line inside one District Magistrate's area the local body beyond
      consents, for its officer has to enforce there;
    - between wards or gram panchayats of one local body nobody else has to consent; the crossing
      is told because the ward's people have to be;
    - where the units above aren't known, consent is taken to be needed.

    The jurisdiction that leads a zone is the local body with most of its affected booths, of
    equal ones that with the smallest code. Affected booths beyond it are listed as those of the
    buffer are: the neighbour makes its own order for them.
    """
    n_zones = int(labels.max(initial=-1)) + 1
    inside = np.flatnonzero(labels >= 0)
    is_around = labels[buffers.booth] < 0
    zone = np.concatenate([labels[inside], buffers.zone[is_around]])
    booth = np.concatenate([inside, buffers.booth[is_around]])
    is_buffer = np.arange(len(zone)) >= len(inside)
    rows = np.column_stack([zone, is_buffer, unit_index[booth]])
    parts, nth = np.unique(rows, axis=0, return_inverse=True)
    nth = nth.reshape(-1)
    people = population[booth]
    is_unknown = np.isnan(people)
    n_booths = np.bincount(nth, minlength=len(parts))
    n_unknown = np.bincount(nth[is_unknown], minlength=len(parts))
    known = np.bincount(nth, np.where(is_unknown, 0, people), len(parts)).astype(float)
    known[n_unknown == n_booths] = np.nan
    lines = _Lines(parents)
    homes = _homes(n_zones, parts, n_booths, lines)
    found = []
    for at, (of_zone, of_buffer, unit) in enumerate(parts.tolist()):
        home = homes[of_zone]
        if unit in home:
            continue
        crossing, authority = lines.between(home, unit)
        found.append(
            Consent(
                zone=of_zone,
                unit_id=lines.code(unit),
                category=(Category.BUFFER if of_buffer else Category.AFFECTED).value,
                crossing=crossing,
                authority_unit_id=authority,
                n_booths=int(n_booths[at]),
                population=float(known[at]),
                n_unknown=int(n_unknown[at]),
            )
        )
    return tuple(sorted(found, key=lambda part: (part.zone, part.category, part.unit_id)))


class _Lines:
    """The lines of jurisdiction between units, by position; -1 is ground of no unit."""

    def __init__(self, parents: Jurisdictions) -> None:
        self._unit = [str(code) for code in parents.unit_id] + [""]
        self._body = [str(code) for code in parents.local_body_id] + [""]
        self._district = [str(code) for code in parents.district_id] + [""]
        self._delineates = [*parents.delineates_itself.tolist(), False]

    def code(self, unit: int) -> str:
        return self._unit[unit]

    def leader(self, unit: int) -> tuple[str, str]:
        """Return what a unit is led with: its local body, or itself where that isn't known."""
        body = self._body[unit]
        return (body, self._district[unit]) if body else ("", self._unit[unit])

    def between(self, home: list[int], unit: int) -> tuple[Crossing, str]:
        """Return the lowest line between a unit and any of those a zone is led from."""
        crossings = [self._line(own, unit) for own in home]
        crossing = min(crossings, key=_FROM_LOWEST.index)
        leader = home[crossings.index(crossing)]
        return crossing, self._authority(crossing, leader, unit)

    def _line(self, own: int, unit: int) -> Crossing:
        here, there = self._district[own], self._district[unit]
        # A code of a body that two districts have isn't one body.
        if here and there and here != there:
            return Crossing.DISTRICT
        one, other = self._body[own], self._body[unit]
        if one and one == other:
            return Crossing.WARD
        return Crossing.MUNICIPALITY if here and there and one and other else Crossing.UNKNOWN

    def _authority(self, crossing: Crossing, own: int, unit: int) -> str:
        if crossing is Crossing.WARD:
            return ""
        if self._delineates[unit]:
            return self._body[unit]
        if crossing is Crossing.UNKNOWN:
            return ""
        is_other_delineator = crossing is Crossing.DISTRICT or self._delineates[own]
        return self._district[unit] if is_other_delineator else self._body[unit]


def _homes(n_zones: int, parts: Ints, n_booths: Ints, lines: _Lines) -> list[list[int]]:
    """Return the units from which each zone is led: affected ones under its leader."""
    units_of: list[list[int]] = [[] for _ in range(n_zones)]
    booths_of: list[Counter[tuple[str, str]]] = [Counter() for _ in range(n_zones)]
    for (zone, is_buffer, unit), n in zip(parts.tolist(), n_booths.tolist(), strict=True):
        if not is_buffer:
            units_of[zone].append(unit)
            booths_of[zone][lines.leader(unit)] += n
    leaders = [min(count, key=lambda key: (-count[key], key)) for count in booths_of]
    return [
        [unit for unit in units if lines.leader(unit) == leader]
        for units, leader in zip(units_of, leaders, strict=True)
    ]
