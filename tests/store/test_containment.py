"""Booths divided in the database: proposed, published, held, with zones that keep their ids."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.store.grid_files import write_cases, write_places
from zoning.store.delineations import load_delineation, load_events
from zoning.store.order_booths import categories_in_force
from zoning.workflow.decisions import Containing, propose, publish
from zoning.workflow.ground import GroundShelf
from zoning.workflow.imports import import_booths, import_boundaries, import_cases, undo
from zoning.workflow.taking import ImportOrder

RULE = "mohfw-2020-05-17"
START = datetime(2020, 5, 1, 6, tzinfo=UTC)


def moment(days: float) -> datetime:
    return START + timedelta(days=days)


@pytest.fixture
def places(store, tmp_path):
    write_places(tmp_path, without_booths=("W9",))
    import_boundaries(store, ImportOrder(tmp_path / "wards.geojson", START, "tester"), "ward")
    import_booths(store, ImportOrder(tmp_path / "booths.csv", START, "tester"))
    return store


def bring(store, folder, rows, at, through=None):
    name = f"cases-{at:%m%d%H}.csv"
    order = ImportOrder(write_cases(folder / name, rows), at, "tester")
    import_cases(store, order, through)


def proposed(store, on, at, **how):
    made = propose(store, RULE, date.fromisoformat(on), at, "tester", Containing(**how))
    assert made.delineation is not None
    with store.reading() as session:
        said = load_delineation(session, made.delineation[0])
        events = load_events(session, made.delineation[0])
    category = dict(zip(said.booth_id, said.category, strict=True))
    zones = {b: z for b, z in zip(said.booth_id, said.zone_id, strict=True) if z}
    return made, category, zones, list(zip(events.kind, events.zone_id, strict=True))


def test_a_booth_with_an_active_case_is_affected_and_its_neighbours_are_the_buffer(
    places, tmp_path
):
    bring(places, tmp_path, [("W5-a", "2020-05-10", 4)], moment(10))
    _, category, zones, events = proposed(places, "2020-05-10", moment(10), buffer_m=0)
    assert category["W5-a"] == "A"
    assert {b for b, c in category.items() if c == "B"} == {"W5-b", "W5-c", "W5-d"}
    assert category["W1-d"] == ""
    assert zones == {"W5-a": "CZ-20200510-001"}
    assert events == [("opened", "CZ-20200510-001")]


def test_a_unit_without_booths_is_planned_on_itself(places, tmp_path):
    bring(places, tmp_path, [("W9", "2020-05-10", 4)], moment(10))
    _, category, _, _ = proposed(places, "2020-05-10", moment(10))
    assert category["W9/unit"] == "A"


def test_cases_of_a_unit_alone_make_every_booth_of_it_affected(places, tmp_path):
    bring(places, tmp_path, [("W5", "2020-05-10", 4)], moment(10))
    made, category, zones, _ = proposed(places, "2020-05-10", moment(10))
    assert [category[f"W5-{b}"] for b in "abcd"] == ["A"] * 4
    assert made.delineation[1].result.needs_survey.sum() == 4
    assert set(zones.values()) == {"CZ-20200510-001"}


def test_what_is_published_is_in_force_for_booths_too(places, tmp_path):
    bring(places, tmp_path, [("W5-a", "2020-05-10", 4)], moment(10))
    made, category, zones, _ = proposed(places, "2020-05-10", moment(10))
    publish(places, moment(10.1), "tester", made.run_id)
    with places.reading() as session:
        standing = categories_in_force(session, moment(11))
        before = categories_in_force(session, moment(10))
    assert dict(zip(standing.booths.booth_id, standing.booths.category, strict=True)) == category
    assert standing.affected().tolist() == ["W5-a"]
    assert set(standing.booths.zone_id) - {""} == set(zones.values())
    assert len(before.number) == 0


def test_a_booth_stays_affected_after_its_cases_are_over_until_an_order_releases_it(
    places, tmp_path
):
    bring(places, tmp_path, [("W5-a", "2020-05-10", 4)], moment(10))
    made, *_ = proposed(places, "2020-05-10", moment(10))
    publish(places, moment(10.1), "tester", made.run_id)
    bring(places, tmp_path, [("W1-a", "2020-06-20", 1)], moment(51))
    made, category, zones, events = proposed(places, "2020-06-20", moment(51))
    assert category["W5-a"] == "A"
    assert zones["W5-a"] == "CZ-20200510-001"
    delineated = made.delineation[1]
    held = delineated.ground.table.booth_id[delineated.result.is_held]
    assert held.tolist() == ["W5-a"]
    assert ("unchanged", "CZ-20200510-001") in events


def test_zones_that_grow_together_keep_the_older_id(places, tmp_path):
    bring(places, tmp_path, [("W4-a", "2020-05-10", 4), ("W5-d", "2020-05-10", 4)], moment(10))
    made, _, zones, _ = proposed(places, "2020-05-10", moment(10))
    assert len(set(zones.values())) == 2
    publish(places, moment(10.1), "tester", made.run_id)
    rows = [(b, "2020-05-12", 3) for b in ("W4-b", "W4-d", "W5-a", "W5-c")]
    bring(places, tmp_path, rows, moment(12))
    _, _, zones, events = proposed(places, "2020-05-12", moment(12))
    assert set(zones.values()) == {"CZ-20200510-001"}
    assert ("merged", "CZ-20200510-002") in events


def test_proposing_again_gives_the_same_group_the_same_id(places, tmp_path):
    bring(places, tmp_path, [("W5-a", "2020-05-10", 4)], moment(10))
    _, _, first, _ = proposed(places, "2020-05-10", moment(10))
    bring(places, tmp_path, [("W1-a", "2020-05-10", 5)], moment(10.2))
    _, _, second, _ = proposed(places, "2020-05-10", moment(10.3))
    assert second["W5-a"] == first["W5-a"] == "CZ-20200510-001"
    assert second["W1-a"] == "CZ-20200510-002"


def test_an_import_undone_leaves_the_earlier_delineation_as_it_was(places, tmp_path):
    bring(places, tmp_path, [("W5-a", "2020-05-10", 4)], moment(10))
    made, category, *_ = proposed(places, "2020-05-10", moment(10))
    bring(places, tmp_path, [("W5-b", "2020-05-10", 4)], moment(10.5))
    with places.reading() as session:
        from zoning.store.imports import list_imports

        newest = list_imports(session)[0].import_id
    undo(places, newest, moment(10.6), "tester")
    _, again, *_ = proposed(places, "2020-05-10", moment(10.7))
    assert again == category
    with places.reading() as session:
        said = load_delineation(session, made.delineation[0])
    assert dict(zip(said.booth_id, said.category, strict=True)) == category


def test_the_ground_kept_on_disk_gives_the_same_answer(places, tmp_path):
    bring(places, tmp_path, [("W5-a", "2020-05-10", 4)], moment(10))
    folder = tmp_path / "cache"
    _, fresh, *_ = proposed(places, "2020-05-10", moment(10), shelf=GroundShelf(folder))
    made = {path.name for path in (folder / "ground").iterdir()}
    _, kept, *_ = proposed(places, "2020-05-10", moment(10.1), shelf=GroundShelf(folder))
    assert kept == fresh
    assert {path.name for path in (folder / "ground").iterdir()} == made


def test_a_daily_delineation_reads_no_shape_of_the_ground(places, tmp_path, monkeypatch):
    bring(places, tmp_path, [("W5-a", "2020-05-10", 4)], moment(10))
    folder = tmp_path / "cache"
    proposed(places, "2020-05-10", moment(10), shelf=GroundShelf(folder))

    def refuse(*_):
        raise AssertionError("a shape was read")

    monkeypatch.setattr("zoning.workflow.ground.unpack_cells", refuse)
    proposed(places, "2020-05-10", moment(10.1), shelf=GroundShelf(folder))


def test_what_is_doubtful_about_booths_is_told_when_they_are_taken_in(places, tmp_path):
    (tmp_path / "again.csv").write_text(
        "booth_id,unit_id,lon,lat\n"
        "b1,W1,88.302,22.502\nb2,W1,88.302,22.502\nb3,,10,10\nb4,W2,88.302,22.502\nb5,,,\n"
    )
    account = import_booths(places, ImportOrder(tmp_path / "again.csv", moment(1), "tester"))
    told = {(f.row, f.code) for f in account.findings if f.row}
    assert {(2, "booth_shared_point"), (3, "booth_outside"), (4, "booth_unit_contradicted")} <= told
    assert sum(f.code == "unit_without_booths" for f in account.findings) == 7
