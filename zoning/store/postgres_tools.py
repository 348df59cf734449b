"""PostgreSQL's own programs: found, of a version that fits, and run without a password in sight."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import IO

from sqlalchemy import URL

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr

FOLDERS = Path("/usr/lib/postgresql")
_VERSION = re.compile(r"\(PostgreSQL\)[^0-9]*(\d+)")


def find_programs(server: int) -> Path:
    """Return a folder with `pg_dump`, `pg_restore` and `psql` that fit a server.

    A program of the server's own version is best; a newer one reads an older server too.

    Parameters
    ----------
    server : int
        Main version of the server.

    Raises
    ------
    StoreError
        If none is installed, or only older ones.
    """
    on_path = shutil.which("pg_dump")
    folders = [] if on_path is None else [Path(on_path).parent]
    folders += sorted(FOLDERS.glob("*/bin"))
    versions = {folder: _version(folder) for folder in folders if _is_complete(folder)}
    fitting = {folder: version for folder, version in versions.items() if version >= server}
    if fitting:
        return min(fitting, key=lambda folder: fitting[folder])
    newest = max(versions.values(), default=0)
    if newest:
        raise StoreError(
            tr(
                "pg_dump here is of version {found} and the server of {server}: install the "
                "server's (Debian: apt-get install postgresql-client-{server}).",
                found=newest,
                server=server,
            )
        )
    raise StoreError(
        tr(
            "Backups of PostGIS need pg_dump, pg_restore and psql, which aren't here: install "
            "them (Debian: apt-get install postgresql-client-{server}), or make the backup on "
            "the server.",
            server=server,
        )
    )


def start(
    folder: Path,
    program: str,
    url: URL,
    *arguments: str,
    stdin: int | None = subprocess.DEVNULL,
    stderr: IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program on a database; what it prints is read from its `stdout`.

    The password travels in the environment, where only the same user sees it.
    """
    secrets = url.password, url.query.get("password")
    password = next((str(secret) for secret in secrets if secret), None)
    address = url.set(drivername="postgresql").difference_update_query(["password"])
    address = URL.create(
        "postgresql",
        username=address.username,
        host=address.host,
        port=address.port,
        database=address.database,
        query=address.query,
    )
    environment = os.environ | {"LC_ALL": "C", "PGAPPNAME": "seemana backup"}
    if password is not None:
        environment["PGPASSWORD"] = password
    return subprocess.Popen(
        [
            str(folder / program),
            f"--dbname={address.render_as_string(hide_password=False)}",
            "--no-password",
            *arguments,
        ],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=environment,
    )


def first_error(said: bytes) -> str:
    """Return the first line in which a program says what is wrong; later ones hold data."""
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    wrong = [line for line in lines if "error" in line.lower() or "fatal" in line.lower()]
    return (wrong or lines or [""])[0][:200]


def _is_complete(folder: Path) -> bool:
    return all((folder / name).exists() for name in ("pg_dump", "pg_restore", "psql"))


def _version(folder: Path) -> int:
    done = subprocess.run([str(folder / "pg_dump"), "--version"], capture_output=True, text=True)
    found = _VERSION.search(done.stdout)
    return int(found[1]) if found else 0
