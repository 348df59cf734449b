"""Places: boundary editions, their units, their booths."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import JSON, Double, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import SRID, Base, UtcMoment


class EditionRow(Base):
    """One edition of boundaries or booths; never changed, only followed by another."""

    __tablename__ = "editions"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), index=True)
    levels: Mapped[list[str]] = mapped_column(JSON)
    file_name: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[datetime] = mapped_column(UtcMoment)


class EditionSwitchRow(Base):
    """The act that puts an edition in force from a moment; undone ones are kept and marked."""

    __tablename__ = "edition_switches"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    valid_from: Mapped[datetime] = mapped_column(UtcMoment)
    switched_at: Mapped[datetime] = mapped_column(UtcMoment)
    switched_by: Mapped[str] = mapped_column(Text)
    undone_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    undone_by: Mapped[str | None] = mapped_column(Text)


class UnitRow(Base):
    """One administrative unit of one edition."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("edition_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    unit_id: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    level: Mapped[str] = mapped_column(Text)
    parent_id: Mapped[str | None] = mapped_column(Text)
    population: Mapped[float | None] = mapped_column(Double)
    lgd_code: Mapped[str | None] = mapped_column(Text)
    names: Mapped[dict[str, str] | None] = mapped_column(JSON)
    geometry: Mapped[Any] = mapped_column(
        Geometry("MULTIPOLYGON", srid=SRID, spatial_index=True), nullable=True
    )


class BoothRow(Base):
    """One polling-station booth of one booth edition: an area, or the station's point."""

    __tablename__ = "booths"
    __table_args__ = (UniqueConstraint("edition_id", "booth_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    booth_id: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    constituency: Mapped[str | None] = mapped_column(Text)
    part_number: Mapped[str | None] = mapped_column(Text)
    population: Mapped[float | None] = mapped_column(Double)
    geometry: Mapped[Any] = mapped_column(
        Geometry("GEOMETRY", srid=SRID, spatial_index=True), nullable=True
    )
