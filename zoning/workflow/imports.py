"""Take files into the store: each import one transaction, each row accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import numpy as np
import shapely
from sqlalchemy.orm import Session

from zoning import clock
from zoning import crs as crs_guard
from zoning.errors import ColumnError, InputError
from zoning.i18n.catalogue import tr
from zoning.model import WGS84, Cases, Coded, Finding, Geometries, Indices, RowAccount, Units
from zoning.places.placing import REASONS, Placement, Placer
from zoning.readers.booths import read_booths
from zoning.readers.cases import read_cases
from zoning.readers.facilities import GLOBE, Box, read_facilities
from zoning.readers.mapping import Mapping, read_mapping
from zoning.readers.tables import read_sheets
from zoning.readers.tests import read_tests
from zoning.readers.units import open_units, read_units
from zoning.store.booths import insert_booths
from zoning.store.boundaries import insert_edition
from zoning.store.cases import insert_cases
from zoning.store.engine import Store
from zoning.store.facilities import insert_facilities
from zoning.store.imports import ImportKind, ImportRecord, NewImport, begin, finish, list_imports
from zoning.store.imports import undo as undo_import
from zoning.store.tests import insert_tests
from zoning.workflow.counting import unlocated_findings
from zoning.workflow.places import AREA_MARGIN_DEGREES, units_in_force

NAT = np.datetime64("NaT", "D")

T = TypeVar("T")


@dataclass(frozen=True)
class ImportOrder:
    """One import as it was asked for.

    Attributes
    ----------
    file : Path
        What is taken in.
    at : datetime
        The present, UTC.
    who : str
        By whom.
    mapping_file : Path or None
        Names and forms where they aren't ours.
    is_dry_run : bool
        Report only; nothing is written.
    """

    file: Path
    at: datetime
    who: str
    mapping_file: Path | None = None
    is_dry_run: bool = False


def import_boundaries(store: Store, order: ImportOrder, level: str, crs: str = "") -> RowAccount:
    """Take in units as a new edition; levels the file doesn't hold stay as they are."""

    def read(mapping: Mapping) -> tuple[Units, RowAccount]:
        return read_units(order.file, mapping, level, crs)

    def write(session: Session, import_id: int, units: Units) -> None:
        units = replace(units, geometry=_wgs84(units), crs=WGS84)
        present = units_in_force(session, order.at)
        if present is not None:
            units = _with_other_levels(units, present[1])
        insert_edition(session, import_id, units, order.at)

    return _take(store, order, ImportKind.BOUNDARIES, "units", read, write)


def import_booths(store: Store, order: ImportOrder, crs: str = "") -> RowAccount:
    """Take in a booth list as a new booth edition."""
    return _take(
        store,
        order,
        ImportKind.BOOTHS,
        "booths",
        lambda mapping: read_booths(order.file, mapping, crs),
        lambda session, import_id, booths: insert_booths(session, import_id, booths, order.at),
    )


def import_cases(
    store: Store, order: ImportOrder, reported_through: date | None = None
) -> RowAccount:
    """Take in cases; rows that no unit holds are kept and listed."""
    with store.reading() as session:
        present = units_in_force(session, order.at)
    today = clock.today_ist(order.at)

    def read(mapping: Mapping) -> tuple[list[tuple[Cases, Placement]], RowAccount]:
        parts: list[tuple[Cases, Placement]] = []
        account = RowAccount(0, 0, 0)
        placer: Placer | None = None
        for cases, part in read_cases(order.file, mapping, today, with_ids=True):
            if placer is None:
                placer = placer_for(present[1] if present else None, len(cases))
            placement = placer.place(cases)
            found = tuple(unlocated_findings(cases.row, placement.reason)) if present else ()
            account = account + replace(part, findings=part.findings + found)
            parts.append((cases, placement))
        return parts, account

    def write(session: Session, import_id: int, parts: list[tuple[Cases, Placement]]) -> None:
        for cases, placement in parts:
            if len(cases):
                insert_cases(
                    session,
                    import_id,
                    cases,
                    _located(placement.unit_index, present[1] if present else None),
                    _reasons(placement),
                )

    def through(parts: list[tuple[Cases, Placement]]) -> np.datetime64:
        if reported_through is not None:
            return np.datetime64(reported_through, "D")
        days = [cases.confirmed_on.max() for cases, _ in parts if len(cases)]
        return max(days, default=NAT)

    return _take(store, order, ImportKind.CASES, "cases", read, write, through)


def import_tests(store: Store, order: ImportOrder) -> RowAccount:
    """Take in samples tested."""
    today = clock.today_ist(order.at)
    return _take(
        store,
        order,
        ImportKind.TESTS,
        "tests",
        lambda mapping: read_tests(order.file, mapping, today),
        lambda session, import_id, tests: insert_tests(session, import_id, tests),
        lambda tests: tests.on.max() if len(tests) else NAT,
    )


