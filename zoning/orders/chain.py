"""The audit as a chain: every entry carries the hash of the one before it, and its own.

Whoever changes, removes, inserts or moves an entry breaks the chain at that place. Whoever
rewrites everything from there on, or removes the newest entries, leaves a chain that is whole:
that shows only against a hash of the newest entry that somebody noted elsewhere.

The form below is for ever: entries of years ago are verified by it. Another form would be a
new `FORM`, chosen by the entry's age, beside this one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

FORM = "seemana-audit-1"
BEGINNING = "0" * 64
"""Stands for the hash before the first entry."""


@dataclass(frozen=True)
class ChainEntry:
    """What is hashed of an entry; `detail` holds what JSON can say, and nothing else."""

    at: datetime
    who: str
    action: str
    subject: str
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class Link:
    """One entry as it is stored; `entry` is None where what is stored can't be read."""

    number: int
    entry: ChainEntry | None
    prev_hash: str
    hash: str


class Breach(Enum):
    """What differs at an entry."""

    UNREADABLE = "unreadable"
    CONTENT = "content"
    ORDER = "order"


@dataclass(frozen=True)
class Broken:
    """The first entry at which the chain doesn't hold.

    Attributes
    ----------
    number : int
        Of the entry.
    breach : Breach
        `CONTENT`: it isn't what was hashed. `ORDER`: the entry before it isn't the one that it was
        chained to, so one was removed, inserted, moved or rewritten there. `UNREADABLE`: a value
        of it can't be read at all.
    number_before : int or None
        Of the entry before it; None for the first.
    """

    number: int
    breach: Breach
    number_before: int | None


@dataclass(frozen=True)
class Chain:
    """What a walk along the chain found.

    Attributes
    ----------
    entries : int
        Entries up to the end, or up to the broken one.
    head : str
        Hash of the last good entry: the newest, where nothing is broken.
    broken : Broken or None
        The first that doesn't hold.
    noted_at : int or None
        Number of the entry that the noted hash belongs to; None if none was noted or none fits.
    """

    entries: int
    head: str
    broken: Broken | None
    noted_at: int | None = None


def chain_hash(prev_hash: str, entry: ChainEntry) -> str:
    """Return the hash of an entry that follows another: SHA-256, 64 hexadecimal digits.

    Parameters
    ----------
    prev_hash : str
        Hash of the entry before; `BEGINNING` for the first.
    entry : ChainEntry
        What was done.

    Raises
    ------
    ValueError
        If the moment has no offset.
    TypeError
        If the detail holds what JSON can't say.
    """
    if entry.at.tzinfo is None:
        raise ValueError(f"a moment needs an offset: {entry.at!r}")
    moment = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [FORM, prev_hash, moment, entry.who, entry.action, entry.subject]
    text = json.dumps([*content, plain_detail(entry.detail)], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def plain_detail(detail: Mapping[str, Any]) -> dict[str, Any]:
    """Return a detail as it comes back from JSON: keys are texts, and tuples lists."""
    plain: dict[str, Any] = json.loads(json.dumps(dict(detail)))
    return plain


def verify(links: Iterable[Link], noted: str = "") -> Chain:
    """Walk along the chain up to the first entry that doesn't hold.

    Parameters
    ----------
    links : iterable of Link
        Every entry, in the order in which they were written.
    noted : str
        Hash that somebody noted of what was then the newest entry; empty for none.
    """
    head, before, n_entries, noted_at = BEGINNING, None, 0, None
    for link in links:
        breach = _breach(link, head)
        if breach is not None:
            return Chain(n_entries, head, Broken(link.number, breach, before), noted_at)
        head, before, n_entries = link.hash, link.number, n_entries + 1
        if link.hash == noted:
            noted_at = link.number
    return Chain(n_entries, head, None, noted_at)


def _breach(link: Link, head: str) -> Breach | None:
    if link.entry is None:
        return Breach.UNREADABLE
    if chain_hash(link.prev_hash, link.entry) != link.hash:
        return Breach.CONTENT
    return None if link.prev_hash == head else Breach.ORDER
