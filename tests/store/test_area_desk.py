"""One officer's area on both databases: what is in force, what changed, what is theirs to do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.areas import TEXTS, fill, put_in_force
from tests.officers import actor, settle
from tests.store.grid_files import write_cases
from tests.store.samples import NOON, hour
from zoning import clock
from zoning.access import Action, Role, may
from zoning.errors import AccessError, InputError
from zoning.settings import Settings
from zoning.store.audit import read_entries
from zoning.store.orders import NewOrder
from zoning.workflow.area_desk import AreaDesk
from zoning.workflow.area_tasks import report_task
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.decisions import publish
from zoning.workflow.imports import import_cases
from zoning.workflow.taking import ImportOrder
from zoning.workflow.uploads import UploadShelf

DAY = timedelta(days=1)
TODAY = clock.today_ist(NOON)
WEST, EAST = f"CZ-{TODAY:%Y%m%d}-001", f"CZ-{TODAY:%Y%m%d}-002"


@pytest.fixture
def number(store, tmp_path):
    return fill(store, tmp_path, NOON)


def desk(store, tmp_path, who, at=None):
    data = DataDesk(
        store, Settings(var_dir=tmp_path), UploadShelf(tmp_path), who, lambda: at or hour(3)
    )
    return AreaDesk(data)


def look(store, tmp_path, role=Role.ENFORCEMENT, area="C", unit="", at=None, since=DAY):
    who = actor(store, role, area)
    return desk(store, tmp_path, who, at).look(unit or area, since)


def test_a_corporation_sees_its_own_zone_with_commander_and_gates_and_no_other(
    store, tmp_path, number
):
    seen = look(store, tmp_path)
    assert seen.state.zone.keys() == {"W0", "W1"}
    assert [zone.zone_id for zone in seen.state.zones_here] == [WEST]
    zone = seen.state.zones_here[0]
    assert (zone.number, zone.day_number, zone.n_booths) == (number, 1, 1)
    assert [c.name for c in zone.commanders] == ["A. Sen"]
    assert [g.place for g in zone.gates] == ["Hospital lane", "Main road"], "medical exit first"
    assert zone.release_on is not None
    assert zone.release_on >= TODAY + timedelta(days=28)
    assert [r.order.number for r in seen.changes.orders] == [number]
    assert seen.changes.opened == (WEST,)


def test_the_day_of_a_zone_counts_from_its_first_and_its_release_stays_as_ordered(
    store, tmp_path, number
):
    first = look(store, tmp_path).state.zones_here[0]
    later = look(store, tmp_path, at=NOON + timedelta(days=11)).state.zones_here[0]
    assert later.day_number == 12
    assert later.release_on == first.release_on


def test_what_changed_is_of_the_span_and_then_it_is_quiet(store, tmp_path, number):
    later = NOON + timedelta(days=3)
    assert look(store, tmp_path, at=later).changes.is_quiet
    week = look(store, tmp_path, at=later, since=timedelta(days=7)).changes
    assert [r.order.number for r in week.orders] == [number]
    assert {u.before for u in week.units} == {"unclassified"}


def test_what_is_published_for_later_comes_with_its_hour(store, tmp_path, number):
    at = hour(2)
    effective = at + timedelta(hours=9)
    rows = [("W0-a", str(TODAY), 9)]
    import_cases(store, ImportOrder(write_cases(tmp_path / "more.csv", rows), at, "tester"))
    order = NewOrder("Z-LATER", "Later", "Act", "Reason", "tester", effective)
    publish(store, at, "tester", None, order)
    coming = look(store, tmp_path, at=at).changes.coming
    assert [(c.at, c.is_begin, c.record.order.number) for c in coming] == [
        (effective, True, "Z-LATER")
    ]
    then = look(store, tmp_path, at=effective)
    assert "Z-LATER" in {r.order.number for r in then.changes.orders}


def test_tasks_are_those_that_name_the_office_in_its_kind_of_area(store, tmp_path, number):
    def texts(role, area):
        return {task.direction.text for task in look(store, tmp_path, role, area).tasks}

    assert texts(Role.ENFORCEMENT, "C") == {TEXTS[0]}
    assert texts(Role.INCIDENT_COMMANDER, "W1") == {TEXTS[2]}
    assert texts(Role.DISTRICT_MAGISTRATE, "N") == set()
    local = desk(store, tmp_path, "tester").look("C", DAY)
    assert {task.direction.text for task in local.tasks} == set(TEXTS)


def test_a_report_counts_for_its_area_and_the_newest_decides(store, tmp_path, number):
    officer = actor(store, Role.ENFORCEMENT, "C")
    told = {"is_done": False, "note": "no barricades left"}
    report_task(store, "C", number, 0, hour(3), officer, **told)
    task = look(store, tmp_path, at=hour(4)).tasks[0]
    assert (task.is_done, task.report.note) == (False, "no barricades left")
    assert not task.is_overdue
    assert look(store, tmp_path, at=hour(7)).tasks[0].is_overdue
    report_task(store, "C", number, 0, hour(5), officer, is_done=True)
    done = look(store, tmp_path, at=hour(7)).tasks[0]
    assert done.is_done
    assert not done.is_overdue
    elsewhere = desk(store, tmp_path, "tester", hour(7)).look("S", DAY)
    assert all(task.report is None for task in elsewhere.tasks)
    with store.reading() as session:
        assert read_entries(session)[0].action == "task.report"


@pytest.mark.parametrize(
    ("area", "position", "word"),
    [("C", 2, "Incident Commander"), ("C", 9, "direction 10"), ("C", -1, "direction 0")],
)
def test_only_a_direction_to_the_own_office_can_be_reported(store, number, area, position, word):
    officer = actor(store, Role.ENFORCEMENT, area)
    with pytest.raises((AccessError, InputError), match=word):
        report_task(store, area, number, position, hour(3), officer, is_done=True)


def test_what_isnt_done_is_told_with_what_stands_in_the_way(store, number):
    with pytest.raises(InputError, match="stands in the way"):
        report_task(store, "C", number, 0, hour(3), "tester", is_done=False, note=" ")


def test_a_direction_of_an_order_that_is_over_cant_be_reported(store, tmp_path, number):
    at = NOON + timedelta(days=40)
    with pytest.raises(InputError, match="Z-NONE"):
        report_task(store, "C", "Z-NONE", 0, at, "tester", is_done=True)
    put_in_force(store, TODAY, NOON + timedelta(hours=1))


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.PUBLIC])
def test_reports_are_for_who_may_in_the_own_area(store, number, role):
    is_wide = role in (Role.LOCAL, Role.HOME, Role.STATE_HEALTH)
    area = "C" if role is Role.COMMISSIONER else "N"
    who = actor(store, role, "" if is_wide else area)
    for unit in (area, "S"):
        is_allowed = may(role, Action.REPORT_TASK) and (is_wide or unit == area)
        if not is_allowed:
            with pytest.raises(AccessError):
                report_task(store, unit, number, 3, hour(3), who, is_done=True)


def test_a_guessed_area_is_refused_and_a_part_of_the_own_is_shown(store, tmp_path, number):
    for unit in ("S", "W5", "N", "W99"):
        with pytest.raises(AccessError, match=unit):
            look(store, tmp_path, unit=unit)
    assert look(store, tmp_path, unit="W1").state.zone.keys() == {"W1"}
    with pytest.raises(InputError, match="W99"):
        desk(store, tmp_path, "tester").look("W99", DAY)


def test_where_no_order_is_in_force_everything_is_unclassified_and_nobody_commands(store, tmp_path):
    settle(store)
    seen = look(store, tmp_path)
    assert set(seen.state.zone.values()) == {"unclassified"}
    assert (seen.state.orders, seen.state.zones_here, seen.tasks) == ((), (), ())
    assert seen.changes.is_quiet


def test_the_choices_are_the_own_area_and_all_below_it(store, tmp_path, number):
    officer = actor(store, Role.ENFORCEMENT, "C")
    assert list(desk(store, tmp_path, officer).choices()) == ["C", "W0", "W1"]
    assert list(desk(store, tmp_path, "tester").choices())[:2] == ["N", "S"]
