"""PostGIS: roles that aren't the owner, and whose rows a transaction may see.

The migrations lay a policy on every table that holds single cases; it binds all but
the owner. A transaction for somebody who answers for an area runs as the staff
role and says for which units; where it says nothing it sees no row.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from zoning.store.tables import Base

STAFF, PUBLIC = "seemana_staff", "seemana_public"
# As in the policies: no code of a unit holds it.
SEPARATOR = "\x1f"
# What is public by law: places, and orders in force with what they declare.
PUBLIC_TABLES = (
    *("editions", "edition_switches", "units", "booths"),
    *("orders", "order_units", "order_booths", "order_areas"),
)
# One annex is one file with the evidence of a whole order: no policy on rows can part it, so it is
# opened by the product alone, which asks the right and tells the audit.
OWNER_TABLES = ("order_annexes",)
_USABLE = text(
    "select exists (select 1 from pg_roles where rolname = :role"
    " and pg_has_role(current_user, oid, 'member') and has_table_privilege(oid, 'cases', 'select'))"
)


@dataclass(frozen=True)
class RowReader:
    """Somebody who reads for an area.

    Attributes
    ----------
    person : str
        Who, for the log of the database.
    units : frozenset of str
        Codes of the units whose cases may be seen, of every level.
    """

    person: str
    units: frozenset[str]


def add_roles(connection: Connection) -> bool:
    """Make the roles that aren't the owner and give them what they may read.

    They can't sign in: an administrator grants them to users who may. On a server
    where the roles of ours exist already they are shared by its databases.

    Returns
    -------
    bool
        Whether they are there and this connection may act as them; without the right
        to make roles nothing is done, and areas are kept apart by the product alone.
    """
    if connection.dialect.name != "postgresql":
        return False
    may = "select rolsuper or rolcreaterole from pg_roles where rolname = current_user"
    may_create = bool(connection.scalar(text(may)))
    for role in (STAFF, PUBLIC):
        if not _is_member(connection, role):
            if not may_create:
                return False
            _run_alone(connection, f"create role {role} nologin")
            _run_alone(connection, f"grant {role} to current_user")
    schema = connection.scalar(text("select quote_ident(current_schema())"))
    seen = [name for name in Base.metadata.tables if name not in OWNER_TABLES]
    _grant(connection, str(schema), STAFF, seen)
    _grant(connection, str(schema), PUBLIC, PUBLIC_TABLES)
    return True


def roles_work(session: Session) -> bool:
    """Return whether rows can be read as the staff role in this database."""
    if session.connection().dialect.name != "postgresql":
        return False
    return bool(session.scalar(_USABLE, {"role": STAFF}))


def read_as(session: Session, reader: RowReader) -> None:
    """Let a transaction see only the rows of a reader's units, until it ends."""
    if not roles_work(session):
        return
    session.execute(
        text(
            "select set_config('seemana.units', :units, true),"
            " set_config('seemana.person', :person, true)"
        ),
        {"units": SEPARATOR.join(sorted(reader.units)), "person": reader.person},
    )
    session.execute(text(f"set local role {STAFF}"))


def _is_member(connection: Connection, role: str) -> bool:
    query = text(
        "select exists (select 1 from pg_roles where rolname = :role"
        " and pg_has_role(current_user, oid, 'member'))"
    )
    return bool(connection.scalar(query, {"role": role}))


def _run_alone(connection: Connection, statement: str) -> None:
    # Another database of the server may be set up at the same moment, or was before.
    with suppress(ProgrammingError), connection.begin_nested():
        connection.execute(text(statement))


def _grant(connection: Connection, schema: str, role: str, tables: Iterable[str]) -> None:
    connection.execute(text(f"grant usage on schema {schema} to {role}"))
    names = ", ".join(f"{schema}.{name}" for name in tables)
    connection.execute(text(f"grant select on {names} to {role}"))
