"""Mappings that people confirmed, found again by the header of a file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.store import audit
from zoning.store.tables import SavedMappingRow


@dataclass(frozen=True)
class SavedMapping:
    """A mapping file kept under a name.

    Attributes
    ----------
    kind : str
        Section of the mapping file, such as `cases`.
    name : str
        For people.
    content : str
        The mapping file itself, TOML.
    saved_at : datetime
        When.
    saved_by : str
        By whom.
    """

    kind: str
    name: str
    content: str
    saved_at: datetime
    saved_by: str


def header_hash(columns: Sequence[str]) -> str:
    """Return what two files have in common whose columns are the same, in any order."""
    folded = sorted(name.strip().casefold() for name in columns)
    return hashlib.sha256("\x1f".join(folded).encode()).hexdigest()


def save_mapping(session: Session, columns: Sequence[str], mapping: SavedMapping) -> None:
    """Keep a mapping for files with these columns; the newest of a kind counts."""
    session.add(
        SavedMappingRow(
            kind=mapping.kind,
            name=mapping.name,
            header_hash=header_hash(columns),
            content=mapping.content,
            saved_at=mapping.saved_at,
            saved_by=mapping.saved_by,
        )
    )
    session.flush()
    detail = {"kind": mapping.kind, "name": mapping.name}
    entry = audit.AuditEntry(mapping.saved_at, mapping.saved_by, "mapping.save", "mappings", detail)
    audit.append(session, entry)


def find_mapping(session: Session, kind: str, columns: Sequence[str]) -> SavedMapping | None:
    """Return the newest mapping confirmed for a file with these columns, or None."""
    row = session.scalars(
        select(SavedMappingRow)
        .where(SavedMappingRow.kind == kind, SavedMappingRow.header_hash == header_hash(columns))
        .order_by(SavedMappingRow.id.desc())
        .limit(1)
    ).first()
    return None if row is None else _saved(row)


def list_mappings(session: Session) -> tuple[SavedMapping, ...]:
    """Return the mappings kept, newest first."""
    rows = session.scalars(select(SavedMappingRow).order_by(SavedMappingRow.id.desc()))
    return tuple(_saved(row) for row in rows)


def _saved(row: SavedMappingRow) -> SavedMapping:
    return SavedMapping(row.kind, row.name, row.content, row.saved_at, row.saved_by)
