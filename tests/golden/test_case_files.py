"""Real files of cases, facilities, units and booths: read with a mapping, or refused in a sentence.

What is pinned follows from the files, faults and all, not from the epidemic.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from zoning.errors import InputError
from zoning.model import join_cases
from zoning.readers.booths import read_booths
from zoning.readers.cases import read_cases
from zoning.readers.facilities import read_facilities
from zoning.readers.guess import guess_mapping
from zoning.readers.mapping import Mapping, read_mapping
from zoning.readers.tables import FileForm, column_names, read_whole
from zoning.readers.units import read_units
from zoning.surveillance.series import as_events

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
EXAMPLES = ROOT / "docs" / "examples"
TODAY = date(2022, 1, 1)
AT = datetime(2022, 1, 1, tzinfo=UTC)

HOTSPOTS = DATA / "kerala" / "hotspots_ward_daily.csv.gz"
CONTAINMENT = DATA / "bengaluru" / "containment_zones_2020-08-06.csv"

pytestmark = [
    pytest.mark.golden,
    pytest.mark.skipif(not DATA.is_dir(), reason="no real data beside the checkout"),
]


def cases_of(path, mapping):
    parts = list(read_cases(path, mapping, TODAY))
    account = parts[0][1]
    for _, part in parts[1:]:
        account = account + part
    return join_cases([cases for cases, _ in parts]), account


def test_every_real_file_has_its_account_or_its_refusal_in_some_golden_test():
    told = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    files = {path.name for path in DATA.rglob("*") if path.is_file()} - {"README.md"}
    assert {name for name in files if name not in told} == set()


def doubts(guess):
    return [doubt.code for doubt in guess.doubts]


def test_the_mapping_proposed_for_bengaluru_is_that_of_the_example_without_a_doubt():
    guess = guess_mapping(CONTAINMENT, "cases")
    assert guess.mapping == read_mapping(EXAMPLES / "bengaluru.toml", "cases")
    assert guess.doubts == ()
    assert min(column.confidence for column in guess.columns) > 0.7
    assert guess.unused == ("SN", "BBMP Zone", "Ward Name", "Status")


def test_the_mappings_proposed_for_wards_and_hospitals_hold_those_of_the_example():
    for name, kind in (("hospitals_2021-04-30.csv", "facilities"), ("wards_198.geojson", "units")):
        guess = guess_mapping(DATA / "bengaluru" / name, kind)
        told = read_mapping(EXAMPLES / "bengaluru.toml", kind)
        assert told.columns.items() <= guess.mapping.columns.items()
        assert guess.mapping.formats == told.formats
        assert guess.mapping.constants == {k: v for k, v in told.constants.items() if k == "kind"}
        assert guess.doubts == ()


def test_kerala_hotspots_say_of_what_they_are_uncertain_and_cannot_be_read_unasked():
    guess = guess_mapping(HOTSPOTS, "cases")
    assert doubts(guess) == ["column_rivals", "column_missing", "several_units"]
    asked = {doubt.code: doubt.options for doubt in guess.doubts}
    assert set(asked["column_rivals"]) == {"district", "lsgd", "wards"}
    assert asked["column_missing"][:2] == ("commit_time", "last_updated")
    with pytest.raises(InputError, match="has no column confirmed_on; its columns are commit_time"):
        cases_of(HOTSPOTS, guess.mapping)


def test_every_row_of_the_kerala_hotspots_is_taken_or_rejected_for_its_day():
    # Among them 1 January 1970, which the state's feed gave where it had no day.
    # Places that are hotspots, not cases: what is tested is how 245,941 lines are read.
    told = Mapping({"confirmed_on": "last_updated", "unit_id": "lsgd"}, "%d-%m-%Y %I:%M %p")
    cases, account = cases_of(HOTSPOTS, told)
    assert (account.read, account.rejected) == (245_941, 16_279 + 5_918)
    assert Counter(f.code for f in account.findings) == {
        "date_invalid": 16_279,
        "date_too_early": 5_918,
    }
    said = [finding.message for finding in account.findings if finding.code == "date_invalid"]
    assert "21-09-2020 7:29 PM, UPDATING..., which isn't a day" in said[0]
    assert (str(cases.confirmed_on.min()), len(set(cases.unit_id.values))) == ("2020-05-04", 907)


def test_the_categories_of_kerala_need_a_code_and_names_repeat():
    path = DATA / "kerala" / "lsg_category_ABCD_2021.csv.gz"
    assert doubts(guess_mapping(path, "units")) == ["column_missing"]
    units, account = read_units(path, Mapping({"unit_id": "lsgd"}))
    assert (account.read, len(units)) == (account.taken + account.rejected, account.taken)
    assert {finding.code for finding in account.findings if finding.rejects} == {"duplicate"}


@pytest.mark.parametrize(
    "name", ["district_histories.json", "zones_histories_2020-04-22_2020-10-14.json"]
)
def test_nested_files_are_refused_with_what_to_do(name):
    path = DATA / "kerala" / name
    with pytest.raises(InputError, match=r"not from \.json\. Export it as CSV with one row for"):
        column_names(path)


@pytest.fixture
def kerala_totals(tmp_path):
    """Running totals of the 14 districts as a table; of a day told twice, the later telling.

    The feed gives 1 January 1970 where it had no day.
    """
    histories = json.loads((DATA / "kerala" / "district_histories.json").read_text())["histories"]
    told = {
        (district, day["date"]): summary["confirmed"]
        for day in histories
        for district, summary in day["summary"].items()
    }
    path = tmp_path / "totals.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("district", "date", "confirmed"))
        lines.writerows((*key, n) for key, n in told.items())
    return path, told


def test_running_totals_of_kerala_become_cases_that_add_up_to_the_last_total(kerala_totals):
    path, told = kerala_totals
    cases, account = cases_of(path, read_mapping(EXAMPLES / "kerala-totals.toml", "cases"))
    assert Counter(f.code for f in account.findings) == {"date_too_early": 14}
    events, notes = as_events(cases, "cumulative", np.zeros(len(cases), dtype=np.int64))
    assert int(events.count.sum()) == sum(
        told[d, "30-09-2021"] for d, day in told if day == "30-09-2021"
    )
    assert (events.count >= 0).all()
    fell = notes.code == "total_fell"
    noted = zip(notes.place[fell], notes.on[fell].astype(str), notes.count[fell], strict=True)
    assert sorted(noted) == [("Ernakulam", "2020-05-01", 2), ("Kasaragod", "2020-05-01", 1)]


def test_the_numbers_of_kerala_are_asked_about_and_not_taken_for_cases(kerala_totals):
    guess = guess_mapping(kerala_totals[0], "cases")
    asked = {doubt.code: doubt.options for doubt in guess.doubts}
    assert asked["series_kind"][0] == "cumulative"
    assert guess.mapping.series == ""


def test_a_list_of_wards_without_days_is_no_case_file():
    path = DATA / "kolkata" / "kmc_ward_containment_status_2020-04-27.csv"
    guess = guess_mapping(path, "cases")
    assert doubts(guess) == ["column_missing"]
    with pytest.raises(InputError, match="has no column confirmed_on; its columns are ward_no"):
        cases_of(path, guess.mapping)


@pytest.mark.parametrize(
    ("name", "example", "n", "found"),
    [
        ("hospitals_wb_2021-05.csv", "kolkata-hospitals.toml", 86, {"coordinates_missing": 1}),
        (
            "ambulances_wb_2021-06_masked.csv",
            "kolkata-ambulances.toml",
            62,
            {"coordinates_missing": 62, "updated_invalid": 14, "name_missing": 4},
        ),
    ],
)
def test_hospitals_and_ambulances_of_kolkata_are_accounted_for(name, example, n, found):
    path = DATA / "kolkata" / name
    told, account = read_facilities(path, read_mapping(EXAMPLES / example, "facilities"), AT)
    assert account.read == n
    assert len(told) == account.taken
    assert Counter(f.code for f in account.findings) == found


def test_times_of_ambulances_have_the_month_first_and_some_no_year():
    guess = guess_mapping(DATA / "kolkata" / "ambulances_wb_2021-06_masked.csv", "facilities")
    assert guess.mapping.date_format == "%m/%d/%Y %H:%M:%S"
    assert guess.dates.without_year == guess.dates.unread
    assert "29/4 2023" in guess.dates.without_year


@pytest.mark.parametrize(
    ("name", "n", "code", "label"),
    [
        ("1-state.csv", 36, "State Code", "State Name [1]"),
        ("2-district.csv", 763, "District Code", "District Name"),
        ("3-subdistrict.csv", 6_921, "Sub-district Code", "Sub-district Name"),
        ("blocks.csv", 7_233, "Block Code", "Block Name [1]"),
        ("urban-local-body.csv", 4_814, "Local Body Code", "Local Body Name"),
    ],
)
def test_codes_and_names_of_the_local_government_directory_are_proposed(name, n, code, label):
    guess = guess_mapping(DATA / "lgd" / name, "units")
    assert guess.mapping.columns == {"unit_id": code, "name": label}
    assert guess.n_rows == n
    assert doubts(guess) == (["column_rivals"] if "[" in label else [])


def test_habitations_of_west_bengal_are_booths_as_proposed():
    path = DATA / "west-bengal" / "habitations.csv.gz"
    guess = guess_mapping(path, "booths")
    assert guess.doubts == ()
    booths, account = read_booths(path, guess.mapping)
    assert (account.read, len(booths)) == (58_454, 58_454)


@pytest.mark.parametrize(
    ("name", "n", "row", "word"),
    [
        ("wards_2025.csv", 23_611, 704, "Ward Name"),
        ("polling_stations_2025.csv.gz", 90_000, 29_442, "PS Name"),
    ],
)
def test_destroyed_letters_of_kerala_are_shown_row_by_row_and_lose_nothing(name, n, row, word):
    sheet = read_whole(DATA / "kerala" / name, None, FileForm())
    assert sheet.table.num_rows == n
    assert {f.code for f in sheet.findings} == {"not_text"}
    assert len(sheet.findings) == 15
    assert (sheet.findings[0].row, sheet.findings[0].message.startswith(word)) == (row, True)
