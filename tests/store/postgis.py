"""A PostGIS of the suite's own: started once a session, stopped at its end.

Each test that asks for it gets a migrated database without rows. PostgreSQL
refuses to run as root, so root hands it to the user `postgres` or `nobody`.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

DEBIAN_PACKAGE = "postgresql-15-postgis-3"
SHARED = "seemana_shared"
USER = "seemana"


@dataclass(frozen=True)
class PostgisServer:
    """A running server on 127.0.0.1."""

    port: int
    password: str

    def address(self, database: str) -> str:
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        connection = psycopg2.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            password=self.password,
            dbname=database,
        )
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        finally:
            connection.close()


@pytest.fixture(scope="session")
def postgis_server() -> Iterator[PostgisServer]:
    """Run one server for this session; skip where PostGIS isn't installed."""
    programs = _find_programs()
    if programs is None:
        pytest.skip(f"PostGIS isn't installed: apt-get install {DEBIAN_PACKAGE}")
    # Not under pytest's own folder: that one is closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="seemana-postgis-"))
    try:
        with _running(programs, folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgis_shared_address(postgis_server: PostgisServer) -> str:
    """Migrate the one database that the tests take turns in."""
    from zoning.store.engine import open_store, upgrade

    postgis_server.run(f"create database {SHARED}")
    address = postgis_server.address(SHARED)
    store = open_store(address, is_new=True)
    try:
        upgrade(store)
    finally:
        store.close()
    return address


@pytest.fixture
def postgis_address(postgis_server: PostgisServer, postgis_shared_address: str) -> str:
    """Return the address of a migrated, empty database.

    Emptying the shared one takes milliseconds where a new one takes half a second.
    """
    from zoning.store.history import newest_revision
    from zoning.store.tables import Base

    postgis_server.run(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        f" where datname = '{SHARED}' and pid <> pg_backend_pid()"
    )
    postgis_server.run(
        # No triggers, so that the audit and the orders can be emptied too.
        "set session_replication_role = replica",
        *(f"delete from {name}" for name in Base.metadata.tables),
        f"update alembic_version set version_num = '{newest_revision()}'",
        database=SHARED,
    )
    return postgis_shared_address


@pytest.fixture
def postgis_empty_address(postgis_server: PostgisServer) -> Iterator[str]:
    """Return the address of a database without any table of ours."""
    name = f"empty_{secrets.token_hex(6)}"
    postgis_server.run(f"create database {name} strategy file_copy")
    yield postgis_server.address(name)
    postgis_server.run(f"drop database {name} with (force)")


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[PostgisServer]:
    user = _unprivileged_user(folder)
    data = folder / "data"
    password = secrets.token_hex(12)
    password_file = folder / "password"
    password_file.write_text(password)
    password_file.chmod(0o644)
    port = _free_port()
    _run(
        user,
        programs / "initdb",
        *("-D", data, "-U", USER, "-A", "scram-sha-256", "--pwfile", password_file),
        *("-E", "UTF8", "--locale=C", "--no-sync"),
    )
    password_file.unlink()
    options = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": 40,
        "shared_buffers": "32MB",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "autovacuum": "off",
    }
    with (data / "postgresql.conf").open("a") as conf:
        conf.writelines(f"{name} = '{value}'\n" for name, value in options.items())
    _run(user, programs / "pg_ctl", "-D", data, "-l", data / "log", "-w", "start")
    try:
        yield PostgisServer(port, password)
    finally:
        _run(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _run(user: str | None, *command: str | Path | int) -> None:
    done = subprocess.run(
        [str(word) for word in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr}")


def _unprivileged_user(folder: Path) -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in known else "nobody"
    entry = pwd.getpwnam(user)
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return user


def _find_programs() -> Path | None:
    """Return the folder of a PostgreSQL that has PostGIS, the newest first."""
    for programs in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        version = programs.parent.name
        extension = Path(f"/usr/share/postgresql/{version}/extension/postgis.control")
        if (programs / "initdb").exists() and extension.exists():
            return programs
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
