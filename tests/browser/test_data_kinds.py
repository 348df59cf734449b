"""Orders of before, the register, isolation units and the roster come in by the data screen."""

import re

import pytest

from tests.browser.service import ROOT, Service
from tests.browser.test_data_screen import (
    DESK,
    PHONE,
    answer_everything,
    assert_calm,
    map_frame,
    open_page,  # noqa: F401 - a fixture
    press,
    settle,
)
from tests.screens import kind_files
from tests.store.grid_files import write_places
from zoning import clock
from zoning.settings import Settings
from zoning.workflow.imports import import_booths, import_boundaries
from zoning.workflow.setup import set_up
from zoning.workflow.taking import ImportOrder

FILES = (
    ("orders", "orders.csv", kind_files.ORDERS, 4),
    ("rounds", "rounds.csv", kind_files.ROUNDS, 2),
    ("contacts", "contacts.csv", kind_files.CONTACTS, 2),
    ("samples", "samples.csv", kind_files.SAMPLES, 1),
    ("isolation", "lanes.geojson", kind_files.ISOLATION, 1),
    ("roster", "officers.csv", kind_files.ROSTER, 2),
)


@pytest.fixture(scope="module", params=[DESK, PHONE], ids=["desk", "phone"])
def city(request, browser, tmp_path_factory):
    """A service over nine wards with booths, and the size of the screen it is seen on."""
    folder = tmp_path_factory.mktemp("kinds")
    write_places(folder)
    store = set_up(Settings(var_dir=folder / "var", database_url=""))
    wards, booths = folder / "wards.geojson", folder / "booths.csv"
    import_boundaries(store, ImportOrder(wards, clock.now(), "tester"), "ward")
    import_booths(store, ImportOrder(booths, clock.now(), "tester"))
    store.close()
    with Service(ROOT / "app.py", folder) as running:
        yield running, request.param


def hand_over(page, name, content):
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_text(f"{name}: guessed").wait_for(timeout=60_000)
    settle(page)


@pytest.mark.parametrize(("kind", "name", "content", "taken"), FILES, ids=lambda v: str(v)[:9])
def test_a_kind_comes_in_and_is_listed(open_page, city, kind, name, content, taken):  # noqa: F811
    page = open_page(f"data?kind={kind}")
    hand_over(page, name, content)
    answer_everything(page)
    press(page, re.compile("^Check"))
    page.get_by_text("What would become of it").wait_for()
    if kind != "roster":
        map_frame(page)
    press(page, re.compile(f"^Take in {taken} row"))
    page.get_by_text(f"{name} is taken in").wait_for(timeout=60_000)
    page.wait_for_url(re.compile("tab=imports"))
    page.get_by_role("button", name="Take this import back").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Take it back").wait_for()
    settle(page)
    dialog.get_by_role("button", name="Leave it as it is").click()
    assert_calm(page, city[1][0])
