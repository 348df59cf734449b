"""What may be withdrawn, until when, and on what that rests: `withdrawals.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from zoning.clock import today_ist
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import day
from zoning.measures.clauses import Status, Where
from zoning.measures.order import Memo

RULE = Path(__file__).with_name("withdrawals.toml")


@dataclass(frozen=True)
class WithdrawalRule:
    """The rule of withdrawals.

    Attributes
    ----------
    subject : str
        Of the provision of an order that they rest on.
    ours, ours_source : str
        What the order leaves open, and what we read it to be.
    review_days, review_at_most_days : int
        Days to the review of a premises where none is named; the most that can be.
    untouched, premises_only : frozenset of str
        Activities that are never withdrawn; those that never are in an area.
    untouched_text, untouched_source : str
        Why.
    """

    subject: str
    ours: str
    ours_source: str
    review_days: int
    review_at_most_days: int
    untouched: frozenset[str]
    premises_only: frozenset[str]
    untouched_text: str
    untouched_source: str


@cache
def withdrawal_rule() -> WithdrawalRule:
    """Return the rule that governs."""
    told = tomllib.loads(RULE.read_text(encoding="utf-8"))
    kept, review = told["untouched"], told["review"]
    return WithdrawalRule(
        told["subject"],
        told["ours"],
        told["ours_source"],
        review["premises_days"],
        review["at_most_days"],
        frozenset(kept["activities"]),
        frozenset(kept["premises_only"]),
        kept["text"],
        kept["source"],
    )


def refuse_untouched(activity: str, memos: tuple[Memo, ...], *, in_area: bool) -> None:
    """Refuse to withdraw what is no relaxation.

    Parameters
    ----------
    activity : str
        Key; empty for all that is permitted at a premises.
    memos : tuple of Memo
        All orders known.
    in_area : bool
        Whether it would be withdrawn in an area, and not for one premises.

    Raises
    ------
    InputError
        If it saves lives or feeds people, is a duty, or is closed everywhere already; if all
        that is permitted would be closed in an area.
    """
    rule = withdrawal_rule()
    if in_area and not activity:
        raise InputError(
            tr("Name the activity that is withdrawn: an area is never closed for everything.")
        )
    if activity in rule.untouched:
        raise InputError(
            tr("{activity} can't be withdrawn. {why}", activity=activity, why=rule.untouched_text)
        )
    if in_area and activity in rule.premises_only:
        raise InputError(
            tr(
                "{activity} can be withdrawn for one premises only, never in an area: people "
                "fall ill there too.",
                activity=activity,
            )
        )
    clauses = [
        memo.clause(section)
        for memo in memos
        for found in [memo.activity(activity)]
        if found is not None
        for section in found.sections
    ]
    if clauses and all(clause.is_duty or clause.is_general for clause in clauses):
        raise InputError(
            tr(
                "{activity} is a duty and no relaxation: name what was permitted and is to end.",
                activity=activity,
            )
        )
    if clauses and all(c.where is Where.STATE and c.status is Status.PROHIBITED for c in clauses):
        raise InputError(
            tr(
                "{activity} is closed everywhere already, so nothing can be withdrawn; name what "
                "was permitted.",
                activity=activity,
            )
        )


def review_of(review_at: datetime | None, at: datetime) -> datetime:
    """Return when a withdrawal is looked at again; for a premises a default stands in.

    Raises
    ------
    InputError
        If it isn't after the withdrawal, or so late that it is no review.
    """
    rule = withdrawal_rule()
    if review_at is None:
        return at + timedelta(days=rule.review_days)
    last = at + timedelta(days=rule.review_at_most_days)
    # The last day counts whole, whatever the hour of the withdrawal.
    if review_at <= at or today_ist(review_at) > today_ist(last):
        raise InputError(
            tr(
                "A review on {day} can't be: name a time after now and by {last}.",
                day=day(today_ist(review_at)),
                last=day(today_ist(last)),
            )
        )
    return review_at
