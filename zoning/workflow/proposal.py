"""What a run, or a thought, would change: units and booths, each with why, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.access import Action, seen_units
from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.judgement.policy import load_policy
from zoning.model import Bools, Texts
from zoning.orders.draft import Override
from zoning.rules.rulebook import load_rule
from zoning.store.delineations import delineation_of_run
from zoning.store.engine import Store
from zoning.store.imports import list_imports
from zoning.store.results import list_runs
from zoning.workflow.actor import Who, require_somewhere, standing_of
from zoning.workflow.containment import divides, policy_for
from zoning.workflow.containment_desk import Thought, WhatIf
from zoning.workflow.facts import placed_cases
from zoning.workflow.ground import GroundShelf
from zoning.workflow.judging import judge_placed
from zoning.workflow.present import Present, present
from zoning.workflow.proposed_booths import BoothChanges, Drawing, booth_changes
from zoning.workflow.proposed_zones import Basis, UnitChanges, basis_of_run, unit_changes


@dataclass(frozen=True, eq=False)
class Proposed:
    """What would change, as one person may see it.

    Attributes
    ----------
    basis : Basis
        Run, rule and result of all units; its `run` is None for what is only thought of.
    at : datetime
        The moment of what is in force.
    is_outdated : bool
        Whether data came or was taken back since it was judged.
    is_seen : Bools
        Which of the units judged are told of, shape (n_units,).
    units : UnitChanges
        Those, n of them.
    booths : BoothChanges or None
        Their booths; None where the levels of the rule don't divide.
    thought : Thought or None
        What it costs beside what is in force; None with `booths`.
    """

    basis: Basis
    at: datetime
    is_outdated: bool
    is_seen: Bools
    units: UnitChanges
    booths: BoothChanges | None
    thought: Thought | None


def proposed_changes(
    store: Store,
    shelf: GroundShelf,
    run_id: int | None,
    at: datetime,
    who: Who,
    *,
    overrides: Sequence[Override] = (),
    self_delineating: AbstractSet[str] = frozenset(),
) -> Proposed:
    """Return what a stored run would change in the own area.

    Parameters
    ----------
    store : Store
        The database.
    shelf : GroundShelf
        Where grounds are kept.
    run_id : int or None
        The run; the latest if None.
    at : datetime
        The moment of what is in force, UTC.
    who : str or Actor
        Sees the figures of the own area.
    overrides : sequence of Override
        What a draft decides otherwise: booths and costs follow it.
    self_delineating : set of str
        Codes of the corporations whose Commissioner delineates.

    Raises
    ------
    AccessError
        If no figures are theirs to see.
    SeemanaError
        If there is no such run, or it judged other boundaries than those in force.
    """
    require_somewhere(who, Action.SEE_FIGURES)
    seen = seen_units(standing_of(who))
    with store.reading() as session:
        basis = basis_of_run(session, latest_run(session) if run_id is None else run_id, at)
        asked = WhatIf()
        if basis.run is not None:
            made = delineation_of_run(session, basis.run.run_id)
            if made is not None:
                asked = WhatIf(policy_id=made.new.policy_id, buffer_m=made.new.buffer_m)
        now = present(session, shelf, at)
        return _proposed(session, now, basis, asked, seen, overrides, self_delineating)


def thought_changes(
    store: Store,
    shelf: GroundShelf,
    asked: WhatIf,
    at: datetime,
    who: Who,
    *,
    default_rule: str,
    self_delineating: AbstractSet[str] = frozenset(),
) -> Proposed:
    """Return what another rule, policy or buffer would change in the own area; nothing is kept.

    Raises
    ------
    AccessError
        If no figures are theirs to see.
    SeemanaError
        If the rule or policy is unknown, the buffer is no width, or there is nothing to judge.
    """
    require_somewhere(who, Action.SEE_FIGURES)
    rule = load_rule(asked.rule_id or default_rule)
    with store.reading() as session:
        now = present(session, shelf, at)
        result = judge_placed(session, now.everything, now.placed, rule, asked.on, at)
        basis = Basis(now.everything, now.edition.edition_id, rule, result, at)
        seen = seen_units(standing_of(who))
        return _proposed(session, now, basis, asked, seen, (), self_delineating)


def latest_run(session: Session) -> int:
    """Return the number of the newest run.

    Raises
    ------
    OrderError
        If there is none.
    """
    runs = list_runs(session, limit=1)
    if not runs:
        raise OrderError(tr("Nothing is proposed yet: run “zoning propose” first."))
    return runs[0].run_id


def _proposed(
    session: Session,
    now: Present,
    basis: Basis,
    asked: WhatIf,
    seen: frozenset[str] | None,
    overrides: Sequence[Override],
    self_delineating: AbstractSet[str],
) -> Proposed:
    found = unit_changes(session, basis, now.at)
    is_seen = np.ones(len(found), dtype=bool)
    if seen is not None:
        is_seen = np.isin(found.unit_id.astype(str), sorted(seen))
    booths = thought = None
    if divides(basis.rule):
        drawing = _drawing(session, now, basis, asked)
        zones: Texts = found.to_order(overrides)
        booths, thought = booth_changes(session, drawing, zones, self_delineating, seen)
    return Proposed(
        basis=basis,
        at=now.at,
        is_outdated=_is_outdated(session, basis, now.at),
        is_seen=is_seen,
        units=found.take(is_seen),
        booths=booths,
        thought=thought,
    )


def _drawing(session: Session, now: Present, basis: Basis, asked: WhatIf) -> Drawing:
    policy = load_policy(asked.policy_id) if asked.policy_id else policy_for("", now.standing)
    is_now = not _is_outdated(session, basis, now.at)
    return Drawing(
        now,
        now.placed if is_now else placed_cases(session, now.units, basis.known_at),
        policy,
        policy.buffer(asked.buffer_m),
        basis.result.on,
    )


def _is_outdated(session: Session, basis: Basis, at: datetime) -> bool:
    """Return whether any file came or was taken back between two moments."""
    moments = [m for r in list_imports(session) for m in (r.imported_at, r.undone_at)]
    return any(m is not None and basis.known_at < m <= at for m in moments)
