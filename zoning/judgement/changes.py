"""What a proposal changes in each unit: tightening at once, relaxing slowly (domain rule 6).

In one sentence: a stricter result takes effect now; a milder one only after
enough complete days in a row on which the unit was milder, both as known now
and as known then, and not on a day when its cases rose; what is missing or
unclassified never relaxes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from zoning.judgement.relaxing import RelaxingRule
from zoning.model import Bools, Days, Ints, Texts, Zone

# No order says anything of the unit, or nobody knows what to say.
NO_ZONE = Zone.UNCLASSIFIED.value


class ChangeKind(StrEnum):
    """What becomes of a unit; `KEPT_UNTIL` and `REFUSED` are milder results that change nothing."""

    TIGHTEN = "tighten"
    RELAX = "relax"
    KEPT_UNTIL = "kept_until"
    REFUSED = "refused"
    SAME = "same"
    FIRST = "first"
    UNCLASSIFIED = "unclassified"


class ChangeReason(StrEnum):
    """Why; `changes_words` has the sentences."""

    STRICTER = "stricter"
    FLOOR_ABOVE = "floor_above"
    HELD = "held"
    HELD_PARTLY = "held_partly"
    HELD_TO_FLOOR = "held_to_floor"
    TOO_FEW_DAYS = "too_few_days"
    INCOMPLETE = "incomplete"
    WORST_DIFFERS = "worst_differs"
    BACK_FILED = "back_filed"
    ROSE = "rose"
    FLOOR = "floor"
    OTHER_LEVELS = "other_levels"
    SAME = "same"
    FIRST = "first"
    FIRST_FLOOR = "first_floor"
    UNCLASSIFIED = "unclassified"


# With these the zone of a unit becomes the one proposed; with any other it stays in force.
CHANGING = (ChangeKind.TIGHTEN, ChangeKind.RELAX, ChangeKind.FIRST)


@dataclass(frozen=True)
class JudgedDays:
    """What a rule says of n units on d days in a row, the last of them the day judged; (d, n).

    Attributes
    ----------
    on : Days
        The days, shape (d,).
    zone, zone_worst : Texts
        Levels of the rule, or `unclassified`, as known now.
    active, new_cases : Ints
        Active cases, and new ones of the growth window, on each day; -1 without a case feed.
    is_complete : Bools
        Whether the feeds of the unit are complete through the day.
    zone_then : Texts
        Zone of each day as it was known when it was the day judged; empty where nothing was.
    """

    on: Days
    zone: Texts
    zone_worst: Texts
    active: Ints
    new_cases: Ints
    is_complete: Bools
    zone_then: Texts


@dataclass(frozen=True)
class Changes:
    """What becomes of each unit, arrays of shape (n,).

    Attributes
    ----------
    kind, reason : Texts
        `ChangeKind` and `ChangeReason` values.
    proposed : Texts
        Zone that the unit is to have; what is in force where nothing changes.
    days_milder : Ints
        Complete days in a row, up to the day judged, that were milder than what is in force.
    earliest_on : Days
        First day judged on which it could be relaxed; NaT where no day can be named.
    active_before, new_before : Ints
        Active and new cases on the day before the day judged.
    """

    kind: Texts
    reason: Texts
    proposed: Texts
    days_milder: Ints
    earliest_on: Days
    active_before: Ints
    new_before: Ints


def changes(
    in_force: Texts,
    floor: Texts,
    days: JudgedDays,
    levels: Sequence[str],
    rule: RelaxingRule,
) -> Changes:
    """Return what a proposal changes.

    Parameters
    ----------
    in_force : Texts
        Zone in force, `unclassified` where no order says one; shape (n,).
    floor : Texts
        Mildest zone that a higher authority allows, empty for none; shape (n,).
    days : JudgedDays
        The day judged and those before it, at least `rule.days_looked_at` of them.
    levels : sequence of str
        Levels of the rule, from mildest to strictest.
    rule : RelaxingRule
        How slowly.

    Raises
    ------
    ValueError
        If too few days are given.
    """
    if len(days.on) < rule.days_looked_at:
        raise ValueError(f"{len(days.on)} days are given, {rule.days_looked_at} are needed")
    needed = rule.consecutive_complete_days
    stands, least = _ranks(in_force, levels), _ranks(floor, levels)
    today = _ranks(days.zone[-1], levels)
    as_now = np.maximum(_ranks(days.zone, levels), _ranks(days.zone_worst, levels))[-needed:]
    # A day that nobody could classify has been no milder one.
    as_now[(days.zone == NO_ZONE)[-needed:]] = len(levels)
    as_known = np.maximum(as_now, _ranks(days.zone_then, levels)[-needed:])

    was_milder = np.asarray((as_now < stands).all(axis=0))
    held = _lasting(as_known < stands)
    lasted = held.sum(axis=0)
    is_complete = np.asarray(days.is_complete[-needed:].all(axis=0))
    rose = _rose(days.active) | _rose(days.new_cases)
    has_none = np.asarray(in_force == NO_ZONE)
    is_known = today >= 0
    is_milder = is_known & (stands >= 0) & (today < stands)
    # The strictest of those days is what has lasted all through them.
    strictest = as_known.max(axis=0)
    lasting = np.maximum(strictest, least)
    # A floor in words that the rule doesn't know can't be compared, so it isn't gone below.
    is_strange = (stands < 0) | ((floor != "") & (least < 0))
    proposed = np.where(is_known, np.maximum(today, least), least)

    kind = np.full(len(in_force), ChangeKind.SAME.value, dtype=object)
    reason = np.full(len(in_force), ChangeReason.SAME.value, dtype=object)
    earliest_on = np.full(len(in_force), np.datetime64("NaT"), dtype="datetime64[D]")
    is_open = np.ones(len(in_force), dtype=bool)

    def take(chosen: Bools, what: ChangeKind, why: ChangeReason) -> Bools:
        """Settle the units chosen that nothing before has settled, and return which."""
        now = is_open & chosen
        kind[now], reason[now] = what.value, why.value
        is_open[now] = False
        return now

    take(has_none & (least > today), ChangeKind.FIRST, ChangeReason.FIRST_FLOOR)
    take(has_none & is_known, ChangeKind.FIRST, ChangeReason.FIRST)
    is_below = (stands >= 0) & (least > np.maximum(today, stands))
    take(is_below, ChangeKind.TIGHTEN, ChangeReason.FLOOR_ABOVE)
    take(~is_known, ChangeKind.UNCLASSIFIED, ChangeReason.UNCLASSIFIED)
    take((stands >= 0) & (today > stands), ChangeKind.TIGHTEN, ChangeReason.STRICTER)
    take(is_strange, ChangeKind.REFUSED, ChangeReason.OTHER_LEVELS)
    take(~is_milder, ChangeKind.SAME, ChangeReason.SAME)
    is_doubtful = np.asarray(days.zone_worst[-1] != days.zone[-1])
    take(is_doubtful, ChangeKind.REFUSED, ChangeReason.WORST_DIFFERS)
    waits = take(~was_milder, ChangeKind.KEPT_UNTIL, ChangeReason.TOO_FEW_DAYS)
    waits |= take(lasted < needed, ChangeKind.REFUSED, ChangeReason.BACK_FILED)
    earliest_on[waits] = days.on[-1] + (needed - lasted[waits])
    late = take(~is_complete, ChangeKind.KEPT_UNTIL, ChangeReason.INCOMPLETE)
    earliest_on[late] = days.on[-1]
    risen = take(rose, ChangeKind.REFUSED, ChangeReason.ROSE)
    earliest_on[risen] = days.on[-1] + 1
    take(least >= stands, ChangeKind.REFUSED, ChangeReason.FLOOR)
    take(least > strictest, ChangeKind.RELAX, ChangeReason.HELD_TO_FLOOR)
    take(lasting > today, ChangeKind.RELAX, ChangeReason.HELD_PARTLY)
    take(is_open, ChangeKind.RELAX, ChangeReason.HELD)

    proposed = np.where(kind == ChangeKind.RELAX.value, lasting, proposed)
    is_change = np.isin(kind.astype(str), [c.value for c in CHANGING])
    names = np.array([*levels, NO_ZONE], dtype=object)
    return Changes(
        kind=kind,
        reason=reason,
        proposed=np.where(is_change, names[np.minimum(proposed, len(levels))], in_force),
        days_milder=(held & days.is_complete[-needed:]).sum(axis=0),
        earliest_on=earliest_on,
        active_before=days.active[-2],
        new_before=days.new_cases[-2],
    )


def zones_to_order(
    unit_id: Texts,
    in_force: Texts,
    proposed: Texts,
    kinds: Texts,
    overrides: Mapping[str, str],
) -> Texts:
    """Return the zone of each unit that an order is to declare, shape (n,).

    What is proposed counts only where the kind of change allows it; an officer's
    decision counts before either.

    Parameters
    ----------
    unit_id, in_force, proposed, kinds : Texts
        As in `Changes`, shape (n,); a unit without order is `unclassified` in force.
    overrides : mapping of str to str
        Zone that an officer decided on, by unit.

    Returns
    -------
    Texts
        `unclassified` where the order has nothing to say of a unit.
    """
    is_change = np.isin(kinds.astype(str), [c.value for c in CHANGING])
    zones = np.where(is_change, proposed, in_force).astype(object)
    for at in np.flatnonzero(np.isin(unit_id.astype(str), list(overrides))):
        zones[at] = overrides[unit_id[at]]
    return zones


def _ranks(zone: Texts, levels: Sequence[str]) -> Ints:
    """Return the place of each zone among the levels, -1 for what is none of them."""
    rank = np.full(zone.shape, -1, dtype=np.int64)
    for place, level in enumerate(levels):
        rank[zone == level] = place
    return rank


def _lasting(is_so: Bools) -> Bools:
    """Return on which days something is so and has been on all later ones, shape (d, n)."""
    return np.asarray(np.logical_and.accumulate(is_so[::-1], axis=0)[::-1])


def _rose(count: Ints) -> Bools:
    return np.asarray((count[-2] >= 0) & (count[-1] > count[-2]))
