"""De-notification: whether a booth may leave A, and what stands in the way.

A booth leaves A only by a de-notification order. One falls due on the day N after the
last case of the booth's ground: day N-1 fails, day N passes. That is the same count by
which a policy makes a booth affected, "confirmed in the last N days, the day judged
being one of them": on the first day on which no case of N days is left, day N is reached.

Days count only as far as reports are complete, and belong to the booth, whatever its zone
merged with; what blocks belongs to the zone in which the booth lies today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.judgement.denotification_rule import DenotificationRule
from zoning.model import Bools, Days, Floats, Ints, Texts
from zoning.surveillance.follow_up import FollowUp


@dataclass(frozen=True)
class OrderedBooths:
    """Booths in A by an order, arrays of shape (n,).

    Attributes
    ----------
    last_case_on : Days
        Last day with a case of the booth's ground, up to the day judged; NaT for none.
    reported_through : Days
        Day through which the feeds of its unit are complete; NaT where one never told.
    since : Days
        First day in A by order, through all its zones.
    zone : Texts
        Containment zone in which it lies today.

    Raises
    ------
    InputError
        If a booth has no first day in A.
    """

    last_case_on: Days
    reported_through: Days
    since: Days
    zone: Texts

    def __post_init__(self) -> None:
        if np.isnat(self.since).any():
            raise InputError(
                tr(
                    "A booth of zone {zone} has no first day in A; give the day its order took "
                    "effect.",
                    zone=self.zone[np.isnat(self.since)][0],
                )
            )


@dataclass(frozen=True)
class Blocks:
    """What stands in the way of each booth, Bools of shape (n,)."""

    has_pending_samples: Bools
    is_house_round_short: Bools
    has_open_contacts: Bools
    is_feed_silent: Bools

    @property
    def is_any(self) -> Bools:
        """Return where anything does."""
        return (
            self.has_pending_samples
            | self.is_house_round_short
            | self.has_open_contacts
            | self.is_feed_silent
        )


@dataclass(frozen=True)
class Denotification:
    """State of every booth in A on a day, arrays of shape (n,).

    Attributes
    ----------
    days_without_case : Floats
        Days counted; NaN where no report says how far to count.
    due_on : Days
        Earliest day on which it can fall due, as known on the day judged. An order prints
        it when it is signed; to the public that day is told and never this count, from which
        a new case could be read.
    is_count_reached : Bools
        Day N is reached.
    blocks : Blocks
        What stands in the way, before the count is reached too.
    is_blocked : Bools
        Its day has come, and something stands in the way.
    blocked_since, due_since : Days
        First day of the block, and first day due, that stand; NaT for none.
    blocked_days, overdue_days : Ints
        Days since then; 0 for none.
    is_escalated : Bools
        The block goes to the District Magistrate.
    is_due : Bools
        An order is due.
    is_overdue : Bools
        It is so late that it is escalated.
    zone_position : Ints
        Where the booth's zone stands in the register.
    """

    days_without_case: Floats
    due_on: Days
    is_count_reached: Bools
    blocks: Blocks
    is_blocked: Bools
    blocked_since: Days
    blocked_days: Ints
    is_escalated: Bools
    is_due: Bools
    due_since: Days
    overdue_days: Ints
    is_overdue: Bools
    zone_position: Ints


def still_affected(is_affected: Bools, is_ordered: Bools, is_denotified: Bools) -> Bools:
    """Return the booths that are A once orders are in force, shape (n,).

    Parameters
    ----------
    is_affected : Bools
        A by the policy today, shape (n,): these are A whatever was ordered.
    is_ordered : Bools
        A by an order that stands, shape (n,).
    is_denotified : Bools
        Released by a de-notification order after that, shape (n,).
    """
    return is_affected | (is_ordered & ~is_denotified)


def earliest_due_on(last_case_on: Days, since: Days, rule: DenotificationRule) -> Days:
    """Return the day N after the last case, and never before the booth was in A; shape (n,).

    Where no case is known, as in a booth drawn in with its zone or for a survey, the
    count begins with its first day in A.
    """
    begins = np.where(np.isnat(last_case_on), since, last_case_on)
    return np.maximum(begins + np.timedelta64(rule.days_without_case, "D"), since)


def denotification(
    on: date,
    booths: OrderedBooths,
    register: FollowUp,
    rule: DenotificationRule,
    blocked_since: Days | None = None,
    due_since: Days | None = None,
) -> Denotification:
    """Return the state of every booth in A on a day.

    Parameters
    ----------
    on : date
        Day judged.
    booths : OrderedBooths
        The booths in A.
    register : FollowUp
        What the register says of today's zones.
    rule : DenotificationRule
        Of the policy that governs.
    blocked_since, due_since : Days or None
        As they were when the same booths were last judged, shape (n,); NaT for none. Without
        them a block, and an order that is due, are taken to stand since `due_on`: the longest
        that can be.

    Raises
    ------
    InputError
        If the register knows nothing of a booth's zone.
    """
    day = np.datetime64(on, "D")
    begins = np.where(np.isnat(booths.last_case_on), booths.since, booths.last_case_on)
    # NaT where never reported: fmin would take the day judged, and silence would count.
    counted_to = np.minimum(booths.reported_through, day)
    is_known = ~np.isnat(counted_to)
    elapsed = (counted_to - begins).astype("timedelta64[D]").astype(np.int64)
    days = np.where(is_known, np.maximum(elapsed, 0), np.nan)
    due_on = earliest_due_on(booths.last_case_on, booths.since, rule)
    is_reached = days >= rule.days_without_case
    zone_position = _positions(booths.zone, register)
    blocks = _blocks(day, booths, register, zone_position, rule)
    is_stopped = blocks.is_any
    has_come = day >= due_on
    is_blocked = is_stopped & has_come
    is_due = is_reached & ~is_stopped & has_come
    blocked_from = _stands_since(day, is_blocked, due_on, blocked_since)
    due_from = _stands_since(day, is_due, due_on, due_since)
    blocked_days, overdue_days = _days_since(day, blocked_from), _days_since(day, due_from)
    return Denotification(
        days_without_case=days,
        due_on=due_on,
        is_count_reached=is_reached,
        blocks=blocks,
        is_blocked=is_blocked,
        blocked_since=blocked_from,
        blocked_days=blocked_days,
        is_escalated=blocked_days > rule.block_escalates_after_days,
        is_due=is_due,
        due_since=due_from,
        overdue_days=overdue_days,
        is_overdue=overdue_days > rule.overdue_after_days,
        zone_position=zone_position,
    )


def _positions(zone: Texts, register: FollowUp) -> Ints:
    known, asked = register.zone_id.astype(str), zone.astype(str)
    position = np.searchsorted(known, asked)
    missing = np.flatnonzero(~np.isin(asked, known))
    if len(missing):
        raise InputError(
            tr(
                "The register of rounds, contacts and samples has no zone {zone}; judge it with "
                "all of today's zones.",
                zone=asked[missing[0]],
            )
        )
    return position.astype(np.int64)


def _blocks(
    day: np.datetime64,
    booths: OrderedBooths,
    register: FollowUp,
    position: Ints,
    rule: DenotificationRule,
) -> Blocks:
    percent = register.house_round_percent[position]
    behind = (day - booths.reported_through).astype(np.int64)
    return Blocks(
        has_pending_samples=register.pending_samples[position] > 0,
        # A zone without a round isn't one whose houses were all visited.
        is_house_round_short=~(percent >= rule.house_round_min_percent),
        has_open_contacts=register.open_contacts[position] > 0,
        is_feed_silent=np.isnat(booths.reported_through) | (behind > rule.silent_after_days),
    )


def _stands_since(day: np.datetime64, is_so: Bools, due_on: Days, earlier: Days | None) -> Days:
    since = due_on
    if earlier is not None:
        # What stood before a newer case is over, also where nobody judged in between.
        since = np.where(np.isnat(earlier), day, np.maximum(earlier, due_on))
    return np.where(is_so, since, np.datetime64("NaT", "D")).astype("datetime64[D]")


def _days_since(day: np.datetime64, since: Days) -> Ints:
    elapsed = (day - since).astype("timedelta64[D]").astype(np.int64)
    return np.where(np.isnat(since), 0, elapsed)
