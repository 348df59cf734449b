"""Who may sign: one person, in a post that fits, when the order is signed and takes effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.officers import post, settle
from tests.sealing import CONTENT, NUMBER, ZONE, numbered, publish_sealed
from tests.store.samples import NOON, hour
from zoning.access import Officer, Posting, Role
from zoning.orders.draft import DraftKind
from zoning.orders.paper import OrderPaper
from zoning.settings import Settings
from zoning.store.officers import add_officers, add_postings
from zoning.store.order_lookup import find_order
from zoning.workflow.ground import GroundShelf
from zoning.workflow.order_papers import paper_and_map
from zoning.workflow.signatories import signing_faults

DM, COMMISSIONER = Role.DISTRICT_MAGISTRATE, Role.COMMISSIONER


@pytest.fixture
def settled(store):
    return settle(store)


def faults(store, signatory, kind=DraftKind.CATEGORIES, area="N", **changes):
    content = replace(CONTENT, signatory=signatory, **changes)
    with store.reading() as session:
        return signing_faults(session, content, kind, area, NOON, settings=Settings())


def test_a_magistrate_signs_in_the_own_district(settled):
    post(settled, "a", DM, "N")
    assert faults(settled, "a") == ()
    assert faults(settled, "A") == (), "by name as well"
    assert faults(settled, "A (a, district_magistrate)") == (), "and as the audit writes it"


@pytest.mark.parametrize(
    ("role", "area"), [(DM, "S"), (Role.CMOH, "N"), (Role.NODAL_ADM, "N"), (Role.HOME, "")]
)
def test_a_post_elsewhere_or_without_the_right_doesnt_sign(settled, role, area):
    post(settled, "a", role, area)
    (fault,) = faults(settled, "a")
    assert "A holds no office that may approve categories in North" in fault


def test_colours_are_signed_by_the_health_department_alone(settled):
    post(settled, "h", Role.STATE_HEALTH)
    post(settled, "a", DM, "N")
    assert faults(settled, "h", DraftKind.ZONES, "") == ()
    assert "may approve zones in the whole state" in faults(settled, "a", DraftKind.ZONES, "")[0]


def test_a_posting_that_has_ended_by_the_day_of_effect_is_refused(settled):
    post(settled, "a", DM, "N", to_on=date(2020, 5, 19))
    assert faults(settled, "a") == ()
    (fault,) = faults(
        settled, "a", effective_at=hour(48), directions=(), review_at=hour(72), expires_at=hour(96)
    )
    assert "until 19 May 2020 and can't sign an order for 20 May 2020" in fault


def test_a_posting_that_hasnt_begun_is_refused(settled):
    post(settled, "a", DM, "N", from_on=date(2020, 5, 19))
    (fault,) = faults(settled, "a")
    assert "only from 19 May 2020 on and can't sign on 18 May 2020 yet" in fault


@pytest.mark.parametrize("text", ["a; b", "A and B", "A & B", "a\nb", "A / B"])
def test_two_signatories_are_refused(settled, text):
    post(settled, "a", DM, "N")
    post(settled, "b", Role.STATE_HEALTH)
    (fault,) = faults(settled, text)
    assert "names more than one person" in fault


def test_two_signatories_are_refused_without_a_roster_too(settled):
    (fault,) = faults(settled, "R. Sen; A. Bose")
    assert "names more than one person" in fault
    assert faults(settled, "R. Sen, Secretary") == (), "an office may stand behind the name"


def test_two_of_one_name_are_told_apart_by_number(settled):
    for person, area in (("1", "N"), ("2", "S")):
        with settled.transaction() as session:
            add_officers(session, (Officer(person, "R. Sen", ""),), at=NOON, who="tester")
            held = Posting(person, DM, area, "", date(2020, 1, 1))
            add_postings(session, (held,), at=NOON, who="tester")
    (fault,) = faults(settled, "r. sen")
    assert "Two officers of the roster are called R. Sen (1, 2)" in fault
    assert faults(settled, "1") == ()


def test_whoever_acts_signs_and_not_the_one_whose_place_it_is(settled):
    post(settled, "a", DM, "N")
    post(settled, "b", DM, "N", is_acting=True)
    (fault,) = faults(settled, "a")
    assert "A and B hold the office of district magistrate at once" in fault
    assert faults(settled, "b") == ()


def test_nobody_and_somebody_unknown_are_refused(settled):
    assert faults(settled, " ") == ("Nobody is named to sign the order.",)
    assert faults(settled, "Somebody") == (), "without a roster the name typed counts"
    post(settled, "a", DM, "N")
    (fault,) = faults(settled, "Somebody")
    assert "Somebody isn't on the roster and can't sign" in fault


def test_where_the_commissioner_delineates_the_magistrate_doesnt_sign(settled):
    post(settled, "a", DM, "N")
    post(settled, "c", COMMISSIONER, "C")
    content = replace(CONTENT, signatory="a")
    with settled.reading() as session:
        own = Settings(self_delineating="C")
        told = signing_faults(session, content, DraftKind.CATEGORIES, "C", NOON, settings=own)
        assert "holds no office that may approve categories in Corporation" in told[0]
        told = signing_faults(
            session, replace(content, signatory="c"), DraftKind.CATEGORIES, "C", NOON, settings=own
        )
        assert told == ()


def test_what_the_words_lack_is_told_before_who_signs(settled):
    told = faults(settled, "", number="", reason="", review_at=None, effective_at=hour(-1))
    assert told[0] == "The order has no number."
    assert any("in the past" in fault for fault in told)
    assert any("No day is set on which the order is reviewed" in fault for fault in told)
    assert told[-1] == "Nobody is named to sign the order."


def test_a_zone_without_medical_exit_or_commander_is_refused_where_the_paper_is_looked_at(settled):
    post(settled, "dm-north", DM, "N")
    publish_sealed(settled)
    content = numbered(NUMBER, gates=CONTENT.gates[:1], commanders=())
    with settled.reading() as session:
        paper: OrderPaper = paper_and_map(session, GroundShelf(), find_order(session, NUMBER))[0]
        asked = replace(paper, gates=content.gates, commanders=content.commanders)
        told = signing_faults(session, content, DraftKind.CATEGORIES, "N", NOON, paper=asked)
    assert f"Containment zone {ZONE} has no incident commander." in told
    assert f"Containment zone {ZONE} has no medical exit." in told
