"""Containment zones and their ids, each claim on the fewest booths that show it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely

from tests.naming import texts
from zoning.errors import InputError
from zoning.judgement.containment import KnownZone, carry_on, contiguous
from zoning.judgement.zone_events import EventKind, ZoneEvent, id_order
from zoning.places.neighbours import neighbours_within

ON = date(2020, 8, 4)
BEFORE = date(2020, 8, 1)


def row_of(n: int):
    """Return booths side by side, one metre each."""
    return neighbours_within(
        np.array([shapely.box(x, 0, x + 1, 1) for x in range(n)], dtype=object), 0.01
    )


def labels_of(affected: str, sharing: list[int] | None = None) -> list[int]:
    n = len(affected)
    ground = np.arange(n) if sharing is None else np.array(sharing)
    is_affected = np.array([letter == "A" for letter in affected], dtype=bool)
    return contiguous(is_affected, row_of(n), ground.astype(np.int32)).tolist()


def zone(zone_id: str, booths: str, opened_on: date = BEFORE) -> KnownZone:
    return KnownZone(zone_id, opened_on, frozenset(booths))


def follow(groups: list[str], known: list[KnownZone], clean: str = "", used: int = 0):
    """Return the ids of groups of booths, each booth a letter, and what became of each zone."""
    booths = "".join(groups) + clean
    labels = [at for at, group in enumerate(groups) for _ in group] + [-1] * len(clean)
    drawn = carry_on(np.array(labels, dtype=np.int32), texts(booths), known, used, ON)
    return drawn.zone_id.tolist(), {event.zone_id: event for event in drawn.events}, drawn


def test_affected_booths_that_touch_are_one_zone_and_a_clean_one_parts_them():
    assert labels_of("AA.A") == [0, 0, -1, 1]


def test_labels_follow_the_first_booth_of_each_zone():
    assert labels_of("A.A.A", sharing=[0, 1, 2, 3, 0]) == [0, -1, 1, -1, 0]


def test_booths_that_share_ground_are_together_though_nothing_says_they_touch():
    assert labels_of("A...A", sharing=[7, 1, 2, 3, 7]) == [0, -1, -1, -1, 0]


def test_a_station_without_ground_is_a_zone_of_its_own():
    cells = np.array([shapely.box(0, 0, 1, 1), None, shapely.box(1, 0, 2, 1)], dtype=object)
    touching = neighbours_within(cells, 0.01)
    drawn = contiguous(np.ones(3, dtype=bool), touching, np.arange(3, dtype=np.int32))
    assert drawn.tolist() == [0, 1, 0]


def test_where_nothing_is_affected_there_is_no_zone_and_the_open_ones_close():
    assert labels_of("...") == [-1, -1, -1]
    ids, events, drawn = follow([], [zone("Z-1", "ab")], clean="abc")
    assert ids == []
    assert drawn.of_booths(np.array([-1, -1, -1])).tolist() == ["", "", ""]
    assert events == {"Z-1": ZoneEvent(EventKind.CLOSED, "Z-1", (), (), 2, 0)}


def test_no_booth_at_all_is_no_fault():
    assert labels_of("") == []
    assert follow([], [])[0] == []


def test_new_zones_are_numbered_by_their_first_booth_after_those_of_the_day():
    ids, events, drawn = follow(["d", "bz", "c"], [], used=2)
    assert ids == ["CZ-20200804-005", "CZ-20200804-003", "CZ-20200804-004"]
    assert drawn.opened_on.tolist() == [ON] * 3
    assert {event.kind for event in events.values()} == {EventKind.OPENED}


def test_the_thousandth_zone_of_a_day_comes_after_the_999th():
    ids, _, _ = follow(["a", "b"], [], used=998)
    assert ids == ["CZ-20200804-999", "CZ-20200804-1000"]
    assert sorted(ids, key=id_order) == ids
    assert sorted(ids) != ids


@pytest.mark.parametrize(
    ("now", "kind"),
    [("abc", "grew"), ("a", "shrank"), ("bc", "changed"), ("ab", "unchanged")],
)
def test_a_zone_keeps_its_id_and_its_day_while_it_moves(now, kind):
    ids, events, drawn = follow([now], [zone("Z-1", "ab")], clean="xyz")
    assert ids == ["Z-1"]
    assert drawn.opened_on.tolist() == [BEFORE]
    assert events["Z-1"].kind == kind
    assert (events["Z-1"].n_before, events["Z-1"].n_after) == (2, len(now))


def test_a_merger_keeps_the_id_with_most_booths_and_the_other_names_it():
    ids, events, _ = follow(["abcde"], [zone("Z-1", "ab"), zone("Z-2", "cde")])
    assert ids == ["Z-2"]
    assert events["Z-1"] == ZoneEvent(EventKind.MERGED, "Z-1", (), ("Z-2",), 2, 0)
    assert events["Z-2"] == ZoneEvent(EventKind.GREW, "Z-2", ("Z-1",), (), 3, 5)


def test_a_split_keeps_the_id_in_its_larger_part_and_the_other_names_its_parent():
    ids, events, _ = follow(["a", "cd"], [zone("Z-1", "abcd")], clean="b")
    new = "CZ-20200804-001"
    assert ids == [new, "Z-1"]
    assert events["Z-1"] == ZoneEvent(EventKind.SPLIT, "Z-1", (), (new,), 4, 2)
    assert events[new] == ZoneEvent(EventKind.OPENED, new, ("Z-1",), (), 0, 1)


def test_merging_and_splitting_at_once_leaves_no_thread_loose():
    # Z-1 goes half to each side; both sides have more of another zone, so its id ends.
    known = [zone("Z-1", "abcd"), zone("Z-2", "efg"), zone("Z-3", "hij")]
    ids, events, _ = follow(["abefg", "cdhij"], known)
    assert ids == ["Z-2", "Z-3"]
    assert events["Z-1"] == ZoneEvent(EventKind.MERGED, "Z-1", (), ("Z-2", "Z-3"), 4, 0)
    assert events["Z-2"].from_ids == events["Z-3"].from_ids == ("Z-1",)


def test_a_part_of_two_predecessors_names_both():
    # The middle takes one booth of each; each goes on with what it keeps.
    known = [zone("Z-1", "abc"), zone("Z-2", "xyz")]
    ids, events, _ = follow(["ab", "cx", "yz"], known)
    new = "CZ-20200804-001"
    assert ids == ["Z-1", new, "Z-2"]
    assert events[new] == ZoneEvent(EventKind.OPENED, new, ("Z-1", "Z-2"), (), 0, 2)
    assert events["Z-1"].kind == events["Z-2"].kind == EventKind.SPLIT


def test_an_id_that_lost_one_group_may_have_another():
    # Z-2 has most of the first group, so Z-1 goes on in the second, where it has least.
    ids, events, _ = follow(["abvwx", "c"], [zone("Z-1", "abc"), zone("Z-2", "vwx")])
    assert ids == ["Z-2", "Z-1"]
    assert events["Z-1"] == ZoneEvent(EventKind.SPLIT, "Z-1", (), ("Z-2",), 3, 1)


def test_of_equal_shares_the_older_zone_wins_then_the_smaller_id_then_the_first_booth():
    older = zone("Z-9", "cd", date(2020, 7, 1))
    assert follow(["abcd"], [zone("Z-1", "ab"), older])[0] == ["Z-9"]
    assert follow(["abcd"], [zone("Z-2", "cd"), zone("Z-1", "ab")])[0] == ["Z-1"]
    assert follow(["d", "b"], [zone("Z-1", "bcd")], clean="c")[0] == ["CZ-20200804-001", "Z-1"]


def test_booths_that_the_new_edition_lacks_are_told_apart_from_those_that_recovered():
    _, events, _ = follow(["a"], [zone("Z-1", "abc"), zone("Z-2", "pq")], clean="b")
    assert events["Z-1"] == ZoneEvent(EventKind.SHRANK, "Z-1", (), (), 3, 1, n_vanished=1)
    assert events["Z-2"] == ZoneEvent(EventKind.CLOSED, "Z-2", (), (), 2, 0, n_vanished=2)


def test_a_zone_opened_after_the_day_is_refused_by_name():
    with pytest.raises(InputError, match=r"Z-1 was opened on 5 August 2020.*4 August 2020"):
        follow(["a"], [zone("Z-1", "a", date(2020, 8, 5))])


def test_an_id_is_never_given_twice():
    with pytest.raises(ValueError, match="CZ-20200804-001 is known"):
        follow(["a", "b"], [zone("CZ-20200804-001", "b", ON)], used=0)
