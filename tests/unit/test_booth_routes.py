"""Routes of booths: ground public and for ever, categories by an address nobody guesses."""

import gzip
import json

import pytest

from layers.booth_ground import booth_ground
from tests.booth_views import booths_in_rows, synthetic_booths, with_changed_booths
from tests.synthetic import AS_OF, public, synthetic_view
from tests.unit.test_layers_routes import SECRET, read_body, request
from zoning.settings import Settings
from zoning.web.desk import open_desk
from zoning.web.ground import KEPT_GROUNDS, GroundDesk
from zoning.web.tokens import TokenSigner


@pytest.fixture(scope="module")
def view():
    return synthetic_booths()


@pytest.fixture
def desk(tmp_path):
    return open_desk(Settings(var_dir=tmp_path), TokenSigner(SECRET), lambda: AS_OF)


@pytest.fixture
def ground(tmp_path, view):
    shelf = GroundDesk(Settings(var_dir=tmp_path))
    shelf.prepare(view.booths)
    return shelf


def ask(shelf, view, name, **headers):
    key = booth_ground(view.booths).key
    return shelf.respond(request({"key": key, "name": name}, **headers))


def test_a_chunk_is_immutable_and_tagged(ground, view):
    answer = ask(ground, view, "0")
    assert "public" in answer.headers["cache-control"]
    assert "immutable" in answer.headers["cache-control"]
    assert read_body(answer)["type"] == "Topology"
    again = ask(ground, view, "0", if_none_match=answer.headers["etag"])
    assert (again.status_code, again.body) == (304, b"")


def test_the_index_says_where_the_chunks_lie(ground, view):
    answer = read_body(ask(ground, view, "index"))
    assert len(answer["bounds"]) == booth_ground(view.booths).n_chunks
    assert answer["starts"][-1] == len(view.booths)


def test_chunks_survive_a_restart_of_the_service(ground, view, tmp_path):
    ask(ground, view, "0")
    later = GroundDesk(Settings(var_dir=tmp_path))
    assert ask(later, view, "0").status_code == 200
    assert ask(later, view, "1").status_code == 404, "never packed, and nobody has said what it is"


def test_chunks_packed_before_a_visit_need_no_view_any_more(ground, view, tmp_path):
    ground.pack()
    later = GroundDesk(Settings(var_dir=tmp_path))
    n = booth_ground(view.booths).n_chunks
    names = ["index", *map(str, range(n))]
    assert {ask(later, view, name).status_code for name in names} == {200}
    assert ask(later, view, str(n)).status_code == 404


@pytest.mark.parametrize("name", ["99", "-1", "1e1", "", "../x", "²", "1" * 50, "indexes"])
def test_an_unknown_or_hostile_name_is_not_found(ground, view, name):
    assert ask(ground, view, name).status_code == 404


@pytest.mark.parametrize("key", ["0" * 32, "../../etc/passwd", "", "%2e%2e"])
def test_an_unknown_or_hostile_key_is_not_found(ground, key):
    assert ground.respond(request({"key": key, "name": "0"})).status_code == 404


def test_older_grounds_are_given_up(ground, view, tmp_path):
    for n in range(KEPT_GROUNDS):
        ground.prepare(booths_in_rows(["a"] * (n + 1)))
    assert ask(ground, view, "0").status_code == 404


def test_a_view_with_booths_is_published_with_two_addresses(desk, view):
    booths = desk.publish(view).booths
    assert booths.ground_url == f"/ground/{booth_ground(view.booths).key}"
    assert booths.live_url.startswith("/booths/staff.")
    assert desk.publish(public(view)).booths.live_url.startswith("/booths/public.")
    assert desk.publish(synthetic_view(25)).booths is None


def test_a_public_address_never_opens_what_only_staff_may_see(desk, view):
    staff = desk.publish(with_changed_booths(view, 5)).booths
    token = desk.publish(public(view)).booths.live_url.removeprefix("/booths/")
    answer = desk.booths.respond(request({"token": token}, f"since={staff.version}"))
    assert "at" not in read_body(answer), "the difference from it would tell what staff see"
    forged = token.replace("public.", "staff.")
    assert desk.booths.respond(request({"token": forged})).status_code == 403


def test_changed_booths_are_sent_as_the_difference(desk, view):
    before = desk.publish(view).booths
    after = desk.publish(with_changed_booths(view, 5)).booths
    assert after.ground_url == before.ground_url
    token = after.live_url.removeprefix("/booths/")
    answer = desk.booths.respond(request({"token": token}, f"since={before.version}"))
    assert len(read_body(answer)["at"]) == 5
    assert "no-store" in answer.headers["cache-control"]


def test_categories_are_kept_apart_from_the_ground(desk, view):
    place = desk.publish(view)
    chunk = ask(desk.ground, view, "0")
    assert set(json.loads(gzip.decompress(chunk.body))["booths"]) == {"id", "name", "cell"}
    assert "ground" not in "".join(desk.early()), "a newcomer's first page names no ground"
    assert place.booths.live_url not in desk.early()
