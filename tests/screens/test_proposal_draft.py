"""A draft on the zoning desk: accepted, overridden, consulted, approved, published."""

from datetime import date, timedelta

import pytest

from tests.screens.desks import words
from tests.screens.proposal_desks import fill, open_desk, visit
from tests.screens.zone_desks import moment
from zoning.access import Role
from zoning.orders.draft import DraftContent, DraftKind, Override
from zoning.orders.state import OrderState
from zoning.store.orders import zones_in_force
from zoning.workflow.floors import NewFloor, set_floor

HEAD = {
    "number": "HS/2",
    "title": "Zones of the city",
    "act": "Disaster Management Act, 2005",
    "reason": "Rule of 17 May 2020",
    "signatory": "officer",
}


@pytest.fixture
def desk(tmp_path, sqlite_template):
    desk = open_desk(tmp_path, sqlite_template)
    fill(desk, tmp_path)
    return desk


@pytest.fixture
def draft(desk):
    return desk.start(DraftKind.ZONES, None)


def content(**changes):
    return DraftContent(**{**HEAD, **changes})


def in_force(desk, at):
    with desk.data.store.reading() as session:
        standing = zones_in_force(session, at)
    return dict(zip(standing.unit_id.tolist(), standing.zone.tolist(), strict=True))


def test_a_draft_is_begun_in_the_first_step_and_its_number_is_in_the_address(desk):
    test = visit(desk, step="compute")
    test.button(key="begin-zones").click().run()
    assert not test.exception
    assert test.query_params["draft"] == "1"
    assert "Draft 1, Zones of units, version 1: draft. officer started it" in words(test)


def test_a_change_is_accepted_and_counted(desk, draft):
    test = visit(desk, draft=1)
    assert "0 of 1 change looked at" in test.get("progress")[0].proto.text
    test.button(key="accept-W9").click().run()
    assert "1 of 1 change looked at" in test.get("progress")[0].proto.text
    assert test.button(key="accept-W9").disabled


def test_deciding_otherwise_needs_a_reason_and_then_stands_in_list_table_and_costs(desk, draft):
    test = visit(desk, draft=1)
    test.button(key="override-W9").click().run()
    test.button(key="override-yes").click().run()
    assert "Deciding otherwise than proposed in W9 needs a reason" in words(test)
    test.radio(key="override-decided-W9").set_value("orange")
    test.text_area(key="override-reason-W9").set_value("One household, sealed")
    test.button(key="override-yes").click().run()
    assert not test.exception
    said = words(test)
    assert "Decided otherwise: Orange. One household, sealed" in said
    saved = desk.draft(1)
    assert saved.content.overrides == (Override("W9", "red", "orange", "One household, sealed"),)
    frame = test.dataframe[0].value.set_index("Code")
    assert frame.loc["W9", "To order"] == "Orange"
    test.button(key="back-W9").click().run()
    assert desk.draft(1).content.overrides == ()


def test_below_a_floor_the_number_and_day_of_the_concurrence_are_asked_for(desk, draft):
    set_floor(
        desk.data.store, NewFloor("W5", "red", "Home", "H/12", moment(24)), moment(25), "tester"
    )
    test = visit(desk, draft=1)
    test.button(key="override-W5").click().run()
    assert "A floor stands here (Home, H/12)" in words(test)
    test.radio(key="override-decided-W5").set_value("orange")
    test.text_area(key="override-reason-W5").set_value("Home agrees")
    test.text_input(key="override-concurrence-W5").set_value("H/13")
    test.button(key="override-yes").click().run()
    assert "needs its number and its day" in words(test)
    test.date_input(key="override-concurred-on-W5").set_value(date(2020, 5, 26))
    test.button(key="override-yes").click().run()
    (override,) = desk.draft(1).content.overrides
    assert (override.concurrence, override.concurred_on) == ("H/13", date(2020, 5, 26))


def test_an_override_on_a_version_that_somebody_changed_is_refused_and_the_text_kept(desk, draft):
    test = visit(desk, draft=1)
    test.button(key="override-W9").click().run()
    desk.save(1, 1, content(title="Theirs"))
    test.text_area(key="override-reason-W9").set_value("Mine")
    test.button(key="override-yes").click().run()
    assert "Since version 1 of the draft officer saved it on" in words(test)
    assert test.text_area(key="override-reason-W9").value == "Mine"
    assert desk.draft(1).content.overrides == ()
    test.button(key="override-go-on").click().run()
    test.button(key="override-yes").click().run()
    saved = desk.draft(1).content
    assert (saved.title, saved.overrides[0].reason) == ("Theirs", "Mine")


