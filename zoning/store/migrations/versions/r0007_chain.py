"""The audit becomes a chain of hashes; who is told of orders, and the outbox of what to tell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr
from zoning.orders.chain import BEGINNING, chain_hash
from zoning.store.audit_links import read_link

revision = "r0007"
down_revision = "r0006"
branch_labels = None
depends_on = None

_BLOCK_ROWS = 5_000


def upgrade() -> None:
    """Take the step."""
    # Changing a column of SQLite builds the table anew, without its triggers.
    _unguard_audit()
    with op.batch_alter_table("audit") as audit:
        audit.add_column(sa.Column("prev_hash", sa.Text(), nullable=True))
        audit.add_column(sa.Column("hash", sa.Text(), nullable=True))
    _chain_what_is_there()
    with op.batch_alter_table("audit") as audit:
        audit.alter_column("prev_hash", existing_type=sa.Text(), nullable=False)
        audit.alter_column("hash", existing_type=sa.Text(), nullable=False)
        audit.create_unique_constraint("uq_audit_prev_hash", ["prev_hash"])
    _guard_audit()
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("kind", "address"),
        sa.Column("unit_ids", sa.JSON(), nullable=True),
        *_texts("language"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *_texts("created_by"),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
    )
    op.create_index(
        "ix_subscriptions_address",
        "subscriptions",
        ["kind", "address"],
        unique=True,
        sqlite_where=sa.text("closed_at is null"),
        postgresql_where=sa.text("closed_at is null"),
    )
    op.create_table(
        "outbox",
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("id", "order_id", "subscription_id")
        ),
        *_texts("key"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_outbox_order_id"),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name="fk_outbox_subscription_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint(
            "order_id", "subscription_id", name="uq_outbox_order_id_subscription_id"
        ),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_subscription_id", "outbox", ["subscription_id"])
    op.create_index("ix_outbox_next_try_at", "outbox", ["next_try_at"])


def downgrade() -> None:
    """Take the step back."""
    op.drop_table("outbox")
    op.drop_table("subscriptions")
    _unguard_audit()
    with op.batch_alter_table("audit") as audit:
        audit.drop_constraint("uq_audit_prev_hash", type_="unique")
        audit.drop_column("hash")
        audit.drop_column("prev_hash")
    _guard_audit()


def _chain_what_is_there() -> None:
    """Chain the entries of before in the order of their numbers."""
    connection = op.get_bind()
    in_utc = "at at time zone 'UTC'" if connection.dialect.name == "postgresql" else "at"
    block = sa.text(
        f"select id, cast({in_utc} as text), who, action, subject, cast(detail as text)"
        " from audit where id > :after order by id limit :n"
    )
    update = sa.text("update audit set prev_hash = :prev_hash, hash = :hash where id = :id")
    head, after = BEGINNING, 0
    while rows := connection.execute(block, {"after": after, "n": _BLOCK_ROWS}).all():
        chained = []
        for number, *texts in rows:
            entry = read_link(number, [*texts, "", ""]).entry
            if entry is None:
                raise StoreError(
                    tr(
                        "Entry {number} of the audit can't be read, so it can't be chained: "
                        "restore a backup in which it can.",
                        number=number,
                    )
                )
            own = chain_hash(head, entry)
            chained.append({"id": number, "prev_hash": head, "hash": own})
            head = own
        connection.execute(update, chained)
        after = rows[-1][0]


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _guard_audit() -> None:
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for event in ("update", "delete"):
        effect = (
            "for each row execute function refuse_change()"
            if is_postgres
            else "begin select raise(abort, 'rows of audit are never changed'); end"
        )
        op.execute(f"create trigger audit_no_{event} before {event} on audit {effect}")
    if is_postgres:
        op.execute(
            "create trigger audit_no_truncate before truncate on audit"
            " for each statement execute function refuse_change()"
        )


def _unguard_audit() -> None:
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for event in ("update", "delete", "truncate") if is_postgres else ("update", "delete"):
        op.execute(f"drop trigger audit_no_{event}{' on audit' if is_postgres else ''}")
