"""The few sentences of a delineation, each on the smallest ground that shows it."""

from __future__ import annotations

import numpy as np
import shapely

from zoning.judgement.delineate import delineate
from zoning.places.neighbours import neighbours_within, within_of


def draw(zones, affecting, unplaced, reached, unit_index=None):
    n = len(zones)
    asked = []

    def within_reach(is_affected):
        asked.append(is_affected.copy())
        return np.array(reached, dtype=bool)

    drawn = delineate(
        np.array(zones, dtype=object),
        np.array(affecting, dtype=np.int64),
        np.arange(n, dtype=np.int32) if unit_index is None else np.array(unit_index, np.int32),
        np.array(unplaced, dtype=np.int64),
        within_reach,
    )
    assert len(asked) == 1
    return drawn, asked[0]


def test_affected_beats_buffer_beats_clean():
    drawn, _ = draw(["red"] * 3, [1, 0, 0], [0, 0, 0], [True, True, False])
    assert drawn.category.tolist() == ["A", "B", "C"]


def test_a_case_in_a_green_unit_starts_no_buffer():
    drawn, asked = draw(["green", "red"], [3, 0], [0, 0], [False, False])
    assert not asked.any()
    assert drawn.category.tolist() == ["", "C"]


def test_unplaced_cases_of_a_green_unit_ask_for_no_survey():
    drawn, _ = draw(["green"], [0], [2], [False])
    assert not drawn.needs_survey.any()


def test_unplaced_cases_matter_only_where_none_of_the_unit_is_placed():
    drawn, _ = draw(["red"] * 4, [0, 0, 1, 0], [2, 2], [False] * 4, [0, 0, 1, 1])
    assert drawn.category.tolist() == ["A", "A", "A", "C"]
    assert drawn.needs_survey.tolist() == [True, True, False, False]


def test_a_booth_of_no_unit_takes_nothing_from_the_last_unit():
    drawn, _ = draw(["unclassified", "orange"], [0, 0], [5], [False, False], [-1, 0])
    assert drawn.category.tolist() == ["C", "A"]
    assert drawn.needs_survey.tolist() == [True, True]


def test_distance_is_from_edge_to_edge_and_its_limit_is_within():
    cells = np.array([shapely.box(0, 0, 10, 10), shapely.box(510, 0, 900, 10)], dtype=object)
    source = np.array([True, False])
    assert within_of(cells, source, 500.0).tolist() == [False, True]
    assert within_of(cells, source, 499.9).tolist() == [False, False]
    assert neighbours_within(cells, 500.0).index.tolist() == [1, 0]
    assert neighbours_within(cells, 499.9).index.tolist() == []


def test_a_missing_cell_reaches_nothing_and_is_reached_by_nothing():
    cells = np.array([shapely.box(0, 0, 1, 1), None, shapely.box(1, 0, 2, 1)], dtype=object)
    for source in ([True, False, False], [False, True, False], [True, True, False]):
        is_source = np.array(source)
        reached = within_of(cells, is_source, 0.01)
        assert reached.tolist() == [False, False, bool(source[0])]
        listed = neighbours_within(cells, 0.01).reached_from(is_source)
        assert (listed & ~is_source).tolist() == reached.tolist()
