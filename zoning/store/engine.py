"""Opening a store: one code path for the embedded database and for PostGIS."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr
from zoning.store.address import describe, is_sqlite, parse_address, sqlite_file
from zoning.store.faults import Fault, refusal, store_fault
from zoning.store.history import SchemaState, run_migrations, schema_state
from zoning.store.row_security import RowReader, add_roles, read_as
from zoning.store.sqlite_spatial import add_spatial_functions

SQLITE_WAIT_S = 30
SQLITE_CACHE_KIB = 65_536
CONNECT_WAIT_S = 5
INSUFFICIENT_PRIVILEGE = "42501"


@dataclass(frozen=True)
class Store:
    """An open database.

    Attributes
    ----------
    engine : Engine
        Pool of connections.
    where : str
        Name of the database for people, without user and password.
    """

    engine: Engine
    where: str

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Open one transaction of a use case: all of it is written, or nothing.

        Raises
        ------
        StoreError
            If the database is down, busy, full, read-only or not set up.
        """
        with self._refusals(), sessionmaker(self.engine).begin() as session:
            yield session

    @contextmanager
    def reading(self, reader: RowReader | None = None) -> Iterator[Session]:
        """Open one unchanging view of the data that waits for no writer.

        Parameters
        ----------
        reader : RowReader, optional
            Somebody who answers for an area: on PostGIS the database itself then shows the
            cases of that area alone.

        Raises
        ------
        StoreError
            If the database is down or not set up, or a write is attempted.
        """
        options: dict[str, Any] = {"seemana_reader": True}
        if self.engine.dialect.name == "postgresql":
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._refusals(), sessionmaker(self.engine.execution_options(**options))() as session:
            if reader is not None:
                read_as(session, reader)
            yield session

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            fault = store_fault(error, self.where)
            if fault is None:
                raise
            raise fault from error


def open_store(address: str, *, is_new: bool = False) -> Store:
    """Open the database at an address.

    Parameters
    ----------
    address : str
        `sqlite:///file` or `postgresql://user:password@host:port/database`.
    is_new : bool
        Whether the database may lack our tables, because `upgrade` follows;
        an embedded one is then created.

    Raises
    ------
    StoreError
        If the address is malformed, or the database is down, not set up, or
        of another version than the program.
    """
    url = parse_address(address)
    if is_sqlite(url):
        _check_file(url, describe(url), is_new=is_new)
    store = open_any_version(address)
    try:
        with store.reading() as session:
            state = schema_state(session.connection())
        _check_state(state, store.where, is_new=is_new)
    except StoreError:
        store.close()
        raise
    return store


def open_any_version(address: str) -> Store:
    """Open a database whatever its tables are, as a backup and a restore have to.

    Raises
    ------
    StoreError
        If the address is malformed.
    """
    url = parse_address(address)
    store = Store(_make_engine(url), describe(url))
    # Whoever forgets to close still does at exit: an embedded database is then one whole file,
    # and not a file and what its last writer left beside it.
    weakref.finalize(store, store.engine.dispose)
    return store


def upgrade(store: Store) -> None:
    """Create the tables, or bring them to this version, in one transaction.

    Raises
    ------
    StoreError
        If the database is newer than the program, or can't be changed.
    """
    with store.transaction() as session:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            add_postgis(connection, store.where)
        run_migrations(connection)
        add_roles(connection)


def add_postgis(connection: Connection, where: str) -> None:
    """Add the extension to a database that lacks it.

    Raises
    ------
    StoreError
        If it isn't installed, or only an administrator may add it.
    """
    try:
        connection.execute(text("create extension if not exists postgis"))
    except DBAPIError as error:
        # Lacking the right means something else here than in an import.
        if getattr(error.orig, "pgcode", None) == INSUFFICIENT_PRIVILEGE:
            raise refusal(Fault.NO_POSTGIS, where) from error
        raise


def _check_file(url: URL, where: str, *, is_new: bool) -> None:
    file = sqlite_file(url)
    if not is_new and not file.exists():
        raise refusal(Fault.NOT_SET_UP, where)
    if is_new:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                tr(
                    "The folder {folder} of the database can't be made ({reason}): "
                    "choose another with ZONING_VAR_DIR.",
                    folder=file.parent,
                    reason=error.strerror,
                )
            ) from error
        # It will hold personal data, and so will what SQLite keeps beside it with the same rights.
        # Where it can't be made SQLite says why.
        with suppress(OSError):
            file.touch(mode=0o600, exist_ok=False)


def _check_state(state: SchemaState, where: str, *, is_new: bool) -> None:
    if state is SchemaState.NEWER:
        raise refusal(Fault.NEWER, where)
    if is_new or state is SchemaState.CURRENT:
        return
    if state is SchemaState.ABSENT:
        raise refusal(Fault.NOT_SET_UP, where)
    raise StoreError(
        tr(
            "The database {where} is of an older version of Seemana: "
            "run “zoning setup” to bring it up to date.",
            where=where,
        )
    )


def _make_engine(url: URL) -> Engine:
    # Parameters stay out of errors and logs: they hold personal data.
    if is_sqlite(url):
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": SQLITE_WAIT_S})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": CONNECT_WAIT_S,
            "application_name": "seemana",
            "options": "-c timezone=UTC",
        },
    )


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # None: the driver opens no transactions of its own, `_begin_sqlite` does.
    connection.isolation_level = None
    add_spatial_functions(connection)
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = full")
    connection.execute(f"pragma cache_size = -{SQLITE_CACHE_KIB}")
    try:
        connection.execute("pragma journal_mode = wal")
    except sqlite3.OperationalError as error:
        # A database that may only be read stays as it is.
        if "readonly" not in str(error):
            raise


def _begin_sqlite(connection: Connection) -> None:
    """Begin as a reader, or as the one writer.

    A writer takes its lock at once: two that begin as readers and then both
    write would lose one of the transactions to "database is locked".
    """
    is_reader = connection.get_execution_options().get("seemana_reader", False)
    connection.exec_driver_sql(f"pragma query_only = {'on' if is_reader else 'off'}")
    connection.exec_driver_sql("begin" if is_reader else "begin immediate")
