"""The history screen over two districts, run without a browser."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.grounds import bring_cases, contain, moment, put_in_force
from tests.officers import actor
from zoning.access import Role
from zoning.settings import Settings
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.history_desk import HistoryDesk
from zoning.workflow.uploads import UploadShelf


def live(store, folder):
    """Zones since 11 May, others since 18 May, and cases of 9 May that were told on 21 May."""
    contain(store, folder)
    bring_cases(store, folder, [("W2-a", "2020-05-17", 9)], moment(17))
    put_in_force(store, "2020-05-17", moment(17.1))
    bring_cases(store, folder, [("W6-a", "2020-05-09", 9)], moment(20))
    return store


def desk_of(store, folder, role=Role.LOCAL, area="", at=None):
    """Open the desk of a role in an area, on 31 May."""
    now = at or moment(30)
    who = "tester" if role is Role.LOCAL else actor(store, role, area, at=now)
    data = DataDesk(store, Settings(var_dir=folder), UploadShelf(folder), who, clock=lambda: now)
    return HistoryDesk(data)


def page(desk):
    """Run the page; the desk comes through the function's arguments."""
    from screens import history

    history.history_page(desk)


def visit(desk, **query):
    """Open the page at an address."""
    test = AppTest.from_function(page, args=(desk,), default_timeout=60)
    for key, value in query.items():
        test.query_params[key] = str(value)
    return test.run()
