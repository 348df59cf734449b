"""The outbox loses nothing while a receiver is down, and tells nobody twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.notices import desks
from tests.notices.desks import QUICK, publish, receiver, senders, tick, waiting
from tests.notices.receivers import free_port, hang, take_and_die, told, webhook
from tests.store.samples import NOON, WHO, hour
from tests.store.test_orders import new_order
from zoning.errors import InputError, NoticeError, StoreError
from zoning.i18n.catalogue import language
from zoning.model.notices import NoticeKind
from zoning.notices.patience import patience
from zoning.store.audit import read_entries
from zoning.store.outbox import claim, mark_failed, mark_sent
from zoning.store.outbox_listing import list_notices
from zoning.store.subscriptions import NewSubscription
from zoning.workflow import notices
from zoning.workflow.decisions import publish_run

# Enough for one that answers at once, even on a busy machine.
HASTY = replace(QUICK, timeout_s=2, deadline_s=2)


@pytest.fixture
def run_id(store):
    return desks.proposed(store)


def listed(store):
    return notices.outbox_of(store)


def test_whoever_is_down_hears_everything_once_when_up_again(store, run_id):
    port = free_port()
    receiver(store, "webhook", f"http://127.0.0.1:{port}/orders")
    for n in range(3):
        publish(store, run_id, f"KMC/{n}", hour(n))
    at = hour(3)
    for _ in range(5):
        done = tick(store, at)
        assert (done.sent, done.failed, done.waiting) == (0, 1, 3), "one try a run is enough"
        at += timedelta(hours=1)
    with webhook(port=port) as up:
        assert tick(store, at).sent == 3
        assert tick(store, at + timedelta(days=1)).sent == 0
        assert sorted(up.keys().values()) == [1, 1, 1]
        numbers = {told(body)["order"]["number"] for _, body in up.taken}
    assert numbers == {"KMC/0", "KMC/1", "KMC/2"}
    assert waiting(store) == 0


@pytest.mark.parametrize("bad", [500, 503, 404, 302, pytest.param(hang, id="hangs")], ids=str)
def test_an_answer_that_is_no_yes_is_asked_again_later(store, run_id, bad):
    with webhook(bad, 204) as there:
        receiver(store, "webhook", there.address)
        publish(store, run_id)
        by = senders(limits=QUICK if bad is hang else None)
        assert (tick(store, NOON, by).failed, there.taken) == (1, [])
        (row,) = listed(store)
        assert row.next_try_at == NOON + patience().wait(1)
        assert row.last_error
        assert tick(store, NOON + timedelta(seconds=1)).failed == 0, "not before its time"
        assert tick(store, row.next_try_at).sent == 1
        assert list(there.keys().values()) == [1]


def test_the_waits_double_up_to_their_limit():
    limits = patience()
    waits = [limits.wait(n).total_seconds() for n in range(1, 40)]
    assert waits[:4] == [60, 120, 240, 480]
    assert waits[-1] == limits.longest_wait_s
    assert waits == sorted(waits)
    assert limits.wait(10**9).total_seconds() == limits.longest_wait_s


def test_a_receiver_that_is_gone_for_good_is_given_up_and_can_be_tried_again(store, run_id):
    with webhook(410, 204) as there:
        receiver(store, "webhook", there.address)
        publish(store, run_id)
        assert tick(store, NOON).given_up == 1
        assert tick(store, hour(999)).sent == 0
        (row,) = listed(store)
        notices.retry(store, row.outbox_id, hour(1000), WHO)
        assert tick(store, hour(1000)).sent == 1
    with pytest.raises(StoreError, match="No notice"):
        notices.retry(store, row.outbox_id, hour(1001), WHO)


def test_after_two_weeks_a_notice_is_given_up_and_not_forgotten(store, run_id):
    receiver(store, "webhook", f"http://127.0.0.1:{free_port()}/")
    publish(store, run_id)
    end = NOON + timedelta(days=patience().give_up_after_days)
    assert tick(store, end - timedelta(hours=2)).given_up == 0
    assert tick(store, end).given_up == 1
    (row,) = listed(store)
    assert row.given_up_at == end
    assert "refuses the connection" in row.last_error


def test_one_who_hangs_keeps_nobody_else_waiting(store, run_id):
    with webhook(hang) as slow, webhook() as quick:
        receiver(store, "webhook", slow.address)
        receiver(store, "webhook", quick.address)
        for n in range(3):
            publish(store, run_id, f"KMC/{n}")
        done = tick(store, NOON, senders(limits=HASTY))
        assert (done.sent, done.failed) == (3, 1)
        assert sorted(quick.keys().values()) == [1, 1, 1]


def test_an_answer_that_never_came_means_the_same_key_again(store, run_id):
    with webhook(take_and_die, 204) as there:
        receiver(store, "webhook", there.address)
        publish(store, run_id)
        assert tick(store, NOON).failed == 1
        assert tick(store, hour(1)).sent == 1
        assert list(there.keys().values()) == [2], "at least once, and to be told by the key"


def test_a_notice_is_written_with_its_order_or_not_at_all(store, run_id, monkeypatch):
    receiver(store, "webhook", "https://example.org/")

    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("zoning.workflow.decisions.enqueue", fail)
    with pytest.raises(ZeroDivisionError), store.transaction() as session:
        publish_run(session, new_order("KMC/1"), run_id, at=NOON, who=WHO)
    monkeypatch.undo()
    assert (waiting(store), publish(store, run_id) > 0, waiting(store)) == (0, True, 1)


def test_only_whom_an_order_concerns_is_told(store, run_id):
    for n, units in enumerate([(), ("W4",), ("KMC",), ("W7",)]):
        receiver(store, "webhook", f"https://example.org/{n}", *units)
    publish(store, run_id)  # of W4 and W0, both in KMC
    assert {row.address[-1] for row in listed(store)} == {"0", "1", "2"}


def test_whoever_came_later_or_left_is_not_told(store, run_id):
    first = receiver(store, "webhook", "https://example.org/1")
    publish(store, run_id)
    receiver(store, "webhook", "https://example.org/2")
    notices.close(store, first, hour(1), WHO)
    publish(store, run_id, "KMC/2")
    states = {(row.number, row.address[-1]): row.given_up_at for row in listed(store)}
    assert states == {("KMC/1", "1"): hour(1), ("KMC/2", "2"): None}
    assert tick(store, hour(2), {NoticeKind.WEBHOOK: None}, per_tick=0).waiting == 1


def test_an_address_is_never_told_twice(store):
    first = receiver(store, "email", "control@Example.org")
    with pytest.raises(StoreError, match=f"by subscription {first}"):
        receiver(store, "email", "control@example.ORG")
    notices.close(store, first, hour(1), WHO)
    assert receiver(store, "email", "control@example.org") != first
    with pytest.raises(StoreError, match="closed since"):
        notices.close(store, first, hour(2), WHO)
    with pytest.raises(StoreError, match="no subscription 99"):
        notices.close(store, 99, hour(2), WHO)


@pytest.mark.parametrize(
    ("kind", "address", "units", "words"),
    [
        ("email", "nobody", (), "isn't an e-mail address"),
        ("email", "a@b.c\nBcc: x@y.z", (), "isn't an e-mail address"),
        ("webhook", "ftp://example.org/", (), "starts with https"),
        ("webhook", "https://", (), "starts with https"),
        ("webhook", "https://example.org/ x", (), "starts with https"),
        ("webhook", "https://me:secret@example.org/", (), "plain sight"),
        ("webhook", "https://example.org/", ("W99",), "no unit W99"),
    ],
)
def test_a_receiver_that_can_not_be_told_is_refused(store, run_id, kind, address, units, words):
    with pytest.raises(InputError, match=words) as refusal:
        receiver(store, kind, address, *units)
    assert "secret" not in str(refusal.value)
    assert notices.listed(store) == ()


def test_a_language_without_sentences_is_refused(store):
    new = NewSubscription(NoticeKind.EMAIL, "a@example.org", (), "xx")
    with pytest.raises(InputError, match="language xx"):
        notices.add(store, new, NOON, WHO)


def test_the_audit_tells_who_had_somebody_told_and_no_address(store):
    notices.close(store, receiver(store, "email", "control@example.org"), hour(1), "other")
    with store.reading() as session:
        entries = read_entries(session)
    assert [(e.action, e.who) for e in entries] == [
        ("subscription.close", "other"),
        ("subscription.add", WHO),
    ]
    assert "example" not in str(entries)


def test_a_claimed_notice_belongs_to_one_until_its_lease_ends(store, run_id):
    receiver(store, "webhook", "https://example.org/")
    publish(store, run_id)

    def claimed(at):
        with store.transaction() as session:
            return claim(session, at, patience().lease, kinds=list(NoticeKind))

    assert claimed(NOON - timedelta(seconds=1)) is None
    first = claimed(NOON)
    assert claimed(NOON + timedelta(seconds=patience().lease_s - 1)) is None
    second = claimed(NOON + timedelta(seconds=patience().lease_s))
    assert (first.key, first.tries, second.tries) == (second.key, 1, 2)
    before = listed(store)
    with store.transaction() as session:
        mark_failed(session, first, "late", hour(1), None)
    assert listed(store) == before, "whoever lost the lease has no say"
    with store.transaction() as session:
        mark_sent(session, first, hour(1))
    assert listed(store)[0].sent_at == hour(1), "but what was taken was taken"


def test_a_run_ends_in_bounded_time_and_the_next_one_goes_on(store, run_id):
    with webhook() as there:
        receiver(store, "webhook", there.address)
        for n in range(5):
            publish(store, run_id, f"KMC/{n}")
        assert [tick(store, NOON, per_tick=2).sent for _ in range(3)] == [2, 2, 1]
        assert set(there.keys().values()) == {1}


def test_the_language_of_a_receiver_stays_with_its_notice(store, run_id, monkeypatch):
    spoken = []

    class Listening:
        def send(self, *_):
            spoken.append(language())
            raise NoticeError("no")

    monkeypatch.setattr(notices, "_refuse_language", lambda _: None)
    new = NewSubscription(NoticeKind.WEBHOOK, "https://example.org/", (), "bn")
    notices.add(store, new, NOON, WHO)
    publish(store, run_id)
    tick(store, NOON, {NoticeKind.WEBHOOK: Listening()})
    assert (spoken, language()) == (["bn"], "en")


def test_what_is_listed_is_bounded_and_shows_the_unsent_first(store, run_id):
    with webhook(204, 500) as there:
        receiver(store, "webhook", there.address)
        for n in range(2):
            publish(store, run_id, f"KMC/{n}")
        tick(store, NOON)
    with store.reading() as session:
        assert [row.sent_at is None for row in list_notices(session, limit=9)] == [True, False]
        assert len(list_notices(session, limit=1)) == 1
