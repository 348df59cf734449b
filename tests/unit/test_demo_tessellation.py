"""Cells, their shared borders, and the warp."""

from __future__ import annotations

import numpy as np
import shapely

from zoning.demo.tessellation import cells, densified
from zoning.demo.warp import draw_warp


def seeds(count: int) -> np.ndarray:
    return np.random.default_rng(3).uniform(0, 10, (count, 2))


def test_cells_of_two_regions_share_every_border():
    own = seeds(80)
    left = own[:, 0] < 4
    regions = [shapely.box(0, 0, 4, 10), shapely.box(4, 0, 10, 10)]
    made = cells(regions, [own[left], own[~left]])
    assert len(made) == 80
    assert shapely.coverage_is_valid(made)
    assert shapely.area(made).sum() > 99.99


def test_neighbours_share_the_vertices_that_densifying_adds():
    made = cells([shapely.box(0, 0, 10, 10)], [seeds(300)])
    dense = densified(made, 0.05)
    assert shapely.get_num_coordinates(dense).sum() > 5 * shapely.get_num_coordinates(made).sum()
    assert shapely.coverage_is_valid(dense)


def test_a_warp_never_folds_the_plane():
    # so strong that waves added up, rather than taken in turn, would fold it
    warp = draw_warp(np.random.default_rng(1), [[1.0, 5.0], [0.5, 2.0]])
    points = np.random.default_rng(2).uniform(0, 10, (20_000, 2))
    step = 1e-6
    along_x = (warp.apply(points + np.array([step, 0])) - warp.apply(points)) / step
    along_y = (warp.apply(points + np.array([0, step])) - warp.apply(points)) / step
    areas = along_x[:, 0] * along_y[:, 1] - along_x[:, 1] * along_y[:, 0]
    assert np.abs(areas - 1).max() < 1e-3
