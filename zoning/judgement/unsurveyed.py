"""Which category holds at a place, also where it lies in no booth.

Memo 177-CS/2020 divides a unit by its booths. Ground of a unit that no booth covers would have
no category, and no category reads as clean. So the strictest category of its unit holds there,
and is marked as one that needs a survey.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoning.judgement.delineate import NO_CATEGORY
from zoning.model import Bools, Category, Indices, Texts

# From the mildest to the strictest.
_STRICTNESS = (
    NO_CATEGORY,
    Category.CLEAN.value,
    Category.BUFFER.value,
    Category.AFFECTED.value,
)


@dataclass(frozen=True)
class PlaceCategories:
    """What holds at places, arrays of shape (m,).

    Attributes
    ----------
    category : Texts
        A `Category` value; empty where the unit has none, as a green one, and outside every unit.
    needs_survey : Bools
        The category stands in for knowledge: the place lies in no booth, or its booth needs a
        survey itself.
    """

    category: Texts
    needs_survey: Bools


def strictest_of_units(category: Texts, unit_index: Indices, n_units: int) -> Texts:
    """Return the strictest category among the booths of each unit, shape (n_units,).

    Parameters
    ----------
    category : Texts
        Of each booth, shape (n,); empty for none.
    unit_index : Indices
        Position of each booth's unit, shape (n,); -1 for none.
    n_units : int
        How many units there are; one without booths has no category.
    """
    strictness = np.zeros(len(category), dtype=np.int8)
    for rank, key in enumerate(_STRICTNESS):
        strictness[category == key] = rank
    strictest = np.zeros(n_units, dtype=np.int8)
    has_unit = unit_index >= 0
    np.maximum.at(strictest, unit_index[has_unit], strictness[has_unit])
    return np.array(_STRICTNESS, dtype=object)[strictest]


def categories_at(
    booth: Indices,
    unit: Indices,
    category: Texts,
    needs_survey: Bools,
    unit_index: Indices,
    n_units: int,
) -> PlaceCategories:
    """Return which category holds at each place.

    Parameters
    ----------
    booth, unit : Indices
        Booth and unit that each place lies in, shape (m,); -1 for none.
    category : Texts
        Of each booth, shape (n,); empty for none.
    needs_survey : Bools
        Whether that stands in for knowledge, shape (n,).
    unit_index : Indices
        Position of each booth's unit, shape (n,); -1 for none.
    n_units : int
        How many units there are.
    """
    in_booth = booth >= 0
    of_unit = np.append(strictest_of_units(category, unit_index, n_units), NO_CATEGORY)
    told = np.append(category, NO_CATEGORY)[booth]
    # A place of no unit and no booth has nothing that could be surveyed.
    return PlaceCategories(
        category=np.where(in_booth, told, of_unit[unit]).astype(object),
        needs_survey=np.where(in_booth, np.append(needs_survey, False)[booth], unit >= 0),
    )
