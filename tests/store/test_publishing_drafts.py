"""A draft that was consulted on and approved becomes an order in force, whole or not at all."""

from __future__ import annotations

import pytest

from tests.institution import (
    SHELF,
    answered,
    approved,
    moment,
    officer,
    proposed,
    published,
    said,
)
from zoning.access import Role
from zoning.errors import AccessError, OrderError
from zoning.model.notices import NoticeKind
from zoning.orders.draft import DraftKind, Override
from zoning.orders.state import OrderState
from zoning.store.order_booths import booths_of_order, categories_in_force
from zoning.store.orders import OrderKind, list_orders, zones_in_force
from zoning.store.subscriptions import NewSubscription
from zoning.workflow import drafting, notices
from zoning.workflow.coming import coming_sentence, next_change_in
from zoning.workflow.neighbours_asked import requests_seen
from zoning.workflow.superseding import mark_ended


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


def orders(store):
    with store.reading() as session:
        return {record.order.number: record for record in list_orders(session)}


def divided(store, number="DM/1", at=None, **content):
    return approved(
        store,
        DraftKind.CATEGORIES,
        at=at,
        content=said(number, **content),
        area_unit_id="N",
        shelf=SHELF,
    )


def test_zones_are_in_force_from_publication_on(ready):
    draft = approved(ready)
    assert zones(ready, moment(3)) == {}
    published(ready, draft)
    found = zones(ready, moment(3))
    assert (found["W3"], found["W4"], found["W0"], found["W8"]) == (
        *("red", "orange", "orange", "green"),
    )
    assert orders(ready)["HS/1"].kind is OrderKind.ZONES
    assert categories(ready, moment(3)) == {}, "colours alone: A, B and C are for the magistrate"
    after = drafting.get(ready, draft.draft_id, "tester", moment(3))
    assert (after.state, after.order_id) == (
        OrderState.PUBLISHED,
        orders(ready)["HS/1"].order_id,
    )


def test_an_override_with_its_reason_is_what_is_declared(ready):
    content = said(overrides=(Override("W5", "green", "orange", "market reopened"),))
    published(ready, approved(ready, content=content))
    assert zones(ready, moment(3))["W5"] == "orange"


@pytest.mark.parametrize(
    ("override", "why"),
    [
        (Override("W5", "green", "purple", "x"), "purple is no zone for W5"),
        (Override("W99", "", "red", "x"), "W99, which its run didn't judge"),
    ],
)
def test_an_override_of_nothing_is_refused(ready, override, why):
    draft = approved(ready, content=said(overrides=(override,)))
    with pytest.raises(OrderError, match=why):
        published(ready, draft)
    assert orders(ready) == {}


def test_an_order_limited_to_units_says_nothing_of_others(ready):
    published(ready, approved(ready, content=said(area_ids=("N",))))
    assert sorted(zones(ready, moment(3))) == ["W0", "W1", "W2", "W3"]


def test_what_is_superseded_ends_when_the_new_order_begins_and_no_unit_falls_out(ready):
    first = approved(ready)
    published(ready, first)
    content = said("HS/2", area_ids=("S",), supersedes=("HS/1",), effective_at=moment(10))
    published(ready, approved(ready, at=moment(4), content=content), at=moment(4))
    assert zones(ready, moment(9))["W3"] == "red"
    assert orders(ready)["HS/1"].status is OrderState.PUBLISHED
    with ready.reading() as session:
        coming = next_change_in(session, moment(4))
    assert coming is None, "the same zones by another order are no change"
    assert zones(ready, moment(10))["W3"] == "red", "its zone was declared again"
    assert mark_ended(ready, moment(9.9)) == 0
    assert mark_ended(ready, moment(10)) == 1
    assert mark_ended(ready, moment(10)) == 0
    assert orders(ready)["HS/1"].status is OrderState.SUPERSEDED
    versions = drafting.history(ready, first.draft_id, "tester", moment(11))
    assert (versions[-1].state, versions[-1].by) == (OrderState.SUPERSEDED, "zoning tick")


