"""Which category holds at a place, also where it lies in no booth.

Memo 177-CS/2020 divides a unit by its booths. Ground of a unit that no booth covers would have
no category, and no category reads as clean. So the strictest category of its unit holds there,
and is marked as one that needs a survey.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zoning.judgement.delineate import NO_CATEGORY
from zoning.model import Category, Indices, Texts

# From the mildest to the strictest.
_STRICTNESS = (
    NO_CATEGORY,
    Category.CLEAN.value,
    Category.BUFFER.value,
    Category.AFFECTED.value,
)


def strictness(category: Texts) -> npt.NDArray[np.int8]:
    """Return how strict each category is, from 0 for none to 3 for affected; shape (n,)."""
    rank = np.zeros(len(category), dtype=np.int8)
    for at, key in enumerate(_STRICTNESS):
        rank[category == key] = at
    return rank


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
    strictest = np.zeros(n_units, dtype=np.int8)
    has_unit = unit_index >= 0
    np.maximum.at(strictest, unit_index[has_unit], strictness(category)[has_unit])
    return np.array(_STRICTNESS, dtype=object)[strictest]
