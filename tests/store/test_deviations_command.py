"""`zoning deviations` and what `zoning measures --unit` makes of it, on both databases."""

from __future__ import annotations

import pytest

from tests.officers import settle
from tests.running import assert_refused, zoning
from tests.store.samples import NOON

ASK = ("--activity", "markets_and_shops", "--at", "2020-05-25T10:00", "--category", "C")
RECORD = (
    *("--unit", "W2", "--activity", "markets_and_shops", "--at", "2020-05-18T10:00"),
    *("--evidence", "photograph 12", "--premises", "Das Stores"),
)


@pytest.fixture
def ready(store, store_address, monkeypatch, request):
    monkeypatch.setenv("ZONING_DATABASE_URL", request.getfixturevalue("store_address"))
    monkeypatch.setattr("zoning.clock.now", lambda: NOON)
    return settle(store, NOON)


def recorded():
    """Record the deviation and return its number; one database of the tests keeps counting."""
    return zoning("deviations", "record", *RECORD, "--json").json()["deviation"]


def test_a_deviation_is_recorded_closed_asked_for_and_restored(ready):
    number = recorded()
    assert zoning("measures", *ASK, "--unit", "W2", "--json").json()["answer"] == "conditional"
    made = zoning("deviations", "withdraw", number, "--reason", "a crowd", "--json").json()
    assert made["number"] == "V-20200518-001"
    asked = (*ASK, "--unit", "W2", "--premises", "das stores")
    told = zoning("measures", *asked, "--json").json()
    assert (told["answer"], told["withdrawals"][0]["decides"]) == ("prohibited", True)
    assert told["clauses"][0]["section"] == "closing.i"
    assert "Withdrawn by V-20200518-001: a crowd" in zoning("measures", *asked).out
    assert zoning("measures", *ASK, "--json").json()["withdrawals"] == []
    listed = zoning("deviations", "list", "--json").json()["deviations"][0]
    assert (listed["state"], listed["withdrawals"][0]["number"]) == ("withdrawn", "V-20200518-001")
    assert "evidence" not in listed
    assert "V-20200518-001" in zoning("deviations", "list").out
    done = zoning("deviations", "restore", "V-20200518-001", "--reason", "put right")
    assert done.status == 0
    assert zoning("measures", *asked, "--json").json()["answer"] == "conditional"


def test_an_area_needs_a_review_and_what_cant_be_is_one_sentence(ready):
    number = recorded()
    zoning("deviations", "withdraw", number, "--reason", "a crowd")
    area = ("deviations", "withdraw", number, "--reason", "spreads", "--area", "N")
    assert_refused(zoning(*area, "--activity", "hotels"), "--review")
    assert_refused(
        zoning(*area, "--activity", "ambulances", "--review", "2020-05-25T10:00"), "ambulances"
    )
    made = zoning(*area, "--activity", "hotels", "--review", "2020-05-25T10:00")
    assert made.status == 0
    hotels = ("--activity", "hotels", *ASK[2:], "--unit", "W2", "--json")
    assert zoning("measures", *hotels).json()["answer"] == "prohibited"
    assert_refused(zoning("measures", *ASK, "--unit", "W99"), "W99")
    assert_refused(zoning("measures", *ASK, "--booth", "1/2"), "1/2")
    assert_refused(zoning("measures", *ASK, "--premises", "Das"), "--unit")
    assert_refused(zoning("deviations", "restore", "V-1", "--reason", "x"), "V-1")
    assert_refused(zoning("deviations", "withdraw", 987654, "--reason", "x"), "987654")
