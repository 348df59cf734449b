"""Booths on the map: what is sent from afar and from near, and what is drawn."""

import re

import pytest

from layers.booth_ground import booth_ground
from tests.booth_views import drawn_view
from tests.browser.booth_pages import (
    HOLDS,
    PAINTED,
    PER_UNIT,
    SET,
    STATE,
    a_booth,
    go_to,
    middle,
)
from tests.browser.test_map import inner


@pytest.fixture(scope="module")
def view():
    return drawn_view(144, PER_UNIT)


@pytest.fixture(scope="module")
def service(booth_service):
    return booth_service


# The most frequent colour of a patch at the middle: its ground, whatever letter stands on it.
PATCH = """() => {
    const sheet = Seemana.booths.sheet;
    const size = Seemana.map.getSize().divideBy(2);
    const at = Seemana.map.containerPointToLayerPoint(size).subtract(sheet._bounds.min);
    const k = sheet._ratio;
    const pixels = sheet._ctx.getImageData(at.x * k - 20, at.y * k - 20, 40, 40).data;
    const seen = {};
    for (let i = 0; i < pixels.length; i += 4) {
        const colour = pixels.slice(i, i + 4).join();
        seen[colour] = (seen[colour] || 0) + 1;
    }
    return Object.keys(seen).sort((a, b) => seen[b] - seen[a])[0];
}"""


def test_from_afar_no_ground_of_booths_is_sent(look, view):
    page = look(viewport={"width": 420, "height": 700})
    frame = inner(page)
    assert frame.evaluate("Seemana.map.getZoom()") < booth_ground(view.booths).from_zoom
    assert not [u for u in page.requested if re.search(r"/ground/\w+/\d+\.json", u)]
    frame.wait_for_function("Seemana.booths.sheet.painted")
    assert frame.evaluate("Seemana.booths.zones.size") == len(view.booths.zones)


def test_near_enough_the_chunks_in_view_are_sent_once_and_kept(look, view):
    page = look()
    go_to(page, view, a_booth(view, category="A"))
    asked = [u for u in page.requested if re.search(r"/ground/\w+/\d+\.json", u)]
    assert len(asked) == len(set(asked)) == inner(page).evaluate(HOLDS)["chunks"]
    page.reload()
    page.map.locator("body[data-booths]").wait_for()
    go_to(page, view, a_booth(view, category="C"))
    sizes = inner(page).evaluate(
        """() => performance.getEntriesByType("resource")
            .filter((e) => /ground/.test(e.name)).map((e) => e.transferSize)"""
    )
    assert set(sizes) == {0}, "from the browser's own cache"


def test_every_booth_is_drawn_as_what_it_is(look, view):
    page = look()
    go_to(page, view, a_booth(view, category="A"), 14)
    drawn = inner(page).evaluate(
        """() => Seemana.booths.inView().grounds.flatMap((g) =>
            g.cells.map((c) => Seemana.booths.boothOf(g, c)).map((b) =>
                [b.id, b.category, b.isWatched, b.needsSurvey, b.provenance,
                 b.zone ? b.zone.id : "", b.unit.id]))"""
    )
    b = view.booths
    assert len(drawn) > 1000
    for code, *said in drawn:
        i = b.row_of[code]
        assert said == [
            b.category[i],
            bool(b.watch[i]),
            bool(b.needs_survey[i]),
            b.provenance[i],
            b.zone_id[i],
            b.unit_id[i],
        ]


def test_hovering_tells_category_zone_unit_and_how_the_border_is_known(look, view):
    page = look()
    row = a_booth(view, category="C", needs_survey=False, provenance="derived")
    go_to(page, view, row)
    page.mouse.move(*middle(page))
    tooltip = page.map.locator(".seemana-tooltip")
    tooltip.wait_for()
    said = tooltip.inner_text()
    for words in (view.booths.name[row], "C: clean", "Border derived"):
        assert str(words) in said


def test_changed_booths_are_drawn_without_a_remount(look, service, view):
    page = look()
    row = int((view.booths.category == "C").argmax())
    go_to(page, view, row)
    frame = inner(page)
    frame.evaluate("window.marked = 1")
    before, state = frame.evaluate(PATCH), frame.evaluate(STATE)
    version = frame.evaluate("document.body.dataset.booths")
    page.received.clear()
    service.changed.write_text("0+30")
    page.locator("h1").click()
    page.keyboard.press("r")
    page.map.locator(f"body[data-booths]:not([data-booths='{version}'])").wait_for()
    code = view.booths.booth_id[row]
    drawn = """code => Seemana.booths.inView().grounds.some((g) => g.cells.some((c) => {
        const booth = Seemana.booths.boothOf(g, c);
        return booth.id === code && booth.category === "B";
    }))"""
    assert frame.evaluate(drawn, code)
    assert frame.evaluate("window.marked") == 1
    assert frame.evaluate(STATE) == state
    assert not [r for r in page.received if re.search(r"/(ground|geometry|vendor)/", r.url)]
    (answer,) = [r for r in page.received if "/booths/" in r.url]
    assert len(answer.json()["at"]) == 30
    frame.wait_for_function(f"before => ({PATCH})() !== before", arg=before)


def test_booths_switched_off_stay_off_in_the_address(look, view):
    page = look()
    page.map.get_by_text("Booths", exact=True).click()
    page.wait_for_url(re.compile("layers=hospital(,|%2C)ambulance$"))
    again = look("?layers=hospital")
    boxes = again.map.locator(".leaflet-control-layers-selector")
    assert [boxes.nth(i).is_checked() for i in range(boxes.count())] == [False, True, False]
    assert not inner(again).evaluate("Seemana.booths.isOn()")


def test_a_chunk_that_does_not_arrive_is_told_and_asked_for_again(look, view):
    page = look(viewport={"width": 420, "height": 700})
    page.route(re.compile(r"/ground/\w+/\d+\.json"), lambda route: route.abort())
    at = view.booths.cells[0].representative_point()
    inner(page).evaluate(SET, [at.y, at.x, 14])
    page.map.locator(".seemana-failed").wait_for()
    page.unroute(re.compile(r"/ground/\w+/\d+\.json"))
    inner(page).evaluate(SET, [at.y, at.x, 14.5])
    inner(page).wait_for_function(PAINTED, arg=14.5)
    assert not page.map.locator(".seemana-notice").is_visible()


def test_no_request_for_booths_leaves_the_machine(look, service, view):
    page = look()
    go_to(page, view, 0)
    assert all(u.startswith((service.url, "data:", "blob:", "ws:")) for u in page.requested)
    assert not page.problems
