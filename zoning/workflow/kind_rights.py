"""What it takes to bring a kind of file in, and to take it back."""

from __future__ import annotations

from dataclasses import dataclass

from zoning.access import Action
from zoning.errors import AccessError
from zoning.store.imports import ImportKind, ImportRecord
from zoning.workflow.actor import Who, require, require_somewhere, require_units


@dataclass(frozen=True)
class KindRight:
    """The act that a kind of file is, on which subject, and whether it concerns the whole state.

    One that doesn't is held against the area of who brings it, row by row.
    """

    subject: str
    is_statewide: bool = False
    bring: Action = Action.IMPORT_DATA
    undo: Action = Action.UNDO_IMPORT


SURVEILLANCE, BOUNDARIES, CONTAINMENT = "surveillance", "boundaries", "containment"
_SURVEILLANCE = KindRight(SURVEILLANCE)
_BOUNDARIES = KindRight(BOUNDARIES, is_statewide=True)
_CONTAINMENT = KindRight(CONTAINMENT, is_statewide=True)
RIGHTS = {
    # An edition, a list of orders or of isolation units replaces what holds for everybody.
    ImportKind.BOUNDARIES: _BOUNDARIES,
    ImportKind.BOOTHS: _BOUNDARIES,
    ImportKind.ORDERS: _CONTAINMENT,
    ImportKind.ISOLATION: _CONTAINMENT,
    ImportKind.CASES: _SURVEILLANCE,
    ImportKind.TESTS: _SURVEILLANCE,
    ImportKind.OUTCOMES: _SURVEILLANCE,
    ImportKind.ROUNDS: _SURVEILLANCE,
    ImportKind.CONTACTS: _SURVEILLANCE,
    ImportKind.SAMPLES: _SURVEILLANCE,
    ImportKind.FACILITIES: KindRight("facilities"),
    ImportKind.ROSTER: KindRight(
        "", is_statewide=True, bring=Action.MANAGE_OFFICERS, undo=Action.MANAGE_OFFICERS
    ),
}


def require_bringing(who: Who, kind: ImportKind) -> str:
    """Refuse whoever may bring no such file in, else return their name for the audit.

    Raises
    ------
    AccessError
        Saying why, and who may.
    """
    right = RIGHTS[kind]
    if right.is_statewide:
        return require(who, right.bring, None, right.subject)
    return require_somewhere(who, right.bring, right.subject)


def may_bring(who: Who, kind: ImportKind) -> bool:
    """Return whether somebody may bring such a file in, if only for their own area."""
    try:
        require_bringing(who, kind)
    except AccessError:
        return False
    return True


def may_undo(who: Who, record: ImportRecord) -> bool:
    """Return whether somebody may take an import back."""
    try:
        require_undoing(who, record)
    except AccessError:
        return False
    return True


def require_undoing(who: Who, record: ImportRecord) -> str:
    """Refuse whoever may not take an import back, else return their name for the audit.

    What was brought in for an area is taken back by those who may there, what was
    brought in for the whole state by nobody less.

    Raises
    ------
    AccessError
        Saying why, and who may.
    """
    right = RIGHTS[record.kind]
    if right.is_statewide or record.area_unit_ids is None:
        return require(who, right.undo, None, right.subject)
    return require_units(who, right.undo, record.area_unit_ids, right.subject)
