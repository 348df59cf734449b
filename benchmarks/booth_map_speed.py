"""Time from a state's view to one booth, each step painted, in a headless browser.

    python benchmarks/booth_map_speed.py [--ground 12.5 | west-bengal | bengaluru] [--runs 3]

`--ground 12.5` draws 6,300 units with so many booths each (79,000); a name takes the
real cells from the shared data. Each run begins with an empty browser; the first also with
a service that has packed no chunk. A step ends with the frame after the last chunk in
view is drawn. The load is printed beside the times: they depend on what else runs.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Frame, Page, sync_playwright  # noqa: E402

from tests.browser.service import CHROMIUM, CHROMIUM_ARGS, Service  # noqa: E402

PAINT_GOAL_S = 1.5
N_CHANGED = 500
CHANGED = f"{N_CHANGED}+{N_CHANGED}"

# Moves the map and answers with the milliseconds until all that is in view is painted.
STEP = """([lat, lon, zoom]) => new Promise((done) => {
    const start = performance.now();
    Seemana.map.setView([lat, lon], zoom, { animate: false });
    const look = () => {
        const painted = Seemana.booths.sheet.painted;
        const isDone = painted && painted.zoom === zoom && painted.missing === 0;
        if (isDone) requestAnimationFrame(() => done(performance.now() - start));
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})"""
LARGEST_ZONE = """() => {
    const zones = [...Seemana.booths.zones.values()];
    const zone = zones.sort((a, b) => b.booths.length - a.booths.length)[0];
    const shape = Seemana.booths.outlines._areas.find((s) => s.id === zone.id);
    const at = Seemana.geometry.latLngBounds(shape).getCenter();
    return [at.lat, at.lng];
}"""
HEAP = "() => performance.memory ? performance.memory.usedJSHeapSize / 1e6 : NaN"


class Bytes:
    """Bytes received of one kind of address."""

    def __init__(self, page: Page) -> None:
        self.by_kind: dict[str, int] = {}
        self.websocket = 0
        page.on("requestfinished", self._finished)
        page.on("websocket", lambda ws: ws.on("framereceived", self._frame))

    def _frame(self, data: str | bytes) -> None:
        self.websocket += len(data)

    def _finished(self, request) -> None:
        if request.url.startswith("data:"):
            return
        kind = request.url.split("/", 3)[3].split("/")[0]
        sizes = request.sizes()
        n = sizes["responseBodySize"] + sizes["responseHeadersSize"]
        self.by_kind[kind] = self.by_kind.get(kind, 0) + n

    def of(self, *kinds: str) -> float:
        return sum(self.by_kind.get(kind, 0) for kind in kinds) / 1000


def open_map(page: Page, url: str) -> tuple[Frame, float, float]:
    """Return the map's frame, and the seconds until zones and until outlines are painted."""
    start = time.perf_counter()
    page.goto(url)
    frame = page.frame_locator("iframe").first
    frame.locator("body[data-painted]").wait_for(timeout=180_000)
    zones_s = time.perf_counter() - start
    frame.locator("body[data-booths]").wait_for(timeout=60_000)
    inner = next(f for f in page.frames if "streamlit_folium" in f.url)
    inner.wait_for_function("Seemana.booths.sheet.painted")
    return inner, zones_s, time.perf_counter() - start


def walk(page: Page, url: str, changed: Path, note) -> None:
    """Go from the state to one booth, and note the time and the bytes of each step."""
    sent = Bytes(page)
    frame, zones_s, outlines_s = open_map(page, url)
    note("state: zones painted, s", zones_s)
    note("state: outlines of containment zones too, s", outlines_s)
    page.wait_for_timeout(1500)
    note("state: ground and categories sent, KB", sent.of("ground", "booths"))
    lat, lon = frame.evaluate(LARGEST_ZONE)
    from_zoom = frame.evaluate("Seemana.booths.fromZoom()")
    for name, zoom in (
        ("district", from_zoom - 1.5),
        ("block", from_zoom),
        ("booths", from_zoom + 2),
    ):
        before = sent.of("ground")
        note(f"{name} (zoom {zoom}), s", frame.evaluate(STEP, [lat, lon, zoom]) / 1000)
        page.wait_for_timeout(300)
        note(f"{name}: ground sent, KB", sent.of("ground") - before)
    note("heap, MB", frame.evaluate(HEAP))
    note("pan at block, s", frame.evaluate(STEP, [lat + 0.2, lon + 0.2, from_zoom + 0.25]) / 1000)

    box = page.locator("iframe").first.bounding_box()
    frame.evaluate(STEP, [lat, lon, from_zoom + 2])
    start = time.perf_counter()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator(".sm-card").first.wait_for()
    note("one booth: its card, s", time.perf_counter() - start)

    frame.evaluate("window.marked = true")
    before, socket = sent.of("booths", "live"), sent.websocket
    version = frame.evaluate("document.body.dataset.booths")
    changed.write_text(CHANGED)
    start = time.perf_counter()
    page.locator("h1").first.click()
    page.keyboard.press("r")
    page.frame_locator("iframe").first.locator(
        f"body[data-booths]:not([data-booths='{version}'])"
    ).wait_for(timeout=60_000)
    note(f"{N_CHANGED} units and booths changed, s", time.perf_counter() - start)
    page.wait_for_timeout(500)
    note(f"{N_CHANGED} changed: zones and booths, KB", sent.of("booths", "live") - before)
    note(f"{N_CHANGED} changed: page, KB", (sent.websocket - socket) / 1000)
    note("remounts", 0 if frame.evaluate("window.marked === true") else 1)
    changed.write_text("0")


def measure(ground: str, runs: int) -> list[dict[str, float]]:
    """Return the figures of each run; the first is of a service without packed chunks."""
    found: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        changed = Path(folder) / "changed"
        script = ROOT / "tests/browser/synthetic_app.py"
        changed.write_text(CHANGED)
        with Service(script, Path(folder), n_units=6300, booths=ground) as service:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
            # Both states of the test's own data are made before anything is timed.
            for state in (CHANGED, "0"):
                changed.write_text(state)
                page = browser.new_page()
                open_map(page, service.url)
                page.close()
            for _ in range(runs):
                context = browser.new_context(viewport={"width": 1440, "height": 900})
                figures: dict[str, float] = {}
                walk(context.new_page(), service.url, changed, figures.__setitem__)
                found.append(figures)
                context.close()
            browser.close()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ground", default="12.5")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    found = measure(options.ground, options.runs)
    print(f"\nBooths of {options.ground}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print(f"{'':48}{'first':>10}{'median':>10}")
    for key in found[0]:
        median = statistics.median(figures[key] for figures in found)
        print(f"{key:48}{found[0][key]:10.2f}{median:10.2f}")
    slow = [
        key
        for key in found[0]
        if key.endswith(", s") and max(figures[key] for figures in found) > PAINT_GOAL_S
    ]
    print(f"\nover {PAINT_GOAL_S} s in any run: {'; '.join(slow) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
