"""Comparing editions: every unit once, forth and back the same story, no person lost or made.

Editions are drawn as labels of the squares of a grid, so that a unit may be any set of squares.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.editions import edition, kinds, labelled, shuffled, square, without_polygon
from zoning.places.changes import ChangeKind, compare_editions
from zoning.places.crosswalk import build_crosswalk, carry_over

WIDTH, CELLS = 4, 16
labels = st.lists(st.integers(0, 6), min_size=CELLS, max_size=CELLS)
some_codes = st.sets(st.sampled_from("0123456"), max_size=3)
# Kinds that tell what became of the ground; the others stand beside one of them.
GROUND = {"moved_border", "split", "merged", "rearranged", "new", "gone"}


def story(changes, is_mirrored=False):
    return Counter(
        (
            c.kind.mirror if is_mirrored else c.kind,
            c.new_ids if is_mirrored else c.old_ids,
            c.old_ids if is_mirrored else c.new_ids,
            c.new_names if is_mirrored else c.old_names,
            round(c.moved_ha, 3) if c.moved_ha == c.moved_ha else None,
            round(c.moved_share, 6) if c.moved_share == c.moved_share else None,
        )
        for c in changes
    )


@given(labels, some_codes)
def test_an_edition_compared_with_itself_has_only_units_that_stayed(cells, missing):
    units = without_polygon(labelled(cells, WIDTH), *missing)
    changes = compare_editions(units, units)
    assert kinds(changes) == {"same": len(units)}
    assert [c.old_ids for c in changes] == [(code,) for code in sorted(units.unit_id)]


@given(labels, labels, some_codes, some_codes)
def test_the_way_back_tells_the_mirror_of_the_way_forth(before, after, missing, later_missing):
    old = without_polygon(labelled(before, WIDTH), *missing)
    new = without_polygon(labelled(after, WIDTH), *later_missing)
    forth, back = compare_editions(old, new), compare_editions(new, old)
    assert story(forth) == story(back, is_mirrored=True)


@given(labels, labels, some_codes, some_codes)
def test_every_unit_is_told_and_its_ground_only_once(before, after, missing, later_missing):
    old = without_polygon(labelled(before, WIDTH), *missing)
    new = without_polygon(labelled(after, WIDTH), *later_missing)
    changes = compare_editions(old, new)
    for units, side in ((old, "old_ids"), (new, "new_ids")):
        told = Counter(code for c in changes for code in getattr(c, side))
        ground = Counter(code for c in changes if c.kind in GROUND for code in getattr(c, side))
        assert set(told) == set(units.unit_id)
        assert max(ground.values(), default=0) <= 1


@given(labels, labels, st.permutations(range(7)), st.permutations(range(7)))
def test_the_order_of_rows_never_matters(before, after, old_order, new_order):
    old, new = labelled(before, WIDTH), labelled(after, WIDTH)
    turned_old = shuffled(old, [i for i in old_order if i < len(old)])
    turned_new = shuffled(new, [i for i in new_order if i < len(new)])
    assert story(compare_editions(old, new)) == story(compare_editions(turned_old, turned_new))
    assert by_codes(old, new) == by_codes(turned_old, turned_new)


def by_codes(old, new):
    crosswalk = build_crosswalk(old, new)
    rows = zip(
        old.unit_id[crosswalk.old_index],
        new.unit_id[crosswalk.new_index],
        np.round(crosswalk.area_m2, 1),
        np.round(crosswalk.share_of_old, 6),
        np.round(crosswalk.share_of_new, 6),
        strict=True,
    )
    return sorted(rows)


@given(labels, labels, some_codes)
def test_shares_never_exceed_a_unit_and_fill_it_where_the_other_edition_covers_it(
    before, after, missing
):
    old = labelled(before, WIDTH)
    complete, gappy = labelled(after, WIDTH), without_polygon(labelled(after, WIDTH), *missing)
    crosswalk = build_crosswalk(old, complete)
    for index, share, n in (
        (crosswalk.old_index, crosswalk.share_of_old, len(old)),
        (crosswalk.new_index, crosswalk.share_of_new, len(complete)),
    ):
        np.testing.assert_allclose(np.bincount(index, weights=share, minlength=n), 1, rtol=1e-6)
    part = build_crosswalk(old, gappy)
    assert (np.bincount(part.old_index, weights=part.share_of_old) <= 1 + 1e-9).all()


@given(labels, labels, st.lists(st.integers(0, 90_000), min_size=7, max_size=7))
def test_what_is_carried_over_inside_a_common_coverage_keeps_its_total(before, after, people):
    old, new = labelled(before, WIDTH), labelled(after, WIDTH)
    values = np.array(people[: len(old)], dtype=float)
    carried = carry_over(values, build_crosswalk(old, new), len(new))
    np.testing.assert_allclose(carried.sum(), values.sum(), rtol=1e-9)
    assert (carried >= 0).all()


@given(labels, labels, st.integers(0, 6))
def test_one_unknown_figure_makes_unknown_what_it_reaches_and_nothing_else(before, after, at):
    old, new = labelled(before, WIDTH), labelled(after, WIDTH)
    values = np.full(len(old), 1000.0)
    unknown = at % len(old)
    values[unknown] = np.nan
    crosswalk = build_crosswalk(old, new)
    carried = carry_over(values, crosswalk, len(new))
    reached = set(crosswalk.new_index[crosswalk.old_index == unknown])
    assert set(np.flatnonzero(np.isnan(carried))) == reached


@given(st.integers(2, 5), st.booleans())
def test_a_split_seen_from_the_new_edition_is_a_merger(n, keeps_its_code):
    old = edition({"a": square(0, 0, n, 1), "z": square(0, 1, n, 1)})
    codes = ["a" if keeps_its_code and not at else f"n{at}" for at in range(n)]
    pieces = {code: square(at, 0) for at, code in enumerate(codes)}
    new = edition({**pieces, "z": square(0, 1, n, 1)})
    (split,) = [c for c in compare_editions(old, new) if c.kind != ChangeKind.SAME]
    (merged,) = [c for c in compare_editions(new, old) if c.kind != ChangeKind.SAME]
    assert (split.kind, split.old_ids, split.new_ids) == ("split", ("a",), tuple(sorted(codes)))
    assert (merged.kind, merged.old_ids) == ("merged", split.new_ids)
    # Of equal parts under new codes none goes on as the old unit: all of it changed hands.
    moved = (n - 1) / n if keeps_its_code else 1
    np.testing.assert_allclose([split.moved_share, merged.moved_share], moved, rtol=1e-3)
