"""A magistrate seals at once for a day; it ends by a decision, else it is passed on."""

from __future__ import annotations

import pytest

from tests.institution import (
    SETTINGS,
    SHELF,
    answered,
    bring_places,
    moment,
    officer,
    proposed,
    published,
    said,
)
from zoning.access import Role
from zoning.errors import AccessError, OrderError
from zoning.orders.draft import DraftKind, Override
from zoning.orders.state import OrderState
from zoning.store.order_booths import categories_in_force
from zoning.store.orders import OrderKind, list_orders
from zoning.workflow import drafting
from zoning.workflow.escalating import answer_escalation, list_escalations, raise_due
from zoning.workflow.sealing import seal

AT = moment(3)


@pytest.fixture
def ready(store, tmp_path):
    proposed(store, tmp_path)
    return store


def sealed(store, *booths, who="tester", at=AT):
    corporations = SETTINGS.self_delineating_ids
    return seal(store, SHELF, booths, "cluster", at, who, self_delineating=corporations)


def affected(store, at):
    with store.reading() as session:
        return sorted(categories_in_force(session, at).affected())


def decide(store, at, **changes):
    """Lead the open decision through and publish it."""
    draft = drafting.list_drafts(store, "tester", at, is_open=True)[0]
    content = said("DM/1", supersedes=draft.content.supersedes, **changes)
    draft = drafting.save(store, draft.draft_id, draft.version, content, at, "tester")
    draft = drafting.send(store, draft.draft_id, draft.version, at, "tester")
    answered(store, draft, at)
    draft = drafting.approve(store, draft.draft_id, draft.version, at, "tester")
    return published(store, draft, at=at)


def test_a_sealing_holds_at_once_and_for_a_day(ready):
    order = sealed(ready, "W3-a")
    assert (order.effective_at, order.expires_at) == (AT, moment(27))
    assert affected(ready, AT) == ["W3-a"]
    assert affected(ready, moment(26.99)) == ["W3-a"]
    assert affected(ready, moment(27)) == []
    with ready.reading() as session:
        assert list_orders(session)[0].kind is OrderKind.SEALING


def test_it_opens_the_draft_that_decides_on_it(ready):
    order = sealed(ready, "W3-a")
    kinds = [(d.kind, d.state) for d in drafting.list_drafts(ready, "tester", AT)]
    assert kinds == [
        (DraftKind.CATEGORIES, OrderState.DRAFT),
        (DraftKind.SEALING, OrderState.PUBLISHED),
    ]
    decision = drafting.list_drafts(ready, "tester", AT, is_open=True)[0]
    assert decision.content.supersedes == (order.number,)
    assert decision.area_unit_id == "N"


def test_a_decision_that_confirms_it_keeps_the_booth_closed(ready):
    sealed(ready, "W3-a")
    decide(ready, moment(10))
    assert "W3-a" in affected(ready, moment(100))
    assert raise_due(ready, moment(30)) == 0


def test_a_decision_may_open_again_what_was_only_sealed(ready):
    sealed(ready, "W3-a")
    decide(ready, moment(10), overrides=(Override("W3-a", "A", "C", "samples negative"),))
    assert "W3-a" not in affected(ready, moment(10))
    with ready.reading() as session:
        assert {r.order.number: r.status for r in list_orders(session)}["DM/1"] == "published"


