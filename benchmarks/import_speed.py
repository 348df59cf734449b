"""Imports at state size: time, memory, and the ratio to a row-by-row ORM import.

    python benchmarks/import_speed.py [--orm-rows 100000]

The ORM import gets a part of the cases, and so does the product beside it, both
without judging; the whole file is then taken in by the product alone. Every
import is a cold process on an embedded database of its own.
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


def part_of(cases: Path, n_rows: int, folder: Path) -> Path:
    """Write the first rows of a file in a process of its own: this one stays small."""
    part = folder / "part.parquet"
    script = (
        "import sys, pyarrow.parquet as pq; "
        "pq.write_table(pq.read_table(sys.argv[1]).slice(0, int(sys.argv[3])), sys.argv[2])"
    )
    subprocess.run([sys.executable, "-c", script, cases, part, str(n_rows)], check=True)
    return part


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
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--orm-rows", type=int, default=100_000)
    options = parser.parse_args()
    units, cases = state_files()
    print(f"{'':58}{'wall s':>8}{'CPU s':>8}{'peak MiB':>10}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        part = part_of(cases, options.orm_rows, folder)
        orm = [sys.executable, str(HERE / "naive_orm.py"), "--cases", str(part)]
        orm += ["--rows", str(options.orm_rows), "--database", str(folder / "orm.db")]
        plain = run(orm, folder)
        show(f"{options.orm_rows:,} cases, row by row through the ORM", plain)
        small, whole = folder / "small", folder / "whole"
        for database in (small, whole):
            zoning(database, "setup")
        ours = zoning(small, "import", "cases", part)
        ratio = plain.cpu_s / ours.cpu_s
        show(
            f"{options.orm_rows:,} cases, zoning import cases", ours, f"{ratio:.1f} times less CPU"
        )
        show(
            "6,300 units with quality report, import boundaries",
            zoning(whole, "import", "boundaries", units, "--level", "gram_panchayat"),
        )
        show(
            "2,000,000 cases placed in 6,300 units, import cases",
            zoning(whole, "import", "cases", cases),
        )
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
