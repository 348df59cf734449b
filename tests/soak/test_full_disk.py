"""On a full disk a command is refused in one sentence and writes nothing; with room it works."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter

import pyarrow.parquet as pq
import pytest

from tests.running import assert_refused, zoning
from tests.soak import deeds
from tests.soak.deeds import ADDED, prepare_base
from tests.soak.disks import fill, free_kib, small_disk
from tests.soak.inputs import SIDE, case_file, ward_file
from tests.soak.states import assert_sound, opened, state
from zoning.faults import LOGGER
from zoning.store.backup_file import read_manifest

N_UNITS = SIDE * SIDE


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Keep the embedded database on a disk of its own, as small as it can be."""
    with small_disk(tmp_path / "disk", 9000) as disk:
        monkeypatch.setenv("ZONING_VAR_DIR", str(disk / "var"))
        monkeypatch.delenv("ZONING_DATABASE_URL", raising=False)
        prepare_base(tmp_path)
        yield disk


def address(disk):
    return f"sqlite:///{disk / 'var' / 'seemana.db'}"


def test_an_import_that_finds_no_room_leaves_all_as_it_was(small, tmp_path, campaign):
    seen = set()
    for number in range(campaign.size(8, 80)):
        make = campaign.dice.choice([deeds.cases, deeds.boundaries, deeds.facilities])
        deed = make(tmp_path, 100 + number, "")
        before = state(address(small))
        filler = fill(small, campaign.dice.choice([0, 4, 32, 64, 256, 512, 1024, 2048, 3072]))
        outcome = zoning(*deed.arguments)
        seen.add(outcome.status)
        if outcome.status:
            assert_refused(outcome, "disk")
        filler.unlink()
        added = state(address(small)) - before
        assert added == (ADDED[deed.name] if outcome.status == 0 else {}), outcome
        if outcome.status:
            assert zoning(*deed.arguments).status == 0, "there is room again"
        with opened(address(small)) as store:
            assert_sound(store)
        if free_kib(small) < 4000:
            for file in (small / "var").iterdir():
                file.unlink()
            prepare_base(tmp_path)
    assert seen == {0, 2}, "both ends were met"


def test_a_database_on_a_disk_without_a_byte_left_is_read_or_refused(small):
    fill(small)
    for command in (("imports",), ("editions",), ("feeds",)):
        outcome = zoning(*command)
        assert outcome.status in (0, 2), outcome
        assert len(outcome.err.strip().splitlines()) <= 1


def test_a_setup_without_room_leaves_no_half_database(tmp_path, monkeypatch, campaign):
    with small_disk(tmp_path / "disk", 2000) as disk:
        monkeypatch.setenv("ZONING_VAR_DIR", str(disk / "var"))
        monkeypatch.delenv("ZONING_DATABASE_URL", raising=False)
        for leave in campaign.dice.choices(range(0, 600, 8), k=campaign.size(4, 40)):
            filler = fill(disk, leave)
            outcome = zoning("setup")
            filler.unlink()
            if outcome.status:
                assert_refused(outcome, "disk")
                assert zoning("setup").status == 0, "there is room again"
            assert zoning("imports").status == 0
            for file in (disk / "var").iterdir():
                file.unlink()


