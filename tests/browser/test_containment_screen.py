"""An officer asks what if, tells of a house round, and releases a zone, in a browser."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest

from tests.browser.service import ROOT, Service
from tests.browser.test_data_screen import settle
from tests.store.grid_files import write_cases, write_places
from zoning import clock
from zoning.settings import Settings
from zoning.workflow.decisions import Containing, propose, publish
from zoning.workflow.imports import import_booths, import_boundaries, import_cases
from zoning.workflow.setup import set_up
from zoning.workflow.taking import ImportOrder

DESK, PHONE = (1440, 900), (390, 844)
WHO = "tester"


def fill(folder):
    """Two zones in force for 40 days, without a case in them for 41; yesterday is complete."""
    now = clock.now()
    today = clock.today_ist(now)
    begun = now - timedelta(days=40)
    then = clock.today_ist(begun)
    write_places(folder)
    with_store = set_up(Settings(var_dir=folder / "var", database_url=""))
    import_boundaries(with_store, ImportOrder(folder / "wards.geojson", begun, WHO), "ward")
    import_booths(with_store, ImportOrder(folder / "booths.csv", begun, WHO))
    first = [("W5-a", str(then), 4), ("W1-a", str(then), 4)]
    import_cases(with_store, ImportOrder(write_cases(folder / "a.csv", first), begun, WHO))
    made = propose(with_store, "mohfw-2020-05-17", then, begun, WHO, Containing())
    publish(with_store, begun, WHO, made.run_id)
    later = [("W9-d", str(date.fromordinal(today.toordinal() - 9)), 1)]
    order = ImportOrder(write_cases(folder / "b.csv", later), now - timedelta(hours=1), WHO)
    import_cases(with_store, order, today - timedelta(days=1))
    with_store.close()


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(request, browser, tmp_path):
    fill(tmp_path)
    width, height = request.param
    with Service(ROOT / "app.py", tmp_path) as service:
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.problems, page.requested, page.width = [], [], width
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("request", lambda asked: page.requested.append(asked.url))
        page.home = service.url
        page.goto(f"{service.url}containment")
        settle(page)
        yield page
        context.close()


def test_what_if_then_a_round_then_the_release_of_a_zone(page):
    head = page.locator("h1").first
    assert "2 containment zones; booths: 2 A, 6 B" in head.inner_text()
    assert page.get_by_role("link", name="Data").is_visible()

    page.get_by_role("tab", name="What if").click()
    page.wait_for_url(re.compile("tab=whatif"))
    settle(page)
    width = page.get_by_label("Buffer, m")
    width.fill("60000")
    width.press("Enter")
    page.get_by_text("The buffer is 60000 m; give metres").wait_for()
    width.fill("100")
    width.press("Enter")
    page.get_by_text("with a buffer of 100 m").first.wait_for()
    assert "buffer=100" in page.url
    assert page.get_by_role("img", name=re.compile("^Thought: 2 containment zones")).count() == 1

    page.get_by_role("tab", name="Release").click()
    page.wait_for_url(re.compile("tab=release"))
    settle(page)
    page.get_by_text("2 blocked, 2 of these with the District Magistrate").wait_for()
    page.get_by_label("Houses there").fill("100")
    page.get_by_label("Of these visited").fill("93")
    page.get_by_role("button", name="Tell the round").click()
    page.get_by_text(re.compile("The round in CZ-.*-001 is taken down")).wait_for()
    settle(page)
    page.get_by_role("button", name="Release 1 booth").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("1 booth leaves A").wait_for()
    dialog.get_by_label("Number of the order").fill("17/DM")
    dialog.get_by_label("Number of the order").press("Tab")
    settle(page)
    dialog.get_by_role("button", name="Publish the order").click()
    page.get_by_text("Order 17/DM is published: 1 booth has left A.").wait_for()
    settle(page)
    assert "1 containment zone; booths: 1 A" in head.inner_text()

    page.reload()
    settle(page)
    assert page.get_by_role("tab", name="Release").get_attribute("aria-selected") == "true"
    assert not page.problems
    hosts = {urlsplit(url).hostname for url in page.requested if url.startswith(("http", "ws"))}
    assert hosts == {"127.0.0.1"}
    assert page.evaluate("document.documentElement.scrollWidth") <= page.width


def test_a_zone_leads_to_its_unit_on_the_map(page):
    zone = f"CZ-{clock.today_ist(clock.now()) - timedelta(days=40):%Y%m%d}-001"
    page.goto(f"{page.home}containment?zone={zone}")
    settle(page)
    page.get_by_role("link", name="Ward 1").click()
    page.wait_for_url(re.compile(r"/\?unit=W1$"))
    page.locator(".sm-card", has_text="Ward 1").wait_for(timeout=60_000)


def test_the_embedded_map_has_no_way_to_containment(page):
    page.goto(f"{page.home}containment?embed=true")
    page.get_by_text("this is for officers").wait_for()
    assert page.get_by_role("tab").count() == 0


CONTRAST = """button => {
    const rgb = (css) => css.match(/[\\d.]+/g).slice(0, 3).map(Number);
    const light = (css) => rgb(css).map((v) => v / 255)
        .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const words = button.querySelector("p") || button;
    const pair = [getComputedStyle(words).color, getComputedStyle(button).backgroundColor];
    const [a, b] = pair.map(light).sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
}"""


def test_words_on_the_button_of_a_form_can_be_read_by_day_and_by_night(page):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{page.home}containment?tab=release")
        settle(page)
        assert page.get_by_role("button", name="Tell the round").evaluate(CONTRAST) >= 4.5, scheme
