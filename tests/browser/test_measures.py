"""An officer asks what is allowed, on a desk and on a phone, in light and in dark."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.service import ROOT, Service
from zoning.settings import Settings
from zoning.workflow.setup import set_up

BUS = "measures?activity=buses&at=2020-05-25T10:00&category=B&seats=60"
SIZES = {"desk": (1440, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def service(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("measures")
    set_up(Settings(var_dir=folder / "var", database_url="")).close()
    with Service(ROOT / "app.py", folder) as running:
        yield running


@pytest.fixture(params=sorted(SIZES))
def size(request):
    return SIZES[request.param]


@pytest.fixture(params=["light", "dark"])
def page(request, browser, size):
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=request.param
    )
    page = context.new_page()
    page.problems, page.requested = [], []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("request", lambda asked: page.requested.append(asked.url))
    yield page
    assert page.problems == []
    hosts = {urlsplit(url).hostname for url in page.requested if url.startswith(("http", "ws"))}
    assert hosts == {"127.0.0.1"}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def settle(page):
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)
    page.wait_for_timeout(350)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)


def address(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_a_link_shows_the_answer_in_one_sentence_above_everything(page, service, size):
    page.goto(service.url + BUS)
    settle(page)
    heading = page.locator(".sm-measure h1")
    assert "at most 30 passengers in a bus of 60 seats" in heading.inner_text()
    assert len(re.findall(r"[.!?](?:\s|$)", heading.inner_text())) == 1
    box = heading.bounding_box()
    assert box["y"] + box["height"] < size[1] / 2
    badge = page.locator(".sm-badge")
    assert badge.inner_text() == "! On conditions"
    assert page.locator("blockquote").count() == 2


def test_an_activity_is_searched_by_a_word_asked_and_kept_by_back_and_reload(page, service):
    page.goto(service.url + "measures?at=2020-05-25T10:00")
    settle(page)
    page.get_by_role("combobox", name=re.compile("What is to be done")).click()
    page.keyboard.type("haircut")
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("radio", name="C clean").click()
    settle(page)
    assert address(page) == {
        "at": "2020-05-25T10:00",
        "activity": "salons_and_parlours",
        "category": "C",
    }
    assert "1.iii closes spas" in page.locator(".sm-measures").inner_text()
    page.reload()
    settle(page)
    assert page.locator(".sm-badge").inner_text() == "! On conditions"
    page.get_by_role("radio", name="A affected").click()
    settle(page)
    assert page.locator(".sm-badge").inner_text() == "✕ Prohibited"
    page.go_back()
    settle(page)
    assert page.locator(".sm-badge").inner_text() == "! On conditions"
    chosen = page.get_by_role("radiogroup", name="Category").get_by_role("radio", checked=True)
    assert chosen.inner_text() == "C clean", "the widget follows the address"


def test_the_way_to_the_other_screens_keeps_the_question(page, service):
    page.goto(service.url + BUS)
    settle(page)
    page.get_by_role("link", name="Data").click()
    page.wait_for_url(re.compile("/data"))
    settle(page)
    page.get_by_role("link", name="Measures").click()
    page.wait_for_url(re.compile("seats=60"))
    settle(page)
    assert "60 seats" in page.locator(".sm-measure h1").inner_text()


def test_duties_and_consequences_unfold(page, service):
    page.goto(service.url + BUS)
    settle(page)
    duties = page.locator("details", has_text="For everyone, everywhere")
    assert not duties.get_by_text("Wearing of mask is compulsory.").is_visible()
    duties.locator("summary").click()
    assert duties.get_by_text("Wearing of mask is compulsory.").is_visible()
