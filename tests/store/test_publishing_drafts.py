"""A draft that was consulted on and approved becomes an order in force, whole or not at all."""

from __future__ import annotations

import pytest

from tests.institution import SHELF, approved, moment, proposed, published, said
from zoning.orders.draft import DraftKind
from zoning.store.order_booths import categories_in_force
from zoning.store.orders import zones_in_force
from zoning.workflow import drafting
from zoning.workflow.neighbours_asked import open_requests
from zoning.workflow.sealing import seal


@pytest.fixture
def ready(store, tmp_path):
    proposed(store, tmp_path)
    return store


def zones(store, at):
    with store.reading() as session:
        found = zones_in_force(session, at)
    return dict(zip(found.unit_id, found.zone, strict=True))


def categories(store, at):
    with store.reading() as session:
        found = categories_in_force(session, at).booths
    return dict(zip(found.booth_id, found.category, strict=True))


def test_zones_are_in_force_from_publication_on(ready):
    order = published(ready, approved(ready))
    print(zones(ready, moment(3)))
    assert order.number == "HS/1"


def test_categories(ready):
    published(ready, approved(ready))
    draft = approved(
        ready, DraftKind.CATEGORIES, content=said("DM/1"), area_unit_id="N", shelf=SHELF
    )
    published(ready, draft)
    print(categories(ready, moment(3)))
    print(open_requests(ready, "tester", moment(3)))


def test_seal(ready):
    published(ready, approved(ready))
    order = seal(ready, SHELF, ["W3-a"], "cluster", moment(3), "tester")
    print(order, categories(ready, moment(3)))
    for d in drafting.list_drafts(ready, "tester", moment(3)):
        print(d)
