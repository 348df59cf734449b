"""The drill of docs/operations.md at the size of a state, timed: lost, restored, the same zones."""

from __future__ import annotations

import secrets
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio.raw
import pytest
import shapely

from tests.soak.commands import Command, Place
from tests.soak.states import state
from tests.store.stores import BOTH
from tests.synthetic import synthetic_units

N_UNITS = 3_266
N_CASES = 2_000_000
N_DAYS = 150
ON = "2020-08-31"
WAIT_S = 1800

pytestmark = pytest.mark.soak


def write_state(folder):
    """Write the units and the cases of a state that doesn't exist."""
    units, dice = synthetic_units(N_UNITS), np.random.default_rng(7)
    pyogrio.raw.write(
        folder / "units.gpkg",
        geometry=shapely.to_wkb(units.geometry),
        field_data=[units.unit_id, units.name, units.population],
        fields=np.array(["unit_id", "name", "population"], dtype=object),
        driver="GPKG",
        geometry_type="Unknown",
        crs="EPSG:4326",
    )
    days = np.datetime64(ON, "D") - dice.integers(0, N_DAYS, N_CASES)
    table = {
        "case_id": [f"S{i}" for i in range(N_CASES)],
        "confirmed_on": days,
        "unit_id": units.unit_id[dice.integers(0, N_UNITS, N_CASES)].astype(str),
        "outcome": np.where(dice.random(N_CASES) < 0.7, "recovered", ""),
        "outcome_on": np.minimum(days + dice.integers(5, 20, N_CASES), np.datetime64(ON, "D")),
    }
    pq.write_table(pa.table(table), folder / "cases.parquet")


class Drill:
    """Commands of the console, timed."""

    def __init__(self, campaign, folder):
        self._campaign = campaign
        self._folder = folder

    def run(self, name, address, *arguments):
        command = Command(Place(address, self._folder), *arguments)
        while command.is_running() and time.monotonic() - command.started < WAIT_S:
            time.sleep(0.02)
        took = time.monotonic() - command.started
        assert command.wait() == 0, command.said
        self._campaign.report(f"{name}: {took:.1f} s")

    def zones(self, name, address):
        out = self._folder / f"{name}.csv"
        moment = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S%z")
        self.run(f"zones {name}", address, "judge", "--on", ON, "--known-at", moment, "--out", out)
        return out.read_text()


@contextmanager
def durable(server):
    """Let the suite's server write as carefully as a real one."""
    names = ("fsync", "synchronous_commit", "full_page_writes")
    server.run(*(f"alter system set {name} = on" for name in names), "select pg_reload_conf()")
    try:
        yield
    finally:
        server.run(*(f"alter system reset {name}" for name in names), "select pg_reload_conf()")


@pytest.fixture(params=BOTH)
def addresses(request, tmp_path):
    """Two databases that aren't there yet, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/first/seemana.db", f"sqlite:///{tmp_path}/second/seemana.db"
        return
    server = request.getfixturevalue("postgis_server")
    names = [f"drill_{secrets.token_hex(4)}" for _ in range(2)]
    server.run(*(f"create database {name}" for name in names))
    with durable(server):
        yield tuple(server.address(name) for name in names)
    server.run(*(f"drop database {name} with (force)" for name in names))


def test_a_state_is_lost_and_restored_with_the_same_zones(addresses, campaign, tmp_path):
    first, second = addresses
    write_state(tmp_path)
    drill = Drill(campaign, tmp_path)
    drill.run("setup", first, "setup")
    units = ("import", "boundaries", tmp_path / "units.gpkg", "--level", "gram_panchayat")
    drill.run(f"import of {N_UNITS} units", first, *units)
    drill.run(f"import of {N_CASES} cases", first, "import", "cases", tmp_path / "cases.parquet")
    before, rows = drill.zones("before", first), state(first)
    file = tmp_path / "state.backup"
    drill.run("backup", first, "backup", file)
    drill.run("verify", first, "backup", "--verify", file)
    campaign.report(f"size of the backup: {file.stat().st_size / 1e6:.0f} MB")
    drill.run("restore into an empty place", second, "restore", file)
    assert drill.zones("after", second) == before
    drill.run("restore over the old one", first, "restore", file, "--replace")
    assert drill.zones("again", first) == before
    restored = state(second)
    restored["audit"] -= 1
    assert restored == rows
