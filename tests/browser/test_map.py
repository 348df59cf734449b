"""A person opens the map, searches, clicks and reads; nothing leaves the machine."""

import re
from urllib.parse import urlsplit

import pytest

from tests.synthetic import synthetic_view


@pytest.fixture(scope="module")
def view():
    return synthetic_view(144)


def inner(page):
    return next(f for f in page.frames if "streamlit_folium" in f.url)


def point_of(page, unit_id):
    """Where a unit's letter lies on the screen."""
    x, y = inner(page).evaluate(
        """id => {
            const unit = Seemana.geometry.byId.get(id);
            const b = Seemana.geometry.latLngBounds(unit);
            const { s, x, y } = Seemana.geometry.scaleAt(Seemana.map.getZoom());
            const o = Seemana.map.getPixelOrigin();
            const p = L.point(unit.at[0] * s + x, unit.at[1] * s + y).subtract(o);
            const c = Seemana.map.layerPointToContainerPoint(p);
            return [c.x, c.y];
        }""",
        unit_id,
    )
    box = page.locator("iframe").first.bounding_box()
    return box["x"] + x, box["y"] + y


def free_unit(page):
    """A unit with no facility on its letter, in view."""
    return inner(page).evaluate(
        """() => {
            const { s, x, y } = Seemana.geometry.scaleAt(Seemana.map.getZoom());
            const o = Seemana.map.getPixelOrigin();
            return Seemana.geometry.units.find((u) => {
                const p = L.point(u.at[0] * s + x, u.at[1] * s + y).subtract(o);
                return !Seemana.facilityAt(Seemana.map.layerPointToContainerPoint(p));
            }).id;
        }"""
    )


def test_no_request_leaves_the_machine(visit, service):
    page = visit()
    page.get_by_role("tab", name="Table").click()
    page.get_by_role("tab", name="Facilities").click()
    page.wait_for_timeout(1500)
    hosts = {urlsplit(u).hostname for u in page.requested if u.startswith(("http", "ws"))}
    assert hosts == {"127.0.0.1"}
    assert not page.problems


def test_every_answer_the_map_asked_for_arrived(visit):
    page = visit()
    ours = [r for r in page.received if re.search(r"/(vendor|geometry|live|component)/", r.url)]
    assert len(ours) >= 6
    assert {r.status for r in ours} <= {200, 304}


def test_a_click_marks_the_unit_and_opens_its_card(visit, view):
    page = visit()
    unit = free_unit(page)
    page.mouse.click(*point_of(page, unit))
    card = page.locator(".sm-card")
    card.wait_for()
    i = list(view.units.unit_id).index(unit)
    assert str(view.units.name[i]) in card.inner_text()
    assert str(view.classification.explanation[i]) in card.inner_text()
    assert f"unit={unit}" in page.url
    assert inner(page).evaluate("Seemana.selected.id") == unit


def test_the_card_tells_numerator_and_denominator_when_asked_why(visit, view):
    page = visit("?unit=U0070")
    row = page.locator(".sm-card details").first
    row.locator("summary").click()
    assert row.get_by_text("Denominator").is_visible()
    i = list(view.units.unit_id).index("U0070")
    assert f"{view.units.population[i] % 1000:.0f}" in row.inner_text()


def test_search_zooms_to_the_unit_and_opens_its_card(visit):
    page = visit()
    before = inner(page).evaluate("Seemana.map.getZoom()")
    search = page.get_by_role("combobox").first
    search.click()
    search.fill("U0099")
    page.get_by_role("option").first.click()
    page.locator(".sm-card").wait_for()
    page.wait_for_timeout(800)
    assert "U0099" in page.locator(".sm-card").inner_text()
    assert inner(page).evaluate("Seemana.map.getZoom()") > before
    assert inner(page).evaluate(
        "Seemana.map.getBounds().contains("
        "Seemana.geometry.latLngBounds(Seemana.geometry.byId.get('U0099')))"
    )


def test_a_click_moves_nothing(visit):
    page = visit()
    state = "[Seemana.map.getZoom(), Seemana.map.getCenter().lat, Seemana.map.getCenter().lng]"
    before = inner(page).evaluate(state)
    page.mouse.click(*point_of(page, free_unit(page)))
    page.locator(".sm-card").wait_for()
    page.wait_for_timeout(500)
    assert inner(page).evaluate(state) == before


