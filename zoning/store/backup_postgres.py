"""Backup of a PostGIS by its own `pg_dump`, and its return by `pg_restore` and `psql`.

A dump and its row counts are of one snapshot. A restore is one transaction of
`psql`: it moves the present tables into a schema of their own, brings in those of
the dump, counts them, and commits; whatever ends it earlier leaves all as it was.
"""

from __future__ import annotations

import itertools
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import text
from sqlalchemy.orm import Session

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr
from zoning.store.engine import Store
from zoning.store.faults import in_use
from zoning.store.postgres_tools import find_programs, first_error, start
from zoning.store.tables import Base

_BLOCK_BYTES = 1 << 20
_VERSIONS = "alembic_version"
_LOCK_WAIT_S = 30

# Tables of the schema that no extension brought.
_TABLES = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = :schema and c.relkind in ('r', 'p') and not exists
 (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by 1
"""

# What the triggers of these tables call stands in the same schema, and moves with them.
_FUNCTIONS = """
select distinct p.oid::regprocedure::text from pg_trigger t
join pg_proc p on p.oid = t.tgfoid join pg_class c on c.oid = t.tgrelid
join pg_namespace n on n.oid = c.relnamespace and n.oid = p.pronamespace
where n.nspname = :schema and c.relname = any(:tables) and not t.tgisinternal and not exists
 (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
"""


@dataclass(frozen=True)
class Contents:
    """What a database holds.

    Attributes
    ----------
    server : int
        Main version of the server.
    schema : str
        Where its tables are.
    rows : mapping of str to int
        Rows of each table.
    functions : collection of str
        What the triggers of its tables call.
    revision : str or None
        Version of its tables; None if it has none of ours.
    """

    server: int
    schema: str
    rows: Mapping[str, int]
    functions: Collection[str]
    revision: str | None

    @property
    def n_rows(self) -> int:
        """Return the rows of all our tables together."""
        return sum(self.rows.get(name, 0) for name in Base.metadata.tables)


def contents(session: Session) -> Contents:
    """Return what a database holds as of the session's snapshot."""
    server = int(str(session.scalar(text("show server_version_num")))) // 10_000
    schema = str(session.scalar(text("select current_schema()")))
    tables = list(session.scalars(text(_TABLES), {"schema": schema}))
    quote = session.connection().dialect.identifier_preparer.quote
    rows = {
        name: int(session.scalar(text(f"select count(*) from {quote(schema)}.{quote(name)}")) or 0)
        for name in tables
    }
    functions = session.scalars(text(_FUNCTIONS), {"schema": schema, "tables": tables})
    revision = None
    if _VERSIONS in tables:
        revision = session.scalar(text(f"select version_num from {quote(schema)}.{_VERSIONS}"))
    return Contents(server, schema, rows, tuple(functions), revision)


def free_schema(session: Session, name: str) -> str:
    """Return a name that no schema has yet: the one given, or it with a number."""
    taken = set(session.scalars(text("select nspname from pg_namespace")))
    names = (f"{name}_{n}" for n in itertools.count(2))
    return name if name not in taken else next(other for other in names if other not in taken)


def dump(store: Store, sink: Callable[[bytes], object]) -> Contents:
    """Hand the dump of a database to a sink, as of one moment; writers go on meanwhile.

    Returns
    -------
    Contents
        What was in it at that moment.

    Raises
    ------
    StoreError
        If the programs are missing or too old, or the database can't be read.
    """
    with store.reading() as session, tempfile.TemporaryFile() as said:
        found = contents(session)
        programs = find_programs(found.server)
        snapshot = session.scalar(text("select pg_export_snapshot()"))
        process = start(
            programs,
            "pg_dump",
            store.engine.url,
            "--format=custom",
            f"--schema={_pattern(found.schema)}",
            f"--snapshot={snapshot}",
            *("--no-owner", "--no-privileges"),
            stderr=said,
        )
        try:
            _pass_on(process, sink)
        finally:
            _end(process)
        if process.returncode:
            raise _failed("pg_dump", store.where, said)
    return found


def restore(store: Store, file: Path, expected: Mapping[str, int], aside: str) -> None:
    """Bring the tables of a dump in; those that are there move to another schema.

    Parameters
    ----------
    store : Store
        The database.
    file : Path
        The dump.
    expected : mapping of str to int
        Rows of each table that have to be there afterwards.
    aside : str
        New schema that keeps the present tables; dropped again if they hold no row.

    Raises
    ------
    StoreError
        If it fails; the database is as before then.
    """
    with store.reading() as session:
        present = contents(session)
        quote = session.connection().dialect.identifier_preparer.quote
    programs = find_programs(present.server)
    before, after = _script(present, expected, aside, quote)
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as read_said:
        psql = start(
            programs,
            "psql",
            store.engine.url,
            *("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"),
            stdin=subprocess.PIPE,
            stderr=said,
        )
        reading = subprocess.Popen(
            [
                str(programs / "pg_restore"),
                *("--file=-", "--no-owner", "--no-privileges", f"--schema={present.schema}"),
                str(file),
            ],
            stdout=subprocess.PIPE,
            stderr=read_said,
        )
        try:
            _feed(psql, before, reading, after)
        finally:
            _end(reading)
            _end(psql)
        if psql.returncode:
            raise _failed("psql", store.where, said)
        if reading.returncode:
            raise _failed("pg_restore", store.where, read_said)


def _feed(
    psql: subprocess.Popen[bytes], before: str, reading: subprocess.Popen[bytes], after: str
) -> None:
    assert psql.stdin is not None and reading.stdout is not None
    # A pipe that breaks means that psql has ended, and said why.
    with suppress(BrokenPipeError), psql.stdin as script:
        script.write(before.encode())
        shutil.copyfileobj(reading.stdout, script, _BLOCK_BYTES)
        # Without the commit at the end of this, psql leaves all as it was.
        if reading.wait() == 0:
            script.write(after.encode())


def _script(
    present: Contents, expected: Mapping[str, int], aside: str, quote: Callable[[str], str]
) -> tuple[str, str]:
    """Return what comes before and after the statements of the dump."""
    schema, kept = quote(present.schema), quote(aside)
    moved = [
        name
        for name in present.rows
        if name in expected or name in Base.metadata.tables or name == _VERSIONS
    ]
    before = ["begin;", f"set local lock_timeout = '{_LOCK_WAIT_S}s';", f"create schema {kept};"]
    before += [f"alter table {schema}.{quote(name)} set schema {kept};" for name in moved]
    before += [f"alter function {name} set schema {kept};" for name in present.functions]
    after = [
        f"do $$ begin if (select count(*) from {schema}.{quote(name)}) <> {n} then raise exception"
        f" 'table % has other rows than the backup tells', '{name}'; end if; end $$;"
        for name, n in expected.items()
    ]
    after += [f"analyze {schema}.{quote(name)};" for name in expected]
    if not present.n_rows:
        after += [
            f"do $$ begin if exists (select from {kept}.{quote(name)}) then raise exception"
            f" 'somebody wrote into table % meanwhile', '{name}'; end if; end $$;"
            for name in moved
            if name in Base.metadata.tables
        ]
        after.append(f"drop schema {kept} cascade;")
    return "\n".join([*before, ""]), "\n".join(["", *after, "commit;", ""])


def _pass_on(process: subprocess.Popen[bytes], sink: Callable[[bytes], object]) -> None:
    assert process.stdout is not None
    while block := process.stdout.read(_BLOCK_BYTES):
        sink(block)
    process.wait()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let a program that has been told everything end; one that hangs on is stopped."""
    if process.stdout is not None:
        process.stdout.close()
    if process.stdin is not None:
        with suppress(BrokenPipeError):
            process.stdin.close()
    process.wait()


def _pattern(schema: str) -> str:
    return '"' + schema.replace('"', '""') + '"'


def _failed(program: str, where: str, said: IO[bytes]) -> StoreError:
    said.seek(0)
    fault = first_error(said.read())
    if "lock timeout" in fault:
        return in_use(where)
    return StoreError(
        tr(
            "{program} failed on the database {where}, which is as before: {fault}",
            program=program,
            where=where,
            fault=fault,
        )
    )
