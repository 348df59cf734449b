"""Cases: in as whole columns, out as they were known at a moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.model import OUTCOME_CODES, Bools, Cases, Coded, Ints, Texts
from zoning.store.cells import coded, outcome_codes, texts
from zoning.store.columns import Values, insert_columns, read_columns
from zoning.store.imports import ImportKind, visible_imports
from zoning.store.places_decided import read_case_places
from zoning.store.tables import CaseRow

_OUTCOMES = np.array([name for name in OUTCOME_CODES if name], dtype=object)


def insert_cases(
    session: Session,
    import_id: int,
    cases: Cases,
    located_unit_id: Coded | None = None,
    unlocated_reason: Coded | None = None,
) -> None:
    """Write the cases of an import.

    Parameters
    ----------
    session : Session
        An open transaction.
    import_id : int
        The import that brings them.
    cases : Cases
        Rows taken; `row` is unique in the import.
    located_unit_id, unlocated_reason : Coded, optional
        The unit found for each row, or the key of why none was; shape (n,).
    """
    columns: dict[str, Values] = {
        "import_id": import_id,
        "row": cases.row,
        "confirmed_on": cases.confirmed_on,
        "count": cases.count,
        "outcome": Coded(cases.outcome.astype(np.int32) - 1, _OUTCOMES),
        "outcome_on": cases.outcome_on,
        "is_imported": cases.is_imported,
        "is_institutional": cases.is_institutional,
    }
    optional: dict[str, Values | None] = {
        "unit_id": cases.unit_id,
        "booth_id": cases.booth_id,
        "lon": cases.lon,
        "lat": cases.lat,
        "case_id": cases.case_id,
        "detected_unit_id": cases.detected_unit_id,
        "address": cases.address,
        "located_unit_id": located_unit_id,
        "unlocated_reason": unlocated_reason,
    }
    columns |= {name: values for name, values in optional.items() if values is not None}
    insert_columns(session, CaseRow, columns)


def read_cases(session: Session, known_at: datetime) -> Cases:
    """Read the cases known at a moment as their files told them, by import and row.

    Imports undone by then are left out. A `case_id` that a later import brings
    again replaces its earlier rows: an outcome, a new address.

    Parameters
    ----------
    session : Session
        An open transaction.
    known_at : datetime
        What was imported by then counts.
    """
    import_ids = visible_imports(session, ImportKind.CASES, known_at)
    return _of_imports(_read(session, import_ids), import_ids)


def read_cases_each(session: Session, moments: Sequence[datetime]) -> Iterator[Cases]:
    """Read the cases known at each of some moments, and the database once; see `read_cases`."""
    import_ids = [visible_imports(session, ImportKind.CASES, moment) for moment in moments]
    read = _read(session, sorted(set(chain.from_iterable(import_ids))))
    for ids in import_ids:
        is_known = np.isin(read["import_id"], ids)
        yield _of_imports({name: values[is_known] for name, values in read.items()}, ids)


def _read(session: Session, import_ids: list[int]) -> dict[str, Any]:
    names = (
        *("import_id", "row", "confirmed_on", "count", "outcome", "outcome_on"),
        *("is_imported", "is_institutional", "unit_id", "booth_id", "lon", "lat", "case_id"),
        *("detected_unit_id", "address"),
    )
    return read_columns(
        session, CaseRow, names, CaseRow.import_id.in_(import_ids), ("import_id", "row")
    )


def _of_imports(read: dict[str, Any], import_ids: list[int]) -> Cases:
    """Return the rows of some imports as cases, each as it was told last."""
    if len(import_ids) > 1:
        is_latest = _is_latest(read["case_id"], read["import_id"])
        if not is_latest.all():
            read = {name: values[is_latest] for name, values in read.items()}
    has_coordinates = bool((~np.isnan(read["lon"]) | ~np.isnan(read["lat"])).any())
    has_case_id = bool((~pd.isna(read["case_id"])).any())
    return Cases(
        row=read["row"],
        confirmed_on=read["confirmed_on"],
        count=read["count"],
        outcome=outcome_codes(read["outcome"]),
        outcome_on=read["outcome_on"],
        is_imported=read["is_imported"],
        is_institutional=read["is_institutional"],
        unit_id=coded(read["unit_id"]),
        booth_id=coded(read["booth_id"]),
        lon=read["lon"] if has_coordinates else None,
        lat=read["lat"] if has_coordinates else None,
        case_id=texts(read["case_id"]) if has_case_id else None,
        detected_unit_id=coded(read["detected_unit_id"]),
        address=coded(read["address"]),
        import_id=read["import_id"],
    )


def known_case_ids(session: Session, known_at: datetime) -> frozenset[str]:
    """Return the keys of the cases known at a moment."""
    ids = visible_imports(session, ImportKind.CASES, known_at)
    query = select(CaseRow.case_id).where(CaseRow.import_id.in_(ids), CaseRow.case_id.is_not(None))
    return frozenset(filter(None, session.scalars(query)))


def places_of_case_ids(session: Session, known_at: datetime) -> dict[str, tuple[str, int]]:
    """Return the unit, empty for none, and the import of each case that has a key.

    The unit is that found when the case was brought in, or in which a person put it.
    """
    ids = visible_imports(session, ImportKind.CASES, known_at)
    query = (
        select(CaseRow.case_id, CaseRow.located_unit_id, CaseRow.import_id, CaseRow.row)
        .where(CaseRow.import_id.in_(ids), CaseRow.case_id.is_not(None))
        .order_by(CaseRow.import_id, CaseRow.row)
    )
    put = read_case_places(session, known_at)
    return {
        str(case_id): (put.get((import_id, row)) or unit_id or "", import_id)
        for case_id, unit_id, import_id, row in session.execute(query)
    }


def _is_latest(case_id: Texts, import_id: Ints) -> Bools:
    codes, values = pd.factorize(case_id)
    has_id = codes >= 0
    newest = np.zeros(len(values), dtype=np.int64)
    np.maximum.at(newest, codes[has_id], import_id[has_id])
    is_latest = np.ones(len(codes), dtype=np.bool_)
    is_latest[has_id] = import_id[has_id] == newest[codes[has_id]]
    return is_latest
