"""Use cases on both databases: set up, demonstrate, import, propose, publish, look."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from zoning import clock
from zoning.errors import InputError, OrderError, StoreError
from zoning.settings import Settings
from zoning.store.engine import upgrade
from zoning.store.orders import NewOrder, zones_in_force
from zoning.workflow.decisions import propose, publish
from zoning.workflow.imports import import_boundaries, import_cases, imports
from zoning.workflow.map_view import map_view
from zoning.workflow.places import units_in_force
from zoning.workflow.setup import is_empty, load_demonstration
from zoning.workflow.taking import ImportOrder

RULE = "mohfw-2020-05-17"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "wards.csv").write_text("unit_id,name,population\n1,A,100000\n2,B,100000\n")
    (tmp_path / "villages.csv").write_text("unit_id,name,population\ng1,C,10000\n")
    rows = "".join(f"1,2020-05-1{n % 8}\n" for n in range(80))
    (tmp_path / "cases.csv").write_text("unit_id,confirmed_on\n" + rows)
    return tmp_path


def taken(store, files, at):
    import_boundaries(store, ImportOrder(files / "wards.csv", at, "tester"), "ward")
    import_cases(store, ImportOrder(files / "cases.csv", at, "tester"))


def test_setting_up_twice_is_harmless(store):
    upgrade(store)
    assert is_empty(store, clock.now())


def test_the_demonstration_ends_with_an_order_in_force_and_is_never_mixed_with_facts(store):
    at = clock.now()
    n = load_demonstration(store, Settings(), at)
    with store.reading() as session:
        standing = zones_in_force(session, at)
    assert n == 142
    assert set(standing.zone) == {"red", "orange", "green"}
    view = map_view(store, Settings(), at=at, public=False)
    assert view.is_fictional
    assert "142 wards and gram panchayats" in view.headline
    with pytest.raises(StoreError, match="holds boundaries already"):
        load_demonstration(store, Settings(), at)


def test_steps_in_the_wrong_order_are_refused_with_the_way_out(store, files):
    at = clock.now()
    with pytest.raises(OrderError, match="zoning propose"):
        publish(store, at, "tester")
    with pytest.raises(InputError, match="zoning import boundaries"):
        propose(store, RULE, None, at, "tester")
    import_boundaries(store, ImportOrder(files / "wards.csv", at, "tester"), "ward")
    with pytest.raises(InputError, match="zoning import cases"):
        propose(store, RULE, None, at, "tester")


def test_the_same_file_twice_changes_nothing(store, files):
    at = clock.now()
    taken(store, files, at)
    with pytest.raises(StoreError, match="already imported"):
        import_cases(store, ImportOrder(files / "cases.csv", at, "tester"))
    assert len(imports(store)) == 2


def test_a_dry_run_writes_nothing(store, files):
    order = ImportOrder(files / "wards.csv", clock.now(), "tester", None, is_dry_run=True)
    assert import_boundaries(store, order, "ward").taken == 2
    assert imports(store) == ()


def test_a_file_of_another_level_keeps_the_units_of_the_first(store, files):
    at = clock.now()
    import_boundaries(store, ImportOrder(files / "wards.csv", at, "tester"), "ward")
    later = at + timedelta(seconds=1)
    villages = ImportOrder(files / "villages.csv", later, "tester")
    import_boundaries(store, villages, "gram_panchayat")
    with store.reading() as session:
        _, units = units_in_force(session, later)
    assert sorted(units.unit_id) == ["1", "2", "g1"]


def test_a_zone_that_orders_repeat_has_stood_since_the_first(store, files):
    at = clock.now() - timedelta(days=3)
    taken(store, files, at)
    run_id = propose(store, RULE, None, at, "tester").run_id
    for day in (0, 1):
        moment = at + timedelta(days=day)
        order = NewOrder(f"Z/{day}", "Zones", "Act", "Reason", "Officer", effective_at=moment)
        publish(store, moment, "tester", run_id, order)
    view = map_view(store, Settings(), at=at + timedelta(days=2), public=False)
    assert view.order.number == "Z/1"
    assert set(view.in_force_since) == {np.datetime64(clock.today_ist(at))}


def test_a_map_without_boundaries_is_empty_and_says_so(store):
    view = map_view(store, Settings(), at=None, public=True)
    assert len(view.units) == 0
    assert view.headline == "No boundaries yet."


def test_zones_that_are_only_proposed_are_not_shown_as_in_force(store, files):
    at = clock.now()
    taken(store, files, at)
    propose(store, RULE, None, at, "tester")
    view = map_view(store, Settings(), at=at + timedelta(minutes=1), public=False)
    assert view.order is None
    assert np.isnat(view.in_force_since).all()
    assert view.zone.tolist() == ["red", "green"]
