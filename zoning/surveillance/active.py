"""Who may still be ill on a day: the one definition that zones and categories share."""

from __future__ import annotations

from zoning.model import Ints
from zoning.rules.rulebook import ActiveRule
from zoning.surveillance.counts import CaseCube


def active_cases(cube: CaseCube, rule: ActiveRule) -> Ints:
    """Return the active cases of each place on the last day of a cube, shape (n,).

    With outcomes told, a case is active until its own, or for `open_days` if it has none;
    without any, for `without_outcomes_days`.

    Parameters
    ----------
    cube : CaseCube
        With at least as many days as the rule looks back.
    rule : ActiveRule
        Durations.
    """
    active: Ints
    if cube.records_outcomes:
        with_outcome = (cube.confirmed - cube.open).sum(axis=1) - cube.closed.sum(axis=1)
        active = with_outcome + cube.open[:, -rule.open_days :].sum(axis=1)
    else:
        active = cube.confirmed[:, -rule.without_outcomes_days :].sum(axis=1)
    return active
