"""Towards servers: who asks, how often, how long, how much, and where nothing is followed."""

from __future__ import annotations

import socket
from dataclasses import replace
from threading import Event

import pytest

from tests.fetch.conftest import AT, LIMITS, source_at
from tests.fetch.server import (
    Handler,
    endless,
    held_open,
    ranged,
    sent_to,
    serving,
    status,
    unsized,
    whole,
)
from zoning import __version__
from zoning.errors import FetchError
from zoning.fetch.connection import asking
from zoning.fetch.download import download
from zoning.fetch.manners import manners

BODY = b"unit_id,name\n1,One\n"


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def ask(address: str) -> None:
    with asking(address, {}, LIMITS):
        pass


def test_who_asks_is_told_and_nothing_packed_is_wanted(fetch):
    fetch(ranged(BODY))
    assert fetch.asked[0]["User-Agent"].startswith(f"Seemana/{__version__} ")
    assert fetch.asked[0]["Accept-Encoding"] == "identity"
    assert fetch.asked[0]["Connection"] == "close"


@pytest.mark.parametrize("code", sorted(manners().passing_statuses))
def test_a_busy_server_is_asked_again_after_a_wait_that_doubles(fetch, code):
    busy = status(code)
    fetch(busy, busy, busy, ranged(BODY))
    assert fetch.slept == [2, 4, 8]


def test_a_server_that_stays_busy_is_asked_a_bounded_number_of_times(fetch):
    with pytest.raises(FetchError, match="5 tries: the server answered 503"):
        fetch(status(503))
    assert len(fetch.asked) == LIMITS.tries
    assert len(fetch.slept) == LIMITS.tries - 1


@pytest.mark.parametrize(
    ("fields", "waited"),
    [
        ({"Retry_After": 37}, 37),
        ({"Retry_After": 0}, 2),
        ({"Retry_After": "soon"}, 2),
        ({"Retry_After": "-5"}, 2),
        ({"Retry_After": "Mon, 18 May 2026 05:11:40 GMT"}, 100),
        ({"Retry_After": "Mon, 18 May 2020 05:11:40 GMT"}, 2),
    ],
)
def test_the_wait_that_a_server_asks_for_is_kept(fetch, fields, waited):
    def without_its_own_time(handler):
        handler.send_response_only(429)
        handler.send_header("Content-Length", "0")
        for name, value in fields.items():
            handler.send_header(name.replace("_", "-"), str(value))
        handler.end_headers()

    fetch(without_its_own_time, ranged(BODY))
    assert fetch.slept == [waited]


def test_a_wait_until_a_time_is_reckoned_by_the_clock_of_the_server(fetch):
    def slow_clock(handler):
        handler.send_response_only(429)
        handler.send_header("Content-Length", "0")
        handler.send_header("Date", "Wed, 01 Jan 2020 00:00:00 GMT")
        handler.send_header("Retry-After", "Wed, 01 Jan 2020 00:00:30 GMT")
        handler.end_headers()

    fetch(slow_clock, ranged(BODY))
    assert fetch.slept == [30]


def test_a_server_that_asks_for_an_hour_isnt_waited_for(fetch):
    with pytest.raises(FetchError, match="asks to wait 3,600 seconds"):
        fetch(status(429, Retry_After=3600))
    assert fetch.slept == []
    assert len(fetch.asked) == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (404, "isn't there any more.*example.org/nadipur"),
        (410, "isn't there any more"),
        (401, "isn't open to us"),
        (403, "isn't open to us"),
        (418, "status 418"),
        (206, "status 206"),
    ],
)
def test_an_answer_that_stays_is_asked_for_once(fetch, code, words):
    with pytest.raises(FetchError, match=words):
        fetch(status(code))
    assert len(fetch.asked) == 1
    assert fetch.names() == set()


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/wards.geojson",
        "https://10.0.0.1/wards.geojson",
        "https://[::ffff:192.168.1.1]/wards.geojson",
        "https://169.254.169.254/latest/meta-data",
        "http://example.org/wards.geojson",
        "file:///etc/hostname",
        "https://user:secret@example.org/wards.geojson",
        "https://[broken/",
    ],
)
def test_a_server_cant_send_into_a_private_network_or_to_plain_text(fetch, target):
    with pytest.raises(FetchError) as refusal:
        fetch(sent_to(target))
    assert "secret" not in str(refusal.value)
    assert len(fetch.asked) == 1


def test_a_name_that_leads_to_this_machine_is_left_before_a_word_is_said():
    with serving(whole(BODY)) as server:
        with pytest.raises(FetchError, match="private network"):
            ask(f"https://localhost:{server.server_address[1]}/")
        assert server.asked == []


