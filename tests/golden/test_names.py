"""Names as officials, newspapers and volunteers really wrote them, against registers and maps."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.naming import named_units, texts
from zoning.places.gazetteer import Gazetteer, NameDecision
from zoning.places.names import normalise
from zoning.places.resemblance import Doubt

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"

pytestmark = [
    pytest.mark.golden,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no real data beside the checkout ({DATA.name})"),
]


def rows(where):
    opened = gzip.open if where.endswith(".gz") else open
    with opened(DATA / where, mode="rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def column(table, name):
    return texts(row[name] for row in table)


def properties(where):
    features = json.loads((DATA / where).read_text(encoding="utf-8"))["features"]
    return [feature["properties"] for feature in features]


def kerala_2020():
    bodies = properties("kerala/local_bodies.geojson")
    return named_units(
        [str(body["FID"]) for body in bodies],
        [body["LSGD"] or "" for body in bodies],
        [body["DISTRICT"] or "" for body in bodies],
    )


def kerala_2025():
    kinds = ("Grama Panchayat", "Municipality", "Municipal Corporation")
    bodies = [b for b in rows("kerala/local_bodies_2025.csv") if b["Local Body Type"] in kinds]
    return named_units(
        [body["Local Body Code"] for body in bodies],
        [body["Local Body Name"] for body in bodies],
        [body["District"].title().replace("Kasargod", "Kasaragod") for body in bodies],
    )


@pytest.mark.parametrize(
    ("where", "named", "ambiguous"),
    [
        ("kerala/hotspots_ward_daily.csv.gz", 245_576, 365),
        ("kerala/lsg_category_ABCD_2021.csv.gz", 44_639, 49),
    ],
)
def test_keralas_lists_find_their_polygons_but_for_one_body_drawn_twice(where, named, ambiguous):
    lists = rows(where)
    matches = Gazetteer(kerala_2020()).find_all(column(lists, "lsgd"), column(lists, "district"))
    assert Counter(matches.how()) == {"name": named, "ambiguous": ambiguous}
    (question,) = matches.questions()
    assert (question.text, question.n_rows) == ("Naranammoozhi", ambiguous)
    assert [c.unit_id for c in question.match.candidates] == ["1035", "182"]


def test_one_decision_settles_the_body_drawn_twice():
    decision = NameDecision("Naranammoozhi", "182", "Pathanamthitta")
    lists = rows("kerala/hotspots_ward_daily.csv.gz")
    gazetteer = Gazetteer(kerala_2020(), [decision])
    matches = gazetteer.find_all(column(lists, "lsgd"), column(lists, "district"))
    assert Counter(matches.how()) == {"name": 245_576, "decided": 365}
    assert matches.questions() == gazetteer.doubtful_decisions == ()


def test_without_their_district_eight_names_of_kerala_are_ambiguous():
    lists = rows("kerala/hotspots_ward_daily.csv.gz")
    matches = Gazetteer(kerala_2020()).find_all(column(lists, "lsgd"))
    assert {question.text for question in matches.questions()} == {
        "Alakode", "Kalady", "Madavoor", "Naranammoozhi", "Padiyoor", "Pallikkal", "Pariyaram",
        "Thuravoor",
    }  # fmt: skip


def test_names_of_2020_against_2025_with_their_area_as_the_judge():
    """Equal names are right without exception; alike ones nearly always, hence never applied."""
    pairs = [
        row
        for row in rows("kerala/crosswalk_2020_2025.csv")
        if row["DISTRICT"] and float(row["area_share"]) >= 0.9
    ]
    matches = Gazetteer(kerala_2025()).find_all(
        column(pairs, "lsgd_hotspot_feed"), column(pairs, "DISTRICT")
    )
    outcome = Counter()
    for row, at in zip(pairs, matches.index, strict=True):
        match, truth = matches.matches[at], row["SEC_Kerala_code"]
        proposed = [candidate.unit_id for candidate in match.candidates]
        if match.unit_id:
            outcome["found, right" if match.unit_id == truth else "found, wrong"] += 1
        elif truth in proposed:
            outcome["right first" if proposed[0] == truth else "right later"] += 1
        else:
            outcome["only others" if proposed else "nothing"] += 1
    assert outcome == {
        "found, right": 543,
        "right first": 374,
        "right later": 5,
        "only others": 3,
        "nothing": 7,
    }


def test_east_kallada_is_not_west_kallada():
    units = kerala_2020()
    match = Gazetteer(units.take(units.name != "East Kallada")).find("East Kallada", "Kollam")
    assert match.unit_id == ""
    (candidate,) = match.candidates
    assert (candidate.name, candidate.score) == ("West Kallada", 90.9)
    assert candidate.doubts == (Doubt.DIRECTION,)


def test_kolkatas_status_list_finds_its_wards_but_the_three_that_the_map_lacks():
    wards = [ward["WARD"] for ward in properties("kolkata/wards.geojson")]
    gazetteer = Gazetteer(named_units(wards, [f"Ward {ward}" for ward in wards]))
    status = rows("kolkata/kmc_ward_containment_status_2020-04-27.csv")
    matches = gazetteer.find_all(column(status, "ward_no"))
    assert Counter(matches.how()) == {"code": 141, "none": 3}
    assert sorted(q.text for q in matches.questions()) == ["142", "143", "144"]
    bengali = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
    said = texts(f"{row['ward_no'].translate(bengali)} নং ওয়ার্ড" for row in status)
    assert list(gazetteer.find_all(said).unit_id()) == list(matches.unit_id())


def bengaluru(codes):
    wards = properties("bengaluru/wards_198.geojson")
    return named_units([str(codes(ward)) for ward in wards], [w["WARD_NAME"] for w in wards])


def test_bengalurus_ward_numbers_are_found_though_the_map_has_them_as_floats():
    units = bengaluru(lambda ward: float(ward["WARD_NO"]))
    assert "1.0" in units.unit_id
    zones = rows("bengaluru/containment_zones_2020-08-06.csv")
    matches = Gazetteer(units).find_all(column(zones, "Ward Number"))
    assert Counter(matches.how()) == {"code": 11_034}


def test_bengalurus_names_and_numbers_agree_but_for_one_ward_of_the_list():
    gazetteer = Gazetteer(bengaluru(lambda ward: int(ward["WARD_NO"])))
    zones = rows("bengaluru/containment_zones_2020-08-06.csv")
    numbered = gazetteer.find_all(column(zones, "Ward Number")).unit_id()
    matches = gazetteer.find_all(column(zones, "Ward Name"))
    assert Counter(matches.how()) == {"name": 9_268, "none": 1_766}
    named = matches.unit_id()
    differ = {
        (row["Ward Name"], number, name)
        for row, number, name in zip(zones, numbered, named, strict=True)
        if name and name != number
    }
    assert differ == {("JP Nagar", "122", "177")}


def test_row_numbers_of_the_map_taken_for_ward_numbers_misplace_nobody():
    wards = properties("bengaluru/wards_198.geojson")
    units = named_units(
        [str(ward["OBJECTID"]) for ward in wards], [f"Ward {ward['WARD_NO']:.0f}" for ward in wards]
    )
    zones = rows("bengaluru/containment_zones_2020-08-06.csv")
    matches = Gazetteer(units).find_all(column(zones, "Ward Number"))
    assert Counter(matches.how()) == {"ambiguous": 10_909, "code": 125}
    right = {str(w["OBJECTID"]) for w in wards if w["OBJECTID"] == w["WARD_NO"]}
    assert set(matches.unit_id()) <= right | {""}


def districts_of_west_bengal():
    listed = [row for row in rows("lgd/2-district.csv") if row["State Code"] == "19"]
    return named_units(
        [f"WB-{row['District Code']}" for row in listed],
        [row["District Name"] for row in listed],
        lgd_code=[row["District Code"] for row in listed],
    )


@pytest.mark.parametrize(
    ("where", "name", "outcome"),
    [
        ("kolkata/hospitals_wb_2021-05.csv", "DISTRICT", {"name": 15, "proposed": 8}),
        (
            "kolkata/ambulances_wb_2021-06_masked.csv",
            "page_district",
            {"name": 14, "proposed": 7, "nothing": 4},
        ),
    ],
)
def test_districts_are_found_or_proposed_rightly_and_never_applied_by_likeness(
    where, name, outcome
):
    matches = Gazetteer(districts_of_west_bengal()).find_all(column(rows(where), name))
    found = Counter(
        match.how.value if match.unit_id else "proposed" if match.candidates else "nothing"
        for match in matches.matches
    )
    assert found == outcome
    assert all(not match.unit_id for match in matches.matches if match.candidates)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("North 24 Pgs", "24 PARAGANAS NORTH"),
        ("South 24 Parganas", "24 PARAGANAS SOUTH"),
        ("Dakshin Dinajpur", "DINAJPUR DAKSHIN"),
        ("Paschim Medinipur", "MEDINIPUR WEST"),
        ("Purba Medinipore", "MEDINIPUR EAST"),
        ("Purba Burdwan", "PURBA BARDHAMAN"),
        ("Malda", "MALDAH"),
    ],
)
def test_a_district_under_its_other_name_is_proposed_first_and_without_doubt(text, first):
    match = Gazetteer(districts_of_west_bengal()).find(text)
    assert (match.unit_id, match.candidates[0].name) == ("", first)
    assert match.candidates[0].doubts == ()


def test_a_state_misspelled_by_one_letter_is_proposed_only():
    states = rows("lgd/1-state.csv")
    gazetteer = Gazetteer(
        named_units([row["State Code"] for row in states], [row["State Name"] for row in states])
    )
    match = gazetteer.find("West Bensal")
    assert (match.unit_id, match.candidates[0].unit_id) == ("", "19")
    assert gazetteer.find("west  bengal ").unit_id == gazetteer.find("১৯").unit_id == "19"


def test_local_names_of_towns_in_their_own_script_find_their_town():
    towns = rows("lgd/urban-local-body.csv")
    local = [row["Local Body Name (In Local)"].strip() for row in towns]
    in_script = [bool(re.search("[\u0900-\u0d7f]", name)) for name in local]
    assert sum(in_script) == 1_947
    assert all(normalise(name) for name in local if name)
    codes = [row["Local Body Code"] for row in towns]
    units = named_units(
        codes,
        [row["Local Body Name"] for row in towns],
        [row["State Code"] for row in towns],
        local=local,
    )
    matches = Gazetteer(units).find_all(texts(local), units.parent_id)
    asked = zip(in_script, codes, matches.unit_id(), matches.how(), strict=True)
    outcome = Counter((how, unit == code) for has, code, unit, how in asked if has)
    assert outcome == {("alias", True): 1_907, ("ambiguous", False): 40}
