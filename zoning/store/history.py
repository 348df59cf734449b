"""The schema's history: which version a database has, and bringing it up to date."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection, text

from zoning.store.tables import Base

MIGRATIONS = Path(__file__).parent / "migrations"
# Any number does, as long as two that set up the same database share it.
_SETUP_LOCK = 177_195


class SchemaState(Enum):
    """How the tables of a database stand to this version of the program."""

    ABSENT = auto()
    OLDER = auto()
    CURRENT = auto()
    NEWER = auto()


def migration_config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration for the one history; there is no `alembic.ini`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newest_revision() -> str | None:
    """Return the version that this program writes."""
    return ScriptDirectory.from_config(migration_config()).get_current_head()


def schema_state(connection: Connection) -> SchemaState:
    """Return how a database's tables stand to this version of the program."""
    return revision_state(MigrationContext.configure(connection).get_current_revision())


def revision_state(revision: str | None) -> SchemaState:
    """Return how tables of a version stand to this version of the program."""
    if revision is None:
        return SchemaState.ABSENT
    script = ScriptDirectory.from_config(migration_config())
    if revision == script.get_current_head():
        return SchemaState.CURRENT
    known = {step.revision for step in script.walk_revisions()}
    return SchemaState.OLDER if revision in known else SchemaState.NEWER


def run_migrations(connection: Connection) -> None:
    """Bring a database to the newest version inside the caller's transaction.

    On PostgreSQL the extension PostGIS has to be there.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _SETUP_LOCK})
    command.upgrade(migration_config(connection), "head")


def migration_options() -> dict[str, Any]:
    """Return the options under which migrations run and models are compared with them."""
    return {
        "target_metadata": Base.metadata,
        "include_object": _is_ours,
        "process_revision_directives": alembic_helpers.writer,
        "render_item": alembic_helpers.render_item,
        "render_as_batch": True,
        "compare_type": True,
    }


def _is_ours(item: Any, name: str | None, kind: str, reflected: bool, _match: Any) -> bool:
    """Skip what PostGIS, Tiger, SQLite and the R*Trees keep beside our tables."""
    if kind == "table" and reflected:
        return name in Base.metadata.tables
    return True
