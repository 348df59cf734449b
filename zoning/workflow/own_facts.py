"""Which rows of each kind of file lie in the area of who brings it in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from sqlalchemy.orm import Session

from zoning.model import (
    Bools,
    Cases,
    Coded,
    Contacts,
    Facilities,
    Outcomes,
    Rounds,
    RowAccount,
    Samples,
    Tests,
    Texts,
    Units,
)
from zoning.places.placing import Placement
from zoning.store.cases import places_of_case_ids
from zoning.store.engine import Store
from zoning.store.imports import ImportKind, list_imports
from zoning.workflow.actor import Who
from zoning.workflow.own_rows import (
    own,
    units_of_areas,
    units_of_points,
    with_rejected,
    without_foreign,
)
from zoning.workflow.taking import ImportOrder

Parts = list[tuple[Cases, Placement]]
Told = TypeVar("Told", Rounds, Contacts, Samples)


class OwnCases:
    """Cases that are known by key, each with whether it is of one's own area.

    A row that brings a known key again replaces the row before, so the key of
    another area's case is foreign wherever the new row says it lives.
    """

    def __init__(self, session: Session, order: ImportOrder) -> None:
        self._who: Who = order.who
        places = places_of_case_ids(session, order.at)
        roots = {r.import_id: r.area_unit_ids for r in list_imports(session, ImportKind.CASES)}
        unit = np.array([unit for unit, _ in places.values()], dtype=object)
        is_own = own(self._who, ImportKind.CASES, unit)
        import_own = {
            import_id: area is not None
            and bool(own(self._who, ImportKind.CASES, np.array(area, dtype=object)).all())
            for import_id, area in roots.items()
        }
        self._unit = {key: code for key, (code, _) in places.items()}
        self._is_own = {
            key: bool(here) if code else import_own[import_id]
            for (key, (code, import_id)), here in zip(places.items(), is_own, strict=True)
        }

    def of(self, case_id: Texts) -> Bools:
        """Return which keys are new or of one's own area, shape (n,)."""
        return np.array([self._is_own.get(key, True) for key in case_id], dtype=np.bool_)

    def knows(self, case_id: Texts) -> Bools:
        """Return which keys are known, shape (n,)."""
        return np.array([key in self._is_own for key in case_id], dtype=np.bool_)

    def unit_of(self, case_id: Texts) -> Texts:
        """Return the unit of each key, empty where none is known, shape (n,)."""
        return np.array([self._unit.get(key, "") for key in case_id], dtype=object)


def own_cases(
    store: Store, order: ImportOrder, units: Units | None
) -> Callable[[Parts, RowAccount], tuple[Parts, RowAccount]]:
    """Return what keeps the cases of one's own area; those without a unit wait in its queue."""

    def keep(parts: Parts, account: RowAccount) -> tuple[Parts, RowAccount]:
        with store.reading() as session:
            known = OwnCases(session, order)
        codes = np.empty(0, dtype=object) if units is None else units.unit_id
        is_own_unit = np.append(own(order.who, ImportKind.CASES, codes), True)
        kept: Parts = []
        for cases, placement in parts:
            unit_id = np.append(codes, "")[placement.unit_index]
            is_own = is_own_unit[placement.unit_index]
            if cases.case_id is not None:
                is_free = known.of(cases.case_id)
                unit_id = np.where(is_free, unit_id, known.unit_of(cases.case_id)).astype(object)
                is_own = is_own & is_free
            account = with_rejected(account, cases.row, is_own, unit_id)
            placed = Placement(placement.unit_index[is_own], placement.reason[is_own])
            kept.append((cases.take(is_own), placed))
        return kept, account

    return keep


def own_outcomes(
    store: Store, order: ImportOrder
) -> Callable[[Outcomes, RowAccount], tuple[Outcomes, RowAccount]]:
    """Return what keeps the outcomes of one's own cases; nobody knows whose a strange key is."""

    def keep(outcomes: Outcomes, account: RowAccount) -> tuple[Outcomes, RowAccount]:
        with store.reading() as session:
            known = OwnCases(session, order)
        key = outcomes.case_id
        is_own = known.knows(key) & known.of(key)
        return without_foreign(outcomes, account, outcomes.row, is_own, known.unit_of(key))

    return keep


def own_tests(order: ImportOrder) -> Callable[[Tests, RowAccount], tuple[Tests, RowAccount]]:
    """Return what keeps the tests of one's own units."""

    def keep(tests: Tests, account: RowAccount) -> tuple[Tests, RowAccount]:
        unit_id = _spread(tests.unit_id)
        is_own = own(order.who, ImportKind.TESTS, unit_id)
        return without_foreign(tests, account, tests.row, is_own, unit_id)

    return keep


def own_facilities(
    order: ImportOrder, units: Units | None
) -> Callable[[Facilities, RowAccount], tuple[Facilities, RowAccount]]:
    """Return what keeps the facilities that stand in one's own units, by their coordinates."""

    def keep(facilities: Facilities, account: RowAccount) -> tuple[Facilities, RowAccount]:
        nowhere = np.full(len(facilities.row), "", dtype=object)
        unit_id = nowhere if units is None else units_of_points(facilities, units)
        is_own = own(order.who, ImportKind.FACILITIES, unit_id)
        return without_foreign(facilities, account, facilities.row, is_own, unit_id)

    return keep


def own_areas(
    store: Store, order: ImportOrder, kind: ImportKind
) -> Callable[[Told, RowAccount], tuple[Told, RowAccount]]:
    """Return what keeps the follow-up of booths and zones of which any unit is one's own."""

    def keep(told: Told, account: RowAccount) -> tuple[Told, RowAccount]:
        with store.reading() as session:
            units = units_of_areas(session, order.at)
        codes = sorted({unit for of_area in units.values() for unit in of_area})
        here = own(order.who, kind, np.array(codes, dtype=object))
        mine = {code for code, is_mine in zip(codes, here, strict=True) if is_mine}
        is_own = np.array([not mine.isdisjoint(units.get(a, ())) for a in told.area_id], bool)
        of_row = [", ".join(sorted(units.get(a, ()))) for a in told.area_id]
        unit_id = np.array(of_row, dtype=object)
        return without_foreign(told, account, told.row, is_own, unit_id)

    return keep


def _spread(coded: Coded) -> Texts:
    texts: Texts = np.append(coded.values, np.array([""], dtype=object))[coded.codes]
    return texts
