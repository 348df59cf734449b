"""Restore: the database of a backup takes the place of the present one, whole or not at all."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr
from zoning.store import audit, backup_postgres, backup_sqlite
from zoning.store.address import describe, is_sqlite, parse_address, sqlite_file
from zoning.store.backup_drafts import draft_folder
from zoning.store.backup_file import (
    SQLITE,
    Manifest,
    damaged,
    extract,
    made_by_newer,
    read_manifest,
)
from zoning.store.engine import Store, add_postgis, open_any_version, upgrade
from zoning.store.history import SchemaState, revision_state


@dataclass(frozen=True)
class RestoreOrder:
    """A restore as it was asked for.

    Attributes
    ----------
    at : datetime
        Now, UTC.
    who : str
        By whom.
    is_replacing : bool
        Whether a database that holds data may be replaced; it is kept under another name.
    """

    at: datetime
    who: str
    is_replacing: bool = False

    @property
    def aside(self) -> str:
        """Return the name under which the database before is kept."""
        return f"replaced_{self.at.astimezone(UTC):%Y%m%dt%H%M%Sz}"

    def refuse_unless_replacing(self, where: str, n_rows: int) -> None:
        """Refuse to touch a database that holds something, unless that is wanted."""
        if not self.is_replacing:
            raise StoreError(
                tr(
                    "The database {where} holds data ({n} rows): say --replace to restore "
                    "nevertheless; the present one is kept under another name.",
                    where=where,
                    n=n_rows,
                )
            )


@dataclass(frozen=True)
class Restored:
    """What a restore did.

    Attributes
    ----------
    manifest : Manifest
        Of the backup.
    where : str
        The database.
    kept_as : str
        Under which name the one before is kept; empty if there was nothing to keep.
    """

    manifest: Manifest
    where: str
    kept_as: str


def restore(address: str, file: Path, order: RestoreOrder) -> Restored:
    """Put the database of a backup in the place of the present one, and bring it up to date.

    Parameters
    ----------
    address : str
        The database; it may be absent, or empty.
    file : Path
        The backup.
    order : RestoreOrder
        Who restores when, and whether a database that holds data may be replaced.

    Raises
    ------
    StoreError
        If the backup is damaged, newer or of the other kind of database, or the
        database holds data or is in use. The database is as before then.
    """
    url = parse_address(address)
    where = describe(url)
    manifest = read_manifest(file)
    if revision_state(manifest.revision) is SchemaState.NEWER:
        raise made_by_newer(file, manifest.program)
    if (manifest.kind == SQLITE) != is_sqlite(url):
        raise StoreError(
            tr(
                "{file} is a backup of an embedded database and {where} is a PostGIS: restore it "
                "with ZONING_DATABASE_URL empty.",
                file=file,
                where=where,
            )
            if manifest.kind == SQLITE
            else tr(
                "{file} is a backup of a PostGIS and {where} is an embedded database: set "
                "ZONING_DATABASE_URL to a PostGIS.",
                file=file,
                where=where,
            )
        )
    if is_sqlite(url):
        # Where the name is a link to another disk, the new database belongs there too.
        kept = _restore_sqlite(sqlite_file(url).resolve(), file, manifest, order)
    else:
        kept = _restore_postgres(address, file, manifest, order)
    return Restored(manifest, where, kept)


def _restore_sqlite(target: Path, file: Path, manifest: Manifest, order: RestoreOrder) -> str:
    aside = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with backup_sqlite.held_alone(target) as present, draft_folder(target.parent) as folder:
            if present.n_rows or not present.is_ours:
                order.refuse_unless_replacing(str(target), present.n_rows)
                aside = _free_name(target.with_name(f"{target.name}.{order.aside}"))
            draft = folder / "seemana.db"
            extract(file, manifest, draft)
            with closing(sqlite3.connect(draft)) as copy:
                # Those it tells of: a version of before may have had tables that are no more.
                rows = backup_sqlite.check_database(copy, str(file), manifest.rows)
                if rows != manifest.rows:
                    raise damaged(file, tr("its tables have other rows than its manifest tells"))
            store = open_any_version(f"sqlite:///{draft}")
            try:
                _bring_up_to_date(store, file, manifest, order)
            finally:
                store.close()
            backup_sqlite.put_in_place(draft, target, aside)
    except OSError as fault:
        raise _no_room(str(target), fault) from fault
    return "" if aside is None else str(aside)


def _free_name(file: Path) -> Path:
    names = (file.with_name(f"{file.name}_{n}") for n in itertools.count(2))
    return file if not file.exists() else next(name for name in names if not name.exists())


def _restore_postgres(address: str, file: Path, manifest: Manifest, order: RestoreOrder) -> str:
    store = open_any_version(address)
    try:
        with store.transaction() as session:
            add_postgis(session.connection(), store.where)
        with store.reading() as session:
            present = backup_postgres.contents(session)
            aside = backup_postgres.free_schema(session, order.aside)
        if present.n_rows:
            order.refuse_unless_replacing(store.where, present.n_rows)
        _refuse_other_server(file, manifest, present)
        with draft_folder(Path(gettempdir())) as folder:
            draft = folder / "seemana.dump"
            extract(file, manifest, draft)
            backup_postgres.restore(store, draft, manifest.rows, aside)
        _bring_up_to_date(store, file, manifest, order)
    except OSError as fault:
        raise _no_room(gettempdir(), fault) from fault
    finally:
        store.close()
    return aside if present.n_rows else ""


def _refuse_other_server(file: Path, manifest: Manifest, present: backup_postgres.Contents) -> None:
    if manifest.server > present.server:
        raise StoreError(
            tr(
                "{file} is of a PostgreSQL {made}, this server is {server}: restore it to one "
                "that isn't older.",
                file=file,
                made=manifest.server,
                server=present.server,
            )
        )
    if manifest.schema != present.schema:
        raise StoreError(
            tr(
                "{file} holds tables of the schema {made}, this database uses {schema}: set the "
                "search_path of its user to {made}.",
                file=file,
                made=manifest.schema,
                schema=present.schema,
            )
        )


def _bring_up_to_date(store: Store, file: Path, manifest: Manifest, order: RestoreOrder) -> None:
    upgrade(store)
    detail = {"file": file.name, "made_at": manifest.made_at.isoformat()}
    entry = audit.AuditEntry(order.at, order.who, "database.restore", "database", detail)
    with store.transaction() as session:
        audit.append(session, entry)


def _no_room(where: str, fault: OSError) -> StoreError:
    return StoreError(
        tr(
            "Nothing was restored: {where} can't be written ({fault}). Free some space, or check "
            "who may write there.",
            where=where,
            fault=fault.strerror or fault,
        )
    )
