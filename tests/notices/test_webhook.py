"""What webhooks are told: public facts, signed, to public addresses, never sent elsewhere."""

import hashlib
import hmac
import ipaddress
import json
from datetime import UTC, datetime

import pytest

from tests.notices.desks import QUICK
from tests.notices.receivers import drip, hang, webhook
from zoning.errors import NoticeError
from zoning.fetch.addresses import is_public
from zoning.model.notices import Notice, NoticeBooth, NoticeUnit
from zoning.notices.patience import patience
from zoning.notices.webhook import WebhookSender, notice_json, signature

NOTICE = Notice(
    key="k" * 32,
    number="KMC/১",
    title="Zones of 18 May",
    order_kind="zones",
    published_at=datetime(2020, 5, 18, 6, 30, tzinfo=UTC),
    effective_at=datetime(2020, 5, 18, 18, 30, tzinfo=UTC),
    review_at=None,
    expires_at=None,
    url="https://zones.example.org",
    is_fictional=False,
    units=(NoticeUnit("W4", "Tala", "red", "Red zone"),),
    booths=(NoticeBooth("b1", "W4", "A"),),
)


def sender(limits=None, secret="", may_reach=lambda _: True):
    return WebhookSender(limits or patience(), secret, may_reach)


def test_what_is_told_is_public_and_has_its_own_names():
    assert json.loads(notice_json(NOTICE)) == {
        "key": "k" * 32,
        "order": {
            "number": "KMC/১",
            "title": "Zones of 18 May",
            "kind": "zones",
            "published_at": "2020-05-18T06:30:00+00:00",
            "effective_at": "2020-05-18T18:30:00+00:00",
            "review_at": None,
            "expires_at": None,
            "url": "https://zones.example.org",
            "is_fictional": False,
        },
        "units": [{"unit_id": "W4", "zone": "red"}],
        "booths": [{"booth_id": "b1", "unit_id": "W4", "category": "A"}],
    }


def test_a_receiver_can_check_who_sent_it():
    with webhook() as there:
        sender(secret="স্বাক্ষর").send(there.address + "?of=ক", NOTICE)
        ((headers, body),) = there.taken
        assert there.asked == ["/orders?of=%E0%A6%95"]
    wanted = hmac.new("স্বাক্ষর".encode(), body, hashlib.sha256).hexdigest()
    assert headers["X-Seemana-Signature"] == f"sha256={wanted}" == signature("স্বাক্ষর", body)
    assert headers["Idempotency-Key"] == NOTICE.key
    assert body == notice_json(NOTICE)


def test_without_a_secret_nothing_pretends_to_be_signed():
    with webhook() as there:
        sender().send(there.address, NOTICE)
        assert "X-Seemana-Signature" not in there.taken[0][0]


def test_a_redirect_is_never_followed():
    with webhook(302) as there, pytest.raises(NoticeError, match="sends elsewhere"):
        sender().send(there.address, NOTICE)


def test_a_machine_of_a_private_network_is_never_connected_to():
    with webhook() as there:
        with pytest.raises(NoticeError, match="private network"):
            sender(may_reach=is_public).send(there.address, NOTICE)
        with pytest.raises(NoticeError, match=r"localhost leads to (127\.|::1)"):
            sender(may_reach=is_public).send(f"http://localhost:{there.port}/", NOTICE)
        assert there.asked == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_no_other_way_to_write_a_private_address_helps(host):
    with webhook() as there:
        with pytest.raises(NoticeError, match="private network"):
            sender(may_reach=is_public).send(f"http://{host}:{there.port}/", NOTICE)
        assert there.asked == []


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch):
    found = [(2, 1, 6, "", (number, 80)) for number in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    seen = []

    def may_reach(number):
        seen.append(number)
        return is_public(number)

    with pytest.raises(NoticeError, match=r"leads to 10\.0\.0\.1"):
        sender(may_reach=may_reach).send("http://rebound.example.org/", NOTICE)
    assert seen[-1] == ipaddress.ip_address("10.0.0.1")


@pytest.mark.parametrize("bad", [hang, drip])
def test_a_receiver_that_never_ends_is_left(bad):
    with webhook(bad) as there:
        # The silent one meets the timeout, the slow one the deadline.
        with pytest.raises(NoticeError):
            sender(QUICK).send(there.address, NOTICE)
        assert not there.was_heard_out


def test_encryption_is_asked_of_those_who_promise_it():
    with webhook() as there, pytest.raises(NoticeError):
        sender(QUICK).send(f"https://127.0.0.1:{there.port}/", NOTICE)


def test_only_the_status_of_no_return_is_final():
    with webhook(410) as there, pytest.raises(NoticeError) as gone:
        sender().send(there.address, NOTICE)
    with webhook(404) as there, pytest.raises(NoticeError) as lost:
        sender().send(there.address, NOTICE)
    assert (gone.value.is_final, lost.value.is_final) == (True, False)
