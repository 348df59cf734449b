"""Tightening is at once and relaxing is slow: domain rule 6, vector by vector."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.changing import LEVELS, change, judged, told
from zoning.errors import RuleError
from zoning.judgement.changes import ChangeReason, changes, zones_to_order
from zoning.judgement.changes_words import _SENTENCES, kind_word
from zoning.judgement.relaxing import read_relaxing_rule, relaxing_rule


def text(*values):
    return np.array(values, dtype=object)


def test_seven_days_are_asked_for_and_said_to_be_ours():
    assert relaxing_rule().consecutive_complete_days == 7
    assert "ours" in relaxing_rule().ours and relaxing_rule().source


def test_one_stricter_day_tightens_at_once():
    kind, reason, zone, sentence = told("green", judged("ggggggo"))
    assert (kind, reason, zone) == ("tighten", "stricter", "orange")
    assert sentence == ("orange is stricter than green, which is in force: tightening is at once")


def test_an_incomplete_day_still_tightens():
    assert told("green", judged("ggggggr", complete=3))[::2] == ("tighten", "red")


def test_seven_complete_milder_days_relax():
    kind, reason, zone, sentence = told("red", judged("ooooooo"))
    assert (kind, reason, zone) == ("relax", "held", "orange")
    assert sentence == "orange or milder on 7 complete days in a row"


def test_six_milder_days_wait_for_the_seventh_and_say_when():
    kind, reason, zone, sentence = told("red", judged("roooooo"))
    assert (kind, reason, zone) == ("kept_until", "too_few_days", "red")
    assert sentence == (
        "complete days in a row milder than red: 6 of 7; on 19 May 2020 at the earliest"
    )
    assert change("red", judged("roooooo")).earliest_on[0].item() == date(2020, 5, 19)


def test_a_strict_day_in_between_begins_the_count_anew():
    found = change("red", judged("ooorooo"))
    assert found.kind[0] == "kept_until"
    assert found.days_milder[0] == 3
    assert found.earliest_on[0].item() == date(2020, 5, 22)


def test_an_unclassified_day_in_between_is_no_milder_one():
    assert change("red", judged("ooo?ooo")).days_milder[0] == 3


def test_a_day_that_missing_figures_could_have_made_strict_is_no_milder_one():
    found = change("red", judged("ooooooo", worst="orooooo"))
    assert (found.kind[0], found.days_milder[0]) == ("kept_until", 5)


def test_days_that_are_not_complete_do_not_count():
    kind, reason, zone, sentence = told("red", judged("ooooooo", complete=2))
    assert (kind, reason, zone) == ("kept_until", "incomplete", "red")
    assert sentence.endswith("complete days in a row milder than red: 5 of 7")


def test_what_has_lasted_is_relaxed_to_and_not_what_holds_since_today():
    kind, reason, zone, sentence = told("red", judged("ooooogg"))
    assert (kind, reason, zone) == ("relax", "held_partly", "orange")
    assert sentence == "green today, but only orange or milder on all of the last 7 complete days"


def test_a_worst_zone_that_differs_is_never_relaxed():
    kind, reason, zone, sentence = told("red", judged("ooooooo", worst="oooooor"))
    assert (kind, reason, zone) == ("refused", "worst_differs", "red")
    assert "red if the missing figures were critical" in sentence
    # Nor is it to a zone that is milder still than the worst.
    assert told("red", judged("ggggggg", worst="ggggggo"))[0] == "refused"


def test_active_cases_that_rose_today_refuse():
    kind, reason, zone, sentence = told("red", judged("ooooooo", active=[9, 9, 9, 9, 9, 5, 6]))
    assert (kind, reason, zone) == ("refused", "rose", "red")
    assert sentence == "milder, but active cases rose from 5 to 6 on the day judged"


def test_new_cases_of_the_week_that_rose_today_refuse():
    kind, reason, _, sentence = told("red", judged("ooooooo", new=[9, 9, 9, 9, 9, 5, 6]))
    assert (kind, reason) == ("refused", "rose")
    assert "new cases of the week rose from 5 to 6" in sentence


def test_a_rise_on_an_earlier_day_does_not_refuse():
    assert told("red", judged("ooooooo", active=[5, 5, 5, 5, 8, 8, 8]))[0] == "relax"


def test_days_that_were_strict_as_known_then_were_back_filed():
    kind, reason, zone, sentence = told("red", judged("ooooooo", then="rrrro.."))
    assert (kind, reason, zone) == ("refused", "back_filed", "red")
    assert "as known then, 3 days in a row were milder than red; on 22 May 2020" in sentence


def test_a_day_before_anything_was_known_counts_as_known_now():
    assert told("red", judged("ooooooo", then="..?oooo"))[0] == "relax"


def test_a_zone_stricter_as_known_then_holds_the_relaxing_there():
    assert told("red", judged("ggggggg", then="ooggggg"))[:3] == ("relax", "held_partly", "orange")


def test_unclassified_changes_nothing_in_force():
    kind, reason, zone, sentence = told("orange", judged("oooooo?"))
    assert (kind, reason, zone) == ("unclassified", "unclassified", "orange")
    assert sentence == "unclassified changes nothing: orange is in force and stays"
    assert told("unclassified", judged("???????"))[2] == "unclassified"


def test_a_unit_without_order_gets_its_first():
    assert told("unclassified", judged("??????g"))[:3] == ("first", "first", "green")


def test_the_same_zone_stays():
    assert told("orange", judged("ggggggo"))[:3] == ("same", "same", "orange")


def test_a_floor_refuses_going_below_it():
    kind, reason, zone, sentence = told("red", judged("ooooooo"), "red")
    assert (kind, reason, zone) == ("refused", "floor", "red")
    assert sentence.startswith("orange, but without its concurrence")


def test_a_floor_in_between_is_relaxed_to():
    assert told("red", judged("ggggggg"), "orange")[:3] == ("relax", "held_to_floor", "orange")


def test_a_floor_above_what_is_in_force_tightens_even_the_unclassified():
    assert told("green", judged("ggggggg"), "red")[:3] == ("tighten", "floor_above", "red")
    assert told("green", judged("???????"), "red")[:3] == ("tighten", "floor_above", "red")
    assert told("unclassified", judged("ggggggg"), "red")[:3] == ("first", "first_floor", "red")


def test_levels_of_another_rule_are_left_to_the_officer():
    assert told("D", judged("ggggggg"))[:3] == ("refused", "other_levels", "D")
    assert told("red", judged("ggggggg"), "D")[:3] == ("refused", "other_levels", "red")


def test_every_reason_has_a_sentence_and_every_kind_a_word():
    assert set(_SENTENCES) == set(ChangeReason)
    assert kind_word("kept_until") == "milder, not yet long enough"


def test_too_few_days_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="6 days are given, 7 are needed"):
        changes(text("red"), text(""), judged("oooooo"), LEVELS, relaxing_rule())


def test_only_what_may_change_is_ordered_and_an_officer_decides_before_either():
    zones = zones_to_order(
        text("W1", "W2", "W3", "W4", "W5"),
        text("red", "red", "green", "unclassified", "red"),
        text("orange", "orange", "orange", "unclassified", "red"),
        text("relax", "kept_until", "tighten", "unclassified", "refused"),
        {"W5": "orange"},
    )
    assert zones.tolist() == ["orange", "red", "orange", "unclassified", "orange"]


def test_a_rule_without_days_is_refused_by_its_file(tmp_path):
    file = tmp_path / "changes.toml"
    file.write_text('ours = ""\nsource = []\n[relaxing]\nconsecutive_complete_days = 0\n')
    with pytest.raises(RuleError, match=r"changes\.toml isn't a usable rule of relaxing"):
        read_relaxing_rule(file)
