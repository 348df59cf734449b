"""Everything that is due by the clock: what `zoning tick` does, as often as it is run."""

from __future__ import annotations

from dataclasses import dataclass

from zoning.clock import Clock
from zoning.notices.patience import patience
from zoning.settings import Settings
from zoning.store.engine import Store
from zoning.workflow.sending import Sent, send_due, senders_of


@dataclass(frozen=True)
class Ticked:
    """What one run did."""

    notices: Sent


def tick(store: Store, settings: Settings, clock: Clock) -> Ticked:
    """Do what is due by the clock; two runs at once share the work.

    Raises
    ------
    SeemanaError
        If the database can't be written, or a setting can't be used.
    """
    return Ticked(send_due(store, settings.site_url, clock, senders_of(settings), patience()))
