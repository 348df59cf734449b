"""Every benchmark in one run: `python -m benchmarks` (`make bench`).

Ratios can be compared between machines, seconds can't. Exit status 1 if the
product and the plain script disagree on one zone, booth or border. Making the
nation's files takes ten minutes the first time.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent

RUNS = [
    ["classify_speed.py", "--size", "city", "--rounds", "5"],
    ["classify_speed.py", "--size", "state", "--rounds", "3"],
    ["import_speed.py"],
    ["delineate_speed.py", "--size", "city", "--rounds", "9"],
    ["delineate_speed.py", "--size", "state", "--rounds", "5"],
    ["nation_speed.py"],
]
BROWSER_RUNS = [
    ["map_speed.py", "--units", "6300", "--runs", "3"],
    ["booth_map_speed.py", "--runs", "3"],
]


def main() -> int:
    runs = list(RUNS)
    if shutil.which("chromium"):
        runs += BROWSER_RUNS
    else:
        print("map: skipped, Chromium isn't installed (Debian: apt-get install chromium)")
    status = 0
    for script, *arguments in runs:
        print(f"\n## {script} {' '.join(arguments)}", flush=True)
        status |= subprocess.run([sys.executable, str(HERE / script), *arguments]).returncode
    return min(status, 1)


if __name__ == "__main__":
    sys.exit(main())
