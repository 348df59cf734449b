"""The routes: unguessable, expiring, immutable, and never a figure to the public."""

import gzip
import json
from datetime import timedelta

import pytest
from starlette.requests import Request

from layers.payload import live_payload
from tests.synthetic import AS_OF, public, synthetic_view, with_changed_zones
from zoning.assets.shelf import asset_url, asset_version
from zoning.settings import Settings
from zoning.web import vendored
from zoning.web.desk import open_desk
from zoning.web.geometry import GeometryDesk
from zoning.web.live import KEPT_VERSIONS, LiveDesk
from zoning.web.tokens import LIFE_S, Grant, TokenSigner

SECRET = b"s" * 32


class Clock:
    def __init__(self):
        self.at = AS_OF

    def __call__(self):
        return self.at


def request(params, query="", **headers):
    head = {"accept-encoding": "gzip"} | {k.replace("_", "-"): v for k, v in headers.items()}
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": "/",
            "path_params": params,
            "query_string": query.encode(),
            "headers": [(k.encode(), v.encode()) for k, v in head.items()],
        }
    )


def read_body(response):
    raw = response.body
    return json.loads(
        gzip.decompress(raw) if response.headers.get("content-encoding") == "gzip" else raw
    )


@pytest.fixture(scope="module")
def view():
    return synthetic_view(144)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def live(clock):
    return LiveDesk(TokenSigner(SECRET), clock)


def get(live, token, query=""):
    return live.respond(request({"token": token}, query))


def test_a_token_opens_its_version(live, view):
    assert read_body(get(live, live.offer(live_payload(view))))["columns"]["active"]


def test_a_forged_token_is_refused(live, view):
    token = live.offer(live_payload(view))
    reader, version, expires, signature = token.split(".")
    for forged in (
        f"public.{version}.{expires}.{signature}",
        f"{reader}.{version}.9999999999.{signature}",
        f"{reader}.{version}.{expires}.",
        "x",
        "é.é",
    ):
        assert get(live, forged).status_code == 403


def test_a_token_of_another_secret_is_refused(live, view):
    live.offer(live_payload(view))
    other = LiveDesk(TokenSigner(b"o" * 32), live._clock)
    assert get(live, other.offer(live_payload(view))).status_code == 403


def test_a_token_expires_within_twelve_hours(live, view, clock):
    token = live.offer(live_payload(view))
    clock.at += timedelta(seconds=LIFE_S - 1)
    assert get(live, token).status_code == 200
    clock.at += timedelta(seconds=LIFE_S + 1)
    assert get(live, token).status_code == 403


def test_reruns_within_hours_give_the_same_token(live, view, clock):
    clock.at = clock.at.replace(hour=1)
    token = live.offer(live_payload(view))
    clock.at += timedelta(hours=2)
    assert live.offer(live_payload(view)) == token


def test_a_public_token_never_reaches_a_figure(live, view):
    staff, open_ = live_payload(view), live_payload(public(view))
    live.offer(staff)
    token = live.offer(open_)
    for query in ("", f"since={staff.version}", f"since={open_.version}"):
        answer = get(live, token, query)
        assert set(read_body(answer)["columns"]) == {"zone", "since"}
        assert "active" not in json.dumps(read_body(answer))


def test_a_public_grant_of_a_staff_version_opens_nothing(live, view, clock):
    staff = live_payload(view)
    live.offer(staff)
    token = TokenSigner(SECRET).sign(Grant("public", staff.version), clock.at)
    assert get(live, token).status_code == 410


def test_since_answers_only_the_difference(live, view):
    old, new = live_payload(view), live_payload(with_changed_zones(view, 3))
    live.offer(old)
    token = live.offer(new)
    assert read_body(get(live, token, f"since={old.version}"))["at"] == [0, 1, 2]
    assert "at" not in read_body(get(live, token, "since=unknown"))


def test_live_data_is_kept_by_no_cache(live, view):
    assert "no-store" in get(live, live.offer(live_payload(view))).headers["cache-control"]


def test_old_versions_are_given_up(live, view):
    tokens = [
        live.offer(live_payload(with_changed_zones(view, n))) for n in range(KEPT_VERSIONS + 1)
    ]
    assert get(live, tokens[0]).status_code == 410
    assert get(live, tokens[-1]).status_code == 200


@pytest.fixture
def geometry(tmp_path, view):
    shelf = GeometryDesk(Settings(var_dir=tmp_path))
    shelf.prepare(view.edition_key, view.units)
    return shelf


def test_geometry_is_immutable_and_tagged(geometry, view):
    params = {"edition_key": view.edition_key}
    answer = geometry.respond(request(params))
    assert "immutable" in answer.headers["cache-control"]
    assert read_body(answer)["type"] == "Topology"
    again = geometry.respond(request(params, if_none_match=answer.headers["etag"]))
    assert (again.status_code, again.body) == (304, b"")


def test_a_client_without_gzip_gets_plain_json(geometry, view):
    answer = geometry.respond(
        request({"edition_key": view.edition_key}, accept_encoding="identity")
    )
    assert json.loads(answer.body)["type"] == "Topology"


def test_geometry_survives_a_restart_of_the_service(geometry, view, tmp_path):
    later = GeometryDesk(Settings(var_dir=tmp_path))
    assert later.respond(request({"edition_key": view.edition_key})).status_code == 200


@pytest.mark.parametrize("key", ["0" * 32, "../../etc/passwd", "", "ABC", "%2e%2e"])
def test_an_unknown_or_hostile_key_is_not_found(geometry, key):
    assert geometry.respond(request({"edition_key": key})).status_code == 404


def test_geometry_holds_no_zone_and_no_figure(geometry, view):
    answer = read_body(geometry.respond(request({"edition_key": view.edition_key})))
    keys = {key for g in answer["objects"]["units"]["geometries"] for key in g["properties"]}
    assert keys == {"name", "at"}


def test_assets_are_served_under_their_version_only():
    name = "leaflet/leaflet.js"
    assert asset_url(name).endswith(f"{asset_version()}/{name}")
    ok = vendored.respond(request({"version": asset_version(), "name": name}))
    assert ok.status_code == 200
    assert "immutable" in ok.headers["cache-control"]
    for version, wanted in (("old", name), (asset_version(), "../../app.py")):
        assert vendored.respond(request({"version": version, "name": wanted})).status_code == 404


def test_publishing_a_view_gives_addresses_of_this_server_only(tmp_path, view, clock):
    desk = open_desk(Settings(var_dir=tmp_path), TokenSigner(SECRET), clock)
    place = desk.publish(view)
    assert place.geometry_url == f"/geometry/{view.edition_key}.json"
    assert place.live_url.startswith("/live/staff.")
    assert desk.publish(public(view)).live_url.startswith("/live/public.")
