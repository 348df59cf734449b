"""Backup of a database of either kind into one file, while others go on working."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import zoning
from zoning.store import backup_postgres, backup_sqlite
from zoning.store.address import describe, is_sqlite, parse_address, sqlite_file
from zoning.store.backup_file import (
    POSTGRESQL,
    SQLITE,
    Manifest,
    Sink,
    write_backup,
)
from zoning.store.engine import Store, open_any_version
from zoning.store.faults import Fault, refusal
from zoning.store.history import SchemaState, revision_state

COPY_BLOCK_BYTES = 1 << 20


def back_up(address: str, file: Path, *, at: datetime, who: str) -> Manifest:
    """Write a backup of a database into a file; others go on working.

    Raises
    ------
    StoreError
        If the database can't be read, is damaged or newer than the program, or
        PostgreSQL's programs are missing.
    OutputError
        If the file can't be written; one that was there stays.
    """
    url = parse_address(address)
    if is_sqlite(url):
        source = sqlite_file(url)
        if not source.exists():
            raise refusal(Fault.NOT_SET_UP, describe(url))
        return write_backup(
            file, SQLITE, lambda sink, folder: _copy_sqlite(source, sink, folder, at, who)
        )
    store = open_any_version(address)
    try:
        return write_backup(file, POSTGRESQL, lambda sink, _: _dump(store, sink, at, who))
    finally:
        store.close()


def _copy_sqlite(source: Path, sink: Sink, folder: Path, at: datetime, who: str) -> Manifest:
    draft = folder / "seemana.db"
    rows = backup_sqlite.copy_database(source, draft)
    with closing(sqlite3.connect(draft)) as copy:
        revision = backup_sqlite.revision_of(copy)
    manifest = _manifest(SQLITE, revision, rows, str(source), at, who)
    with draft.open("rb") as stream:
        while block := stream.read(COPY_BLOCK_BYTES):
            sink(block)
    return manifest


def _dump(store: Store, sink: Sink, at: datetime, who: str) -> Manifest:
    found = backup_postgres.dump(store, sink)
    manifest = _manifest(POSTGRESQL, found.revision, found.rows, store.where, at, who)
    return replace(manifest, server=found.server, schema=found.schema)


def _manifest(
    kind: str, revision: str | None, rows: Mapping[str, int], where: str, at: datetime, who: str
) -> Manifest:
    state = revision_state(revision or None)
    if state is SchemaState.ABSENT:
        raise refusal(Fault.NOT_SET_UP, where)
    if state is SchemaState.NEWER:
        raise refusal(Fault.NEWER, where)
    return Manifest(kind, zoning.__version__, str(revision), at, who, dict(rows))
