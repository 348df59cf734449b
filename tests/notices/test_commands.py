"""The commands on notices, and what a publication or a release leaves in the outbox."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from tests.notices.desks import proposed, publish, receiver, tick
from tests.notices.receivers import free_port, told, webhook
from tests.running import assert_refused, zoning
from tests.store.samples import NOON, hour
from tests.store.test_release import SHELF, moment, quiet_through, sealed, visit
from zoning import clock
from zoning.notices.atom import ATOM
from zoning.settings import Settings
from zoning.workflow import notices
from zoning.workflow.releasing import release
from zoning.workflow.site import orders_feed

__all__ = ["sealed"]


@pytest.fixture
def at_the_terminal(store, store_address, monkeypatch, tmp_path):
    monkeypatch.setenv("ZONING_DATABASE_URL", store_address)
    monkeypatch.setenv("ZONING_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("ZONING_WEBHOOK_PRIVATE", "true")
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return store


def test_a_receiver_is_added_told_listed_and_closed(at_the_terminal):
    run_id = proposed(at_the_terminal)
    with webhook() as there:
        added = zoning("notices", "add", "webhook", there.address, "--for", "W4", "--for", "W4")
        assert added.status == 0, added
        number = int(re.search(r"\d+", added.out)[0])
        publish(at_the_terminal, run_id)
        assert zoning("tick", "--json").json() == {
            "escalated": 0,
            "superseded": 0,
            "notices": {"sent": 1, "failed": 0, "given_up": 0, "waiting": 0},
        }
        assert [u["unit_id"] for u in told(there.taken[0][1])["units"]] == ["W4"]
    (row,) = zoning("notices", "list", "--json").json()["subscriptions"]
    assert (row["subscription"], row["units"], row["closed_at"]) == (number, ["W4"], None)
    (sent,) = zoning("notices", "outbox", "--json").json()["notices"]
    assert (sent["order"], sent["tries"], sent["sent_at"]) == ("KMC/1", 1, NOON.isoformat())
    assert zoning("notices", "close", number).status == 0
    assert "closed" in zoning("notices", "list").out
    assert "sent 18 May 2020" in zoning("notices", "outbox").out


def test_a_receiver_that_is_down_is_no_fault_of_the_tick(at_the_terminal):
    run_id = proposed(at_the_terminal)
    address = f"http://127.0.0.1:{free_port()}/"
    assert zoning("notices", "add", "webhook", address).status == 0
    publish(at_the_terminal, run_id)
    done = zoning("tick")
    assert (done.status, done.err) == (0, "")
    assert "1 failed (0 given up), 1 waiting" in done.out
    assert "refuses the connection" in zoning("notices", "outbox").out


def test_private_addresses_are_left_alone_unless_a_setting_allows_them(
    at_the_terminal, monkeypatch
):
    monkeypatch.delenv("ZONING_WEBHOOK_PRIVATE")
    run_id = proposed(at_the_terminal)
    with webhook() as there:
        zoning("notices", "add", "webhook", there.address)
        publish(at_the_terminal, run_id)
        assert zoning("tick", "--json").json()["notices"]["failed"] == 1
        assert there.asked == []
    assert "private network" in zoning("notices", "outbox").out


def test_what_can_not_be_done_is_refused_in_one_sentence(at_the_terminal):
    assert_refused(zoning("notices", "add", "pigeon", "roof"), "email, webhook")
    assert_refused(zoning("notices", "add", "email", "nobody"), "name@example.org")
    assert_refused(zoning("notices", "close", 7), "no subscription 7")
    assert_refused(zoning("notices", "retry", 7), "No notice 7")
    assert zoning("notices", "outbox").out == "The outbox is empty.\n"
    assert "Nobody is told" in zoning("notices", "list").out


def test_a_mail_server_without_a_sender_is_refused_by_the_tick(at_the_terminal, monkeypatch):
    monkeypatch.setenv("ZONING_SMTP_HOST", "mail.invalid")
    assert_refused(zoning("tick"), "isn't an e-mail address")


def test_a_release_is_told_with_the_booths_that_it_releases(sealed):
    quiet_through(sealed, "2020-06-08", moment(38.5))
    visit(sealed, 95, "2020-06-08", moment(38.5))
    with webhook() as there:
        receiver(sealed, "webhook", there.address)
        order = release(sealed, SHELF, ["W5-a"], moment(38.6), "dm")
        assert tick(sealed, moment(38.7)).sent == 1
        said = told(there.taken[0][1])
    assert (said["order"]["number"], said["order"]["kind"]) == (order.number, "release")
    assert [b["booth_id"] for b in said["booths"]] == ["W5-a"]
    assert said["booths"][0]["category"] != "A"


def test_the_feed_holds_every_order_once_and_its_ids_never_change(store):
    run_id = proposed(store)
    settings = Settings(site_url="https://zones.example.org/", site_authority="Health")
    publish(store, run_id, "KMC/1", hour(0))
    first = ET.fromstring(orders_feed(store, settings, hour(0)))
    publish(store, run_id, "KMC/2", hour(48))
    later = ET.fromstring(orders_feed(store, settings, hour(48) + timedelta(minutes=1)))
    ids = [
        [entry.find(f"{{{ATOM}}}id").text for entry in feed.iter(f"{{{ATOM}}}entry")]
        for feed in (first, later)
    ]
    assert (len(ids[0]), len(ids[1])) == (1, 2)
    assert set(ids[0]) < set(ids[1])
    assert all(i.startswith("tag:zones.example.org,2020-05-18:order:") for i in ids[1])


def test_what_is_listed_of_sent_notices_needs_no_tick(store):
    assert notices.outbox_of(store) == ()
