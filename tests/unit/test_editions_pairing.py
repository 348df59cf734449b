"""Who continues whom: by ground first, then by code, LGD code and name; level by level."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely

from tests.editions import edition, kinds, square, texts, told
from zoning.places.changes import compare_editions

ROW = {"a": square(0, 0), "b": square(1, 0), "c": square(2, 0)}
OLD = edition(ROW)


def test_a_code_left_to_a_corner_of_its_ground_doesnt_make_the_rest_move():
    new = edition(
        {"a": ROW["a"], "b": square(1, 0, 0.08, 1), "x": square(1.08, 0, 0.92, 1)} | {"c": ROW["c"]}
    )
    (split,) = [c for c in compare_editions(OLD, new) if c.kind != "same"]
    assert (split.kind, split.old_ids, split.new_ids) == ("split", ("b",), ("b", "x"))
    assert split.moved_share == pytest.approx(0.08, rel=1e-2)


def test_of_two_units_on_one_ground_each_goes_on_under_its_own_code():
    double = edition({"a": square(0, 0), "b": square(0, 0)})
    finer = replace(double, geometry=shapely.segmentize(double.geometry, 0.004))
    assert kinds(compare_editions(double, finer)) == {"same": 2}
    assert kinds(compare_editions(double.take(np.array([1, 0])), finer)) == {"same": 2}


def test_codes_that_changed_places_are_recoded_and_not_moved():
    new = edition({"a": ROW["b"], "b": ROW["a"], "c": ROW["c"]}, a="Ward b", b="Ward a")
    assert told(compare_editions(OLD, new)) == {("recoded", "a", "b"), ("recoded", "b", "a")}


def test_a_code_on_other_ground_is_another_unit():
    new = edition({"a": ROW["a"], "b": ROW["b"], "c": square(7, 7)})
    changes = compare_editions(OLD, new)
    assert told(changes) == {("gone", "c", ""), ("new", "", "c")}
    assert [c.moved_share for c in changes if c.kind in ("new", "gone")] == [1.0, 1.0]


def test_editions_without_any_polygon_are_compared_by_code_and_name():
    old = replace(OLD, geometry=None)
    new = replace(edition({"a": None, "b": None, "d": None}, b="Beliaghata"), geometry=None)
    changes = compare_editions(old, new)
    assert told(changes) == {("renamed", "b", "b"), ("gone", "c", ""), ("new", "", "d")}
    assert all(math.isnan(change.moved_ha) for change in changes)


def test_a_name_found_once_under_new_codes_is_a_recoding_and_a_repeated_one_is_not():
    old = edition({"1": square(0, 0), "2": square(1, 0), "3": square(2, 0)}, **{"3": "Ward 2"})
    new = replace(
        edition({"G1": None, "G2": None, "G3": None}, G1="WARD 1", G2="Ward 2", G3="Ward 2"),
        geometry=None,
    )
    assert told(compare_editions(old, new)) == {
        ("recoded", "1", "G1"),
        ("lost_geometry", "1", "G1"),
        *(("gone", code, "") for code in "23"),
        *(("new", "", code) for code in ("G2", "G3")),
    }


def test_the_same_name_under_another_parent_is_another_unit():
    old = replace(edition({"1": None}, **{"1": "Kottayam"}), parent_id=texts(["Kannur"]))
    new = replace(edition({"9": None}, **{"9": "Kottayam"}), parent_id=texts(["Malappuram"]))
    assert told(compare_editions(old, new)) == {("gone", "1", ""), ("new", "", "9")}


def test_an_lgd_code_goes_before_a_name():
    old = replace(edition({"1": None, "2": None}), lgd_code=texts(["250", ""]))
    new = replace(edition({"7": None, "8": None}, **{"7": "Ward 2", "8": "Ward 1"}))
    new = replace(new, lgd_code=texts(["250", "999"]))
    assert told(compare_editions(old, new)) == {
        ("recoded", "1", "7"),
        ("renamed", "1", "7"),
        ("gone", "2", ""),
        ("new", "", "8"),
    }


def test_a_village_that_became_a_town_is_relevelled_and_a_ward_is_never_its_municipality():
    old = replace(OLD, level=texts(["gram_panchayat"] * 3))
    new = replace(OLD, level=texts(["municipality", "gram_panchayat", "gram_panchayat"]))
    assert told(compare_editions(old, new)) == {("relevelled", "a", "a")}

    town = edition({"M": square(0, 0, 3, 1)}, level="municipality")
    both = replace(
        edition({**ROW, "M": square(0, 0, 3, 1)}),
        level=texts(["ward", "ward", "ward", "municipality"]),
    )
    assert told(compare_editions(town, both)) == {("new", "", code) for code in "abc"}


def test_villages_joined_to_a_town_are_a_merger():
    old = replace(OLD, level=texts(["municipality", "gram_panchayat", "gram_panchayat"]))
    new = edition({"a": square(0, 0, 2, 1), "c": ROW["c"]})
    new = replace(new, level=texts(["municipality", "gram_panchayat"]))
    assert told(compare_editions(old, new)) == {("merged", "a b", "a")}


def test_a_unit_under_another_parent_is_told_but_not_under_the_parents_new_code():
    def in_blocks(block_codes, parents):
        blocks = dict(zip(block_codes, [square(0, 0, 2, 1), square(2, 0, 1, 1)], strict=True))
        return replace(
            edition({**ROW, **blocks}),
            level=texts(["gram_panchayat"] * 3 + ["block"] * 2),
            parent_id=texts([*parents, "", ""]),
        )

    old = in_blocks(("B1", "B2"), ("B1", "B1", "B2"))
    recoded = in_blocks(("X1", "B2"), ("X1", "X1", "B2"))
    assert {t for t in told(compare_editions(old, recoded)) if t[0] != "renamed"} == {
        ("recoded", "B1", "X1")
    }
    other = in_blocks(("B1", "B2"), ("B1", "B2", "B2"))
    assert told(compare_editions(old, other)) == {("reparented", "b", "b")}


def test_a_town_that_grew_is_merged_renamed_and_relevelled_at_once():
    old = replace(OLD, level=texts(["municipality", "gram_panchayat", "gram_panchayat"]))
    new = edition({"a": square(0, 0, 2, 1), "c": ROW["c"]}, a="Greater a")
    new = replace(new, level=texts(["corporation", "gram_panchayat"]))
    assert told(compare_editions(old, new)) == {
        ("merged", "a b", "a"),
        ("renamed", "a", "a"),
        ("relevelled", "a", "a"),
    }
