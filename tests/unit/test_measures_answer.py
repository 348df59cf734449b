"""The traps of memo 177-CS/2020, one by one."""

from datetime import time

import pytest

from tests.measuring import DAY, NIGHT, ask, sections
from zoning.errors import InputError
from zoning.measures.conditions import COUNTED, Hours, Seats, Strength
from zoning.measures.phrases import HEADS, notes, phrases, sentence
from zoning.measures.question import Answered, Silence

ALLOWED, PROHIBITED = Answered.ALLOWED, Answered.PROHIBITED
CONDITIONAL, NOT_ADDRESSED = Answered.CONDITIONAL, Answered.NOT_ADDRESSED


def read(told):
    return " ".join(one.text for one in told.interpretations)


def conflicts(told):
    return {conflict.sections for conflict in told.conflicts}


def test_the_question_of_the_bus_is_answered_in_one_sentence():
    told = ask("buses", category="B", seats=60)
    assert sentence(told) == (
        "Buses within the state: allowed in Category B (buffer area) on 25 May 2020, 10:00 IST on "
        "2 conditions: at most 30 passengers in a bus of 60 seats; at most 25 % of the normal "
        "strength (5.xiv, 4.i)."
    )


@pytest.mark.parametrize(
    ("seats", "passengers"),
    [(1, 1), (16, 16), (20, 20), (21, 20), (32, 20), (40, 20), (41, 20), (42, 21), (45, 22),
     (60, 30)],
)  # fmt: skip
def test_a_bus_carries_20_or_half_its_seats_and_never_more_than_it_has(seats, passengers):
    for category in ("B", "C"):
        told = ask("buses_and_taxis", category=category, seats=seats)
        assert [a.at_most for a in told.conditions if isinstance(a.condition, Seats)] == [
            passengers
        ]


def test_a_taxi_carries_two_in_b_and_c_and_a_bus_says_nothing_of_taxis():
    for category in ("B", "C"):
        assert "at most 2 passengers in each taxi or cab" in phrases(
            ask("taxis", category=category)
        )
    assert not any("taxi" in phrase for phrase in phrases(ask("buses")))
    assert not any("bus" in phrase for phrase in phrases(ask("taxis")))


def test_passengers_planned_are_held_against_the_bus_whose_seats_are_told():
    assert ask("buses_and_taxis", seats=60, persons=30).status is CONDITIONAL
    too_many = ask("buses_and_taxis", seats=60, persons=31)
    assert too_many.status is PROHIBITED
    assert "prohibited as planned" in sentence(too_many)
    assert "at most 30 passengers" in sentence(too_many)
    assert ask("buses_and_taxis", persons=15).status is CONDITIONAL, "of a bus or of a taxi?"


@pytest.mark.parametrize(("guests", "status"), [(15, CONDITIONAL), (16, PROHIBITED)])
def test_a_marriage_has_up_to_15_guests(guests, status):
    told = ask("marriages", persons=guests)
    assert told.status is status
    assert ("1.iv", "2.x") in conflicts(told)


def test_gatherings_are_prohibited_and_the_exceptions_shown():
    told = ask("gatherings")
    assert told.status is PROHIBITED
    assert conflicts(told) == {("1.iv", "2.x"), ("1.iv", "2.xi")}


def test_a_funeral_in_a_is_the_incident_commanders_to_decide():
    told = ask("funerals", category="A")
    assert told.status is CONDITIONAL
    assert phrases(told) == ("at most 15 people", "the incident commander's decision")
    assert ("3.i", "2.xi") in conflicts(told)
    assert ("3.i", "2.xi") not in conflicts(ask("funerals", category="C"))
    assert ask("marriages", category="A").status is PROHIBITED


@pytest.mark.parametrize(
    ("activity", "section"),
    [
        ("salons_and_parlours", "5.vi"),
        ("private_offices", "5.xx"),
        ("sports_complexes_and_stadia", "5.xxi"),
        ("sports_in_clubs", "5.xxii"),
    ],
)
def test_what_opens_beside_what_1_iii_closes_shows_the_conflict(activity, section):
    told = ask(activity)
    assert told.status is CONDITIONAL
    assert ("1.iii", section) in conflicts(told)
    assert ("1.iii", section) in conflicts(ask("cinemas_malls_gyms_pools_bars"))


