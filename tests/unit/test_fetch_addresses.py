"""Which addresses are fetched from: https, and nothing inside a private network."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoning.errors import FetchError
from zoning.fetch.addresses import (
    is_allowed,
    is_local,
    is_public,
    refuse_private_peer,
    refuse_unsafe,
    shown,
)

PRIVATE = [
    "10.0.0.1", "172.16.5.4", "192.168.1.1", "127.0.0.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1",
    "ff02::1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:0a00:0001::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "140.82.121.3", "2606:50c0:8000::153", "64:ff9b::8c52:7903"]


@pytest.mark.parametrize("number", PRIVATE)
def test_a_private_number_is_refused_as_address_and_as_peer(number):
    host = f"[{number}]" if ":" in number else number
    with pytest.raises(FetchError):
        refuse_unsafe(f"https://{host}/a.geojson", may_be_local=False)
    with pytest.raises(FetchError, match="private network"):
        refuse_private_peer(number, "example.org", may_be_local=False)


@pytest.mark.parametrize("number", PUBLIC)
def test_a_public_number_is_let_pass(number):
    host = f"[{number}]" if ":" in number else number
    refuse_unsafe(f"https://{host}/a.geojson", may_be_local=False)
    refuse_private_peer(number, "example.org", may_be_local=False)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "10.1", "017700000001"])
def test_another_spelling_of_a_private_number_is_refused(host):
    with pytest.raises(FetchError):
        refuse_unsafe(f"https://{host}/", may_be_local=False)


@given(st.ip_addresses(v=4))
def test_a_number_wrapped_in_another_is_as_public_as_itself(number):
    wrapped = ipaddress.IPv6Address(f"::ffff:{number}")
    translated = ipaddress.IPv6Address(f"64:ff9b::{number}")
    assert is_public(wrapped) == is_public(translated) == is_public(number)


@pytest.mark.parametrize(
    ("address", "is_fine"),
    [
        ("https://example.org/a.geojson", True),
        ("https://example.org:8443/a", True),
        ("http://127.0.0.1:8000/a", True),
        ("http://[::1]/a", True),
        ("http://example.org/a", False),
        ("http://localhost/a", False),
        ("http://10.0.0.1/a", False),
        ("ftp://example.org/a", False),
        ("file:///a", False),
        ("https:///a", False),
        ("https://user@example.org/a", False),
        ("https://example.org:port/a", False),
        ("https://[broken/a", False),
        ("wards.geojson", False),
        ("", False),
    ],
)
def test_a_catalogue_names_https_or_a_server_on_this_machine(address, is_fine):
    assert is_allowed(address) == is_fine


def test_this_machine_is_asked_only_if_the_catalogue_said_so():
    local = "http://127.0.0.1:8000/a"
    assert is_local(local)
    refuse_unsafe(local, may_be_local=True)
    refuse_private_peer("127.0.0.1", "127.0.0.1", may_be_local=True)
    for number in ("10.0.0.1", "169.254.169.254"):
        with pytest.raises(FetchError):
            refuse_private_peer(number, "example.org", may_be_local=True)
    with pytest.raises(FetchError):
        refuse_unsafe(local, may_be_local=False)


@given(secret=st.text(alphabet="abcdefghij0123456789", min_size=8))
def test_a_message_holds_no_password_and_no_token(secret):
    text = shown(f"https://officer:{secret}@example.org:8443/a.csv?token={secret}#{secret}")
    assert text == "https://example.org:8443/a.csv"


def test_an_address_that_cant_be_read_is_said_to_be_so():
    assert "can't be read" in shown("https://[broken")
    assert shown("https://[::1]/a") == "https://[::1]/a"
