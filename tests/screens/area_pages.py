"""The area's screen and the register over two districts, run without a browser."""

from __future__ import annotations

import shutil

from streamlit.testing.v1 import AppTest

from tests.areas import fill
from tests.officers import actor, settle
from tests.store.samples import NOON, hour
from zoning.access import Role
from zoning.settings import Settings
from zoning.store.engine import open_store
from zoning.workflow.area_desk import AreaDesk
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.deviations_desk import DeviationsDesk
from zoning.workflow.map_view import map_view
from zoning.workflow.uploads import UploadShelf


def open_area(folder, template, *, is_filled=True):
    """Return a store with two districts; an order is in force if it is filled."""
    file = folder / "seemana.db"
    shutil.copy(template, file)
    store = open_store(f"sqlite:///{file}")
    if is_filled:
        fill(store, folder, NOON)
    else:
        settle(store)
    return store


def desk_of(store, folder, role=Role.LOCAL, area="", at=None):
    """Return the desk of an officer, at 15:00 in India by default."""
    settings = Settings(var_dir=folder)
    who = actor(store, role, area) if role is not Role.PUBLIC else actor(store, role)
    return DataDesk(store, settings, UploadShelf(folder), who, clock=lambda: at or hour(3))


def area(desk):
    """Run the page; the desk comes through the function's arguments."""
    from screens import area as screen
    from tests.screens.area_pages import arguments

    screen.area_page(*arguments(desk))


def arguments(desk):
    """Return what the area's page takes."""

    def view():
        return map_view(desk.store, desk.settings, at=desk.clock(), public=False, who=desk.who)

    return AreaDesk(desk), DeviationsDesk(desk), view, desk.settings


def register(desk):
    """Run the register."""
    from screens import deviations
    from zoning.workflow.deviations_desk import DeviationsDesk as Desk

    deviations.deviations_page(Desk(desk))


def visit(page, desk, **query):
    """Open a page at an address."""
    test = AppTest.from_function(page, args=(desk,), default_timeout=60)
    for key, value in query.items():
        test.query_params[key] = str(value)
    return test.run()
