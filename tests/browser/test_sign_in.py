"""Sign-in with a provider process: who is on the roster is let in, as what the roster says."""

from __future__ import annotations

import pytest

from tests.browser.provider import sign_in_as, with_sign_in
from tests.browser.service import ROOT, Service
from tests.officers import SINCE
from zoning import clock
from zoning.access import Officer, Posting, Role
from zoning.settings import Settings
from zoning.store.engine import open_store
from zoning.store.officers import add_officers, add_postings
from zoning.workflow.service import prepare

DM, CMOH, RETIRED = "dm@wb.example", "cmoh@wb.example", "retired@wb.example"


@pytest.fixture(scope="module")
def signed(browser, provider, tmp_path_factory):
    folder = tmp_path_factory.mktemp("signed")
    settings = Settings(var_dir=folder / "var", database_url="")
    assert prepare(settings)
    fill_roster(settings)
    with with_sign_in(Service(ROOT / "app.py", folder), provider) as service:
        yield service


def fill_roster(settings):
    store, at = open_store(settings.store_url), clock.now()
    people = {DM: "D. Mitra", CMOH: "C. Moitra", RETIRED: "R. Ray"}
    posts = [
        Posting(DM, Role.DISTRICT_MAGISTRATE, "FX-D", "", SINCE),
        Posting(CMOH, Role.CMOH, "FX-S2", "", SINCE),
        Posting(CMOH, Role.OBSERVER, "FX-S1", "", SINCE),
        Posting(RETIRED, Role.OBSERVER, "FX-D", "", SINCE, SINCE),
    ]
    with store.transaction() as session:
        officers = [Officer(mail, name, mail) for mail, name in people.items()]
        add_officers(session, officers, at=at, who="tester")
        add_postings(session, posts, at=at, who="tester")
    store.close()


@pytest.fixture
def sign_in(browser, signed):
    contexts = []

    def as_subject(subject, path=""):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.goto(signed.url + path)
        if subject is not None:
            sign_in_as(page, signed, subject)
        return page

    yield as_subject
    for context in contexts:
        context.close()


def painted(page):
    page.frame_locator("iframe").first.locator("body[data-painted]").wait_for(timeout=60_000)
    return page.locator("body").inner_text()


def test_nobody_sees_anything_before_signing_in(sign_in):
    page = sign_in(None, "?unit=FX-G007")
    page.get_by_role("button", name="Sign in").wait_for(timeout=30_000)
    assert page.locator("iframe").count() == 0
    assert "FX-G007" not in page.locator("body").inner_text()


def test_whoever_is_not_on_the_roster_is_told_so_and_nothing_else(sign_in):
    page = sign_in("stranger@elsewhere.example")
    page.get_by_text("isn't on the roster").wait_for(timeout=30_000)
    assert page.locator("iframe").count() == 0 and page.get_by_role("tab").count() == 0


def test_an_address_that_the_provider_has_not_verified_names_nobody(sign_in):
    page = sign_in("thief")
    page.get_by_text("isn't verified by the provider").wait_for(timeout=30_000)
    assert page.locator("iframe").count() == 0


def test_a_posting_that_has_ended_opens_nothing(sign_in):
    page = sign_in(RETIRED)
    page.get_by_text("holds no post today").wait_for(timeout=30_000)
    assert page.locator("iframe").count() == 0


def test_an_officer_is_named_with_the_post_and_signs_out(sign_in, signed):
    page = sign_in(DM)
    said = painted(page)
    assert "D. Mitra, district magistrate, FX-D" in said
    assert "Nobody signs in" not in said
    page.get_by_role("button", name="Sign out").click()
    # The provider asks whether one leaves it too; here one is signed out already.
    page.wait_for_url("**/end_session**", timeout=30_000)
    page.goto(signed.url)
    page.get_by_role("button", name="Sign in").wait_for(timeout=30_000)
    assert page.locator("iframe").count() == 0


def test_an_officer_with_two_posts_chooses_and_sees_the_figures_of_each(sign_in):
    page = sign_in(CMOH)
    assert "C. Moitra, you act as" in painted(page)
    figures = page.locator("h1").first.locator("xpath=../..").inner_text()
    chosen = page.locator(".st-key-who").get_by_role("combobox")
    chosen.click()
    page.get_by_role("option", name="observer, FX-S1").click()
    page.wait_for_function(
        "before => document.querySelector('h1').parentElement.parentElement.innerText !== before",
        arg=figures,
        timeout=30_000,
    )


def test_the_embedded_map_needs_no_sign_in_and_shows_no_figure(sign_in):
    page = sign_in(None, "?embed=true")
    assert "Active cases" not in painted(page)
