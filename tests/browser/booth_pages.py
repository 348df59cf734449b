"""What tests of booths in a browser share: where a booth is, and how the map gets there."""

from __future__ import annotations

import pytest

from tests.browser.test_map import inner

PER_UNIT = "8.0"
SET = "([lat, lon, zoom]) => Seemana.map.setView([lat, lon], zoom, {animate: false})"
PAINTED = """zoom => {
    const p = Seemana.booths.sheet.painted;
    return p && p.zoom === zoom && p.missing === 0;
}"""
HOLDS = """() => ({
    near: Seemana.booths.isNear(),
    chunks: Seemana.booths.inView().grounds.length,
})"""
STATE = "[Seemana.map.getZoom(), Seemana.map.getCenter().lat, Seemana.map.getCenter().lng]"


@pytest.fixture
def look(visit):
    """Open the map and wait until booths are known."""

    def opened(path="", **options):
        page = visit(path, **options)
        page.map.locator("body[data-booths]").wait_for(timeout=60_000)
        return page

    return opened


def a_booth(view, **wanted):
    """Return the row of a booth with the largest ground among those that are as wanted."""
    b = view.booths
    rows = [
        i
        for i in range(len(b))
        if all(getattr(b, column)[i] == value for column, value in wanted.items())
        and sum(other is b.cells[i] for other in b.cells) == 1
    ]
    return max(rows, key=lambda i: b.cells[i].area)


def go_to(page, view, row, zoom=15):
    """Bring a booth to the middle of the map, by the map itself, and wait for its cell."""
    at = view.booths.cells[row].representative_point()
    inner(page).evaluate(SET, [at.y, at.x, zoom])
    inner(page).wait_for_function(PAINTED, arg=zoom)


def middle(page):
    box = page.locator("iframe").first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
