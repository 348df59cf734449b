"""The queue of cases without a unit: by what they say of their place, and what people decide.

Nothing leaves the queue by itself. A text is decided once and remembered; a single
case is put where somebody found it to be.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.access import Action, allowed
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Bools, Cases, Coded, Units
from zoning.places.gazetteer import Candidate, Gazetteer, NameDecision
from zoning.places.placing import REASONS
from zoning.store import audit
from zoning.store import places_decided as decided
from zoning.store.engine import Store
from zoning.store.imports import ImportKind, get_import, list_imports
from zoning.store.places_decided import CasePlace
from zoning.workflow.actor import (
    Who,
    name_of,
    reader_of,
    require,
    require_somewhere,
    require_units,
    standing_of,
)
from zoning.workflow.facts import placed_cases
from zoning.workflow.kind_rights import SURVEILLANCE
from zoning.workflow.own_rows import is_bound
from zoning.workflow.places import judged_units, units_in_force


@dataclass(frozen=True)
class WaitingRow:
    """One row without a unit, without anything that names a person."""

    import_id: int
    row: int
    cases: int
    confirmed_on: np.datetime64


@dataclass(frozen=True)
class Waiting:
    """Cases that say the same of their place and are in no unit for the same reason.

    Attributes
    ----------
    reason : str
        One of `REASONS`.
    text : str
        What they say: a code, an address; empty where they say nothing or coordinates.
    cases : int
        How many cases wait.
    rows : tuple of WaitingRow
        The rows behind them, at most `SHOWN_ROWS`.
    candidates : tuple of Candidate
        Units that the text may mean, the likeliest first; none is applied by itself.
    """

    reason: str
    text: str
    cases: int
    rows: tuple[WaitingRow, ...]
    candidates: tuple[Candidate, ...]


SHOWN_ROWS = 50


def waiting(store: Store, at: datetime, who: Who = "") -> tuple[Waiting, ...]:
    """Return what waits for a place at a moment, the most cases first.

    Whoever acts for an area sees what was brought in for it; the rest is in the care of the state.

    Raises
    ------
    AccessError
        If placing cases isn't theirs in any place: what waits are addresses of persons.
    """
    require_somewhere(who, Action.IMPORT_DATA, SURVEILLANCE)
    with store.reading(reader_of(who, Action.IMPORT_DATA, SURVEILLANCE)) as session:
        present = units_in_force(session, at)
        if present is None:
            return ()
        units = judged_units(present[1])
        placed = placed_cases(session, units, at)
        gazetteer = Gazetteer(units, decided.read_name_decisions(session, at))
        is_own = _in_care(session, placed.cases, who)
    lost = np.flatnonzero((placed.placement.unit_index < 0) & is_own)
    cases = placed.cases.take(lost)
    return _grouped(cases, placed.placement.reason[lost], gazetteer)


def show_waiting(store: Store, at: datetime, who: Who) -> tuple[Waiting, ...]:
    """Return what waits for a place, to be shown to somebody: the audit says so first.

    Addresses lead to people, so what can't be written down isn't shown.

    Raises
    ------
    StoreError
        If the database can't be written.
    """
    found = waiting(store, at, who)
    if not found:
        return found
    figures = {"cases": sum(w.cases for w in found), "texts": len(found)}
    with store.transaction() as session:
        audit.append_read(session, at=at, who=name_of(who), subject="queue", detail=figures)
    return found


def decide_text(store: Store, name: NameDecision, at: datetime, who: Who) -> None:
    """Remember which unit a text names, for all that says so, now and later.

    Raises
    ------
    InputError
        If the edition in force has no such unit.
    AccessError
        If the unit isn't theirs; that a text names none of ours concerns the whole state.
    """
    with store.transaction() as session:
        _refuse_unknown(session, name.unit_id, at)
        by = require(who, Action.IMPORT_DATA, name.unit_id or None, SURVEILLANCE)
        decided.name_unit(session, name, at=at, who=by)


def decide_case(store: Store, place: CasePlace, at: datetime, who: Who) -> None:
    """Put one case in a unit, or back into the queue.

    Raises
    ------
    InputError
        If the edition in force has no such unit.
    StoreError
        If there is no such case.
    AccessError
        If the unit where it is, or where it is to be, isn't theirs.
    """
    with store.transaction() as session:
        _refuse_unknown(session, place.unit_id, at)
        by = _require_case(session, place, at, who)
        decided.place_case(session, place, at=at, who=by)


def _in_care(session: Session, cases: Cases, who: Who) -> Bools:
    """Return which cases somebody may see while they have no unit, shape (n,)."""
    if not is_bound(who) or cases.import_id is None:
        return np.full(len(cases), not is_bound(who))
    standing = standing_of(who)
    mine = [
        record.import_id
        for record in list_imports(session, ImportKind.CASES)
        if record.area_unit_ids is not None
        and all(
            allowed(standing, Action.IMPORT_DATA, unit, SURVEILLANCE)
            for unit in record.area_unit_ids
        )
    ]
    is_own: Bools = np.isin(cases.import_id, mine)
    return is_own


def _require_case(session: Session, place: CasePlace, at: datetime, who: Who) -> str:
    if place.unit_id:
        require(who, Action.IMPORT_DATA, place.unit_id, SURVEILLANCE)
    if not is_bound(who):
        return require(who, Action.IMPORT_DATA, None, SURVEILLANCE)
    present = units_in_force(session, at)
    unit_id = ""
    if present is not None:
        units = judged_units(present[1])
        placed = placed_cases(session, units, at)
        cases, index = placed.cases, placed.placement.unit_index
        assert cases.import_id is not None
        found = np.flatnonzero((cases.import_id == place.import_id) & (cases.row == place.row))
        unit_id = str(units.unit_id[index[found[0]]]) if (index[found] >= 0).any() else ""
    if unit_id:
        return require(who, Action.IMPORT_DATA, unit_id, SURVEILLANCE)
    # A case without a unit is in the care of those who brought it.
    area = get_import(session, place.import_id).area_unit_ids
    if area is None:
        return require(who, Action.IMPORT_DATA, None, SURVEILLANCE)
    return require_units(who, Action.IMPORT_DATA, area, SURVEILLANCE)


def _refuse_unknown(session: Session, unit_id: str, at: datetime) -> None:
    present = units_in_force(session, at)
    known: Units | None = None if present is None else judged_units(present[1])
    if unit_id and (known is None or unit_id not in set(known.unit_id)):
        raise InputError(
            tr(
                "The edition in force has no unit {unit}; choose one of its codes.",
                unit=unit_id,
            )
        )


def _grouped(
    cases: Cases, reason: np.ndarray[tuple[int], np.dtype[np.int8]], gazetteer: Gazetteer
) -> tuple[Waiting, ...]:
    texts = [_said(column, len(cases)) for column in (cases.unit_id, cases.booth_id, cases.address)]
    said = np.where(texts[0] != "", texts[0], np.where(texts[2] != "", texts[2], texts[1]))
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, (code, text) in enumerate(zip(reason.tolist(), said.tolist(), strict=True)):
        groups[REASONS[code], text].append(i)
    asked = gazetteer.find_all(np.array([text for _, text in groups], dtype=object))
    found = [
        Waiting(
            key,
            text,
            int(cases.count[rows].sum()),
            tuple(_row(cases, i) for i in rows[:SHOWN_ROWS]),
            asked.matches[asked.index[group]].candidates,
        )
        for group, ((key, text), rows) in enumerate(groups.items())
    ]
    return tuple(sorted(found, key=lambda w: (-w.cases, w.text)))


def _said(column: Coded | None, n: int) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    if column is None:
        return np.full(n, "", dtype=object)
    return np.append(column.values, np.array([""], dtype=object))[column.codes]


def _row(cases: Cases, i: int) -> WaitingRow:
    assert cases.import_id is not None
    return WaitingRow(
        int(cases.import_id[i]), int(cases.row[i]), int(cases.count[i]), cases.confirmed_on[i]
    )
