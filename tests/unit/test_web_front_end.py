"""The first page and Streamlit's program: packed, kept by browsers, hints public only."""

import gzip
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.awaiting import awaited
from tests.synthetic import public, synthetic_view
from zoning.settings import Settings
from zoning.web import front_end
from zoning.web.desk import open_desk
from zoning.web.front_end import FrontEnd, first_page, frame_scripts, program_files
from zoning.web.tokens import TokenSigner

STREAMLIT_PAGE = (front_end._folder("streamlit") / "static/index.html").read_text("utf-8")
LINK = re.compile(r'<link rel="prefetch" href="([^"]+)">')


async def beneath(scope, receive, send):
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"beneath"})


def ask(address, *, early=(), method="GET", kind="http", encoding="gzip"):
    """Return status, headers and body of an answer."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": kind,
        "method": method,
        "scheme": "http",
        "server": ("127.0.0.1", 8501),
        "path": address,
        "query_string": b"embed=true",
        "headers": [(b"accept-encoding", encoding.encode())],
    }
    awaited(FrontEnd(beneath, early=lambda: early)(scope, receive, send))
    headers = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    body = b"".join(m.get("body", b"") for m in sent[1:])
    return sent[0]["status"], headers, body


def a_script():
    return next(a for a in program_files() if a.startswith("/static/js/index."))


def test_a_script_of_the_program_is_sent_packed_and_kept_for_ever():
    status, headers, body = ask(a_script())
    assert status == 200
    assert headers["content-encoding"] == "gzip"
    assert "immutable" in headers["cache-control"]
    assert "javascript" in headers["content-type"]
    assert gzip.decompress(body) == program_files()[a_script()].read_bytes()
    assert len(body) < 0.5 * program_files()[a_script()].stat().st_size


def test_a_client_without_gzip_gets_the_script_as_it_is():
    _, headers, body = ask(a_script(), encoding="identity")
    assert "content-encoding" not in headers
    assert body == program_files()[a_script()].read_bytes()


def test_every_file_that_is_kept_for_ever_has_a_hash_in_its_name():
    assert len(program_files()) > 80
    for address in program_files():
        assert re.search(r"\.[\w-]{8}\.(js|css)$", address), address


def test_every_script_and_style_that_the_page_names_is_among_the_packed():
    named = re.findall(r'"\.(/static/(?:js|css)/[^"]+)"', STREAMLIT_PAGE)
    assert len(named) > 20
    assert set(named) <= program_files().keys()


def test_the_frame_of_the_map_starts_with_one_script_which_its_page_names():
    (script,) = frame_scripts()
    page = front_end._folder("streamlit_folium") / "frontend/build/index.html"
    assert "." + script.removeprefix("/component/streamlit_folium.st_folium") in page.read_text()


@pytest.mark.parametrize(
    "address",
    [
        "/map",
        "/_stcore/health",
        "/component/streamlit_folium.st_folium/index.html",
        "/static/media/none.woff2",
        "/static/../app.py",
        "/static/js/../../index.html",
        "//static/js/index.js",
        "/static/js/%2e%2e/index.html",
    ],
)
def test_whatever_else_is_asked_for_is_passed_on(address):
    assert ask(address)[::2] == (299, b"beneath")


def test_only_reading_is_answered():
    assert ask("/", method="POST")[0] == 299
    assert ask(a_script(), method="DELETE")[0] == 299
    assert ask("/", kind="websocket")[0] == 299


def test_the_first_page_is_streamlits_own_with_early_addresses_and_without_its_early_font():
    status, headers, body = ask("/", early=("/geometry/0f.json",))
    page = gzip.decompress(body).decode()
    assert (status, headers["cache-control"]) == (200, "no-cache")
    assert LINK.findall(page) == [*frame_scripts(), "/geometry/0f.json"]
    without_font = re.sub(r'<link\s+rel="preload"[^>]*font[^>]*>', "", STREAMLIT_PAGE)
    assert without_font != STREAMLIT_PAGE
    assert LINK.sub("", page) == without_font


def test_a_new_edition_changes_the_first_page():
    assert first_page(("/geometry/0f.json",)) != first_page(("/geometry/1e.json",))


@pytest.fixture
def desk(tmp_path, view):
    signer = TokenSigner(b"s" * 32)
    return open_desk(Settings(var_dir=tmp_path), signer, lambda: view.as_of)


@pytest.fixture(scope="module")
def view():
    return synthetic_view(144)


def test_newcomers_are_told_of_the_boundaries_once_a_view_is_published(desk, view):
    assert not [a for a in desk.early() if "/geometry/" in a]
    place = desk.publish(view)
    assert place.geometry_url in desk.early()


def test_newcomers_are_told_of_nothing_but_public_boundaries_scripts_and_styles(desk, view):
    for shown in (view, public(view)):
        place = desk.publish(shown)
        assert place.live_url not in desk.early()
        assert place.version not in "".join(desk.early())
        for address in desk.early():
            assert re.fullmatch(r"/geometry/[0-9a-f]+\.json|/vendor/.*\.(js|css)", address)


def test_a_look_at_the_past_does_not_change_what_newcomers_are_told(desk, view):
    desk.publish(view)
    told = desk.early()
    older = synthetic_view(36)
    desk.publish(replace(older, as_of=view.as_of - timedelta(days=90)))
    assert desk.early() == told
    desk.publish(replace(older, as_of=view.as_of + timedelta(minutes=1)))
    assert desk.early() != told
