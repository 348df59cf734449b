"""What a delineation marks of a booth holds where an order made of it speaks of that booth."""

from datetime import timedelta

import numpy as np
import pytest

from tests.institution import ON, RULE, SHELF, approved, moment, proposed, published, said
from zoning.orders.draft import DraftKind
from zoning.store.delineations import load_delineation
from zoning.workflow.decisions import Containing, propose
from zoning.workflow.present import present


@pytest.fixture
def parted(store, tmp_path):
    """Categories of two districts by orders of their own, each from a delineation of its own."""
    proposed(store, tmp_path)
    published(store, approved(store))
    for nth, (area, buffer_m) in enumerate((("N", 20_000), ("S", 0))):
        at = moment(4 + nth)
        # Another width each, so that the two mark other booths.
        propose(store, RULE, ON, at, "tester", Containing(SHELF, "", buffer_m))
        content = said(f"{area}/1")
        draft = approved(
            store, DraftKind.CATEGORIES, at, content=content, area_unit_id=area, shelf=SHELF
        )
        published(store, draft, at)
    return store


def test_each_booth_is_marked_as_the_delineation_of_its_own_order_says(parted):
    with parted.reading() as session:
        now = present(session, SHELF, moment(5) + timedelta(minutes=1))
        drawn = {order.delineation_id for order in now.standing.orders.values()}
        assert len(drawn) == 2, "two delineations are in force side by side"
        wanted = np.zeros(len(now.ground), dtype=bool)
        place = {code: at for at, code in enumerate(now.ground.table.booth_id)}
        for booth, number in zip(now.standing.booths.booth_id, now.standing.number, strict=True):
            of = load_delineation(session, now.standing.orders[number].delineation_id)
            wanted[place[booth]] = of.is_watched[of.booth_id.tolist().index(booth)]
        assert now.is_watched.tolist() == wanted.tolist()
        assert wanted.any()
