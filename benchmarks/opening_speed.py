"""Time of the first openings of a state: after a start without cache, a publication, a restart.

    python benchmarks/opening_speed.py [--folder var/bench] [--every 13]

Takes the state of `generate.py --size state --booths` into a database of its own, with each
so-many-th case, puts its booths in force and starts the service itself. A browser of its own
opens the map at once in each situation: nobody has asked before. Figures end with the frame that
is painted; the load is printed beside them, because they depend on what else runs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import pandas as pd  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from benchmarks.booth_map_speed import LARGEST_ZONE, PAINT_GOAL_S, STEP  # noqa: E402
from tests.browser.service import CHROMIUM, CHROMIUM_ARGS, Service  # noqa: E402

PREPARING = ".seemana-notice:has-text('Booths are being prepared')"


def zoning(folder: Path, *arguments: object) -> None:
    """Run the command line against the benchmark's own database."""
    subprocess.run(
        [sys.executable, "-m", "zoning", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"ZONING_VAR_DIR": str(folder / "var")},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def bring_in(folder: Path, files: Path, every: int) -> None:
    """Put a generated state in force."""
    few = folder / "cases.parquet"
    pd.read_parquet(files / "state-cases.parquet").iloc[::every].to_parquet(few)
    zoning(folder, "setup")
    units = files / "state-units.parquet"
    zoning(folder, "import", "boundaries", units, "--level", "gram_panchayat")
    zoning(folder, "import", "booths", files / "state-booths.parquet")
    zoning(folder, "import", "cases", few)
    zoning(folder, "propose")
    zoning(folder, "publish")


def visit(browser: Browser, url: str, *, has_steps: bool = True) -> dict[str, float]:
    """Open the map and go to one booth; return the seconds of each step."""
    figures: dict[str, float] = {}
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    start = time.perf_counter()

    def note(name: str) -> None:
        figures[name] = time.perf_counter() - start

    page.goto(url)
    page.locator("h1").first.wait_for(timeout=60_000)
    note("first words")
    frame = page.frame_locator("iframe").first
    frame.locator("body[data-painted]").wait_for(timeout=60_000)
    note("zones of the units painted")
    is_told = frame.locator(PREPARING).is_visible()
    frame.locator("body[data-booths]").wait_for(timeout=180_000)
    inner = next(f for f in page.frames if "streamlit_folium" in f.url)
    inner.wait_for_function("Seemana.booths.sheet.painted")
    note(f"booths painted{', told before' if is_told else ''}")
    if has_steps:
        lat, lon = inner.evaluate(LARGEST_ZONE)
        near = inner.evaluate("Seemana.booths.fromZoom()")
        for name, zoom in (("district", near - 1.5), ("block", near), ("booths", near + 2)):
            figures[f"step to {name}"] = inner.evaluate(STEP, [lat, lon, zoom]) / 1000
        off = [lat + 0.2, lon + 0.2, near + 0.25]
        figures["step beside"] = inner.evaluate(STEP, off) / 1000
    context.close()
    return figures


def measure(files: Path, every: int) -> dict[str, dict[str, float]]:
    """Return the figures of each situation."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name)
        bring_in(folder, files, every)
        shutil.rmtree(folder / "var" / "cache", ignore_errors=True)
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        with Service(ROOT / "app.py", folder) as service:
            found["start without cache"] = visit(browser, service.url)
            found["again"] = visit(browser, service.url)
            zoning(folder, "propose", "--buffer-m", 400)
            zoning(folder, "publish")
            found["after a publication"] = visit(browser, service.url)
            found["again after it"] = visit(browser, service.url)
        with Service(ROOT / "app.py", folder) as service:
            found["start with what was kept"] = visit(browser, service.url)
        browser.close()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench")
    parser.add_argument("--every", type=int, default=13)
    options = parser.parse_args()
    found = measure(options.folder, options.every)
    print(f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    for situation, figures in found.items():
        print(situation)
        for key, seconds in figures.items():
            is_late = seconds > PAINT_GOAL_S
            print(f"  {key:44}{seconds:8.2f} s{'  over the goal' if is_late else ''}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