def is_whole(path):
    """Return whether a result holds every unit, and a GeoPackage its index."""
    if path.suffix == ".csv":
        return len(path.read_text().splitlines()) == N_UNITS + 1
    if path.suffix == ".geojson":
        return len(json.loads(path.read_text())["features"]) == N_UNITS
    if path.suffix == ".parquet":
        return pq.read_table(path).num_rows == N_UNITS
    with sqlite3.connect(path) as file:
        counts = [
            file.execute(f"select count(*) from {table}").fetchone()[0]
            for table in ("zones", "rtree_zones_geom")
        ]
        return counts == [N_UNITS, N_UNITS]


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".gpkg", ".parquet"])
def test_a_result_on_a_full_disk_is_whole_or_not_there(tmp_path, campaign, suffix):
    units, cases = ward_file(tmp_path / "w.geojson", 1), case_file(tmp_path / "c.csv", 1, 900)
    given = ("classify", "--units", units, "--cases", cases, "--on", "2020-05-18", "--out")
    whole = tmp_path / f"zones{suffix}"
    assert zoning(*given, whole).status == 0
    needed_kib = whole.stat().st_size // 1024 + 1
    with small_disk(tmp_path / "disk", 2000) as disk:
        for share in [
            0,
            1.0,
            *(campaign.dice.uniform(0.05, 1.4) for _ in range(campaign.size(3, 60))),
        ]:
            filler = fill(disk, round(needed_kib * share))
            out, rejects = disk / whole.name, disk / "rejects.csv"
            outcome = zoning(*given, out, "--rejects", rejects)
            if outcome.status:
                assert_refused(outcome, "free some space")
                assert [path.name for path in disk.iterdir()] == ["filler"]
            else:
                assert is_whole(out)
                out.unlink()
                rejects.unlink()
            filler.unlink()


def test_a_public_site_on_a_full_disk_is_whole_or_not_there(small, tmp_path, campaign):
    for leave in campaign.dice.choices(range(0, 120, 4), k=campaign.size(3, 20)):
        filler = fill(small, leave)
        outcome = zoning("site", small / "site")
        filler.unlink()
        if outcome.status:
            assert_refused(outcome)
            assert sorted(path.name for path in small.iterdir()) == ["var"]
        else:
            assert len(json.loads((small / "site" / "zones.json").read_text())["units"]) == N_UNITS
            for file in (small / "site").iterdir():
                file.unlink()
            (small / "site").rmdir()


def test_a_fault_without_room_for_its_log_is_still_one_sentence(small, monkeypatch):
    def fail(*_):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("zoning.workflow.measures_desk.measures_desk", fail)
    # Another test of this process may have opened a log elsewhere.
    monkeypatch.setattr(LOGGER, "handlers", [])
    fill(small)
    outcome = zoning("measures", "--list")
    assert outcome.status == 1
    assert len(outcome.err.strip().splitlines()) == 1
    assert "no log could be written" in outcome.err


def test_a_backup_on_a_full_disk_leaves_the_one_before(small, tmp_path, campaign):
    other = tmp_path / "copies"
    with small_disk(other, 3000) as disk:
        file = disk / "seemana.backup"
        assert zoning("backup", file).status == 0
        standing = read_manifest(file).made_at
        for share in [0.0, 1.0, *(campaign.dice.random() for _ in range(campaign.size(3, 40)))]:
            filler = fill(disk, round(free_kib(disk) * share))
            outcome = zoning("backup", file)
            filler.unlink()
            told = read_manifest(file).made_at
            if outcome.status:
                assert_refused(outcome, "free some space")
                assert told == standing
            standing = told
            assert [path.name for path in disk.iterdir()] == [file.name]


def test_a_restore_on_a_full_disk_leaves_the_database_as_it_was(small, tmp_path, campaign):
    file = tmp_path / "seemana.backup"
    assert zoning("backup", file).status == 0
    kept = state(address(small))
    seen = set()
    for share in [0.0, *(campaign.dice.uniform(0, 1.2) for _ in range(campaign.size(4, 40)))]:
        deed = deeds.facilities(tmp_path, 100 + len(list(tmp_path.iterdir())), "")
        assert zoning(*deed.arguments).status == 0
        before = state(address(small))
        database = small / "var" / "seemana.db"
        filler = fill(small, round(database.stat().st_size / 1024 * share))
        outcome = zoning("restore", file, "--replace")
        filler.unlink()
        seen.add(outcome.status)
        if outcome.status:
            assert_refused(outcome, "space")
            assert state(address(small)) == before
        else:
            assert state(address(small)) == kept + Counter(audit=1)
        for path in database.parent.iterdir():
            if path != database:
                assert "replaced" in path.name
                path.unlink()
    assert seen == {0, 2}, "both ends were met"
