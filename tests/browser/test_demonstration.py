"""The product itself, as `make run` starts it, seen by an officer and a resident."""

import re
from urllib.parse import urlsplit

import pytest

from tests.browser.service import ROOT, Service
from zoning.settings import Settings
from zoning.workflow.service import prepare


@pytest.fixture(scope="module")
def demonstration(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demonstration")
    assert prepare(Settings(var_dir=folder / "var", database_url=""))
    with Service(ROOT / "app.py", folder) as running:
        yield running


@pytest.fixture
def open_page(browser, demonstration):
    contexts = []

    def open_at(path="", **options):
        context = browser.new_context(**({"viewport": {"width": 1440, "height": 900}} | options))
        contexts.append(context)
        page = context.new_page()
        page.problems, page.requested, page.received = [], [], []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("request", lambda request: page.requested.append(request.url))
        page.on("response", lambda response: page.received.append(response))
        page.goto(demonstration.url + path)
        page.frame_locator("iframe").first.locator("body[data-painted]").wait_for(timeout=60_000)
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_first_page_is_the_map_of_a_district_marked_as_fictional(open_page, width):
    page = open_page(viewport={"width": width, "height": 844})
    assert re.search(r"\d+ of 142 .* are red", page.locator("h1").first.inner_text())
    assert page.get_by_text("Fictional district.").is_visible()
    assert page.locator("iframe").first.bounding_box()["height"] >= 0.5 * 844
    assert not page.problems
    hosts = {urlsplit(url).hostname for url in page.requested if url.startswith(("http", "ws"))}
    assert hosts == {"127.0.0.1"}


def test_a_searched_place_opens_its_card_with_the_reason_and_a_link(open_page):
    page = open_page()
    page.locator(".st-key-tools").get_by_role("combobox").first.click()
    page.keyboard.type("FX-G007")
    page.keyboard.press("Enter")
    card = page.locator(".sm-card")
    card.wait_for(timeout=20_000)
    words = card.inner_text()
    assert "FX-G007" in words
    assert re.search(r"(red|orange|green|unclassified): ", words)
    assert "active per lakh" in words
    page.wait_for_url("**unit=FX-G007**")
    assert not page.problems


def test_table_and_facilities_say_the_same_in_words(open_page):
    page = open_page()
    page.get_by_role("tab", name="Table").click()
    page.locator("[data-testid=stDataFrame]").first.wait_for(timeout=20_000)
    page.get_by_role("tab", name="Facilities").click()
    page.locator("[data-testid=stDataFrame]").last.wait_for(timeout=20_000)
    assert not page.problems


def test_the_public_embed_shows_and_receives_no_count(open_page):
    page = open_page("?embed=true")
    assert page.get_by_text("Fictional district.").is_visible()
    live = [response for response in page.received if "/live/" in response.url]
    assert live
    for response in live:
        assert "/live/public." in response.url
        columns = response.json()["columns"]
        assert not {"active", "confirmed", "active_per_lakh", "explanation"} & set(columns)
    assert "Active cases" not in page.content()
    assert not page.problems
