"""What makes data defensible: feeds, switches of editions, later outcomes, places, names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0005"
down_revision = "r0004"
branch_labels = None
depends_on = None

_NEW_COLUMNS = (
    ("imports", "feed_id", sa.Text),
    ("imports", "series", sa.Text),
    ("units", "lgd_code", sa.Text),
    ("units", "names", sa.JSON),
    ("booths", "constituency", sa.Text),
    ("booths", "part_number", sa.Text),
    ("cases", "detected_unit_id", sa.Text),
    ("cases", "address", sa.Text),
    ("rule_results", "reported_through", sa.Date),
)
_NEW_TABLES = (
    "edition_switches",
    "feeds",
    "outcomes",
    "case_places",
    "name_decisions",
    "saved_mappings",
)
# What was told, drawn or decided stays as it was; a correction is a new row. A switch of
# editions and an import may still be marked as undone.
_GUARDED = (
    *("cases", "tests", "facilities", "units", "booths", "editions"),
    *(name for name in _NEW_TABLES if name != "edition_switches"),
)


def upgrade() -> None:
    """Take the step."""
    for table, name, kind in _NEW_COLUMNS:
        op.add_column(table, sa.Column(name, kind(), nullable=True))
    op.execute(
        "update rule_results set reported_through = (select rule_runs.reported_through"
        " from rule_runs where rule_runs.id = rule_results.run_id)"
    )
    # A correction may take cases back, so a count may be negative.
    with op.batch_alter_table("cases") as cases:
        cases.drop_constraint(op.f("ck_cases_count_not_negative"), type_="check")
    _add_switches()
    _add_surveillance()
    op.create_table(
        "saved_mappings",
        *_id("saved_mappings"),
        *_texts("kind", "name", "header_hash", "content"),
        *_when_and_who("saved_at", "saved_by"),
    )
    op.create_index("ix_saved_mappings_header_hash", "saved_mappings", ["header_hash"])
    _guard()


def downgrade() -> None:
    """Take the step back."""
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for table in _GUARDED:
        for event in ("update", "delete", "truncate") if is_postgres else ("update", "delete"):
            op.execute(f"drop trigger {table}_no_{event}{f' on {table}' if is_postgres else ''}")
    for table in reversed(_NEW_TABLES):
        op.drop_table(table)
    with op.batch_alter_table("cases") as cases:
        cases.create_check_constraint(op.f("ck_cases_count_not_negative"), "count >= 0")
    for table, name, _ in reversed(_NEW_COLUMNS):
        op.drop_column(table, name)


def _add_switches() -> None:
    op.create_table(
        "edition_switches",
        *_id("edition_switches"),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        *_when_and_who("switched_at", "switched_by"),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name="fk_edition_switches_edition_id"
        ),
    )
    op.create_index("ix_edition_switches_edition_id", "edition_switches", ["edition_id"])
    # Every edition known so far took effect when it was brought in.
    op.execute(
        "insert into edition_switches (edition_id, valid_from, switched_at, switched_by)"
        " select editions.id, editions.valid_from, imports.imported_at, imports.imported_by"
        " from editions join imports on imports.id = editions.import_id order by editions.id"
    )


def _add_surveillance() -> None:
    op.create_table(
        "feeds",
        *_id("feeds"),
        *_texts("feed_id", "name", "kind"),
        sa.Column("rhythm_days", sa.Integer(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        *_when_and_who("known_at", "known_by"),
    )
    op.create_index("ix_feeds_feed_id", "feeds", ["feed_id"])
    op.create_table(
        "outcomes",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        *_texts("case_id"),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_outcomes_import_id"),
        sa.PrimaryKeyConstraint("import_id", "row", name="pk_outcomes"),
    )
    op.create_index("ix_outcomes_case_id", "outcomes", ["case_id"])
    op.create_table(
        "case_places",
        *_id("case_places"),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=True),
        *_texts("reason"),
        *_when_and_who("decided_at", "decided_by"),
        sa.ForeignKeyConstraint(
            ["import_id", "row"], ["cases.import_id", "cases.row"], name="fk_case_places_import_id"
        ),
    )
    op.create_index("ix_case_places_import_id", "case_places", ["import_id", "row"])
    op.create_table(
        "name_decisions",
        *_id("name_decisions"),
        *_texts("text", "within", "unit_id"),
        *_when_and_who("decided_at", "decided_by"),
    )
    op.create_index("ix_name_decisions_text", "name_decisions", ["text"])


def _guard() -> None:
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for table in _GUARDED:
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


def _id(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _when_and_who(at: str, who: str) -> tuple[sa.Column, sa.Column]:  # type: ignore[type-arg]
    return (
        sa.Column(at, sa.DateTime(timezone=True), nullable=False),
        sa.Column(who, sa.Text(), nullable=False),
    )
