"""The audit, and triggers that keep it and published orders as they were written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0004"
down_revision = "r0003"
branch_labels = None
depends_on = None

# What is signed stays; only how an order ended is told later (`status`, `ended_at`).
_SIGNED = (
    "number, title, act, reason, run_id, edition_id, published_at, published_by,"
    " effective_at, review_at, expires_at, signatory"
)
_REFUSED = {
    "audit": ("update", "delete"),
    "orders": (f"update of {_SIGNED}", "delete"),
    "order_units": ("update", "delete"),
}


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgres()
    else:
        _guard_sqlite()


def downgrade() -> None:
    """Take the step back."""
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for table in _REFUSED:
        for event in ("update", "delete", "truncate") if is_postgres else ("update", "delete"):
            on_table = f" on {table}" if is_postgres else ""
            op.execute(f"drop trigger {table}_no_{event}{on_table}")
    if is_postgres:
        op.execute("drop function refuse_change()")
    op.drop_table("audit")


def _guard_sqlite() -> None:
    for table, events in _REFUSED.items():
        for event in events:
            op.execute(
                f"create trigger {table}_no_{event.split()[0]} before {event} on {table}"
                f" begin select raise(abort, 'rows of {table} are never changed'); end"
            )


def _guard_postgres() -> None:
    op.execute(
        "create function refuse_change() returns trigger language plpgsql as $$"
        " begin raise exception using errcode = 'integrity_constraint_violation',"
        " message = 'rows of ' || tg_table_name || ' are never changed'; end $$"
    )
    for table, events in _REFUSED.items():
        for event in events:
            op.execute(
                f"create trigger {table}_no_{event.split()[0]} before {event} on {table}"
                " for each row execute function refuse_change()"
            )
        op.execute(
            f"create trigger {table}_no_truncate before truncate on {table}"
            " for each statement execute function refuse_change()"
        )
