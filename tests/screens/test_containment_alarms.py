"""First cases: a clock for each unit that had none, what is owed, and the answer."""

import pytest

from tests.screens.desks import words
from tests.screens.zone_desks import bring_cases, fill, moment, open_desk, visit


@pytest.fixture
def desk(tmp_path, sqlite_template):
    desk = fill(open_desk(tmp_path, sqlite_template), tmp_path)
    bring_cases(desk, tmp_path, [("W3-a", "2020-05-11", 1)], moment(10.5))
    desk.data.clock.at = moment(11)
    return desk


def test_a_first_case_stands_with_its_clock_in_words(desk):
    said = words(visit(desk, tab="alarms"))
    assert "1 first case waits for an answer, 0 overdue; 0 answered." in said
    assert "◐ 12 hours left" in said
    assert "2 units had their first case in the first file" in said


def test_past_its_deadline_it_is_overdue_in_words(desk):
    desk.data.clock.at = moment(12)
    said = words(visit(desk, tab="alarms", unit="W3"))
    assert "!! overdue by 12 hours" in said
    assert "surveillance" in said
    assert "!! was due by 12 May 2020, 23:30 IST" in said
    assert "by 14 May 2020, 23:30 IST" in said


def test_the_clause_is_quoted_word_for_word(desk):
    said = words(visit(desk, tab="alarms"))
    assert "any instance of contagion is attended immediately" in said
    assert "Memo 177-cs-2020, clause 6.iv" in said


def test_an_answer_needs_words_and_then_stops_the_clock(desk):
    test = visit(desk, tab="alarms", unit="W3")
    test.button(key="alarm-tell").click().run()
    assert "Say what was done" in words(test)
    test.text_area(key="alarm-note").set_value("4 contacts traced and quarantined")
    test.button(key="alarm-tell").click().run()
    said = words(test)
    assert "The alarm of W3 is answered." in said
    assert "No first case waits for an answer; 1 was answered." in said
    assert "by officer: 4 contacts traced and quarantined" in said
    assert not [b for b in test.button if b.key == "alarm-tell"]


def test_a_unit_without_alarm_in_the_address_is_said_to_have_none(desk):
    assert "Unit W5 has no alarm of a first case." in words(visit(desk, tab="alarms", unit="W5"))
