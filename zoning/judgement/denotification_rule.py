"""What a policy of delineation asks before a booth may leave A."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zoning.surveillance.follow_up import FollowUpTerms

ALL_PERCENT = 100


@dataclass(frozen=True)
class DenotificationRule:
    """When de-notification of a booth falls due, and who hears of delay.

    Attributes
    ----------
    days_without_case : int
        Days without a new case; it falls due on this day after the last one.
    house_round_min_percent : float
        Share of the houses that a round must have reached.
    follow_up : FollowUpTerms
        What the register of contacts and rounds must show.
    silent_after_days : int
        Days without report after which a feed is silent.
    block_escalates_after_days : int
        A block of more days goes to the District Magistrate.
    overdue_after_days : int
        An order that is due for more days is escalated.
    """

    days_without_case: int
    house_round_min_percent: float
    follow_up: FollowUpTerms
    silent_after_days: int
    block_escalates_after_days: int
    overdue_after_days: int


def read_denotification(data: dict[str, Any], silent_after_days: int) -> DenotificationRule:
    """Return the rule of a `[denotification]` table; `silent_after_days` is the zoning rule's.

    Raises
    ------
    KeyError
        If an entry is missing.
    TypeError
        If there is one that nothing reads.
    ValueError
        If a number is out of its range.
    """
    rest = dict(data)
    terms = {
        key: _days(rest.pop(key), key, least=1)
        for key in (
            "house_round_within_days",
            "contacts_followed_days",
            "contact_attempts_to_close",
        )
    }
    percent = float(rest.pop("house_round_min_percent"))
    if not 0 < percent <= ALL_PERCENT:
        raise ValueError(f"denotification.house_round_min_percent = {percent}")
    days = _days(rest.pop("days_without_case"), "days_without_case", least=1)
    blocked = _days(rest.pop("block_escalates_after_days"), "block_escalates_after_days", least=0)
    overdue = _days(rest.pop("overdue_after_days"), "overdue_after_days", least=0)
    if rest:
        raise TypeError(f"denotification.{min(rest)}")
    return DenotificationRule(
        days_without_case=days,
        house_round_min_percent=percent,
        follow_up=FollowUpTerms(**terms),
        silent_after_days=silent_after_days,
        block_escalates_after_days=blocked,
        overdue_after_days=overdue,
    )


def _days(value: Any, key: str, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(f"denotification.{key} = {value!r}")
    return value
