"""What people inside a cordon can't be without is told by zone, and told apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.papers import ISSUED_AT
from zoning.orders.draft import DraftContent, DraftKind
from zoning.orders.paper import Commander, Gate
from zoning.orders.procedure import procedure
from zoning.orders.zone_terms import Need, placed_gates, unmet_needs

COMMANDER = Commander("R. Das", "BDO", "033", ("CZ-1",))
EXIT = Gate("CZ-1", "Main road", "6 to 20", is_medical_exit=True)
WHOLE = DraftContent(
    commanders=(COMMANDER,), gates=(EXIT,), review_at=ISSUED_AT + timedelta(days=7)
)


def unmet(closed, **changes):
    return [need for need, _ in unmet_needs(closed, replace(WHOLE, **changes))]


def test_a_whole_order_lacks_nothing_and_one_that_closes_nothing_needs_nothing():
    assert unmet(("CZ-1",)) == []
    assert unmet((), commanders=(), gates=(), review_at=None) == []


def test_each_need_is_told_alone():
    closed = ("CZ-1",)
    assert unmet(closed, commanders=()) == [Need.COMMANDER]
    assert unmet(closed, gates=()) == [Need.MEDICAL_EXIT]
    assert unmet(closed, gates=(replace(EXIT, is_medical_exit=False),)) == [Need.MEDICAL_EXIT]
    assert unmet(closed, review_at=None) == [Need.REVIEW_OR_EXPIRY]
    assert unmet(closed, review_at=None, expires_at=ISSUED_AT) == []


def test_a_second_zone_needs_its_own_way_out_and_somebody_who_commands_it():
    assert unmet(("CZ-1", "CZ-2")) == [Need.COMMANDER, Need.MEDICAL_EXIT]
    everywhere = replace(COMMANDER, zone_ids=())
    assert unmet(("CZ-1", "CZ-2"), commanders=(everywhere,)) == [Need.MEDICAL_EXIT]


def test_a_gate_without_a_zone_belongs_to_the_only_one_and_to_none_of_several():
    gate = replace(EXIT, zone_id="")
    assert placed_gates((gate,), ("CZ-1",)) == (EXIT,)
    assert unmet(("CZ-1",), gates=(gate,)) == []
    assert placed_gates((gate,), ("CZ-1", "CZ-2")) == (gate,)
    assert unmet(("CZ-1", "CZ-2"), gates=(gate,)).count(Need.MEDICAL_EXIT) == 2


def test_only_a_decision_on_booths_is_refused_for_them():
    kinds = procedure().kinds
    assert kinds[DraftKind.CATEGORIES].refuses_without == set(Need)
    assert kinds[DraftKind.ZONES].refuses_without == frozenset()
    assert kinds[DraftKind.SEALING].refuses_without == frozenset()
