"""Whose consent a zone needs, on one row of wards under two districts.

::

    ward     w1   w2  | w3  | k1   k2  | v1  | x1
    body     m1   m1  | m2  | kmc  kmc | m3  | ?
    district d1   d1  | d1  | d1   d1  | d2  | ?
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.naming import named_units, texts
from zoning.judgement.consents import Crossing, consents
from zoning.judgement.jurisdictions import Jurisdictions, jurisdictions_of
from zoning.model import Level
from zoning.places.buffers import BufferPairs

UNITS = ["w1", "w2", "w3", "k1", "k2", "v1", "x1"]
PARENTS = Jurisdictions(
    unit_id=texts(UNITS),
    local_body_id=texts(["m1", "m1", "m2", "kmc", "kmc", "m3", ""]),
    district_id=texts(["d1"] * 5 + ["d2", ""]),
    delineates_itself=np.array([False] * 3 + [True] * 2 + [False] * 2),
)


def crossings(affected: list[str], buffer: list[str], parents=PARENTS, people=None):
    """Return the consents of one zone, one booth for each unit named."""
    named = [*affected, *buffer]
    n = len(named)
    around = np.arange(len(affected), n, dtype=np.int32)
    return consents(
        np.where(np.arange(n) < len(affected), 0, -1).astype(np.int32),
        BufferPairs(np.zeros_like(around), around),
        np.array([UNITS.index(u) if u else -1 for u in named], dtype=np.int32),
        np.full(n, 100.0) if people is None else np.array(people, dtype=float),
        parents,
    )


def line(affected: list[str], buffer: str):
    (found,) = crossings(affected, [buffer])
    return found.crossing.value, found.authority_unit_id, found.is_needed


def test_a_buffer_inside_its_own_unit_crosses_nothing():
    assert crossings(["w1"], ["w1"]) == ()


@pytest.mark.parametrize(
    ("home", "beyond", "expected"),
    [
        ("w1", "w2", ("ward", "", False)),
        ("w1", "w3", ("municipality", "m2", True)),
        ("w1", "v1", ("district", "d2", True)),
        # Into a corporation that delineates itself, out of it, and within.
        ("w1", "k1", ("municipality", "kmc", True)),
        ("v1", "k1", ("district", "kmc", True)),
        ("k1", "w1", ("municipality", "d1", True)),
        ("k1", "v1", ("district", "d2", True)),
        ("k1", "k2", ("ward", "", False)),
        # Nobody knows what lies above x1, or above ground of no unit.
        ("w1", "x1", ("unknown", "", True)),
        ("x1", "w1", ("unknown", "", True)),
        ("x1", "k1", ("unknown", "kmc", True)),
        ("w1", "", ("unknown", "", True)),
    ],
)
def test_the_line_and_the_authority_beyond_it(home, beyond, expected):
    assert line([home], beyond) == expected


def test_two_units_of_which_nothing_is_known_are_not_taken_for_one_jurisdiction():
    parents = replace(PARENTS, local_body_id=texts([""] * 7), district_id=texts([""] * 7))
    (found,) = crossings(["w1"], ["w2"], parents)
    assert (found.crossing, found.is_needed) == (Crossing.UNKNOWN, True)


def test_one_body_is_one_jurisdiction_though_its_district_is_unknown():
    parents = replace(PARENTS, district_id=texts([""] * 7))
    (found,) = crossings(["w1"], ["w2"], parents)
    assert found.crossing is Crossing.WARD


def test_a_code_of_a_body_that_two_districts_use_is_two_bodies():
    parents = replace(PARENTS, local_body_id=texts(["1"] * 7))
    (found,) = crossings(["w1"], ["v1"], parents)
    assert (found.crossing, found.authority_unit_id) == (Crossing.DISTRICT, "d2")


def test_a_zone_over_two_wards_of_one_body_is_at_home_in_both():
    assert crossings(["w1", "w2"], ["w1", "w2"]) == ()


def test_the_lead_is_where_most_affected_booths_lie_and_the_rest_is_told():
    found = crossings(["w3", "v1", "v1"], ["w1", "v1"])
    assert [(c.unit_id, c.category, c.crossing, c.authority_unit_id) for c in found] == [
        ("w3", "A", "district", "d1"),
        ("w1", "B", "district", "d1"),
    ]


def test_of_equal_parts_the_smaller_code_leads():
    (found,) = crossings(["w3", "w1"], [])
    assert (found.unit_id, found.authority_unit_id) == ("w3", "m2")


def test_booths_and_people_of_a_crossing_are_added_and_gaps_are_told():
    nan = float("nan")
    found = crossings(["w1"], ["w3", "w3", "v1"], people=[9, 100, nan, nan])
    told = {c.unit_id: (c.n_booths, c.n_unknown) for c in found}
    assert told == {"w3": (2, 1), "v1": (1, 1)}
    people = {c.unit_id: c.population for c in found}
    assert people["w3"] == 100
    assert np.isnan(people["v1"])


def test_an_affected_booth_of_another_zone_is_no_buffer_that_asks_for_consent():
    labels = np.array([0, 1], dtype=np.int32)
    pairs = BufferPairs(np.array([0], np.int32), np.array([1], np.int32))
    unit = np.array([0, 5], dtype=np.int32)
    assert consents(labels, pairs, unit, np.full(2, 1.0), PARENTS) == ()


def test_no_zone_needs_no_consent():
    assert crossings([], []) == ()


@given(st.lists(st.sampled_from([*UNITS, ""]), min_size=1), st.lists(st.sampled_from(UNITS)))
def test_each_booth_is_at_home_or_told_once_and_the_order_never_matters(affected, buffer):
    found = crossings(affected, buffer)
    keys = [(c.unit_id, c.category) for c in found]
    assert len(set(keys)) == len(keys)
    for of_unit, category, n in ((c.unit_id, c.category, c.n_booths) for c in found):
        assert (affected if category == "A" else buffer).count(of_unit) == n
    at_home = {u for u in affected if (u, "A") not in keys}
    assert at_home
    assert {u for u in buffer if (u, "B") not in keys} <= at_home
    assert crossings(affected[::-1], buffer[::-1]) == found


def units_under(level: str, **above: str):
    units = named_units(list(above), list(above), parent_id=list(above.values()))
    return replace(units, level=texts([level] * len(above)))


def test_the_units_above_are_found_through_levels_between():
    edition = units_under("ward", w="b")
    parts = {"b": ("borough", "kmc"), "kmc": ("corporation", "s"), "s": ("subdivision", "d")}
    parts |= {"d": ("district", "wb"), "wb": ("state", "")}
    everything = named_units(
        ["w", *parts], ["w", *parts], parent_id=["b", *(above for _, above in parts.values())]
    )
    everything = replace(everything, level=texts(["ward", *(kind for kind, _ in parts.values())]))
    told = jurisdictions_of(edition, everything, {"kmc"})
    assert (told.local_body_id.tolist(), told.district_id.tolist()) == (["kmc"], ["d"])
    assert told.delineates_itself.tolist() == [True]


def test_a_chain_that_ends_or_runs_in_a_circle_leaves_the_rest_unknown():
    units = units_under("ward", w="m", c="c2", e="")
    above = units_under(Level.MUNICIPALITY.value, m="gone")
    assert jurisdictions_of(units, above, set()).local_body_id.tolist() == ["m", "", ""]
    circle = units_under("borough", c2="c3", c3="c2")
    told = jurisdictions_of(units, circle, {""})
    assert told.district_id.tolist() == ["", "", ""]
    assert told.delineates_itself.tolist() == [False] * 3
