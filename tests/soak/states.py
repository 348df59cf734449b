"""What a database holds, and whether anything in it is half."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from zoning.store.engine import Store, open_store
from zoning.store.tables import Base

ROWS_OF_IMPORTS = ("cases", "outcomes", "tests", "facilities")
ORPHANS = {
    **{
        table: f"select count(*) from {table} t left join imports i on i.id = t.import_id"
        " where i.id is null"
        for table in (*ROWS_OF_IMPORTS, "editions")
    },
    **{
        table: f"select count(*) from {table} t left join editions e on e.id = t.edition_id"
        " where e.id is null"
        for table in ("units", "booths", "edition_switches")
    },
}
# An import counts its own rows, so half of it gives itself away.
HALVES = {
    "imports without their entry in the audit": "select count(*) from imports i where not exists"
    " (select 1 from audit a where a.action = 'import.finish'"
    " and a.subject = 'imports/' || i.id)",
    "editions without their entry in the audit": "select count(*) from editions e where not exists"
    " (select 1 from audit a where a.action = 'edition.add'"
    " and a.subject = 'editions/' || e.id)",
    "undone imports without their entry in the audit": "select count(*) from imports i where"
    " undone_at is not null and not exists (select 1 from audit a where a.action = 'import.undo'"
    " and a.subject = 'imports/' || i.id)",
    "switches without their entry in the audit": "select abs((select count(*) from"
    " edition_switches) - (select count(*) from audit where action = 'edition.switch'))",
    "imports that took other rows than they say": "select count(*) from imports i where"
    " i.kind in ('cases', 'tests', 'facilities') and i.rows_taken <>"
    " (select count(*) from cases c where c.import_id = i.id)"
    " + (select count(*) from tests t where t.import_id = i.id)"
    " + (select count(*) from facilities f where f.import_id = i.id)",
    "editions of other units than their import took": "select count(*) from editions e"
    " join imports i on i.id = e.import_id where i.kind = 'boundaries' and i.rows_taken >"
    " (select count(*) from units u where u.edition_id = e.id)",
}


@contextmanager
def opened(address: str) -> Iterator[Store]:
    """Open a database for a block."""
    store = open_store(address)
    try:
        yield store
    finally:
        store.close()


def state(address: str) -> Counter[str]:
    """Return the rows of every table of a database, of which nothing is half."""
    with opened(address) as store:
        assert_nothing_is_half(store)
        return counts(store)


def counts(store: Store) -> Counter[str]:
    """Return the rows of each table, and what was taken back."""
    with store.reading() as session:
        rows = {
            name: session.scalar(text(f"select count(*) from {name}"))
            for name in Base.metadata.tables
        }
        rows["undone"] = session.scalar(
            text("select count(*) from imports where undone_at is not null")
        )
    return Counter(rows)


def assert_nothing_is_half(store: Store) -> None:
    """Assert that no row lacks what it belongs to, and no import lacks a row."""
    with store.reading() as session:
        for name, question in (ORPHANS | HALVES).items():
            assert session.scalar(text(question)) == 0, name


def assert_sound(store: Store) -> None:
    """Assert that the database itself finds nothing wrong in its files."""
    if store.engine.dialect.name != "sqlite":
        return
    with store.engine.connect() as connection:
        ask = connection.exec_driver_sql
        assert ask("pragma integrity_check").scalar() == "ok"
        assert ask("pragma foreign_key_check").fetchall() == []
        for table in ("units", "booths"):
            assert ask(f"select rtreecheck('idx_{table}_geometry')").scalar() == "ok"