def import_facilities(store: Store, order: ImportOrder) -> RowAccount:
    """Take in hospitals, ambulances and desks."""
    with store.reading() as session:
        present = units_in_force(session, order.at)
    area = _area(present[1]) if present else GLOBE
    return _take(
        store,
        order,
        ImportKind.FACILITIES,
        "facilities",
        lambda mapping: read_facilities(order.file, mapping, order.at, area),
        lambda session, import_id, facilities: insert_facilities(session, import_id, facilities),
    )


def imports(store: Store) -> tuple[ImportRecord, ...]:
    """Return all imports, newest first."""
    with store.reading() as session:
        return list_imports(session)


def undo(store: Store, import_id: int, at: datetime, who: str) -> ImportRecord:
    """Take an import back; what was known with it stays reproducible."""
    with store.transaction() as session:
        return undo_import(session, import_id, at=at, who=who)


def _take(
    store: Store,
    order: ImportOrder,
    kind: ImportKind,
    section: str,
    read: Callable[[Mapping], tuple[T, RowAccount]],
    write: Callable[[Session, int, T], object],
    through: Callable[[T], np.datetime64] | None = None,
) -> RowAccount:
    mapping = read_mapping(order.mapping_file, section)
    try:
        content, account = read(mapping)
    except ColumnError as lacking:
        if not order.is_dry_run:
            raise
        return _unreadable(order.file, str(lacking))
    if order.is_dry_run:
        return account
    if account.read and not account.taken:
        first = next(finding for finding in account.findings if finding.rejects)
        raise InputError(
            tr(
                "{file}: none of its {n} rows can be used; row {row}: {message}.",
                file=order.file,
                n=account.read,
                row=first.row,
                message=first.message,
            )
        )
    new = NewImport(
        kind,
        order.file.name,
        hashlib.sha256(order.file.read_bytes()).hexdigest(),
        order.at,
        order.who,
        {section: {"columns": mapping.columns, "constants": mapping.constants}},
    )
    with store.transaction() as session:
        import_id = begin(session, new)
        write(session, import_id, content)
        finish(session, import_id, account, through(content) if through else None)
    return account


def _unreadable(file: Path, message: str) -> RowAccount:
    try:
        rows = sum(sheet.table.num_rows for sheet in read_sheets(file))
    except InputError:
        rows = open_units(file)[0].num_rows
    finding = Finding(0, "column_missing", message, rejects=True)
    return RowAccount(rows, 0, rows, 0, (finding,))


def placer_for(units: Units | None, n_points: int) -> Placer:
    """Return what places cases in units; without units nothing has a place yet."""
    if units is None:
        nothing = np.empty(0, dtype=object)
        empty = Units(nothing, nothing, np.empty(0), nothing, nothing)
        return Placer(empty, None, n_points)
    return Placer(units, units.geometry, n_points)


def _wgs84(units: Units) -> Geometries | None:
    return None if units.geometry is None else crs_guard.to_wgs84(units.geometry, units.crs)


def _with_other_levels(units: Units, present: Units) -> Units:
    other = ~np.isin(present.level.astype(str), np.unique(units.level.astype(str)))
    other &= ~np.isin(present.unit_id.astype(str), units.unit_id.astype(str))
    geometry = None
    if units.geometry is not None or present.geometry is not None:
        parts = [
            np.full(len(part), None, dtype=object) if part.geometry is None else part.geometry
            for part in (units, present)
        ]
        geometry = np.concatenate([parts[0], parts[1][other]])
    return Units(
        unit_id=np.concatenate([units.unit_id, present.unit_id[other]]),
        name=np.concatenate([units.name, present.name[other]]),
        population=np.concatenate([units.population, present.population[other]]),
        level=np.concatenate([units.level, present.level[other]]),
        parent_id=np.concatenate([units.parent_id, present.parent_id[other]]),
        geometry=geometry,
    )


def _located(index: Indices, units: Units | None) -> Coded | None:
    return None if units is None else Coded(index, units.unit_id)


def _reasons(placement: Placement) -> Coded:
    codes = placement.reason.astype(np.int32) - 1
    return Coded(codes, np.array(REASONS[1:], dtype=object))


def _area(units: Units) -> Box:
    if units.geometry is None:
        return GLOBE
    west, south, east, north = (float(v) for v in shapely.total_bounds(units.geometry))
    if not np.isfinite([west, south, east, north]).all():
        return GLOBE
    margin = AREA_MARGIN_DEGREES
    return west - margin, south - margin, east + margin, north + margin
