"""What a containment category makes of an activity: its clauses, our readings, or neither."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zoning.measures.clauses import Regime, Status
from zoning.measures.conditions import Condition, Strength
from zoning.measures.question import Interpretation
from zoning.measures.standing import Standing


@dataclass(frozen=True)
class Local:
    """What the category says.

    Attributes
    ----------
    statuses : tuple of Status
        Of its clauses or its reading; empty where it limits nothing.
    deciding : tuple of str
        Sections that decide.
    conditions : tuple of (Condition, str)
        Each with its section.
    readings : tuple of Interpretation
        What is ours in it.
    is_silent : bool
        Nothing in it speaks of the activity.
    """

    statuses: tuple[Status, ...] = ()
    deciding: tuple[str, ...] = ()
    conditions: tuple[tuple[Condition, str], ...] = ()
    readings: tuple[Interpretation, ...] = ()
    is_silent: bool = False


def local_rule(standing: Standing) -> Local:
    """Return what the category of the question makes of its activity.

    A duty of everyone holds everywhere: no category reaches it.
    """
    if all(clause.is_everywhere for clause in standing.clauses):
        return Local()
    local = _under(standing, standing.memo.regime(standing.category, standing.zone))
    mixed = standing.memo.undivided
    if mixed is None or standing.category is None or standing.zone not in mixed.zones:
        return local
    note = Interpretation(mixed.interpretation, mixed.interpretation_source)
    return replace(local, readings=(*local.readings, note))


def _under(standing: Standing, regime: Regime | None) -> Local:
    if regime is None or not standing.are_in_force(regime.by):
        return Local(is_silent=True)
    here = tuple(clause for clause in standing.clauses if clause.where is regime.category)
    if here:
        sections = tuple(clause.section for clause in here)
        return Local(
            tuple(clause.status for clause in here),
            sections,
            standing.conditions_of(here),
            standing.interpretations_of(sections),
        )
    reading = standing.reading(regime.category)
    if reading is not None and reading.status is not None:
        own = tuple(clause.section for clause in standing.clauses)
        sections = (*reading.by, *own)
        return Local(
            (reading.status,),
            sections,
            tuple((condition, sections[0]) for condition in reading.conditions),
            (
                Interpretation(reading.text, reading.source),
                *standing.interpretations_of(regime.by),
            ),
        )
    ours = standing.interpretations_of(regime.by)
    if regime.interpretation:
        ours = (*ours, Interpretation(regime.interpretation, regime.interpretation_source))
    if regime.as_in is not None:
        return _as_elsewhere(standing, regime, ours)
    if regime.otherwise == Status.PROHIBITED:
        return Local((Status.PROHIBITED,), regime.by, readings=ours)
    if regime.otherwise == Status.ALLOWED:
        return Local((Status.ALLOWED,), regime.by, readings=ours)
    return Local(is_silent=True)


def _as_elsewhere(standing: Standing, regime: Regime, ours: tuple[Interpretation, ...]) -> Local:
    """Return what another category says, in whose place this one stands."""
    there = _under(standing, standing.memo.regime(regime.as_in, standing.zone))
    if regime.strength_percent is None:
        return replace(
            there, deciding=(*regime.by, *there.deciding), readings=(*ours, *there.readings)
        )
    if not any(clause.where is regime.as_in for clause in standing.clauses):
        # The share is one of what that category's own clauses grant.
        return there
    lifted = standing.lifting(regime.by)
    if lifted is not None:
        read = (Interpretation(lifted.text, lifted.source), *ours)
        return replace(there, readings=(*there.readings, *read))
    section = (*regime.by, *there.deciding)[0]
    return replace(
        there,
        statuses=(*there.statuses, Status.CONDITIONAL),
        deciding=(*there.deciding, *regime.by),
        conditions=_at_strength(there.conditions, regime.strength_percent, section),
        readings=(*there.readings, *ours),
    )


def _at_strength(
    conditions: tuple[tuple[Condition, str], ...], percent: float, section: str
) -> tuple[tuple[Condition, str], ...]:
    """Return conditions with a share of the strength: never above a share they had before."""
    rest = tuple(one for one in conditions if not isinstance(one[0], Strength))
    had = [condition for condition, _ in conditions if isinstance(condition, Strength)]
    least = min((percent, *(strength.percent for strength in had)))
    is_alternating = any(strength.is_alternating for strength in had)
    return (*rest, (Strength(least, is_alternating), section))
