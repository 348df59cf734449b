"""Imports: one for each file taken in, with its row account.

Facts are never changed in place. Undoing an import takes its rows out of every
later reading, and leaves what was known before reproducible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import numpy as np
from sqlalchemy import or_, select, text
from sqlalchemy.orm import Session

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment
from zoning.model import Finding, RowAccount
from zoning.store import audit
from zoning.store.tables import ImportRow


class ImportKind(StrEnum):
    """What a file brings."""

    BOUNDARIES = "boundaries"
    BOOTHS = "booths"
    CASES = "cases"
    TESTS = "tests"
    OUTCOMES = "outcomes"
    FACILITIES = "facilities"
    ORDERS = "orders"
    ROUNDS = "rounds"
    CONTACTS = "contacts"
    SAMPLES = "samples"
    ISOLATION = "isolation"
    ROSTER = "roster"


@dataclass(frozen=True)
class NewImport:
    """A file about to be taken in.

    Attributes
    ----------
    kind : ImportKind
        What it brings.
    file_name : str
        Its name for people.
    content_hash : str
        Hash of its bytes; the same content is taken in only once.
    at : datetime
        When, with offset.
    who : str
        By whom.
    mapping : mapping
        The mapping file applied, empty if none.
    feed_id : str
        The feed that it came from, empty if none is named.
    series : str
        What the rows of a case file are, as in a mapping file; empty for cases as they come.
    area_unit_ids : tuple of str or None
        Units, with all below them, of who brings it in; None for the whole state.
    """

    kind: ImportKind
    file_name: str
    content_hash: str
    at: datetime
    who: str
    mapping: Mapping[str, Any] = field(default_factory=dict)
    feed_id: str = ""
    series: str = ""
    area_unit_ids: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ImportRecord:
    """One import as it is stored."""

    import_id: int
    kind: ImportKind
    file_name: str
    content_hash: str
    account: RowAccount
    reported_through: date | None
    mapping: Mapping[str, Any]
    imported_at: datetime
    imported_by: str
    undone_at: datetime | None
    undone_by: str | None
    feed_id: str
    series: str
    area_unit_ids: tuple[str, ...] | None = None


def begin(session: Session, new: NewImport) -> int:
    """Open an import and return its id; `finish` gives it its row account.

    Raises
    ------
    StoreError
        If a file of the same content is already taken in.
    """
    _wait_for_rivals(session, new)
    same = find_same(session, new.kind, new.content_hash)
    if same is not None:
        raise StoreError(
            tr(
                "{file} is already imported (import {id} of {at}, by {who}): nothing to do; "
                "to take it in anew, run “zoning imports undo {id}” first.",
                file=new.file_name,
                id=same.import_id,
                at=moment(same.imported_at),
                who=same.imported_by,
            )
        )
    row = ImportRow(
        kind=new.kind,
        file_name=new.file_name,
        content_hash=new.content_hash,
        rows_read=0,
        rows_taken=0,
        rows_rejected=0,
        rows_repaired=0,
        findings=[],
        mapping=dict(new.mapping),
        imported_at=new.at,
        imported_by=new.who,
        feed_id=new.feed_id or None,
        series=new.series or None,
        area_unit_ids=None if new.area_unit_ids is None else list(new.area_unit_ids),
    )
    session.add(row)
    session.flush()
    return row.id


def finish(
    session: Session,
    import_id: int,
    account: RowAccount,
    reported_through: np.datetime64 | None = None,
) -> None:
    """Write the row account of an import, and through which day its feed is complete."""
    row = _get(session, import_id)
    row.rows_read = account.read
    row.rows_taken = account.taken
    row.rows_rejected = account.rejected
    row.rows_repaired = account.repaired
    row.findings = [
        {"row": f.row, "code": f.code, "message": f.message, "rejects": f.rejects}
        | ({"shape": f.shape} if f.shape else {})
        for f in account.findings
    ]
    if reported_through is not None and not np.isnat(reported_through):
        row.reported_through = reported_through.astype("datetime64[D]").item()
    detail = {"kind": row.kind, "file": row.file_name, **account.as_json()["rows"]}
    audit.append(
        session,
        audit.AuditEntry(
            row.imported_at, row.imported_by, "import.finish", f"imports/{import_id}", detail
        ),
    )


def undo(session: Session, import_id: int, *, at: datetime, who: str) -> ImportRecord:
    """Take an import out of every reading from `at` on.

    Raises
    ------
    StoreError
        If there is no such import, or it is undone already.
    """
    row = _get(session, import_id)
    if row.undone_at is not None:
        raise StoreError(
            tr(
                "Import {id} was already undone at {at} by {who}.",
                id=import_id,
                at=moment(row.undone_at),
                who=row.undone_by,
            )
        )
    row.undone_at = at
    row.undone_by = who
    audit.append(
        session,
        audit.AuditEntry(at, who, "import.undo", f"imports/{import_id}", {"file": row.file_name}),
    )
    return _record(row)


def get_import(session: Session, import_id: int) -> ImportRecord:
    """Return one import.

    Raises
    ------
    StoreError
        If there is none of this number.
    """
    return _record(_get(session, import_id))


def list_imports(session: Session, kind: ImportKind | None = None) -> tuple[ImportRecord, ...]:
    """Return the imports, newest first, undone ones too."""
    query = select(ImportRow).order_by(ImportRow.id.desc())
    if kind is not None:
        query = query.where(ImportRow.kind == kind)
    return tuple(_record(row) for row in session.scalars(query))


def find_same(session: Session, kind: ImportKind, content_hash: str) -> ImportRecord | None:
    """Return the import of the same content that still counts, if there is one."""
    row = session.scalar(
        select(ImportRow).where(
            ImportRow.kind == kind,
            ImportRow.content_hash == content_hash,
            ImportRow.undone_at.is_(None),
        )
    )
    return None if row is None else _record(row)


def visible_imports(session: Session, kind: ImportKind, known_at: datetime) -> list[int]:
    """Return the ids of the imports that counted at a moment, oldest first."""
    query = (
        select(ImportRow.id)
        .where(
            ImportRow.kind == kind,
            ImportRow.imported_at <= known_at,
            or_(ImportRow.undone_at.is_(None), ImportRow.undone_at > known_at),
        )
        .order_by(ImportRow.id)
    )
    return list(session.scalars(query))


def series_told(session: Session, import_ids: list[int]) -> dict[tuple[str, str], list[int]]:
    """Return which imports tell numbers of which feed and series, cases one by one left out."""
    query = select(ImportRow.id, ImportRow.feed_id, ImportRow.series).where(
        ImportRow.id.in_(import_ids), ImportRow.series.is_not(None)
    )
    told: dict[tuple[str, str], list[int]] = {}
    for import_id, feed_id, series in session.execute(query):
        told.setdefault((feed_id or "", str(series)), []).append(import_id)
    return told


def _wait_for_rivals(session: Session, new: NewImport) -> None:
    """Let one who brings the same content at this moment finish, so that it is seen here.

    On SQLite a transaction that writes has waited already.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("select pg_advisory_xact_lock(hashtextextended(:content, 0))"),
            {"content": f"{new.kind} {new.content_hash}"},
        )


def _get(session: Session, import_id: int) -> ImportRow:
    row = session.get(ImportRow, import_id)
    if row is None:
        raise StoreError(tr("There is no import {id}: “zoning imports” lists them.", id=import_id))
    return row


def _record(row: ImportRow) -> ImportRecord:
    account = RowAccount(
        row.rows_read,
        row.rows_taken,
        row.rows_rejected,
        row.rows_repaired,
        tuple(Finding(**finding) for finding in row.findings),
    )
    return ImportRecord(
        row.id,
        ImportKind(row.kind),
        row.file_name,
        row.content_hash,
        account,
        row.reported_through,
        row.mapping,
        row.imported_at,
        row.imported_by,
        row.undone_at,
        row.undone_by,
        row.feed_id or "",
        row.series or "",
        None if row.area_unit_ids is None else tuple(row.area_unit_ids),
    )
