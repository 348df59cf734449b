"""The orders screen: its first sentence, its states, one order, and what each officer may."""

from __future__ import annotations

import json

import pytest

from tests.institution import approved, moment, said
from tests.screens.desks import words
from tests.screens.order_desks import (
    BOTH,
    NORTH,
    SOUTH,
    desk_of,
    fill,
    only_places,
    open_orders,
    visit,
)
from zoning.access import Role
from zoning.errors import AccessError, InputError
from zoning.store import audit

TABS = ("order", "paper", "compare")
DM = Role.DISTRICT_MAGISTRATE


@pytest.fixture
def store(tmp_path, sqlite_template):
    return open_orders(tmp_path, sqlite_template)


@pytest.fixture
def filled(store, tmp_path):
    return fill(store, tmp_path)


def test_the_first_sentence_says_what_is_in_force_and_what_comes_next(filled, tmp_path):
    said = words(visit(desk_of(filled, tmp_path)))
    assert f"1 order is in force; next: {SOUTH} takes effect, today, 15:30 IST." in said or (
        f"1 order is in force; next: {NORTH} takes effect, today, 15:30 IST." in said
    )


def test_each_order_is_listed_with_where_it_stands_and_its_next_effect(filled, tmp_path):
    frame = visit(desk_of(filled, tmp_path)).dataframe[0].value.set_index("Number")
    assert list(frame.index) == [SOUTH, NORTH, BOTH]
    assert frame.loc[NORTH, "Status"] == "◷ takes effect later"
    assert frame.loc[NORTH, "Next"] == "takes effect"
    assert frame.loc[BOTH, "Status"] == "● in force"
    later = visit(desk_of(filled, tmp_path, at=moment(4))).dataframe[0].value.set_index("Number")
    assert later.loc[NORTH, "Status"] == "● in force"
    assert later.loc[NORTH, "Next"] == "is reviewed"
    gone = visit(desk_of(filled, tmp_path, at=moment(24 * 20))).dataframe[0].value
    assert set(gone.set_index("Number").loc[[NORTH, SOUTH], "Status"]) == {"– expired"}


def test_orders_of_one_area_are_those_that_speak_of_it(filled, tmp_path):
    test = visit(desk_of(filled, tmp_path), area="N")
    assert list(test.dataframe[0].value["Number"]) == [NORTH, BOTH]
    assert "North" in test.selectbox[0].options


def test_a_card_tells_all_that_was_signed(filled, tmp_path):
    said = words(visit(desk_of(filled, tmp_path), order=NORTH))
    for told in (
        "Containment zone in the north",
        "section 34 of the Disaster Management Act, 2005",
        "R. Sen",
        "Cordon the zone.",
        "Commissioner of Police",
        "medical exit, open at any hour",
        "033-0000 0101",
        "CP/455",
        "Commissioner or Superintendent of Police",
        "District Magistrate, South",
        "W2-a",
        "1 booth in C, clean, besides those listed.",
        "SHA-256",
    ):
        assert told in said


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("number", [NORTH, BOTH])
def test_no_panel_fails(filled, tmp_path, tab, number):
    test = visit(desk_of(filled, tmp_path), order=number, tab=tab)
    assert not test.exception
    assert not test.error


def test_the_paper_is_shown_as_it_prints_in_both_languages(filled, tmp_path):
    desk = desk_of(filled, tmp_path)
    test = visit(desk, order=NORTH, tab="paper")
    assert "Page 1 of" in words(test)
    pages = desk.pages(NORTH, "en")
    assert all(page.startswith(b"\x89PNG") for page in pages)
    papers = desk.papers(NORTH, ("bn",))
    assert papers["order.bn.pdf"].startswith(b"%PDF")
    assert json.loads(papers["order.json"])["number"] == NORTH
    assert not any("annex" in name for name in papers)


