"""The orders screen over nine wards in two districts, run without a browser."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from zoning.workflow.actor import Actor
from zoning.workflow.ground import GroundShelf
from zoning.workflow.orders_desk import OrdersDesk


def orders_desk(desk, standing=None):
    """Return the desk of orders beside a desk of containment, of somebody with a standing."""
    data = desk.data
    if standing is not None:
        data = replace(data, who=Actor("officer", standing))
    return OrdersDesk(data, GroundShelf())


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
