"""Containment: delineations, zones over days, orders on booths, follow-up, isolation units."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "r0006"
down_revision = "r0005"
branch_labels = None
depends_on = None

_SIGNED = (
    "number, title, act, reason, run_id, edition_id, published_at, published_by,"
    " effective_at, review_at, expires_at, signatory"
)
_BY_IMPORT = ("isolation_units", "house_rounds", "contacts", "samples")
_NEW_TABLES = (
    *("delineations", "delineation_booths", "zone_events"),
    *("order_booths", "order_areas"),
    *(*_BY_IMPORT, "alarm_answers"),
)


def upgrade() -> None:
    """Take the step."""
    _create_delineations()
    # Changing a column of SQLite builds the table anew, without its triggers.
    _unguard("orders")
    with op.batch_alter_table("orders") as orders:
        orders.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default="zones"))
        orders.add_column(sa.Column("delineation_id", sa.Integer(), nullable=True))
        orders.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        orders.alter_column("run_id", existing_type=sa.Integer(), nullable=True)
        orders.drop_constraint("uq_orders_number", type_="unique")
        orders.create_foreign_key(
            "fk_orders_delineation_id", "delineations", ["delineation_id"], ["id"]
        )
        orders.create_foreign_key("fk_orders_import_id", "imports", ["import_id"], ["id"])
    with op.batch_alter_table("orders") as orders:
        orders.alter_column("kind", existing_type=sa.Text(), server_default=None)
    op.create_index(
        "ix_orders_number",
        "orders",
        ["number"],
        unique=True,
        sqlite_where=sa.text("import_id is null"),
        postgresql_where=sa.text("import_id is null"),
    )
    _guard("orders", f"update of {_SIGNED}, kind, delineation_id, import_id")
    _create_order_parts()
    _create_follow_up()
    for table in _NEW_TABLES:
        _guard(table)


def downgrade() -> None:
    """Take the step back."""
    for table in _NEW_TABLES:
        _unguard(table)
    _unguard("orders")
    op.drop_table("order_areas")
    op.drop_table("order_booths")
    op.drop_index("ix_orders_number", "orders")
    op.execute(
        "delete from order_units where order_id in (select id from orders where run_id is null)"
    )
    op.execute("delete from orders where run_id is null")
    with op.batch_alter_table("orders") as orders:
        orders.drop_constraint("fk_orders_delineation_id", type_="foreignkey")
        orders.drop_constraint("fk_orders_import_id", type_="foreignkey")
        for name in ("kind", "delineation_id", "import_id"):
            orders.drop_column(name)
        orders.alter_column("run_id", existing_type=sa.Integer(), nullable=False)
        orders.create_unique_constraint("uq_orders_number", ["number"])
    _guard("orders", f"update of {_SIGNED}")
    for table in (
        "alarm_answers",
        *_BY_IMPORT,
        "zone_events",
        "delineation_booths",
        "delineations",
    ):
        op.drop_table(table)


def _create_delineations() -> None:
    op.create_table(
        "delineations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("booth_edition_id", sa.Integer(), nullable=True),
        *_texts("policy_id"),
        sa.Column("buffer_m", sa.Double(), nullable=False),
        *_texts("ground_key"),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        *_texts("computed_by"),
        sa.ForeignKeyConstraint(["run_id"], ["rule_runs.id"], name="fk_delineations_run_id"),
        sa.ForeignKeyConstraint(
            ["booth_edition_id"], ["editions.id"], name="fk_delineations_booth_edition_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delineations"),
    )
    op.create_index("ix_delineations_run_id", "delineations", ["run_id"])
    op.create_table(
        "delineation_booths",
        *_part_of("delineation_booths", "delineation_id", "delineations", "position"),
        *_texts("booth_id"),
        *_texts("unit_id", "category", nullable=True),
        *(
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("is_watched", "needs_survey", "is_held")
        ),
        *_integers("affecting"),
        sa.Column("last_case_on", sa.Date(), nullable=True),
        *_texts("provenance", "zone_id", nullable=True),
    )
    op.create_table(
        "zone_events",
        *_part_of("zone_events", "delineation_id", "delineations", "position"),
        *_texts("kind", "zone_id"),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("from_ids", sa.JSON(), nullable=False),
        sa.Column("into_ids", sa.JSON(), nullable=False),
        *_integers("n_before", "n_after"),
    )
    op.create_index("ix_zone_events_zone_id", "zone_events", ["zone_id"])


def _create_order_parts() -> None:
    op.create_table(
        "order_booths",
        sa.Column("order_id", sa.Integer(), nullable=False),
        *_texts("booth_id"),
        *_texts("unit_id", "category", "zone_id", nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_booths_order_id"),
        sa.PrimaryKeyConstraint("order_id", "booth_id", name="pk_order_booths"),
    )
    op.create_table(
        "order_areas",
        *_part_of("order_areas", "order_id", "orders", "position"),
        *_texts("name", "category", nullable=True),
        _geometry(),
    )


def _create_follow_up() -> None:
    of_import = {name: _part_of(name, "import_id", "imports", "row") for name in _BY_IMPORT}
    op.create_table(
        "isolation_units",
        *of_import["isolation_units"],
        *_texts("isolation_id"),
        *_texts("booth_id", nullable=True),
        *_texts("authority"),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        _geometry(),
    )
    op.create_table(
        "house_rounds",
        *of_import["house_rounds"],
        *_texts("area_id"),
        *_days("held_on"),
        *_integers("houses_total", "houses_visited"),
    )
    op.create_table(
        "contacts",
        *of_import["contacts"],
        *_texts("contact_id", "area_id"),
        sa.Column("last_exposure_on", sa.Date(), nullable=True),
        *_days("told_on"),
        *_texts("status"),
        *_integers("attempts"),
    )
    op.create_table(
        "samples",
        *of_import["samples"],
        *_texts("area_id"),
        *_days("taken_on"),
        *_integers("samples", "results"),
    )
    op.create_table(
        "alarm_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("unit_id"),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        *_texts("answered_by", "note"),
        sa.PrimaryKeyConstraint("id", name="pk_alarm_answers"),
    )
    op.create_index("ix_alarm_answers_unit_id", "alarm_answers", ["unit_id"])


def _part_of(table: str, key: str, whole: str, place: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column(key, sa.Integer(), nullable=False),
        sa.Column(place, sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint([key], [f"{whole}.id"], name=f"fk_{table}_{key}"),
        sa.PrimaryKeyConstraint(key, place, name=f"pk_{table}"),
    )


def _texts(*names: str, nullable: bool = False) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=nullable) for name in names)


def _integers(*names: str) -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.Integer(), nullable=False) for name in names)


def _days(*names: str) -> tuple[sa.Column, ...]:  # type: ignore[type-arg]
    return tuple(sa.Column(name, sa.Date(), nullable=False) for name in names)


def _geometry() -> sa.Column:  # type: ignore[type-arg]
    shape = Geometry("GEOMETRY", srid=4326, spatial_index=False)
    return sa.Column("geometry", shape, nullable=True)


def _guard(table: str, update: str = "update") -> None:
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for event, deed in (("update", update), ("delete", "delete")):
        effect = (
            "for each row execute function refuse_change()"
            if is_postgres
            else f"begin select raise(abort, 'rows of {table} are never changed'); end"
        )
        op.execute(f"create trigger {table}_no_{event} before {deed} on {table} {effect}")
    if is_postgres:
        op.execute(
            f"create trigger {table}_no_truncate before truncate on {table}"
            " for each statement execute function refuse_change()"
        )


def _unguard(table: str) -> None:
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for event in ("update", "delete", "truncate") if is_postgres else ("update", "delete"):
        op.execute(f"drop trigger {table}_no_{event}{f' on {table}' if is_postgres else ''}")
