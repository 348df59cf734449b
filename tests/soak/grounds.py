"""Fresh databases for failures: of each kind as many as wanted, all made from one."""

from __future__ import annotations

import gc
import itertools
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from tests.soak.commands import Place
from tests.soak.deeds import prepare_base
from tests.soak.signs import PostgisSigns, Signs, SqliteSigns
from tests.store.postgis import PostgisServer
from tests.store.stores import BOTH

BASE = "soak_base"
Settle = Callable[[Place], None]

# While the server commits it waits for this: a moment long enough to be killed in.
SLOW_COMMIT = (
    "create function wait_at_commit() returns trigger language plpgsql as"
    " $$ begin perform pg_sleep(0.05); return null; end $$",
    "create constraint trigger wait_at_commit after insert on audit"
    " deferrable initially deferred for each row execute function wait_at_commit()",
)


class Ground(Protocol):
    """Databases of one kind."""

    folder: Path

    def fresh(self) -> Place: ...

    def signs(self, place: Place) -> Signs: ...

    def close(self) -> None: ...


class SqliteGround:
    """Embedded databases, copied from one."""

    def __init__(self, folder: Path, settle: Settle, base: Path) -> None:
        self.folder = folder
        self._settle = settle
        self._base = base
        self._names = (folder / f"{n}.db" for n in itertools.count(1))

    def fresh(self) -> Place:
        file = next(self._names)
        shutil.copy(self._base, file)
        place = Place(f"sqlite:///{file}", self.folder)
        self._settle(place)
        return place

    def signs(self, place: Place) -> Signs:
        return SqliteSigns(Path(place.address.removeprefix("sqlite:///")))

    def close(self) -> None:
        """The folder is pytest's."""


class PostgisGround:
    """Databases on the suite's server, made from a template; the latest alone is kept."""

    def __init__(self, folder: Path, settle: Settle, server: PostgisServer) -> None:
        self.folder = folder
        self._settle = settle
        self._server = server
        self._name = ""

    def fresh(self) -> Place:
        self.close()
        self._name = f"soak_{secrets.token_hex(6)}"
        self._server.run(f"create database {self._name} template {BASE} strategy file_copy")
        place = Place(self._server.address(self._name), self.folder)
        self._settle(place)
        return place

    def signs(self, place: Place) -> Signs:
        return PostgisSigns(place.address)

    def close(self) -> None:
        gc.collect()
        if self._name:
            self._server.run(f"drop database {self._name} with (force)")
        self._name = ""


@pytest.fixture(scope="session")
def sqlite_base(tmp_path_factory):
    """Fill one embedded database that the fresh ones are copied from."""
    folder = tmp_path_factory.mktemp("base")
    place = Place(f"sqlite:///{folder / 'base.db'}", folder)
    with pytest.MonkeyPatch.context() as patch:
        settle(patch, place)
        prepare_base(folder)
    gc.collect()
    return folder / "base.db"


@pytest.fixture(scope="session")
def postgis_base(postgis_server, tmp_path_factory):
    """Fill one database on the server that the fresh ones are made from."""
    folder = tmp_path_factory.mktemp("postgis_base")
    postgis_server.run(f"create database {BASE}")
    with pytest.MonkeyPatch.context() as patch:
        settle(patch, Place(postgis_server.address(BASE), folder))
        prepare_base(folder)
    gc.collect()
    postgis_server.run(*SLOW_COMMIT, database=BASE)
    return postgis_server


@pytest.fixture(params=BOTH)
def ground(request, tmp_path, monkeypatch):
    """Fresh databases that the commands of this process, and its children, work on."""

    def settle_here(place: Place) -> None:
        settle(monkeypatch, place)

    found: Ground
    if request.param == "sqlite":
        found = SqliteGround(tmp_path, settle_here, request.getfixturevalue("sqlite_base"))
    else:
        found = PostgisGround(tmp_path, settle_here, request.getfixturevalue("postgis_base"))
    yield found
    found.close()


def settle(patch: pytest.MonkeyPatch, place: Place) -> None:
    """Let the commands of this process work on a database."""
    for name, value in place.environment.items():
        patch.setenv(name, value)
