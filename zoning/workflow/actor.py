"""Who acts, and the guard that every write passes: a hidden button is none."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from dataclasses import dataclass, field

from zoning.access import Action, Role, Standing, allowed, of_role, refusal
from zoning.errors import AccessError
from zoning.i18n.catalogue import tr
from zoning.store.row_security import RowReader


def local_user() -> str:
    """Return who works on this machine, for the audit."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return tr("unknown user")


@dataclass(frozen=True)
class Actor:
    """A person with what they may do at this moment.

    Attributes
    ----------
    name : str
        Written into the audit, and under an order as its signatory.
    standing : Standing
        Roles with their areas.
    area_unit_ids : tuple of str or None
        Units that these areas consist of, each with all below it; None for the whole state.
    """

    name: str
    standing: Standing = field(default_factory=lambda: of_role(Role.LOCAL))
    area_unit_ids: tuple[str, ...] | None = None


Who = str | Actor
"""Who acts. A bare name is whoever runs a command in the shell of the machine: the rights of
the operating system and of the database are theirs, and no page ever hands one over."""


def standing_of(who: Who) -> Standing:
    """Return what somebody may do."""
    return of_role(Role.LOCAL) if isinstance(who, str) else who.standing


def name_of(who: Who) -> str:
    """Return a name for the audit."""
    return who if isinstance(who, str) else who.name


def area_of(who: Who) -> tuple[str, ...] | None:
    """Return the units that somebody's area consists of; None for the whole state."""
    return None if isinstance(who, str) else who.area_unit_ids


def reader_of(who: Who, action: Action, subject: str) -> RowReader | None:
    """Return for which units somebody reads single cases in order to act; None for all of them."""
    if area_of(who) is None:
        return None
    areas = [h.area or frozenset() for h in standing_of(who).holdings if h.grants(action, subject)]
    return RowReader(name_of(who), frozenset().union(*areas))


def require(
    who: Who, action: Action, unit_id: str | None = None, subject: str | None = None
) -> str:
    """Refuse what somebody may not do, else return their name for the audit.

    Parameters
    ----------
    who : str or Actor
        Who acts.
    action : Action
        What is to be done.
    unit_id : str or None
        Unit that it concerns; None for the whole state.
    subject : str or None
        One of `access.SUBJECTS`.

    Raises
    ------
    AccessError
        Saying why, and who may.
    """
    standing = standing_of(who)
    if not allowed(standing, action, unit_id, subject):
        raise AccessError(refusal(standing, action, unit_id, subject))
    return name_of(who)


def require_units(
    who: Who, action: Action, unit_ids: Iterable[str], subject: str | None = None
) -> str:
    """Refuse what somebody may not do in every one of some units; none of them is the state.

    Raises
    ------
    AccessError
        Naming the first unit in which it isn't theirs.
    """
    for unit_id in dict.fromkeys(unit_ids) or (None,):
        require(who, action, unit_id or None, subject)
    return name_of(who)


def require_somewhere(who: Who, action: Action, subject: str | None = None) -> str:
    """Refuse what somebody may not do in any place; where is asked row by row.

    Raises
    ------
    AccessError
        Saying why, and who may.
    """
    standing = standing_of(who)
    if not any(holding.grants(action, subject) for holding in standing.holdings):
        raise AccessError(refusal(standing, action, None, subject))
    return name_of(who)
