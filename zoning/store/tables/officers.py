"""Officers: who they are, what they are posted to, and when a posting ended."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import Base, UtcMoment


class OfficerRow(Base):
    """A person of the roster; the newest row of a person counts."""

    __tablename__ = "officers"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    person_id: Mapped[str] = mapped_column(Text, index=True)
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    known_at: Mapped[datetime] = mapped_column(UtcMoment)
    known_by: Mapped[str] = mapped_column(Text)


class PostingRow(Base):
    """One role that a person holds; never changed, only ended by a row of its own."""

    __tablename__ = "postings"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    person_id: Mapped[str] = mapped_column(Text, index=True)
    role: Mapped[str] = mapped_column(Text)
    area_unit_id: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    from_on: Mapped[date] = mapped_column(Date)
    to_on: Mapped[date | None] = mapped_column(Date)
    is_acting: Mapped[bool]
    successor_of: Mapped[str] = mapped_column(Text)
    known_at: Mapped[datetime] = mapped_column(UtcMoment)
    known_by: Mapped[str] = mapped_column(Text)


class PostingEndRow(Base):
    """The last day of a posting, as it was told later; the newest row of a posting counts."""

    __tablename__ = "posting_ends"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"), index=True)
    to_on: Mapped[date] = mapped_column(Date)
    known_at: Mapped[datetime] = mapped_column(UtcMoment)
    known_by: Mapped[str] = mapped_column(Text)
