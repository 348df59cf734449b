"""Speed of the map against plain `folium.GeoJson` in `st_folium`, in a real browser.

    python benchmarks/map_speed.py [--units 6300] [--runs 3]

Streamlit's own front end is counted apart: both sides pay it. CPU seconds are
the server's; wall seconds depend on what else the machine does, so the load is
printed beside them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from tests.browser.service import CHROMIUM, CHROMIUM_ARGS, Service  # noqa: E402

N_CHANGED = 500


@dataclass
class Traffic:
    """Bytes a page received, by what they were."""

    ours: int = 0
    streamlit: int = 0
    websocket: int = 0
    parts: dict[str, int] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        page.on("requestfinished", self._finished)
        page.on("websocket", lambda ws: ws.on("framereceived", self._frame))

    def _frame(self, data: str | bytes) -> None:
        self.websocket += len(data)

    def _finished(self, request) -> None:
        path = request.url.split("/", 3)[3] if request.url.count("/") > 2 else ""
        if request.url.startswith("data:"):
            return
        sizes = request.sizes()
        n = sizes["responseBodySize"] + sizes["responseHeadersSize"]
        kind = path.split("/")[0].split("?")[0]
        if kind in ("geometry", "live", "vendor", "component"):
            self.ours += n
            self.parts[kind] = self.parts.get(kind, 0) + n
        else:
            self.streamlit += n

    @property
    def total(self) -> int:
        return self.ours + self.websocket


def painted(page: Page, version: str = "") -> str:
    frame = page.frame_locator("iframe").first
    body = frame.locator(
        f"body[data-painted]:not([data-painted='{version}'])" if version else "body[data-painted]"
    )
    body.wait_for(timeout=120_000)
    return body.get_attribute("data-painted") or ""


def naive_painted(page: Page) -> None:
    # The last of the thousands of SVG paths.
    page.frame_locator("iframe").first.locator("path.leaflet-interactive").last.wait_for(
        state="attached", timeout=300_000
    )
    page.wait_for_timeout(200)


def rerun(page: Page) -> None:
    page.locator("h1").first.click()
    page.keyboard.press("r")


def measure_ours(n: int, runs: int) -> dict[str, float]:
    figures: dict[str, list[float]] = {}

    def note(key: str, value: float) -> None:
        figures.setdefault(key, []).append(value)

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        changed = Path(folder) / "changed"
        changed.write_text("0")
        script = ROOT / "tests/browser/synthetic_app.py"
        with Service(script, Path(folder), n_units=n) as service:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
            page = browser.new_page()
            page.goto(service.url)
            painted(page)
            page.close()
            for _ in range(runs):
                changed.write_text("0")
                context = browser.new_context(viewport={"width": 1440, "height": 900})
                page = context.new_page()
                traffic = Traffic()
                traffic.watch(page)
                start = time.perf_counter()
                page.goto(service.url)
                version = painted(page)
                note("first paint, s", time.perf_counter() - start)
                page.wait_for_timeout(1500)
                note("first opening, KB", traffic.total / 1000)
                note("  of it websocket, KB", traffic.websocket / 1000)
                for kind, size in traffic.parts.items():
                    note(f"  of it {kind}, KB", size / 1000)
                note("Streamlit's front end, KB", traffic.streamlit / 1000)

                frame = next(f for f in page.frames if "streamlit_folium" in f.url)
                frame.evaluate("window.marked = true")
                before = traffic.total
                changed.write_text(str(N_CHANGED))
                start = time.perf_counter()
                rerun(page)
                painted(page, version)
                note(f"{N_CHANGED} changed, s", time.perf_counter() - start)
                page.wait_for_timeout(1000)
                note(f"{N_CHANGED} changed, KB", (traffic.total - before) / 1000)
                note("remounts", 0 if frame.evaluate("window.marked === true") else 1)

                before, n_reruns = traffic.total, 20
                cpu = service.cpu_s()
                for _ in range(n_reruns):
                    rerun(page)
                    page.wait_for_timeout(250)
                note("plain rerun, CPU ms", (service.cpu_s() - cpu) * 1000 / n_reruns)
                note("plain rerun, KB", (traffic.total - before) / 1000 / n_reruns)
                context.close()
            browser.close()
    return {key: statistics.median(values) for key, values in figures.items()}


NAIVE = """
import sys; sys.path.insert(0, {root!r})
import folium, geopandas, streamlit as st
from pathlib import Path
from streamlit_folium import st_folium
from tests.synthetic import synthetic_view, with_changed_zones

