"""Orders in force before, isolation units and follow-up come by files and can be taken back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.store.grid_files import LAT, LON, WARD_DEG, write_cases, write_places
from zoning.errors import InputError, OrderError
from zoning.store.imports import list_imports
from zoning.store.isolation import read_isolation
from zoning.store.order_booths import categories_in_force
from zoning.store.orders import list_orders, zones_in_force
from zoning.store.zone_history import zone_history
from zoning.workflow.decisions import Containing, propose
from zoning.workflow.follow_up_imports import (
    import_contacts,
    import_isolation,
    import_rounds,
    import_samples,
)
from zoning.workflow.ground import GroundShelf
from zoning.workflow.imports import import_booths, import_boundaries, import_cases, undo
from zoning.workflow.standing_orders import import_orders
from zoning.workflow.taking import ImportOrder

RULE = "mohfw-2020-05-17"
START = datetime(2020, 5, 20, 6, tzinfo=UTC)
SHELF = GroundShelf()


def moment(days: float) -> datetime:
    return START + timedelta(days=days)


@pytest.fixture
def places(store, tmp_path):
    write_places(tmp_path)
    import_boundaries(store, ImportOrder(tmp_path / "wards.geojson", START, "tester"), "ward")
    import_booths(store, ImportOrder(tmp_path / "booths.csv", START, "tester"))
    return store


def orders_file(folder, *rows, columns="number,booth_id,unit_id,category,zone,effective_on"):
    path = folder / "orders.csv"
    path.write_text("\n".join([columns, *rows]) + "\n")
    return path


def take(store, path, at=None):
    return import_orders(store, ImportOrder(path, at or moment(0.1), "tester"), SHELF)


def in_force(store, at=None):
    with store.reading() as session:
        return categories_in_force(session, at or moment(1))


def test_booths_of_an_order_of_before_are_in_force_since_its_own_day(places, tmp_path):
    file = orders_file(
        tmp_path,
        "17/DM,W5-a,,A,,2020-05-02",
        "17/DM,W5-b,,A,,2020-05-02",
        "17/DM,W5-c,,B,,2020-05-02",
        "18/DM,W1-a,,A,,2020-05-09",
    )
    account = take(places, file)
    assert (account.read, account.taken, account.rejected) == (4, 4, 0)
    standing = in_force(places)
    said = dict(zip(standing.booths.booth_id, standing.booths.category, strict=True))
    assert said == {"W1-a": "A", "W5-a": "A", "W5-b": "A", "W5-c": "B"}
    zones = dict(zip(standing.booths.booth_id, standing.booths.zone_id, strict=True))
    assert zones["W5-a"] == zones["W5-b"] == "CZ-20200502-001"
    assert zones["W1-a"] == "CZ-20200509-001"
    assert zones["W5-c"] == ""
    with places.reading() as session:
        since = zone_history(session, moment(1)).since
    assert since == {
        "W5-a": date(2020, 5, 2),
        "W5-b": date(2020, 5, 2),
        "W1-a": date(2020, 5, 9),
    }


def test_what_follows_goes_on_from_the_orders_of_before(places, tmp_path):
    take(places, orders_file(tmp_path, "17/DM,W5-a,,A,,2020-05-02"))
    cases = write_cases(tmp_path / "c.csv", [("W5-b", "2020-05-19", 4)])
    import_cases(places, ImportOrder(cases, moment(0.2), "tester"))
    made = propose(places, RULE, date(2020, 5, 19), moment(0.3), "tester")
    _, delineated = made.delineation
    category = dict(zip(delineated.ground.table.booth_id, delineated.result.category, strict=True))
    assert (category["W5-a"], category["W5-b"]) == ("A", "A")
    # Once orders are in force the policy of recent cases governs.
    assert delineated.policy.id == "mohfw-2020-04-17"


def test_a_unit_of_an_order_brings_its_zone_and_its_booths(places, tmp_path):
    take(places, orders_file(tmp_path, "3/HS,,W2,A,red,2020-05-04", "3/HS,,W3,,green,2020-05-04"))
    with places.reading() as session:
        zones = zones_in_force(session, moment(1))
    assert dict(zip(zones.unit_id, zones.zone, strict=True)) == {"W2": "red", "W3": "green"}
    assert in_force(places).affected().tolist() == ["W2-a", "W2-b", "W2-c", "W2-d"]


def test_a_polygon_takes_the_booths_of_which_it_holds_the_larger_part(places, tmp_path):
    half = WARD_DEG / 2
    x, y = LON + WARD_DEG, LAT + WARD_DEG
    ring = [[x, y], [x + half * 1.2, y], [x + half * 1.2, y + half], [x, y + half], [x, y]]
    file = tmp_path / "orders.geojson"
    file.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": {
                            "number": "9/DM", "category": "A", "effective_on": "2020-05-03",
                        },
                        "geometry": {"type": "Polygon", "coordinates": [ring]},
                    }
                ],
            }
        )
    )  # fmt: skip
    account = take(places, file)
    assert in_force(places).affected().tolist() == ["W5-a"]
    assert [f.code for f in account.findings] == ["order_area_cuts_booths"]
    assert "W5-b" in account.findings[0].message


def test_undoing_the_file_ends_its_orders_and_they_can_come_again(places, tmp_path):
    file = orders_file(tmp_path, "17/DM,W5-a,,A,,2020-05-02")
    take(places, file)
    with places.reading() as session:
        newest = list_imports(session)[0].import_id
    undo(places, newest, moment(2), "tester")
    assert in_force(places, moment(3)).affected().tolist() == []
    assert in_force(places, moment(1)).affected().tolist() == ["W5-a"]
    take(places, file, moment(4))
    assert in_force(places, moment(5)).affected().tolist() == ["W5-a"]


def test_a_number_that_stands_already_is_refused_and_nothing_is_written(places, tmp_path):
    take(places, orders_file(tmp_path, "17/DM,W5-a,,A,,2020-05-02"))
    again = orders_file(tmp_path, "17/DM,W5-b,,A,,2020-05-03")
    with pytest.raises(OrderError, match="17/DM"):
        take(places, again, moment(2))
    with places.reading() as session:
        assert len(list_orders(session)) == 1


def test_text_that_names_no_place_is_listed_and_nothing_is_guessed(places, tmp_path):
    file = orders_file(tmp_path, "17/DM,W5-a,,A,,2020-05-02", "17/DM,Swinhoe Lane,,A,,2020-05-02")
    account = take(places, file)
    assert account.taken == 2
    assert [f.row for f in account.findings] == [2]
    assert in_force(places).affected().tolist() == ["W5-a"]


def test_the_register_is_taken_in(places, tmp_path):
    for name, content, bring in (
        (
            "r.csv",
            "area_id,on,houses_total,houses_visited\nW5-a,2020-05-19,100,95\n",
            import_rounds,
        ),
        ("s.csv", "area_id,taken_on,samples,results\nW5-a,2020-05-19,10,9\n", import_samples),
        (
            "c.csv",
            "contact_id,area_id,last_exposure_on,told_on,status,attempts\n"
            "KC-1,W5-a,2020-05-10,2020-05-19,open,0\n",
            import_contacts,
        ),
    ):
        (tmp_path / name).write_text(content)
        account = bring(places, ImportOrder(tmp_path / name, moment(0.1), "tester"))
        assert (account.read, account.taken) == (1, 1)


def lane(folder, authority="Order 5 of the Commissioner"):
    x, y, d = LON + WARD_DEG + 0.001, LAT + WARD_DEG + 0.001, 0.001
    ring = [[x, y], [x + d, y], [x + d, y + d], [x, y + d], [x, y]]
    path = folder / "lanes.geojson"
    path.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": {
                            "isolation_id": "L1",
                            "booth_id": "W5-a",
                            "authority": authority,
                            "from_on": "2020-05-01",
                        },
                        "geometry": {"type": "Polygon", "coordinates": [ring]},
                    }
                ],
            }
        )
    )
    return path, (x + d / 2, y + d / 2)


def test_an_isolation_unit_divides_its_booth_only_where_a_policy_names_an_authority(
    places, tmp_path
):
    path, (lon, lat) = lane(tmp_path)
    account = import_isolation(places, ImportOrder(path, moment(0.1), "tester"), SHELF)
    assert [f.code for f in account.findings] == ["isolation_not_allowed"]
    (tmp_path / "c.csv").write_text(
        f"booth_id,lon,lat,confirmed_on,count\nW5-a,{lon},{lat},2020-05-19,4\n"
    )
    import_cases(places, ImportOrder(tmp_path / "c.csv", moment(0.2), "tester"))

    def categories(policy_id):
        made = propose(
            places,
            RULE,
            date(2020, 5, 19),
            moment(0.3),
            "tester",
            Containing(SHELF, policy_id, 0),
        )
        _, drawn = made.delineation
        return dict(zip(drawn.ground.table.booth_id, drawn.result.category, strict=True))

    whole = categories("memo-177-cs-2020")
    assert whole["W5-a"] == "A"
    assert "W5-a/L1" not in whole
    divided = categories("kmc-2020-06-05")
    assert (divided["W5-a/L1"], divided["W5-a"]) == ("A", "B")


def test_an_isolation_unit_without_authority_is_rejected(places, tmp_path):
    path, _ = lane(tmp_path, authority="")
    with pytest.raises(InputError, match="authority"):
        import_isolation(places, ImportOrder(path, moment(0.1), "tester"), SHELF)
    with places.reading() as session:
        assert len(read_isolation(session, moment(1))) == 0


def test_an_isolation_unit_drawn_anew_under_its_old_code_divides_the_booth_anew(places, tmp_path):
    path, _ = lane(tmp_path)
    cases = write_cases(tmp_path / "c.csv", [("W5-a", "2020-05-19", 4)])
    import_cases(places, ImportOrder(cases, moment(0.1), "tester"))

    def part(at):
        made = propose(
            places, RULE, date(2020, 5, 19), at, "tester", Containing(SHELF, "kmc-2020-06-05", 0)
        )
        ground = made.delineation[1].ground
        return ground.cells[ground.table.booth_id.tolist().index("W5-a/L1")].area

    import_isolation(places, ImportOrder(path, moment(0.2), "tester"), SHELF)
    before = part(moment(0.3))
    drawn = json.loads(path.read_text())
    drawn["features"][0]["geometry"]["coordinates"][0][1][0] += 0.0005
    drawn["features"][0]["geometry"]["coordinates"][0][2][0] += 0.0005
    path.write_text(json.dumps(drawn))
    import_isolation(places, ImportOrder(path, moment(0.4), "tester"), SHELF)
    assert part(moment(0.5)) > before * 1.4
