"""Ground of containment zones: along the arcs, or by an overlay where areas overlap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from tests.booths import booths_at
from tests.builders import grid_units
from zoning.places.perimeters import zone_areas
from zoning.workflow.ground import Ground, GroundShelf, GroundSource
from zoning.workflow.zone_ground import zone_ground

REACH_M = 500.0


def ground_of(*places) -> Ground:
    units = grid_units()
    shrunk = replace(units, geometry=shapely.transform(units.geometry, lambda xy: xy * 0.01 + 77))
    where = [tuple(np.array(at) * 0.01 + 77) if isinstance(at, tuple) else at for at in places]
    source = GroundSource(shrunk, booths_at(where))
    return GroundShelf().ground(f"{places}", lambda: source)


@pytest.fixture
def derived():
    return ground_of(*((x / 2 + 0.25, y / 2 + 0.25) for x in range(6) for y in range(6)))


@pytest.fixture
def surveyed():
    own = [shapely.box(77 + x * 0.01, 77, 77 + x * 0.01 + 0.012, 77.01) for x in range(3)]
    return ground_of(*own)


def labels_of(ground, *zones):
    label = np.full(len(ground), -1, dtype=np.int32)
    label[: len(zones)] = zones
    return label


def test_along_arcs_and_by_an_overlay_zones_have_the_same_ground(derived):
    assert derived.arcs is not None
    label = labels_of(derived, 0, 0, 1, -1, 0, 2, 2, -1, 1)
    joined, laid = zone_ground(derived, label, 3), zone_areas(label, derived.cells)
    assert shapely.is_valid(joined).all()
    assert shapely.equals(joined, laid).all()


def test_surveyed_areas_that_overlap_are_laid_over_each_other(surveyed):
    assert surveyed.arcs is None
    area = zone_ground(surveyed, labels_of(surveyed, 0, 0, 0), 1)
    assert shapely.area(area)[0] == pytest.approx(0.032 * 0.01)


def test_a_zone_without_ground_has_none(derived):
    assert zone_ground(derived, labels_of(derived, 0), 2)[1] is None


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_width_tried_out_reaches_what_the_kept_list_says(derived, is_kept):
    label = labels_of(derived, 0, 0, -1, 1)
    told = derived.pairs_from(label, REACH_M, is_kept=is_kept)
    assert (REACH_M in derived._reached) == is_kept
    wanted = derived.within(REACH_M).pairs_from(label)
    assert told.tolist() == wanted.tolist()
