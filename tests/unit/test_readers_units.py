"""Every row of a unit file is taken, repaired or rejected with its reason."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import shapely

from tests.source_tree import ROOT
from tests.vector_files import polygon, ring, ward, write_geojson, write_vector
from zoning.errors import ColumnError, InputError
from zoning.readers.booths import read_booths
from zoning.readers.boundaries import read_boundaries
from zoning.readers.mapping import Mapping, read_mapping
from zoning.readers.units import COLUMNS, read_unit_file, read_units

NOTHING = Mapping()


EXAMPLES = [
    path
    for path in sorted((ROOT / "docs" / "examples").glob("*.toml"))
    if "[units." in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_example_is_a_mapping_that_names_its_codes(path):
    mapping = read_mapping(path, "units")
    assert set(mapping.columns) <= set(COLUMNS)
    assert mapping.columns["unit_id"]


def table(tmp_path, text):
    path = tmp_path / "units.csv"
    path.write_text(text, encoding="utf-8")
    return path


def found(account):
    return [(f.row, f.code, f.rejects) for f in account.findings]


def test_a_code_of_two_different_rows_rejects_both_and_names_them(tmp_path):
    units, account = read_units(
        table(tmp_path, "unit_id,name\n1,North\n2,South\n1,East\n3,West\n"), NOTHING
    )
    assert units.unit_id.tolist() == ["2", "3"]
    assert found(account) == [(1, "unit_repeated", True), (3, "unit_repeated", True)]
    assert all("unit_id 1 stands in rows 1, 3" in f.message for f in account.findings)


def test_a_row_told_again_word_for_word_is_rejected_as_duplicate_and_the_first_taken(tmp_path):
    shapes = [polygon(ring(0)), polygon(ring(1)), polygon(ring(1)[::-1])]
    path = write_geojson(tmp_path / "w.geojson", shapes, unit_id=["1", "2", "2"], fid=[1, 2, 3])
    units, account = read_units(path, NOTHING)
    assert units.unit_id.tolist() == ["1", "2"]
    assert found(account) == [(3, "duplicate", True)]
    assert "row 2 word for word" in account.findings[0].message


def test_the_same_words_with_another_shape_are_no_duplicate(tmp_path):
    shapes = [polygon(ring(n)) for n in range(3)]
    path = write_geojson(tmp_path / "w.geojson", shapes, unit_id=["1", "2", "2"])
    units, account = read_units(path, NOTHING)
    assert units.unit_id.tolist() == ["1"]
    assert Counter(f.code for f in account.findings) == {"unit_repeated": 2}


def test_of_three_rows_of_one_code_a_duplicate_goes_and_the_two_that_differ_are_refused(tmp_path):
    text = "unit_id,name\n1,North\n1,North\n1,East\n2,South\n"
    units, account = read_units(table(tmp_path, text), NOTHING)
    assert units.unit_id.tolist() == ["2"]
    assert found(account) == [
        (1, "unit_repeated", True), (2, "duplicate", True), (3, "unit_repeated", True),
    ]  # fmt: skip


def test_a_row_without_code_is_rejected_and_the_file_taken(tmp_path):
    units, account = read_units(table(tmp_path, "unit_id,name\n1,North\n,South\n"), NOTHING)
    assert (len(units), account.read, account.rejected) == (1, 2, 1)
    assert found(account) == [(2, "unit_missing", True)]


def test_a_file_of_which_nothing_is_left_is_refused_with_its_first_reason(tmp_path):
    with pytest.raises(InputError, match=r"holds no unit that can be used\. unit_id 1 stands in"):
        read_units(table(tmp_path, "unit_id,name\n1,North\n1,South\n"), NOTHING)


def test_a_line_of_the_wrong_width_is_counted_and_not_lost(tmp_path):
    units, account = read_units(table(tmp_path, "unit_id,name\n1,N\n2,S,x\n3,W\n,E\n"), NOTHING)
    assert units.unit_id.tolist() == ["1", "3"]
    assert (account.read, account.rejected) == (4, 2)
    assert found(account) == [(2, "row_width", True), (4, "unit_missing", True)]


def test_whole_numbers_as_codes_lose_their_point(tmp_path):
    path = write_vector(tmp_path / "w.gpkg", [ward(0), ward(1)], unit_id=[1.0, 2.0])
    assert read_units(path, NOTHING)[0].unit_id.tolist() == ["1", "2"]


def test_codes_of_the_directory_are_digits_or_unknown(tmp_path):
    text = "unit_id,lgd_code\n1,245123\n2,24-A\n3,\n4,245124.0\n"
    units, account = read_units(table(tmp_path, text), NOTHING)
    assert units.lgd_code is not None
    assert units.lgd_code.tolist() == ["245123", "", "", "245124"]
    assert found(account) == [(2, "lgd_code_invalid", False)]
    assert read_units(table(tmp_path, "unit_id\n1\n"), NOTHING)[0].lgd_code is None


def test_names_in_other_languages_come_from_the_columns_named(tmp_path):
    path = table(tmp_path, "unit_id,name,NAME_BN\n1,North,উত্তর\n,,\n2,South,\n")
    units, _ = read_units(path, Mapping(names={"bn": "name_bn"}))
    assert {tag: names.tolist() for tag, names in units.names.items()} == {"bn": ["উত্তর", ""]}
    with pytest.raises(ColumnError, match=r"no column NAME_HI.*name:hi"):
        read_units(path, Mapping(names={"hi": "NAME_HI"}))


@pytest.mark.parametrize("expected", ["1 - 4", "1–3, 4", "1,2,3,4", " 1 , 2 — 4 "])
def test_units_the_mapping_expects_and_the_file_lacks_are_listed(tmp_path, expected):
    path = write_vector(tmp_path / "w.gpkg", [ward(0), ward(1), None], unit_id=["2", "4", "9"])
    file = read_unit_file(path, Mapping(expected={"unit_id": expected}), "ward")
    assert file.units.unit_id.tolist() == ["2", "4", "9", "1", "3"]
    assert file.rows.tolist() == [1, 2, 3, 0, 0]
    assert (file.account.read, file.account.taken) == (3, 3)
    assert Counter(f.code for f in file.account.findings) == {
        "unit_expected_missing": 2, "geometry_missing": 1, "unit_unexpected": 1,
    }  # fmt: skip
    added = file.units.take(file.rows == 0)
    assert shapely.is_missing(added.geometry).all()
    assert np.isnan(added.population).all()
    assert (added.level == "ward").all()


def test_an_expected_unit_whose_row_is_rejected_is_listed_all_the_same(tmp_path):
    path = table(tmp_path, "unit_id,population\n1,100\n2,many\n")
    units, account = read_units(path, Mapping(expected={"unit_id": "1-2"}))
    assert units.unit_id.tolist() == ["1", "2"]
    assert found(account) == [(0, "unit_expected_missing", False), (2, "population_invalid", True)]


def test_only_codes_can_be_expected_of_units(tmp_path):
    with pytest.raises(InputError, match=r"\[units\.expected\] unit_id"):
        read_units(table(tmp_path, "unit_id\n1\n"), Mapping(expected={"name": "North"}))


def test_boundaries_come_in_degrees_with_the_report_of_their_quality(tmp_path):
    path = write_vector(tmp_path / "w.gpkg", [ward(0), ward(0), None], unit_id=["1", "2", "3"])
    units, account = read_boundaries(path, NOTHING)
    assert units.crs == "EPSG:4326"
    assert Counter(f.code for f in account.findings) == {
        "duplicate_shape": 1, "geometry_missing": 1, "population_missing_total": 1,
    }  # fmt: skip
    assert [f.row for f in account.findings] == sorted(f.row for f in account.findings)


def test_a_refused_row_shows_its_shape_since_no_other_map_does(tmp_path):
    shapes = [polygon(ring(n)) for n in range(3)]
    path = write_geojson(tmp_path / "w.geojson", shapes, unit_id=["1", "", "3"])
    refused = next(f for f in read_boundaries(path, NOTHING)[1].findings if f.rejects)
    assert (refused.row, refused.code) == (2, "unit_missing")
    assert shapely.from_wkt(refused.shape).symmetric_difference(ward(1)).area < 1e-9


def test_a_sliver_that_took_the_code_of_its_neighbour_is_found_in_a_file(tmp_path):
    wards = [polygon(ring(n)) for n in range(4)]
    tiny = [[77.1, 12], [77.100001, 12], [77.100001, 12.000001], [77.1, 12]]
    path = write_geojson(
        tmp_path / "w.geojson", [*wards, polygon(tiny)], unit_id=["1", "", "3", "4", "2"]
    )
    account = read_boundaries(path, NOTHING)[1]
    (sliver,) = (f for f in account.findings if f.code == "sliver_with_attributes")
    assert sliver.row == 5
    assert "in row 2 " in sliver.message


def test_booth_areas_are_repaired_too_and_bad_ones_cost_their_row(tmp_path):
    bow = polygon([[77, 12], [77.1, 12.1], [77.1, 12], [77, 12.1], [77, 12]])
    bad = polygon([[77, 12], [78, 12]])
    path = write_geojson(tmp_path / "b.geojson", [polygon(ring(0)), bow, bad, None])
    booths, account = read_booths(path, Mapping(columns={"booth_id": "unit_id"}))
    assert found(account) == [
        (2, "geometry_repaired", False),
        (3, "geometry_unreadable", True),
        (4, "coordinates_missing", False),
    ]
    assert (len(booths), account.repaired) == (3, 1)
    assert shapely.is_valid(booths.geometry[1])
