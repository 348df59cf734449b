"""Every change can be said in one sentence that names its units."""

from __future__ import annotations

import pytest

from zoning.places.change_words import describe_change
from zoning.places.changes import Change, ChangeKind

NOTHING = float("nan")


def change(kind, moved_ha=12.34):
    return Change(kind, ("5", "6"), ("7",), ("Entally", ""), ("Tangra",), moved_ha, 0.5, "")


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_every_kind_has_a_sentence_of_its_own_that_names_a_unit(kind):
    words = describe_change(change(kind))
    assert words.endswith(".")
    assert "Tangra (7)" in words or "Entally (5), 6" in words
    assert [words] == [w for w in map(describe_change, map(change, ChangeKind)) if w == words]


def test_a_moved_border_tells_its_area():
    assert describe_change(change(ChangeKind.MOVED_BORDER)) == (
        "The border of Tangra (7) moved: 12.3 ha changed hands."
    )


def test_a_new_unit_without_polygon_says_that_it_is_listed_and_not_drawn():
    words = describe_change(change(ChangeKind.NEW, NOTHING))
    assert words == "Tangra (7) is new and has no polygon: it is listed and not drawn."


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_the_mirror_of_a_mirror_is_the_kind_itself(kind):
    assert kind.mirror.mirror == kind
