"""What may only be read isn't written, and the sentence says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import assert_refused, zoning
from tests.soak import deeds
from tests.soak.deeds import prepare_base
from tests.soak.disks import make_read_only, make_writable, small_disk
from tests.soak.inputs import case_file, ward_file
from tests.soak.states import state

# Root passes every permission; without these two rights it is bound by them as anyone is.
BOUND = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", "--")


@pytest.fixture
def settled(tmp_path, monkeypatch):
    """Keep the embedded database on a disk of its own."""
    with small_disk(tmp_path / "disk", 9000) as disk:
        monkeypatch.setenv("ZONING_VAR_DIR", str(disk / "var"))
        monkeypatch.delenv("ZONING_DATABASE_URL", raising=False)
        prepare_base(tmp_path)
        yield disk


def address(disk):
    return f"sqlite:///{disk / 'var' / 'seemana.db'}"


def test_a_database_on_a_disk_that_is_read_only_takes_nothing(settled, tmp_path):
    before = state(address(settled))
    make_read_only(settled)
    for make in (deeds.cases, deeds.boundaries, deeds.facilities):
        assert_refused(zoning(*make(tmp_path, 100, "").arguments), "written")
    assert_refused(zoning("imports", "undo", 1))
    assert_refused(zoning("setup"))
    make_writable(settled)
    assert state(address(settled)) == before
    assert zoning(*deeds.cases(tmp_path, 100, "").arguments).status == 0


def test_a_setup_in_a_folder_that_is_read_only_names_it(tmp_path, monkeypatch):
    with small_disk(tmp_path / "disk", 900) as disk:
        monkeypatch.delenv("ZONING_DATABASE_URL", raising=False)
        monkeypatch.setenv("ZONING_VAR_DIR", str(disk / "var"))
        make_read_only(disk)
        assert_refused(zoning("setup"), "ZONING_VAR_DIR", str(disk))
        monkeypatch.setenv("ZONING_VAR_DIR", str(disk))
        assert_refused(zoning("setup"), "may be written to")


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".gpkg", ".parquet"])
def test_a_result_in_a_folder_that_is_read_only_is_refused(tmp_path, suffix):
    units, cases = ward_file(tmp_path / "w.geojson", 1), case_file(tmp_path / "c.csv", 1, 900)
    given = ("classify", "--units", units, "--cases", cases, "--on", "2020-05-18", "--out")
    with small_disk(tmp_path / "disk", 900) as disk:
        make_read_only(disk)
        assert_refused(zoning(*given, disk / f"zones{suffix}"), "can't be written", str(disk))
        out = tmp_path / f"zones{suffix}"
        assert_refused(zoning(*given, out, "--rejects", disk / "r.csv"), "can't be written")
        assert not out.exists()


def test_a_public_site_in_a_folder_that_is_read_only_is_refused(settled, tmp_path):
    with small_disk(tmp_path / "other", 900) as other:
        make_read_only(other)
        assert_refused(zoning("site", other / "site"), "can't be written")


def bound(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the console script as somebody whom permissions bind."""
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("setpriv isn't here: what permissions forbid isn't tested as root")
        prefix = BOUND
    script = Path(sys.executable).with_name("zoning")
    return subprocess.run(
        [*prefix, str(script), *map(str, arguments)], capture_output=True, text=True
    )


def assert_told(done, word):
    assert done.returncode == 2, done
    assert word in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("closed", "mode", "word"),
    [
        ("var/seemana.db", 0o400, "can only be read"),
        pytest.param("more.csv", 0, "more.csv", marks=pytest.mark.soak),
        pytest.param("var", 0o500, "written", marks=pytest.mark.soak),
    ],
)
def test_permissions_are_told_as_what_they_are(tmp_path, monkeypatch, closed, mode, word):
    monkeypatch.delenv("ZONING_DATABASE_URL", raising=False)
    monkeypatch.setenv("ZONING_VAR_DIR", str(tmp_path / "var"))
    prepare_base(tmp_path)
    before = state(f"sqlite:///{tmp_path}/var/seemana.db")
    more = case_file(tmp_path / "more.csv", 9, 20)
    was = (tmp_path / closed).stat().st_mode
    (tmp_path / closed).chmod(mode)
    assert_told(bound("import", "cases", more), word)
    (tmp_path / closed).chmod(was)
    assert state(f"sqlite:///{tmp_path}/var/seemana.db") == before
    assert zoning("import", "cases", more).status == 0
