"""What travels: columns in the order of units, differences, and nothing to the public."""

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

from layers.payload import live_payload
from tests.synthetic import public, synthetic_units, synthetic_view, with_changed_zones


@pytest.fixture(scope="module")
def view():
    return synthetic_view(144)


def full(payload):
    return json.loads(payload.full)


def test_the_public_payload_holds_zones_and_dates_only(view):
    answer = full(live_payload(public(view)))
    assert set(answer["columns"]) == {"zone", "since"}
    assert answer["facilities"] == {}


def test_zones_are_positions_in_the_rules_levels(view):
    answer = full(live_payload(view))
    assert [answer["zones"][z] for z in answer["columns"]["zone"]] == list(view.zone)


def test_a_zone_that_is_not_in_force_has_no_date(view):
    since = view.in_force_since.copy()
    since[5] = np.datetime64("NaT")
    answer = full(live_payload(replace(view, in_force_since=since)))
    assert answer["columns"]["since"][5] is None
    assert answer["columns"]["since"][4] is not None


def test_what_is_not_computable_is_null_and_no_growth_is_said_so(view):
    c = view.classification
    value = c.parameters["doubling_days"].value.copy()
    value[:2] = [np.nan, np.inf]
    parameters = c.parameters | {
        "doubling_days": replace(c.parameters["doubling_days"], value=value)
    }
    answer = full(live_payload(replace(view, classification=replace(c, parameters=parameters))))
    assert answer["columns"]["doubling_days"][:2] == [None, "inf"]


def test_applying_the_difference_gives_the_new_state(view):
    old, new = live_payload(view), live_payload(with_changed_zones(view, 20))
    columns = full(old)["columns"]
    difference = json.loads(new.since(old))
    assert len(difference["at"]) == 20
    for key, column in difference["columns"].items():
        for i, value in zip(difference["at"], column, strict=True):
            columns[key][i] = value
    assert columns == full(new)["columns"]


def test_no_change_is_no_unit(view):
    difference = json.loads(live_payload(replace(view)).since(live_payload(view)))
    assert difference["at"] == []
    assert "facilities" not in difference


def test_the_version_follows_the_content_and_nothing_else(view):
    assert live_payload(replace(view)).version == live_payload(view).version
    assert live_payload(with_changed_zones(view, 1)).version != live_payload(view).version


def test_a_difference_across_readers_or_editions_is_the_whole(view):
    staff, open_ = live_payload(view), live_payload(public(view))
    assert "at" not in json.loads(open_.since(staff))
    assert "at" not in json.loads(staff.since(open_))
    other = replace(view, edition_key="0" * 32)
    assert "at" not in json.loads(live_payload(other).since(staff))


def test_500_changes_of_a_state_cost_less_than_10_kb():
    view = synthetic_view(6300, facilities=300)
    difference = live_payload(with_changed_zones(view, 500)).since(live_payload(view))
    assert len(gzip.compress(difference)) < 10_000


def test_a_facility_without_coordinates_is_not_sent_to_the_map(view):
    f = view.facilities.facilities
    lon = f.lon.copy()
    lon[0] = np.nan
    status = replace(view.facilities, facilities=replace(f, lon=lon))
    answer = full(live_payload(replace(view, facilities=status)))
    assert len(answer["facilities"]["id"]) == len(f) - 1
    assert f.facility_id[0] not in answer["facilities"]["id"]


def test_synthetic_units_are_a_valid_coverage():
    import shapely

    assert shapely.coverage_is_valid(synthetic_units(144).geometry)
