"""Who is at the screen: the role switcher of local mode, in plain sight, and what it opens."""

from __future__ import annotations

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from tests.officers import settle
from tests.screens.desks import words
from tests.store.samples import hour
from zoning.access import Role
from zoning.settings import Settings
from zoning.store.engine import open_store
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.map_view import map_view
from zoning.workflow.persons import Persons
from zoning.workflow.uploads import UploadShelf


def page(store, folder):
    """Run the shell over a store; both come through the function's arguments."""
    from screens import shell
    from tests.screens.test_persons import run_shell

    run_shell(shell, store, folder)


def run_shell(shell, store, folder):
    settings = Settings(var_dir=folder)
    shell.run(
        settings,
        lambda *, at, public, who="": map_view(store, settings, at=at, public=public, who=who),
        lambda: DataDesk(store, settings, UploadShelf(folder), "nobody", clock=lambda: hour(2)),
        Persons(lambda: store, settings, clock=lambda: hour(2)),
    )


@pytest.fixture
def visit(sqlite_template, tmp_path):
    file = tmp_path / "seemana.db"
    shutil.copy(sqlite_template, file)
    store = settle(open_store(f"sqlite:///{file}"))
    yield lambda: AppTest.from_function(page, args=(store, tmp_path), default_timeout=60).run()
    store.close()


def test_the_switcher_stands_in_plain_sight_and_begins_with_every_right(visit):
    test = visit()
    assert "Nobody signs in on this machine" in words(test)
    assert test.selectbox(key="acting_role").value is Role.LOCAL
    assert "the public" not in test.selectbox(key="acting_role").options


def test_a_role_with_an_area_shows_nothing_before_it_is_chosen(visit):
    test = visit()
    test.selectbox(key="acting_role").select(Role.DISTRICT_MAGISTRATE).run()
    assert "Choose the area as well" in words(test)
    assert not test.tabs
    area = test.selectbox(key="acting_area_district_magistrate")
    # Only what such a post can answer for.
    assert area.options == ["North", "South"]
    area.select("N").run()
    assert test.tabs and "Choose the area" not in words(test)