def test_a_statewide_prohibition_beats_a_green_zone():
    for category, zone in (("A", "red"), ("B", ""), ("C", "orange"), ("", "green"), ("", "")):
        told = ask("spas", category=category, zone=zone)
        assert told.status is PROHIBITED
        assert sections(told) == ["1.iii"]
        assert conflicts(told) == {("1.iii", "5.vi")}


def test_no_pass_is_needed_but_between_states():
    told = ask("inter_state_passenger_movement")
    assert ("2.viii", "5.xvii") in conflicts(told)
    assert "Online entry and exit pass system" in phrases(told)


def test_general_duties_stand_beside_and_make_nothing_conditional():
    told = ask("fuel_pumps_and_garages")
    assert told.status is ALLOWED
    assert told.conditions == ()
    general = [clause.section for clause in told.general]
    assert general == ["2.i", "2.ii", "2.iii", "2.iv", "2.v", "2.vii", "2.viii", "2.ix"]


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2020-05-25T06:59", CONDITIONAL),
        ("2020-05-25T07:00", ALLOWED),
        ("2020-05-25T18:59", ALLOWED),
        ("2020-05-25T19:00", CONDITIONAL),
        ("2020-05-25T00:00", CONDITIONAL),
    ],
)
@pytest.mark.parametrize(
    "activity", ["e_commerce_and_couriers", "movement_of_goods", "cargo_trucks"]
)
def test_the_night_restricts_from_19_to_7_what_is_not_essential(activity, at, status):
    told = ask(activity, at)
    assert told.status is status
    assert ("2.vi" in sections(told)) == (status is CONDITIONAL)


@pytest.mark.parametrize(
    "activity",
    ["agriculture", "health_services", "ambulances", "essential_supplies",
     "home_delivery_of_essentials"],
)  # fmt: skip
def test_essentials_and_farm_produce_move_at_night_and_the_answer_says_why(activity):
    told = ask(activity, NIGHT)
    assert told.status is ALLOWED
    assert "night restriction" in read(told)
    assert "night restriction" not in read(ask(activity, DAY))


def test_in_the_buffer_25_percent_is_an_interpretation_and_never_above_the_cap_of_c():
    for activity in ("private_offices", "industries", "government_offices", "hotels"):
        told = ask(activity, category="B")
        strengths = [a.condition for a in told.conditions if isinstance(a.condition, Strength)]
        assert [strength.percent for strength in strengths] == [25]
        assert "not defined" in read(told)
    assert ask("industries", category="B").conditions[0].condition == Strength(25, True)
    assert ask("private_offices", category="B", percent=25).status is CONDITIONAL
    assert ask("private_offices", category="B", percent=26).status is PROHIBITED
    assert ask("private_offices", category="C", percent=50).status is CONDITIONAL


def test_health_services_keep_their_full_strength_in_the_buffer():
    told = ask("health_services", category="B")
    assert told.status is ALLOWED
    assert told.conditions == ()
    assert "full strength" in read(told)
    assert ("4.i", "5.iv") in conflicts(told)


@pytest.mark.parametrize("activity", ["medical_emergencies", "ambulances", "essential_supplies"])
def test_what_saves_lives_passes_the_cordon(activity):
    told = ask(activity, category="A")
    assert told.status is ALLOWED
    assert "gate register" in read(told)


def test_the_cordons_exceptions_are_told_with_every_prohibition_by_it():
    told = ask("markets_and_shops", category="A")
    assert told.status is PROHIBITED
    assert sections(told) == ["3.i", "3.ii"]
    assert "Medical emergencies, ambulances" in read(told)


def test_a_green_zone_allows_what_sections_1_and_2_do_not_forbid_as_an_interpretation():
    told = ask("buses", category="", zone="green", seats=60)
    assert told.status is ALLOWED
    assert "Only a green zone has no category" in read(told)
    assert ask("marriages", category="", zone="green").status is CONDITIONAL
    assert ask("buses", NIGHT, category="", zone="green").status is CONDITIONAL


