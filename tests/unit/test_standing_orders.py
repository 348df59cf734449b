"""Orders already in force: every row is taken, rejected with a reason, or listed as unlocated."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from tests.order_lists import AT, known_places
from tests.running import write
from tests.vector_files import write_geojson
from zoning.errors import ColumnError, InputError
from zoning.readers.mapping import Mapping, parse_mapping
from zoning.readers.standing_orders import read_standing_orders

HEADER = "number,constituency,part_number,unit_id,unit_name,category,zone,effective_on\n"


def orders(path, mapping=None):
    return read_standing_orders(path, mapping or Mapping(), known_places(), AT)


def told(tmp_path, rows, header=HEADER, mapping=None):
    return orders(write(tmp_path / "o.csv", header + rows), mapping)


def found(account):
    return [(f.row, f.code, f.rejects) for f in account.findings]


def codes(account):
    return [f.code for f in account.findings]


def polygon(shape):
    return shapely.geometry.mapping(shape)


def test_a_range_becomes_one_entry_a_booth_and_the_row_counts_once(tmp_path):
    table, account = told(tmp_path, "KMC/7,163,85 to 87,,,A,,2020-05-18\n")
    assert table.booth_id.tolist() == ["163/85", "163/86", "163/87"]
    assert set(table.row) == {1}
    assert (account.read, account.taken, account.rejected) == (1, 1, 0)


def test_a_day_means_midnight_in_india_and_a_moment_keeps_its_offset(tmp_path):
    rows = "1,163,85,,,A,,2020-05-18\n2,163,86,,,A,,2020-05-18T17:00:00+05:30\n"
    table, _ = told(tmp_path, rows)
    assert table.effective_at.astype(str).tolist() == ["2020-05-17T18:30:00", "2020-05-18T11:30:00"]


def test_an_order_stands_through_the_whole_day_on_which_it_expires(tmp_path):
    header = "number,booth_id,effective_on,expires_on\n"
    table, _ = told(tmp_path, "1,B-7,2020-05-18,2020-06-30\n2,163/85,2020-05-18,\n", header)
    assert table.expires_at.astype(str).tolist() == ["2020-06-30T18:30:00", "NaT"]


def test_text_that_is_no_place_is_listed_and_not_guessed(tmp_path):
    table, account = told(tmp_path, "1,163,85 to 158 Swinhoe Lane,5,,A,,2020-05-18\n")
    assert table.is_unlocated.tolist() == [
        True,
    ]
    assert table.place.tolist() == ["85 to 158 Swinhoe Lane"]
    assert found(account) == [(1, "place_open", False)]
    assert account.taken == 1


def test_what_of_a_list_is_known_is_taken_and_the_rest_listed(tmp_path):
    table, account = told(tmp_path, '1,163,"98, 105",,,A,,2020-05-18\n')
    assert table.booth_id.tolist() == ["163/98", ""]
    assert table.is_unlocated.tolist() == [False, True]
    assert "105" in account.findings[0].message


def test_a_unit_named_as_a_whole_is_taken_and_told(tmp_path):
    table, account = told(tmp_path, "1,,,,Belgachia,,red,2020-05-18\n")
    assert (table.unit_id.tolist(), table.zone.tolist()) == (["4"], ["red"])
    assert codes(account) == ["unit_whole"]


def test_a_ward_whose_name_is_anothers_is_taken_by_its_code_and_told(tmp_path):
    table, account = told(tmp_path, "1,,,5,Belgachia,A,,2020-05-18\n")
    assert table.unit_id.tolist() == ["5"]
    assert "Belgachia, which is unit 4" in account.findings[0].message
    assert codes(account) == ["unit_contradicted", "unit_whole"]


def test_part_of_a_place_is_marked(tmp_path):
    table, account = told(tmp_path, "1,163,85 (part),,,B,,2020-05-18\n")
    assert table.is_partly.tolist() == [True]
    assert codes(account) == ["place_partly"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",163,85,,,A,,2020-05-18", "number_missing"),
        ("Total,163,85,,,A,,2020-05-18", "row_sum"),
        ("1,163,85,,,,,2020-05-18", "category_missing"),
        ("1,163,85,,,D,,2020-05-18", "category_unknown"),
        ("1,163,85,,,A,blue,2020-05-18", "zone_unknown"),
        ("1,163,85,,,A,unclassified,2020-05-18", "zone_unknown"),
        ("1,163,85,,,A,,", "date_missing"),
        ("1,163,85,,,A,,18-05-2020", "date_invalid"),
        ("1,163,85,,,A,,1970-01-01", "date_too_early"),
        ("1,,,,,A,,2020-05-18", "place_missing"),
        ("1,,,nil,,A,,2020-05-18", "place_missing"),
    ],
)
def test_a_row_that_is_no_order_is_rejected_with_its_reason(tmp_path, row, code):
    table, account = told(tmp_path, row + "\n")
    assert len(table) == 0
    assert (1, code, True) in found(account)
    assert (account.read, account.taken, account.rejected) == (1, 0, 1)


@pytest.mark.parametrize(
    ("review", "expires", "code", "is_taken"),
    [
        ("", "2020-05-17", "expires_before_effect", False),
        ("", "2020-05-18", "order_expired", True),
        ("", "31/12/2020", "expires_on_invalid", False),
        ("soon", "", "review_on_invalid", False),
        ("2020-05-01", "", "review_outside", True),
        ("2020-08-01", "2020-07-01", "review_outside", True),
    ],
)
def test_the_days_of_an_order_have_to_agree(tmp_path, review, expires, code, is_taken):
    header = "number,booth_id,effective_on,review_on,expires_on\n"
    table, account = told(tmp_path, f"1,B-7,2020-05-18,{review},{expires}\n", header)
    assert code in codes(account)
    assert (len(table) == 1) is is_taken


def test_an_order_still_to_come_is_taken_and_told(tmp_path):
    table, account = told(tmp_path, "1,163,85,,,A,,2020-06-02\n")
    assert (len(table), codes(account)) == (1, ["effective_later"])


def test_a_list_without_category_and_zone_is_one_of_containment_zones(tmp_path):
    table, account = told(tmp_path, "1,B-7,2020-05-18\n", "number,booth_id,effective_on\n")
    assert table.category.tolist() == ["A"]
    assert found(account) == [(0, "category_assumed", False)]


def test_the_same_row_again_counts_once(tmp_path):
    rows = "1,163,85,,,A,,2020-05-18\n1,163,85,,,A,,2020-05-18\n1,163,85-86,,,A,,2020-05-18\n"
    table, account = told(tmp_path, rows)
    assert found(account) == [(2, "row_identical", True), (3, "place_repeated", False)]
    assert (account.read, account.taken, account.rejected) == (3, 2, 1)
    assert table.booth_id.tolist() == ["163/85", "163/85", "163/86"]


def test_of_a_booth_that_one_order_makes_a_and_b_nothing_is_taken(tmp_path):
    rows = (
        "1,163,85-87,,,A,,2020-05-18\n1,163,86,,,B,,2020-05-18\n"
        "2,163,86,,,B,,2020-05-18\n1,163,90,,,A,,2020-05-18\n"
    )
    table, account = told(tmp_path, rows)
    assert found(account) == [
        (1, "category_contradicted", True),
        (2, "category_contradicted", True),
    ]
    assert "163/86" in account.findings[0].message
    assert table.row.tolist() == [3, 4]


def test_a_unit_that_one_order_makes_red_and_green_is_not_taken(tmp_path):
    rows = "1,,,4,,,red,2020-05-18\n1,,,4,,,green,2020-05-18\n"
    table, account = told(tmp_path, rows)
    assert len(table) == 0
    assert codes(account).count("zone_contradicted") == 2


def test_a_number_with_two_days_is_told_on_each_row(tmp_path):
    rows = "1,163,85,,,A,,2020-05-18\n1,163,86,,,A,,2020-05-19\n2,163,86,,,A,,2020-05-19\n"
    table, account = told(tmp_path, rows)
    assert found(account) == [(1, "order_dates_differ", False), (2, "order_dates_differ", False)]
    assert len(table) == 3


def test_polygons_are_places_and_booths_that_the_row_names_go_before_them(tmp_path):
    shape = shapely.box(88.3, 22.5, 88.31, 22.51)
    path = write_geojson(
        tmp_path / "o.geojson",
        [polygon(shape)] * 3,
        number=["1", "2", "3"],
        booth_id=["", "163/85", "no such booth"],
        effective_on=["2020-05-18"] * 3,
        zone_name=["Para A", "", ""],
    )
    table, account = orders(path)
    assert table.booth_id.tolist() == ["", "163/85", ""]
    assert table.is_unlocated.tolist() == [False] * 3
    assert shapely.equals(table.geometry, shape).all()
    assert table.zone_name.tolist() == ["Para A", "", ""]
    assert (3, "place_open", False) in found(account)


def test_a_polygon_with_a_ward_lies_in_it_and_isnt_the_whole_of_it(tmp_path):
    shape = shapely.box(88.3, 22.5, 88.31, 22.51)
    path = write_geojson(
        tmp_path / "o.geojson",
        [polygon(shape), None],
        number=["1", "2"],
        unit_id=["4", ""],
        effective_on=["2020-05-18"] * 2,
    )
    table, account = orders(path)
    assert (table.unit_id.tolist(), table.has_polygon.tolist()) == (["4"], [True])
    assert found(account)[1:] == [(2, "place_missing", True)]


def test_words_and_forms_of_a_file_are_told_by_a_mapping(tmp_path):
    mapping = parse_mapping(
        '[orders.columns]\nnumber = "Order"\nbooth_id = "Booth"\neffective_on = "From"\n'
        'category = "Type"\n[orders.dates]\nformat = "%d.%m.%Y"\n'
        '[orders.values.category]\n"Buffer" = "B"\n',
        "orders",
        "m.toml",
    )
    table, _ = told(tmp_path, "7,B-7,Buffer,18.05.2020\n", "Order,Booth,Type,From\n", mapping)
    assert table.category.tolist() == ["B"]
    assert table.effective_at.astype(str).tolist() == ["2020-05-17T18:30:00"]


def test_days_of_parquet_are_days_whatever_the_format(tmp_path):
    day = pa.array([date(2020, 5, 18)])
    path = tmp_path / "o.parquet"
    pq.write_table(pa.table({"number": ["1"], "booth_id": ["B-7"], "effective_on": day}), path)
    table, _ = orders(path, Mapping(date_format="%d-%m-%Y"))
    assert table.effective_at.astype(str).tolist() == ["2020-05-17T18:30:00"]


def test_a_file_has_to_tell_number_day_and_place(tmp_path):
    with pytest.raises(ColumnError, match="no column number"):
        told(tmp_path, "B-7,2020-05-18\n", "booth_id,effective_on\n")
    with pytest.raises(InputError, match="tells no place of its orders"):
        told(tmp_path, "1,2020-05-18\n", "number,effective_on\n")


def test_entries_can_be_taken_in_part(tmp_path):
    table, _ = told(tmp_path, "1,163,85-88,,,A,,2020-05-18\n")
    assert table.take(np.array([True, False, False, True])).booth_id.tolist() == [
        "163/85",
        "163/88",
    ]
