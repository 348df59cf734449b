"""Officers, their postings and the ends of these; for which area a file was brought in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0008"
down_revision = "r0006"
branch_labels = None
depends_on = None

_NEW_TABLES = ("officers", "postings", "posting_ends")


def upgrade() -> None:
    """Take the step."""
    # Null is the whole state: so were all files that were brought in before.
    op.add_column("imports", sa.Column("area_unit_ids", sa.JSON(), nullable=True))
    op.create_table(
        "officers",
        *_id("officers"),
        *_of_import("officers"),
        *_texts("person_id", "name", "email"),
        *_known(),
    )
    op.create_index("ix_officers_person_id", "officers", ["person_id"])
    op.create_table(
        "postings",
        *_id("postings"),
        *_of_import("postings"),
        *_texts("person_id", "role", "area_unit_id", "subject"),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("is_acting", sa.Boolean(), nullable=False),
        *_texts("successor_of"),
        *_known(),
    )
    op.create_index("ix_postings_person_id", "postings", ["person_id"])
    op.create_table(
        "posting_ends",
        *_id("posting_ends"),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        *_known(),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], name="fk_posting_ends_posting_id"),
    )
    op.create_index("ix_posting_ends_posting_id", "posting_ends", ["posting_id"])
    for table in _NEW_TABLES:
        _guard(table)


def downgrade() -> None:
    """Take the step back."""
    for table in reversed(_NEW_TABLES):
        op.drop_table(table)
    op.drop_column("imports", "area_unit_ids")


def _id(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _of_import(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=f"fk_{table}_import_id"),
    )


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _known() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_by", sa.Text(), nullable=False),
    )


def _guard(table: str) -> None:
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for event in ("update", "delete"):
        effect = (
            "for each row execute function refuse_change()"
            if is_postgres
            else f"begin select raise(abort, 'rows of {table} are never changed'); end"
        )
        op.execute(f"create trigger {table}_no_{event} before {event} on {table} {effect}")
    if is_postgres:
        op.execute(
            f"create trigger {table}_no_truncate before truncate on {table}"
            " for each statement execute function refuse_change()"
        )
