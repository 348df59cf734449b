"""Directions, gates, commanders and ends of an order are written at the zoning desk."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from tests.screens.desks import words
from tests.screens.proposal_desks import fill, open_desk, visit
from tests.screens.zone_desks import moment
from zoning.access import Officer, Posting, Role
from zoning.clock import IST
from zoning.orders.draft import DraftKind
from zoning.orders.paper import Commander, Direction, Gate
from zoning.store.officers import add_officers, add_postings

GATES, COMMANDERS = "terms-1-gates", "terms-1-commanders"


@pytest.fixture
def desk(tmp_path, sqlite_template):
    desk = open_desk(tmp_path, sqlite_template)
    fill(desk, tmp_path)
    return desk


@pytest.fixture
def decision(desk):
    return desk.start(DraftKind.CATEGORIES, None)


def sign(desk):
    test = visit(desk, draft=1, step="sign")
    assert not test.exception
    return test


def zones(test):
    """Return the two zones that the decision closes."""
    first, second = test.selectbox(key=f"{GATES}-zone").options[1:]
    return first, second


def add_gate(test, place="Main road", hours="6 to 20", zone=0):
    if zone is not None:
        test.selectbox(key=f"{GATES}-zone").set_value(zones(test)[zone])
    test.text_input(key=f"{GATES}-place").set_value(place)
    test.text_input(key=f"{GATES}-hours").set_value(hours)
    test.checkbox(key=f"{GATES}-medical").check()
    return test.button(key=f"{GATES}-add").click().run()


def test_what_refuses_and_what_is_only_missing_are_told_apart_before_signing(desk, decision):
    said = words(sign(desk))
    refused, missing = said.split("missing that refuse")
    assert "has no incident commander" in refused
    assert "has no entry or exit" in refused
    assert "neither a review nor an expiry" in refused
    assert "No day is set on which the order is reviewed" in missing
    assert "has no incident commander" in words(visit(desk, draft=1, step="consult"))


def test_a_draft_on_colours_is_only_told_what_it_lacks(desk):
    desk.start(DraftKind.ZONES, None)
    test = sign(desk)
    assert "No moment is set at which the order expires" in words(test)
    assert "neither a review" not in words(test)
    assert f"{GATES}-place" not in [field.key for field in test.text_input]


def test_a_gate_is_added_changed_and_taken_out(desk, decision):
    test = sign(desk)
    first, second = zones(test)
    add_gate(test)
    assert desk.draft(1).content.gates == (Gate(first, "Main road", "6 to 20", True),)
    said = words(test)
    assert f"Main road, 6 to 20; medical exit at any hour; {first}." in said
    assert f"zone {first} has no entry" not in said
    assert f"zone {second} has no entry" in said
    assert test.text_input(key=f"{GATES}-place").value == ""
    test.button(key=f"{GATES}-0-change").click().run()
    assert test.text_input(key=f"{GATES}-hours").value == "6 to 20"
    test.text_input(key=f"{GATES}-hours").set_value("at any hour")
    test.button(key=f"{GATES}-add").click().run()
    assert desk.draft(1).content.gates == (Gate(first, "Main road", "at any hour", True),)
    test.button(key=f"{GATES}-0-out").click().run()
    assert desk.draft(1).content.gates == ()


def test_a_gate_without_its_hours_is_refused_and_what_was_typed_stays(desk, decision):
    test = add_gate(sign(desk), hours="")
    assert "A gate has a place and hours" in words(test)
    assert test.text_input(key=f"{GATES}-place").value == "Main road"
    assert desk.draft(1).version == 1


def test_a_gate_of_one_of_several_zones_says_of_which(desk, decision):
    test = add_gate(sign(desk), zone=None)
    assert "The order closes several zones" in words(test)
    assert desk.draft(1).content.gates == ()


def test_what_was_typed_stays_when_somebody_else_saved_and_both_are_kept(desk, decision):
    test = sign(desk)
    theirs = replace(desk.draft(1).content, gates=(Gate("", "Canal road", "6 to 9"),))
    desk.save(1, 1, theirs)
    add_gate(test)
    assert "Since version 1 of the draft officer saved it on" in words(test)
    assert test.text_input(key=f"{GATES}-place").value == "Main road"
    test.button(key=f"{GATES}-add").click().run()
    assert [gate.place for gate in desk.draft(1).content.gates] == ["Canal road", "Main road"]


def test_a_direction_has_who_acts_and_until_when(desk, decision):
    key = "terms-1-directions"
    test = sign(desk)
    test.text_area(key=f"{key}-text").set_value("Put up the cordon.")
    test.button(key=f"{key}-add").click().run()
    assert "what has to be done and who does it" in words(test)
    test.text_input(key=f"{key}-who").set_value("BDO")
    test.date_input(key=f"{key}-on").set_value(date(2020, 5, 28))
    test.time_input(key=f"{key}-at").set_value(time(9))
    test.button(key=f"{key}-add").click().run()
    due = datetime(2020, 5, 28, 9, tzinfo=IST)
    assert desk.draft(1).content.directions == (Direction("Put up the cordon.", "BDO", due),)
    assert "Action by: BDO, until 28 May 2020, 09:00 IST" in words(test)


def test_a_commander_of_the_roster_is_taken_and_has_a_telephone_typed(desk, decision):
    with desk.data.store.transaction() as session:
        add_officers(session, [Officer("IC-1", "R. Das", "")], at=moment(25), who="tester")
        post = Posting("IC-1", Role.INCIDENT_COMMANDER, "N", "", date(2020, 5, 1))
        add_postings(session, [post], at=moment(25), who="tester")
    test = sign(desk)
    chosen = test.selectbox(key=f"{COMMANDERS}-roster")
    chosen.set_value(chosen.options[1]).run()
    assert test.text_input(key=f"{COMMANDERS}-name").value == "R. Das"
    test.button(key=f"{COMMANDERS}-add").click().run()
    assert "a name and a telephone number" in words(test)
    test.text_input(key=f"{COMMANDERS}-phone").set_value("033 1")
    test.button(key=f"{COMMANDERS}-add").click().run()
    (saved,) = desk.draft(1).content.commanders
    assert (saved.name, saved.phone, saved.zone_ids) == ("R. Das", "033 1", ())
    assert saved.office
    assert "has no incident commander" not in words(test)


def test_somebody_outside_the_roster_commands_the_zones_that_are_named(desk, decision):
    test = sign(desk)
    assert "The roster has no incident commander in this area" in words(test)
    zone, other = zones(test)
    test.multiselect(key=f"{COMMANDERS}-zones").set_value([zone])
    for name, text in (("name", "A. Roy"), ("office", "SDO"), ("phone", "033 2")):
        test.text_input(key=f"{COMMANDERS}-{name}").set_value(text)
    test.button(key=f"{COMMANDERS}-add").click().run()
    assert desk.draft(1).content.commanders == (Commander("A. Roy", "SDO", "033 2", (zone,)),)
    said = words(test)
    assert f"zone {zone} has no incident commander" not in said
    assert f"zone {other} has no incident commander" in said


def test_review_and_the_orders_that_end_are_saved_with_the_head(desk):
    desk.start(DraftKind.ZONES, None)
    test = sign(desk)
    test.date_input(key="text-review").set_value(date(2020, 6, 2))
    ends = test.multiselect(key="text-ends")
    assert ends.options == ["Z/1"]
    ends.set_value(["Z/1"])
    test.button(key="text-save").click().run()
    saved = desk.draft(1).content
    assert saved.supersedes == ("Z/1",)
    assert saved.review_at == datetime(2020, 6, 2, 9, tzinfo=IST)


def test_what_is_sent_is_shown_and_not_changed(desk, decision):
    add_gate(sign(desk))
    desk.send(1, 2)
    test = sign(desk)
    assert "Main road, 6 to 20" in words(test)
    assert f"{GATES}-place" not in [field.key for field in test.text_input]
