"""Imports: one row for every file that was taken in; the mappings that files are read by."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import Base, UtcMoment


class ImportRow(Base):
    """One file taken in, with its row account; undone ones are kept and marked."""

    __tablename__ = "imports"
    __table_args__ = (
        # A file counts once, even when two people bring it at the same moment.
        Index(
            "ix_imports_kind_content_hash",
            "kind",
            "content_hash",
            unique=True,
            sqlite_where=text("undone_at is null"),
            postgresql_where=text("undone_at is null"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(Text)
    rows_read: Mapped[int]
    rows_taken: Mapped[int]
    rows_rejected: Mapped[int]
    rows_repaired: Mapped[int]
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    reported_through: Mapped[date | None] = mapped_column(Date)
    feed_id: Mapped[str | None] = mapped_column(Text)
    series: Mapped[str | None] = mapped_column(Text)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    imported_at: Mapped[datetime] = mapped_column(UtcMoment)
    imported_by: Mapped[str] = mapped_column(Text)
    undone_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    undone_by: Mapped[str | None] = mapped_column(Text)
    # Units, with all below them, of who brought it in; null is the whole state.
    area_unit_ids: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))


class SavedMappingRow(Base):
    """How files of one kind and header are read, as a person confirmed it."""

    __tablename__ = "saved_mappings"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    header_hash: Mapped[str] = mapped_column(Text, index=True)
    content: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcMoment)
    saved_by: Mapped[str] = mapped_column(Text)
