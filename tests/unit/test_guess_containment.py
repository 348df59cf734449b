"""Proposals for lists of orders, the register of follow-up, isolation units and the roster."""

from __future__ import annotations

from datetime import date

import pytest

from tests.order_lists import known_places
from tests.running import write
from zoning.readers.guess import guess_mapping
from zoning.readers.mapping import Mapping
from zoning.readers.preview import Known, preview
from zoning.readers.roster_posts import KnownRoster

ORDERS = (
    "Order No,AC No,Part No,Type of zone,With effect from,Valid upto,Remarks\n"
    "KMC/7,163,85 to 87,Containment,18/05/2020,31/05/2020,\n"
    "KMC/8,163,90,Buffer Zone,19/05/2020,31/05/2020,lane only\n"
)


def test_a_list_of_orders_is_proposed_without_a_doubt(tmp_path):
    guessed = guess_mapping(write(tmp_path / "o.csv", ORDERS), "orders")
    assert guessed.mapping.columns == {
        "number": "Order No",
        "constituency": "AC No",
        "part_number": "Part No",
        "category": "Type of zone",
        "effective_on": "With effect from",
        "expires_on": "Valid upto",
        "remark": "Remarks",
    }
    assert guessed.mapping.values == {"category": {"Containment": "A", "Buffer Zone": "B"}}
    assert guessed.mapping.date_format == "%d/%m/%Y"
    assert guessed.doubts == ()


def test_a_proposal_can_be_previewed_with_the_places_that_are_known(tmp_path):
    path = write(tmp_path / "o.csv", ORDERS)
    mapping = guess_mapping(path, "orders").mapping
    shown = preview(path, mapping, "orders", 5, date(2020, 5, 20), Known(known_places()))
    assert [row.as_understood["booth_id"] for row in shown.rows] == ["163/87", "163/90"]
    assert shown.rows[0].as_understood["effective_on"] == "2020-05-18T00:00:00 IST"
    unplaced = preview(path, mapping, "orders", 5, date(2020, 5, 20))
    assert {f.code for row in unplaced.rows for f in row.findings} == {"place_open"}


@pytest.mark.parametrize(
    ("kind", "text", "columns"),
    [
        (
            "rounds",
            "Containment Zone,Date of visit,Total houses,Houses covered\nCZ1,18-05-2020,120,97\n",
            ["area_id", "on", "houses_total", "houses_visited"],
        ),
        (
            "samples",
            "Booth No,Date of collection,Samples collected,Results received\n85,18-05-2020,40,31\n",
            ["area_id", "taken_on", "samples", "results"],
        ),
        (
            "contacts",
            "Contact ID,Name,Phone,Booth No,Date of last exposure,As on,Status,Attempts\n"
            "K1,A Sen,9830012345,85,18-05-2020,20-05-2020,Under follow up,0\n",
            ["contact_id", "area_id", "last_exposure_on", "told_on", "status", "attempts"],
        ),
        (
            "isolation",
            "Isolation unit,Booth,Order No,Start date,End date\nL1,85,SOP 5,18-05-2020,14-6-2020\n",
            ["isolation_id", "booth_id", "authority", "from_on", "to_on"],
        ),
    ],
)
def test_the_columns_of_each_kind_are_recognised_and_persons_are_left_out(
    tmp_path, kind, text, columns
):
    path = write(tmp_path / "f.csv", text)
    guessed = guess_mapping(path, kind)
    assert list(guessed.mapping.columns) == columns
    assert guessed.doubts == ()
    assert not {"Name", "Phone"} & set(guessed.mapping.columns.values())
    assert preview(path, guessed.mapping, kind, 5, date(2020, 6, 1)).account.read == 1


ROSTER = (
    "Employee ID,Name of Officer,Email ID,Designation,District,Date of joining,Relieved on,Acting\n"
    "IAS-1,A. Sen,A.Sen@wb.example,DM,HOW,18/05/2020,,No\n"
    "HS-2,B. Roy,b.roy@wb.example,CMOH,HOW,25/05/2020,30/06/2020,Yes\n"
    "IAS-3,C. Das,c.das@wb.example,Municipal Commissioner,KMC,18/05/2020,,No\n"
    "WB-4,D. Sen,d.sen@wb.example,BDO,BLK,18/05/2020,,No\n"
)


def test_a_roster_is_proposed_and_a_post_that_may_be_two_is_asked_about(tmp_path):
    guessed = guess_mapping(write(tmp_path / "o.csv", ROSTER), "roster")
    assert guessed.mapping.columns == {
        "person_id": "Employee ID",
        "name": "Name of Officer",
        "email": "Email ID",
        "role": "Designation",
        "area_unit_id": "District",
        "from_on": "Date of joining",
        "to_on": "Relieved on",
        "is_acting": "Acting",
    }
    assert guessed.mapping.values["role"] == {
        "DM": "district_magistrate",
        "CMOH": "cmoh",
        "BDO": "enforcement",
    }
    assert [(d.code, d.ours) for d in guessed.doubts] == [("words_unknown", "role")]
    assert "Municipal Commissioner" in guessed.doubts[0].question
    assert "commissioner" in guessed.doubts[0].options
    assert "local" not in guessed.doubts[0].options


def test_a_roster_is_previewed_by_row_with_what_is_known_of_areas(tmp_path):
    path = write(tmp_path / "o.csv", ROSTER)
    mapping = guess_mapping(path, "roster").mapping
    known = Known(roster=KnownRoster({"HOW": "district", "KMC": "corporation"}))
    shown = preview(path, mapping, "roster", 5, date(2020, 6, 1), known)
    first, second, third, _ = shown.rows
    assert first.as_understood == {
        "person_id": "IAS-1",
        "name": "A. Sen",
        "email": "a.sen@wb.example",
        "role": "district_magistrate",
        "area_unit_id": "HOW",
        "from_on": "2020-05-18",
        "is_acting": "no",
    }
    assert (second.as_understood["to_on"], second.as_understood["is_acting"]) == (
        "2020-06-30",
        "yes",
    )
    assert (third.is_taken, [f.code for f in third.findings]) == (False, ["role_unknown"])


def test_our_own_words_in_other_letters_are_put_into_ours(tmp_path):
    rows = ["person_id,name,email,role,from_on", "1,A,a@x.in,HOME,2020-05-18"]
    text = "\n".join([*rows, "2,B,b@x.in,home,2020-05-18", ""])
    guessed = guess_mapping(write(tmp_path / "o.csv", text), "roster")
    assert guessed.mapping.values == {"role": {"HOME": "home"}}
    assert guessed.doubts == ()


def test_the_first_rows_of_a_register_show_no_column_that_tells_who_a_person_is(tmp_path):
    head = "contact_id,Name,Phone,area_id,told_on,status"
    rows = ["K1,A Sen,9830012345,85,2020-05-20,open", "9830012346,B,,85,2020-05-20,open", ""]
    text = "\n".join([head, *rows])
    shown = preview(write(tmp_path / "c.csv", text), Mapping(), "contacts", 5, date(2020, 6, 1))
    assert shown.rows[0].as_in_file.keys() == {"contact_id", "area_id", "told_on", "status"}
    assert [row.as_in_file["contact_id"] for row in shown.rows] == ["K1", ""]
    assert {f.code for f in shown.of_file} == {"column_personal"}
