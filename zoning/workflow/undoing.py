"""What taking an import back would change, told before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from zoning.errors import InputError
from zoning.store.engine import Store
from zoning.store.imports import ImportKind, ImportRecord, get_import, list_imports
from zoning.store.imports import undo as undo_import
from zoning.workflow.actor import Who
from zoning.workflow.history import KnownZones, changed_units, zones_known_in
from zoning.workflow.kind_rights import require_undoing
from zoning.workflow.undo_changes import Changed, changed, changes_of, standing


@dataclass(frozen=True)
class UndoEffect:
    """What differs once an import no longer counts.

    Attributes
    ----------
    record : ImportRecord
        The import.
    on : date or None
        Day whose figures were compared; None where none can be computed even with the import, or
        where such a file brings no figures.
    units : int
        Units judged with the import.
    changed : tuple of str
        Codes of units of which any figure or the zone would differ.
    is_last : bool
        Whether nothing could be computed without it.
    other : tuple of Changed
        What else is otherwise then: orders, register, isolation units, roster.
    """

    record: ImportRecord
    on: date | None
    units: int
    changed: tuple[str, ...]
    is_last: bool
    other: tuple[Changed, ...] = ()

    @property
    def is_of_figures(self) -> bool:
        """Return whether such an import brings figures; else `other` says what would change."""
        return not changes_of(self.record.kind)


class _RehearsalOver(Exception):  # noqa: N818 - no error
    """Ends a rehearsal so that nothing of it is written."""


def effect_of_undo(
    store: Store, rule_id: str, import_id: int, at: datetime, who: Who
) -> UndoEffect:
    """Return what taking an import back at a moment would change.

    It is done, judged and rolled back: what is told is what would happen.

    Raises
    ------
    StoreError
        If there is no such import, or it is undone already.
    AccessError
        If it isn't theirs to take back.
    """
    effect = None
    try:
        with store.transaction() as session:
            effect = _rehearse(session, rule_id, import_id, at, who)
            raise _RehearsalOver
    except _RehearsalOver:
        assert effect is not None
        return effect


def _rehearse(session: Session, rule_id: str, import_id: int, at: datetime, who: Who) -> UndoEffect:
    record = get_import(session, import_id)
    by = require_undoing(who, record)
    if changes_of(record.kind):
        stood = standing(session, record.kind, at)
        undo_import(session, import_id, at=at, who=by)
        session.flush()
        other = changed(stood, standing(session, record.kind, at))
        return UndoEffect(record, None, 0, (), is_last=False, other=other)
    on = _last_day_told(session)
    before = None if on is None else _judged(session, rule_id, on, at)
    undo_import(session, import_id, at=at, who=by)
    session.flush()
    if on is None or before is None:
        return UndoEffect(record, None, 0, (), is_last=False)
    after = _judged(session, rule_id, on, at)
    if after is None:
        every = tuple(sorted(before.result.unit_id))
        return UndoEffect(record, on, len(every), every, is_last=True)
    differing = changed_units(before.result, after.result)
    return UndoEffect(record, on, len(before.units), differing, is_last=False)


def _last_day_told(session: Session) -> date | None:
    """Return the last day that any import of cases is complete through."""
    cases = list_imports(session, ImportKind.CASES)
    told = [r.reported_through for r in cases if r.undone_at is None and r.reported_through]
    return max(told, default=None)


def _judged(session: Session, rule_id: str, on: date, at: datetime) -> KnownZones | None:
    try:
        return zones_known_in(session, rule_id, on, at)
    except InputError:
        # Without boundaries there is nothing to judge, and nothing to lose.
        return None
