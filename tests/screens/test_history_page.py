"""The history screen: a moment, a difference, a trend with breaks, who did what."""

from __future__ import annotations

import shutil
from urllib.parse import unquote

import pytest

from tests.screens.desks import words
from tests.screens.history_desks import desk_of, live, visit
from tests.store.samples import NOON
from zoning.access import Role, Standing
from zoning.settings import Settings
from zoning.store.engine import open_store
from zoning.workflow.actor import Actor
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.history_desk import HistoryDesk
from zoning.workflow.uploads import UploadShelf

TABS = ("day", "change", "trend", "audit")


@pytest.fixture
def empty(tmp_path, sqlite_template):
    file = tmp_path / "seemana.db"
    shutil.copy(sqlite_template, file)
    opened = open_store(f"sqlite:///{file}")
    yield opened
    opened.close()


@pytest.fixture
def lived(empty, tmp_path):
    return live(empty, tmp_path)


def drawings(test):
    return [unquote(e.proto.body) for e in test.get("html") if 'class="sm-pair"' in e.proto.body]


@pytest.mark.parametrize("tab", TABS)
def test_an_empty_database_is_said_and_no_fault(empty, tmp_path, tab):
    test = visit(desk_of(empty, tmp_path), tab=tab)
    assert not test.exception
    said = words(test)
    assert any(
        part in said
        for part in ("zoning import boundaries FILE", "No order was published", "Nobody did")
    )


@pytest.mark.parametrize("tab", TABS)
def test_who_holds_no_post_is_shown_nothing(lived, tmp_path, tab):
    data = DataDesk(lived, Settings(), UploadShelf(tmp_path), Actor("x", Standing()), lambda: NOON)
    test = visit(HistoryDesk(data), tab=tab)
    assert "History is for officers" in words(test) and not test.tabs


def test_a_moment_answers_in_one_sentence_with_two_drawings(lived, tmp_path):
    test = visit(desk_of(lived, tmp_path), at="2020-05-22T11:30")
    said = words(test)
    assert not test.exception
    assert "On 22 May 2020, 11:30 IST:" in said and "booths:" in said
    assert "says otherwise by mohfw-2020-05-17" in said
    (pair,) = drawings(test)
    assert pair.count("<figure>") == 2
    # Letters stand on the units, and a mark where the two say otherwise.
    assert ">R!</text>" in pair or ">O!</text>" in pair or ">G!</text>" in pair
    frame = test.dataframe[0].value
    # W4 may not be relaxed yet, and W6 was decided otherwise; they stand first.
    assert frame["Says"].iloc[:2].tolist() == ["! otherwise"] * 2
    assert set(frame["Code"].iloc[:2]) == {"W4", "W6"}


def test_a_day_without_a_time_is_its_end(lived, tmp_path):
    assert "On 22 May 2020, 23:59 IST" in words(visit(desk_of(lived, tmp_path), at="2020-05-22"))


@pytest.mark.parametrize("at", ["x", "2020-13-01", "2099-01-01T00:00", "2020-05-22T11:30Z"])
def test_a_moment_that_is_none_is_said_and_another_shown(lived, tmp_path, at):
    test = visit(desk_of(lived, tmp_path), at=at)
    assert test.warning and "On 31 May 2020" in words(test) and not test.exception


def test_before_boundaries_the_page_says_so(lived, tmp_path):
    test = visit(desk_of(lived, tmp_path), at="2020-04-01T00:00")
    assert "No boundaries were known then" in test.error[0].value


def test_an_officer_of_an_area_is_not_handed_what_was_known_elsewhere(lived, tmp_path):
    test = visit(desk_of(lived, tmp_path, Role.DISTRICT_MAGISTRATE, "N"), at="2020-05-22T11:30")
    frame = test.dataframe[0].value.set_index("Code")
    assert (frame.loc[["W4", "W6", "W8"], "As known then"] == "").all()
    assert (frame.loc[["W4", "W6", "W8"], "Says"] == "– not shown").all()
    assert (frame.loc[["W0", "W3"], "As known then"] != "").all()
    assert (frame["In force"] != "").all()


def test_the_proof_is_one_click_away_and_a_wrong_hash_fails_it(lived, tmp_path):
    test = visit(desk_of(lived, tmp_path), at="2020-05-12T11:30")
    test.button("history-prove").click().run()
    assert "is unaltered: 1 order is as it was sealed" in words(test)
    assert "Head of the audit now" in words(test)
    test.text_input("history-noted").set_value("0" * 64)
    test.button("history-prove").click().run()
    assert "isn't in the audit" in words(test)


def test_what_changed_is_told_with_letters_and_by_which_order(lived, tmp_path):
    test = visit(
        desk_of(lived, tmp_path), **{"tab": "change", "from": "2020-05-12", "to": "2020-05-19"}
    )
    assert not test.exception
    said = words(test)
    assert "changed." in said and "Between 12 May 2020, 23:59 IST and 19 May 2020" in said
    frame = test.dataframe[0].value
    w2 = frame.set_index("Code").loc["W2"]
    assert "→" in w2["Change"] and w2["By order"].startswith("Z-20200517")
    assert set(frame["What"]) == {"Unit", "Booth"}
    (drawing,) = drawings(test)
    assert f">{w2['Change']}</text>" in drawing


def test_moments_in_the_wrong_order_are_refused(lived, tmp_path):
    test = visit(
        desk_of(lived, tmp_path), **{"tab": "change", "from": "2020-05-19", "to": "2020-05-12"}
    )
    assert "exchange" in test.error[0].value


def test_nothing_changed_is_said(lived, tmp_path):
    test = visit(
        desk_of(lived, tmp_path), **{"tab": "change", "from": "2020-05-12", "to": "2020-05-12"}
    )
    assert "The same was in force at both moments" in words(test)


def test_the_trend_says_where_it_breaks_and_stands_in_a_table(lived, tmp_path):
    test = visit(desk_of(lived, tmp_path), tab="trend")
    assert not test.exception
    said = words(test)
    assert "The series breaks 1 time" in said and "1. Policy" in said
    frame = test.dataframe[0].value
    assert len(frame) == 21 and (frame["Break"] != "").sum() == 1
    assert {"Booths A", "Booths B", "Units R", "Active"} <= set(frame.columns)


def test_active_cases_of_a_trend_are_said_to_be_of_the_area(lived, tmp_path):
    said = words(visit(desk_of(lived, tmp_path, Role.CMOH, "N"), tab="trend"))
    assert "Of your area alone." in said


def test_the_audit_is_looked_through_by_the_address(lived, tmp_path):
    desk = desk_of(lived, tmp_path, Role.STATE_HEALTH)
    test = visit(desk, tab="audit", action="order.content")
    assert set(test.dataframe[0].value["What"]) == {"fixed what an order says"}
    test = visit(desk, tab="audit", since="2020-05-18", until="2020-05-18")
    assert len(test.dataframe[0].value) > 2
    assert "Nobody did anything" in words(visit(desk, tab="audit", who="nobody-here"))
    assert not visit(desk, tab="audit", since="x", action="y").exception


def test_the_audit_is_verified_by_a_button(lived, tmp_path):
    test = visit(desk_of(lived, tmp_path, Role.HOME), tab="audit")
    test.button("audit-verify-now").click().run()
    assert "entries, head" in words(test)


def test_who_may_not_read_the_audit_is_told_who_may(lived, tmp_path):
    test = visit(desk_of(lived, tmp_path, Role.CMOH, "N"), tab="audit")
    assert "read who did what" in test.warning[0].value
    assert "state health department" in test.warning[0].value
    assert not test.dataframe
