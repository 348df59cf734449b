"""What a person may do where at a moment: roles with their areas, asked act by act."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np

from zoning.access.roles import Action, Role, is_statewide, may, yields_to_commissioner
from zoning.model import Bools, Texts

SEEING = (Action.SEE_ZONES, Action.SEE_FIGURES, Action.SEE_FACILITIES)


@dataclass(frozen=True)
class Holding:
    """One role with its area.

    Attributes
    ----------
    role : Role
        The role.
    area : frozenset of str or None
        Codes of all units in it, of every level; None for the whole state.
    subject : str
        One of `SUBJECTS`; empty for all.
    self_delineating : frozenset of str
        Units of the area where a corporation's Commissioner delineates.
    """

    role: Role
    area: frozenset[str] | None = None
    subject: str = ""
    self_delineating: frozenset[str] = frozenset()

    def grants(self, action: Action, subject: str | None) -> bool:
        """Return whether the role may do something at all, on a subject."""
        if not may(self.role, action):
            return False
        return not self.subject or action in SEEING or subject == self.subject

    def reaches(self, action: Action, unit_id: str) -> bool:
        """Return whether a unit lies where the role may do something that it is granted."""
        if self.area is not None and unit_id not in self.area:
            return False
        return not (unit_id in self.self_delineating and yields_to_commissioner(self.role, action))


@dataclass(frozen=True)
class Standing:
    """What a person may at a moment; nothing where it holds nothing."""

    holdings: tuple[Holding, ...] = ()

    def may(self, action: Action) -> bool:
        """Return whether something is granted anywhere, on any subject: a screen asks so.

        The act itself is asked for with `allowed`.
        """
        return any(may(holding.role, action) for holding in self.holdings)

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the roles held, each once."""
        return tuple(dict.fromkeys(holding.role for holding in self.holdings))


def of_role(
    role: Role,
    area: frozenset[str] | None = None,
    subject: str = "",
    self_delineating: frozenset[str] = frozenset(),
) -> Standing:
    """Return the standing of one role; one of the whole state has no smaller area.

    A role that is bound to an area and has none has an empty one, never all of the state.
    """
    if is_statewide(role):
        area = None
    elif area is None:
        area = frozenset()
    return Standing((Holding(role, area, subject, self_delineating),))


def allowed(
    standing: Standing, action: Action, unit_id: str | None = None, subject: str | None = None
) -> bool:
    """Return whether something may be done.

    Parameters
    ----------
    standing : Standing
        Of whoever asks.
    action : Action
        What is to be done.
    unit_id : str or None
        Unit that it concerns; None for what concerns the whole state.
    subject : str or None
        One of `SUBJECTS`; None where it concerns more than one, which
        an officer for one subject can't do.
    """
    return any(
        holding.grants(action, subject)
        and (holding.area is None if unit_id is None else holding.reaches(action, unit_id))
        for holding in standing.holdings
    )


def allowed_units(
    standing: Standing, action: Action, unit_id: Texts, subject: str | None = None
) -> Bools:
    """Return for each unit whether something may be done in it, shape (n,).

    A row without a unit (empty code) is allowed only to who may act in the whole state.
    """
    known = {
        code: allowed(standing, action, str(code) or None, subject)
        for code in dict.fromkeys(unit_id.tolist())
    }
    return np.array([known[code] for code in unit_id.tolist()], dtype=np.bool_)


def seen_units(standing: Standing, action: Action = Action.SEE_FIGURES) -> frozenset[str] | None:
    """Return the units whose figures may be seen; None for all of them."""
    areas = [h.area for h in standing.holdings if h.grants(action, h.subject)]
    if any(area is None for area in areas):
        return None
    return frozenset(chain.from_iterable(area for area in areas if area is not None))
