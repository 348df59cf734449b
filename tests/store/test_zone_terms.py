"""An order that closes booths isn't published without what people inside can't be without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.institution import GATE, SHELF, approved, moment, proposed, published, said
from zoning.errors import OrderError
from zoning.orders.draft import DraftKind, Override
from zoning.orders.state import OrderState
from zoning.store.order_booths import categories_in_force
from zoning.store.order_lookup import find_order
from zoning.store.order_parts import parts_of_order
from zoning.store.orders import list_orders
from zoning.workflow import drafting
from zoning.workflow.sealing import seal

CLOSED = "has no medical exit"
DECLARES = {"area_unit_id": "N", "shelf": SHELF}


@pytest.fixture
def ready(store, tmp_path):
    proposed(store, tmp_path)
    published(store, approved(store))
    return store


def decision(store, **changes):
    return approved(store, DraftKind.CATEGORIES, content=said("DM/1", **changes), **DECLARES)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"commanders": ()}, "has no incident commander"),
        ({"gates": ()}, "has no entry or exit"),
        ({"gates": (replace(GATE, is_medical_exit=False),)}, CLOSED),
        ({"gates": (replace(GATE, zone_id="CZ-20200101-001"),)}, "has no entry or exit"),
        ({"review_at": None}, "neither a review nor an expiry"),
    ],
)
def test_without_it_the_publication_is_refused_and_the_draft_stays(ready, changes, why):
    draft = decision(ready, **changes)
    with pytest.raises(OrderError, match=why) as refusal:
        published(ready, draft)
    assert "Give it back and add what is missing" in str(refusal.value)
    after = drafting.get(ready, draft.draft_id, "tester", moment(3))
    assert (after.state, after.version) == (OrderState.APPROVED, draft.version)
    with ready.reading() as session:
        assert [r.order.number for r in list_orders(session)] == ["HS/1"]


def test_all_that_is_missing_is_told_at_once(ready):
    with pytest.raises(OrderError, match=r"commander.*entry or exit.*neither a review"):
        published(ready, decision(ready, commanders=(), gates=(), review_at=None))


def test_an_expiry_does_for_a_review_and_a_gate_is_printed_with_its_zone(ready):
    published(ready, decision(ready, expires_at=moment(500)))
    with ready.reading() as session:
        parts = parts_of_order(session, find_order(session, "DM/1").order_id).parts
        (zone,) = {z for z in categories_in_force(session, moment(3)).booths.zone_id if z}
    assert [gate.zone_id for gate in parts.gates] == [zone]


def test_two_zones_need_a_gate_each(ready):
    # W2-b lies apart from the zone in W3.
    override = Override("W2-b", "", "A", "cases in one lane")
    with pytest.raises(OrderError, match=r"no entry or exit\. .*no entry or exit"):
        published(ready, decision(ready, overrides=(override,)))


def test_colours_alone_are_published_without(store, tmp_path):
    proposed(store, tmp_path)
    content = said(commanders=(), gates=(), review_at=None)
    assert published(store, approved(store, content=content)).number == "HS/1"


def test_a_sealing_at_night_waits_for_no_form(ready):
    order = seal(ready, SHELF, ["W3-a"], "a cluster", moment(20), "tester")
    with ready.reading() as session:
        assert "W3-a" in categories_in_force(session, moment(20)).affected()
        parts = parts_of_order(session, find_order(session, order.number).order_id).parts
    assert (parts.gates, parts.commanders) == ((), ())
