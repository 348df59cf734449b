"""Somebody looks at a day of the past, what changed, the trend, and proves it; in a browser."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from tests.browser.service import ROOT, Service
from tests.browser.test_data_screen import settle
from tests.store.grid_files import write_cases, write_places
from zoning import clock
from zoning.clock import IST
from zoning.settings import Settings
from zoning.workflow.decisions import Containing, propose, publish
from zoning.workflow.imports import import_booths, import_boundaries, import_cases
from zoning.workflow.setup import set_up
from zoning.workflow.taking import ImportOrder

DESK, PHONE = (1440, 900), (390, 844)
WHO = "tester"


def fill(folder):
    """Two zones in force for 40 days, more for 20; cases of long ago were told yesterday."""
    now = clock.now()
    begun, more = now - timedelta(days=40), now - timedelta(days=20)
    write_places(folder)
    store = set_up(Settings(var_dir=folder / "var", database_url=""))
    import_boundaries(store, ImportOrder(folder / "wards.geojson", begun, WHO), "ward")
    import_booths(store, ImportOrder(folder / "booths.csv", begun, WHO))
    for name, at, rows in (
        ("a", begun, [("W5-a", 0, 4), ("W1-a", 0, 4)]),
        ("b", more, [("W9-d", 0, 9), ("W3-a", 0, 2)]),
    ):
        day = clock.today_ist(at)
        file = write_cases(folder / f"{name}.csv", [(b, str(day), n) for b, _, n in rows])
        import_cases(store, ImportOrder(file, at, WHO))
        made = propose(store, "mohfw-2020-05-17", day, at, WHO, Containing())
        publish(store, at, WHO, made.run_id)
    late = [("W7-a", str(clock.today_ist(now - timedelta(days=3))), 9)]
    order = ImportOrder(write_cases(folder / "c.csv", late), now - timedelta(days=1), WHO)
    import_cases(store, order, clock.today_ist(now - timedelta(days=1)))
    store.close()


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
        page.goto(f"{service.url}history")
        settle(page)
        yield page
        context.close()


def is_narrow(page):
    return page.evaluate("document.documentElement.scrollWidth") <= page.width


def test_a_day_of_the_past_its_changes_its_trend_and_its_proof(page):
    head = page.locator("h1").first
    head.get_by_text(re.compile("On .* booths: .* A")).wait_for()
    assert page.get_by_role("img", name=re.compile("^As known then")).count() == 1
    page.get_by_role("button", name="Prove that it is unaltered").click()
    page.get_by_text(re.compile("is unaltered: 2 orders are as they were sealed")).wait_for()
    assert is_narrow(page)

    then = clock.now().astimezone(IST) - timedelta(days=30)
    page.goto(f"{page.home}history?at={then:%Y-%m-%dT%H:%M}")
    settle(page)
    page.get_by_text(re.compile(f"On {then.day} ")).first.wait_for()
    before = then - timedelta(days=20)
    page.goto(f"{page.home}history?tab=change&from={then:%Y-%m-%d}")
    settle(page)
    page.get_by_text(
        re.compile(r"Between .* and .* booths? changed|booths changed")
    ).first.wait_for()
    assert page.get_by_role("img", name=re.compile("units that changed")).count() == 1
    page.goto(f"{page.home}history?tab=change&from={before:%Y-%m-%d}")
    settle(page)
    page.get_by_text("changed.").first.wait_for()

    page.get_by_role("tab", name="Trend").click()
    page.wait_for_url(re.compile("tab=trend"))
    settle(page)
    page.get_by_text("The series breaks 1 time").wait_for()
    page.locator("canvas, svg.marks").first.wait_for()
    assert is_narrow(page)

    page.get_by_role("tab", name="Who did what").click()
    page.wait_for_url(re.compile("tab=audit"))
    settle(page)
    page.get_by_role("button", name="Verify").click()
    page.get_by_text(re.compile("entries, head [0-9a-f]{64}")).wait_for()
    page.reload()
    settle(page)
    assert page.get_by_role("tab", name="Who did what").get_attribute("aria-selected") == "true"
    assert is_narrow(page)
    assert not page.problems
    hosts = {urlsplit(url).hostname for url in page.requested if url.startswith(("http", "ws"))}
    assert hosts == {"127.0.0.1"}


def test_the_embedded_map_has_no_way_to_history(page):
    page.goto(f"{page.home}history?embed=true")
    page.get_by_text("this is for officers").wait_for()
    assert page.get_by_role("tab").count() == 0