def test_without_a_decision_it_is_passed_on_once(ready):
    order = sealed(ready, "W3-a")
    assert raise_due(ready, moment(26)) == 0
    assert raise_due(ready, moment(27)) == 1
    assert raise_due(ready, moment(28)) == 0
    told = list_escalations(ready, officer(ready, Role.STATE_HEALTH), moment(28))
    assert [(e.new.kind, e.new.matter, e.new.area_unit_id) for e in told] == [
        ("sealing_undecided", order.number, "N")
    ]
    north = officer(ready, Role.DISTRICT_MAGISTRATE, "N")
    assert len(list_escalations(ready, north, moment(28))) == 1
    other = officer(ready, Role.DISTRICT_MAGISTRATE, "S")
    assert list_escalations(ready, other, moment(28)) == ()
    for who in (north, other):
        with pytest.raises(AccessError, match=r"No escalation \d+ was passed on to you"):
            answer_escalation(ready, told[0].escalation_id, "seen", moment(28), who)
    with pytest.raises(OrderError, match="needs a note"):
        answer_escalation(ready, told[0].escalation_id, "", moment(28), "tester")
    answer_escalation(
        ready, told[0].escalation_id, "spoken to", moment(28), officer(ready, Role.STATE_HEALTH)
    )
    assert list_escalations(ready, "tester", moment(28), is_open=True) == ()


def test_withdrawing_the_decision_is_a_decision(ready):
    sealed(ready, "W3-a")
    decision = drafting.list_drafts(ready, "tester", AT, is_open=True)[0]
    drafting.withdraw(ready, decision.draft_id, 1, "no ground for it", moment(5), "tester")
    assert raise_due(ready, moment(30)) == 0


def test_a_sealing_withdrawn_opens_the_booth(ready):
    order = sealed(ready, "W3-a")
    drafting.withdraw_order(ready, order.number, "wrong booth", moment(4), "tester")
    assert affected(ready, moment(4)) == []


def test_it_can_be_sealed_before_anything_was_proposed_and_decided_alone(store):
    bring_places(store)
    sealed(store, "W3-a")
    decide(store, moment(10), overrides=(Override("W3-a", "A", "A", "three cases"),))
    assert affected(store, moment(100)) == ["W3-a"]


def test_whose_it_is_to_seal(ready):
    north = officer(ready, Role.DISTRICT_MAGISTRATE, "N")
    for booth, who in (
        ("W4-a", north),
        ("W0-a", north),
        ("W3-a", officer(ready, Role.CMOH, "N")),
        ("W3-a", officer(ready, Role.STATE_HEALTH)),
        ("W3-a", officer(ready, Role.NODAL_ADM, "N")),
    ):
        with pytest.raises(AccessError):
            sealed(ready, booth, who=who)
    assert sealed(ready, "W3-a", who=north).signatory.startswith("District_Magistrate-N")
    sealed(ready, "W0-b", who=officer(ready, Role.COMMISSIONER, "C"))
    assert affected(ready, AT) == ["W0-b", "W3-a"]


@pytest.mark.parametrize(
    ("booths", "why"),
    [
        ((), "No booth is named"),
        (("nowhere",), "No booth has the code nowhere"),
        (("W3-a", "W4-a"), "different jurisdictions"),
        (("W3-a", "W0-a"), "different jurisdictions"),
    ],
)
def test_what_can_not_be_sealed_is_refused_with_the_way_out(ready, booths, why):
    with pytest.raises(OrderError, match=why):
        sealed(ready, *booths)
    assert affected(ready, AT) == []


def test_a_booth_is_not_sealed_twice_and_never_without_a_reason(ready):
    sealed(ready, "W3-a")
    with pytest.raises(OrderError, match="W3-a is in Category A already"):
        sealed(ready, "W3-a", "W3-b", at=moment(4))
    with pytest.raises(OrderError, match="needs its reason"):
        seal(ready, SHELF, ["W3-b"], " ", AT, "tester")


def test_two_sealings_in_one_second_have_two_numbers(ready):
    assert sealed(ready, "W3-a").number != sealed(ready, "W3-b").number


def test_sealed_booths_that_touch_are_one_zone_that_goes_on_in_the_decision(ready):
    sealed(ready, "W3-a", "W3-b")
    with ready.reading() as session:
        first = set(categories_in_force(session, AT).booths.zone_id)
    assert len(first) == 1
    decide(ready, moment(10))
    with ready.reading() as session:
        found = categories_in_force(session, moment(10)).booths
    after = dict(zip(found.booth_id, found.zone_id, strict=True))
    assert {after["W3-a"], after["W3-d"]} == first
