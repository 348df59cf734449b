"""Feeds: a unit is known only as far as every feed that speaks for it."""

from datetime import date

import numpy as np
import pytest

from tests.builders import cases_of, grid_units, table_units
from zoning.judgement.classify import classify
from zoning.rules.rulebook import load_rule
from zoning.surveillance.counts import count_cases
from zoning.surveillance.feeds import (
    Feed,
    FeedState,
    complete_through,
    covered_units,
    default_rhythm_days,
    feed_state,
)
from zoning.surveillance.indicators import history_days, measure

TODAY = date(2020, 5, 18)


def feed(feed_id, through, scope=(), rhythm_days=1):
    return Feed(feed_id, feed_id, "cases", rhythm_days, tuple(scope), through)


def hierarchy():
    """Wards 1 and 2 in district D, ward 3 in E; C and K name each other as parents."""
    units = table_units(dict.fromkeys(["1", "2", "3", "D", "E", "C", "K"], 10.0))
    units.parent_id[:] = ["D", "D", "E", "", "", "K", "C"]
    return units


def test_a_scope_holds_the_units_named_and_all_below_them():
    units = hierarchy()
    assert covered_units(["D"], units, units).tolist() == [True, True, False, True, *[False] * 3]
    assert covered_units(["3"], units, units).tolist() == [False, False, True, *[False] * 4]
    assert covered_units([], units, units).all()


def test_a_hierarchy_in_a_circle_ends():
    units = hierarchy()
    assert covered_units(["C"], units, units).tolist() == [*[False] * 5, True, True]


def test_a_unit_is_complete_only_through_the_earliest_of_its_feeds():
    units = hierarchy()
    feeds = [feed("a", date(2020, 5, 18), ["D"]), feed("b", date(2020, 5, 10), ["1"])]
    through = complete_through(feeds, units, units)
    assert str(through[0]) == "2020-05-10"
    assert str(through[1]) == "2020-05-18"


def test_a_feed_that_never_told_leaves_its_units_unknown():
    units = hierarchy()
    feeds = [feed("a", date(2020, 5, 18)), feed("b", None, ["E"])]
    through = complete_through(feeds, units, units)
    assert np.isnat(through[2])
    assert not np.isnat(through[0])
    reverse = complete_through(list(reversed(feeds)), units, units)
    np.testing.assert_array_equal(through, reverse)


def test_imports_without_a_feed_speak_for_units_that_no_named_feed_covers():
    units = hierarchy()
    feeds = [feed("", date(2020, 5, 17)), feed("a", date(2020, 5, 2), ["D"])]
    through = complete_through(feeds, units, units)
    assert [str(day) for day in through[:3]] == ["2020-05-02", "2020-05-02", "2020-05-17"]


def test_no_feed_at_all_makes_nothing_known():
    units = hierarchy()
    assert np.isnat(complete_through([], units, units)).all()


@pytest.mark.parametrize(
    ("through", "rhythm_days", "state"),
    [
        (None, 1, FeedState.NEVER),
        (date(2020, 5, 18), 1, FeedState.ON_TIME),
        (date(2020, 5, 17), 1, FeedState.ON_TIME),
        (date(2020, 5, 16), 1, FeedState.LATE),
        (date(2020, 5, 15), 1, FeedState.LATE),
        (date(2020, 5, 14), 1, FeedState.SILENT),
        (date(2020, 5, 15), 7, FeedState.ON_TIME),
        (date(2020, 5, 14), 7, FeedState.SILENT),
    ],
)
def test_a_feed_is_late_after_its_rhythm_and_silent_after_the_rules_days(
    through, rhythm_days, state
):
    assert feed_state(feed("a", through, rhythm_days=rhythm_days), TODAY, 3) is state


def test_the_default_rhythm_is_daily():
    assert default_rhythm_days() == 1


def test_a_silent_feed_leaves_only_its_own_units_unclassified():
    units = grid_units()
    rule = load_rule("mohfw-2020-05-17")
    on = np.datetime64(TODAY, "D")
    n_days = history_days(rule)
    first = on - (n_days - 1)
    cases = cases_of([{"unit": "1", "ago": 0}])
    cube = count_cases(cases, np.array([0], dtype=np.int32), 9, first, n_days)
    feeds = [feed("a", TODAY, [str(n) for n in range(1, 9)]), feed("b", date(2020, 5, 1), ["9"])]
    through = complete_through(feeds, units, units)
    result = classify(units, measure(units, cube, None, rule), rule, on, through)
    assert result.zone[8] == "unclassified"
    assert "feed_silent" in result.flags[8]
    assert "1 May 2020" in result.explanation[8]
    assert not any("feed_silent" in flags for flags in result.flags[:8])
    assert set(result.zone[1:8]) == {"green"}
