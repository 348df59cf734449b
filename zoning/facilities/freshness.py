"""Fresh, due, stale or unknown: how old a facility's figures are.

The limits are in `freshness.toml`, from memo 195/HS/PS/2021.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from zoning.i18n.catalogue import tr
from zoning.model import Texts

Moments = npt.NDArray[np.datetime64]


class Freshness(StrEnum):
    """What the age of a facility's figures says of them."""

    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class FreshnessRule:
    """Limits in minutes; each limit belongs to the fresher side."""

    fresh_minutes: int
    due_minutes: int
    ahead_minutes: int
    source: tuple[str, ...]


@cache
def freshness_rule() -> FreshnessRule:
    """Return the limits in force."""
    path = Path(__file__).with_name("freshness.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return FreshnessRule(
        fresh_minutes=data["fresh_minutes"],
        due_minutes=data["due_minutes"],
        ahead_minutes=data["ahead_minutes"],
        source=tuple(data["source"]),
    )


def ages(updated_at: Moments, at: datetime) -> npt.NDArray[np.timedelta64]:
    """Return how long ago each update was.

    Parameters
    ----------
    updated_at : Moments
        `datetime64[s]` in UTC, shape (n,); NaT where never told.
    at : datetime
        The present, with offset.

    Returns
    -------
    ndarray of timedelta64
        Seconds, shape (n,); NaT where never told, negative where ahead of `at`.
    """
    present = np.datetime64(at.astimezone(UTC).replace(tzinfo=None), "s")
    age: npt.NDArray[np.timedelta64] = np.subtract(present, updated_at.astype("datetime64[s]"))
    return age


def freshness(updated_at: Moments, at: datetime, rule: FreshnessRule | None = None) -> Texts:
    """Return the freshness of each facility's figures.

    Parameters
    ----------
    updated_at : Moments
        `datetime64[s]` in UTC, shape (n,); NaT where never told.
    at : datetime
        The present, with offset.
    rule : FreshnessRule, optional
        Limits; those in force by default.

    Returns
    -------
    Texts
        `Freshness` values, shape (n,). An update from the future is unknown.
    """
    rule = rule or freshness_rule()
    age = ages(updated_at, at)
    answer: Texts = np.full(len(age), Freshness.STALE.value, dtype=object)
    answer[age <= _minutes(rule.due_minutes)] = Freshness.DUE.value
    answer[age <= _minutes(rule.fresh_minutes)] = Freshness.FRESH.value
    answer[np.isnat(age) | (age < -_minutes(rule.ahead_minutes))] = Freshness.UNKNOWN.value
    return answer


def describe_freshness(updated_at: Moments, at: datetime) -> Texts:
    """Return words such as "updated 3 h 10 min ago: stale", one a facility.

    Parameters
    ----------
    updated_at : Moments
        `datetime64[s]` in UTC, shape (n,); NaT where never told.
    at : datetime
        The present, with offset.

    Returns
    -------
    Texts
        Sentences in the language in use, shape (n,).
    """
    told = freshness(updated_at, at)
    minutes = ages(updated_at, at).astype(np.int64) // 60
    answer: Texts = np.empty(len(told), dtype=object)
    for index, (key, age) in enumerate(zip(told, minutes, strict=True)):
        answer[index] = _words(Freshness(key), bool(np.isnat(updated_at[index])), int(age))
    return answer


def freshness_label(key: Freshness) -> str:
    """Return the word for a freshness, for legends."""
    return {
        Freshness.FRESH: tr("fresh"),
        Freshness.DUE: tr("due"),
        Freshness.STALE: tr("stale"),
        Freshness.UNKNOWN: tr("unknown"),
    }[key]


def _minutes(n: int) -> np.timedelta64:
    return np.timedelta64(n, "m")


def _words(key: Freshness, is_never_told: bool, minutes: int) -> str:
    if is_never_told:
        return tr("never updated: unknown")
    if key is Freshness.UNKNOWN:
        return tr("updated at a time still to come: unknown")
    return tr(
        "updated {age} ago: {freshness}",
        age=_age_words(max(minutes, 0)),
        freshness=freshness_label(key),
    )


def _age_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    days, hours_of_day = divmod(hours, 24)
    if not hours:
        return tr("{minutes} min", minutes=minutes)
    if not days:
        return tr("{hours} h {minutes} min", hours=hours, minutes=rest)
    return tr("{days} d {hours} h", days=days, hours=hours_of_day)
