"""A PostGIS of the suite's own: started once a session, stopped at its end.

Each test that asks for it gets a fresh database, copied from a migrated
template. PostgreSQL refuses to run as root, so root hands it to the user
`postgres` or `nobody`.
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
TEMPLATE = "seemana_template"
USER = "seemana"


@dataclass(frozen=True)
class PostgisServer:
    """A running server on 127.0.0.1."""

    port: int
    password: str

    def address(self, database: str) -> str:
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def run(self, *statements: str) -> None:
        connection = psycopg2.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            password=self.password,
            dbname="postgres",
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
def postgis_template(postgis_server: PostgisServer) -> str:
    """Migrate one database that the tests' own are copied from."""
    from zoning.store.engine import open_store, upgrade

    postgis_server.run(f"create database {TEMPLATE}")
    store = open_store(postgis_server.address(TEMPLATE), is_new=True)
    try:
        upgrade(store)
    finally:
        store.close()
    return TEMPLATE


@pytest.fixture
def postgis_address(postgis_server: PostgisServer, postgis_template: str) -> Iterator[str]:
    """Return the address of a migrated, empty database of this test's own."""
    with _database(postgis_server, f"template {postgis_template}") as address:
        yield address


@pytest.fixture
def postgis_empty_address(postgis_server: PostgisServer) -> Iterator[str]:
    """Return the address of a database without any table of ours."""
    with _database(postgis_server, "") as address:
        yield address


@contextmanager
def _database(server: PostgisServer, options: str) -> Iterator[str]:
    name = f"test_{secrets.token_hex(6)}"
    server.run(f"create database {name} {options}")
    try:
        yield server.address(name)
    finally:
        server.run(f"drop database {name} with (force)")


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
