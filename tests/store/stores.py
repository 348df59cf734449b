"""One fixture, two databases: every test that asks for `store` runs on both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from zoning.store.engine import Store, open_store, upgrade

BOTH = ["sqlite", pytest.param("postgis", marks=pytest.mark.postgis)]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one embedded database that the tests' own are copied from."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    store = open_store(f"sqlite:///{file}", is_new=True)
    upgrade(store)
    store.close()
    return file


@pytest.fixture(params=BOTH)
def store_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a migrated, empty database, of each kind in turn."""
    if request.param == "postgis":
        address: str = request.getfixturevalue("postgis_address")
        return address
    file = tmp_path / "seemana.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), file)
    return f"sqlite:///{file}"


@pytest.fixture(params=BOTH)
def empty_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database without tables, of each kind in turn."""
    if request.param == "postgis":
        address: str = request.getfixturevalue("postgis_empty_address")
        return address
    return f"sqlite:///{tmp_path / 'new' / 'seemana.db'}"


@pytest.fixture
def store(store_address: str) -> Iterator[Store]:
    """Open a migrated, empty database, of each kind in turn."""
    opened = open_store(store_address)
    yield opened
    opened.close()
