"""`zoning boundaries`: what is listed, fetched, refused and printed."""

from __future__ import annotations

import io
import json
import shlex
import sys
from contextlib import redirect_stderr

import pytest

from tests.fetch.server import ranged, serving, whole
from tests.running import assert_refused, wards, zoning
from tests.source_tree import ROOT
from zoning.__main__ import app, run
from zoning.fetch.catalogue import load_sources
from zoning.fetch.download import Outcome

BODY = json.dumps(wards(NO=["7", "8"])).encode()
CHANGED = json.dumps(wards(NO=["7", "9"])).encode()
CATALOGUE = """
[[boundary]]
name = "nadipur-wards"
title = "Nadipur, wards"
repository = "https://example.org/nadipur"
address = "{address}/Wards.GeoJSON"
licence = "CC0-1.0"
credit = "Nadipur"
level = "ward"
note = "Drawn by hand."
[boundary.columns]
unit_id = "NO"

[[boundary]]
name = "unlicensed-wards"
title = "Wards of nobody"
repository = "https://example.org/nobody"
address = "{address}/nobody.geojson"
licence = ""
credit = "Nobody"
level = "ward"
[boundary.columns]
unit_id = "NO"

[[boundary]]
name = "many-booths"
title = "Booths by constituency"
repository = "https://example.org/booths"
address = "https://example.org/booths/tree"
licence = "CC0-1.0"
credit = "Booths"
level = "booth"
is_page = true
[boundary.columns]
booth_id = "PS"
"""


@pytest.fixture
def server():
    with serving(ranged(BODY)) as server:
        yield server


