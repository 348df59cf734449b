"""Why a proposal changes a unit, or doesn't: one sentence each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from zoning.i18n import forms
from zoning.i18n.catalogue import marked, tr, tr_n
from zoning.judgement.changes import ChangeKind, ChangeReason, Changes, JudgedDays
from zoning.judgement.phrases import zone_word
from zoning.judgement.relaxing import RelaxingRule
from zoning.model import Texts

KIND_WORDS = {
    ChangeKind.TIGHTEN: marked("tighten"),
    ChangeKind.RELAX: marked("relax"),
    ChangeKind.KEPT_UNTIL: marked("milder, not yet long enough"),
    ChangeKind.REFUSED: marked("milder, not to be relaxed"),
    ChangeKind.SAME: marked("no change"),
    ChangeKind.FIRST: marked("first order"),
    ChangeKind.UNCLASSIFIED: marked("unclassified, stays"),
}


def kind_word(kind: str) -> str:
    """Return the words for a kind of change."""
    return tr(KIND_WORDS[ChangeKind(kind)])


def change_sentences(
    found: Changes, days: JudgedDays, in_force: Texts, floor: Texts, rule: RelaxingRule
) -> Texts:
    """Return why each unit changes or doesn't, shape (n,).

    Parameters
    ----------
    found : Changes
        What becomes of the units.
    days : JudgedDays
        The days judged.
    in_force, floor : Texts
        As given to `changes`, shape (n,).
    rule : RelaxingRule
        How slowly.
    """
    sentences = np.empty(len(found.kind), dtype=object)
    known: dict[tuple[Any, ...], str] = {}
    for at, reason in enumerate(found.reason):
        unit = _Unit(
            in_force=in_force[at],
            today=days.zone[-1, at],
            worst=days.zone_worst[-1, at],
            proposed=found.proposed[at],
            floor=floor[at],
            days=int(found.days_milder[at]),
            needed=rule.consecutive_complete_days,
            earliest_on=found.earliest_on[at].item(),
            active=(int(found.active_before[at]), int(days.active[-1, at])),
            new=(int(found.new_before[at]), int(days.new_cases[-1, at])),
        )
        # Most units of a state say the same.
        key = (reason, unit)
        if key not in known:
            known[key] = _SENTENCES[ChangeReason(reason)](unit)
        sentences[at] = known[key]
    return sentences


@dataclass(frozen=True)
class _Unit:
    in_force: str
    today: str
    worst: str
    proposed: str
    floor: str
    days: int
    needed: int
    earliest_on: date | None
    active: tuple[int, int]
    new: tuple[int, int]


def _stricter(unit: _Unit) -> str:
    return tr(
        "{today} is stricter than {in_force}, which is in force: tightening is at once",
        today=zone_word(unit.today),
        in_force=zone_word(unit.in_force),
    )


def _floor_above(unit: _Unit) -> str:
    return tr(
        "a higher authority allows nothing milder than {floor}, and {in_force} is in force",
        floor=zone_word(unit.floor),
        in_force=zone_word(unit.in_force),
    )


def _held(unit: _Unit) -> str:
    return tr_n(
        "{proposed} or milder on {n} complete day",
        "{proposed} or milder on {n} complete days in a row",
        unit.days,
        proposed=zone_word(unit.proposed),
    )


def _held_partly(unit: _Unit) -> str:
    return tr_n(
        "{today} today, but only {proposed} or milder on the {n} complete day that counts",
        "{today} today, but only {proposed} or milder on all of the last {n} complete days",
        unit.days,
        today=zone_word(unit.today),
        proposed=zone_word(unit.proposed),
    )


def _held_to_floor(unit: _Unit) -> str:
    return tr(
        "{today}, but a higher authority allows nothing milder than {floor}",
        today=zone_word(unit.today),
        floor=zone_word(unit.floor),
    )


def _too_few_days(unit: _Unit) -> str:
    return tr(
        "complete days in a row milder than {in_force}: {days} of {needed}; on {earliest} at the "
        "earliest",
        in_force=zone_word(unit.in_force),
        days=unit.days,
        needed=unit.needed,
        earliest=_day(unit.earliest_on),
    )


def _incomplete(unit: _Unit) -> str:
    return tr(
        "the case feed isn't complete; complete days in a row milder than {in_force}: {days} of "
        "{needed}",
        in_force=zone_word(unit.in_force),
        days=unit.days,
        needed=unit.needed,
    )


def _worst_differs(unit: _Unit) -> str:
    return tr(
        "{today}, but {worst} if the missing figures were critical: what is missing never relaxes",
        today=zone_word(unit.today),
        worst=zone_word(unit.worst),
    )


def _back_filed(unit: _Unit) -> str:
    return tr_n(
        "milder only because old rows were brought in late: as known then, {n} day in a row was "
        "milder than {in_force}; on {earliest} at the earliest",
        "milder only because old rows were brought in late: as known then, {n} days in a row were "
        "milder than {in_force}; on {earliest} at the earliest",
        unit.days,
        in_force=zone_word(unit.in_force),
        earliest=_day(unit.earliest_on),
    )


def _rose(unit: _Unit) -> str:
    if unit.active[1] > unit.active[0] >= 0:
        return tr(
            "milder, but active cases rose from {before} to {after} on the day judged",
            before=forms.number(unit.active[0]),
            after=forms.number(unit.active[1]),
        )
    return tr(
        "milder, but new cases of the week rose from {before} to {after} on the day judged",
        before=forms.number(unit.new[0]),
        after=forms.number(unit.new[1]),
    )


def _floor(unit: _Unit) -> str:
    return tr(
        "{today}, but without its concurrence a higher authority allows nothing milder than "
        "{floor}",
        today=zone_word(unit.today),
        floor=zone_word(unit.floor),
    )


def _other_levels(unit: _Unit) -> str:
    return tr(
        "{in_force} is in force, which this rule set can't be compared with; decide it yourself",
        in_force=zone_word(unit.in_force),
    )


def _same(unit: _Unit) -> str:
    return tr("{zone} is in force and stays", zone=zone_word(unit.in_force))


def _first(unit: _Unit) -> str:
    return tr("no order says anything of it yet: {zone}", zone=zone_word(unit.proposed))


def _first_floor(unit: _Unit) -> str:
    return tr(
        "no order says anything of it yet; a higher authority allows nothing milder than {floor}",
        floor=zone_word(unit.floor),
    )


def _unclassified(unit: _Unit) -> str:
    if unit.in_force == unit.proposed == ChangeKind.UNCLASSIFIED.value:
        return tr("unclassified, and no order says anything of it")
    return tr(
        "unclassified changes nothing: {zone} is in force and stays", zone=zone_word(unit.in_force)
    )


def _day(day: date | None) -> str:
    return tr("unknown") if day is None else forms.day(day)


_SENTENCES: dict[ChangeReason, Callable[[_Unit], str]] = {
    ChangeReason.STRICTER: _stricter,
    ChangeReason.FLOOR_ABOVE: _floor_above,
    ChangeReason.HELD: _held,
    ChangeReason.HELD_PARTLY: _held_partly,
    ChangeReason.HELD_TO_FLOOR: _held_to_floor,
    ChangeReason.TOO_FEW_DAYS: _too_few_days,
    ChangeReason.INCOMPLETE: _incomplete,
    ChangeReason.WORST_DIFFERS: _worst_differs,
    ChangeReason.BACK_FILED: _back_filed,
    ChangeReason.ROSE: _rose,
    ChangeReason.FLOOR: _floor,
    ChangeReason.OTHER_LEVELS: _other_levels,
    ChangeReason.SAME: _same,
    ChangeReason.FIRST: _first,
    ChangeReason.FIRST_FLOOR: _first_floor,
    ChangeReason.UNCLASSIFIED: _unclassified,
}
