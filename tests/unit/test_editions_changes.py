"""Two editions of a few squares: each kind of change is told, and nothing else."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest
import shapely

from tests.editions import SIDE, edition, kinds, square, texts, together, told, without_polygon
from tests.source_tree import ROOT
from zoning.errors import CrsError, InputError
from zoning.places.changes import ChangeKind, compare_editions

ROW = {"a": square(0, 0), "b": square(1, 0), "c": square(2, 0)}
OLD = edition(ROW)
METRES_EAST = 0.01 / 1028  # degrees a metre, at this latitude


def only(changes, kind):
    (change,) = [c for c in changes if c.kind == kind]
    return change


def test_another_name_is_a_renaming_and_moves_no_ground():
    changes = compare_editions(OLD, edition(ROW, b="Beliaghata"))
    assert told(changes) == {("renamed", "b", "b")}
    renamed = only(changes, "renamed")
    assert (renamed.old_names, renamed.new_names) == (("Ward b",), ("Beliaghata",))
    assert (renamed.moved_ha, renamed.moved_share, renamed.shape) == (0.0, 0.0, "")


@pytest.mark.parametrize("name", ["WARD  b", " Ward b ", "Ｗard b"])
def test_case_spaces_and_wide_letters_rename_nothing(name):
    assert told(compare_editions(OLD, edition(ROW, b=name))) == set()


def test_another_code_on_the_same_ground_is_a_recoding():
    new = edition({"a": ROW["a"], "x": ROW["b"], "c": ROW["c"]}, x="Ward b")
    assert told(compare_editions(OLD, new)) == {("recoded", "b", "x")}


def test_a_border_that_moved_is_told_of_both_neighbours_with_the_ground_between():
    new = edition({"a": square(0, 0, 1.25, 1), "b": square(1.25, 0, 0.75, 1), "c": ROW["c"]})
    changes = compare_editions(OLD, new)
    assert told(changes) == {("moved_border", "a", "a"), ("moved_border", "b", "b")}
    for change in changes[1:]:
        moved = shapely.from_wkt(change.shape)
        assert shapely.hausdorff_distance(moved, square(1, 0, 0.25, 1)) < SIDE / 100
        assert change.moved_ha == pytest.approx(28.5, rel=0.01)
    assert [c.moved_share for c in changes[1:]] == pytest.approx([0.2, 0.25], rel=1e-3)


def test_a_border_drawn_twice_twenty_metres_apart_has_not_moved():
    east = 1 + 20 * METRES_EAST / SIDE
    new = edition({"a": square(0, 0, east, 1), "b": square(east, 0, 2 - east, 1), "c": ROW["c"]})
    assert kinds(compare_editions(OLD, new)) == {"same": 3}


def test_a_bulge_at_the_end_of_a_thin_line_has_moved_and_the_line_has_not():
    thin = square(1, 0, 10 * METRES_EAST / SIDE, 1)
    bulge = square(1, 0.4, 0.2, 0.2)
    new = edition(
        {"a": together(ROW["a"], thin, bulge), "b": ROW["b"] - thin - bulge, "c": ROW["c"]}
    )
    changes = compare_editions(OLD, new)
    assert told(changes) == {("moved_border", "a", "a"), ("moved_border", "b", "b")}
    for change in changes[1:]:
        assert shapely.from_wkt(change.shape).symmetric_difference(bulge).area < 0.02 * bulge.area
        assert change.moved_ha == pytest.approx(0.04 * 114.2, rel=0.02)


def test_a_small_bulge_on_a_border_drawn_twice_is_below_the_cuts():
    thin = square(1, 0, 15 * METRES_EAST / SIDE, 1)
    bulge = square(1, 0.4, 60 * METRES_EAST / SIDE, 0.06)
    new = edition(
        {"a": together(ROW["a"], thin, bulge), "b": ROW["b"] - thin - bulge, "c": ROW["c"]}
    )
    assert kinds(compare_editions(OLD, new)) == {"same": 3}


def test_a_unit_renamed_and_moved_at_once_is_told_twice():
    new = edition({"a": square(-0.5, 0, 1.5, 1), "b": ROW["b"], "c": ROW["c"]}, a="Baranagar")
    assert told(compare_editions(OLD, new)) == {("renamed", "a", "a"), ("moved_border", "a", "a")}


def test_an_old_unit_divided_is_a_split_whether_or_not_its_code_goes_on():
    halves = square(1, 0, 0.6, 1), square(1.6, 0, 0.4, 1)
    for codes in (("b", "d"), ("d", "e")):
        new = edition({"a": ROW["a"], **dict(zip(codes, halves, strict=True)), "c": ROW["c"]})
        split = only(compare_editions(OLD, new), "split")
        assert (split.old_ids, split.new_ids) == (("b",), codes)
        assert split.moved_share == pytest.approx(0.4, rel=1e-3)
        assert shapely.from_wkt(split.shape).area == pytest.approx(halves[1].area, rel=1e-3)


def test_old_units_joined_are_a_merger():
    new = edition({"a": ROW["a"], "b": together(ROW["b"], ROW["c"])})
    merged = only(compare_editions(OLD, new), "merged")
    assert (merged.old_ids, merged.new_ids) == (("b", "c"), ("b",))
    assert merged.moved_share == pytest.approx(0.5, rel=1e-3)


def test_a_unit_shared_out_among_its_neighbours_is_a_rearrangement():
    new = edition({"a": square(0, 0, 1.5, 1), "c": square(1.5, 0, 1.5, 1)})
    assert told(compare_editions(OLD, new)) == {("rearranged", "a b c", "a c")}


def test_a_unit_formed_from_two_that_go_on_is_a_rearrangement():
    new = edition(
        {"a": square(0, 0, 0.6, 1), "x": square(0.6, 0, 0.8, 1), "b": square(1.4, 0, 0.6, 1)}
        | {"c": ROW["c"]}
    )
    assert told(compare_editions(OLD, new)) == {("rearranged", "a b", "a b x")}


def test_two_units_that_reach_beyond_the_old_one_are_no_clean_split():
    old = edition({"a": ROW["a"]})
    new = edition({"x": square(0, 0, 0.5, 1), "y": square(0.5, 0, 0.9, 1)})
    assert told(compare_editions(old, new)) == {("rearranged", "a", "x y")}


def test_a_unit_of_which_a_neighbour_took_a_third_and_nobody_the_rest_is_gone():
    new = edition({"a": ROW["a"], "b": square(1, 0, 1.33, 1)})
    assert told(compare_editions(OLD, new)) == {("gone", "c", ""), ("moved_border", "b", "b")}


def test_new_and_gone_ground_is_told_with_its_area_and_shape():
    new = edition({"a": ROW["a"], "b": ROW["b"], "d": square(5, 0)})
    changes = compare_editions(OLD, new)
    assert told(changes) == {("gone", "c", ""), ("new", "", "d")}
    come = only(changes, "new")
    assert (come.moved_ha, come.moved_share) == (pytest.approx(114.2, rel=0.01), 1.0)
    assert shapely.from_wkt(come.shape).equals(shapely.normalize(square(5, 0)))


def test_a_listed_unit_without_polygon_is_new_and_its_ground_unknown():
    new = edition({**ROW, "142": None})
    come = only(compare_editions(OLD, new), "new")
    assert (come.old_ids, come.new_ids, come.shape) == ((), ("142",), "")
    assert math.isnan(come.moved_ha)
    assert math.isnan(come.moved_share)


def test_a_polygon_that_came_or_went_is_told_and_the_unit_stays():
    gappy = without_polygon(OLD, "b")
    assert told(compare_editions(gappy, OLD)) == {("gained_geometry", "b", "b")}
    assert told(compare_editions(OLD, gappy)) == {("lost_geometry", "b", "b")}
    assert kinds(compare_editions(gappy, gappy)) == {"same": 3}


def test_a_bow_tie_is_compared_by_the_area_it_has():
    x, y = 88.3, 22.5
    bow_tie = shapely.Polygon([(x, y), (x + SIDE, y + SIDE), (x + SIDE, y), (x, y + SIDE)])
    old, new = edition({"a": bow_tie}), edition({"a": square(0, 0)})
    assert kinds(compare_editions(old, old)) == {"same": 1}
    moved = only(compare_editions(old, new), "moved_border")
    assert moved.moved_share == pytest.approx(0.5, rel=1e-3)


def test_a_line_an_empty_and_an_endless_polygon_are_no_polygon():
    line = shapely.LineString([(88.3, 22.5), (88.4, 22.5)])
    endless = shapely.Polygon([(88.3, 22.5), (88.4, 22.5), (88.4, np.inf), (88.3, 22.6)])
    new = edition({"a": line, "b": shapely.Polygon(), "c": endless})
    assert kinds(compare_editions(OLD, new)) == {"lost_geometry": 3}


def test_height_and_lines_beside_a_polygon_change_nothing():
    line = shapely.LineString([(88.3, 22.5), (88.4, 22.5)])
    new = edition(
        {
            "a": shapely.force_3d(ROW["a"], 9.0),
            "b": shapely.GeometryCollection([line, shapely.MultiPolygon([ROW["b"]])]),
            "c": shapely.MultiPolygon([ROW["c"]]),
        }
    )
    assert kinds(compare_editions(OLD, new)) == {"same": 3}


def test_nothing_against_something_is_all_new():
    nothing = OLD.take(np.zeros(3, dtype=bool))
    assert kinds(compare_editions(nothing, OLD)) == {"new": 3}
    assert compare_editions(nothing, nothing) == ()


def test_an_edition_in_metres_is_refused_and_both_systems_are_named():
    with pytest.raises(CrsError, match=r"EPSG:4326.*EPSG:32645"):
        compare_editions(OLD, replace(OLD, crs="EPSG:32645"))
    metres = replace(OLD, geometry=shapely.transform(OLD.geometry, lambda xy: xy * 111_000))
    with pytest.raises(CrsError, match="newer edition"):
        compare_editions(OLD, metres)


def test_a_code_that_stands_twice_is_refused():
    with pytest.raises(InputError, match="Unit a stands more than once in the newer edition"):
        compare_editions(OLD, replace(OLD, unit_id=texts(["a", "a", "c"])))


def test_the_page_on_editions_explains_every_kind():
    page = (ROOT / "docs" / "editions.md").read_text(encoding="utf-8")
    assert {kind.value for kind in ChangeKind} <= set(re.findall(r"`([a-z_]+)`", page))
