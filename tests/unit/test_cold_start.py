"""A cold `zoning classify` loads, starts and searches nothing that it doesn't need."""

import gc
import json
import os
import subprocess
import sys

import pytest

UNNEEDED = {"pandas", "geopandas", "sqlalchemy", "alembic", "babel", "rich", "streamlit", "scipy"}
PROBE = """
import atexit, gc, json, os, sys
sys.argv[0] = "zoning"
from zoning.__main__ import main
try:
    main()
except SystemExit as end:
    status = end.code
told = {
    "status": status,
    "modules": sorted({name.partition(".")[0] for name in sys.modules}),
    "blas_threads": os.environ["OPENBLAS_NUM_THREADS"],
    "collected_every": gc.get_threshold()[0],
    "frozen": gc.get_freeze_count(),
}
print(json.dumps(told))
"""


@pytest.fixture
def cold(tmp_path):
    (tmp_path / "units.csv").write_text("unit_id,name,population\n1,North,100000\n")
    (tmp_path / "cases.csv").write_text("unit_id,confirmed_on\n1,2020-05-08\n")
    files = ["--units", "units.csv", "--cases", "cases.csv", "--out", "out.csv"]
    command = [sys.executable, "-c", PROBE, "classify", *files, "--on", "2020-05-18"]

    def call(**environment):
        kept = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=kept | {"PYTHONPATH": os.pathsep.join(sys.path)} | environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout.splitlines()[-1])

    return call


def test_a_cold_classify_loads_neither_frames_nor_database_nor_screen(cold):
    told = cold()
    assert told["status"] == 0
    assert "numpy" in told["modules"]
    assert UNNEEDED & set(told["modules"]) == set()


def test_a_cold_classify_searches_seldom_for_garbage(cold):
    told = cold()
    assert told["collected_every"] > gc.get_threshold()[0]
    assert told["frozen"] > 0


def test_linear_algebra_gets_one_thread_unless_the_user_gave_it_more(cold):
    assert cold()["blas_threads"] == "1"
    assert cold(OPENBLAS_NUM_THREADS="3")["blas_threads"] == "3"
