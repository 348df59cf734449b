"""What imports tell of the places: cases, tests, facilities."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None

# GeoAlchemy2 adds its operations to Alembic at run time.
spatial_op: Any = op


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "cases",
        *_row_key("cases"),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("is_institutional", sa.Boolean(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("booth_id", sa.Text(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("located_unit_id", sa.Text(), nullable=True),
        sa.Column("unlocated_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("count >= 0", name=op.f("ck_cases_count_not_negative")),
    )
    op.create_index(
        "ix_cases_case_id",
        "cases",
        ["case_id"],
        sqlite_where=sa.text("case_id is not null"),
        postgresql_where=sa.text("case_id is not null"),
    )
    op.create_table(
        "tests",
        *_row_key("tests"),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("tested_on", sa.Date(), nullable=False),
        sa.Column("tests", sa.Integer(), nullable=False),
        sa.Column("positives", sa.Integer(), nullable=False),
        sa.CheckConstraint("tests >= 0 and positives >= 0", name=op.f("ck_tests_not_negative")),
    )
    spatial_op.create_geospatial_table(
        "facilities",
        *_row_key("facilities"),
        *(
            sa.Column(name, sa.Text(), nullable=True)
            for name in ("facility_id", "name", "kind", "category", "phone", "address", "unit_id")
        ),
        sa.Column("geometry", Geometry("POINT", srid=4326, spatial_index=False)),
        *(
            sa.Column(name, sa.Double(), nullable=True)
            for name in (
                "beds_total",
                "beds_vacant",
                "oxygen_beds_total",
                "oxygen_beds_vacant",
                "oxygen_hours",
            )
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_facilities_facility_id", "facilities", ["facility_id"])


def downgrade() -> None:
    """Take the step back."""
    spatial_op.drop_geospatial_table("facilities")
    op.drop_table("tests")
    op.drop_table("cases")


def _row_key(
    table: str,
) -> tuple[sa.Column[int], sa.Column[int], sa.ForeignKeyConstraint, sa.PrimaryKeyConstraint]:
    return (
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=f"fk_{table}_import_id"),
        sa.PrimaryKeyConstraint("import_id", "row", name=f"pk_{table}"),
    )
