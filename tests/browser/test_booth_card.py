"""A person finds a booth by search, link, click or table, and reads what holds there."""

import pytest

from tests.booth_views import drawn_view
from tests.browser.booth_pages import (
    HOLDS,
    PER_UNIT,
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
