"""How an order comes about and what follows it: drafts, consultations, papers, deviations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0009"
down_revision = "r0008"
branch_labels = None
depends_on = None

_Items = tuple[sa.schema.SchemaItem, ...]
# As in r0008: units for which a transaction of somebody who isn't the owner reads.
_UNITS = (
    "(select coalesce(string_to_array(current_setting('seemana.units', true), chr(31)), '{}'))"
    "::text[]"
)
_SEEN = {
    "drafts": f"area_unit_id = any({_UNITS})",
    "draft_versions": "draft_id in (select id from drafts)",
    "consultations": "draft_id in (select id from drafts)",
    "consultation_answers": "consultation_id in (select id from consultations)",
    "neighbour_requests": (
        f"authority_unit_id = any({_UNITS}) or draft_id in (select id from drafts)"
    ),
    "neighbour_answers": "request_id in (select id from neighbour_requests)",
    "escalations": f"area_unit_id = any({_UNITS})",
    "escalation_answers": "escalation_id in (select id from escalations)",
    "task_reports": f"area_unit_id = any({_UNITS})",
    "deviations": f"unit_id = any({_UNITS})",
    "withdrawals": f"unit_id = any({_UNITS})",
    "restorations": "withdrawal_id in (select id from withdrawals)",
}
# Whose an entry is can't be told row by row: the product shows the audit, and the owner reads it.
_OF_THE_OWNER = ("audit",)


def upgrade() -> None:
    """Take the step."""
    for table, (items, indexed) in _tables().items():
        op.create_table(table, *items)
        for column in indexed:
            op.create_index(f"ix_{table}_{column}", table, [column])
        _guard(table)
    if _is_postgres():
        for table in (*_SEEN, *_OF_THE_OWNER):
            op.execute(f"alter table {table} enable row level security")
        for table, seen in _SEEN.items():
            op.execute(f"create policy rows_of_own_units on {table} for select using ({seen})")


def downgrade() -> None:
    """Take the step back."""
    if _is_postgres():
        for table in _OF_THE_OWNER:
            op.execute(f"alter table {table} disable row level security")
        for table in reversed(_SEEN):
            op.execute(f"drop policy rows_of_own_units on {table}")
    for table in reversed(_tables()):
        op.drop_table(table)


def _tables() -> dict[str, tuple[_Items, tuple[str, ...]]]:
    """Return the columns of each table and those that are indexed, a table after those it names."""
    return {
        "drafts": (
            (
                *_key("drafts", "id"),
                *_texts("kind", "area_unit_id"),
                *_refers("drafts", "edition_id", "editions"),
                *_refers("drafts", "run_id", "rule_runs", is_needed=False),
                *_refers("drafts", "delineation_id", "delineations", is_needed=False),
                _moment("started_at"),
                *_texts("started_by"),
            ),
            (),
        ),
        "draft_versions": (
            (
                *_refers("draft_versions", "draft_id", "drafts"),
                sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
                *_texts("state", "step", "note"),
                sa.Column("content", sa.JSON(), nullable=False),
                *_refers("draft_versions", "order_id", "orders", is_needed=False),
                *_taken(),
                sa.PrimaryKeyConstraint("draft_id", "version", name="pk_draft_versions"),
            ),
            (),
        ),
        "consultations": (
            (
                *_key("consultations", "id"),
                *_refers("consultations", "draft_id", "drafts"),
                sa.Column("version", sa.Integer(), nullable=False),
                *_texts("office", "asked_by"),
                _moment("asked_at"),
                _moment("answer_by"),
            ),
            ("draft_id",),
        ),
        "consultation_answers": (
            (
                *_key("consultation_answers", "id"),
                *_refers("consultation_answers", "consultation_id", "consultations"),
                *_texts("answer", "note", "reference"),
                sa.Column("held_on", sa.Date(), nullable=False),
                *_taken(),
            ),
            ("consultation_id",),
        ),
        "neighbour_requests": (
            (
                *_key("neighbour_requests", "id"),
                *_refers("neighbour_requests", "draft_id", "drafts", is_needed=False),
                *_refers("neighbour_requests", "order_id", "orders", is_needed=False),
                *_texts("authority_unit_id", "zone_id", "category", "about", "asked_by"),
                sa.Column("unit_ids", sa.JSON(), nullable=False),
                sa.Column("booth_ids", sa.JSON(), nullable=False),
                _moment("asked_at"),
                _moment("answer_by"),
            ),
            ("draft_id", "order_id"),
        ),
        "neighbour_answers": (
            (
                *_key("neighbour_answers", "id"),
                *_refers("neighbour_answers", "request_id", "neighbour_requests"),
                *_texts("answer", "note", "order_number"),
                *_taken(),
            ),
            ("request_id",),
        ),
        "floors": (
            (
                *_key("floors", "id"),
                *_texts("unit_id", "zone", "authority", "reference", "known_by"),
                _moment("valid_from"),
                _moment("valid_to", is_needed=False),
                *_refers("floors", "ends_floor_id", "floors", is_needed=False),
                _moment("known_at"),
            ),
            ("unit_id",),
        ),
        "escalations": (
            (
                *_key("escalations", "id"),
                *_texts("kind", "matter", "area_unit_id", "to_role"),
                _moment("due_at"),
                _moment("raised_at"),
                sa.UniqueConstraint("kind", "matter", name="uq_escalations_kind_matter"),
            ),
            (),
        ),
        "escalation_answers": (
            (
                *_key("escalation_answers", "id"),
                *_refers("escalation_answers", "escalation_id", "escalations"),
                *_texts("note"),
                *_taken(),
            ),
            ("escalation_id",),
        ),
        "order_parts": (
            (
                *_refers("order_parts", "order_id", "orders"),
                sa.Column("content", sa.JSON(), nullable=False),
                *_texts("annex_sha256"),
                sa.PrimaryKeyConstraint("order_id", name="pk_order_parts"),
            ),
            (),
        ),
        "order_annexes": (
            (
                *_refers("order_annexes", "order_id", "orders"),
                *_texts("sealed"),
                sa.PrimaryKeyConstraint("order_id", name="pk_order_annexes"),
            ),
            (),
        ),
        "task_reports": (
            (
                *_key("task_reports", "id"),
                *_refers("task_reports", "order_id", "orders"),
                sa.Column("position", sa.Integer(), nullable=False),
                sa.Column("area_unit_id", sa.Text(), nullable=True),
                sa.Column("is_done", sa.Boolean(), nullable=False),
                *_texts("note"),
                *_taken(),
            ),
            ("order_id",),
        ),
        "deviations": (
            (
                *_key("deviations", "id"),
                *_texts("unit_id", "booth_id", "place", "premises"),
                *_texts("activity", "evidence", "offence"),
                _moment("happened_at"),
                *_taken(),
            ),
            ("unit_id",),
        ),
        "withdrawals": (
            (
                *_key("withdrawals", "id"),
                *_refers("withdrawals", "deviation_id", "deviations"),
                *_texts("number", "scope", "unit_id", "premises", "activity", "reason"),
                _moment("effective_at"),
                _moment("review_at"),
                *_taken(),
                sa.UniqueConstraint("number", name="uq_withdrawals_number"),
            ),
            ("deviation_id", "unit_id"),
        ),
        "restorations": (
            (
                *_refers("restorations", "withdrawal_id", "withdrawals"),
                *_texts("reason"),
                _moment("effective_at"),
                *_taken(),
                sa.PrimaryKeyConstraint("withdrawal_id", name="pk_restorations"),
            ),
            (),
        ),
    }


def _key(table: str, name: str) -> _Items:
    return (
        sa.Column(name, sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(name, name=f"pk_{table}"),
    )


def _refers(table: str, name: str, other: str, *, is_needed: bool = True) -> _Items:
    return (
        sa.Column(name, sa.Integer(), nullable=not is_needed),
        sa.ForeignKeyConstraint([name], [f"{other}.id"], name=f"fk_{table}_{name}"),
    )


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _moment(name: str, *, is_needed: bool = True) -> sa.schema.SchemaItem:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not is_needed)


def _taken() -> _Items:
    return (_moment("at"), *_texts("by"))


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
