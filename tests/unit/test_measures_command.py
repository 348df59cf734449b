"""`zoning measures`: the contract that other people's scripts depend on."""

import json

import pytest

from tests.measuring import write_order
from tests.running import assert_refused, zoning

BUS = ("--activity", "buses_and_taxis", "--at", "2020-05-25T10:00", "--category", "B")


def told(*arguments):
    outcome = zoning("measures", *arguments, "--json")
    assert outcome.status == 0, outcome
    return outcome.json()


def test_the_answer_has_the_keys_of_the_contract():
    answer = told(*BUS, "--seats", 60)
    assert answer["answer"] == "conditional"
    assert {"answer", "conditions", "general", "clauses", "conflicts", "interpretation"} <= set(
        answer
    )
    assert [clause["section"] for clause in answer["clauses"]] == ["5.xiv", "4.i"]
    assert answer["clauses"][0]["text"].startswith("Intra-state bus and taxi/ cab services")
    bus = answer["conditions"][0]
    assert (bus["kind"], bus["section"], bus["seats"], bus["at_most"]) == ("seats", "5.xiv", 60, 30)
    assert "25 % of normal strength" in answer["interpretation"]
    assert answer["general"][0]["section"] == "2.i"


def test_every_key_of_the_list_is_accepted():
    for clause in zoning("measures", "--list").json()["clauses"]:
        answer = told("--activity", clause["activity"], *BUS[2:])
        assert clause["section"] in {c["section"] for c in answer["clauses"]}


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        ("2020-05-25T18:59", "allowed"),
        ("2020-05-25T19:00", "conditional"),
        ("2020-05-25T13:29:00Z", "allowed"),
        ("2020-05-25T13:30:00+00:00", "conditional"),
        ("2020-05-25 19:00:00+05:30", "conditional"),
        ("2020-06-01T00:00", "not_addressed"),
        ("2020-05-31T18:30:00Z", "not_addressed"),
    ],
)
def test_a_time_without_offset_is_indian(at, answer):
    assert told("--activity", "fuel_pumps_and_garages", "--at", at, "--category", "C")[
        "answer"
    ] == (answer)


def test_an_order_that_is_not_in_force_answers_not_addressed():
    answer = told("--activity", "buses", "--at", "2021-05-25T10:00", "--category", "C", "--order",
                  "177-CS/2020")  # fmt: skip
    assert (answer["answer"], answer["clauses"], answer["general"]) == ("not_addressed", [], [])
    assert answer["interpretation"] is None


def test_a_zone_and_a_category_may_be_written_in_any_case():
    answer = told("--activity", "buses", "--at", "2020-05-25T10:00", "--category", "None", "--zone",
                  "GREEN")  # fmt: skip
    assert answer["answer"] == "allowed"


def test_seats_that_change_nothing_are_said_to_on_the_error_stream():
    outcome = zoning("measures", "--activity", "hotels", *BUS[2:], "--seats", 60, "--json")
    assert outcome.status == 0
    assert outcome.json()["answer"] == "conditional"
    assert outcome.err == "The seats change nothing: no clause that answers here counts them.\n"
    assert zoning("measures", *BUS, "--seats", 60).err == ""


def test_for_a_person_the_sentence_comes_first_and_everything_cited_after_it():
    lines = zoning("measures", "--activity", "funerals", *BUS[2:4], "--category", "A").out
    first, *rest = lines.splitlines()
    assert first.startswith("Funerals and last rites: allowed in Category A")
    assert any(line.startswith("  2.xi: Maximum number of people") for line in rest)
    assert any("Conflict: 3.i permits no social activity" in line for line in rest)
    assert any("Our interpretation: Whether a funeral" in line for line in rest)
    assert rest[-1] == "  For everyone: 2.i, 2.ii, 2.iii, 2.iv, 2.v, 2.vii, 2.viii, 2.ix."


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--activity", "bus_and_taxy", *BUS[2:]), ["did you mean buses_and_taxis"]),
        (("--activity", "qqqq", *BUS[2:]), ["--list"]),
        ((*BUS[:2], "--at", "2020-05-25", "--category", "B"), ["no time of day"]),
        ((*BUS[:2], "--at", "yesterday", "--category", "B"), ["yesterday", "ISO form"]),
        ((*BUS[:2], "--at", "0001-01-01T00:00", "--category", "B"), ["ISO form"]),
        ((*BUS[:2], "--at", "2020-05-25T25:00", "--category", "B"), ["ISO form"]),
        ((*BUS[:4], "--category", "D"), ["--category", "D", "A, B, C or none"]),
        ((*BUS, "--zone", "purple"), ["--zone", "purple", "red, orange or green"]),
        ((*BUS, "--seats", "0"), ["0 seats"]),
        ((*BUS, "--seats", "many"), ["integer"]),
        ((*BUS, "--percent", "nan"), ["nan"]),
        ((*BUS, "--order", "12-XY/1999"), ["12-XY/1999", "177-cs-2020"]),
        (BUS[:4], ["--category"]),
        (BUS[2:], ["--activity"]),
        ((), ["--list"]),
        (("--list", *BUS), ["leave out"]),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_sentence(arguments, words):
    assert_refused(zoning("measures", *arguments, "--json"), *words)


def test_an_order_of_ones_own_folder_answers_later_and_elsewhere(tmp_path, monkeypatch):
    write_order(tmp_path)
    monkeypatch.setenv("ZONING_MEMOS_DIR", str(tmp_path))
    later = ("--activity", "buses", "--at", "2031-01-15T12:00", "--category", "C", "--seats", 40)
    assert told(*later)["orders"] == ["fictional-7-2031"]
    assert told(*later, "--state", 99, "--district", 901)["conditions"][0]["at_most"] == 10
    assert told(*later, "--state", 19)["answer"] == "not_addressed"
    assert told(*BUS, "--seats", 40)["orders"] == ["177-cs-2020"]
    listed = zoning("measures", "--list", "--order", "fictional-7-2031").json()["clauses"]
    assert [clause["activity"] for clause in listed] == ["buses", "kite_flying"]
    assert len(zoning("measures", "--list").json()["clauses"]) == 44


def test_a_folder_of_orders_that_is_not_there_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("ZONING_MEMOS_DIR", str(tmp_path / "nowhere"))
    assert_refused(zoning("measures", *BUS), "ZONING_MEMOS_DIR")


def test_the_help_shows_an_example():
    assert "--activity buses" in json.dumps(zoning("measures", "--help").out)
