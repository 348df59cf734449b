"""A proposal becomes an order in force, in a browser: reviewed, overridden, consulted, signed."""

import re

import pytest

from tests.browser.service import ROOT, Service
from tests.browser.test_data_screen import settle
from tests.browser.zoning_files import fill

DESK, PHONE = (1440, 900), (390, 844)


@pytest.fixture(scope="module", params=[DESK, PHONE], ids=["desk", "phone"])
def place(request, browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("zoning")
    fill(folder)
    with Service(ROOT / "app.py", folder) as service:
        yield service, request.param


@pytest.fixture
def page(browser, place):
    service, (width, height) = place
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.problems, page.home, page.size = [], f"{service.url}zoning", (width, height)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.goto(page.home)
    settle(page)
    yield page
    context.close()


def step(page, name):
    page.get_by_role("radio", name=re.compile(name)).click()
    page.wait_for_url(re.compile(f"step={name.lower()}"))
    settle(page)


PLACE = "() => [Seemana.map.getZoom(), `${Seemana.map.getCenter()}`]"
SHOWS = """([changed, zones]) => {
    const S = window.Seemana;
    if (!S || !S.geometry || !S.live) return false;
    const zone = (unit) => S.zoneOf(S.geometry.byId.get(unit));
    return S.geometry.units.filter(S.cameFrom).length === changed
        && Object.entries(zones).every(([unit, colour]) => zone(unit) === colour);
}"""


def test_the_map_shows_each_side_without_moving_and_a_click_opens_the_card(page):
    frame = page.wait_for_selector(".st-key-proposal-map iframe").content_frame()
    frame.wait_for_function(SHOWS, arg=[2, {"W9": "red", "W5": "orange"}])
    frame.evaluate("() => { Seemana.map.setZoom(14, { animate: false }); }")
    place = frame.evaluate(PLACE)
    page.get_by_role("radio", name="Before").click()
    page.wait_for_url(re.compile("view=before"))
    frame.wait_for_function(SHOWS, arg=[0, {"W9": "green", "W5": "red"}])
    page.get_by_role("radio", name="After").click()
    page.wait_for_url(re.compile("view=after"))
    frame.wait_for_function(SHOWS, arg=[0, {"W9": "red", "W5": "orange"}])
    assert frame.evaluate(PLACE) == place
    # The middle ward lies in the middle of the map.
    drawn = page.locator(".st-key-proposal-map iframe")
    box = drawn.bounding_box()
    drawn.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    page.wait_for_url(re.compile("unit=W5"))
    page.get_by_text("7 of 7 complete days milder, in a row").wait_for()
    page.reload()
    settle(page)
    page.get_by_text("7 of 7 complete days milder, in a row").wait_for()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.size[0]
    assert page.problems == []


def test_a_proposal_becomes_an_order_in_force(page):
    assert "2 of 9 units would change: 1 tightened, 1 relaxed" in page.locator("h1").inner_text()
    step(page, "Compute")
    page.get_by_role("button", name="Draft: Zones of units").click()
    page.wait_for_url(re.compile("draft=1"))
    settle(page)
    page.get_by_role("button", name="Accept", exact=True).first.click()
    page.get_by_text("1 of 2 changes looked at").wait_for()
    relaxing = page.locator(".st-key-change-W5")
    relaxing.get_by_role("button", name="Override…").click()
    page.get_by_role("button", name="Decide so").click()
    page.get_by_text("needs a reason").wait_for()
    page.get_by_label("Reason, as it will stand in the order").fill("The market opens on Monday")
    page.get_by_text("Red", exact=True).last.click()
    page.get_by_role("button", name="Decide so").click()
    relaxing.get_by_text("Decided otherwise: Red. The market opens on Monday").wait_for()

    step(page, "Sign")
    for label, text in (
        ("Number of the order", "HS/2"),
        ("Subject", "Zones of the city"),
        ("Act", "Disaster Management Act, 2005"),
        ("Reason", "Rule of 17 May 2020"),
        ("Signatory", "Dr A. Sen"),
    ):
        field = page.get_by_label(label, exact=True)
        field.fill(text)
        field.blur()
        settle(page)
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_text(re.compile("Saved as version 3")).wait_for()

    step(page, "Consult")
    page.get_by_role("button", name="Send to consultation").click()
    page.get_by_text(re.compile("24 hours left|23 hours left")).wait_for()
    page.get_by_role("button", name="Write down the answer").click()
    page.get_by_text(re.compile("Home agrees")).wait_for()
    step(page, "Sign")
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Publish the order").click()
    page.get_by_text("A published order never changes").wait_for()

    page.goto(page.home)
    settle(page)
    page.get_by_text(
        re.compile("by order HS/2|1 of 9 units would change: 0 tightened")
    ).first.wait_for()
    assert page.problems == []


def test_a_decision_on_booths_is_given_its_way_out_and_who_commands(page):
    step(page, "Compute")
    page.get_by_role("button", name="Draft: Categories of booths").click()
    page.wait_for_url(re.compile(r"draft=\d+"))
    settle(page)
    step(page, "Sign")
    exits = page.get_by_text(re.compile("has no entry or exit"))
    page.get_by_text(re.compile("zone CZ-.* has no incident commander")).first.wait_for()
    n = exits.count()

    def write(label, text):
        field = page.get_by_label(label, exact=True)
        field.fill(text)
        field.blur()
        settle(page)

    zone = exits.first.inner_text().split()[2]
    chosen = page.locator(".st-key-terms-gate").get_by_role("combobox")
    chosen.click()
    chosen.fill(zone)
    page.get_by_role("option", name=zone).click()
    settle(page)
    write("Place of the gate", "Main road at the mill")
    write("Open at", "06:00 to 20:00")
    page.get_by_text("Medical exit, open to emergencies at any hour").click()
    settle(page)
    page.get_by_role("button", name="Add the gate").click()
    page.get_by_text(re.compile("Main road at the mill, 06:00 to 20:00; medical exit")).wait_for()
    page.get_by_text(f"Containment zone {zone} has no entry or exit").wait_for(state="detached")
    assert exits.count() == n - 1
    write("Name of the commander", "R. Das")
    write("Telephone", "033 0000 0001")
    page.get_by_role("button", name="Add the commander").click()
    page.get_by_text(re.compile("R. Das, no office told, telephone 033 0000 0001")).wait_for()
    commanded = page.get_by_text(re.compile("zone CZ-.* has no incident commander"))
    commanded.first.wait_for(state="detached")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.size[0]
    assert page.problems == []
