"""Send the notices that are due: each claimed by one process, tried, and its end written down.

A receiver takes a notice once where its answer arrives. Where this process or the line dies
between the taking and the note of it, the notice is sent again with the same key: a receiver that
keeps keys drops it. More than that nobody can promise who talks over a line that breaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from zoning.clock import Clock
from zoning.errors import NoticeError
from zoning.fetch.addresses import is_public
from zoning.i18n.catalogue import language, use_language
from zoning.model.notices import Notice, NoticeKind
from zoning.notices.mail import MailSender, MailServer, checked_mailbox
from zoning.notices.patience import Patience, patience
from zoning.notices.webhook import WebhookSender
from zoning.settings import Settings
from zoning.store import outbox
from zoning.store.engine import Store
from zoning.store.outbox import Claimed
from zoning.store.outbox_listing import queues
from zoning.workflow.notice_content import notice_of


class Sender(Protocol):
    """Takes notices to receivers of one kind."""

    def send(self, address: str, notice: Notice) -> None:
        """Send a notice; done when this returns, refused by a `NoticeError`."""


@dataclass(frozen=True)
class Sent:
    """What became of the notices that were tried, and how many wait.

    `waiting` counts all: those due later, and those whose kind can't be sent yet.
    """

    sent: int = 0
    failed: int = 0
    given_up: int = 0
    waiting: int = 0


def senders_of(settings: Settings) -> dict[NoticeKind, Sender]:
    """Return who sends what; e-mail is absent where no mail server is set.

    Raises
    ------
    InputError
        If the mail server is set and the address that e-mails come from isn't one.
    """
    limits = patience()
    secret = settings.webhook_secret.get_secret_value()
    may_reach = (lambda _: True) if settings.webhook_private else is_public
    found: dict[NoticeKind, Sender] = {NoticeKind.WEBHOOK: WebhookSender(limits, secret, may_reach)}
    if settings.smtp_host:
        server = MailServer(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_user,
            settings.smtp_password.get_secret_value(),
            checked_mailbox(settings.smtp_from),
            settings.smtp_starttls,
        )
        found[NoticeKind.EMAIL] = MailSender(server, limits)
    return found


def send_due(
    store: Store,
    site_url: str,
    clock: Clock,
    senders: Mapping[NoticeKind, Sender],
    limits: Patience,
) -> Sent:
    """Try the notices that are due, those that wait longest first, up to a limit.

    Parameters
    ----------
    store : Store
        The database.
    site_url : str
        Address of the public site; empty for none.
    clock : Clock
        The present.
    senders : mapping of NoticeKind to Sender
        Kinds that are absent wait.
    limits : Patience
        How many, how long, how often.

    Raises
    ------
    StoreError
        If the database is down or can't be written; what was tried last may be sent again.
    """
    able = dict(senders)
    # Whoever didn't answer isn't asked again in the same run: others don't wait for them.
    silent: set[int] = set()
    n_sent = n_failed = n_given_up = 0
    end = clock() + timedelta(seconds=limits.longest_tick_s)
    for _ in range(limits.per_tick):
        at = clock()
        if at > end or not able:
            break
        with store.transaction() as session:
            claimed = outbox.claim(
                session, at, limits.lease, kinds=able.keys(), passing_over=silent
            )
        if claimed is None:
            break
        fault = _try(store, claimed, site_url, able[claimed.kind])
        at = clock()
        with store.transaction() as session:
            if fault is None:
                outbox.mark_sent(session, claimed, at)
                n_sent += 1
                continue
            later = (
                None
                if fault.is_final
                else limits.next_try_at(at, claimed.tries, claimed.created_at)
            )
            outbox.mark_failed(session, claimed, str(fault), at, later)
        n_failed += 1
        n_given_up += later is None
        silent.add(claimed.subscription_id)
        if fault.is_general:
            del able[claimed.kind]
    with store.reading() as session:
        waiting = sum(queue.waiting for queue in queues(session).values())
    return Sent(n_sent, n_failed, n_given_up, waiting)


def _try(store: Store, claimed: Claimed, site_url: str, sender: Sender) -> NoticeError | None:
    with _speaking(claimed.language):
        with store.reading() as session:
            notice = notice_of(session, claimed, site_url)
        try:
            sender.send(claimed.address, notice)
        except NoticeError as fault:
            return fault
    return None


@contextmanager
def _speaking(receivers: str) -> Iterator[None]:
    before = language()
    use_language(receivers)
    try:
        yield
    finally:
        use_language(before)
