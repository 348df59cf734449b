"""The first case of a unit rings, whatever its colour, until an officer has answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.store.grid_files import write_cases, write_places
from zoning.errors import InputError
from zoning.workflow.alarms import alarms, answer_alarm
from zoning.workflow.imports import import_boundaries, import_cases
from zoning.workflow.taking import ImportOrder

START = datetime(2020, 5, 1, 6, tzinfo=UTC)


def moment(hours: float) -> datetime:
    return START + timedelta(hours=hours)


@pytest.fixture
def watched(store, tmp_path):
    """W1 had cases before the watch began; W2 gets its first afterwards."""
    write_places(tmp_path)
    import_boundaries(store, ImportOrder(tmp_path / "wards.geojson", START, "tester"), "ward")
    for name, place, at in (("old.csv", "W1", moment(1)), ("new.csv", "W2", moment(30))):
        cases = write_cases(tmp_path / name, [(place, "2020-05-01", 1)])
        import_cases(store, ImportOrder(cases, at, "tester"))
    return store


def ringing(store, at):
    found = alarms(store, at)
    units = found.units.unit_id[found.state.unit_index].tolist()
    return dict(zip(units, found.state.is_overdue.tolist(), strict=True)), found


def test_a_first_case_rings_from_the_moment_it_is_known(watched):
    assert ringing(watched, moment(29))[0] == {}
    rung, found = ringing(watched, moment(31))
    assert rung == {"W2": False}
    assert found.state.hours_left.tolist() == [23.0]


def test_history_that_came_with_the_first_file_does_not_ring(watched):
    rung, found = ringing(watched, moment(31))
    assert "W1" not in rung
    assert found.units.unit_id[found.state.is_before_watch].tolist() == ["W1"]


def test_an_alarm_is_overdue_after_its_last_hour(watched):
    assert ringing(watched, moment(54))[0] == {"W2": False}
    assert ringing(watched, moment(54.1))[0] == {"W2": True}


def test_an_answer_stops_the_clock_and_is_kept(watched):
    answer_alarm(watched, "W2", "Team sent, 12 contacts traced", moment(40), "cmoh")
    _, found = ringing(watched, moment(60))
    assert found.state.is_answered.tolist() == [True]
    assert not found.state.is_overdue.any()
    assert found.answers["W2"].answered_by == "cmoh"
    with pytest.raises(InputError, match="no open alarm"):
        answer_alarm(watched, "W2", "again", moment(41), "cmoh")


@pytest.mark.parametrize("note", ["", "  "])
def test_an_answer_says_what_was_done(watched, note):
    with pytest.raises(InputError, match="Say what was done"):
        answer_alarm(watched, "W2", note, moment(40), "cmoh")
