"""Proposals for lists of orders, the register of follow-up and isolation units."""

from __future__ import annotations

from datetime import date

import pytest

from tests.order_lists import known_places
from tests.running import write
from zoning.readers.guess import guess_mapping
from zoning.readers.preview import preview

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
    shown = preview(path, mapping, "orders", 5, date(2020, 5, 20), known_places())
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
