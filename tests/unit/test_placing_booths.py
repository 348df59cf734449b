"""Cases placed by their booth: where the booth says no unit, the unit it stands in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from tests.builders import coded, grid_units
from tests.store.samples import plain_cases
from zoning.model import Booths
from zoning.places.placing import Placer


def test_a_booth_without_a_place_costs_the_others_nothing():
    """An empty point is how some files write that a booth has no place."""
    booths = Booths(
        booth_id=np.array(["a", "b", "c"], dtype=object),
        unit_id=np.array(["", "", ""], dtype=object),
        name=np.array(["", "", ""], dtype=object),
        population=np.full(3, np.nan),
        geometry=np.array([shapely.Point(), shapely.Point(1.5, 1.5), None], dtype=object),
    )
    units = grid_units()
    cases = replace(plain_cases(3), unit_id=None, booth_id=coded(["a", "b", "c"]))
    placement = Placer(units, units.geometry, 3, booths).place(cases)
    assert units.unit_id[placement.unit_index[1]] == "5"
    assert placement.unit_index.tolist() == [-1, placement.unit_index[1], -1]
