"""Release: the board, follow-up told by hand, an order played to its end; first cases answered."""

from datetime import date

import pytest

from tests.screens.desks import words
from tests.screens.zone_desks import bring_cases, fill, moment, open_desk, pass_time, visit
from zoning.access import Role
from zoning.store.order_booths import categories_in_force
from zoning.store.orders import OrderKind, list_orders

W5, W1 = "CZ-20200510-002", "CZ-20200510-001"


@pytest.fixture
def desk(tmp_path, sqlite_template):
    return fill(open_desk(tmp_path, sqlite_template), tmp_path)


@pytest.fixture
def late(desk, tmp_path):
    return pass_time(desk, tmp_path)


def affected(desk):
    with desk.data.store.reading() as session:
        return categories_in_force(session, desk.now()).affected().tolist()


def tell_round(test, visited, total=100):
    test.number_input(key="round-total").set_value(total)
    test.number_input(key="round-visited").set_value(visited)
    return test.button(key="round-tell").click().run()


def test_a_booth_that_counts_says_how_far_and_what_is_still_to_be_settled(desk):
    test = visit(desk, tab="release")
    said = words(test)
    assert "2 booths in A: 0 due for release" in said
    assert "2 counting. The next is due on 7 June 2020 at the earliest." in said
    assert "0 of 28 days without a case" in said
    assert "No booth is due, so there is nothing to release." in said
    assert not [b for b in test.button if b.key == "release"]


def test_a_block_of_more_than_a_week_is_with_the_district_magistrate_and_says_why(late):
    said = words(visit(late, tab="release"))
    assert "2 blocked, 2 of these with the District Magistrate" in said
    assert "↑ with the District Magistrate" in said
    assert "house round" in said


def test_a_booth_in_the_address_has_its_sentence_in_full(late):
    said = words(visit(late, tab="release", booth="W5-a"))
    assert "Booth W5-a: Its day was 7 June 2020, but de-notification is blocked for 8 days" in said


def test_a_zone_in_the_address_shows_its_booths_alone_until_all_are_asked_for(late):
    test = visit(late, tab="release", zone=W5)
    assert test.dataframe[1].value["Booth"].tolist() == ["W5-a"]
    test.button(key="release-all").click().run()
    assert set(test.dataframe[1].value["Booth"]) == {"W5-a", "W1-a"}


def test_a_release_is_played_to_its_end(late):
    test = tell_round(visit(late, tab="release", zone=W5), 95)
    assert f"The round in {W5} is taken down." in words(test)
    register = test.dataframe[0].value.set_index("Zone")
    assert (register.loc[W5, "House round, %"], register.loc[W5, "Due"]) == (95, 1)
    assert "!! overdue" in words(test)

    test.button(key="release").click().run()
    said = words(test)
    assert "1 booth leaves A: 1 to C, clean." in said
    assert f"This containment zone ends: {W5}." in said
    assert affected(late) == ["W1-a", "W5-a"], "asking changes nothing"

    test.text_input(key="release-number").set_value("17/DM/2020")
    test.text_input(key="release-signatory").set_value("District Magistrate")
    test.button(key="release-yes").click().run()
    said = words(test)
    assert "Order 17/DM/2020 is published: 1 booth has left A." in said
    assert "1 containment zone; booths: 1 A" in said
    assert affected(late) == ["W1-a"]
    with late.data.store.reading() as session:
        newest = next(r for r in list_orders(session) if r.kind is OrderKind.RELEASE)
    assert newest.order.signatory == "District Magistrate"
    assert "28 days without a new case" in newest.order.reason


@pytest.mark.parametrize("part", ["number", "act", "reason", "signatory"])
def test_an_order_with_an_empty_part_is_refused_and_nothing_is_written(late, part):
    test = tell_round(visit(late, tab="release", zone=W5), 95)
    test.button(key="release").click().run()
    box = test.text_area if part == "reason" else test.text_input
    box(key=f"release-{part}").set_value(" ")
    test.button(key="release-yes").click().run()
    assert "needs its number, act, reason and signatory" in words(test)
    assert affected(late) == ["W1-a", "W5-a"]


def test_a_number_that_is_taken_is_refused_in_a_sentence(late):
    test = tell_round(visit(late, tab="release", zone=W5), 95)
    with late.data.store.reading() as session:
        taken = list_orders(session)[0].order.number
    test.button(key="release").click().run()
    test.text_input(key="release-number").set_value(taken)
    test.button(key="release-yes").click().run()
    assert f"There already is an order {taken}" in words(test).replace("\\", "")
    assert not test.exception


def test_a_case_that_comes_while_the_dialog_is_open_refuses_the_release(late, tmp_path):
    test = tell_round(visit(late, tab="release", zone=W5), 95)
    test.button(key="release").click().run()
    bring_cases(late, tmp_path, [("W5-a", "2020-06-14", 1)], moment(45.05), date(2020, 6, 14))
    test.button(key="release-yes").click().run()
    assert not test.exception
    assert affected(late) == ["W1-a", "W5-a"]


@pytest.mark.parametrize(("visited", "total"), [(101, 100), (-1, 100), (0, 0)])
def test_numbers_of_a_round_that_contradict_each_other_are_refused(late, visited, total):
    test = tell_round(visit(late, tab="release", zone=W5), visited, total)
    assert "houses can't have been visited" in words(test)


@pytest.mark.parametrize("name", ["Anita Das", "anita", "9830012345", "C-9830012345"])
def test_a_name_or_telephone_number_is_no_key_of_a_contact(late, name):
    test = visit(late, tab="release", zone=W5)
    test.segmented_control(key="tell-kind").set_value("Contact").run()
    test.text_input(key="contact-id").set_value(name)
    test.button(key="contact-tell").click().run()
    assert "can't be the key of a contact" in words(test)
    assert test.dataframe[0].value.set_index("Zone").loc[W5, "Open contacts"] == 0


def test_contacts_and_samples_told_stand_in_the_register(late):
    test = visit(late, tab="release", zone=W5)
    test.segmented_control(key="tell-kind").set_value("Contact").run()
    test.text_input(key="contact-id").set_value("C-0412")
    test.button(key="contact-tell").click().run()
    test.segmented_control(key="tell-kind").set_value("Samples").run()
    test.number_input(key="samples-taken").set_value(7)
    test.number_input(key="samples-results").set_value(5)
    test.button(key="samples-tell").click().run()
    row = test.dataframe[0].value.set_index("Zone").loc[W5]
    assert (row["Open contacts"], row["Samples pending"]) == (1, 2)


def test_what_is_told_by_hand_is_an_import_that_can_be_taken_back(late):
    tell_round(visit(late, tab="release", zone=W5), 95)
    newest = late.data.imports()[0]
    assert (newest.file_name, newest.account.taken, newest.imported_by) == (
        "round-by-hand",
        1,
        "officer",
    )
    late.data.undo(newest.import_id)
    assert "0 due for release" in words(visit(late, tab="release"))


def test_who_may_only_look_is_offered_no_form_and_no_release(late, tmp_path, sqlite_template):
    tell_round(visit(late, tab="release", zone=W5), 95)
    looker = open_desk(tmp_path, sqlite_template, Role.OBSERVER, late.now())
    test = visit(looker, tab="release", zone=W5)
    assert test.button(key="release").disabled
    assert "Your role may not tell of follow-up." in words(test)