def test_the_head_is_saved_and_what_somebody_saved_meanwhile_is_told(desk, draft):
    test = visit(desk, draft=1, step="sign")
    for part, text in HEAD.items():
        field = test.text_area if part == "reason" else test.text_input
        field(key=f"text-{part}").set_value(text)
    desk.save(1, 1, content(number="HS/9", title="Theirs"))
    test.button(key="text-save").click().run()
    said = words(test)
    assert "Since version 1 of the draft officer saved it on" in said
    assert "What you typed is kept" in said
    assert "Saved by officer: Theirs" in said
    assert test.text_input(key="text-number").value == "HS/2"
    test.button(key="text-save").click().run()
    assert desk.draft(1).content.title == "Zones of the city"


def test_what_is_missing_stands_at_the_consultation_and_the_signature(desk, draft):
    for step in ("consult", "sign"):
        assert "The draft has no number; give it one." in words(visit(desk, draft=1, step=step))


def test_a_draft_goes_through_consultation_and_approval_to_an_order_in_force(desk, draft):
    desk.save(1, 1, content())
    test = visit(desk, draft=1, step="consult")
    assert "Home will be asked, and has 24 hours to answer." in words(test)
    test.button(key="consult-send").click().run()
    assert "◐ 24 hours left. Asked by officer" in words(test)
    test.text_input(key="answer-reference-home").set_value("H/1")
    test.button(key="answer-home").click().run()
    assert "Home agrees; written down by officer" in words(test)
    signing = visit(desk, draft=1, step="sign")
    signing.button(key="sign-approve").click().run()
    assert desk.draft(1).state is OrderState.APPROVED
    signing.button(key="sign-publish").click().run()
    assert not signing.exception
    assert "A published order never changes" in words(signing)
    zones = in_force(desk, moment(25.3))
    # The rule says orange for W5, and rule 6 keeps it red.
    assert (zones["W9"], zones["W5"], zones["W2"]) == ("red", "red", "green")


def test_an_approval_before_the_answer_is_refused_in_a_sentence(desk, draft):
    desk.save(1, 1, content())
    desk.send(1, 2)
    test = visit(desk, draft=1, step="sign")
    test.button(key="sign-approve").click().run()
    assert "Home hasn't answered the consultation yet" in words(test)


def test_an_order_may_take_effect_later_and_the_page_says_when(desk, draft):
    later = moment(26)
    desk.save(1, 1, content(effective_at=later))
    said = words(visit(desk, draft=1, step="sign"))
    assert "In force from 27 May 2020, 11:30 IST." in said
    assert "the change waits for its hour" in said


def test_a_draft_is_given_back_with_a_note_and_ended_with_one(desk, draft):
    desk.save(1, 1, content())
    desk.send(1, 2)
    test = visit(desk, draft=1, step="consult")
    test.button(key="consult-back").click().run()
    assert "needs a note" in words(test)
    test.text_input(key="consult-note").set_value("Figures changed")
    test.button(key="consult-back").click().run()
    assert desk.draft(1).state is OrderState.DRAFT
    ending = visit(desk, draft=1, step="sign")
    ending.text_input(key="withdraw-note").set_value("A new run")
    ending.button(key="sign-end").click().run()
    assert desk.draft(1).state is OrderState.WITHDRAWN
    assert "draft" not in ending.query_params


def test_a_guessed_number_of_a_draft_tells_nothing(desk, draft, tmp_path, sqlite_template):
    other = open_desk(tmp_path, sqlite_template, Role.OBSERVER, moment(25.2) + timedelta(minutes=1))
    test = visit(other, draft=1)
    assert not test.exception
    said = words(test)
    assert "There is no draft 1 that you may see" in said
    assert "Zones of units" not in said


def test_a_draft_on_categories_lists_its_booths_and_takes_overrides(desk):
    desk.start(DraftKind.CATEGORIES, None)
    test = visit(desk, draft=1, step="draw")
    assert not test.exception
    assert "What these booths will be is decided by this draft" in words(test)
    whole = test.toggle(key="proposal-booths-whole").set_value(True).run().dataframe[0].value
    assert whole.set_index("Booth").loc["W5-a", "Change"] == "A"
    chosen = visit(desk, draft=1, step="draw", booth="W5-c")
    chosen.button(key="override-booth").click().run()
    chosen.radio(key="override-decided-W5-c").set_value("A")
    chosen.text_area(key="override-reason-W5-c").set_value("A cluster in one lane")
    chosen.button(key="override-yes").click().run()
    assert not chosen.exception
    assert desk.draft(1).content.overrides[0].area_id == "W5-c"
    again = words(visit(desk, draft=1, step="draw"))
    assert "B→A" in again
