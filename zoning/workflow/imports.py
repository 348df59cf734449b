"""Take files into the store, one function a kind; list imports and take them back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning import clock
from zoning.access import Action
from zoning.errors import InputError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.model import (
    Booths,
    Coded,
    Finding,
    Indices,
    Outcomes,
    RowAccount,
    Units,
    join_cases,
)
from zoning.places.booth_areas import booth_areas
from zoning.places.levels import with_other_levels
from zoning.places.placing import REASONS, Placement, Placer
from zoning.readers.booths import read_booths
from zoning.readers.boundaries import read_boundaries
from zoning.readers.cases import read_cases
from zoning.readers.lengths import about_rows
from zoning.readers.mapping import Mapping
from zoning.readers.outcomes import read_outcomes
from zoning.readers.tests import read_tests
from zoning.store.booths import insert_booths
from zoning.store.boundaries import insert_edition
from zoning.store.cases import insert_cases, known_case_ids
from zoning.store.engine import Store
from zoning.store.feeds import get_feed_row
from zoning.store.imports import (
    ImportKind,
    ImportRecord,
    NewImport,
    begin,
    finish,
    get_import,
    list_imports,
)
from zoning.store.imports import undo as undo_import
from zoning.store.outcomes import insert_outcomes
from zoning.store.tests import insert_tests
from zoning.surveillance.series import EVENTS, as_events
from zoning.workflow.actor import Who, area_of, require_units
from zoning.workflow.counting import unlocated_findings
from zoning.workflow.facts import placers_for
from zoning.workflow.kind_rights import SURVEILLANCE, require_undoing
from zoning.workflow.own_facts import (
    Parts,
    own_cases,
    own_outcomes,
    own_tests,
)
from zoning.workflow.places import judged_units, units_in_force
from zoning.workflow.taking import ImportOrder, Phase, Taking, take

NAT = np.datetime64("NaT", "D")


def import_boundaries(
    store: Store,
    order: ImportOrder,
    level: str,
    crs: str = "",
    *,
    valid_from: datetime | None = None,
    is_held: bool = False,
) -> RowAccount:
    """Take in units as a new edition; levels the file doesn't hold stay as they are.

    Parameters
    ----------
    store : Store
        The database.
    order : ImportOrder
        The file.
    level : str
        Level of units that don't say theirs.
    crs : str
        Coordinate system that overrides the file's.
    valid_from : datetime or None
        Since when these boundaries hold; now if None.
    is_held : bool
        Whether the edition waits until somebody switches to it.
    """
    with store.reading() as session:
        known = units_in_force(session, order.at)
    parents = frozenset() if known is None else frozenset(known[1].unit_id)

    def read(mapping: Mapping) -> tuple[Units, RowAccount]:
        return read_boundaries(order.file, mapping, level, crs, parents)

    def write(session: Session, import_id: int, units: Units) -> None:
        present = units_in_force(session, order.at)
        if present is not None:
            units = with_other_levels(units, present[1])
        insert_edition(session, import_id, units, valid_from or order.at, is_held=is_held)

    return take(store, order, Taking(ImportKind.BOUNDARIES, read, write))


def import_booths(store: Store, order: ImportOrder, crs: str = "") -> RowAccount:
    """Take in a booth list as a new booth edition; what is doubtful about its ground is told."""
    with store.reading() as session:
        present = units_in_force(session, order.at)

    def read(mapping: Mapping) -> tuple[Booths, RowAccount]:
        booths, account = read_booths(order.file, mapping, crs)
        if present is None or not len(booths):
            return booths, account
        doubts = booth_areas(booths, judged_units(present[1])).findings
        refused = {finding.row for finding in account.findings if finding.rejects}
        row = [0, *(n for n in range(1, account.read + 1) if n not in refused)]
        told = tuple(replace(doubt, row=row[doubt.row]) for doubt in doubts)
        return booths, replace(account, findings=account.findings + told)

    taking = Taking(
        ImportKind.BOOTHS,
        read,
        lambda session, import_id, booths: insert_booths(session, import_id, booths, order.at),
    )
    return take(store, order, taking)


def import_cases(
    store: Store, order: ImportOrder, reported_through: date | None = None
) -> RowAccount:
    """Take in cases; rows that no unit holds are kept and listed."""
    with store.reading() as session:
        _refuse_unknown_feed(session, order)
        present = units_in_force(session, order.at)
        placers = placers_for(session, None if present is None else present[1], order.at)

    def read(mapping: Mapping) -> tuple[Parts, RowAccount]:
        return _read_cases(order, mapping, placers, is_placing=present is not None)

    def write(session: Session, import_id: int, parts: Parts) -> None:
        rows, rows_done = sum(len(cases) for cases, _ in parts), 0
        for cases, placement in parts:
            if len(cases):
                located = _located(placement.unit_index, present[1] if present else None)
                insert_cases(session, import_id, cases, located, _reasons(placement))
            rows_done += len(cases)
            order.tell(Phase.WRITING, rows_done, rows)

    def through(parts: Parts) -> np.datetime64:
        if reported_through is not None:
            return np.datetime64(reported_through, "D")
        return max((cases.confirmed_on.max() for cases, _ in parts if len(cases)), default=NAT)

    own = own_cases(store, order, present[1] if present else None)
    return take(store, order, Taking(ImportKind.CASES, read, write, through, own))


def import_outcomes(store: Store, order: ImportOrder) -> RowAccount:
    """Take in how cases told before have ended; one whose case isn't known yet waits for it."""
    today = clock.today_ist(order.at)
    with store.reading() as session:
        known = known_case_ids(session, order.at)

    def read(mapping: Mapping) -> tuple[Outcomes, RowAccount]:
        outcomes, account = read_outcomes(order.file, mapping, today)
        strange = tuple(
            Finding(row, "case_unknown", tr("no case of this case_id is known yet; it waits"))
            for row, case_id in zip(outcomes.row.tolist(), outcomes.case_id, strict=True)
            if case_id not in known
        )
        return outcomes, replace(account, findings=account.findings + strange)

    own = own_outcomes(store, order)
    return take(store, order, Taking(ImportKind.OUTCOMES, read, insert_outcomes, own=own))


