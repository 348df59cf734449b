"""Imports, and the places they bring: editions, units, booths."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None

# GeoAlchemy2 adds its operations to Alembic at run time.
spatial_op: Any = op


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_taken", sa.Integer(), nullable=False),
        sa.Column("rows_rejected", sa.Integer(), nullable=False),
        sa.Column("rows_repaired", sa.Integer(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("reported_through", sa.Date(), nullable=True),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_index(
        "ix_imports_kind_content_hash",
        "imports",
        ["kind", "content_hash"],
        unique=True,
        sqlite_where=sa.text("undone_at is null"),
        postgresql_where=sa.text("undone_at is null"),
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_editions_import_id"),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
    )
    op.create_index("ix_editions_import_id", "editions", ["import_id"])
    _create_place_table(
        "units",
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        geometry_type="MULTIPOLYGON",
    )
    _create_place_table(
        "booths",
        sa.Column("booth_id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        geometry_type="GEOMETRY",
    )


def downgrade() -> None:
    """Take the step back."""
    for table in ("booths", "units"):
        spatial_op.drop_geospatial_index(f"idx_{table}_geometry", table, column_name="geometry")
        spatial_op.drop_geospatial_table(table)
    op.drop_table("editions")
    op.drop_table("imports")


def _create_place_table(name: str, *columns: sa.Column[str], geometry_type: str) -> None:
    key = columns[0].name
    spatial_op.create_geospatial_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        *columns,
        sa.Column("population", sa.Double(), nullable=True),
        sa.Column("geometry", Geometry(geometry_type, srid=4326, spatial_index=False)),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=f"fk_{name}_edition_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint("edition_id", key, name=f"uq_{name}_edition_id_{key}"),
    )
    spatial_op.create_geospatial_index(
        f"idx_{name}_geometry", name, ["geometry"], postgresql_using="gist"
    )
