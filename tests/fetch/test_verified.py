"""What comes is the file that was promised, or the one that came before, or someone's word."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.fetch.conftest import AT, LATER
from tests.fetch.server import claims, ranged, status, unsized, whole
from zoning.errors import FetchError, OutputError
from zoning.fetch.download import Outcome

BODY = b'{"type": "FeatureCollection", "features": []}' * 99
CHANGED = BODY.replace(b"features", b"Features")
SHA256 = hashlib.sha256(BODY).hexdigest()
CHANGED_SHA256 = hashlib.sha256(CHANGED).hexdigest()


def test_fewer_bytes_than_announced_are_no_file(fetch):
    with pytest.raises(FetchError, match="broke off"):
        fetch(claims(BODY, len(BODY) + 1))
    assert not fetch.file.exists()


@pytest.mark.parametrize("n_bytes", [0, 1, len(BODY) - 1])
def test_more_bytes_than_announced_are_no_file(fetch, n_bytes):
    with pytest.raises(FetchError, match="sends more"):
        fetch(claims(BODY, n_bytes, ETag='"1"'))
    assert fetch.names() == set()


def test_a_file_of_no_told_length_is_taken_only_with_a_known_checksum(fetch):
    with pytest.raises(FetchError, match="how long the file is"):
        fetch(unsized(BODY))
    assert fetch(unsized(BODY), sha256=SHA256).is_verified
    assert fetch.file.read_bytes() == BODY


def test_a_promised_file_is_verified(fetch):
    got = fetch(whole(BODY), sha256=SHA256)
    assert got.is_verified
    assert got.sha256 == SHA256
    assert not fetch(whole(BODY)).is_verified


def test_another_file_than_the_promised_one_is_set_aside_with_both_sums_told(fetch):
    with pytest.raises(FetchError) as refusal:
        fetch(whole(CHANGED, ETag='"1"'), sha256=SHA256)
    for words in (SHA256, CHANGED_SHA256, "nadipur-wards.refused.geojson", "example.org/nadipur"):
        assert words in str(refusal.value)
    assert fetch.names() == {"nadipur-wards.refused.geojson"}
    assert fetch.folder.joinpath("nadipur-wards.refused.geojson").read_bytes() == CHANGED


def test_a_promised_file_that_is_here_isnt_asked_for_again(fetch):
    fetch(whole(BODY), sha256=SHA256)
    fetch.server.asked.clear()
    assert fetch(sha256=SHA256).outcome is Outcome.UNCHANGED
    assert fetch.asked == []


def test_a_file_that_is_here_is_asked_for_by_its_version_and_not_loaded_again(fetch):
    fetch(ranged(BODY))
    fetch.server.asked.clear()
    got = fetch(at=LATER)
    assert got.outcome is Outcome.UNCHANGED
    assert got.fetched_at == AT
    assert [asked["If-None-Match"] for asked in fetch.asked] == ['"1"']


def test_without_a_tag_the_date_of_the_file_asks_for_news(fetch):
    date = "Mon, 06 Apr 2020 10:00:00 GMT"
    fetch(whole(BODY, Last_Modified=date))
    fetch(status(304))
    assert fetch.asked[1]["If-Modified-Since"] == date


def test_the_version_of_one_address_says_nothing_of_another(fetch):
    fetch(ranged(BODY), path="/old.geojson")
    with pytest.raises(FetchError, match="has changed since"):
        fetch(ranged(CHANGED), path="/new.geojson")
    assert "If-None-Match" not in fetch.asked[1]


def test_no_news_that_nobody_asked_for_are_no_file(fetch):
    with pytest.raises(FetchError, match="status 304"):
        fetch(status(304))


def test_the_same_content_under_another_version_is_no_change(fetch):
    fetch(ranged(BODY))
    assert fetch(ranged(BODY, etag='"2"'), at=LATER).outcome is Outcome.UNCHANGED
    fetch.server.asked.clear()
    fetch()
    assert fetch.asked[0]["If-None-Match"] == '"2"', "from now on the new version is asked for"


def test_a_changed_file_is_told_and_not_taken(fetch):
    fetch(ranged(BODY))
    with pytest.raises(FetchError) as refusal:
        fetch(ranged(CHANGED, etag='"2"'), at=LATER)
    for words in ("18 May 2026", SHA256, CHANGED_SHA256, "--accept-change"):
        assert words in str(refusal.value)
    assert fetch.file.read_bytes() == BODY
    assert fetch.folder.joinpath("nadipur-wards.changed.geojson").read_bytes() == CHANGED


def test_a_changed_file_is_taken_when_someone_says_so(fetch):
    fetch(ranged(BODY))
    with pytest.raises(FetchError):
        fetch(ranged(CHANGED, etag='"2"'), at=LATER)
    got = fetch(is_change_accepted=True, at=LATER)
    assert (got.outcome, got.sha256, got.fetched_at) == (Outcome.REPLACED, CHANGED_SHA256, LATER)
    assert fetch.file.read_bytes() == CHANGED
    assert fetch.names() == {"nadipur-wards.geojson", "nadipur-wards.geojson.fetched.json"}


def test_a_promise_that_was_renewed_needs_a_word_too(fetch):
    fetch(ranged(BODY), sha256=SHA256)
    with pytest.raises(FetchError, match="has changed since"):
        fetch(ranged(CHANGED, etag='"2"'), sha256=CHANGED_SHA256)
    assert fetch.file.read_bytes() == BODY
    assert "If-None-Match" not in fetch.asked[1], "no news would be no file"
    got = fetch(is_change_accepted=True, sha256=CHANGED_SHA256)
    assert got.outcome is Outcome.REPLACED


def test_a_file_changed_by_hand_is_never_written_over(fetch):
    fetch(ranged(BODY))
    fetch.file.write_bytes(b"mine")
    with pytest.raises(FetchError, match="by hand"):
        fetch()
    assert "If-None-Match" not in fetch.asked[1], "its version says nothing of what lies there"
    assert fetch.file.read_bytes() == b"mine"


def test_a_file_without_receipt_that_is_the_same_gets_one(fetch):
    fetch(ranged(BODY))
    fetch.folder.joinpath("nadipur-wards.geojson.fetched.json").write_text("no receipt")
    assert fetch(at=LATER).outcome is Outcome.UNCHANGED
    receipt = json.loads(fetch.folder.joinpath("nadipur-wards.geojson.fetched.json").read_text())
    assert receipt["sha256"] == SHA256


def test_the_receipt_says_from_where_and_when(fetch):
    fetch(ranged(BODY))
    receipt = json.loads(fetch.folder.joinpath("nadipur-wards.geojson.fetched.json").read_text())
    assert receipt == {
        "address": f"{fetch.server.address}/data/Wards.GeoJSON",
        "sha256": SHA256,
        "n_bytes": len(BODY),
        "fetched_at": AT.isoformat(),
        "etag": '"1"',
        "last_modified": "",
    }


def test_a_folder_that_cant_be_written_is_named(fetch):
    fetch.folder.parent.joinpath("boundaries").write_text("a file stands in the way")
    with pytest.raises(OutputError, match="boundaries can't be written"):
        fetch(ranged(BODY))
