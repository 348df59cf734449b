"""The area's screen: its states, its tasks, what a thumb reaches."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.areas import TEXTS
from tests.screens.area_pages import area, desk_of, open_area, visit
from tests.screens.desks import words
from tests.store.samples import NOON
from zoning.access import Role
from zoning.workflow.deviation_register import list_deviations


@pytest.fixture
def store(tmp_path, sqlite_template):
    return open_area(tmp_path, sqlite_template)


@pytest.fixture
def officer(store, tmp_path):
    return desk_of(store, tmp_path, Role.ENFORCEMENT, "C")


def html(test):
    return "\n".join(element.proto.body for element in test.get("html"))


def test_the_officer_sees_the_own_area_at_once_with_all_that_is_in_force(officer):
    test = visit(area, officer)
    assert not test.exception
    said = words(test)
    assert "Corporation: 1 orange, 1 green; 1 containment zone, the oldest on day 1." in said
    assert TEXTS[0] in said
    assert TEXTS[1] not in said
    assert "Earliest release, as ordered:" in said
    assert "✚ Medical exit: Hospital lane" in said
    assert "CZ-20200518-002" not in said, "the other district's zone"
    assert 'href="tel:+913322220001"' in html(test)
    assert "1 unit: unclassified became orange" in said


def test_a_task_is_reported_not_done_with_a_reason_and_then_done(officer):
    test = visit(area, officer)
    test.button(key="task-1-0-open").click().run()
    test.button(key="task-send").click().run()
    assert "stands in the way" in words(test)
    test.text_area(key="task-note").set_value("no barricades left")
    test.button(key="task-send").click().run()
    assert "no barricades left" in words(test)
    assert "◐ not done" in words(test)
    test.button(key="task-1-0-done").click().run()
    test.button(key="task-send").click().run()
    assert "✓ done" in words(test)
    assert "task-1-0-done" not in {b.key for b in test.button}


def test_a_deviation_is_recorded_from_here(officer, store):
    test = visit(area, officer)
    test.button(key="area-record").click().run()
    assert set(test.selectbox(key="deviation-unit").options) == {"Ward 0 · W0", "Ward 1 · W1"}
    test.button(key="deviation-send").click().run()
    assert "Choose the ward or gram panchayat." in words(test)
    test.selectbox(key="deviation-unit").set_value("W1")
    test.selectbox(key="deviation-activity").set_value("markets_and_shops")
    test.text_input(key="deviation-premises").set_value("Das Stores")
    test.text_area(key="deviation-evidence").set_value("a crowd, photograph 12")
    test.button(key="deviation-send").click().run()
    assert not test.exception
    assert "○ recorded · Das Stores, Ward 1: Markets and shops" in words(test)
    assert "photograph" not in words(test)
    assert len(list_deviations(store, "tester", officer.clock()).listed) == 1


def test_the_map_opens_here_and_closes_again(officer):
    test = visit(area, officer)
    assert not test.get("iframe")
    test.button(key="area-map").click().run()
    assert not test.exception
    assert test.session_state["area_map"] is True
    test.button(key="area-map").click().run()
    assert test.session_state["area_map"] is False


@pytest.mark.parametrize("code", ["S", "W5", "N", "nowhere"])
def test_another_area_in_the_address_is_refused(officer, code):
    test = visit(area, officer, area=code)
    assert not test.exception
    assert f"{code} lies outside your area, so it isn't shown." in words(test)
    assert "area-record" not in {b.key for b in test.button}
    assert "Ward 5" not in words(test)


def test_where_no_order_is_in_force_it_says_so(tmp_path, sqlite_template):
    store = open_area(tmp_path, sqlite_template, is_filled=False)
    test = visit(area, desk_of(store, tmp_path, Role.ENFORCEMENT, "C"))
    assert not test.exception
    said = words(test)
    assert "Corporation: no order is in force here." in said
    assert "No order in force here gives a direction." in said
    assert "No booth of the area is in Category A" in said
    assert "nothing is known to come" in said
    assert "sm-off" in html(test)


def test_who_has_the_whole_state_chooses_an_area(store, tmp_path):
    desk = desk_of(store, tmp_path)
    test = visit(area, desk)
    assert "Which area? Choose one." in words(test)
    test.selectbox(key="area-unit-chosen").set_value("S").run()
    assert not test.exception
    assert "South:" in words(test)
    assert "Canal bridge" in words(test)
    assert "Hospital lane" not in words(test)


def test_who_has_no_right_is_told_who_has(store, tmp_path):
    test = visit(area, desk_of(store, tmp_path, Role.PUBLIC))
    assert not test.exception
    assert "This screen is for officers." in words(test)
    assert "CZ-" not in words(test)


def test_an_officer_whose_unit_is_gone_is_told_so(store, tmp_path):
    test = visit(area, desk_of(store, tmp_path, Role.ENFORCEMENT, "GONE"))
    assert not test.exception
    assert "There is no area to show yet." in words(test)


def test_an_observer_looks_on_and_reports_nothing(store, tmp_path):
    test = visit(area, desk_of(store, tmp_path, Role.OBSERVER, "C"))
    assert not test.exception
    assert test.button(key="area-record").disabled
    assert not any(b.key and b.key.startswith("task-") for b in test.button)


def test_a_week_tells_more_than_a_day(store, tmp_path):
    late = desk_of(store, tmp_path, Role.ENFORCEMENT, "C", at=NOON + timedelta(days=4))
    assert "nothing is known to come" in words(visit(area, late))
    assert "1 containment zone is new: CZ-20200518-001." in words(visit(area, late, since="7"))
