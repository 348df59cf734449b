"""A person goes from the zones to one booth and reads what holds there."""

import re

import pytest

from layers.booth_ground import booth_ground
from tests.booth_views import synthetic_booths
from tests.browser.service import ROOT, Service
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


@pytest.fixture(scope="module")
def view():
    return synthetic_booths(144, float(PER_UNIT))


@pytest.fixture(scope="module")
def service(browser, tmp_path_factory):
    """The same service with booths, in place of the folder's own."""
    folder = tmp_path_factory.mktemp("booths")
    (folder / "changed").write_text("0")
    script = ROOT / "tests/browser/synthetic_app.py"
    with Service(script, folder, booths=PER_UNIT) as running:
        yield running


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


# The colours of a patch at the middle of the sheet of booths.
PATCH = """() => {
    const sheet = Seemana.booths.sheet;
    const size = Seemana.map.getSize().divideBy(2);
    const at = Seemana.map.containerPointToLayerPoint(size).subtract(sheet._bounds.min);
    const k = sheet._ratio;
    return sheet._ctx.getImageData(at.x * k - 12, at.y * k - 12, 24, 24).data.join();
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


def test_a_click_opens_the_card_of_the_booth_and_moves_nothing(look, view):
    page = look()
    row = a_booth(view, category="A", needs_survey=False)
    b = view.booths
    go_to(page, view, row)
    before = inner(page).evaluate(STATE)
    page.mouse.click(*middle(page))
    card = page.locator(".sm-booth")
    card.wait_for()
    said = card.inner_text()
    label = b.zones.label[b.zone_row_of[b.zone_id[row]]]
    for words in (b.name[row], b.booth_id[row], "A: affected since", label, b.unit_id[row]):
        assert str(words) in said
    assert ("derived" if b.provenance[row] == "derived" else "surveyed") in said
    assert f"booth={b.booth_id[row]}" in page.url
    assert inner(page).evaluate(STATE) == before
    assert inner(page).evaluate("Seemana.booths.selectedCell() !== null")


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


def test_a_watched_booth_and_one_to_be_surveyed_say_so(look, view):
    for wanted, sentence in (
        ({"watch": True}, "close surveillance continues"),
        ({"needs_survey": True}, "somebody has to look"),
    ):
        row = a_booth(view, **wanted)
        page = look(f"?booth={view.booths.booth_id[row]}&unit={view.booths.unit_id[row]}")
        card = page.locator(".sm-booth")
        card.wait_for()
        assert sentence in card.inner_text()


def test_a_link_brings_the_booth_into_view(look, view):
    row = a_booth(view, category="B")
    page = look(f"?booth={view.booths.booth_id[row]}")
    inner(page).wait_for_function("Seemana.booths.selectedCell() !== null")
    at = view.booths.cells[row].representative_point()
    assert inner(page).evaluate(f"Seemana.map.getBounds().contains([{at.y}, {at.x}])")
    assert inner(page).evaluate(HOLDS)["near"]


def test_a_booth_is_searched_by_its_code(look, view):
    page = look()
    code = str(view.booths.booth_id[a_booth(view, category="B")])
    search = page.get_by_role("combobox").first
    search.click()
    search.fill(code.lower())
    search.press("Enter")
    card = page.locator(".sm-booth")
    card.wait_for()
    assert code in card.inner_text()
    inner(page).wait_for_function("Seemana.booths.selectedCell() !== null")


def test_a_name_that_several_booths_have_offers_them(look, view):
    page = look()
    search = page.get_by_role("combobox").first
    search.click()
    search.fill("primary school, room 2")
    search.press("Enter")
    page.get_by_text("Write more of the name").wait_for()
    offers = page.locator("[class*=st-key-found-] button")
    offer = offers.nth(1)
    offer.wait_for()
    assert offers.count() == 12
    code = offer.inner_text().split(" · ")[0]
    offer.click()
    page.locator(".sm-booth").wait_for()
    assert code in page.locator(".sm-booth").inner_text()
    assert f"booth={code}" in page.url


def test_a_text_that_names_nothing_is_told_as_it_was_written(look):
    page = look()
    search = page.get_by_role("combobox").first
    search.click()
    search.fill("**nowhere** <b>")
    search.press("Enter")
    page.get_by_text("No place and no booth is called “**nowhere** <b>”.").wait_for()


def test_changed_booths_are_drawn_without_a_remount(look, service, view):
    page = look()
    row = int((view.booths.category == "C").argmax())
    go_to(page, view, row)
    frame = inner(page)
    frame.evaluate("window.marked = 1")
    before, state = frame.evaluate(PATCH), frame.evaluate(STATE)
    version = frame.evaluate("document.body.dataset.booths")
    page.received.clear()
    service.changed.write_text("30")
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


def test_names_of_booths_never_become_markup(look, view):
    page = look()
    row = a_booth(view, unit_id="U0004")
    assert str(view.booths.name[row]).startswith("<b>Bold</b> & Sons")
    go_to(page, view, row)
    page.mouse.move(*middle(page))
    tooltip = page.map.locator(".seemana-tooltip")
    tooltip.wait_for()
    assert "<b>Bold</b> & Sons" in tooltip.inner_text()
    page.mouse.click(*middle(page))
    page.locator(".sm-booth").wait_for()
    assert "<b>Bold</b> & Sons" in page.locator(".sm-booth").inner_text()


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


def test_the_public_sees_categories_and_zones_and_no_count(look, view):
    page = look("?embed=true")
    row = a_booth(view, category="A", needs_survey=False)
    go_to(page, view, row)
    page.mouse.click(*middle(page))
    card = page.locator(".sm-booth")
    card.wait_for()
    said = page.locator("body").inner_text()
    assert "A: affected" in said
    for secret in ("confirmed", "Active", "people", "cases of"):
        assert secret not in said
    (answer,) = [r for r in page.received if "/booths/" in r.url]
    assert answer.url.split("/booths/")[1].startswith("public.")
    assert set(answer.json()) == {"ground", "step", "codes", "zones"}


def test_the_table_lists_booths_and_a_row_leads_to_the_map(look, view):
    page = look()
    page.get_by_role("tab", name="Booths").click()
    page.locator("[data-testid=stDataFrame]").wait_for()
    assert f"{len(view.booths):,} booths, shown are 1 to 200." in page.locator("body").inner_text()
    page.get_by_text("B: buffer", exact=True).click()
    n = int((view.booths.category == "B").sum())
    page.get_by_text(f"{n} booths, shown are 1 to {n}.").wait_for()


def test_on_a_phone_booths_make_nothing_wider_than_the_screen(look, view):
    code = view.booths.booth_id[a_booth(view, category="A")]
    page = look(f"?booth={code}", viewport={"width": 390, "height": 844}, has_touch=True)
    page.locator(".sm-booth").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_no_request_for_booths_leaves_the_machine(look, service, view):
    page = look()
    go_to(page, view, 0)
    assert all(u.startswith((service.url, "data:", "blob:", "ws:")) for u in page.requested)
    assert not page.problems
