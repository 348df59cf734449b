"""Neighbours kept as lists, and pairs for any distance: the same as measuring every pair."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zoning.errors import StoreError
from zoning.places.neighbours import Neighbours, neighbours_within, pairs_within


@st.composite
def grounds(draw):
    """Return boxes at whole metres, so that many are exactly at the distance asked for."""
    corner = st.tuples(*[st.integers(0, 40)] * 2, *[st.integers(1, 9)] * 2)
    boxes = draw(st.lists(corner, min_size=1, max_size=12))
    cells = np.array([*(shapely.box(x, y, x + w, y + h) for x, y, w, h in boxes), None], object)
    group = draw(st.lists(st.integers(-1, 3), min_size=len(cells), max_size=len(cells)))
    return cells, np.array(group, dtype=np.int32), float(draw(st.integers(0, 15)))


def plain(cells, group, reach_m):
    return sorted(
        {
            (int(group[i]), j)
            for i in range(len(cells))
            for j in range(len(cells))
            if cells[i] and cells[j] and group[i] >= 0 and group[i] != group[j]
            if shapely.distance(cells[i], cells[j]) <= reach_m
        }
    )


@given(grounds())
def test_the_pairs_are_those_of_measuring_every_pair_by_list_and_without(ground):
    cells, group, reach_m = ground
    pairs = pairs_within(cells, group, reach_m)
    assert list(zip(*pairs.tolist(), strict=True)) == plain(cells, group, reach_m)
    listed = neighbours_within(cells, reach_m)
    assert listed.pairs_from(group).tolist() == pairs.tolist()


@given(grounds())
def test_lists_come_back_from_their_bytes_as_they_were(ground):
    cells, group, reach_m = ground
    listed = neighbours_within(cells, reach_m)
    again = Neighbours.from_bytes(listed.to_bytes())
    assert again.first.tolist() == listed.first.tolist()
    assert again.reached_from(group >= 0).tolist() == listed.reached_from(group >= 0).tolist()


def test_damaged_lists_are_refused():
    packed = neighbours_within(np.array([shapely.box(0, 0, 1, 1)], dtype=object), 1).to_bytes()
    with pytest.raises(StoreError):
        Neighbours.from_bytes(packed[:-5])
