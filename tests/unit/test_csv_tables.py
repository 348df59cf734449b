"""CSV as people export it: titles above, sums below, blank rows, names twice, lines cut short."""

from __future__ import annotations

import gzip

import pytest

from tests.running import write
from zoning.errors import InputError
from zoning.readers import csv_files
from zoning.readers.tables import FileForm, column_names, read_sheets, read_whole

KNOWN = frozenset({"unit_id", "confirmed_on", "count"})


def whole(path, columns=None, known=frozenset()):
    return read_whole(path, columns, FileForm(known=known))


def found(sheet):
    return [(f.row, f.code, f.rejects) for f in sheet.findings]


def numbers(sheet):
    n = sheet.table.num_rows
    first = sheet.first_row
    return list(range(first, first + n)) if sheet.rows is None else list(sheet.rows)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_that_of_the_header(tmp_path, sign):
    path = write(tmp_path / "c.csv", f"unit_id{sign} name \n1{sign}Garia\n")
    assert column_names(path) == ["unit_id", "name"]
    assert whole(path).table.to_pylist() == [{"unit_id": "1", "name": "Garia"}]


def test_blank_rows_are_counted_apart_and_are_no_rows(tmp_path):
    path = write(tmp_path / "c.csv", "unit_id,name,x\n1,A,\n,,\n\n2,B,\n" + ",,\n" * 56_000)
    sheet = whole(path, ["unit_id"])
    assert sheet.table.column("unit_id").to_pylist() == ["1", "2"]
    assert numbers(sheet) == [1, 3]
    (finding,) = sheet.findings
    assert (finding.row, finding.code) == (0, "rows_blank")
    assert finding.message.startswith("56001 rows are blank")


@pytest.mark.parametrize("blank", [",,", '"","",""', ",,\r\n"])
def test_a_blank_last_row_is_none_whether_its_line_ends_or_not(tmp_path, blank):
    sheet = whole(write(tmp_path / "c.csv", f"unit_id,name,x\n1,A,B\n{blank}"))
    assert sheet.table.num_rows == 1
    assert found(sheet) == [(0, "rows_blank", False)]


def test_a_row_that_is_empty_only_where_one_looks_is_no_blank_row(tmp_path):
    path = write(tmp_path / "c.csv", "unit_id,name\n,A\n,\n")
    assert numbers(whole(path, ["unit_id"])) == [1]


def test_a_header_in_the_middle_is_rejected_with_its_row(tmp_path):
    path = write(tmp_path / "c.csv", "unit_id,name\n1,A\nunit_id,name\n2,B\n")
    sheet = whole(path)
    assert numbers(sheet) == [1, 3]
    assert found(sheet) == [(2, "row_header", True)]


@pytest.mark.parametrize(
    "line",
    [
        "Total,,30",
        ",Grand Total:,30",
        "2020-05-18,TOTAL,30",
        "18 May 2020,Kolkata Total,30",
        "7,সর্বমোট,30",
        ",कुल योग,30",
    ],
)
def test_a_sum_below_the_rows_is_rejected(tmp_path, line):
    path = write(tmp_path / "c.csv", f"day,ward,count\n2020-05-18,1,30\n{line}\n")
    sheet = whole(path)
    assert found(sheet) == [(2, "row_sum", True)]
    assert sheet.table.num_rows == 1


@pytest.mark.parametrize("line", ["Totalpur,Total,3", "Behala,Total lockdown,3", "Sum Street,,3"])
def test_a_row_that_only_speaks_of_a_total_is_no_sum(tmp_path, line):
    path = write(tmp_path / "c.csv", f"ward,measure,count\n{line}\n")
    assert whole(path).table.num_rows == 1


def test_titles_above_the_header_are_passed_over_and_told(tmp_path):
    text = "Government of West Bengal,,\nCases as of 18 May,,\n\nward,day,n\n1,2020-05-18,3\n"
    sheet = whole(write(tmp_path / "c.csv", text))
    assert sheet.table.to_pylist() == [{"ward": "1", "day": "2020-05-18", "n": "3"}]
    (finding,) = sheet.findings
    assert (finding.row, finding.code) == (0, "preamble_skipped")
    assert "line 4" in finding.message
    assert "Government of West Bengal" in finding.message