def report_nil(store: Store, feed_id: str, through: date, at: datetime, who: Who) -> None:
    """Take in that a feed had no further case through a day.

    Silence is not health; a nil return is what tells them apart.

    Raises
    ------
    InputError
        If the day lies in the future.
    StoreError
        If the feed isn't known, or has said so already.
    AccessError
        If it speaks for units in which that isn't theirs to say.
    """
    if through > clock.today_ist(at):
        raise InputError(
            tr("{day} is in the future; nobody can report it yet.", day=forms.day(through))
        )
    name = tr("nil return to {day}", day=forms.day(through))
    content = hashlib.sha256(f"nil return {feed_id} {through}".encode()).hexdigest()
    with store.transaction() as session:
        scope = get_feed_row(session, feed_id, at).scope if feed_id else ()
        by = require_units(who, Action.IMPORT_DATA, scope, SURVEILLANCE)
        new = NewImport(
            ImportKind.CASES, name, content, at, by, feed_id=feed_id, area_unit_ids=area_of(who)
        )
        import_id = begin(session, new)
        finish(session, import_id, RowAccount(0, 0, 0), np.datetime64(through, "D"))


def import_tests(store: Store, order: ImportOrder) -> RowAccount:
    """Take in samples tested."""
    today = clock.today_ist(order.at)
    with store.reading() as session:
        _refuse_unknown_feed(session, order)
    taking = Taking(
        ImportKind.TESTS,
        lambda mapping: read_tests(order.file, mapping, today),
        lambda session, import_id, tests: insert_tests(session, import_id, tests),
        lambda tests: tests.on.max() if len(tests) else NAT,
        own_tests(order),
    )
    return take(store, order, taking)


def imports(store: Store) -> tuple[ImportRecord, ...]:
    """Return all imports, newest first."""
    with store.reading() as session:
        return list_imports(session)


def undo(store: Store, import_id: int, at: datetime, who: Who) -> ImportRecord:
    """Take an import back; what was known with it stays reproducible.

    Raises
    ------
    AccessError
        If it was brought in for more than whoever asks may take back.
    """
    with store.transaction() as session:
        by = require_undoing(who, get_import(session, import_id))
        return undo_import(session, import_id, at=at, who=by)


def _read_cases(
    order: ImportOrder, mapping: Mapping, placers: Callable[[int], Placer], *, is_placing: bool
) -> tuple[Parts, RowAccount]:
    parts: Parts = []
    account = RowAccount(0, 0, 0)
    placer: Placer | None = None
    rows = 0 if order.progress is None else about_rows(order.file)
    for cases, part in read_cases(order.file, mapping, clock.today_ist(order.at), with_ids=True):
        placer = placer or placers(len(cases))
        placement = placer.place(cases)
        # Before the first boundaries nothing has a place, and that is no fault of a row.
        found = tuple(unlocated_findings(cases.row, placement.reason)) if is_placing else ()
        account = account + replace(part, findings=part.findings + found)
        parts.append((cases, placement))
        order.tell(Phase.READING, account.read, rows)
    if mapping.series not in EVENTS and parts:
        told = join_cases([cases for cases, _ in parts])
        _, notes = as_events(told, mapping.series, np.zeros(len(told), dtype=np.int64))
        account = replace(account, findings=account.findings + notes.findings())
    return parts, account


def _refuse_unknown_feed(session: Session, order: ImportOrder) -> None:
    if order.feed_id:
        get_feed_row(session, order.feed_id, order.at)


def _located(index: Indices, units: Units | None) -> Coded | None:
    return None if units is None else Coded(index, units.unit_id)


def _reasons(placement: Placement) -> Coded:
    codes = placement.reason.astype(np.int32) - 1
    return Coded(codes, np.array(REASONS[1:], dtype=object))
