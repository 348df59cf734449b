"""`zoning classify` against a plain geopandas script, as cold processes in rotation.

    python benchmarks/classify_speed.py --size city|state [--rounds N] [--only naive|product]

Prints medians of CPU seconds (user and system) and peak memory, their ratios,
and whether both gave every unit the same zone. Exit status 1 if they didn't.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

# This process stays small: Linux counts the parent's memory at the start as the child's peak.
HERE = Path(__file__).parent
ON = "2020-08-31"


@dataclass(frozen=True)
class Run:
    cpu_s: float
    peak_mib: float


def contestants(units: Path, cases: Path, folder: Path) -> dict[str, list[str]]:
    bin_folder = Path(sys.executable).parent
    programs = {
        "naive": [sys.executable, str(HERE / "naive_geopandas.py")],
        "product": [str(bin_folder / "zoning"), "classify"],
    }
    files = ["--units", str(units), "--cases", str(cases), "--on", ON]
    return {
        name: [*program, *files, "--out", str(folder / f"{name}.gpkg")]
        for name, program in programs.items()
    }


def run(command: list[str]) -> Run:
    Path(command[-1]).unlink(missing_ok=True)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"exit status {process.returncode}: {' '.join(command)}")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def zones(path: Path) -> dict[str, str]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        (layer,) = database.execute("select table_name from gpkg_contents limit 1").fetchone()
        return dict(database.execute(f'select unit_id, zone from "{layer}"'))


def make_input(size: str) -> tuple[Path, Path]:
    """Generate in a process of its own, see above; return units and cases."""
    line = subprocess.run(
        [sys.executable, str(HERE / "generate.py"), "--size", size],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parent)},
    ).stdout.split()
    return Path(line[0]), Path(line[1])


def table(size: str, runs: dict[str, list[Run]]) -> str:
    lines = [f"{size:10}{'CPU s':>10}{'peak MiB':>12}{'runs':>6}"]
    medians = {}
    for name, own in runs.items():
        cpu = statistics.median(r.cpu_s for r in own)
        peak = statistics.median(r.peak_mib for r in own)
        medians[name] = (cpu, peak)
        lines.append(f"{name:10}{cpu:>10.2f}{peak:>12.0f}{len(own):>6}")
    if len(medians) == 2:
        (naive_cpu, naive_peak), (cpu, peak) = medians["naive"], medians["product"]
        lines.append(f"{'ratio':10}{cpu / naive_cpu:>10.3f}{peak / naive_peak:>12.3f}")
    return "\n".join(lines)


def compare(folder: Path) -> str:
    """Return what differs, or an empty text."""
    naive, product = zones(folder / "naive.gpkg"), zones(folder / "product.gpkg")
    if naive.keys() != product.keys():
        return f"units differ: {len(naive)} and {len(product)}"
    unlike = [u for u, zone in naive.items() if product[u] != zone]
    shown = ", ".join(f"{u} {naive[u]}/{product[u]}" for u in unlike[:5])
    return f"{len(unlike)} of {len(naive)} zones differ (naive/product): {shown}" if unlike else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", choices=("city", "state"), default="city")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("naive", "product"))
    arguments = parser.parse_args()
    units, cases = make_input(arguments.size)
    with tempfile.TemporaryDirectory() as name:
        commands = contestants(units, cases, Path(name))
        if arguments.only:
            commands = {arguments.only: commands[arguments.only]}
        runs: dict[str, list[Run]] = {name: [] for name in commands}
        for turn in range(arguments.rounds):
            # every other round backwards, so that neither always finds the disk cache warm
            for contestant in list(commands)[:: 1 if turn % 2 == 0 else -1]:
                runs[contestant].append(run(commands[contestant]))
        print(table(arguments.size, runs))
        if arguments.only is None:
            difference = compare(Path(name))
            print(difference or "zones: identical, unit by unit")
            sys.exit(1 if difference else 0)


if __name__ == "__main__":
    main()
