"""Imports at state size: time, memory, and the ratio to a row-by-row ORM import.

    python benchmarks/import_speed.py

Both take the same two million rows into an embedded database; the product places
each in its unit besides. Every import is a cold process on a database of its own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
WEST_BENGAL = HERE.parents[1] / "shared" / "data" / "west-bengal"


@dataclass(frozen=True)
class Run:
    wall_s: float
    cpu_s: float
    peak_mib: float


def run(command: list[str], folder: Path) -> Run:
    environment = os.environ | {"ZONING_VAR_DIR": str(folder), "ZONING_DATABASE_URL": ""}
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"exit status {process.returncode}: {' '.join(command)}")
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def zoning(folder: Path, *arguments: object) -> Run:
    return run([str(BIN / "zoning"), *map(str, arguments)], folder)


def state_files() -> tuple[Path, Path]:
    sys.path.insert(0, str(HERE.parent))
    from benchmarks.classify_speed import make_input

    return make_input("state")


def show(what: str, found: Run, remark: str = "") -> None:
    print(
        f"{what:58}{found.wall_s:8.1f}{found.cpu_s:8.1f}{found.peak_mib:10.0f}  {remark}",
        flush=True,
    )


def main() -> None:
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    units, cases = state_files()
    print(f"{'':58}{'wall s':>8}{'CPU s':>8}{'peak MiB':>10}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        orm = [sys.executable, str(HERE / "naive_orm.py"), "--cases", str(cases)]
        plain = run([*orm, "--database", str(folder / "orm.db")], folder)
        show("2,000,000 cases, row by row through the ORM", plain)
        zoning(folder, "setup")
        show(
            "6,300 units with quality report, import boundaries",
            zoning(folder, "import", "boundaries", units, "--level", "gram_panchayat"),
        )
        ours = zoning(folder, "import", "cases", cases)
        ratio = plain.cpu_s / ours.cpu_s
        show("2,000,000 cases, placed too, import cases", ours, f"{ratio:.1f} times less CPU")
        if WEST_BENGAL.is_dir():
            west_bengal(folder / "west-bengal")
        else:
            print("West Bengal: skipped, its files aren't beside the checkout")


def west_bengal(folder: Path) -> None:
    mapping = HERE.parent / "docs" / "examples" / "west-bengal.toml"
    zoning(folder, "setup")
    areas = WEST_BENGAL / "gram_panchayats_derived.gpkg"
    show(
        "West Bengal: 3,266 gram panchayats with quality report",
        zoning(
            folder, "import", "boundaries", areas, "--level", "gram_panchayat", "--mapping", mapping
        ),
    )
    habitations = WEST_BENGAL / "habitations.csv.gz"
    show(
        "West Bengal: 58,454 habitations as booths",
        zoning(folder, "import", "booths", habitations, "--mapping", mapping),
    )


if __name__ == "__main__":
    main()
