"""Files that are handed over: by their own name, in a folder of their own, and soon gone."""

import gc
import gzip

import pytest

from zoning.readers.lengths import about_rows
from zoning.workflow.uploads import UploadShelf


@pytest.fixture
def shelf(tmp_path):
    return UploadShelf(tmp_path)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("wards.geojson", "wards.geojson"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\cases.csv", "cases.csv"),
        (".hidden.csv", "hidden.csv"),
        ("a\nb\x00.csv", "ab.csv"),
        ("", "upload"),
        ("..", "upload"),
        ("টিকা.csv", "টিকা.csv"),
        ("x" * 300 + ".geojson", "x" * 112 + ".geojson"),
    ],
)
def test_a_file_keeps_the_last_part_of_its_name(shelf, tmp_path, name, kept):
    upload = shelf.put(name, b"content")
    assert upload.name == kept
    assert upload.file.read_bytes() == b"content"
    assert upload.file.resolve().is_relative_to(tmp_path / "uploads")


def test_two_files_of_one_name_lie_apart(shelf):
    one, other = shelf.put("a.csv", b"1"), shelf.put("a.csv", b"2")
    assert one.file != other.file
    shelf.drop(one)
    assert not one.file.exists()
    assert other.file.exists()


def test_a_sentence_names_a_file_as_its_owner_does(shelf):
    upload = shelf.put("a.csv", b"1")
    assert upload.told(f"{upload.file} is empty.") == "a.csv is empty."


def test_a_file_goes_with_the_session_that_held_it(shelf):
    upload = shelf.put("a.csv", b"1")
    folder = upload.file.parent
    del upload
    gc.collect()
    assert not folder.exists()


def test_what_an_earlier_process_left_behind_is_removed(tmp_path):
    left = tmp_path / "uploads" / "left" / "cases.csv"
    left.parent.mkdir(parents=True)
    left.write_text("names of persons")
    UploadShelf(tmp_path)
    assert not left.exists()


def test_rows_are_counted_without_being_read(tmp_path):
    plain = tmp_path / "a.csv"
    plain.write_bytes(b"x,y\n1,2\n3,4\n5,6")
    packed = tmp_path / "b.csv.gz"
    packed.write_bytes(gzip.compress(b"x\n" + b"1\n" * 1000))
    assert about_rows(plain) == 3
    assert about_rows(packed) == 1000


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet", "a.csv.gz", "a.jpg", "missing.csv"])
def test_a_length_that_cant_be_told_is_none(tmp_path, name):
    file = tmp_path / name
    if "missing" not in name:
        file.write_bytes(b"\x1f\x8bbroken")
    assert about_rows(file) == 0
