"""How long and how often receivers of notices are tried; the numbers are in `patience.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Patience:
    """Limits towards receivers.

    Attributes
    ----------
    timeout_s, deadline_s : float
        How long a connection may bring nothing; how long one notice may take in all.
    lease_s : int
        How long a notice belongs to the process that tries it.
    first_wait_s, longest_wait_s : int
        Wait before the second try, doubled before each further one, and its limit.
    give_up_after_days : int
        How long a notice is tried.
    per_tick, longest_tick_s : int
        Notices tried in one run, and after which time none is begun any more.
    listed_units : int
        Units that an e-mail names.
    final_statuses : frozenset of int
        Answers of a webhook after which another try makes no sense.
    """

    timeout_s: float
    deadline_s: float
    lease_s: int
    first_wait_s: int
    longest_wait_s: int
    give_up_after_days: int
    per_tick: int
    longest_tick_s: int
    listed_units: int
    final_statuses: frozenset[int]

    def wait(self, tries: int) -> timedelta:
        """Return the wait after so many failed tries."""
        # A shift by as many places as there were tries would grow without end.
        doublings = min(tries - 1, self.longest_wait_s.bit_length())
        return timedelta(seconds=min(self.first_wait_s << doublings, self.longest_wait_s))

    def lease(self, tries: int) -> timedelta:
        """Return how long a try may hold a notice; one that kills its process comes ever later."""
        return max(timedelta(seconds=self.lease_s), self.wait(tries))

    def next_try_at(self, at: datetime, tries: int, created_at: datetime) -> datetime | None:
        """Return when a notice is tried again after a failed try; None where that is given up."""
        later = at + self.wait(tries)
        end = created_at + timedelta(days=self.give_up_after_days)
        return later if later <= end else None


@cache
def patience() -> Patience:
    """Return the limits in force."""
    data = tomllib.loads(Path(__file__).with_name("patience.toml").read_text(encoding="utf-8"))
    names = [name for name in Patience.__dataclass_fields__ if name != "final_statuses"]
    return Patience(
        **{name: data[name] for name in names}, final_statuses=frozenset(data["final_statuses"])
    )
