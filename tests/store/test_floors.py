"""A floor of a higher authority holds until a dated concurrence goes below it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.institution import approved, moment, officer, proposed, published, said
from zoning.access import Role
from zoning.errors import AccessError, OrderError
from zoning.orders.draft import DraftKind, Override
from zoning.store.orders import zones_in_force
from zoning.workflow import drafting
from zoning.workflow.floors import NewFloor, end_floor, floors_at, list_floors, set_floor

AT = moment(3)
FLOOR = NewFloor("S", "orange", "MHA", "40-3/2020", moment(1))


@pytest.fixture
def ready(store, tmp_path):
    proposed(store, tmp_path)
    return store


def agreed(unit, zone, concurrence="", on=None):
    return Override(unit, "", zone, "as agreed", concurrence, on)


def test_a_milder_zone_than_the_floor_is_told_on_saving_and_refused_on_publication(ready):
    set_floor(ready, replace_zone("W5", "red"), AT, "tester")
    content = said(overrides=(agreed("W5", "orange"),))
    draft = drafting.start(ready, DraftKind.ZONES, AT, "tester", content=content)
    saved = drafting.save(ready, draft.draft_id, 1, content, AT, "tester")
    assert any("W5 would be orange, milder than red" in r for r in saved.remarks)
    with pytest.raises(OrderError, match="number and day of its concurrence"):
        published(ready, approved(ready, content=content))
    with ready.reading() as session:
        assert len(zones_in_force(session, moment(9))) == 0


def replace_zone(unit, zone):
    return NewFloor(unit, zone, "MHA", "40-3/2020", moment(1))


def test_a_proposal_stays_at_the_floor_of_its_district(ready):
    set_floor(ready, FLOOR, AT, "tester")
    published(ready, approved(ready))
    with ready.reading() as session:
        found = zones_in_force(session, AT)
    zone = dict(zip(found.unit_id, found.zone, strict=True))
    assert {zone[f"W{n}"] for n in range(4, 9)} == {"orange"}
    assert zone["W2"] == "green"


@pytest.mark.parametrize(
    ("on", "is_enough"),
    [
        (date(2020, 5, 17), False),
        (date(2020, 5, 18), True),
        (date(2020, 5, 19), False),
    ],
    ids=["before the floor", "of its day", "yet to come"],
)
def test_a_concurrence_counts_from_the_floors_day_to_today(ready, on, is_enough):
    set_floor(ready, FLOOR, AT, "tester")
    draft = approved(ready, content=said(overrides=(agreed("W5", "green", "MHA/77", on),)))
    if is_enough:
        published(ready, draft)
        return
    with pytest.raises(OrderError, match="milder than orange"):
        published(ready, draft)


def test_a_floor_holds_from_its_hour_until_its_end(ready):
    number = set_floor(ready, FLOOR, AT, "tester")
    end_floor(ready, number, moment(10), "40-4/2020", moment(4), "tester")

    def held(hours, known=20):
        with ready.reading() as session:
            return len(floors_at(session, moment(hours), moment(known)))

    assert [held(h) for h in (0.9, 1, 9.9, 10)] == [0, 1, 1, 0]
    assert held(11, known=3.5) == 1, "as known before its end was told"
    assert list_floors(ready, moment(20))[0].new.valid_to == moment(10)
    with pytest.raises(OrderError, match=r"ends on .* already"):
        end_floor(ready, number, moment(12), "40-5/2020", moment(5), "tester")
    draft = approved(
        ready,
        at=moment(5),
        content=said(overrides=(agreed("W5", "green"),), effective_at=moment(10)),
    )
    published(ready, draft, at=moment(5))


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (NewFloor("X9", "red", "MHA", "1", moment(1)), "No unit has the code X9"),
        (NewFloor("S", "pink", "MHA", "1", moment(1)), "pink is no zone"),
        (NewFloor("S", "red", " ", "1", moment(1)), "who set it"),
        (NewFloor("S", "red", "MHA", "1", moment(2), moment(2)), "end before it begins"),
        (NewFloor("S", "red", "MHA", "1", datetime(2020, 5, 18)), "give the offset"),
    ],
)
def test_an_odd_floor_is_refused(ready, new, why):
    with pytest.raises(OrderError, match=why):
        set_floor(ready, new, AT, "tester")
    assert list_floors(ready, AT) == ()


def test_floors_are_for_home_and_health_alone(ready):
    for role, area in ((Role.DISTRICT_MAGISTRATE, "N"), (Role.CMOH, "N"), (Role.COMMISSIONER, "C")):
        with pytest.raises(AccessError):
            set_floor(ready, FLOOR, AT, officer(ready, role, area))
    number = set_floor(ready, FLOOR, AT, officer(ready, Role.HOME))
    with pytest.raises(AccessError):
        end_floor(ready, number, AT, "x", AT, officer(ready, Role.DISTRICT_MAGISTRATE, "N"))
    with pytest.raises(OrderError, match="no floor 999999"):
        end_floor(ready, 999999, AT, "x", AT, "tester")
    with pytest.raises(OrderError, match="in the past"):
        end_floor(ready, number, moment(2), "x", AT, "tester")
