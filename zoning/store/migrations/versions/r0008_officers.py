"""Officers, their postings and the ends of these; for which area a file was brought in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0008"
down_revision = "r0007"
branch_labels = None
depends_on = None

_NEW_TABLES = ("officers", "postings", "posting_ends")
# Units for which a transaction of somebody who isn't the owner reads; empty where it says none.
_UNITS = (
    "(select coalesce(string_to_array(current_setting('seemana.units', true), chr(31)), '{}'))"
    "::text[]"
)
_BOOTHS_AND_ZONES = (
    f"area_id in (select booth_id from booths where unit_id = any({_UNITS})"
    f" union select booth_id from order_booths where unit_id = any({_UNITS})"
    f" union select zone_id from order_booths where unit_id = any({_UNITS}))"
)
# A case without a unit is in the care of those who brought it in, for an area of theirs.
_IN_CARE = (
    "located_unit_id is null and import_id in (select id from imports"
    " where exists (select 1 from json_array_elements_text(area_unit_ids))"
    " and not exists (select 1 from json_array_elements_text(area_unit_ids) as area(unit_id)"
    f" where unit_id <> all({_UNITS})))"
)
_SEEN = {
    "case_places": f"unit_id = any({_UNITS})",
    "cases": (
        f"located_unit_id = any({_UNITS}) or ({_IN_CARE})"
        " or (import_id, row) in (select import_id, row from case_places)"
    ),
    "outcomes": "case_id in (select case_id from cases where case_id is not null)",
    "tests": f"unit_id = any({_UNITS})",
    **dict.fromkeys(("house_rounds", "contacts", "samples"), _BOOTHS_AND_ZONES),
}


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
    if _is_postgres():
        for table, seen in _SEEN.items():
            op.execute(f"alter table {table} enable row level security")
            op.execute(f"create policy rows_of_own_units on {table} for select using ({seen})")


def downgrade() -> None:
    """Take the step back."""
    if _is_postgres():
        for table in reversed(_SEEN):
            op.execute(f"drop policy rows_of_own_units on {table}")
            op.execute(f"alter table {table} disable row level security")
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


def _is_postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _guard(table: str) -> None:
    is_postgres = _is_postgres()
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
