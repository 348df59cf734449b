"""Everything that is due by the clock: what `zoning tick` does, as often as it is run."""

from __future__ import annotations

from dataclasses import dataclass

from zoning.clock import Clock
from zoning.notices.patience import patience
from zoning.settings import Settings
from zoning.store.engine import Store
from zoning.workflow.escalating import raise_due
from zoning.workflow.sending import Sent, send_due, senders_of
from zoning.workflow.superseding import mark_ended


@dataclass(frozen=True)
class Ticked:
    """What one run did: notices, delays that were passed on, orders marked as superseded."""

    notices: Sent
    escalated: int = 0
    superseded: int = 0


def tick(store: Store, settings: Settings, clock: Clock) -> Ticked:
    """Do what is due by the clock; two runs at once share the work.

    Raises
    ------
    SeemanaError
        If the database can't be written, or a setting can't be used.
    """
    superseded = mark_ended(store, clock())
    escalated = raise_due(store, clock())
    # Last, for a receiver may keep it waiting.
    sent = send_due(store, settings.site_url, clock, senders_of(settings), patience())
    return Ticked(sent, escalated, superseded)
