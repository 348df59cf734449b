"""An officer brings a city's files in, sees what is wrong with them, and takes one back."""

import re
from urllib.parse import urlsplit

import pytest

from tests.browser import city_files
from tests.browser.service import ROOT, Service
from zoning.settings import Settings
from zoning.workflow.setup import set_up

DESK, PHONE = (1440, 900), (390, 844)
ROW_PX, HEAD_PX = 35, 35


@pytest.fixture(scope="module", params=[DESK, PHONE], ids=["desk", "phone"])
def city(request, browser, tmp_path_factory):
    """A service over an empty database, and the size of the screen it is seen on."""
    folder = tmp_path_factory.mktemp("city")
    set_up(Settings(var_dir=folder / "var", database_url="")).close()
    with Service(ROOT / "app.py", folder) as running:
        yield running, request.param


@pytest.fixture
def open_page(browser, city):
    service, (width, height) = city
    contexts = []

    def open_at(path="", **options):
        options = {"viewport": {"width": width, "height": height}} | options
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.problems, page.requested = [], []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("request", lambda request: page.requested.append(request.url))
        page.goto(service.url + path)
        settle(page)
        return page

    yield open_at
    for context in contexts:
        context.close()


def settle(page):
    """Wait until the page has been drawn."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)
    page.wait_for_timeout(350)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)


def hand_over(page, name, content):
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_text(f"{name}: guessed").wait_for(timeout=60_000)
    settle(page)


def press(page, name):
    page.get_by_role("button", name=name).click()
    settle(page)


def choose_row(page, table, row):
    """Choose a row of a table: its box stands first in it."""
    grid = page.locator(f"[data-testid=stDataFrame]:has([aria-label='{table}'])")
    if not grid.count():
        grid = page.locator("[data-testid=stDataFrame]").last
    grid.scroll_into_view_if_needed()
    page.wait_for_timeout(250)
    box = grid.bounding_box()
    page.mouse.click(box["x"] + 18, box["y"] + HEAD_PX + ROW_PX * row + ROW_PX // 2)
    settle(page)


def map_frame(page):
    page.frame_locator("iframe").first.locator("body[data-marks]").wait_for(timeout=60_000)
    return next(frame for frame in page.frames if "streamlit_folium" in frame.url)


def assert_calm(page, width):
    assert not page.problems
    hosts = {urlsplit(url).hostname for url in page.requested if url.startswith(("http", "ws"))}
    assert hosts == {"127.0.0.1"}
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_files_are_brought_in_looked_at_on_the_map_and_taken_back(open_page, city):
    width = city[1][0]
    page = open_page("data")
    assert "begin with the boundaries" in page.locator("h1").first.inner_text()

    hand_over(page, "wards.geojson", city_files.wards())
    press(page, re.compile("^Check"))
    page.get_by_text("6 rows read: 5 taken, 1 rejected").first.wait_for()
    frame = map_frame(page)
    middle = "[Seemana.map.getCenter().lng, Seemana.map.getCenter().lat]"
    home = frame.evaluate(middle)
    frame.evaluate("window.marked = 1")
    choose_row(page, "Findings, row by row", 0)
    page.frame_locator("iframe").first.locator("body[data-chosen='']").wait_for(state="detached")
    assert frame.evaluate("window.marked") == 1, "a jump doesn't build the map anew"
    sixth = (77.575, 13.115)
    assert home != pytest.approx(sixth, abs=1e-3)
    assert frame.evaluate(middle) == pytest.approx(sixth, abs=1e-3)
    popup = page.frame_locator("iframe").first.locator(".leaflet-popup-content")
    assert "unit_id is empty" in popup.inner_text()
    press(page, "Take in 5 rows")
    page.wait_for_url(re.compile("tab=imports&import=1"))

    page = open_page("data?kind=cases")
    hand_over(page, "containment.csv", city_files.cases())
    press(page, re.compile("^Check"))
    assert page.get_by_role("button", name=re.compile("^Take in")).is_disabled()
    page.get_by_text("have no answer yet").or_(page.get_by_text("has no answer yet")).wait_for()
    answer_everything(page)
    press(page, re.compile("^Check"))
    page.get_by_text("40 rows read: 39 taken, 1 rejected").first.wait_for()
    with page.expect_download() as rejected:
        page.get_by_role("button", name=re.compile("^Download the rejected rows")).click()
    assert b"31-02-2020" in rejected.value.path().read_bytes()
    press(page, "Take in 39 rows")
    page.wait_for_url(re.compile("tab=imports&import=2"))
    page.get_by_text("containment.csv is taken in: 39 of 40 rows.").wait_for()
    assert "cases wait for a place" in page.locator("h1").first.inner_text()

    page.get_by_role("button", name="Take this import back").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text(re.compile(r"The figures of \d+ of 5 units change")).wait_for()
    dialog.get_by_role("button", name="Take it back").click()
    page.get_by_text("Import 2 is taken back.").wait_for()
    assert "✗ taken back" in page.content() or page.get_by_text("Taken back").count()
    assert_calm(page, width)


def answer_everything(page):
    """Answer each question: the first offer of a list, and that all the rest was seen."""
    for _ in range(8):
        radio = page.locator("[class*=-questions] [role=radiogroup]:not(:has(input:checked))")
        boxes = page.locator("label:has-text('I have seen this'):has(input:not(:checked))")
        lists = page.locator("[class*=-questions] [role=combobox]")
        empty = [i for i in range(lists.count()) if not lists.nth(i).input_value()]
        if radio.count():
            radio.first.locator("label").first.click()
        elif boxes.count():
            boxes.first.click()
        elif empty:
            lists.nth(empty[0]).click()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
        else:
            return
        settle(page)


def test_a_link_leads_to_the_other_screen_and_back_to_where_one_was(open_page):
    page = open_page("data?tab=feeds")
    page.get_by_role("link", name="Map").click()
    page.wait_for_url(re.compile(r"/(\?.*)?$"))
    settle(page)
    assert page.locator("[aria-current=page]").inner_text() == "Map"
    page.get_by_role("link", name="Data").click()
    page.wait_for_url(re.compile("/data.*tab=feeds"))
    settle(page)
    assert page.get_by_role("tab", name="Feeds").get_attribute("aria-selected") == "true"
    assert not page.problems


def test_back_and_reload_keep_the_panel(open_page):
    page = open_page("data")
    page.get_by_role("tab", name="Editions").click()
    page.wait_for_url(re.compile("tab=editions"))
    page.get_by_role("tab", name="Feeds").click()
    page.wait_for_url(re.compile("tab=feeds"))
    page.go_back()
    is_open = page.locator("[role=tab][aria-selected=true]", has_text="Editions")
    is_open.wait_for()
    page.reload()
    is_open.wait_for()


def test_the_embedded_map_has_no_way_to_the_data_even_by_its_address(open_page):
    page = open_page("data?embed=true&tab=imports")
    page.get_by_text("The embedded map shows zones and dates only").wait_for()
    assert page.locator("input[type=file]").count() == 0
    assert page.get_by_role("tab").count() == 0
    assert page.get_by_role("link", name="Data").count() == 0
    bare = open_page("?embed=true")
    assert bare.get_by_role("link", name="Data").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_on_a_button_can_be_read_by_day_and_by_night(open_page, scheme):
    page = open_page("data?tab=feeds", color_scheme=scheme)
    page.get_by_role("button", name="Add a feed").click()
    save = page.get_by_role("button", name="Save")
    save.wait_for()
    contrast = save.evaluate(
        """button => {
            const rgb = (css) => css.match(/[\\d.]+/g).slice(0, 3).map(Number);
            const light = (css) => rgb(css).map((v) => v / 255)
                .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const words = button.querySelector("p") || button;
            const pair = [getComputedStyle(words).color, getComputedStyle(button).backgroundColor];
            const [a, b] = pair.map(light).sort((x, y) => y - x);
            return (a + 0.05) / (b + 0.05);
        }"""
    )
    assert contrast >= 4.5
