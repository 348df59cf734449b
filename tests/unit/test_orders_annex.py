"""The sealed annex: canonical bytes, a hash that anybody can compute again, a salt that hides."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

import pytest

from tests.papers import NUMBER, SALT, annex, paper
from zoning.errors import OrderError
from zoning.orders.annex import (
    annex_bytes,
    annex_hash,
    sealed_with,
    value_text,
    verify_annex,
)
from zoning.orders.canonical import canonical_json


@pytest.mark.parametrize(
    ("value", "text"),
    [
        # RFC 8785, section 3.2.3: keys by UTF-16 code units, the smiling face before U+FB33.
        (
            {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7},
            '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\U0001f600":5,"\ufb33":3}',
        ),
        # Section 3.2.2.2: short escapes where there are, the rest as it is.
        ({"a": '\u20ac$\u000f\nA\'B"\\\\"/'}, '{"a":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'),
        ([True, None, 9007199254740991, {}], "[true,null,9007199254740991,{}]"),
    ],
)
def test_canonical_json_is_that_of_the_standard(value, text):
    assert canonical_json(value) == text.encode("utf-8")


@pytest.mark.parametrize("value", [1.5, float("nan"), 2**53, {1: "a"}, ["x", {"y": 0.1}]])
def test_what_json_writes_in_several_ways_is_refused(value):
    with pytest.raises(OrderError, match="same way everywhere"):
        canonical_json(value)


def test_half_a_character_is_refused_with_the_place():
    with pytest.raises(OrderError, match=r"half a character behind .*Ward"):
        canonical_json({"name": "Ward \ud83d"})


def test_the_hash_of_an_annex_is_the_known_one():
    text = annex_bytes(annex()).decode("utf-8")
    assert text.startswith('{"areas":[{"area_id":"W12","counts":[["confirmed",8765432],')
    assert f'"salt":"{SALT}"' in text
    assert json.loads(text)["known_at"] == "2020-08-04T06:30:00+00:00"
    expected = "0419ffb48865ff25c723de29866aac235f41914bde3a5f5286e6469c2365dcbd"
    assert sha256(text.encode()).hexdigest() == expected
    assert annex_hash(annex()) == expected


def test_an_annex_is_verified_however_its_hash_was_copied():
    data, printed = annex_bytes(annex()), annex_hash(annex())
    grouped = " ".join(printed[i : i + 8].upper() for i in range(0, 64, 8))
    assert verify_annex(data, printed)
    assert verify_annex(data, f"  {grouped}\n")


def test_one_changed_byte_is_noticed():
    data = bytearray(annex_bytes(annex()))
    data[-2] ^= 1
    assert not verify_annex(bytes(data), annex_hash(annex()))


def test_a_text_that_is_no_hash_is_refused_and_not_called_wrong():
    with pytest.raises(OrderError, match="64 digits"):
        verify_annex(b"{}", "8b7a6200")


def test_the_same_evidence_under_another_salt_has_another_hash():
    assert annex_hash(replace(annex(), salt="f" * 32)) != annex_hash(annex())


@pytest.mark.parametrize("salt", ["", "abc", "f" * 31, "G" * 32])
def test_an_annex_without_a_long_salt_is_refused(salt):
    with pytest.raises(OrderError, match="guessed from the printed hash"):
        replace(annex(), salt=salt)


def test_a_moment_without_offset_is_refused_in_both_parts():
    naive = datetime(2020, 8, 4, 12, 0)
    with pytest.raises(OrderError, match="without its zone"):
        replace(annex(), known_at=naive)
    with pytest.raises(OrderError, match=r"without its zone \(review_at"):
        paper(review_at=naive)


def test_the_annex_of_another_order_seals_nothing():
    with pytest.raises(OrderError, match=f"belongs to order 9/2020, not to {NUMBER}"):
        sealed_with(paper(), annex("9/2020"))


def test_a_hash_that_is_none_is_refused_by_the_public_part():
    with pytest.raises(OrderError, match="no SHA-256"):
        paper(annex_sha256="abc")


def test_values_are_written_as_they_were_judged():
    assert value_text(15.0, 4) == "15.0000"
    assert value_text(float("inf"), 4) == "inf"
    assert value_text(float("nan"), 4) == ""
