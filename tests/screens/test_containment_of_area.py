"""The containment screen of a district: its part of each zone, and no figure of another."""

from __future__ import annotations

import shutil

import pytest

from tests.grounds import contain, moment
from tests.officers import actor
from tests.screens.desks import words
from tests.screens.zone_desks import Clock, visit
from zoning.access import Role
from zoning.settings import Settings
from zoning.store.engine import open_store
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.ground import GroundShelf
from zoning.workflow.uploads import UploadShelf
from zoning.workflow.zone_desk import ZoneDesk

NOW = moment(20)
TABS = ("zones", "whatif", "release", "alarms")


@pytest.fixture
def desk_of(tmp_path, sqlite_template):
    file = tmp_path / "seemana.db"
    shutil.copy(sqlite_template, file)
    store = open_store(f"sqlite:///{file}")
    contain(store, tmp_path)

    def of(role, area=""):
        who = actor(store, role, area, at=NOW)
        data = DataDesk(store, Settings(var_dir=tmp_path), UploadShelf(tmp_path), who, Clock(NOW))
        return ZoneDesk(data, GroundShelf())

    yield of
    store.close()


def zones(test):
    return test.dataframe[0].value


def test_each_district_is_shown_its_own_part_and_the_state_the_whole(desk_of):
    health, north, south = (
        zones(visit(desk_of(role, area)))
        for role, area in (
            (Role.STATE_HEALTH, ""),
            (Role.DISTRICT_MAGISTRATE, "N"),
            (Role.DISTRICT_MAGISTRATE, "S"),
        )
    )
    assert sorted(health["Cases"]) == [2, 3, 11]
    assert sorted(north["Cases"]) == [2, 4] and sorted(south["Cases"]) == [3, 7]
    assert sorted(north["A beyond the area"]) == [0, 1]
    assert "A beyond the area" not in health


@pytest.mark.parametrize("tab", TABS)
def test_every_panel_says_that_figures_are_of_the_area(desk_of, tab):
    test = visit(desk_of(Role.DISTRICT_MAGISTRATE, "N"), tab=tab)
    assert not test.exception and not test.error
    assert "Figures are of your area alone" in words(test)
    assert "Ward 8" not in words(test)


def test_a_zone_across_the_line_says_that_it_goes_on(desk_of):
    desk = desk_of(Role.DISTRICT_MAGISTRATE, "N")
    frame = zones(visit(desk)).set_index("Zone")
    across = frame.index[frame["A beyond the area"] == 1][0]
    said = words(visit(desk, zone=across))
    assert "where 1 booth more is affected" in said and "It captures 4 cases" in said


def test_a_guessed_zone_opens_nothing(desk_of):
    south = set(zones(visit(desk_of(Role.DISTRICT_MAGISTRATE, "S")))["Zone"])
    desk = desk_of(Role.DISTRICT_MAGISTRATE, "N")
    for guessed in south - set(zones(visit(desk))["Zone"]):
        test = visit(desk, zone=guessed)
        assert "isn't in force" in words(test) and "It captures" not in words(test)