@pytest.mark.parametrize("zone", ["red", "orange", "unclassified"])
def test_a_zone_that_is_not_divided_yet_is_read_as_the_strictest(zone):
    told = ask("buses", category="", zone=zone)
    assert told.status is PROHIBITED
    assert "no category yet" in read(told)


def test_a_category_in_a_green_zone_is_the_stricter_and_the_contradiction_is_told():
    told = ask("buses", category="B", zone="green")
    assert told.status is CONDITIONAL
    assert "A green zone has no categories" in read(told)


@pytest.mark.parametrize(
    ("activity", "at", "status"),
    [
        ("buses", "2020-05-20T23:59", NOT_ADDRESSED),
        ("buses", "2020-05-21T12:00", CONDITIONAL),
        ("buses", "2020-05-31T18:59", CONDITIONAL),
        ("buses", "2020-06-01T00:00", NOT_ADDRESSED),
        ("metro_rail", "2020-06-01T00:00", NOT_ADDRESSED),
        ("schools", "2020-05-20T23:59", NOT_ADDRESSED),
        ("schools", "2020-06-01T00:00", PROHIBITED),
        ("schools", "2020-06-14T23:59", PROHIBITED),
        ("schools", "2020-06-15T00:00", NOT_ADDRESSED),
        ("buses", "1920-01-01T00:00", NOT_ADDRESSED),
    ],
)
def test_every_clause_ends_on_its_own_day(activity, at, status):
    assert ask(activity, at).status is status


def test_a_silence_says_why_and_when():
    early, late = ask("buses", "2020-05-20T10:00"), ask("schools", "2020-07-01T10:00")
    assert (early.silence, late.silence) == (Silence.NOT_YET, Silence.ENDED)
    assert "comes into force on 21 May 2020" in sentence(early)
    assert "ended on 14 June 2020" in sentence(late)
    assert "ended on 31 May 2020" in sentence(ask("buses", "2020-06-02T10:00"))
    assert late.general == ()


def test_in_june_the_schools_answer_without_duties_that_have_ended():
    told = ask("schools", "2020-06-05T10:00", category="A")
    assert told.general == ()
    assert "14 June 2020" in read(told)


def test_duties_hold_in_the_cordon_too():
    told = ask("wearing_of_masks", category="A")
    assert told.status is ALLOWED
    assert "ordered everywhere" in sentence(told)
    assert ask("spitting_in_public", category="A").status is PROHIBITED


def test_hours_run_over_midnight_or_within_a_day_up_to_but_without_their_end():
    by_day, at_night = Hours(time(9), time(17)), Hours(time(19), time(7))
    told = [(by_day.holds_at(time(h)), at_night.holds_at(time(h))) for h in (6, 7, 9, 16, 17, 19)]
    assert told == [
        (False, True),
        (False, False),
        (True, False),
        (True, False),
        (False, False),
        (False, True),
    ]


def test_every_headcount_that_a_file_may_name_has_words():
    assert set(HEADS) == set(COUNTED)


def test_numbers_that_no_clause_counts_are_said_to_be_so():
    assert notes(ask("hotels", seats=60, persons=5, percent=20)) == (
        "The seats change nothing: no clause that answers here counts them.",
        "The persons planned change nothing: no clause that answers here counts them.",
        "The strength planned changes nothing: no clause that answers here limits it.",
    )
    assert notes(ask("buses", seats=60, persons=20)) == ()


@pytest.mark.parametrize("planned", [{"seats": 0}, {"persons": -1}, {"percent": 101}])
def test_numbers_that_cannot_be_are_refused(planned):
    with pytest.raises(InputError):
        ask("buses", **planned)


def test_an_unknown_activity_is_refused_and_close_ones_proposed():
    for asked, meant in (("bus_and_taxy", "buses_and_taxis"), ("wedding", "marriages"),
                         ("अस्पताल", "health_services"), ("দোকান", "markets_and_shops")):  # fmt: skip
        with pytest.raises(InputError, match=meant):
            ask(asked)
    with pytest.raises(InputError, match="none is called alike"):
        ask("qqqq")
