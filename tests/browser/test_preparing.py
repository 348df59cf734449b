"""Booths that aren't ready: units and words meanwhile, then the booths by themselves."""

import pytest

from tests.booth_views import drawn_view
from tests.browser.booth_pages import PER_UNIT, a_booth, go_to
from tests.browser.test_map import inner

WORDS = "Booths are being prepared"


@pytest.fixture(scope="module")
def view():
    return drawn_view(144, PER_UNIT)


@pytest.fixture
def service(booth_service):
    yield booth_service
    booth_service.changed.write_text("0")


def publish(page, service, state):
    """Let the server know another state, and run the page anew as a click would."""
    service.changed.write_text(state)
    page.locator("h1").click()
    page.keyboard.press("r")


def test_units_are_painted_and_words_say_that_booths_come(look, service):
    page = look()
    publish(page, service, "3!")
    page.map.locator(f".seemana-notice:has-text('{WORDS}')").wait_for()
    page.locator("text=The booths are being prepared").wait_for()
    frame = inner(page)
    frame.wait_for_function("!document.body.dataset.booths")
    assert frame.evaluate("Seemana.live.zones.length") > 0
    assert frame.evaluate("document.body.dataset.painted")
    assert page.get_by_role("tab", name="Booths").is_visible()
    assert not page.problems


def test_booths_that_are_not_in_force_any_more_are_not_drawn_meanwhile(look, service, view):
    page = look()
    go_to(page, view, a_booth(view, category="A"))
    frame = inner(page)
    publish(page, service, "0!")
    frame.wait_for_function("!document.body.dataset.booths")
    assert frame.evaluate("Seemana.booths.zones.size") == 0
    assert frame.evaluate("Seemana.booths.at(Seemana.map.getCenter())") is None
    pixels = """() => {
        const { _ctx: ctx, _container: sheet } = Seemana.booths.sheet;
        return ctx.getImageData(0, 0, sheet.width, sheet.height).data.every((v) => v === 0);
    }"""
    frame.wait_for_function(pixels)
    assert not page.problems


def test_booths_appear_by_themselves_in_the_map_that_is_there(look, service, view):
    page = look()
    row = a_booth(view, category="A")
    go_to(page, view, row)
    frame = inner(page)
    publish(page, service, "0!")
    frame.wait_for_function("!document.body.dataset.booths")
    frame.evaluate("window.marked = 1")
    place = frame.evaluate("Seemana.map.getCenter()")
    service.changed.write_text("0")
    page.map.locator("body[data-booths]").wait_for(timeout=20_000)
    page.map.locator(f".seemana-notice:has-text('{WORDS}')").wait_for(state="hidden")
    page.locator("text=The booths are being prepared").wait_for(state="detached")
    assert frame.evaluate("window.marked") == 1
    assert frame.evaluate("Seemana.map.getCenter()") == place
    assert (
        frame.evaluate("Seemana.booths.at(Seemana.map.getCenter()).id") == view.booths.booth_id[row]
    )
    assert not page.problems
