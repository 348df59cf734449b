"""Workbooks: which sheet is read, what isn't a row, and workbooks that are traps."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import Workbook

from tests.running import write
from zoning.errors import InputError
from zoning.readers import workbooks
from zoning.readers.limits import load_limits
from zoning.readers.tables import FileForm, column_names, read_whole


def workbook(path, **sheets):
    book = Workbook()
    book.remove(book.active)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


CASES = [("unit_id", "confirmed_on", "count"), (1, datetime(2020, 5, 18), 3.0), (2, "x", None)]


def test_cells_are_texts_and_whole_numbers_lose_their_point(tmp_path):
    path = workbook(tmp_path / "w.xlsx", Cases=CASES)
    assert read_whole(path).table.to_pylist() == [
        {"unit_id": "1", "confirmed_on": "2020-05-18T00:00:00", "count": "3"},
        {"unit_id": "2", "confirmed_on": "x", "count": None},
    ]


def test_the_sheet_told_is_read(tmp_path):
    path = workbook(tmp_path / "w.xlsx", Cover=[("title", "by")], Cases=CASES)
    assert column_names(path, FileForm(layer="Cases")) == list(CASES[0])
    with pytest.raises(InputError, match="no sheet Deaths; its sheets are Cover, Cases"):
        column_names(path, FileForm(layer="Deaths"))


def test_without_a_word_the_first_sheet_with_columns_is_read_and_told(tmp_path):
    path = workbook(tmp_path / "w.xlsx", Empty=[], Cases=CASES, Old=CASES)
    sheet = read_whole(path, None, FileForm())
    assert sheet.table.num_rows == 2
    (finding,) = sheet.findings
    assert (finding.row, finding.code) == (0, "sheet_chosen")
    assert "Empty, Cases, Old, of which Cases is read" in finding.message


def test_a_sheet_with_columns_we_know_comes_before_a_cover(tmp_path):
    path = workbook(tmp_path / "w.xlsx", Cover=[("title", "by"), ("May", "me")], Cases=CASES)
    assert column_names(path, FileForm(known=frozenset({"unit_id"}))) == list(CASES[0])


def test_titles_blank_rows_and_sums_are_no_rows(tmp_path):
    lines = [("Cases of May",), (), *CASES, (None, " ", None), (3, "y", 4), ("Total", None, 7)]
    path = workbook(tmp_path / "w.xlsx", Cases=[*lines, *[(None, None, "")] * 50])
    sheet = read_whole(path, None, FileForm())
    assert sheet.table.column("unit_id").to_pylist() == ["1", "2", "3"]
    assert list(sheet.rows) == [1, 2, 4]
    assert {(f.row, f.code, f.rejects) for f in sheet.findings} == {
        (0, "preamble_skipped", False),
        (5, "row_sum", True),
        (0, "rows_blank", False),
    }


def test_rows_keep_their_numbers_over_many_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "BATCH_ROWS", 7)
    lines = [("id", "name"), *[(i, "x") if i % 5 else (None, None) for i in range(1, 60)]]
    sheet = read_whole(workbook(tmp_path / "w.xlsx", S=lines), None, FileForm())
    assert [str(row) for row in sheet.rows] == sheet.table.column("id").to_pylist()


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    small = replace(load_limits(), workbook_bytes=1_000_000)
    monkeypatch.setattr(workbooks, "load_limits", lambda: small)
    path = workbook(tmp_path / "w.xlsx", Cases=CASES)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b"<row/>" * 1_000_000)
    assert path.stat().st_size < 30_000
    with pytest.raises(InputError, match="unpacks to 6 MB"):
        column_names(path)


def test_a_workbook_whose_xml_multiplies_itself_is_refused(tmp_path):
    path = workbook(tmp_path / "w.xlsx", Cases=CASES)
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "boom">{entities}]><worksheet>&a11;</worksheet>'
    blown = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(blown, "w") as new:
        for part in old.infolist():
            is_sheet = part.filename.endswith("sheet1.xml")
            new.writestr(part.filename, bomb if is_sheet else old.read(part))
    with pytest.raises(InputError, match=r"b\.xlsx"):
        read_whole(blown)


def test_a_giant_cell_is_refused_with_its_row(tmp_path):
    path = workbook(tmp_path / "w.xlsx", S=[("id", "name"), (1, "x")])
    blown = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(blown, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, content.replace(b">x<", b">" + b"x" * 40_000 + b"<"))
    with pytest.raises(InputError, match="row 1: a cell holds 40000 characters"):
        read_whole(blown)


@pytest.mark.parametrize("content", [b"PK\x05\x06" + b"\0" * 18, b"no archive", b"PK\x03\x04cut"])
def test_a_broken_workbook_is_refused_in_one_sentence(tmp_path, content):
    with pytest.raises(InputError, match=r"w\.xlsx can't be read as XLSX"):
        column_names(write(tmp_path / "w.xlsx", content))


def test_a_workbook_without_any_column_is_refused(tmp_path):
    with pytest.raises(InputError, match="no header line"):
        column_names(workbook(tmp_path / "w.xlsx", Empty=[], Blank=[(None,)]))
