"""What a database says of its own health, and whether the guards of its tables are in place."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

GUARDED = (
    *("audit", "orders", "order_units", "order_booths", "order_areas"),
    *("cases", "tests", "facilities", "outcomes", "case_places", "name_decisions"),
    *("units", "booths", "editions", "feeds", "saved_mappings"),
    *("delineations", "delineation_booths", "zone_events"),
    *("isolation_units", "house_rounds", "contacts", "samples", "alarm_answers"),
    *("officers", "postings", "posting_ends"),
    *("drafts", "draft_versions", "consultations", "consultation_answers"),
    *("neighbour_requests", "neighbour_answers", "floors", "escalations", "escalation_answers"),
    *("order_parts", "order_annexes", "task_reports"),
    *("deviations", "withdrawals", "restorations"),
)
"""Tables whose rows are never changed: triggers refuse it."""

SHOWN_FAULTS = 20

_ENABLED = ("O", "A")


def database_faults(session: Session) -> tuple[str, ...]:
    """Return what is damaged in a database, in its own words; empty where nothing is.

    SQLite reads every page, and every reference from table to table. PostgreSQL holds references
    by itself; of it, what was left half-built or unproven is told.
    """
    if session.get_bind().dialect.name == "postgresql":
        unproven = session.scalars(
            text(
                "select 'constraint ' || conname || ' isn''t validated' from pg_constraint"
                " join pg_namespace n on n.oid = connamespace"
                " where not convalidated and n.nspname = current_schema()"
                " union all select 'index ' || c.relname || ' isn''t valid' from pg_index i"
                " join pg_class c on c.oid = i.indexrelid"
                " join pg_namespace n on n.oid = c.relnamespace"
                " where not i.indisvalid and n.nspname = current_schema()"
            )
        )
        return tuple(unproven)
    said = session.scalars(text(f"pragma quick_check({SHOWN_FAULTS})")).all()
    lost = session.execute(text("pragma foreign_key_check")).fetchmany(SHOWN_FAULTS)
    return (
        *(str(line) for line in said if line != "ok"),
        *(f"{table}, row {row}: {parent} lacks its row" for table, row, parent, _ in lost),
    )


def guards_of(dialect: str) -> frozenset[str]:
    """Return the names of the triggers that a database of a kind has to have."""
    events = ("update", "delete", *(("truncate",) if dialect == "postgresql" else ()))
    return frozenset(f"{table}_no_{event}" for table in GUARDED for event in events)


def missing_guards(session: Session) -> tuple[str, ...]:
    """Return the triggers that are missing or switched off, by name."""
    dialect = session.get_bind().dialect.name
    if dialect == "postgresql":
        rows = session.execute(
            text(
                "select tgname, tgenabled from pg_trigger join pg_class c on c.oid = tgrelid"
                " join pg_namespace n on n.oid = c.relnamespace"
                " where not tgisinternal and n.nspname = current_schema()"
            )
        )
        present = {name for name, enabled in rows if enabled in _ENABLED}
    else:
        rows = session.execute(
            text("select name, tbl_name from sqlite_master where type='trigger'")
        )
        present = {name for name, _ in rows}
    return tuple(sorted(guards_of(dialect) - present))
