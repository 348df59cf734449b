"""The zoning desk looks at a run: first sentence, list, card, table, map, and its states."""

from dataclasses import replace
from datetime import date

import pytest

from tests.screens.desks import words
from tests.screens.proposal_desks import fill, open_desk, visit
from tests.screens.zone_desks import bring_cases, bring_places, moment
from zoning.access import Role
from zoning.access.standing import Holding, Standing
from zoning.workflow.actor import Actor

STEPS = ("compute", "review", "draw", "consult", "sign")


@pytest.fixture
def desk(tmp_path, sqlite_template):
    desk = open_desk(tmp_path, sqlite_template)
    fill(desk, tmp_path)
    return desk


def test_the_first_sentence_says_how_many_change_by_which_rule_on_which_day(desk):
    assert (
        "1 of 9 units would change: 1 tightened, 0 relaxed, 0 for the first time; 1 milder and "
        "kept; judged on 25 May 2020 by mohfw-2020-05-17." in words(visit(desk))
    )


def test_changes_are_grouped_up_and_down_with_letters_and_reasons(desk):
    test = visit(desk)
    assert [e.label for e in test.expander[:2]] == [
        "▲ To tighten: 1",
        "◷ Milder, not yet long enough: 1",
    ]
    said = words(test)
    assert "G→R" in said and "R→O" in said
    assert "red is stricter than green, which is in force: tightening is at once." in said
    assert "on 26 May 2020 at the earliest" in said
    assert "above 60 is red by itself" in said


@pytest.mark.parametrize("step", STEPS)
def test_without_boundaries_every_step_says_what_to_do_first(tmp_path, sqlite_template, step):
    test = visit(open_desk(tmp_path, sqlite_template), step=step)
    assert not test.exception
    assert "zoning import boundaries FILE" in words(test)


@pytest.mark.parametrize("step", STEPS)
def test_without_a_run_every_step_leads_to_the_first(tmp_path, sqlite_template, step):
    desk = open_desk(tmp_path, sqlite_template)
    bring_places(desk, tmp_path)
    test = visit(desk, step=step)
    assert not test.exception
    assert "Nothing is proposed yet." in words(test)
    assert test.button(key="compute-propose") if step == "compute" else True


@pytest.mark.parametrize("step", STEPS)
def test_who_may_not_see_figures_sees_none(tmp_path, sqlite_template, step):
    fill(open_desk(tmp_path, sqlite_template), tmp_path)
    test = visit(open_desk(tmp_path, sqlite_template, Role.PUBLIC), step=step, unit="W9")
    said = words(test)
    assert "you may see the map and not the figures behind it" in said
    assert "active per lakh" not in said
    assert not test.dataframe


def test_reports_that_stay_away_and_data_that_came_are_said_at_the_top(desk, tmp_path):
    assert "No unit is complete beyond" not in words(visit(desk))
    desk.data.clock.at = moment(31)
    assert "No unit is complete beyond 25 May 2020, 7 days ago" in words(visit(desk))
    bring_cases(desk, tmp_path, [("W2-a", "2020-05-26", 1)], moment(26), date(2020, 5, 26))
    assert "Data came or was taken back since this was judged" in words(visit(desk))


def test_a_run_that_there_isnt_is_said_and_nothing_fails(desk):
    test = visit(desk, run=99)
    assert not test.exception
    assert "no run 99" in words(test)


def test_the_card_tells_order_reason_and_each_parameter_with_its_cuts(desk):
    said = words(visit(desk, unit="W9"))
    assert "Green since 11 May 2020 by order Z/1." in said
    assert "50 active (the day before 20), 50 new in the week (the day before 20)" in said
    assert "critical above 15, desirable at most 0" in said
    assert "● critical" in said
    waiting = words(visit(desk, unit="W5"))
    assert "▮▮▮▮▮▮▯ 6 of 7 complete days milder, in a row" in waiting


def test_a_unit_that_there_isnt_is_said(desk):
    assert "There is no unit W99 in your area." in words(visit(desk, unit="W99"))


def test_the_table_lists_what_changes_and_all_units_where_asked(desk):
    test = visit(desk)
    frame = test.dataframe[0].value
    assert frame["Code"].tolist() == ["W9", "W5"]
    row = frame.set_index("Code").loc["W5"]
    assert (row["In force"], row["Rule says"], row["To order"]) == ("Red", "Orange", "Red")
    assert row["Milder days"] == 6
    test.toggle(key="proposal-whole").set_value(True).run()
    assert len(test.dataframe[0].value) == 9


def test_the_costs_are_beside_what_is_in_force(desk):
    said = words(visit(desk))
    assert "20,000 people" in said
    assert "Consents of neighbours" in said


def test_booths_that_change_are_listed_with_their_letters(desk):
    test = visit(desk, step="draw")
    frame = test.dataframe[0].value
    assert frame["Change"].tolist() == ["none→A", "none→A", "none→B", "none→B"]
    assert set(frame["Zone proposed"]) == {"new-1", ""}


def test_another_rule_is_thought_through_and_nothing_is_kept(desk):
    test = visit(desk, step="compute")
    runs = desk.runs()
    test.selectbox(key="compute-rule").set_value("mohfw-2020-04-30")
    test.button(key="compute-think").click().run()
    assert not test.exception
    assert "by mohfw-2020-04-30." in words(test)
    assert desk.runs() == runs


def test_proposing_keeps_a_run_and_shows_it(desk):
    test = visit(desk, step="compute")
    test.button(key="compute-propose").click().run()
    assert not test.exception
    assert test.query_params["run"] == "3"
    assert desk.runs()[0].run_id == 3


def test_a_name_from_a_file_is_never_markup(tmp_path, sqlite_template):
    desk = open_desk(tmp_path, sqlite_template)
    bold = ("wards.geojson", '"Ward 9"', '"<i>Nine</i> & more"')
    fill(desk, tmp_path, [bold])
    drawn = " ".join(e.proto.body for e in visit(desk, unit="W9").get("html"))
    assert "&lt;i&gt;Nine&lt;/i&gt; &amp; more" in drawn
    assert "<i>Nine" not in drawn


def test_an_officer_of_one_ward_sees_nothing_of_another(tmp_path, sqlite_template):
    fill(open_desk(tmp_path, sqlite_template), tmp_path)
    desk = open_desk(tmp_path, sqlite_template, at=moment(25.2))
    standing = Standing((Holding(Role.CMOH, frozenset({"W5"})),))
    own = replace(desk, data=replace(desk.data, who=Actor("cmoh", standing, ("W5",))))
    for step in STEPS:
        test = visit(own, step=step, unit="W9", booth="W9-a")
        assert not test.exception
        said = words(test)
        assert "250 active per lakh" not in said
        assert "W9-a" not in said
    review = visit(own, unit="W9")
    assert "There is no unit W9 in your area." in words(review)
    whole = review.toggle(key="proposal-whole").set_value(True).run().dataframe[0].value
    assert whole["Code"].tolist() == ["W5"]