@pytest.fixture
def boundaries(server, tmp_path, monkeypatch):
    monkeypatch.setenv("ZONING_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("ZONING_DATABASE_URL", raising=False)
    path = tmp_path / "sources.toml"
    path.write_text(CATALOGUE.replace("{address}", server.address), encoding="utf-8")

    def call(*arguments):
        return zoning("boundaries", *arguments, "--catalogue", path)

    return call


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "var" / "boundaries"


def test_a_fetch_prints_licence_credit_note_sum_and_the_command(boundaries, folder):
    got = boundaries("fetch", "nadipur-wards")
    assert (got.status, got.err) == (0, "")
    path = folder / "nadipur-wards.geojson"
    assert path.read_bytes() == BODY
    for words in ("CC0-1.0", "Nadipur (https://example.org", "Drawn by hand.", str(path)):
        assert words in got.out
    assert "it is kept, so that a change is noticed" in got.out


def test_the_printed_command_imports_the_file(boundaries):
    said = boundaries("fetch", "nadipur-wards", "--json").json()["command"]
    assert zoning("setup").status == 0
    words = shlex.split(said)
    assert words[0] == "zoning"
    imported = zoning(*words[1:], "--json")
    assert imported.status == 0, imported
    assert imported.json()["rows"] == {"read": 2, "taken": 2, "rejected": 0}


def test_json_is_one_object_with_these_keys_and_nothing_else(boundaries, folder):
    got = boundaries("fetch", "nadipur-wards", "--json")
    assert got.err == ""
    said = got.json()
    assert set(said) == {
        *("name", "title", "level", "licence", "is_open", "credit", "note", "repository"),
        *("address", "outcome", "path", "bytes", "sha256", "is_verified", "fetched_at"),
        *("mapping", "command"),
    }
    assert said["outcome"] == "fetched"
    assert said["bytes"] == len(BODY)
    assert said["mapping"] == str(folder / "nadipur-wards.mapping.toml")
    assert boundaries("fetch", "nadipur-wards", "--json").json()["outcome"] == "unchanged"


def test_a_changed_file_is_refused_until_someone_accepts_it(boundaries, server, folder):
    boundaries("fetch", "nadipur-wards")
    server.answers = [ranged(CHANGED, etag='"2"')]
    assert_refused(boundaries("fetch", "nadipur-wards"), "has changed since", "--accept-change")
    assert (folder / "nadipur-wards.geojson").read_bytes() == BODY
    got = boundaries("fetch", "nadipur-wards", "--accept-change")
    assert "Put in place of the former one" in got.out
    assert (folder / "nadipur-wards.geojson").read_bytes() == CHANGED


def test_what_grants_nothing_is_fetched_only_by_whoever_answers_for_it(boundaries, server, folder):
    assert_refused(boundaries("fetch", "unlicensed-wards"), "no licence", "--without-licence")
    assert server.asked == []
    assert not folder.exists()
    got = boundaries("fetch", "unlicensed-wards", "--without-licence")
    assert got.status == 0
    assert "nothing is granted" in got.out


def test_a_page_is_told_with_the_way_to_its_files(boundaries):
    assert_refused(
        boundaries("fetch", "many-booths"),
        "a page with many files",
        'booths = {columns = {booth_id = "PS"}}',
        "zoning import booths FILE --mapping many-booths.mapping.toml",
    )


def test_another_folder_is_taken_at_its_word(boundaries, tmp_path, folder):
    got = boundaries("fetch", "nadipur-wards", "--to", tmp_path / "a folder", "--json").json()
    assert (tmp_path / "a folder" / "nadipur-wards.geojson").read_bytes() == BODY
    assert f"'{tmp_path}/a folder/nadipur-wards.geojson'" in got["command"]
    assert not folder.exists()


def test_a_mapping_that_someone_has_edited_stays(boundaries, folder):
    boundaries("fetch", "nadipur-wards")
    mapping = folder / "nadipur-wards.mapping.toml"
    assert "stays so" not in boundaries("fetch", "nadipur-wards").out
    mapping.write_text('[units.columns]\nunit_id = "unit_id"\n')
    assert f"{mapping} was here with another content" in boundaries("fetch", "nadipur-wards").out
    assert mapping.read_text() == '[units.columns]\nunit_id = "unit_id"\n'
    mapping.write_text("[units")
    assert "was here with another content" in boundaries("fetch", "nadipur-wards").out


def test_offline_is_one_sentence_with_the_way_out(boundaries, server, folder):
    server.shutdown()
    server.server_close()
    outcome = boundaries("fetch", "nadipur-wards")
    assert_refused(outcome, "can't be reached", "zoning import boundaries nadipur-wards.geojson")
    assert not folder.exists()


def test_an_unknown_name_lists_the_known_ones(boundaries):
    assert_refused(boundaries("fetch", "atlantis"), "nadipur-wards", "many-booths")


def test_the_list_says_which_are_here_and_under_which_licence(boundaries, folder):
    before = boundaries("list").out
    assert "ward; CC0-1.0; not here" in before
    assert "ward; no licence stated; not here" in before
    assert "booth; CC0-1.0; a page to choose files from" in before
    boundaries("fetch", "nadipur-wards")
    (folder / "unlicensed-wards.geojson").write_text("{}")
    after = boundaries("list").out
    assert "ward; CC0-1.0; fetched " in after
    assert "ward; no licence stated; here, put there by hand" in after


def test_the_list_as_json_has_one_entry_a_source(boundaries, folder):
    boundaries("fetch", "nadipur-wards")
    first, second, third = boundaries("list", "--json").json()["sources"]
    assert first["is_fetched"]
    assert first["path"] == str(folder / "nadipur-wards.geojson")
    assert len(first["sha256"]) == 64
    assert (second["is_fetched"], second["path"], second["sha256"]) == (False, None, None)
    assert (second["is_open"], third["is_page"]) == (False, True)


def test_every_key_of_the_answers_is_described(boundaries):
    described = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    fetched = boundaries("fetch", "nadipur-wards", "--json").json()
    listed = boundaries("list", "--json").json()["sources"][0]
    for word in (*fetched, *listed, *Outcome):
        assert f"`{word}`" in described, word


def test_without_a_word_the_catalogue_of_this_product_is_listed(boundaries):
    listed = zoning("boundaries", "list", "--json").json()["sources"]
    assert [entry["name"] for entry in listed] == [source.name for source in load_sources()]


def test_each_command_shows_an_example():
    for command in ("list", "fetch"):
        helped = zoning("boundaries", command, "--help")
        assert helped.status == 0
        assert f"Example: zoning boundaries {command}" in helped.out


class Terminal(io.StringIO):
    """What a person looks at."""

    def isatty(self):
        return True


def test_progress_goes_to_a_terminal_and_never_to_stdout(boundaries, server, tmp_path, capsys):
    server.answers = [whole(BODY)]
    terminal = Terminal()
    arguments = ["boundaries", "fetch", "nadipur-wards", "--json"]
    arguments += ["--catalogue", str(tmp_path / "sources.toml")]
    with redirect_stderr(terminal):
        assert run(lambda: app(arguments, standalone_mode=False)) == 0
    assert "nadipur-wards" in terminal.getvalue()
    assert json.loads(capsys.readouterr().out)["outcome"] == "fetched"
    assert sys.stderr is not terminal