@st.cache_resource
def frame(n_changed):
    view = with_changed_zones(synthetic_view({n}), n_changed)
    return geopandas.GeoDataFrame(
        {{"name": view.units.name, "zone": view.zone}}, geometry=view.units.geometry, crs=4326
    )

colours = {{"red": "#f00", "orange": "#fa0", "green": "#0a0", "unclassified": "#aaa"}}
st.title("zones")
m = folium.Map(location=[24.6, 90.4], zoom_start=7, tiles=None, prefer_canvas=False)
m.options["maxZoom"] = 18
folium.Map.default_js = [("l", "/app/static/leaflet.js")]
folium.Map.default_css = []
folium.GeoJson(
    frame(int(Path({changed!r}).read_text())),
    style_function=lambda f: {{"fillColor": colours[f["properties"]["zone"]], "weight": 1}},
    tooltip=folium.GeoJsonTooltip(["name", "zone"]),
).add_to(m)
st_folium(m, width=1000, height=600, returned_objects=[])
"""


def measure_naive(n: int) -> dict[str, float]:
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        changed = Path(folder) / "changed"
        changed.write_text("0")
        static = Path(folder) / "static"
        static.mkdir()
        leaflet = ROOT / "zoning/assets/vendor/leaflet/leaflet.js"
        (static / "leaflet.js").write_bytes(leaflet.read_bytes())
        script = Path(folder) / "naive.py"
        script.write_text(NAIVE.format(root=str(ROOT), n=n, changed=str(changed)))
        with Service(script, Path(folder), n_units=n, static=True) as service:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            traffic = Traffic()
            traffic.watch(page)
            start = time.perf_counter()
            page.goto(service.url)
            naive_painted(page)
            figures["first paint, s"] = time.perf_counter() - start
            page.wait_for_timeout(1500)
            figures["first opening, KB"] = traffic.total / 1000
            figures["  of it websocket, KB"] = traffic.websocket / 1000

            before = traffic.total
            changed.write_text(str(N_CHANGED))
            cpu = service.cpu_s()
            start = time.perf_counter()
            rerun(page)
            page.wait_for_timeout(3000)
            naive_painted(page)
            figures[f"{N_CHANGED} changed, s"] = time.perf_counter() - start
            figures[f"{N_CHANGED} changed, KB"] = (traffic.total - before) / 1000
            figures["remounts"] = 1
            cpu = service.cpu_s()
            rerun(page)
            page.wait_for_timeout(15000)
            figures["plain rerun, CPU ms"] = (service.cpu_s() - cpu) * 1000
            browser.close()
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=6300)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without-naive", action="store_true")
    options = parser.parse_args()
    ours = measure_ours(options.units, options.runs)
    naive = {} if options.without_naive else measure_naive(options.units)
    load = os.getloadavg()[0]
    print(f"\nMap of {options.units} units, {os.cpu_count()} cores, load {load:.1f}\n")
    print(f"{'':32}{'ours':>12}{'plain':>12}{'ratio':>10}")
    for key, value in ours.items():
        other = naive.get(key)
        ratio = f"{other / value:.0f}x" if other and value else ""
        print(f"{key:32}{value:12.2f}{'' if other is None else f'{other:.2f}':>12}{ratio:>10}")


if __name__ == "__main__":
    main()