def test_a_title_that_looks_like_a_header_is_passed_over_if_names_are_known(tmp_path):
    text = "Report,Kolkata,18 May\nunit_id,confirmed_on,count\n1,2020-05-18,3\n"
    path = write(tmp_path / "c.csv", text)
    assert column_names(path) == ["Report", "Kolkata", "18 May"]
    assert column_names(path, FileForm(known=KNOWN)) == ["unit_id", "confirmed_on", "count"]


def test_a_title_without_a_header_below_is_refused_with_the_way_out(tmp_path):
    path = write(tmp_path / "c.csv", "Cases of May\n1,2020-05-18,3\n2,2020-05-18,4\n")
    with pytest.raises(InputError, match="begins with Cases of May"):
        column_names(path)


def test_columns_of_one_name_are_numbered(tmp_path):
    path = write(tmp_path / "c.csv", "State,Block Name ,Block Name\nWB,A,B\n")
    assert column_names(path) == ["State", "Block Name [1]", "Block Name [2]"]
    assert whole(path, ["Block Name [2]"]).table.to_pylist() == [{"Block Name [2]": "B"}]


def test_a_name_of_a_column_may_go_over_two_lines(tmp_path):
    path = write(tmp_path / "c.csv", '"Date of\nreport",ward\n2020-05-18,1\n2020-05\n')
    sheet = whole(path)
    assert sheet.table.column_names == ["Date of report", "ward"]
    assert found(sheet) == [(2, "row_width", True)]


def test_rows_keep_their_numbers_over_many_parts_with_lines_cut_short(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_files, "BATCH_BYTES", 256)
    lines = [f"{i},x" if i % 7 else f"{i}" for i in range(1, 400)]
    path = write(tmp_path / "c.csv", "id,name\n" + "\n".join(lines) + "\n")
    sheets = list(read_sheets(path, None, FileForm()))
    assert len(sheets) > 5
    seen = [n for sheet in sheets for n in numbers(sheet)]
    ids = [int(i) for sheet in sheets for i in sheet.table.column("id").to_pylist()]
    assert seen == ids == [i for i in range(1, 400) if i % 7]
    assert [f.row for s in sheets for f in s.findings] == [i for i in range(1, 400) if not i % 7]


def test_a_file_whose_every_line_is_cut_short_is_read_as_nothing_but_rejects(tmp_path):
    sheet = whole(write(tmp_path / "c.csv", "a,b,c\n1,2\n3,4\n"))
    assert sheet.table.num_rows == 0
    assert found(sheet) == [(1, "row_width", True), (2, "row_width", True)]


@pytest.mark.parametrize("text", ["a,b\n", "a,b", "a,b\n\n\n", "\n\na,b\n"])
def test_a_header_alone_is_a_table_without_rows(tmp_path, text):
    sheet = whole(write(tmp_path / "c.csv", text))
    assert (sheet.table.num_rows, sheet.table.column_names) == (0, ["a", "b"])


def test_a_quote_left_open_is_refused_with_its_line(tmp_path):
    path = write(tmp_path / "c.csv", 'a,b\n1,x\n2,"y\n3,z\n' + "4,w\n" * 10)
    with pytest.raises(InputError, match="line 3"):
        whole(path)


def test_inches_in_a_cell_are_no_open_quote(tmp_path):
    path = write(tmp_path / "c.csv", 'a,b\n1,5" pipe\n2,"x, y"\n')
    assert whole(path).table.column("b").to_pylist() == ['5" pipe', "x, y"]


def test_a_packed_file_gives_the_same_as_a_plain_one(tmp_path):
    text = "a,b\n1,x\nTotal,2\n"
    plain = whole(write(tmp_path / "c.csv", text))
    packed = whole(write(tmp_path / "c.csv.gz", gzip.compress(text.encode())))
    assert packed.table.equals(plain.table)
    assert found(packed) == found(plain)


def test_who_takes_no_account_of_stray_rows_gets_them(tmp_path):
    path = write(tmp_path / "c.csv", "a,b\n1,x\nTotal,2\n,\na,b\n")
    assert read_whole(path).table.num_rows == 4


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("c.xls", "save it as .xlsx"),
        ("c.json", "as CSV"),
        ("c.pdf", "the table itself"),
        ("c", "without suffix"),
    ],
)
def test_other_kinds_of_files_are_refused_with_the_way_out(tmp_path, name, word):
    with pytest.raises(InputError, match=word):
        column_names(write(tmp_path / name, "something"))
