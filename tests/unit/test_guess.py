"""Proposals how a file is to be read: what is proposed, what is asked, what is never decided."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from openpyxl import Workbook

from tests.running import wards, write
from zoning.errors import InputError
from zoning.readers import (
    booths,
    cases,
    contacts,
    facilities,
    isolation,
    outcomes,
    roster,
    rounds,
    samples,
    standing_orders,
    tests,
    units,
)
from zoning.readers.guess import KINDS, NEEDED, guess_mapping
from zoning.readers.guess_words import column_words, value_words
from zoning.readers.mapping import Mapping, read_mapping
from zoning.readers.mapping_text import mapping_toml
from zoning.readers.profiles import header_match

READERS = {
    "cases": cases,
    "outcomes": outcomes,
    "tests": tests,
    "units": units,
    "booths": booths,
    "facilities": facilities,
    "orders": standing_orders,
    "rounds": rounds,
    "contacts": contacts,
    "samples": samples,
    "isolation": isolation,
    "roster": roster,
}


def guess(tmp_path, text, kind="cases", name="f.csv"):
    return guess_mapping(write(tmp_path / name, text), kind)


def codes(guessed):
    return [doubt.code for doubt in guessed.doubts]


def doubt(guessed, code):
    (found,) = [doubt for doubt in guessed.doubts if doubt.code == code]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_of_a_reader_can_be_proposed_and_no_other(kind):
    known = {words.ours for words in column_words(kind)}
    assert known <= set(READERS[kind].COLUMNS)
    assert {ours for group in NEEDED[kind] for ours in group} <= set(READERS[kind].COLUMNS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_usual_name_is_recognised_and_none_is_avoided_at_once(kind):
    for words in column_words(kind):
        for word in words.words:
            assert header_match(word, words.words, words.avoid) > 0.9, (words.ours, word)


def test_a_line_list_in_english_is_proposed_without_a_doubt(tmp_path):
    text = (
        "P No,Date Announced,Ward No,Current Status,Status Change Date,Imported\n"
        "P1,13/05/2020,7,Recovered,20/05/2020,Y\nP2,14/05/2020,8,Deceased,21/05/2020,N\n"
        "P3,15/05/2020,8,Hospitalized,,N\n"
    )
    guessed = guess(tmp_path, text)
    assert guessed.mapping == Mapping(
        columns={
            "case_id": "P No",
            "confirmed_on": "Date Announced",
            "unit_id": "Ward No",
            "outcome": "Current Status",
            "outcome_on": "Status Change Date",
            "imported": "Imported",
        },
        date_format="%d/%m/%Y",
        values={"outcome": {"Deceased": "died", "Hospitalized": ""}},
    )
    assert guessed.doubts == ()
    assert guessed.unused == ()


@pytest.mark.parametrize(
    "header",
    ["কেস নম্বর,শনাক্তের তারিখ,ওয়ার্ড নং,আক্রান্তের সংখ্যা", "केस संख्या,दिनांक,वार्ड संख्या,मामले"],
)
def test_headers_in_bengali_and_hindi_are_recognised(tmp_path, header):
    guessed = guess(tmp_path, f"{header}\nA1,18-05-2020,২৩,2\nA2,13-05-2020,২৪,1\n")
    assert list(guessed.mapping.columns) == ["case_id", "confirmed_on", "count", "unit_id"]
    assert guessed.mapping.date_format == "%d-%m-%Y"


def test_every_proposal_says_how_sure_it_is_and_why(tmp_path):
    guessed = guess(tmp_path, "Ward No,Date\n7,2020-05-18\n")
    by_ours = {column.ours: column for column in guessed.columns}
    assert by_ours["unit_id"].confidence > 0.9
    assert by_ours["unit_id"].reason == (
        "Ward No is a usual name for unit_id, and the column holds codes"
    )


def test_days_that_read_both_ways_are_asked_about_and_no_format_is_set(tmp_path):
    guessed = guess(tmp_path, "ward,date\n7,01/02/2020\n8,03/04/2020\n")
    asked = doubt(guessed, "dates_ambiguous")
    assert {"%d/%m/%Y", "%m/%d/%Y"} <= set(asked.options)
    assert "01/02/2020 is 2020-02-01 by %d/%m/%Y" in asked.question
    assert guessed.mapping.formats == ("",)


def test_one_column_of_days_decides_for_the_others_of_its_file(tmp_path):
    text = "ward,date,date of discharge\n7,01/02/2020,13/02/2020\n8,03/04/2020,25/04/2020\n"
    guessed = guess(tmp_path, text)
    assert guessed.mapping.date_format == "%d/%m/%Y"
    assert "dates_ambiguous" not in codes(guessed)


def test_mixed_and_unreadable_days_are_asked_about(tmp_path):
    guessed = guess(tmp_path, "ward,date\n7,13/02/2020\n8,2/25/2020\n9,29/4 20.23\n")
    assert set(guessed.mapping.date_formats) == {"%d/%m/%Y", "%m/%d/%Y"}
    assert "29/4 20.23" in doubt(guessed, "dates_unread").question
    assert doubt(guessed, "dates_mixed").ours == "confirmed_on"


def test_dates_beside_texts_in_a_workbook_may_have_been_exchanged(tmp_path):
    book = Workbook()
    lines = [("ward", "date"), (7, datetime(2020, 4, 5)), (8, "25/04/2020"), (9, "26/04/2020")]
    for line in lines:
        book.active.append(line)
    book.save(tmp_path / "w.xlsx")
    guessed = guess_mapping(tmp_path / "w.xlsx", "cases")
    assert "such as 2020-04-05" in doubt(guessed, "dates_exchanged").question


def series(rows):
    return "ward,date,cases\n" + "".join(f"{w},2020-05-{d:02},{n}\n" for w, d, n in rows)


@pytest.mark.parametrize(
    ("rows", "options"),
    [
        ([(w, d, d * w) for w in (1, 2) for d in range(1, 9)], ("cumulative", "daily", "events")),
        ([(w, d, d % 3) for w in (1, 2) for d in range(1, 9)], ("daily", "events", "cumulative")),
        ([(1, 1, 5), (1, 2, -2)], ("changes", "events")),
    ],
)
def test_numbers_that_look_like_a_series_are_asked_about_and_stay_events(tmp_path, rows, options):
    guessed = guess(tmp_path, series(rows))
    assert doubt(guessed, "series_kind").options == options
    assert guessed.mapping.series == ""


@pytest.mark.parametrize("rows", [[(1, 1, 2), (1, 1, 3), (1, 1, 1)], [(w, 3, 4) for w in range(9)]])
def test_rows_that_can_only_be_cases_are_not_asked_about(tmp_path, rows):
    assert "series_kind" not in codes(guess(tmp_path, series(rows)))


def test_words_nobody_has_explained_are_asked_about(tmp_path):
    text = "case id,outcome,date of outcome\n1,Cured,2020-05-13\n2,Moved,2020-05-14\n"
    guessed = guess(tmp_path, text, "outcomes")
    assert guessed.mapping.values == {"outcome": {"Cured": "recovered"}}
    asked = doubt(guessed, "words_unknown")
    assert "Moved" in asked.question
    assert "retracted" in asked.options


def test_a_status_of_zones_is_no_outcome_of_cases(tmp_path):
    guessed = guess(tmp_path, "ward,date,status\n7,2020-05-18,ACTIVE\n8,2020-05-18,EXTENDED\n")
    assert "outcome" not in guessed.mapping.columns
    assert guessed.unused == ("status",)


def test_rows_of_recovered_with_a_number_may_be_events_told_before(tmp_path):
    rows = "7,2020-05-18,9,Hospitalized\n7,2020-05-19,4,Recovered\n"
    text = f"ward,date,num cases,current status\n{rows}"
    assert doubt(guess(tmp_path, text), "outcome_or_event").options == ("outcome", "event")


def test_columns_that_fit_alike_and_columns_that_fit_partly_are_asked_about(tmp_path):
    guessed = guess(
        tmp_path, "ward,district,Positive in the course of the whole week,date\n7,9,4,2020-05-18\n"
    )
    assert doubt(guessed, "column_rivals").options == ("ward", "district")
    assert doubt(guessed, "column_uncertain").ours == "count"


def test_a_missing_column_is_asked_about_with_those_that_would_fit_first(tmp_path):
    guessed = guess(tmp_path, "ward,noted\n7,2020-05-18\n")
    assert doubt(guessed, "column_missing").options == ("noted", "ward")


def test_names_and_lists_of_units_are_asked_about(tmp_path):
    guessed = guess(tmp_path, "panchayat,date\nEast Kallada,2020-05-18\nKundara,2020-05-18\n")
    assert "names_as_codes" in codes(guessed)
    guessed = guess(tmp_path, 'wards,date\n"9, 13(Sub Wards)",2020-05-18\n1 - 10,2020-05-18\n')
    assert "several_units" in codes(guessed)
    assert "several_units" not in codes(guess(tmp_path, "gp,date\nWB-1841-03,2020-05-18\n"))


def test_bytes_that_are_no_text_ask_for_the_encoding_and_the_answer_is_kept(tmp_path):
    text = "ward,date,address\n7,2020-05-18,Caf\xe9\n".encode("cp1252")
    assert "cp1252" in doubt(guess(tmp_path, text), "encoding").options
    told = guess_mapping(tmp_path / "f.csv", "cases", encoding="cp1252")
    assert codes(told) == []
    assert told.mapping.encoding == "cp1252"


def test_a_name_goes_with_the_code_of_the_same_thing(tmp_path):
    text = "State Code,State Name,Block Code,Block Name\n19,WEST BENGAL,3825,Kanksa\n"
    guessed = guess(tmp_path, text, "units")
    assert guessed.mapping.columns == {"unit_id": "Block Code", "name": "Block Name"}


def test_units_of_a_vector_file_are_proposed_too(tmp_path):
    told = wards(WARD_NO=["1", "2"], WARD_NAME=["One", "Two"], POP_TOTAL=[5, 6])
    for feature in told["features"]:
        for name in ("unit_id", "name", "population"):
            del feature["properties"][name]
    guessed = guess(tmp_path, told, "units", "w.geojson")
    assert guessed.mapping.columns == {
        "unit_id": "WARD_NO",
        "name": "WARD_NAME",
        "population": "POP_TOTAL",
    }


def test_what_kind_facilities_are_is_told_by_names_or_asked(tmp_path):
    assert guess(tmp_path, "Hospital Name\nAMRI\n", "facilities").mapping.constants == {
        "kind": "hospital"
    }
    assert codes(guess(tmp_path, "Name\nAMRI\n", "facilities")) == ["kind_missing"]


def test_a_kind_that_nobody_knows_is_refused(tmp_path):
    with pytest.raises(InputError, match="cases, outcomes, tests"):
        guess(tmp_path, "a,b\n1,2\n", "weather")


def test_an_empty_table_is_proposed_by_its_names_alone(tmp_path):
    guessed = guess(tmp_path, "ward no,date,cases\n")
    assert list(guessed.mapping.columns) == ["confirmed_on", "count", "unit_id"]


def test_a_proposal_can_be_saved_and_used(tmp_path):
    text = "Ward No,Date,Cases\n7,18-05-2020,2\n8,19-05-2020,1\n"
    guessed = guess(tmp_path, text)
    path = write(tmp_path / "m.toml", mapping_toml(guessed.mapping, "cases"))
    ((read, account),) = cases.read_cases(
        tmp_path / "f.csv", read_mapping(path, "cases"), date(2020, 6, 1)
    )
    assert (account.taken, read.count.tolist()) == (2, [2, 1])


def test_no_word_in_cells_has_two_meanings():
    for holds in ("outcome", "event", "truth", "level", "kind"):
        assert all(value_words(holds).values()) or holds == "outcome"
