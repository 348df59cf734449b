"""From Bengaluru's real rows to a signed order in force, officer by officer, in a browser."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from tests.browser.provider import sign_in_as, with_sign_in
from tests.browser.sealed_city import (
    CENTRAL,
    CMOH,
    COMMISSIONER,
    DATA,
    HEALTH,
    HOME,
    OTHER,
    TODAY,
    done,
    fill,
)
from tests.browser.test_data_screen import settle
from tests.browser.test_zoning_desk import step
from tests.papers import pdf_text
from tests.running import zoning

pytestmark = [
    pytest.mark.golden,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no real data beside the checkout ({DATA.name})"),
]

BOOTH = "168-018"
WARD = "55"
ORDER = "orders?order=CENTRAL%2F12"
ACT = "Disaster Management Act, 2005"
ZONES = {
    "Number of the order": "HFW/177",
    "Subject": "Zones of Bengaluru",
    "Act": ACT,
    "Reason": "Prescribed parameters of 17 May 2020",
    "Signatory": "H. Rao",
}
CATEGORIES = {
    "Number of the order": "CENTRAL/12",
    "Subject": "Categories A, B and C in Central",
    "Act": ACT,
    "Reason": "Cases are told by ward until booths are surveyed",
    "Signatory": "C. Murthy",
}


@pytest.fixture(scope="module")
def city(browser, tmp_path_factory):
    return fill(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def service(city, provider):
    with with_sign_in(city.service(), provider) as running:
        yield running


@pytest.fixture(scope="module")
def as_officer(browser, service):
    """Open an address as an officer, who signs in once and keeps one window."""
    pages = {}

    def open_page(email, path):
        if email not in pages:
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            pages[email] = page = context.new_page()
            page.problems = []
            page.on("pageerror", lambda error: page.problems.append(str(error)))
            page.goto(service.url + path)
            sign_in_as(page, service, email)
            page.get_by_role("button", name="Sign out").wait_for(timeout=60_000)
        page = pages[email]
        page.goto(service.url + path)
        page.get_by_role("button", name="Sign out").wait_for(timeout=60_000)
        settle(page)
        return page

    yield open_page
    for page in pages.values():
        assert page.problems == []
        page.context.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def write_head(page, told):
    step(page, "Sign")
    for label, text in told.items():
        field = page.get_by_label(label, exact=True)
        field.fill(text)
        field.blur()
        settle(page)
    press(page, "Save the draft")
    page.get_by_text(re.compile("Saved as version")).wait_for()


def taken(page, name):
    """Press what takes a file away, and return what came."""
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name=name).click()
    return Path(download.value.path()).read_bytes()


def answer(page, office, reference="", note=""):
    box = page.locator(f".st-key-office-{office}")
    if reference:
        box.get_by_label("Number of the letter").fill(reference)
        box.get_by_label("Number of the letter").blur()
        settle(page)
    box.get_by_role("button", name="Write down the answer").click()
    settle(page)
    box.get_by_text(re.compile("agrees; written down by")).wait_for()


def order_zones(as_officer):
    """Health drafts today's proposal, decides one ward otherwise, asks Home, and publishes."""
    health = as_officer(HEALTH, "zoning?step=compute")
    press(health, "Propose")
    health.wait_for_url(re.compile("run=1"), timeout=60_000)
    health = as_officer(HEALTH, "zoning?step=compute")
    press(health, "Draft: Zones of units")
    health.wait_for_url(re.compile("draft=1"))
    settle(health)
    health.locator(f".st-key-override-{WARD} button").click()
    health.get_by_label("Reason, as it will stand in the order").fill("Surveyed twice: no case")
    health.get_by_role("dialog").get_by_text("Orange", exact=True).click()
    press(health, "Decide so")
    health.get_by_text("Decided otherwise: Orange. Surveyed twice: no case").wait_for()
    write_head(health, ZONES)
    step(health, "Consult")
    press(health, "Send to consultation")
    answer(as_officer(HOME, "zoning?draft=1&step=consult"), "home", "HOME/31")
    publish(as_officer(HEALTH, "zoning?draft=1&step=sign"))


def order_categories(as_officer, city):
    """The Commissioner draws the booths of the corporation; police answer by letter."""
    chief = as_officer(COMMISSIONER, "zoning?step=compute")
    press(chief, "Draft: Categories of booths")
    chief.wait_for_url(re.compile("draft=2"))
    chief.locator("h1").get_by_text("788 of 788 booths would change").wait_for(timeout=60_000)
    chief = as_officer(COMMISSIONER, f"zoning?draft=2&step=draw&booth={BOOTH}")
    press(chief, f"Override {BOOTH}…")
    chief.get_by_label("Reason, as it will stand in the order").fill("Surveyed: no case")
    press(chief, "Decide so")
    chief.get_by_role("button", name="As drawn").wait_for()
    write_head(chief, CATEGORIES)
    city.write_terms(2, "C. Murthy")
    chief = as_officer(COMMISSIONER, "zoning?draft=2&step=consult")
    press(chief, "Send to consultation")
    answer(chief, "police", "CP/9")
    answer(as_officer(CMOH, "zoning?draft=2&step=consult"), "health")
    publish(as_officer(COMMISSIONER, "zoning?draft=2&step=sign"))


