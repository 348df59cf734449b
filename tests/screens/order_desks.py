"""The orders screen over two districts of nine wards, run without a browser."""

from __future__ import annotations

import shutil

from streamlit.testing.v1 import AppTest

from tests.institution import SETTINGS, bring_places, moment, proposed
from tests.officers import actor
from tests.screens.zone_desks import Clock
from tests.sealing import numbered, publish_sealed
from zoning.settings import Settings
from zoning.store.engine import open_store
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.decisions import publish
from zoning.workflow.ground import GroundShelf
from zoning.workflow.orders_desk import OrdersDesk
from zoning.workflow.uploads import UploadShelf

NORTH, SOUTH, BOTH = "12/DM/N/2020", "7/DM/S/2020", "Z-20200518-1"


def open_orders(folder, template):
    """Open an empty database."""
    file = folder / "seemana.db"
    shutil.copy(template, file)
    return open_store(f"sqlite:///{file}")


def fill(store, folder):
    """Colours of all wards in force since 14:30; categories of W2 and of W5 from 15:30 on."""
    run_id = proposed(store, folder)
    publish(store, moment(2.5), "tester", run_id)
    begins = {"effective_at": moment(3.5), "signatory": "R. Sen"}
    publish_sealed(store, moment(3), "W2", numbered(NORTH, **begins))
    publish_sealed(store, moment(3.2), "W5", numbered(SOUTH, title="In the south", **begins))
    return store


def desk_of(store, folder, role=None, area="", at=None):
    """Return the desk of an officer; of who works at this machine if no role is named."""
    when = at or moment(3.3)
    who = "tester" if role is None else actor(store, role, area, at=when, settings=SETTINGS)
    data = DataDesk(store, Settings(var_dir=folder), UploadShelf(folder), who, clock=Clock(when))
    return OrdersDesk(data, GroundShelf())


def only_places(store):
    """Bring in no more than the places."""
    return bring_places(store)


def page(desk):
    """Run the page; the desk comes through the function's arguments."""
    from screens import orders

    orders.orders_page(desk)


def visit(desk, **query):
    """Open the page at an address."""
    test = AppTest.from_function(page, args=(desk,), default_timeout=90)
    for key, value in query.items():
        test.query_params[key] = str(value)
    return test.run()