def test_a_scheduled_order_takes_effect_at_its_hour_and_is_told_before(ready):
    published(ready, approved(ready))
    content = said(
        "HS/2", overrides=(Override("W5", "green", "red", "cluster"),), effective_at=moment(10)
    )
    published(ready, approved(ready, at=moment(4), content=content), at=moment(4))
    with ready.reading() as session:
        coming = next_change_in(session, moment(4))
        assert (coming.at, coming.unit_ids, coming.numbers) == (moment(10), ("W5",), ("HS/2",))
        assert "HS/2" in coming_sentence(coming)
        assert next_change_in(session, moment(10)) is None
    assert zones(ready, moment(9.99))["W5"] == "green"
    assert zones(ready, moment(10))["W5"] == "red"


def test_a_scheduled_order_withdrawn_before_its_hour_leaves_the_one_before_standing(ready):
    published(ready, approved(ready))
    content = said("HS/2", supersedes=("HS/1",), effective_at=moment(10))
    published(ready, approved(ready, at=moment(4), content=content), at=moment(4))
    drafting.withdraw_order(ready, "HS/2", "typed twice", moment(5), "tester")
    assert orders(ready)["HS/1"].ended_at is None
    assert zones(ready, moment(11))["W3"] == "red"
    assert mark_ended(ready, moment(11)) == 0


def test_an_order_that_took_effect_withdrawn_gives_way_to_the_one_beneath(ready):
    published(ready, approved(ready))
    content = said("HS/2", overrides=(Override("W5", "green", "red", "cluster"),))
    published(ready, approved(ready, at=moment(4), content=content), at=moment(4))
    drafting.withdraw_order(ready, "HS/2", "wrong ward", moment(5), "tester")
    assert zones(ready, moment(4.5))["W5"] == "red", "what was in force then stays so"
    assert zones(ready, moment(5))["W5"] == "green"
    with pytest.raises(OrderError, match="left without a zone"):
        drafting.withdraw_order(ready, "HS/1", "all wrong", moment(6), "tester")
    with pytest.raises(OrderError, match="HS/2 is withdrawn"):
        drafting.withdraw_order(ready, "HS/2", "again", moment(6), "tester")


def test_the_booths_of_one_jurisdiction_are_put_in_force_and_no_others(ready):
    published(ready, approved(ready))
    published(ready, divided(ready))
    found = categories(ready, moment(3))
    assert {booth[:2] for booth in found} == {"W2", "W3"}, "not the corporation's W0 and W1"
    assert (found["W3-d"], found["W3-a"], found["W2-a"]) == ("A", "B", "")
    with ready.reading() as session:
        declared = booths_of_order(session, orders(ready)["DM/1"].order_id)
    zone = dict(zip(declared.booth_id, declared.zone_id, strict=True))
    assert zone["W3-d"].startswith("CZ-20200518-")
    assert zone["W3-a"] == ""


def test_a_buffer_across_the_line_becomes_a_request_and_never_our_order(ready):
    published(ready, approved(ready))
    published(ready, divided(ready))
    asked = requests_seen(ready, "tester", moment(3))
    assert [(r.authority_unit_id, r.category, r.booth_ids) for r in asked] == [
        ("S", "B", ("W4-a", "W4-c"))
    ]
    assert (asked[0].order_id, asked[0].answer_by) == (orders(ready)["DM/1"].order_id, moment(27))
    assert not {"W4-a", "W4-c"} & categories(ready, moment(3)).keys()


def test_a_booth_in_a_by_order_is_left_by_no_draft_and_no_end(ready):
    published(ready, approved(ready))
    published(ready, divided(ready))
    content = {"overrides": (Override("W3-d", "A", "C", "looks quiet"),)}
    draft = divided(ready, "DM/2", at=moment(4), **content)
    with pytest.raises(OrderError, match="only by an order of release"):
        published(ready, draft, at=moment(4))
    with pytest.raises(OrderError, match="only by an order of release"):
        drafting.withdraw_order(ready, "DM/1", "enough", moment(5), "tester")
    assert categories(ready, moment(5))["W3-d"] == "A"


def test_a_booth_that_an_officer_closes_opens_a_zone_with_its_buffer(ready):
    published(ready, approved(ready))
    plain = divided(ready)
    published(ready, plain)
    content = {"overrides": (Override("W3-a", "B", "A", "contacts not found"),)}
    published(ready, divided(ready, "DM/2", at=moment(4), **content), at=moment(4))
    with ready.reading() as session:
        found = categories_in_force(session, moment(4)).booths
    said_of = dict(
        zip(found.booth_id, zip(found.category, found.zone_id, strict=True), strict=True)
    )
    assert said_of["W3-a"][0] == "A"
    assert said_of["W3-a"][1].startswith("CZ-")
    assert said_of["W3-d"][1] != ""


