"""What if: the question in the address, its answer beside what is in force, refusals in words."""

import pytest

from tests.screens.desks import words
from tests.screens.zone_desks import bring_cases, fill, moment, open_desk, visit


@pytest.fixture
def desk(tmp_path, sqlite_template):
    return fill(open_desk(tmp_path, sqlite_template), tmp_path)


def ask(desk, **query):
    return visit(desk, tab="whatif", **query)


def test_asked_nothing_it_shows_what_is_in_force_on_both_sides(desk):
    said = words(ask(desk))
    assert "By mohfw-2020-04-17 with a buffer of 500 m: 2 containment zones in place of 2" in said
    assert "None: every booth keeps its category." in said
    assert "Nothing: every zone keeps its booths." in said


def test_a_wider_buffer_moves_booths_from_c_to_b_and_costs_people(tmp_path, sqlite_template):
    over = [("W9-d", "2020-04-22", 1)]
    desk = fill(open_desk(tmp_path, sqlite_template), tmp_path, over)
    said = words(ask(desk, policy="memo-177-cs-2020", buffer=1500))
    assert "with a buffer of 1,500 m" in said
    assert "C → B" in said
    row = said[said.index("People in B") :].split("\n")
    assert row[3].startswith("+"), row[:4]


def test_the_question_is_in_the_widgets_and_a_change_is_in_the_address(desk):
    test = ask(desk, policy="kmc-2020-06-05", buffer=1500)
    assert test.selectbox(key="whatif-policy").value == "kmc-2020-06-05"
    assert test.number_input(key="whatif-width").value == 1500
    test.slider(key="whatif-slider").set_value(300).run()
    assert test.query_params["buffer"] in ("300", ["300"])
    assert test.number_input(key="whatif-width").value == 300
    test.number_input(key="whatif-width").set_value(7000.0).run()
    assert test.slider(key="whatif-slider").value == 5000
    assert "buffer of 7,000 m" in words(test)
    test.button(key="whatif-reset").click().run()
    assert "buffer" not in test.query_params
    assert "buffer of 500 m" in words(test)


@pytest.mark.parametrize("wrong", [-5, 60000])
def test_a_buffer_that_is_none_is_refused_in_a_sentence(desk, wrong):
    test = ask(desk, buffer=wrong)
    assert not test.exception
    assert f"The buffer is {wrong} m; give metres from 0" in words(test)


@pytest.mark.parametrize(
    "query", [{"buffer": "x"}, {"buffer": "nan"}, {"rule": "x"}, {"policy": "x"}]
)
def test_a_broken_address_is_said_and_what_is_in_force_is_shown(desk, query):
    test = ask(desk, **query)
    assert not test.exception
    assert len(test.warning) == 1
    assert "buffer of 500 m" in words(test)


def test_only_rules_that_divide_are_offered(desk):
    rules = ask(desk).selectbox(key="whatif-rule").options
    assert "mohfw-2020-04-30" in rules
    assert not any(rule.startswith("kerala") for rule in rules)


def test_another_rule_tells_units_by_colour_and_zones_that_open(desk, tmp_path):
    bring_cases(desk, tmp_path, [("W9-d", "2020-05-11", 6)], moment(10.5))
    said = words(ask(desk, rule="mohfw-2020-05-17"))
    assert "new-1" in said
    assert "Opened with 1 booth." in said
    assert "Units by colour" in said


def test_the_drawing_says_in_words_what_it_shows(desk):
    drawn = next(e.proto.body for e in ask(desk).get("html") if "sm-pair" in e.proto.body)
    assert 'alt="In force: 2 containment zones, booths: 2 A, 6 B' in drawn