def test_redirects_are_followed_but_not_without_end(fetch):
    here = fetch.server.address
    fetch(sent_to(f"{here}/a%20b.csv?c=d"), sent_to("../e f.csv"), ranged(BODY))
    assert [asked["path"] for asked in fetch.asked[1:]] == ["/a%20b.csv?c=d", "/e%20f.csv"]
    assert fetch.file.read_bytes() == BODY
    fetch.server.asked.clear()
    with pytest.raises(FetchError, match="without end"):
        fetch(sent_to("/again"))
    assert len(fetch.asked) == LIMITS.redirects + 1


def test_a_body_without_end_is_left_at_the_limit(fetch):
    with pytest.raises(FetchError, match="larger than the 20,00,000 bytes"):
        fetch(endless())
    assert fetch.names() == set()


def test_a_file_announced_above_the_limit_isnt_begun(fetch):
    with pytest.raises(FetchError, match="larger than the 10 bytes"):
        fetch(ranged(BODY), limits=replace(LIMITS, largest_bytes=10))
    assert fetch.told == []


def test_a_page_of_html_is_no_file_of_boundaries(fetch):
    with pytest.raises(FetchError, match="sign in"):
        fetch(whole(b"<html>Sign in</html>", Content_Type="text/html; charset=utf-8"))
    assert fetch.names() == set()


def test_a_packed_file_isnt_taken_for_the_file(fetch):
    with pytest.raises(FetchError, match="packed"):
        fetch(whole(BODY, Content_Encoding="gzip"))


def test_a_server_that_talks_nonsense_is_a_break(fetch):
    fetch(lambda handler: handler.wfile.write(b"nonsense\r\n\r\n"), ranged(BODY))
    assert fetch.file.read_bytes() == BODY


def test_offline_the_way_out_is_told_and_nothing_is_left(fetch):
    source = source_at(f"http://127.0.0.1:{closed_port()}/Wards.GeoJSON")
    with pytest.raises(FetchError) as refusal:
        download(source, fetch.folder, AT, sleep=fetch.slept.append)
    for words in (
        "127.0.0.1 can't be reached: it refuses the connection.",
        'units = {columns = {unit_id = "NO"}} as nadipur-wards.mapping.toml',
        "zoning import boundaries nadipur-wards.geojson --level ward "
        "--mapping nadipur-wards.mapping.toml",
    ):
        assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert fetch.slept == [], "nobody waits for a connection that isn't there"
    assert not fetch.folder.exists()


@pytest.mark.parametrize(
    "proxy",
    [
        "http://officer:se%3Acret@127.0.0.1:{port}",
        "officer:secret@127.0.0.1:{port}",
        "socks5://officer:secret@127.0.0.1:{port}",
        "http://officer:sec:ret@127.0.0.1:port",
    ],
)
def test_no_password_of_a_proxy_is_told(monkeypatch, proxy):
    monkeypatch.setenv("https_proxy", proxy.format(port=closed_port()))
    with pytest.raises(FetchError, match="https_proxy") as refusal:
        ask("https://example.org/wards.geojson")
    for secret in ("officer", "secret", "cret", "ret@"):
        assert secret not in str(refusal.value)


def test_a_proxy_gets_the_name_and_its_password_and_no_more(monkeypatch):
    asked = []

    def do_connect(handler):
        asked.append((handler.path, handler.headers["Proxy-Authorization"]))
        handler.head(407, Content_Length=0)

    monkeypatch.setattr(Handler, "do_CONNECT", do_connect, raising=False)
    with serving() as server:
        address = server.address.removeprefix("http://")
        monkeypatch.setenv("https_proxy", f"http://officer:secret@{address}")
        with pytest.raises(FetchError, match="proxy named by https_proxy"):
            ask("https://example.org/wards.geojson?key=1")
    assert asked == [("example.org:443", "Basic b2ZmaWNlcjpzZWNyZXQ=")]


def test_a_body_that_only_the_end_of_the_connection_ends_is_refused_before_it_is_read(fetch):
    with pytest.raises(FetchError):
        fetch(unsized(BODY * 100_000))
    assert fetch.told == []


def test_a_server_that_falls_silent_is_a_break(fetch):
    released = Event()
    try:
        with pytest.raises(FetchError, match="broke off"):
            fetch(held_open(b"", released), limits=replace(LIMITS, timeout_s=0.05, tries=1))
    finally:
        released.set()


def test_a_server_that_keeps_the_connection_has_said_all(fetch):
    released = Event()
    try:
        fetch(held_open(BODY, released), limits=replace(LIMITS, settle_s=0.05))
    finally:
        released.set()
    assert fetch.file.read_bytes() == BODY
