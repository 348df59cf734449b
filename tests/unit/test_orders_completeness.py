"""What stands against signing: one sentence each, and none where all is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.papers import ISSUED_AT, ZONE, paper, sealed
from zoning.model import Category
from zoning.orders.completeness import missing_for_signature
from zoning.orders.count_words import told_counts
from zoning.orders.paper import Commander, Direction, OrderedZone, Signatory, UnitChange, ZonePart

HOUR = timedelta(hours=1)


def lacks(**changes):
    return missing_for_signature(replace(sealed(), **changes), ISSUED_AT)


def test_a_complete_order_lacks_nothing():
    assert lacks() == ()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": " "}, "The order has no number."),
        ({"title": ""}, "The order has no subject."),
        ({"act": ""}, "The order names no act under which it is made."),
        ({"reason": "\n"}, "The order gives no reason."),
        ({"authority": ""}, "The order doesn't say which authority makes it."),
        ({"district": ""}, "The order doesn't say in which district it holds."),
        ({"supersedes": ("1187/DM/2020",)}, "Order 1187/DM/2020 says that it supersedes itself."),
        ({"signatory": None}, "Nobody is named to sign the order."),
        ({"signatory": Signatory("A", "")}, "The designation of A isn't told."),
        (
            {"signatory": Signatory("A", "DM", holds_until=date(2020, 8, 3))},
            "A held the office of DM until 3 August 2020 and can't sign any more.",
        ),
        (
            {"signatory": Signatory("A", "DM", holds_from=date(2020, 8, 5))},
            "A holds the office of DM from 5 August 2020 on and can't sign yet.",
        ),
        ({"review_at": None}, "No day is set on which the order is reviewed."),
        (
            {"review_at": ISSUED_AT},
            "The order would be reviewed on 4 August 2020, 18:00 IST, before it takes effect.",
        ),
        (
            {"review_at": ISSUED_AT + timedelta(days=29)},
            "The order would be reviewed on 2 September 2020, 18:00 IST, after it has expired.",
        ),
        ({"expires_at": None}, "No moment is set at which the order expires."),
        (
            {"expires_at": ISSUED_AT},
            "The order would expire on 4 August 2020, 18:00 IST, before it takes effect.",
        ),
        ({"gates": ()}, f"Containment zone {ZONE} has no entry or exit."),
        ({"commanders": ()}, f"Containment zone {ZONE} has no incident commander."),
        (
            {"commanders": (Commander("R. Sen", "", ""),)},
            "Incident commander R. Sen has no telephone number.",
        ),
        ({"measures": ()}, "The order says nothing of what holds in category A."),
        (
            {"directions": (Direction("Go.", ""),)},
            "Nobody is named to act on the direction “Go.”.",
        ),
        (
            {"directions": (Direction("Go.", "SDO", ISSUED_AT),)},
            "The direction “Go.” would be due on 4 August 2020, 18:00 IST, before the order takes "
            "effect.",
        ),
        (
            {"units": (UnitChange("W12", "", "", "red"), UnitChange("W12", "", "", "red"))},
            "The order declares the zone of unit W12 twice.",
        ),
        (
            {"units": (UnitChange("W12", "", "red", ""),)},
            "The order doesn't say which zone unit W12 becomes.",
        ),
        ({"annex_sha256": ""}, "The order prints no hash of a sealed annex with its evidence."),
    ],
)
def test_each_lack_is_told_once_and_alone(changes, sentence):
    assert lacks(**changes) == (sentence,)


def test_an_order_that_is_late_would_take_effect_in_the_past():
    at = paper().effective_at + HOUR
    assert missing_for_signature(sealed(), at) == (
        "The order would take effect in the past, on 5 August 2020, 06:00 IST.",
    )


def test_an_order_that_takes_effect_before_it_is_issued_is_told():
    told = lacks(issued_at=paper().effective_at + HOUR)
    assert any("before it is issued" in sentence for sentence in told)


def test_a_sealed_zone_without_a_medical_exit_is_told():
    gates = tuple(replace(gate, is_medical_exit=False) for gate in paper().gates)
    assert lacks(gates=gates) == (f"Containment zone {ZONE} has no medical exit.",)


def test_an_order_that_orders_nothing_is_told():
    told = lacks(
        units=(), zones=(), measures=(), directions=(), gates=(), commanders=(), requests=()
    )
    assert told == ("The order orders nothing: it has no unit, zone, measure or direction.",)


def test_a_booth_in_two_zones_and_a_zone_without_booths_are_told():
    booth = OrderedZone("CZ-2", Category.BUFFER, (ZonePart("W12", "Ward 12", ("170/85",)),))
    empty = OrderedZone("CZ-3", Category.BUFFER, ())
    assert lacks(zones=(*paper().zones, booth, empty)) == (
        "Zone CZ-3 has no booth.",
        "Booth 170/85 lies in two zones of the order, or in one twice.",
    )


def test_a_gate_of_a_zone_that_is_not_declared_is_told():
    gates = (*paper().gates, replace(paper().gates[0], zone_id="CZ-9"))
    assert lacks(gates=gates) == (
        "A gate or commander belongs to zone CZ-9, which the order doesn't declare.",
    )


@pytest.mark.parametrize("language", ["en", "bn"])
def test_a_count_in_a_public_text_is_told_in_whichever_language(language):
    if language == "en":
        told = lacks(reason="There are 12 new cases in one house.")
        assert [s for s in told if "“12 new cases”" in s] == list(told)
    else:
        told = lacks(translations={"bn": {paper().reason: "এক বাড়িতে ৫ জন আক্রান্ত"}})
        assert len(told) == 1
        assert "“৫ জন আক্রান্ত”" in told[0]


@pytest.mark.parametrize(
    "text",
    [
        "28 days without a new case",
        "not more than 15 guests at a marriage, 50 workers",
        "৫ জন অতিথি",
        "No. 12/2020: cases of violation",
        "a 14 case-free",
    ],
)
def test_a_number_that_counts_no_sick_is_no_count(text):
    assert told_counts(text) == ()
