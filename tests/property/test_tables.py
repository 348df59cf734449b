"""Whatever a file holds: it is read and every row accounted for, or refused in one sentence."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zoning.errors import SeemanaError
from zoning.readers.cases import read_cases
from zoning.readers.guess import guess_mapping
from zoning.readers.mapping import Mapping
from zoning.readers.tables import FileForm, read_whole

TODAY = date(2020, 6, 1)
HEADER = b"unit_id,confirmed_on,count\n"

cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
rows = st.lists(st.tuples(cells, cells, cells), max_size=12)
# What files are made of when they go wrong: rows, quotes, delimiters, bytes that are no text.
scraps = st.sampled_from(
    [b"1,2020-05-18,3\n", b"Total,,9\n", HEADER, b",,\n", b'"', b",", b"\n", b"\r\n", b"\0"]
) | st.binary(max_size=12)


def in_file(content: bytes, name: str = "f.csv"):
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / name
    path.write_bytes(content)
    return folder, path


def written(lines) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


@given(st.lists(scraps, max_size=20).map(b"".join))
@example(b'a,b\n1,"2\n3,4\n')
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
def test_any_bytes_are_read_or_refused_in_one_sentence(content):
    folder, path = in_file(content)
    with folder:
        try:
            sheet = read_whole(path, None, FileForm())
        except SeemanaError as refusal:
            assert len(str(refusal).splitlines()) == 1
            assert "f.csv" in str(refusal)
        else:
            assert all(finding.row >= 0 for finding in sheet.findings)


@given(st.lists(scraps, max_size=20).map(b"".join))
def test_every_row_of_a_case_file_is_taken_or_rejected_with_a_reason(content):
    folder, path = in_file(HEADER + content)
    with folder:
        try:
            parts = list(read_cases(path, Mapping(), TODAY))
        except SeemanaError:
            return
        for cases, account in parts:
            assert account.read == account.taken + account.rejected
            assert len(cases) == account.taken
            rejected = {f.row for f in account.findings if f.rejects}
            assert len(rejected) == account.rejected
            assert not rejected & set(cases.row.tolist())


@given(rows, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_every_cell_comes_back_as_it_was_written(lines, encoding):
    kept = [line for line in lines if any(cell != "" for cell in line)]
    text = written([("first", "second", "third"), *(("x" + a, b, c) for a, b, c in kept)])
    folder, path = in_file(text.encode(encoding))
    with folder:
        table = read_whole(path).table
    read = [[cell or "" for cell in row.values()] for row in table.to_pylist()]
    assert read == [["x" + a, b, c] for a, b, c in kept]


@pytest.mark.parametrize("kind", ["cases", "tests", "facilities", "outcomes"])
@given(content=st.lists(scraps, max_size=12).map(b"".join))
def test_a_proposal_is_made_of_anything_that_can_be_read(kind, content):
    folder, path = in_file(content)
    with folder:
        try:
            guess = guess_mapping(path, kind)
        except SeemanaError as refusal:
            assert "f.csv" in str(refusal)
        else:
            assert set(guess.mapping.columns.values()) <= set(guess.names)
