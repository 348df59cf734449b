"""The measures screen without a browser: its answer, its parts, its address."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import tests.synthetic as synthetic
from tests.measuring import write_order
from tests.screens.desks import words
from zoning.errors import StoreError
from zoning.measures.memo import known_memos
from zoning.model import Units
from zoning.workflow.measures_desk import MeasuresDesk

BUS = {"activity": "buses", "at": "2020-05-25T10:00", "category": "B", "seats": "60"}


def page(desk, view_at):
    """Run the page; both come through the function's arguments."""
    from screens import measures

    measures.measures_page(desk, view_at)


@pytest.fixture(scope="module")
def view():
    return synthetic.synthetic_view(9)


@pytest.fixture
def desk():
    return MeasuresDesk(known_memos(None), clock=lambda: datetime(2020, 5, 25, 4, 37, tzinfo=UTC))


@pytest.fixture
def visit(desk, view):
    def run(desk_=None, view_=None, **query):
        shown = view if view_ is None else view_
        test = AppTest.from_function(
            page, args=(desk_ or desk, lambda at: shown), default_timeout=60
        )
        for key, value in query.items():
            test.query_params[key] = value
        return test.run()

    return run


def param(test, name):
    value = test.query_params.get(name, "")
    return value if isinstance(value, str) else value[0]


def test_the_question_of_the_bus_is_answered_in_one_sentence_with_all_it_rests_on(visit):
    test = visit(**BUS)
    assert not test.exception
    said = words(test)
    assert "Category B (buffer area) on 25 May 2020, 10:00 IST on 2 conditions" in said
    assert "At most 30 passengers in a bus of 60 seats" in said
    assert "! On conditions" in said
    assert "Intra-state bus and taxi/ cab services with not more than 20" in said
    assert "All activities as permitted in Clean Area (Category-C) with 25% strength only." in said
    assert "Our interpretation" in said
    assert "Wearing of mask is compulsory." in said
    assert "penal action under the provisions of Disaster Management Act 2005" in said


def test_conflicts_are_told_with_how_they_are_read(visit):
    said = words(visit(activity="salons_and_parlours", at="2020-05-25T10:00", category="C"))
    assert "Where the order contradicts itself" in said
    assert "1.iii closes spas; 5.vi opens salons and parlours." in said
    assert "a spa, also one inside it, stays closed" in said


def test_before_anything_is_chosen_the_page_asks_and_names_the_orders(visit):
    said = words(visit())
    assert "Choose an activity, a place and a time." in said
    assert "177-CS/2020" in said
    assert "in force from 21 May 2020 to 31 May 2020" in said
    assert "Single clauses run to 14 June 2020." in said


def test_without_a_category_nothing_is_answered(visit):
    assert "Choose the category of the place" in words(visit(activity="buses"))


def test_what_is_chosen_stands_in_the_address(visit):
    test = visit(at="2020-05-25T10:00")
    test.selectbox(key="measures-activity").set_value("buses").run()
    test.segmented_control(key="measures-category").set_value("B").run()
    test.number_input(key="measures-seats").set_value(16).run()
    assert [param(test, n) for n in ("activity", "category", "seats")] == ["buses", "B", "16"]
    assert "At most 16 passengers in a bus of 16 seats" in words(test)
    test.time_input(key="measures-time").set_value(datetime(2020, 5, 25, 22, 0).time()).run()
    assert param(test, "at") == "2020-05-25T22:00"
    assert "From 19:00 to 07:00 movement" in words(test)


def test_a_link_is_a_view_and_the_widgets_show_it(visit):
    test = visit(**BUS)
    assert test.selectbox(key="measures-activity").value == "buses"
    assert test.segmented_control(key="measures-category").value == "B"
    assert test.number_input(key="measures-seats").value == 60
    assert test.time_input(key="measures-time").value.hour == 10


def test_an_activity_is_found_by_its_words_in_three_scripts(visit):
    options = visit().selectbox(key="measures-activity").options
    for word in ("bus", "বাস", "शादी", "haircut"):
        assert any(word in option for option in options), word
    assert len(options) == len(known_memos(None)[0].activities)


def test_seats_are_asked_for_only_where_a_clause_counts_them(visit):
    def asked(activity):
        return {n.key for n in visit(activity=activity, category="C").number_input}

    assert asked("buses") == {"measures-seats", "measures-persons"}
    assert asked("taxis") == {"measures-persons"}
    assert asked("marriages") == {"measures-persons"}
    assert asked("hotels") == set()