def test_hovering_tells_name_zone_since_and_figures(visit, view):
    page = visit()
    unit = free_unit(page)
    page.mouse.move(*point_of(page, unit))
    tooltip = page.map.locator(".seemana-tooltip")
    tooltip.wait_for()
    i = list(view.units.unit_id).index(unit)
    said = tooltip.inner_text()
    assert str(view.units.name[i]) in said
    assert str(view.zone[i]).capitalize() in said
    assert "since" in said
    assert "Active cases" in said


def test_changed_classes_arrive_without_a_remount_and_are_drawn(visit, service, view):
    page = visit()
    frame = inner(page)
    frame.evaluate("window.marked = 1")
    version = frame.evaluate("document.body.dataset.painted")
    page.received.clear()
    service.changed.write_text("30")
    page.locator("h1").click()
    page.keyboard.press("r")
    page.map.locator(f"body[data-painted]:not([data-painted='{version}'])").wait_for()
    assert frame.evaluate("window.marked") == 1
    kinds = {urlsplit(r.url).path.split("/")[1] for r in page.received}
    assert "live" in kinds
    assert not kinds & {"geometry", "vendor", "component"}
    drawn = frame.evaluate("Seemana.live.columns.zone.map((z) => Seemana.live.zones[z])")
    assert drawn[30:] == list(view.zone[30:])
    assert all(a != b for a, b in zip(drawn[:30], view.zone[:30], strict=True))


def test_layers_switched_off_are_kept_in_the_address(visit):
    page = visit()
    page.map.get_by_text("Ambulances").click()
    page.wait_for_url(re.compile("layers=hospital$"))
    again = visit("?layers=hospital")
    boxes = again.map.locator(".leaflet-control-layers-selector")
    assert [boxes.nth(i).is_checked() for i in range(boxes.count())] == [True, False]


def test_a_link_restores_the_unit_after_a_reload(visit):
    page = visit("?unit=U0050")
    page.reload()
    page.locator(".sm-card").wait_for()
    assert "U0050" in page.locator(".sm-card").inner_text()


def test_the_map_takes_most_of_the_height(visit):
    for width, height in ((1440, 900), (390, 844)):
        page = visit(viewport={"width": width, "height": height})
        box = page.locator("iframe").first.bounding_box()
        assert box["height"] >= 0.6 * height
        assert box["x"] + box["width"] <= width


def test_on_a_phone_nothing_is_wider_than_the_screen(visit):
    page = visit("?unit=U0050", viewport={"width": 390, "height": 844}, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    card = page.locator(".sm-card").bounding_box()
    chart = page.locator("iframe").first.bounding_box()
    assert card["y"] >= chart["y"] + chart["height"], "panels lie below the map"


def test_names_from_files_never_become_markup_on_the_map(visit, view):
    page = visit("?unit=U0004")
    page.wait_for_timeout(500)
    page.mouse.move(*point_of(page, "U0004"))
    tooltip = page.map.locator(".seemana-tooltip")
    tooltip.wait_for()
    assert "<b>Bold</b> & Sons" in tooltip.inner_text()


def test_deploy_button_and_menu_are_off(visit):
    page = visit()
    assert page.locator("[data-testid=stAppDeployButton]").count() == 0
    assert page.locator("[data-testid=stMainMenu]").count() == 0


def test_the_public_map_shows_no_count_on_the_page_or_on_the_wire(visit, view):
    page = visit("?embed=true&unit=U0050")
    page.wait_for_timeout(1000)
    said = page.locator("body").inner_text() + page.map.locator("body").inner_text()
    sent = [f if isinstance(f, bytes) else f.encode() for f in page.frames_]
    for response in page.received:
        if re.search(r"/(geometry|live)/", response.url):
            sent.append(response.body())
    wire = b"".join(sent)
    i = list(view.units.unit_id).index("U0050")
    secrets = [
        "Active cases",
        "Active per lakh",
        str(view.classification.explanation[i]),
        "lakh",
        "confirmed",
        "people",
        "Sadar Hospital",
        "up 212",
        "active_per_lakh",
    ]
    for secret in secrets:
        assert secret not in said
        assert secret.encode() not in wire
    assert "since" in said
    assert str(view.units.name[i]) in said


def test_the_public_map_offers_the_same_as_a_table(visit):
    page = visit("?embed=true")
    page.get_by_text("Show as a table").click()
    page.locator("[data-testid=stDataFrame]").wait_for()


def test_the_public_live_answer_has_zones_and_dates_only(visit):
    page = visit("?embed=true")
    (live,) = [r for r in page.received if "/live/" in r.url]
    assert live.url.split("/live/")[1].startswith("public.")
    assert set(live.json()["columns"]) == {"zone", "since"}
