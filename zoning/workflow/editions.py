"""Editions: which are known, what one changes against another, and the switch between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from zoning.access import Action
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.places.changes import Change, compare_editions
from zoning.store import editions as kept
from zoning.store.boundaries import read_units
from zoning.store.editions import BOOTH_LEVEL, Edition, Switch
from zoning.store.engine import Store
from zoning.workflow.actor import Who, require
from zoning.workflow.kind_rights import BOUNDARIES


@dataclass(frozen=True)
class ListedEdition:
    """An edition and whether it is in force now."""

    edition: Edition
    is_in_force: bool


def list_editions(store: Store, at: datetime) -> tuple[ListedEdition, ...]:
    """Return the editions known, the one brought in last first."""
    with store.reading() as session:
        in_force = _in_force(session, at)
        known = sorted(kept.list_editions(session, at), key=lambda e: -e.edition_id)
        return tuple(ListedEdition(e, e.edition_id in in_force) for e in known)


@dataclass(frozen=True)
class EditionDifference:
    """What one edition changes against another.

    Attributes
    ----------
    old, new : Edition
        The two editions.
    changes : tuple of Change
        Every unit stands in at least one; see `places.changes`.
    """

    old: Edition
    new: Edition
    changes: tuple[Change, ...]


def compare(store: Store, new_id: int, old_id: int | None, at: datetime) -> EditionDifference:
    """Return what an edition changes against another, by default the one in force.

    Raises
    ------
    InputError
        If there is nothing to compare it with.
    StoreError
        If there is no such edition.
    """
    with store.reading() as session:
        new = kept.get_edition(session, new_id)
        old = (
            kept.edition_in_force(session, at)
            if old_id is None
            else kept.get_edition(session, old_id)
        )
        if old is None or old.edition_id == new_id:
            raise InputError(
                tr("Edition {id} is the one in force; name another to compare it with.", id=new_id)
            )
        units = [read_units(session, edition.edition_id) for edition in (old, new)]
    return EditionDifference(old, new, compare_editions(*units))


def switch_to(
    store: Store, edition_id: int, valid_from: datetime | None, at: datetime, who: Who
) -> Edition:
    """Put an edition in force, from now if no moment is named; one act, which can be undone.

    Raises
    ------
    InputError
        If it is in force already.
    StoreError
        If there is no such edition, or its import was undone.
    AccessError
        If it isn't theirs to switch: an edition holds for the whole state.
    """
    by = require(who, Action.UNDO_IMPORT, None, BOUNDARIES)
    with store.transaction() as session:
        edition = kept.get_edition(session, edition_id)
        if edition_id in _in_force(session, at) and valid_from is None:
            raise InputError(tr("Edition {id} is in force already.", id=edition_id))
        kept.switch_to(session, edition_id, valid_from or at, at=at, who=by)
        return edition


def switch_back(store: Store, at: datetime, who: Who, *, is_booths: bool = False) -> Switch:
    """Undo the latest switch, so that the edition before it is in force again.

    Raises
    ------
    StoreError
        If there is no edition to go back to.
    AccessError
        If it isn't theirs to switch.
    """
    by = require(who, Action.UNDO_IMPORT, None, BOUNDARIES)
    with store.transaction() as session:
        return kept.switch_back(session, at=at, who=by, is_booths=is_booths)


def can_switch_back(store: Store, at: datetime, *, is_booths: bool = False) -> bool:
    """Return whether another edition lies beneath the latest switch."""
    with store.reading() as session:
        standing = [s for s in kept.list_switches(session, at) if s.undone_at is None]
        levels = [kept.get_edition(session, s.edition_id).levels for s in standing]
    return sum((BOOTH_LEVEL in level) == is_booths for level in levels) > 1


def _in_force(session: Session, at: datetime) -> set[int]:
    found = (
        kept.edition_in_force(session, at),
        kept.edition_in_force(session, at, level=BOOTH_LEVEL),
    )
    return {edition.edition_id for edition in found if edition is not None}
