"""The map's booths: there or named as missing, kept until an order changes, in force when due."""

from __future__ import annotations

import pytest

from tests.store.test_containment import bring, moment, places, proposed  # noqa: F401 - a fixture
from zoning import clock
from zoning.settings import Settings
from zoning.store.orders import NewOrder
from zoning.workflow import booth_map
from zoning.workflow import map_view as map_module
from zoning.workflow.decisions import publish
from zoning.workflow.map_view import map_view


@pytest.fixture
def divided(places, tmp_path):  # noqa: F811
    """A database with one affected booth in force, and what nobody has looked at yet."""
    bring(places, tmp_path, [("W5-a", "2020-05-10", 4)], moment(10))
    made, *_ = proposed(places, "2020-05-10", moment(10))
    publish(places, moment(10.1), "tester", made.run_id)
    return places


def look(store, folder, days, *, waits):
    settings = Settings(var_dir=folder)
    return map_view(store, settings, at=moment(days), public=False, waits=waits)


def test_a_page_gets_the_units_at_once_and_learns_that_booths_are_missing(divided, tmp_path):
    view = look(divided, tmp_path, 11, waits=False)
    assert view.is_preparing
    assert view.booths is None
    assert view.has_booths
    assert len(view.units) == 9
    assert set(view.zone) - {"unclassified"}
    assert not list(tmp_path.glob("cache/ground/*")), "nothing is made for it"


def test_booths_that_were_made_are_there_at_once_and_the_same(divided, tmp_path):
    made = look(divided, tmp_path, 11, waits=True)
    assert not made.is_preparing
    again = look(divided, tmp_path, 12, waits=False)
    assert again.booths is made.booths
    assert made.booths.category[made.booths.row_of["W5-a"]] == "A"


def test_a_write_that_concerns_no_order_leaves_the_booths_in_place(divided, tmp_path):
    made = look(divided, tmp_path, 11, waits=True)
    bring(divided, tmp_path, [("W1-a", "2020-05-11", 1)], moment(11.1))
    again = look(divided, tmp_path, 11, waits=False)
    assert again is not made
    assert again.booths is made.booths


def test_after_a_publication_the_booths_of_before_are_not_shown(divided, tmp_path):
    look(divided, tmp_path, 11, waits=True)
    bring(divided, tmp_path, [("W2-b", "2020-05-11", 5)], moment(11.1))
    run, *_ = proposed(divided, "2020-05-11", moment(11.2))
    publish(divided, moment(11.3), "tester", run.run_id)
    assert look(divided, tmp_path, 12, waits=False).is_preparing
    later = look(divided, tmp_path, 12, waits=True)
    assert later.booths.category[later.booths.row_of["W2-b"]] == "A"
    before = look(divided, tmp_path, 11, waits=False)
    assert before.booths.category[before.booths.row_of["W2-b"]] != "A"


def test_an_order_that_takes_effect_later_is_shown_then_without_a_write(
    places,  # noqa: F811
    tmp_path,
    monkeypatch,
):
    bring(places, tmp_path, [("W5-a", "2020-05-10", 4)], moment(10))
    made, *_ = proposed(places, "2020-05-10", moment(10))
    order = NewOrder("Z-1", "Zones", "An Act", "Cases", "tester", effective_at=moment(12))
    publish(places, moment(10.1), "tester", made.run_id, order)

    def look_now(days, *, waits):
        monkeypatch.setattr(clock, "now", lambda: moment(days))
        return map_view(places, Settings(var_dir=tmp_path), at=None, public=False, waits=waits)

    early = look_now(11, waits=False)
    assert early.booths is None
    assert not early.is_preparing, "no order speaks of booths yet"
    assert look_now(12.1, waits=True).booths is not None


def test_a_restart_finds_the_ground_of_the_map_on_disk(divided, tmp_path, monkeypatch):
    look(divided, tmp_path, 11, waits=True)
    booth_map._KEPT.clear()
    monkeypatch.setattr(map_module, "_KEPT", map_module._Kept())
    booth_map.shelf_of.cache_clear()

    def refuse(*_):
        raise AssertionError("made again")

    monkeypatch.setattr("zoning.workflow.ground.make_ground", refuse)
    monkeypatch.setattr("zoning.workflow.ground.coverage_arcs", refuse)
    monkeypatch.setattr("zoning.workflow.ground.neighbours_within", refuse)
    assert look(divided, tmp_path, 11, waits=True).booths is not None