def test_too_many_passengers_are_told_by_number(visit):
    said = words(visit(**BUS, persons="31"))
    assert "prohibited as planned" in said
    assert "exceeded" in said


@pytest.mark.parametrize("zone", ["red", "orange", "green", "unclassified"])
def test_a_place_brings_its_zone(visit, view, zone):
    placed = replace(view, zone=np.full(9, zone, dtype=object))
    code = str(view.units.unit_id[4])
    test = visit(view_=placed, activity="buses", at="2020-05-25T10:00", unit=code)
    assert f"Zone in force there: {zone.capitalize()}." in words(test)
    assert "measures-zone" not in {w.key for w in test.segmented_control}
    if zone == "green":
        assert "allowed in a green zone" in words(test)
    else:
        assert "Choose the category of the place" in words(test)


def test_a_place_that_had_no_zone_then_is_chosen_by_hand(visit, view):
    def none_then(at):
        nothing = np.empty(0, dtype=object)
        units = Units(nothing, nothing, np.empty(0), nothing, nothing, nothing)
        if at is None:
            return view
        return replace(
            view,
            units=units,
            zone=nothing,
            in_force_since=view.in_force_since[:0],
            classification=None,
            facilities=None,
            key_figures=(),
        )

    code = str(view.units.unit_id[4])
    test = AppTest.from_function(
        page,
        args=(MeasuresDesk(known_memos(None)), none_then),
        default_timeout=60,
    )
    test.query_params["unit"] = code
    test.run()
    assert not test.exception
    assert "No zone of this place is known at that time" in words(test)
    assert "measures-zone" in {w.key for w in test.segmented_control}


def test_without_a_database_the_place_is_chosen_by_hand(desk):
    def down(at):
        raise StoreError("The database is down.")

    test = AppTest.from_function(page, args=(desk, down), default_timeout=60)
    for key, value in BUS.items():
        test.query_params[key] = value
    said = words(test.run())
    assert "The database is down." in said
    assert "At most 30 passengers in a bus of 60 seats" in said


def test_a_fictional_district_is_marked_here_too(visit):
    assert "Fictional district." in words(visit())


def test_a_time_at_which_no_order_is_in_force_offers_the_one_at_which_it_was(visit):
    test = visit(activity="buses", category="C", at="2021-05-25T10:00")
    assert "? Not addressed" in words(test)
    assert "ended on 31 May 2020" in words(test)
    test.button(key="measures-in-force").click().run()
    assert param(test, "at") == "2020-05-21T10:00"
    assert "! On conditions" in words(test)


@pytest.mark.parametrize(
    "query",
    [
        {"activity": "flying_carpets", "category": "C"},
        {"activity": "buses", "category": "C", "order": "12-XY/1999"},
        {"activity": "buses", "category": "C", "seats": "0"},
        {"activity": "buses", "category": "Q"},
        {"activity": "buses", "category": "C", "at": "soon"},
        {"activity": "buses", "category": "C", "at": "2020-05-25"},
        {"activity": "buses", "category": "C", "at": "9999-12-31T23:59"},
        {"activity": "buses", "category": "C", "at": "0002-12-31T23:59"},
        {"activity": "<b>x</b>", "category": "C", "seats": "999999999999999999999"},
        {"activity": "buses", "category": "C", "zone": "purple", "unit": "nowhere"},
    ],
)
def test_an_address_that_makes_no_sense_is_told_and_breaks_nothing(visit, query):
    test = visit(**query)
    assert not test.exception
    assert words(test).strip()


def test_a_second_order_asks_for_its_territory(tmp_path, visit, desk):
    write_order(tmp_path)
    both = MeasuresDesk(known_memos(tmp_path), clock=desk.clock)
    test = visit(desk_=both, activity="buses", category="C", at="2031-01-15T12:00", seats="40")
    test.selectbox(key="measures-territory").set_value("99/901").run()
    assert [param(test, n) for n in ("state", "district")] == ["99", "901"]
    assert "At most 10 passengers in a bus of 40 seats" in words(test)
    test.selectbox(key="measures-order").set_value("177-cs-2020").run()
    assert "does not bind at this place" in words(test)
