"""Two officers at one draft, each before a browser: nothing is overwritten, nothing doubled."""

from __future__ import annotations

import re
from getpass import getuser

import pytest

from tests.browser.service import ROOT, Service
from tests.browser.test_data_screen import settle
from tests.browser.test_zoning_desk import step
from tests.browser.zoning_files import fill
from tests.running import zoning

REASON = "Reason, as it will stand in the order"
HEAD = {
    "Number of the order": "HS/2",
    "Subject": "Zones of the city",
    "Act": "Disaster Management Act, 2005",
    "Reason": "Rule of 17 May 2020",
    "Signatory": "Dr A. Sen",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    fill(tmp_path)
    monkeypatch.setenv("ZONING_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("ZONING_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def both(browser, folder):
    """Two browsers before the first step of the zoning desk."""
    with Service(ROOT / "app.py", folder) as service:
        pages = []
        for _ in range(2):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            page = context.new_page()
            page.problems, page.home = [], f"{service.url}zoning"
            page.on("pageerror", lambda error, page=page: page.problems.append(str(error)))
            page.goto(f"{page.home}?step=compute")
            settle(page)
            pages.append(page)
        yield pages
        for page in pages:
            assert page.problems == []
            page.context.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def act_as(page, role):
    page.locator(".st-key-who").get_by_role("combobox").first.click()
    page.get_by_role("option", name=role, exact=True).click()
    settle(page)


def begun(mine, theirs):
    """Begin a draft as the user of the machine; state health opens it in the other browser."""
    press(mine, "Draft: Zones of units")
    mine.wait_for_url(re.compile("draft=1"))
    settle(mine)
    meet(mine, theirs)


def meet(mine, theirs):
    """Let both look at what is there now; local mode asks anew who one is."""
    mine.reload()
    settle(mine)
    theirs.goto(mine.url)
    settle(theirs)
    act_as(theirs, "state health department")


def ask_override(page, reason):
    page.locator(".st-key-override-W5 button").click()
    page.get_by_label(REASON).fill(reason)


def test_who_saves_on_top_of_anothers_version_is_told_and_keeps_the_text(both):
    mine, theirs = both
    begun(mine, theirs)
    # Both have the dialog open on version 1 when one of them decides; then it is turned about.
    for first, second, told, version in (
        (theirs, mine, "state_health", 2),
        (mine, theirs, getuser(), 4),
    ):
        for page in both:
            ask_override(page, f"Reason of {told}" if page is first else "Another reason")
        press(first, "Decide so")
        first.get_by_text(f"Decided otherwise: Red. Reason of {told}").wait_for()
        press(second, "Decide so")
        refusal = second.get_by_role("dialog").get_by_text(f"look at version {version}")
        refusal.wait_for()
        assert told in refusal.inner_text()
        assert second.get_by_label(REASON).input_value() == "Another reason"
        press(second, f"Go on from version {version}")
        press(second, "Decide so")
        second.get_by_text("Decided otherwise: Red. Another reason").wait_for()
        meet(mine, theirs)


def test_an_order_approved_by_one_is_published_once_though_both_press(both):
    mine, theirs = both
    begun(mine, theirs)
    step(mine, "Sign")
    for label, text in HEAD.items():
        mine.get_by_label(label, exact=True).fill(text)
        mine.get_by_label(label, exact=True).blur()
        settle(mine)
    press(mine, "Save the draft")
    step(mine, "Consult")
    press(mine, "Send to consultation")
    press(mine, "Write down the answer")
    mine.get_by_text("Home agrees").wait_for()
    step(mine, "Sign")
    press(mine, "Approve")
    meet(mine, theirs)
    for page in both:
        page.get_by_role("button", name="Publish the order").wait_for()
    # Neither waits for the other.
    for page in both:
        page.get_by_role("button", name="Publish the order").click(no_wait_after=True)
    for page in both:
        settle(page)
    refusals = [page.get_by_text("look at version 5").count() for page in both]
    assert sorted(refusals) == [0, 1]
    for page in both:
        page.get_by_text("A published order never changes").wait_for()
    orders = zoning("orders", "list", "--json").json()["orders"]
    assert sorted(order["number"] for order in orders) == ["HS/1", "HS/2"]
