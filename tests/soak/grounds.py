"""Fresh databases for failures: of each kind as many as wanted, all made from one."""

from __future__ import annotations

import gc
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from tests.soak.commands import Place
from tests.soak.deeds import prepare_base
from tests.soak.signs import PostgisSigns, Signs, SqliteSigns
from tests.store.stores import BOTH

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


class SqliteGround:
    """Embedded databases, copied."""

    def __init__(self, folder: Path, settle: Callable[[Place], None]) -> None:
        self.folder = folder
        self._settle = settle
        self._names = (folder / f"{n}.db" for n in itertools.count(1))
        self._base = folder / "base.db"
        settle(Place(f"sqlite:///{self._base}", folder))
        prepare_base(folder)
        gc.collect()

    def fresh(self) -> Place:
        file = next(self._names)
        shutil.copy(self._base, file)
        place = Place(f"sqlite:///{file}", self.folder)
        self._settle(place)
        return place

    def signs(self, place: Place) -> Signs:
        return SqliteSigns(Path(place.address.removeprefix("sqlite:///")))


class PostgisGround:
    """Databases on the suite's server, made from a template."""

    def __init__(self, folder: Path, settle: Callable[[Place], None], server) -> None:
        self.folder = folder
        self._settle = settle
        self._server = server
        self._names = (f"{folder.name}_{n}".lower().replace("-", "_") for n in itertools.count(1))
        self._made: list[str] = []
        self._base = self._make("")
        settle(Place(server.address(self._base), folder))
        prepare_base(folder)
        server.run(*SLOW_COMMIT, database=self._base)

    def fresh(self) -> Place:
        gc.collect()
        name = self._make(f"template {self._base} strategy file_copy")
        place = Place(self._server.address(name), self.folder)
        self._settle(place)
        return place

    def signs(self, place: Place) -> Signs:
        return PostgisSigns(place.address)

    def close(self) -> None:
        self._server.run(*(f"drop database {name} with (force)" for name in self._made))

    def _make(self, how: str) -> str:
        name = next(self._names)
        while len(self._made) > 1:
            self._server.run(f"drop database {self._made.pop()} with (force)")
        self._server.run(f'create database "{name}" {how}')
        self._made.append(name)
        return name


@pytest.fixture(params=BOTH)
def ground(request, tmp_path, monkeypatch):
    """Fresh databases that the commands of this process, and its children, work on."""

    def settle(place: Place) -> None:
        for name, value in place.environment.items():
            monkeypatch.setenv(name, value)

    if request.param == "sqlite":
        yield SqliteGround(tmp_path, settle)
        return
    found = PostgisGround(tmp_path, settle, request.getfixturevalue("postgis_server"))
    yield found
    gc.collect()
    found.close()
