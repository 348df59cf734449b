"""What a person should look into before a delineation is signed."""

from __future__ import annotations

import numpy as np

from zoning.i18n import forms
from zoning.i18n.catalogue import tr, tr_n
from zoning.judgement.unsurveyed import strictest_of_units
from zoning.model import Texts, Units, Zone
from zoning.places.drawn import label
from zoning.places.equal_area import M2_PER_HA
from zoning.places.unsurveyed import unsurveyed_rule
from zoning.workflow.booth_cases import BoothCases
from zoning.workflow.booth_cells import BoothCells


def case_doubts(cases: BoothCases, zone: Texts, ground: BoothCells) -> list[str]:
    """Return a sentence for each doubt about where cases are.

    Parameters
    ----------
    cases : BoothCases
        Cases of booths and units.
    zone : Texts
        Zone of each unit, shape (n_units,).
    ground : BoothCells
        Booths and their units.
    """
    is_green = zone == Zone.GREEN.value
    in_green = int(cases.unplaced_affecting[is_green].sum()) + int(
        cases.affecting[np.append(is_green, False)[ground.unit_index]].sum()
    )
    has_booths = np.bincount(ground.unit_index + 1, minlength=len(zone) + 1)[1:] > 0
    boothless = int((~is_green & ~has_booths & (cases.unplaced_affecting > 0)).sum())
    told = (
        (
            boothless,
            tr_n(
                "{n} unit has cases and no booth in the file, so nothing of it is drawn; add its "
                "booths.",
                "{n} units have cases and no booth in the file, so nothing of them is drawn; add "
                "their booths.",
                boothless,
            ),
        ),
        (
            in_green,
            tr_n(
                "{n} case lies in a green unit, which has no category; judge the zones anew.",
                "{n} cases lie in green units, which have no category; judge the zones anew.",
                in_green,
            ),
        ),
        (
            cases.unlocated,
            tr_n(
                "{n} case lies in no booth and no unit; --rejects lists its row.",
                "{n} cases lie in no booth and no unit; --rejects lists their rows.",
                cases.unlocated,
            ),
        ),
        (
            cases.unknown_booths,
            tr_n(
                "{n} row of cases names a booth that isn't among the booths; it counts by its "
                "other place, if it has one.",
                "{n} rows of cases name booths that aren't among the booths; they count by their "
                "other place, if they have one.",
                cases.unknown_booths,
            ),
        ),
        (
            cases.contradictions,
            tr_n(
                "{n} row of cases names another unit than its booth lies in; it counts in the "
                "booth.",
                "{n} rows of cases name other units than their booths lie in; they count in the "
                "booths.",
                cases.contradictions,
            ),
        ),
    )
    return [sentence for n, sentence in told if n]


def ground_doubts(ground: BoothCells, units: Units, category: Texts) -> list[str]:
    """Return a sentence for each unit with ground in no booth, and which category holds there.

    Parameters
    ----------
    ground : BoothCells
        Booths and their units.
    units : Units
        The units.
    category : Texts
        Of each booth, shape (n,); empty for none.
    """
    found, most = ground.unsurveyed, unsurveyed_rule().listed_most
    strictest = strictest_of_units(category, ground.unit_index, len(units))
    told = []
    for nth, unit in enumerate(found.unit[:most].tolist()):
        named = {
            "share": forms.figure(100 * float(found.share[nth])),
            "unit": label(units, unit),
            "area": forms.area(float(found.area_ha[nth]) * M2_PER_HA),
        }
        told.append(
            tr(
                "{share} % of the ground of {unit} ({area}) lies in no booth and isn't drawn; as "
                "nobody surveyed it, category {category}, the strictest of the unit, holds there.",
                category=strictest[unit],
                **named,
            )
            if strictest[unit]
            else tr(
                "{share} % of the ground of {unit} ({area}) lies in no booth; the unit is green, "
                "so no category holds there.",
                **named,
            )
        )
    more = len(found) - len(told)
    if more:
        told.append(
            tr_n(
                "{n} more unit lies partly in no booth, with {area}; the strictest category of the "
                "unit holds there.",
                "{n} more units lie partly in no booth, with {area} together; the strictest "
                "category of its unit holds on each.",
                more,
                area=forms.area(float(found.area_ha[most:].sum()) * M2_PER_HA),
            )
        )
    return told
