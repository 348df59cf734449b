"""Choices and answers make a mapping; what nobody chose stays as it was proposed."""

import pytest

from zoning.readers.mapping import Mapping, parse_mapping
from zoning.readers.mapping_text import mapping_toml
from zoning.workflow.drafts import Choices, chosen_mapping

NAMES = ("Date", "Ward", "Result", "outcome")
DRAFT = Mapping(
    columns={"confirmed_on": "Date", "unit_id": "Ward", "outcome": "Result"},
    date_format="%d-%m-%Y",
    values={"outcome": {"Deceased": "died"}},
    series="daily",
)


def test_without_a_choice_the_draft_stands():
    assert chosen_mapping(DRAFT, NAMES, Choices()) == DRAFT


def test_a_column_is_exchanged_or_left_out():
    choices = Choices(columns={"confirmed_on": "Ward", "unit_id": None})
    assert chosen_mapping(DRAFT, NAMES, choices).columns == {
        "confirmed_on": "Ward",
        "outcome": "Result",
    }


def test_a_column_of_our_own_name_that_isnt_meant_is_told_to_be_empty():
    mapping = chosen_mapping(DRAFT, NAMES, Choices(columns={"outcome": None}))
    assert mapping.constants == {"outcome": ""}
    assert "outcome" not in mapping.columns
    back = chosen_mapping(mapping, NAMES, Choices(columns={"outcome": "outcome"}))
    assert back.constants == {}


@pytest.mark.parametrize(
    ("formats", "one", "several"),
    [
        (("",), "", ()),
        (("%d/%m/%Y",), "%d/%m/%Y", ()),
        (("%d/%m/%Y", ""), "", ("%d/%m/%Y", "")),
        (None, "%d-%m-%Y", ()),
    ],
)
def test_forms_of_days_are_one_or_several(formats, one, several):
    mapping = chosen_mapping(DRAFT, NAMES, Choices(formats=formats))
    assert (mapping.date_format, mapping.date_formats) == (one, several)


def test_words_are_added_to_those_that_were_known():
    choices = Choices(words={"outcome": {"Shifted": "ended"}})
    assert chosen_mapping(DRAFT, NAMES, choices).values["outcome"] == {
        "Deceased": "died",
        "Shifted": "ended",
    }


def test_an_outcome_that_is_an_event_takes_its_words_along():
    mapping = chosen_mapping(DRAFT, NAMES, Choices(is_event=True))
    assert mapping.columns["event"] == "Result"
    assert mapping.values == {"event": {"Deceased": "died"}}
    assert "outcome" not in mapping.columns


def test_what_was_chosen_survives_being_written_and_read():
    choices = Choices(
        columns={"case_id": "outcome"}, formats=("%d/%m/%Y", ""), constants={"imported": "no"}
    )
    mapping = chosen_mapping(DRAFT, NAMES, choices)
    assert parse_mapping(mapping_toml(mapping, "cases"), "cases", "kept") == mapping
