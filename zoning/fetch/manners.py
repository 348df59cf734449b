"""How often, how long and how much is asked of a server; the numbers are in `manners.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Manners:
    """Limits towards a server.

    Attributes
    ----------
    largest_bytes : int
        Size above which a file is refused.
    tries : int
        Requests for one file.
    first_wait_s, longest_wait_s : int
        Wait before the second try, doubled before each further one, and its limit.
    timeout_s : int
        How long a connection may bring nothing.
    settle_s : int
        How long is listened for more than was announced.
    redirects : int
        How often an answer may send elsewhere.
    passing_statuses : frozenset[int]
        Answers after which another try makes sense.
    """

    largest_bytes: int
    tries: int
    first_wait_s: int
    longest_wait_s: int
    timeout_s: int
    settle_s: int
    redirects: int
    passing_statuses: frozenset[int]

    def wait_s(self, n_tries: int) -> int:
        """Return the wait after so many failed tries, in seconds."""
        return min(self.first_wait_s << (n_tries - 1), self.longest_wait_s)


@cache
def manners() -> Manners:
    """Return the limits in force."""
    data = tomllib.loads(Path(__file__).with_name("manners.toml").read_text(encoding="utf-8"))
    return Manners(
        largest_bytes=data["largest_bytes"],
        tries=data["tries"],
        first_wait_s=data["first_wait_s"],
        longest_wait_s=data["longest_wait_s"],
        timeout_s=data["timeout_s"],
        settle_s=data["settle_s"],
        redirects=data["redirects"],
        passing_statuses=frozenset(data["passing_statuses"]),
    )
