"""The containment screen: its first sentence, its states, the zones in force."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.screens.desks import words
from tests.screens.zone_desks import (
    bring_cases,
    bring_places,
    fill,
    moment,
    open_desk,
    put_in_force,
    visit,
)
from zoning.access import Role
from zoning.store.orders import OrderKind

TABS = ("zones", "whatif", "release", "alarms")
W5, W1 = "CZ-20200510-002", "CZ-20200510-001"


@pytest.fixture
def desk(tmp_path, sqlite_template):
    return fill(open_desk(tmp_path, sqlite_template), tmp_path)


def test_the_first_sentence_answers_with_numbers_and_a_day(desk):
    said = words(visit(desk))
    assert (
        "2 containment zones; booths: 2 A, 6 B; 10,000 people in A, 46 workers at 50 houses each; "
        "cases to 10 May 2020." in said
    )
    assert "drawn by memo-177-cs-2020, buffer 500 m; released by mohfw-2020-04-17." in said


@pytest.mark.parametrize("tab", TABS)
def test_without_boundaries_each_panel_says_what_to_do_first(tmp_path, sqlite_template, tab):
    test = visit(open_desk(tmp_path, sqlite_template), tab=tab)
    assert not test.exception
    assert not test.error
    assert "zoning import boundaries FILE" in words(test)


@pytest.mark.parametrize("tab", TABS)
def test_without_an_order_no_panel_fails(tmp_path, sqlite_template, tab):
    desk = open_desk(tmp_path, sqlite_template)
    bring_places(desk, tmp_path)
    test = visit(desk, tab=tab)
    assert not test.exception
    assert "No containment zone is in force; no report of cases yet." in words(test)


@pytest.mark.parametrize("tab", TABS)
def test_who_may_not_see_figures_sees_none(tmp_path, sqlite_template, tab):
    fill(open_desk(tmp_path, sqlite_template), tmp_path)
    test = visit(open_desk(tmp_path, sqlite_template, Role.PUBLIC), tab=tab)
    said = words(test)
    assert "you may see the map and not the figures behind it" in said
    assert "CZ-2020" not in said
    assert not test.tabs


def test_reports_that_stay_away_are_said_at_the_top(desk):
    assert "No unit is complete beyond" not in words(visit(desk))
    desk.data.clock.at = moment(16)
    said = words(visit(desk))
    assert "No unit is complete beyond 10 May 2020, 7 days ago" in said


def test_a_tab_that_isnt_there_is_the_first(desk):
    assert visit(desk, tab="x").tabs[0].label == "Zones"
    assert not visit(desk, tab="x").exception


def test_a_zone_is_listed_with_people_workers_line_and_what_it_asks_for(desk):
    frame = visit(desk).dataframe[0].value
    row = frame.set_index("Zone").loc[W5]
    assert row["Units"] == "Ward 5"
    assert (row["Booths A"], row["Booths B"]) == (1, 4)
    assert (row["People A"], row["Houses"], row["People known"]) == (5000, 1112, "✓ all")
    assert [row[f"Workers at {n}"] for n in (30, 50, 100)] == [38, 23, 12]
    assert row["Line, km"] == pytest.approx(2.1, abs=0.2)
    assert (row["Cases"], row["Share of cases, %"]) == (4, 100)


def test_unknown_people_make_a_figure_at_least(tmp_path, sqlite_template):
    unknown = ("booths.csv", "W5-b,W5,88.317500,22.512500,5000", "W5-b,W5,88.3175,22.5125,")
    more = [("W5-b", "2020-05-10", 4)]
    desk = fill(open_desk(tmp_path, sqlite_template), tmp_path, more, [unknown])
    said = words(visit(desk))
    assert "at least 10,000 people in A" in said
    assert "at least: 1 booth unknown" in said


def test_a_zone_in_the_address_is_open_with_sentences_consents_and_its_life(desk):
    said = words(visit(desk, zone=W5))
    assert "In A live 5,000 people, in B 20,000 people." in said
    assert "restricts 6,250 people for each" in said
    assert "Nothing is doubtful about this zone." in said
    assert "Somebody has to consent, and who isn't known" in said
    assert "11 May 2020: Opened with 1 booth. In force by" in said
    assert desk.look().found.orders[0].kind is OrderKind.ZONES


def test_a_zone_that_took_in_another_tells_it_in_its_life(desk, tmp_path):
    way = ["W1-d", "W5-c", "W2-c", "W4-b", "W1-b", "W1-c"]
    bring_cases(desk, tmp_path, [(b, "2020-05-12", 3) for b in way], moment(12))
    put_in_force(desk, "2020-05-12", moment(12.1))
    desk.data.clock.at = moment(12.5)
    said = words(visit(desk, zone=W1))
    assert f"Took in booths of {W5}" in said
    gone = words(visit(desk, zone=W5))
    assert f"Containment zone {W5} isn't in force: it was released or merged." in gone


def test_a_name_from_a_file_is_never_markup(tmp_path, sqlite_template):
    bold = ("wards.geojson", '"Ward 5"', '"<i>Five</i> & more"')
    desk = fill(open_desk(tmp_path, sqlite_template), tmp_path, changes=[bold])
    drawn = " ".join(e.proto.body for e in visit(desk, zone=W5).get("html"))
    assert "&lt;i&gt;Five&lt;/i&gt; &amp; more" in drawn
    assert "<i>Five" not in drawn


def watched(desk, version):
    """Draw the part of the page that looks again."""
    from screens import containment

    containment._watch(desk, version)


def test_the_page_says_when_somebody_has_written_since(desk):
    for version, is_said in ((desk.version(), False), (desk.version() - 1, True)):
        test = AppTest.from_function(watched, args=(desk, version), default_timeout=60).run()
        assert ("has changed since" in words(test)) is is_said
