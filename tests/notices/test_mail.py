"""Notices by e-mail: each once, whole, and a mail server that is down or hangs loses none."""

import ssl
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from tests.notices import desks
from tests.notices.desks import QUICK, publish, receiver, senders, tick, waiting
from tests.notices.receivers import Mailbox, free_port, mail_server, silent_server
from tests.notices.test_webhook import NOTICE
from tests.store.samples import NOON, hour
from zoning.errors import NoticeError
from zoning.model.notices import NoticeKind, NoticeUnit
from zoning.notices.mail import MailSender, MailServer, checked_mailbox, written
from zoning.notices.patience import patience
from zoning.workflow import notices


@pytest.fixture
def run_id(store):
    return desks.proposed(store)


def parsed(content):
    return message_from_bytes(content, policy=policy.default)


def sent_to(port, limits=None, **server):
    return senders(port, limits=limits, **server)[NoticeKind.EMAIL]


def test_a_message_says_what_is_ordered_and_from_when(store, run_id):
    mailbox = Mailbox()
    receiver(store, "email", "control@example.org", "W4")
    publish(store, run_id)
    with mail_server(mailbox) as server:
        assert tick(store, NOON, senders(server.port)).sent == 1
    ((to, content),) = mailbox.messages
    message = parsed(content)
    (row,) = notices.outbox_of(store)
    assert to == ["control@example.org"]
    assert message["Subject"] == "Order KMC/1: Zones of 18 May"
    assert message["Message-ID"].endswith("@example.org>")
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_content()
    assert "takes effect on 18 May 2020, 13:00" in text
    assert "(W4): Red" in text
    assert "W0" not in text, "not of this receiver's area"
    assert "https://zones.example.org" in text
    assert row.sent_at == NOON


def test_the_key_is_the_same_at_every_try():
    first, second = (written("a@b.org", "c@d.org", NOTICE, 60) for _ in range(2))
    assert first["Message-ID"] == second["Message-ID"] == f"<{NOTICE.key}@b.org>"
    assert first.as_bytes() == second.as_bytes()


def test_a_title_can_not_bring_in_a_header():
    sly = replace(NOTICE, title="Zones\r\nBcc: everybody@example.org")
    message = parsed(written("a@b.org", "c@d.org", sly, 60).as_bytes())
    assert message["Bcc"] is None
    assert r"\x0d\x0aBcc" in message["Subject"]


def test_more_places_than_anybody_reads_are_pointed_to_and_not_listed():
    many = tuple(NoticeUnit(f"W{n}", "", "red", "Red") for n in range(61))
    text = written("a@b.org", "c@d.org", replace(NOTICE, units=many), 60).get_content()
    assert "W1" not in text
    assert "more places" in text


def test_fiction_says_so_in_its_first_line():
    text = written("a@b.org", "c@d.org", replace(NOTICE, is_fictional=True), 60).get_content()
    assert text.splitlines()[0] == "This district is fictional."


def test_without_a_mail_server_e_mails_wait_and_nothing_is_tried(store, run_id):
    receiver(store, "email", "control@example.org")
    publish(store, run_id)
    done = tick(store, hour(500), senders())
    assert (done.sent, done.failed, done.waiting) == (0, 0, 1)
    assert notices.outbox_of(store)[0].tries == 0


def test_a_mail_server_that_hangs_is_asked_once_a_run_and_loses_nothing(store, run_id):
    for n in range(3):
        receiver(store, "email", f"control{n}@example.org")
    publish(store, run_id)
    with silent_server() as port:
        done = tick(store, NOON, senders(port, limits=QUICK))
    assert (done.sent, done.failed, done.waiting) == (0, 1, 3)
    mailbox = Mailbox()
    with mail_server(mailbox) as server:
        assert tick(store, NOON, senders(server.port)).sent == 2, "these weren't tried yet"
        assert tick(store, hour(1), senders(server.port)).sent == 1
    assert sorted(to[0] for to, _ in mailbox.messages) == [
        f"control{n}@example.org" for n in range(3)
    ]


def test_a_mail_server_that_is_down_loses_nothing(store, run_id):
    receiver(store, "email", "control@example.org")
    publish(store, run_id)
    port, at = free_port(), NOON
    for _ in range(4):
        assert tick(store, at, senders(port)).failed == 1
        at += timedelta(hours=1)
    mailbox = Mailbox()
    with mail_server(mailbox, port):
        assert tick(store, at, senders(port)).sent == 1
    assert (len(mailbox.messages), waiting(store)) == (1, 0)


def test_a_mailbox_that_is_full_is_tried_again_and_one_that_is_not_there_isnt(store, run_id):
    mailbox = Mailbox()
    mailbox.refusals = ["452 mailbox full", "550 no such user"]
    receiver(store, "email", "control@example.org")
    publish(store, run_id)
    with mail_server(mailbox) as server:
        done = tick(store, NOON, senders(server.port))
        assert (done.failed, done.given_up) == (1, 0)
        done = tick(store, hour(1), senders(server.port))
        assert (done.failed, done.given_up) == (1, 1)
    (row,) = notices.outbox_of(store)
    assert "550 no such user" in row.last_error


def test_a_message_that_the_server_will_not_take_now_is_sent_later(store, run_id):
    mailbox = Mailbox()
    mailbox.data_replies = ["451 come back later"]
    receiver(store, "email", "control@example.org")
    publish(store, run_id)
    with mail_server(mailbox) as server:
        assert tick(store, NOON, senders(server.port)).failed == 1
        assert tick(store, hour(1), senders(server.port)).sent == 1
    ids = [parsed(content)["Message-ID"] for _, content in mailbox.messages]
    assert ids[0] == ids[1]


def test_a_promised_encryption_that_is_not_offered_ends_the_conversation():
    mailbox = Mailbox()
    with mail_server(mailbox) as server, pytest.raises(NoticeError, match="no encryption"):
        sent_to(server.port, is_upgraded=True).send("control@example.org", NOTICE)
    assert mailbox.messages == []


def test_a_password_never_goes_over_the_net_in_plain_text():
    at = MailServer("mail.invalid", 25, "me", "secret", "a@b.org", is_upgraded=False)
    sender = MailSender(at, patience(), ssl.create_default_context)
    with pytest.raises(NoticeError, match="in plain text") as refusal:
        sender._refuse_plain_password()
    assert refusal.value.is_general
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    "address", ["a@b.org", "o'neil+zones@mail.kmc.gov.in", "a" * 64 + "@b.org"]
)
def test_an_address_that_is_one_is_taken(address):
    assert checked_mailbox(address) == address