def publish(page):
    press(page, "Approve")
    press(page, "Publish the order")
    page.get_by_text("A published order never changes").wait_for(timeout=60_000)


@pytest.fixture(scope="module")
def sealed_hash(as_officer, city):
    """Both orders are in force; return the hash of the evidence that the second one shows."""
    order_zones(as_officer)
    order_categories(as_officer, city)
    page = as_officer(COMMISSIONER, ORDER)
    return "".join(page.locator(".sm-hash").inner_text().split())


def test_the_paper_bears_number_consultation_and_the_hash_of_its_evidence(as_officer, sealed_hash):
    text = pdf_text(taken(as_officer(COMMISSIONER, f"{ORDER}&tab=paper"), "Order, PDF"))
    assert re.fullmatch("[0-9a-f]{64}", sealed_hash)
    assert sealed_hash in text.replace(" ", "")
    for word in ("No. CENTRAL/12", "C. Murthy", "CP/9", f"Rayapuram (137) {BOOTH}"):
        assert word in text


def test_an_officer_of_the_area_sees_the_order_and_opens_its_annex(as_officer, sealed_hash):
    page = as_officer(CMOH, "area")
    page.get_by_text("787 booths here, by order CENTRAL/12").wait_for()
    page.get_by_text("Order CENTRAL/12 is in force since").wait_for()
    annex = taken(as_officer(CMOH, f"{ORDER}&tab=paper"), "Annex as sealed, JSON")
    assert sha256(annex).hexdigest() == sealed_hash


def test_an_officer_of_another_area_reads_what_is_public_and_nothing_else(as_officer, sealed_hash):
    page = as_officer(OTHER, f"{ORDER}&tab=paper")
    page.get_by_text("The evidence is sealed").wait_for()
    assert page.get_by_role("button", name="Annex as sealed").count() == 0
    for address, refusal in (
        ("zoning?draft=2&step=sign", "There is no draft 2 that you may see"),
        ("zoning?draft=3", "There is no draft 3 that you may see"),
        ("orders?draft=2", "There is no draft 2 under way that you may see"),
        (f"area?area={CENTRAL}", "CENTRAL lies outside your area"),
    ):
        page = as_officer(OTHER, address)
        page.get_by_text(refusal).wait_for()
        said = page.locator("main, [data-testid=stMain]").first.inner_text()
        assert CATEGORIES["Reason"] not in said and BOOTH not in said


def test_a_week_later_that_state_is_shown_and_proven(as_officer, city, sealed_hash):
    city.go_to(TODAY + timedelta(days=7))
    then = "2020-08-06T18:00"
    page = as_officer(HEALTH, f"history?at={then}")
    page.locator("h1").get_by_text("787 A").wait_for()
    page.get_by_text("By order").first.wait_for()
    press(page, "Prove that it is unaltered")
    page.get_by_text(re.compile("is unaltered: 2 orders are as they were sealed")).wait_for()
    with city.commands():
        shown = done("history", "--at", then, "--json").json()
        proof = done("history", "--at", then, "--proof", "--json").json()
        assert shown["booths"]["A"] == 787 and proof["is_whole"]
        assert [order["number"] for order in proof["orders"]] == ["CENTRAL/12", "HFW/177"]
        # Whatever is ordered now leaves last week as it was.
        done("propose")
        done("publish")
        assert done("history", "--json").json()["orders"] != shown["orders"]
        assert done("history", "--at", then, "--json").json() == shown
        noted = proof["audit"]["head"]
        again = done("history", "--at", then, "--proof", "--noted", noted, "--json").json()
        assert again["is_whole"] and again["state_sha256"] == proof["state_sha256"]
        done("check", "--noted", noted)
        before = zoning("history", "--at", "2020-08-06T11:00")
        assert (before.status, before.out) == (2, "") and "No boundaries were known" in before.err


@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        ("orders", "update orders set title = 'Another' where number = 'HFW/177'", "HFW/177"),
        ("order_units", "update order_units set zone = 'green' where unit_id = '2'", "HFW/177"),
        ("order_annexes", "update order_annexes set sealed = sealed || ' '", "CENTRAL/12"),
        ("audit", "update audit set who = 'Somebody' where id = 5", "entry 5"),
    ],
)
def test_a_row_altered_behind_the_back_is_found(city, sealed_hash, tmp_path, table, change, told):
    other = city.copied(tmp_path)
    alter(other.folder / "var" / "seemana.db", table, change)
    with other.commands():
        proof = zoning("history", "--at", "2020-08-06T18:00", "--proof")
        assert proof.status == 2 and told in proof.out.splitlines()[-1], proof
        # The chain doesn't know of an order's rows, the proof does; of its own it knows.
        assert (zoning("check").status == 2) == (table == "audit")


def alter(database, table, change):
    """Change a table without its guards and put the guards back, as a careful hand would."""
    with closing(sqlite3.connect(database)) as opened, opened:
        guards = "select name, sql from sqlite_master where type = 'trigger' and name like ?"
        kept = opened.execute(guards, (f"{table}_no_%",)).fetchall()
        for name, _ in kept:
            opened.execute(f"drop trigger {name}")
        assert opened.execute(change).rowcount > 0
        for _, sql in kept:
            opened.execute(sql)