@pytest.mark.parametrize(
    ("override", "why"),
    [
        (Override("W4-a", "B", "A", "x"), "another's jurisdiction"),
        (Override("W0-a", "A", "A", "x"), "another's jurisdiction"),
        (Override("nowhere", "", "A", "x"), "No booth has the code nowhere"),
        (Override("W3-a", "B", "D", "x"), "D is no category"),
    ],
)
def test_an_override_beyond_the_own_booths_is_refused(ready, override, why):
    published(ready, approved(ready))
    draft = divided(ready, overrides=(override,))
    with pytest.raises(OrderError, match=why):
        published(ready, draft)
    assert list(orders(ready)) == ["HS/1"]
    assert requests_seen(ready, "tester", moment(9)) == ()


def test_booths_drawn_from_another_zone_than_the_one_in_force_are_refused(ready):
    published(ready, approved(ready))
    draft = divided(ready)
    content = said("HS/2", overrides=(Override("W2", "green", "red", "cluster"),))
    published(ready, approved(ready, at=moment(4), content=content), at=moment(4))
    with pytest.raises(OrderError, match="zone of W2 in force isn't the one"):
        published(ready, draft, at=moment(4))
    published(ready, divided(ready, "DM/2", at=moment(5)), at=moment(5))
    assert categories(ready, moment(5))["W2-a"] in ("B", "C")


def test_of_two_drafts_on_one_area_the_second_is_not_published_over_the_first(ready):
    first, second = approved(ready), approved(ready, content=said("HS/2"))
    published(ready, first)
    with pytest.raises(OrderError, match="order HS/1 has changed what is in force"):
        published(ready, second, at=moment(3.5))
    kept = drafting.get(ready, second.draft_id, "tester", moment(4))
    assert (kept.state, kept.version) == (OrderState.APPROVED, second.version)


def test_a_second_draft_looked_at_again_is_published(ready):
    first = approved(ready, content=said("HS/1", effective_at=None))
    second = drafting.start(ready, DraftKind.ZONES, moment(3), "tester", content=said("HS/2"))
    published(ready, first, at=moment(3.2))
    saved = drafting.save(ready, second.draft_id, 1, second.content, moment(3.5), "tester")
    sent = drafting.send(ready, second.draft_id, saved.version, moment(3.5), "tester")
    answered(ready, sent, moment(3.5))
    after = drafting.approve(ready, sent.draft_id, sent.version, moment(3.6), "tester")
    published(ready, after, at=moment(3.6))
    assert set(orders(ready)) == {"HS/1", "HS/2"}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"supersedes": ("HS/9",)}, "no order HS/9 to supersede"),
        ({"number": "HS/0"}, "already is an order HS/0"),
        ({"supersedes": ("DM/0",)}, "of another kind"),
    ],
)
def test_what_contradicts_the_books_is_refused_and_nothing_is_half_published(ready, changes, why):
    published(ready, approved(ready, content=said("HS/0")))
    published(ready, divided(ready, "DM/0"))
    draft = approved(ready, at=moment(4), content=said(**changes))
    with pytest.raises(OrderError, match=why):
        published(ready, draft, at=moment(4))
    assert set(orders(ready)) == {"HS/0", "DM/0"}


def test_an_officer_publishes_in_the_own_area_and_is_told_so_elsewhere(ready):
    published(ready, approved(ready))
    magistrate = officer(ready, Role.DISTRICT_MAGISTRATE, "N")
    other = officer(ready, Role.DISTRICT_MAGISTRATE, "S")
    draft = divided(ready, signatory="district_magistrate-n")
    with pytest.raises(AccessError, match="no draft"):
        published(ready, draft, who=other)
    with pytest.raises(AccessError):
        published(ready, draft, who=officer(ready, Role.CMOH, "N"))
    order = published(ready, draft, who=magistrate)
    assert order.signatory == "District_Magistrate-N"


def test_receivers_are_told_in_the_same_transaction(ready):
    new = NewSubscription(NoticeKind.EMAIL, "control@example.org", (), "en")
    notices.add(ready, new, moment(2), "tester")
    published(ready, approved(ready))
    assert [row.number for row in notices.outbox_of(ready)] == ["HS/1"]
