"""The demonstration district under the default rule."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from zoning.demo.files import FOLDER, read_district


@pytest.fixture(scope="session")
def zones(tmp_path_factory) -> dict[str, int]:
    out = tmp_path_factory.mktemp("zones") / "zones.csv"
    files = ["--units", "units.geojson", "--cases", "cases.parquet", "--tests", "tests.parquet"]
    on = ["--on", read_district().last_day.isoformat()]
    told = subprocess.run(
        [sys.executable, "-m", "zoning", "classify", *files, *on, "--json", "--out", str(out)],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(told.stdout)["units"]


def test_the_last_day_shows_every_zone(zones):
    assert zones["red"] >= 15
    assert zones["orange"] >= 25
    assert zones["green"] >= 50
    assert 1 <= zones["unclassified"] <= 2
