"""A store with an edition and a rule's result, receivers, and ticks at moments that tests name."""

from __future__ import annotations

from dataclasses import replace

from tests.store import samples
from tests.store.samples import NOON, WHO
from tests.store.test_orders import new_order, propose
from zoning.model.notices import NoticeKind
from zoning.notices.mail import MailSender, MailServer
from zoning.notices.patience import patience
from zoning.notices.webhook import WebhookSender
from zoning.store.orders import publish_first_order
from zoning.store.outbox import enqueue
from zoning.store.outbox_listing import queues
from zoning.store.subscriptions import NewSubscription
from zoning.workflow import notices
from zoning.workflow.sending import send_due

SITE = "https://zones.example.org"
# Only for receivers that hang, so that a test waits a moment for them; others get their time.
QUICK = replace(patience(), timeout_s=0.3, deadline_s=0.6)


def proposed(store):
    """Return the id of a run that can be published."""
    with store.transaction() as session:
        return propose(session, samples.add_units(session))


def publish(store, run_id, number="KMC/1", at=NOON):
    with store.transaction() as session:
        order_id = publish_first_order(session, new_order(number), run_id, at=at, who=WHO)
        enqueue(session, order_id, at)
        return order_id


def receiver(store, kind, address, *units):
    return notices.add(store, NewSubscription(NoticeKind(kind), address, units), NOON, WHO)


def senders(port=None, *, limits=None, secret="", may_reach=lambda _: True, **server):
    """Return senders; e-mail by the server at a port, absent if None."""
    limits = limits or patience()
    found = {NoticeKind.WEBHOOK: WebhookSender(limits, secret, may_reach)}
    if port is not None:
        plain = {"user": "", "password": "", "is_upgraded": False} | server
        at = MailServer("127.0.0.1", port, sender="seemana@example.org", **plain)
        found[NoticeKind.EMAIL] = MailSender(at, limits)
    return found


def tick(store, at, by=None, **limits):
    """Run one tick whose clock stands at a moment."""
    return send_due(
        store,
        "https://zones.example.org",
        lambda: at,
        by or senders(),
        replace(patience(), **limits),
    )


def waiting(store):
    with store.reading() as session:
        return sum(queue.waiting for queue in queues(session).values())
