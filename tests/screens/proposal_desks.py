"""The zoning desk over nine wards of four booths in two districts, run without a browser."""

from __future__ import annotations

from datetime import date

from streamlit.testing.v1 import AppTest

from tests.screens import zone_desks
from tests.screens.zone_desks import WHO, bring_cases, bring_places, moment
from zoning.access import Role
from zoning.store.orders import NewOrder
from zoning.workflow.decisions import Containing, propose, publish
from zoning.workflow.ground import GroundShelf
from zoning.workflow.proposal_desk import ProposalDesk

RULE = "mohfw-2020-05-17"
SURGE = [("W5-a", "2020-05-09", 30), ("W5-a", "2020-05-10", 40), ("W1-a", "2020-05-10", 4)]


def open_desk(folder, template, role=Role.LOCAL, at=None):
    """Open a zoning desk over an empty database."""
    return ProposalDesk(zone_desks.open_desk(folder, template, role, at).data, GroundShelf())


def put_in_force(desk, on, at, number):
    """Propose the zones of a day and put them in force."""
    made = propose(desk.data.store, RULE, date.fromisoformat(on), at, WHO, Containing())
    order = NewOrder(number, "Zones", "Act", "Reason", WHO, effective_at=at)
    publish(desk.data.store, at, WHO, made.run_id, order)
    return made.run_id


def fill(desk, folder, changes=()):
    """W5 red by order Z/1 since 11 May; a surge in W9 and quiet in W5 until 25 May."""
    bring_places(desk, folder, changes)
    bring_cases(desk, folder, SURGE, moment(10), date(2020, 5, 10))
    put_in_force(desk, "2020-05-10", moment(10.1), "Z/1")
    rows = [("W9-a", "2020-05-24", 20), ("W9-b", "2020-05-25", 30)]
    bring_cases(desk, folder, rows, moment(25), date(2020, 5, 25))
    made = propose(desk.data.store, RULE, None, moment(25.1), WHO, Containing())
    desk.data.clock.at = moment(25.2)
    return made.run_id


def page(desk):
    """Run the page; the desk comes through the function's arguments."""
    from screens import proposal

    proposal.proposal_page(desk)


def visit(desk, **query):
    """Open the page at an address."""
    test = AppTest.from_function(page, args=(desk,), default_timeout=60)
    for key, value in query.items():
        test.query_params[key] = str(value)
    return test.run()
