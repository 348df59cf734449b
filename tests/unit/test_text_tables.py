"""Text files in any encoding: what isn't text is shown and told, never guessed."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest

from tests.running import write
from zoning.errors import InputError
from zoning.readers import decoding
from zoning.readers.limits import load_limits
from zoning.readers.tables import FileForm, column_names, read_whole

HEAD = "unit_id,name\n"


def cells(path, column="name", **form):
    return read_whole(path, None, FileForm(**form)).table.column(column).to_pylist()


def codes(path, **form):
    return [(f.row, f.code) for f in read_whole(path, None, FileForm(**form)).findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_marked_file_is_read_by_its_mark(tmp_path, encoding):
    path = write(tmp_path / "w.csv", f"{HEAD}1,বেলেঘাটা\n".encode(encoding))
    assert column_names(path) == ["unit_id", "name"]
    assert cells(path) == ["বেলেঘাটা"]
    assert codes(path) == []


def test_bytes_that_are_no_text_are_shown_and_their_row_is_kept_and_told(tmp_path):
    path = write(tmp_path / "w.csv", HEAD.encode() + b"1,Caf\xe9\n2,Garia\n")
    assert cells(path) == ["Caf\\xe9", "Garia"]
    (finding,) = read_whole(path, None, FileForm()).findings
    assert (finding.row, finding.code, finding.rejects) == (1, "not_text", False)
    assert "Caf\\xe9" in finding.message


def test_an_encoding_that_was_told_is_used(tmp_path):
    path = write(tmp_path / "w.csv", f"{HEAD}1,Café\n".encode("cp1252"))
    assert cells(path, encoding="cp1252") == ["Café"]
    assert codes(path, encoding="cp1252") == []


@pytest.mark.parametrize("told", ["utf-8", "UTF8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_mark_that_agrees_with_what_was_told_is_no_text(tmp_path, told):
    written = "utf-16" if "16" in told else "utf-8-sig"
    path = write(tmp_path / "w.csv", f"{HEAD}1,Café\n".encode(written))
    assert column_names(path, FileForm(encoding=told)) == ["unit_id", "name"]
    assert cells(path, encoding=told) == ["Café"]


def test_a_byte_that_the_told_encoding_lacks_is_shown_too(tmp_path):
    path = write(tmp_path / "w.csv", HEAD.encode() + b"1,A\x81B\n")
    assert cells(path, encoding="cp1252") == ["A\\x81B"]
    assert codes(path, encoding="cp1252") == [(1, "not_text")]


def test_zero_bytes_are_shown(tmp_path):
    path = write(tmp_path / "w.csv", HEAD.encode() + b"1,A\0B\n" + b"2,Garia\n" * 40)
    assert cells(path)[0] == "A\\x00B"
    assert codes(path) == [(1, "not_text")]


def test_letters_are_not_torn_where_blocks_of_a_file_meet(tmp_path, monkeypatch):
    monkeypatch.setattr(decoding, "BLOCK_BYTES", 7)
    names = ["বেলেঘাটা", "गरिया", "Garia"] * 5
    text = HEAD + "".join(f"{i},{name}\n" for i, name in enumerate(names))
    assert cells(write(tmp_path / "w.csv", text.encode("utf-16"))) == names
    assert cells(write(tmp_path / "w.csv", text.encode() + b"9,x\xff\n")) == [*names, "x\\xff"]


@pytest.mark.parametrize(
    ("content", "told", "word"),
    [
        (f"{HEAD}1,A\n".encode("utf-16-le"), "", "utf-16-le"),
        (f"{HEAD}1,A\n".encode("utf-16-be"), "", "utf-16-be"),
        (f"{HEAD}1,A\n".encode("utf-8-sig"), "cp1252", "UTF-8"),
        (f"{HEAD}1,A\n".encode(), "base64", "base64"),
        (f"{HEAD}1,A\n".encode(), "klingon", "klingon"),
        (b"PK\x03\x04 archive", "", ".xlsx"),
        (b"\xd0\xcf\x11\xe0 old workbook", "", ".xls"),
        (b"<!DOCTYPE html><title>Sign in</title>", "", ".html"),
        (b'{"histories": []}', "", ".json"),
        (b"\x1f\x8b packed", "", ".gz"),
    ],
)
def test_what_cannot_be_text_is_refused_in_one_sentence(tmp_path, content, told, word):
    path = write(tmp_path / "w.csv", content)
    with pytest.raises(InputError, match=r"w\.csv") as refusal:
        column_names(path, FileForm(encoding=told))
    assert word in str(refusal.value)


def test_a_line_that_never_ends_is_refused(tmp_path):
    path = tmp_path / "w.csv.gz"
    path.write_bytes(gzip.compress(HEAD.encode() + b"1," + b"x" * 20_000_000))
    assert path.stat().st_size < 30_000
    with pytest.raises(InputError, match="line 2 is longer than 1024 KB"):
        read_whole(path, None, FileForm())


def test_a_file_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    small = replace(load_limits(), text_bytes=6_000_000)
    monkeypatch.setattr(decoding, "load_limits", lambda: small)
    path = tmp_path / "w.csv.gz"
    path.write_bytes(gzip.compress(HEAD.encode() + b"1,Garia\n" * 2_000_000))
    with pytest.raises(InputError, match="unpacks to more than 6 MB"):
        read_whole(path, None, FileForm())


def test_a_packed_file_cut_short_is_refused(tmp_path):
    path = tmp_path / "w.csv.gz"
    path.write_bytes(gzip.compress(HEAD.encode() + b"1,Garia\n" * 9000)[:-20])
    with pytest.raises(InputError, match=r"w\.csv\.gz"):
        read_whole(path, None, FileForm())
