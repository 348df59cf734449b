"""The server's disk is full: an import is refused in one sentence, and works with room again."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from pathlib import Path

import psycopg2
import pytest

from tests.running import assert_refused, zoning
from tests.soak import deeds
from tests.soak.deeds import ADDED, prepare_base
from tests.soak.disks import fill, small_disk
from tests.soak.states import state

pytestmark = pytest.mark.postgis


@pytest.fixture
def small(postgis_server, tmp_path, monkeypatch):
    """Keep a database on a disk of its own; the server's log of changes stays elsewhere."""
    name = f"small_{secrets.token_hex(4)}"
    # Not under pytest's own folder: that one is closed to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="seemana-disk-"))
    folder.chmod(0o755)
    address = postgis_server.address(name)
    try:
        with small_disk(folder / "disk", 60_000) as disk:
            space = disk / "space"
            space.mkdir()
            owner = data_folder(postgis_server).stat()
            os.chown(space, owner.st_uid, owner.st_gid)
            postgis_server.run(f"create tablespace {name} location '{space}'")
            postgis_server.run(f"create database {name} tablespace {name} strategy file_copy")
            monkeypatch.setenv("ZONING_DATABASE_URL", address)
            monkeypatch.setenv("ZONING_VAR_DIR", str(tmp_path / "var"))
            prepare_base(tmp_path)
            yield disk, address
            postgis_server.run(f"drop database {name} with (force)", f"drop tablespace {name}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def data_folder(server):
    with psycopg2.connect(server.address("postgres")) as connection:
        cursor = connection.cursor()
        cursor.execute("show data_directory")
        return Path(cursor.fetchone()[0])


def test_an_import_that_finds_no_room_on_the_server_leaves_all_as_it_was(small, tmp_path, campaign):
    disk, address = small
    seen = set()
    for number in range(campaign.size(3, 30)):
        make = campaign.dice.choice([deeds.cases, deeds.boundaries, deeds.facilities])
        deed = make(tmp_path, 100 + number, "")
        before = state(address)
        filler = fill(disk, campaign.dice.choice([0, 16, 64, 256, 2048]))
        outcome = zoning(*deed.arguments)
        seen.add(outcome.status)
        if outcome.status:
            assert_refused(outcome, "full")
        filler.unlink()
        added = state(address) - before
        assert added == (ADDED[deed.name] if outcome.status == 0 else {}), outcome
        if outcome.status:
            assert zoning(*deed.arguments).status == 0, "there is room again"
    assert 2 in seen, "the disk was never full"
