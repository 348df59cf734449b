"""Facilities: hospitals, ambulances and desks, one row for each time they told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import Double, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import SRID, Base, UtcMoment


class FacilityRow(Base):
    """What one facility told in one import."""

    __tablename__ = "facilities"
    __table_args__ = (Index("ix_facilities_facility_id", "facility_id"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    facility_id: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    category: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    unit_id: Mapped[str | None] = mapped_column(Text)
    # Nearest facilities come from a tree in memory, so no index here.
    geometry: Mapped[Any] = mapped_column(
        Geometry("POINT", srid=SRID, spatial_index=False), nullable=True
    )
    beds_total: Mapped[float | None] = mapped_column(Double)
    beds_vacant: Mapped[float | None] = mapped_column(Double)
    oxygen_beds_total: Mapped[float | None] = mapped_column(Double)
    oxygen_beds_vacant: Mapped[float | None] = mapped_column(Double)
    oxygen_hours: Mapped[float | None] = mapped_column(Double)
    updated_at: Mapped[datetime | None] = mapped_column(UtcMoment)
