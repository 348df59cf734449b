"""A fetch that breaks off goes on where it ended, and never glues two files together."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fetch.conftest import AT, LIMITS, Fetching, source_at
from tests.fetch.server import chunked, claims, ranged, serving, status, whole
from zoning.errors import FetchError
from zoning.fetch import transfer
from zoning.fetch.download import Outcome, download
from zoning.fetch.records import write_partial

# Larger than one block, and no two stretches of it are alike.
BODY = b"".join(n.to_bytes(4, "big") for n in range(50_000))
OTHER = BODY[::-1]
HALF = len(BODY) // 2


def test_a_file_comes_whole_and_nothing_else_stays(fetch):
    got = fetch(ranged(BODY))
    assert got.outcome is Outcome.FETCHED
    assert fetch.file.read_bytes() == BODY
    assert got.n_bytes == len(BODY)
    assert fetch.names() == {"nadipur-wards.geojson", "nadipur-wards.geojson.fetched.json"}
    assert fetch.slept == []
    assert fetch.told[0] == (0, len(BODY))
    assert fetch.told[-1] == (len(BODY), len(BODY))


def test_after_a_break_only_the_rest_is_asked_for(fetch):
    fetch(ranged(BODY, after=HALF), ranged(BODY))
    assert fetch.file.read_bytes() == BODY
    assert [asked.get("Range") for asked in fetch.asked] == [None, f"bytes={HALF}-"]
    assert fetch.asked[1]["If-Range"] == '"1"'


def test_a_second_fetch_goes_on_where_the_first_gave_up(fetch):
    with pytest.raises(FetchError, match="1,00,000 bytes are here"):
        fetch(ranged(BODY, after=HALF))
    assert not fetch.file.exists()
    fetch.server.asked.clear()
    fetch(ranged(BODY))
    assert fetch.file.read_bytes() == BODY
    assert fetch.asked[0]["Range"] == f"bytes={HALF}-"


def test_a_whole_part_is_confirmed_by_its_last_byte(fetch):
    with pytest.raises(FetchError):
        fetch(ranged(BODY, after=HALF))
    fetch.folder.joinpath("nadipur-wards.geojson.part").write_bytes(BODY)
    fetch.server.asked.clear()
    fetch(ranged(BODY))
    assert fetch.file.read_bytes() == BODY
    assert [asked["Range"] for asked in fetch.asked] == [f"bytes={len(BODY) - 1}-"]


def test_a_part_longer_than_the_whole_is_cut(fetch):
    with pytest.raises(FetchError):
        fetch(ranged(BODY, after=HALF))
    fetch.folder.joinpath("nadipur-wards.geojson.part").write_bytes(BODY + b"more")
    fetch(ranged(BODY))
    assert fetch.file.read_bytes() == BODY


def test_a_part_is_empty_when_its_note_names_another_version(fetch, monkeypatch):
    # Killed between the two, it would otherwise be gone on with as that version.
    sizes = []

    def write_and_look(places, partial):
        sizes.append(places.part.stat().st_size)
        write_partial(places, partial)

    monkeypatch.setattr(transfer, "write_partial", write_and_look)
    fetch(ranged(BODY, after=HALF), ranged(OTHER, etag='"2"'))
    assert sizes == [0, 0]


@settings(max_examples=30)
@given(ends=st.lists(st.integers(0, len(BODY) - 1), max_size=LIMITS.tries - 1))
def test_wherever_it_breaks_off_the_file_is_the_same(ends):
    answers = [ranged(BODY, after=end) for end in ends]
    with serving() as server, tempfile.TemporaryDirectory() as folder:
        fetch = Fetching(server, Path(folder))
        fetch(*answers, ranged(BODY))
        assert fetch.file.read_bytes() == BODY


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (whole(OTHER, ETag='"2"'), "the server ignores the range"),
        (ranged(OTHER, etag='"2"'), "the file has another version"),
        (ranged(OTHER, etag='"1"', claimed_etag='"2"'), "the part is of another version"),
        (ranged(OTHER + b"x", etag='"1"'), "the whole has another length"),
        (ranged(OTHER, etag='"1"', shift=1), "the part begins elsewhere"),
        (status(416), "the server has no such part"),
    ],
)
def test_what_may_be_another_file_is_begun_anew(fetch, second, why):
    fetch(ranged(BODY, after=HALF), second, whole(OTHER, ETag='"2"'))
    assert fetch.file.read_bytes() == OTHER, why


def test_a_version_that_changes_with_every_try_is_never_glued(fetch):
    versions = [bytes([n]) * len(BODY) for n in range(5)]
    broken = [ranged(body, etag=f'"{n}"', after=HALF) for n, body in enumerate(versions[:-1])]
    fetch(*broken, ranged(versions[-1], etag='"4"'))
    assert fetch.file.read_bytes() == versions[-1]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"ETag": 'W/"1"'},
        {"ETag": "1"},
        {"Last_Modified": "Fri, 31 Dec 9999 23:59:59 GMT"},
    ],
)
def test_a_version_without_a_certain_name_is_begun_anew(fetch, fields):
    fetch(claims(BODY[:HALF], len(BODY), **fields), whole(BODY))
    assert "Range" not in fetch.asked[1]
    assert fetch.file.read_bytes() == BODY


def test_an_old_date_names_a_version_where_there_is_no_tag(fetch):
    date = "Mon, 06 Apr 2020 10:00:00 GMT"
    fetch(claims(BODY[:HALF], len(BODY), Last_Modified=date), whole(BODY))
    assert fetch.asked[1]["Range"] == f"bytes={HALF}-"
    assert fetch.asked[1]["If-Range"] == date


def test_chunks_without_an_end_are_a_break_and_no_file(fetch):
    with pytest.raises(FetchError, match="broke off"):
        fetch(chunked(BODY, is_ended=False))
    assert not fetch.file.exists()
    fetch(chunked(BODY, BODY))
    assert fetch.file.read_bytes() == BODY + BODY


@pytest.mark.parametrize(
    "note", ["", "[]", "{", '{"address": 1}', '{"address": "x", "validator": "y", "z": 1}']
)
def test_a_note_that_cant_be_read_means_beginning_anew(fetch, note):
    with pytest.raises(FetchError):
        fetch(ranged(OTHER, after=HALF))
    fetch.folder.joinpath("nadipur-wards.geojson.part.json").write_text(note)
    fetch.server.asked.clear()
    fetch(ranged(BODY))
    assert "Range" not in fetch.asked[0]
    assert fetch.file.read_bytes() == BODY


def test_the_part_of_another_address_is_begun_anew(fetch):
    with pytest.raises(FetchError):
        fetch(ranged(OTHER, after=HALF), path="/old.geojson")
    fetch.server.asked.clear()
    fetch(ranged(BODY), path="/new.geojson")
    assert "Range" not in fetch.asked[0]
    assert fetch.file.read_bytes() == BODY


def test_two_fetches_into_one_folder_dont_meet(fetch):
    def told(n_bytes, total_bytes):
        with pytest.raises(FetchError, match="being fetched"):
            fetch()

    fetch.server.answers = [ranged(BODY)]
    download(source_at(f"{fetch.server.address}/a.geojson"), fetch.folder, AT, told=told)
    assert len(fetch.asked) == 1
    assert fetch.file.read_bytes() == BODY
