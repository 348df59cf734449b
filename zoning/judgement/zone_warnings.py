"""What should make an officer look twice at a containment zone before adopting it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from zoning.i18n import forms
from zoning.i18n.catalogue import tr, tr_n
from zoning.judgement.norms import Norms
from zoning.judgement.zone_figures import BoothFigures, Consequences, Extent, UnitFigures
from zoning.model import Indices

# The provenance of a booth whose ground is its whole unit, as `places.booth_areas` says it; that
# module loads what derives cells, which nobody needs here.
UNIT_STANDS_IN = "unit"


class WarningCode(StrEnum):
    """What is doubtful about a zone."""

    WHOLE_UNIT = "whole_unit"
    PEOPLE_PER_CASE = "people_per_case"
    NO_PLACED_CASE = "no_placed_case"
    POPULATION_UNKNOWN = "population_unknown"


@dataclass(frozen=True)
class ZoneWarning:
    """One doubt about one zone.

    Attributes
    ----------
    code : WarningCode
        Its kind.
    zone : int
        Position of the zone.
    message : str
        A sentence, which doesn't name the zone.
    """

    code: WarningCode
    zone: int
    message: str


def tell_warnings(
    zones: Consequences,
    extent: Extent,
    labels: Indices,
    booths: BoothFigures,
    units: UnitFigures,
    rule: Norms,
) -> tuple[ZoneWarning, ...]:
    """Return the doubts about all zones, by zone.

    Parameters
    ----------
    zones : Consequences
        Figures of the zones, shape (k,).
    extent : Extent
        How much of each unit each zone takes.
    labels : Indices
        Zone of each affected booth, shape (n,); -1 for any other.
    booths : BoothFigures
        Booths, shape (n,).
    units : UnitFigures
        Units, shape (n_units,).
    rule : Norms
        From where on something is told.
    """
    told = [
        *_whole_units(extent, labels, booths, units, rule),
        *_people_per_case(zones, rule),
        *_without_case(zones),
        *_unknown_population(zones),
    ]
    return tuple(sorted(told, key=lambda warning: warning.zone))


def _whole_units(
    extent: Extent, labels: Indices, booths: BoothFigures, units: UnitFigures, rule: Norms
) -> Iterator[ZoneWarning]:
    is_taken = extent.n_booths >= rule.whole_unit_share * extent.n_of_unit
    for at in np.flatnonzero(is_taken):
        zone, unit = int(extent.zone[at]), int(extent.unit[at])
        own = (labels == zone) & (booths.unit_index == unit)
        named = {
            "unit": units.label[unit],
            "all": forms.number(int(extent.n_of_unit[at])),
        }
        n = int(extent.n_booths[at])
        if booths.needs_survey[own].any():
            message = tr_n(
                "{n} of the {all} booths of {unit} is in the zone without a survey: which of its "
                "ground has cases isn't known; have it looked at before the unit is sealed.",
                "{n} of the {all} booths of {unit} are in the zone without a survey: which of its "
                "ground has cases isn't known; have it looked at before the unit is sealed.",
                n,
                **named,
            )
        elif (booths.provenance[own] == UNIT_STANDS_IN).all():
            message = tr_n(
                "{unit} is in the zone as a whole: the ground of its booth isn't known apart from "
                "it; survey the booth.",
                "{unit} is in the zone as a whole: the ground of its {n} booths isn't known apart "
                "from it; survey the booths.",
                n,
                **named,
            )
        else:
            message = tr_n(
                "{n} of the {all} booths of {unit} is in the zone; see whether streets without "
                "cases can be spared.",
                "{n} of the {all} booths of {unit} are in the zone; see whether streets without "
                "cases can be spared.",
                n,
                **named,
            )
        yield ZoneWarning(WarningCode.WHOLE_UNIT, zone, message)


def _people_per_case(zones: Consequences, rule: Norms) -> Iterator[ZoneWarning]:
    per_case = zones.people_per_case
    most = rule.people_per_case_most
    for zone in np.flatnonzero(np.isfinite(per_case) & (per_case > most)):
        named = {"people": forms.number(per_case[zone]), "most": forms.number(most)}
        message = (
            tr(
                "The zone and its buffer restrict {people} people for each case, more than "
                "{most}; see whether a smaller zone or a narrower buffer would do.",
                **named,
            )
            if zones.population_is_complete[zone]
            else tr(
                "The zone and its buffer restrict at least {people} people for each case, more "
                "than {most}; see whether a smaller zone or a narrower buffer would do.",
                **named,
            )
        )
        yield ZoneWarning(WarningCode.PEOPLE_PER_CASE, int(zone), message)


def _without_case(zones: Consequences) -> Iterator[ZoneWarning]:
    for zone in np.flatnonzero(zones.cases == 0):
        message = tr(
            "No case is known to lie in the zone itself: those of its units are placed in no "
            "booth; survey the ground before it is sealed."
        )
        yield ZoneWarning(WarningCode.NO_PLACED_CASE, int(zone), message)


def _unknown_population(zones: Consequences) -> Iterator[ZoneWarning]:
    unknown = zones.n_unknown_a + zones.n_unknown_b
    n_booths = zones.n_booths_a + zones.n_booths_b
    for zone in np.flatnonzero(unknown):
        message = tr_n(
            "The population of {n} of {all} booths in zone and buffer is unknown: people, houses "
            "and workers are at least so many.",
            "The population of {n} of {all} booths in zone and buffer is unknown: people, houses "
            "and workers are at least so many.",
            int(unknown[zone]),
            all=forms.number(int(n_booths[zone])),
        )
        if zones.n_unknown_a[zone] == zones.n_booths_a[zone]:
            message = tr(
                "The population of no booth in the zone itself is known: houses and workers "
                "can't be told; import the booths with their population."
            )
        yield ZoneWarning(WarningCode.POPULATION_UNKNOWN, int(zone), message)
