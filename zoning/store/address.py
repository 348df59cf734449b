"""Database addresses: which ones are accepted, and how people call them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr

_POSTGRES_NAMES = ("postgresql", "postgres", "postgresql+psycopg2", "postgis")


def parse_address(address: str) -> URL:
    """Return the address of a database with its driver pinned.

    Raises
    ------
    StoreError
        If the address is malformed or of a kind that isn't supported. The
        sentence doesn't repeat the address, which may hold a password.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise _malformed() from None
    if url.drivername in ("sqlite", "sqlite+pysqlite"):
        if not url.database or url.database == ":memory:":
            raise StoreError(
                tr("The database address names no file: write sqlite:///folder/seemana.db.")
            )
        return url.set(drivername="sqlite+pysqlite")
    if url.drivername in _POSTGRES_NAMES:
        if not url.database:
            raise _malformed()
        return url.set(drivername="postgresql+psycopg2")
    raise _malformed()


def describe(url: URL) -> str:
    """Return the name of a database for people, without user and password."""
    if is_sqlite(url):
        return str(sqlite_file(url))
    host = url.host or url.normalized_query.get("host", ("",))[0]
    port = f":{url.port}" if url.port else ""
    return f"{url.database} ({host}{port})" if host else str(url.database)


def is_sqlite(url: URL) -> bool:
    """Return whether the address is that of an embedded database."""
    return url.get_backend_name() == "sqlite"


def sqlite_file(url: URL) -> Path:
    """Return the file of an embedded database, also from a `file:` address."""
    name = url.database or ""
    if name.startswith("file:"):
        name = unquote(name.removeprefix("file:").partition("?")[0])
    return Path(name)


def _malformed() -> StoreError:
    return StoreError(
        tr(
            "ZONING_DATABASE_URL isn't a database address: write sqlite:///file.db "
            "or postgresql://user:password@host:5432/database."
        )
    )
