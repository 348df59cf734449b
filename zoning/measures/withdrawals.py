"""Relaxations that were withdrawn: which stand at a moment, whom they reach, what they answer.

A withdrawal stands from its moment until it is restored. A review that is due ends nothing:
whoever forgets it relaxes nothing by that.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from zoning.measures.order import Memo
from zoning.measures.question import Answer, Answered, Cited, Interpretation, Withdrawn
from zoning.measures.withdrawal_rule import WithdrawalRule, withdrawal_rule


class Scope(StrEnum):
    """What a withdrawal closes: one premises, or an activity in all of an area."""

    PREMISES = "premises"
    AREA = "area"


@dataclass(frozen=True)
class Restored:
    """The end of a withdrawal."""

    reason: str
    effective_at: datetime
    at: datetime
    by: str


@dataclass(frozen=True)
class Withdrawal:
    """One relaxation that was withdrawn.

    Attributes
    ----------
    withdrawal_id, deviation_id : int
        Its own number in the register, and that of the deviation behind it.
    number : str
        As it is cited, such as `V-20200525-001`.
    scope : Scope
        What it closes.
    unit_id : str
        Where the premises lie; for an area the unit, of any level, that it is.
    premises : str
        Name of the premises; empty for an area.
    activity : str
        Key of what is closed; empty for all that is permitted at the premises.
    reason : str
        Why.
    effective_at, review_at : datetime
        From when, and when it is looked at again.
    at : datetime
        When it was decided.
    by : str
        By whom.
    restored : Restored or None
        Its end; None while nobody has restored it.
    """

    withdrawal_id: int
    deviation_id: int
    number: str
    scope: Scope
    unit_id: str
    premises: str
    activity: str
    reason: str
    effective_at: datetime
    review_at: datetime
    at: datetime
    by: str
    restored: Restored | None = None


@dataclass(frozen=True)
class Spot:
    """Where an activity is asked for.

    Attributes
    ----------
    unit_ids : frozenset of str
        The unit and all above it.
    premises : str
        Name of the premises; empty for anywhere in the unit.
    """

    unit_ids: frozenset[str]
    premises: str = ""


def stands(withdrawal: Withdrawal, at: datetime) -> bool:
    """Return whether a withdrawal was decided, has taken effect and isn't restored at a moment."""
    if at < max(withdrawal.at, withdrawal.effective_at):
        return False
    return withdrawal.restored is None or at < withdrawal.restored.effective_at


def is_review_due(withdrawal: Withdrawal, at: datetime) -> bool:
    """Return whether a withdrawal stands at a moment and should have been looked at by then."""
    return stands(withdrawal, at) and withdrawal.review_at <= at


def same_premises(one: str, other: str) -> bool:
    """Return whether two names mean one premises: case, spaces and points don't count."""
    return bool(_plain(one)) and _plain(one) == _plain(other)


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    # Marks are parts of letters in Indian scripts, and stay.
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LNM")


def standing_at(
    withdrawals: Iterable[Withdrawal], spot: Spot, at: datetime
) -> tuple[Withdrawal, ...]:
    """Return the withdrawals that stand at a place and a moment, whatever the activity.

    The sequence they are given in never matters.
    """
    here = (w for w in withdrawals if stands(w, at) and _reaches_place(w, spot))
    return tuple(sorted(here, key=lambda w: (w.effective_at, w.number)))


def _reaches_place(withdrawal: Withdrawal, spot: Spot) -> bool:
    if withdrawal.unit_id not in spot.unit_ids:
        return False
    return withdrawal.scope is Scope.AREA or same_premises(withdrawal.premises, spot.premises)


def follow(
    told: Answer,
    withdrawals: Iterable[Withdrawal],
    memos: tuple[Memo, ...],
    *,
    with_reasons: bool = False,
) -> Answer:
    """Return an answer as it follows the withdrawals that stand where it is asked.

    Parameters
    ----------
    told : Answer
        What the orders say.
    withdrawals : iterable of Withdrawal
        From `standing_at` for the place and moment of the question.
    memos : tuple of Memo
        All orders known, for what is a kind of what.
    with_reasons : bool
        Whether reasons are told, which an officer wrote for officers; the public is told
        the number, what is closed and the review.

    Returns
    -------
    Answer
        `prohibited` where one closes the activity. What isn't addressed stays so: without an
        order in force there is no relaxation. Duties, emergencies and essentials are untouched.
    """
    rule, asked = withdrawal_rule(), told.question.activity
    if told.is_duty or asked in rule.untouched:
        return told
    found = [
        Withdrawn(
            number=w.number,
            scope=w.scope.value,
            activity=w.activity,
            reason=w.reason if with_reasons else "",
            effective_at=w.effective_at,
            review_at=w.review_at,
            is_in_part=not _closes(w.activity, asked, memos),
        )
        for w in withdrawals
        if _closes(w.activity, asked, memos) or _closes(asked, w.activity, memos)
    ]
    if not found:
        return told
    beside = replace(told, withdrawals=tuple(found))
    is_closed = any(not one.is_in_part for one in found)
    if told.silence is not None or not is_closed:
        return beside
    if told.status is Answered.PROHIBITED and not told.exceeded:
        return beside
    return _closed(beside, rule)


def _closes(withdrawn: str, asked: str, memos: tuple[Memo, ...]) -> bool:
    """Return whether what is withdrawn is what is asked for, or all of which that is a kind."""
    if withdrawn in ("", asked):
        return True
    for memo in memos:
        activity = memo.activity(asked)
        sections = () if activity is None else activity.sections
        if any(memo.clause(section).activity == withdrawn for section in sections):
            return True
    return False


def _closed(told: Answer, rule: WithdrawalRule) -> Answer:
    ground = tuple(
        Cited(memo.number, provision.section, provision.text, is_deciding=True)
        for memo in told.memos
        for provision in memo.provisions
        if provision.subject == rule.subject
    )
    return replace(
        told,
        status=Answered.PROHIBITED,
        is_withdrawn=True,
        conditions=(),
        clauses=(*ground, *(replace(cited, is_deciding=False) for cited in told.clauses)),
        interpretations=(
            *told.interpretations,
            Interpretation(rule.ours, rule.ours_source),
            Interpretation(rule.untouched_text, rule.untouched_source),
        ),
    )