def test_the_annex_is_offered_to_who_may_see_it_and_to_nobody_else(filled, tmp_path):
    own = visit(desk_of(filled, tmp_path, DM, "N"), order=NORTH, tab="paper")
    assert "Annex as sealed, JSON" in [button.label for button in own.get("download_button")]
    other = visit(desk_of(filled, tmp_path, DM, "N"), order=SOUTH, tab="paper")
    assert not other.exception
    assert "The evidence is sealed" in words(other)
    assert "Annex as sealed, JSON" not in [b.label for b in other.get("download_button")]


def test_an_officer_reads_every_order_and_opens_no_annex_of_another(filled, tmp_path):
    desk = desk_of(filled, tmp_path, DM, "N")
    assert "In the south" in words(visit(desk, order=SOUTH))
    with pytest.raises(AccessError, match="lies outside it"):
        desk.annex(SOUTH)
    with pytest.raises(AccessError):
        desk.annex(BOTH)
    assert desk.annex(NORTH).sealed.startswith(b'{"areas"')
    with filled.reading() as session:
        reads = [e for e in audit.read_entries(session) if e.action == audit.READ]
    assert [entry.detail["number"] for entry in reads] == [NORTH]


def test_two_orders_are_compared_on_maps_and_row_by_row(filled, tmp_path):
    test = visit(desk_of(filled, tmp_path), order=NORTH, tab="compare", other=SOUTH)
    said = words(test)
    assert f"From {NORTH} to {SOUTH} the zone changes in 0 units, the category of 2 booths." in said
    assert "Changes: new zones of units, new A, and dashed where A ends" in said
    assert list(test.dataframe[-1].value["Booth"]) == ["W5-a", "W5-b"]
    with pytest.raises(InputError, match="compared with itself"):
        desk_of(filled, tmp_path).difference(NORTH, NORTH)


def test_an_order_is_withdrawn_with_a_reason_by_who_may(filled, tmp_path):
    foreign = visit(desk_of(filled, tmp_path, DM, "S"), order=NORTH)
    assert "withdraw" not in [button.key for button in foreign.button]
    desk = desk_of(filled, tmp_path, DM, "N")
    test = visit(desk, order=NORTH)
    test.button(key="withdraw").click().run()
    test.button(key="withdraw-yes").click().run()
    assert test.error, "a reason is needed"
    test.text_area(key="withdraw-reason").set_value("The lab took its result back.").run()
    test.button(key="withdraw-yes").click().run()
    assert not test.exception
    assert test.dataframe[0].value.set_index("Number").loc[NORTH, "Status"] == "✗ withdrawn"
    with pytest.raises(AccessError):
        desk.withdraw(SOUTH, "mine")


def test_without_orders_the_page_says_what_to_do(store, tmp_path):
    assert "No order is in the books yet" in words(visit(desk_of(store, tmp_path)))
    only_places(store)
    test = visit(desk_of(store, tmp_path), area="N")
    assert not test.exception
    assert "No order speaks of North" in words(test)


def test_a_number_that_isnt_there_is_a_sentence(filled, tmp_path):
    test = visit(desk_of(filled, tmp_path), order="99/X")
    assert not test.exception
    assert "There is no order 99/X" in words(test)


def test_who_holds_nothing_sees_nothing(filled, tmp_path):
    from dataclasses import replace

    from zoning.access.standing import Standing
    from zoning.workflow.actor import Actor

    desk = desk_of(filled, tmp_path)
    nobody = replace(desk, data=replace(desk.data, who=Actor("nobody", Standing())))
    test = visit(nobody, order=NORTH, tab="paper")
    said = words(test)
    assert not test.exception
    assert "you may not see orders" in said
    assert NORTH not in said


def test_a_draft_is_shown_as_it_would_print_with_what_it_lacks(filled, tmp_path):
    content = said("HS/9", review_at=None)
    draft = approved(filled, at=moment(3.25), content=content)
    test = visit(desk_of(filled, tmp_path), draft=draft.draft_id)
    told = words(test)
    assert not test.exception
    assert "HS/9 as it would print" in told
    assert "No day is set on which the order is reviewed." in told
    assert test.dataframe[0].value["State"].tolist() == ["approved"]
    foreign = visit(desk_of(filled, tmp_path, DM, "N"), draft=999)
    assert "There is no draft 999 under way that you may see." in words(foreign)
