"""What the containment screen and commands ask for: zones in force, what-if, alarms, release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.judgement.containment import KnownZone, carry_on
from zoning.judgement.policy import Policy, load_policy
from zoning.model import Category, Classification, Indices, Texts
from zoning.rules.rulebook import Rule, load_rule
from zoning.settings import Settings
from zoning.store.engine import Store
from zoning.store.orders import OrderRecord
from zoning.workflow.alarms import Alarms, alarms_in
from zoning.workflow.containment import as_date, delineate_on, divides
from zoning.workflow.denotifying import Board, board_in
from zoning.workflow.divided import Divided, in_force
from zoning.workflow.ground import GroundShelf
from zoning.workflow.judging import judge_placed
from zoning.workflow.part import part_of
from zoning.workflow.present import Present, present
from zoning.workflow.weighing import DrawnZones, draw_zones

# Serials that no day has given, so that a zone thought of is never taken for one in force.
_NEVER_GIVEN = 100_000


@dataclass(frozen=True, eq=False)
class Containment:
    """Containment at a moment, for officers.

    Attributes
    ----------
    now : Present
        What is in force on which ground.
    zones : DrawnZones
        Containment zones in force and what they cost.
    board : Board
        Where each booth in A stands on its way out.
    alarms : Alarms
        First cases.
    orders : tuple of OrderRecord
        Behind the categories in force.
    is_part : bool
        Whether figures are of the area of whoever looks alone.
    through : np.datetime64
        Day through which the unit that reported last is complete, of those that are seen; NaT
        where none is.
    """

    now: Present
    zones: DrawnZones
    board: Board
    alarms: Alarms
    orders: tuple[OrderRecord, ...]
    is_part: bool
    through: np.datetime64


@dataclass(frozen=True)
class WhatIf:
    """What is to be thought through.

    Attributes
    ----------
    rule_id : str
        Rule set for the zones; empty for the zones in force.
    policy_id : str
        What makes a booth affected; empty for the policy in force.
    buffer_m : float or None
        Width of the buffer in metres; the one in force if None.
    on : date or None
        Day judged; by default the last complete one.
    """

    rule_id: str = ""
    policy_id: str = ""
    buffer_m: float | None = None
    on: date | None = None


@dataclass(frozen=True, eq=False)
class Thought:
    """A what-if beside what is in force; the units and booths of both are in one order.

    Attributes
    ----------
    asked : WhatIf
        The question.
    policy : Policy
        Applied.
    buffer_m : float
        Applied, in metres.
    zone, zone_in_force : Texts
        Zone of each unit that is seen, thought of and in force, shape (n_seen,).
    present, thought : DrawnZones
        In force; thought of. Booths that are A by order stay A in both.
    """

    asked: WhatIf
    policy: Policy
    buffer_m: float
    zone: Texts
    zone_in_force: Texts
    present: DrawnZones
    thought: DrawnZones

    def moved(self) -> dict[tuple[str, str], int]:
        """Return how many booths change from one category to another; empty for none."""
        before, after = self.present.divided.category, self.thought.divided.category
        pairs, n = np.unique(
            np.column_stack([before, after]).astype(str), axis=0, return_counts=True
        )
        return {
            (one, other): int(count)
            for (one, other), count in zip(pairs.tolist(), n, strict=True)
            if one != other
        }


def containment(
    store: Store,
    settings: Settings,
    shelf: GroundShelf,
    at: datetime,
    seen: frozenset[str] | None = None,
) -> Containment:
    """Return containment at a moment, as somebody sees it.

    Parameters
    ----------
    store : Store
        The database.
    settings : Settings
        Tell which corporations delineate themselves.
    shelf : GroundShelf
        Where grounds are kept.
    at : datetime
        The moment.
    seen : frozenset of str or None
        Units whose figures are seen, of every level; None for all. A zone that goes on beyond
        them is shown with its part there.

    Raises
    ------
    InputError
        If no boundaries are known.
    """
    with store.reading() as session:
        now = present(session, shelf, at)
        part = part_of(now, seen)
        known = now.reported_through if part is None else now.reported_through[part.units]
        known = known[~np.isnat(known)]
        alarms = alarms_in(session, now.units, now.placed, at)
        return Containment(
            now=now,
            zones=draw_zones(session, now, in_force(now), settings.self_delineating_ids, part),
            board=board_in(session, now, part),
            alarms=alarms if part is None else alarms.of_units(part.units),
            orders=tuple(now.standing.orders.values()),
            is_part=part is not None,
            through=known.max() if len(known) else np.datetime64("NaT", "D"),
        )


def what_if(
    store: Store,
    settings: Settings,
    shelf: GroundShelf,
    at: datetime,
    asked: WhatIf,
    seen: frozenset[str] | None = None,
) -> Thought:
    """Return what another rule, policy or buffer would mean, beside what is in force.

    Nothing is kept. Booths that are A by order stay A: only a release takes them out. It is thought
    through for all the ground; of what comes out, the part in the units that are seen is told.

    Raises
    ------
    SeemanaError
        If the rule or policy is unknown, the rule doesn't divide, or the buffer is no width.
    """
    policy = load_policy(asked.policy_id) if asked.policy_id else None
    rule = load_rule(asked.rule_id) if asked.rule_id else None
    with store.reading() as session:
        now = present(session, shelf, at)
        policy = policy or now.governing
        buffer_m = now.buffer_m if asked.buffer_m is None else policy.buffer(asked.buffer_m)
        result = None
        if rule is not None:
            _refuse_undivided(rule)
            result = judge_placed(session, now.everything, now.placed, rule, asked.on, at)
        on = _day(now, asked, result)
        drawn = delineate_on(
            now.ground,
            now.zone if result is None else result.zone,
            now.placed,
            policy,
            buffer_m,
            on,
            now.standing.affected(),
            is_trial=buffer_m != now.buffer_m,
        )
        thought = Divided(
            policy,
            buffer_m,
            drawn.result.category,
            drawn.result.watch,
            drawn.result.needs_survey,
            drawn.label,
            zone_ids_thought(now, drawn.label, as_date(on)),
            drawn.counts,
        )
        own, part = settings.self_delineating_ids, part_of(now, seen)
        is_seen = np.ones(len(now.units), dtype=bool) if part is None else part.units
        return Thought(
            asked=asked,
            policy=policy,
            buffer_m=buffer_m,
            zone=(now.zone if result is None else result.zone)[is_seen],
            zone_in_force=now.zone[is_seen],
            present=draw_zones(session, now, in_force(now), own, part),
            thought=draw_zones(session, now, thought, own, part),
        )


def _day(now: Present, asked: WhatIf, result: Classification | None) -> np.datetime64:
    if result is not None:
        return result.on
    if asked.on is not None:
        return np.datetime64(asked.on, "D")
    known = now.reported_through[~np.isnat(now.reported_through)]
    today = np.datetime64(now.on, "D")
    return min(np.datetime64(known.max(), "D"), today) if len(known) else today


def zone_ids_thought(now: Present, label: Indices, on: date) -> Texts:
    """Return the id in force of each zone thought of, and `new-1` ... for those that aren't."""
    members: dict[str, set[str]] = {}
    is_a = now.category == Category.AFFECTED.value
    for booth, zone in zip(now.ground.table.booth_id[is_a], now.zone_id[is_a], strict=True):
        members.setdefault(zone or booth, set()).add(booth)
    known = [KnownZone(zone, on, frozenset(booths)) for zone, booths in sorted(members.items())]
    lineage = carry_on(label, now.ground.table.booth_id, known, _NEVER_GIVEN, on)
    new = [zone for zone in lineage.zone_id if zone not in members]
    names = {zone: f"new-{n}" for n, zone in enumerate(sorted(new), 1)}
    return np.array([names.get(z, z) for z in lineage.zone_id] + [None], dtype=object)[:-1]


def _refuse_undivided(rule: Rule) -> None:
    if not divides(rule):
        raise InputError(
            tr(
                "The levels of {rule} aren't red, orange and green, so they don't divide into "
                "A, B and C; choose another rule.",
                rule=rule.id,
            )
        )
