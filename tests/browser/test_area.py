"""An officer with a phone in one hand: sees the area, reports a task and a deviation, calls."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from tests.areas import fill
from tests.browser.service import ROOT, Service
from tests.browser.test_data_screen import settle
from zoning import clock
from zoning.settings import Settings
from zoning.workflow.setup import set_up

WIDTH, HEIGHT = 390, 844
TOUCH_PX = 48


@pytest.fixture
def page(browser, tmp_path):
    store = set_up(Settings(var_dir=tmp_path / "var", database_url=""))
    fill(store, tmp_path, clock.now() - timedelta(hours=20))
    store.close()
    with Service(ROOT / "app.py", tmp_path) as service:
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
        page = context.new_page()
        page.problems, page.requested = [], []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("request", lambda asked: page.requested.append(asked.url))
        page.goto(f"{service.url}area?area=C")
        settle(page)
        yield page
        assert page.problems == []
        hosts = {urlsplit(u).hostname for u in page.requested if u.startswith(("http", "ws"))}
        assert hosts == {"127.0.0.1"}
        context.close()


def boxes(page, selector):
    return [found.bounding_box() for found in page.locator(selector).all()]


def test_an_area_in_one_hand(page):
    assert "1 containment zone, the oldest on day" in page.locator("h1").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH

    acts = boxes(page, ".st-key-area-acts .sm-big, .st-key-area-acts [data-testid^=stBaseButton]")
    assert len(acts) == 4
    assert all(box["height"] >= TOUCH_PX for box in acts)
    assert all(box["y"] > HEIGHT * 0.85 for box in acts), "where the thumb is"
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= WIDTH for box in acts)
    call = page.locator(".st-key-area-acts a.sm-big").first
    assert call.get_attribute("href") == "tel:+913322220001"
    assert call.get_attribute("aria-label") == "Call A. Sen"

    page.get_by_role("link", name="Tasks").click()
    page.locator(".st-key-area-answer-1-0").wait_for()
    answers = boxes(page, ".st-key-area-answer-1-0 button")
    assert all(box["height"] >= TOUCH_PX for box in answers)
    page.locator(".st-key-area-answer-1-0").get_by_role("button", name="Done", exact=True).click()
    page.get_by_label("What was done").fill("both gates barred")
    page.get_by_role("button", name="Report it").click()
    page.get_by_text("both gates barred").first.wait_for()
    settle(page)

    page.get_by_role("button", name="Report", exact=True).click()
    page.get_by_role("dialog").wait_for()
    page.get_by_role("combobox", name="Ward or gram panchayat").click()
    page.keyboard.type("Ward 1")
    page.keyboard.press("Enter")
    page.get_by_label("Premises").fill("Das Stores")
    page.get_by_role("combobox", name="What was going on").click()
    page.keyboard.type("bazaar")
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="What was seen").fill("a crowd, photograph 12")
    page.get_by_role("button", name="Record the deviation").click()
    page.get_by_text("Das Stores, Ward 1: Markets and shops").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH

    page.get_by_role("button", name="Map").click()
    settle(page)
    frame = page.frame_locator("iframe").first
    frame.locator("body[data-painted]").wait_for(timeout=60_000)
    assert page.locator(".st-key-map iframe").bounding_box()["width"] <= WIDTH
