"""What is late goes to the authority above, once; neighbours answer for themselves."""

from __future__ import annotations

import pytest

from tests.institution import ON, SHELF, approved, moment, officer, proposed, published, said
from zoning.access import Role
from zoning.errors import AccessError, OrderError
from zoning.orders.draft import DraftKind
from zoning.store.orders import list_orders
from zoning.workflow import drafting
from zoning.workflow.consulting import answer
from zoning.workflow.escalating import list_escalations, raise_due
from zoning.workflow.neighbours_asked import answer_request, open_requests, requests_seen

AT = moment(3)


@pytest.fixture
def ready(store, tmp_path):
    proposed(store, tmp_path)
    return store


@pytest.fixture
def asked(ready):
    published(ready, approved(ready))
    draft = approved(
        ready, DraftKind.CATEGORIES, content=said("DM/1"), area_unit_id="N", shelf=SHELF
    )
    published(ready, draft)
    return ready


def number(store):
    return requests_seen(store, "tester", AT)[0].request_id


def late(store, at):
    raise_due(store, at)
    return [
        (e.new.kind.value, e.new.matter.split("/", 1)[-1], e.new.to_role.value)
        for e in list_escalations(store, "tester", at)
    ]


def test_a_consultation_is_late_when_its_hours_are_over(ready):
    draft = drafting.start(
        ready, DraftKind.CATEGORIES, AT, "tester", area_unit_id="N", content=said()
    )
    drafting.send(ready, draft.draft_id, 1, AT, "tester")
    answer(ready, draft.draft_id, "health", "agrees", "", "", ON, AT, "tester")
    assert late(ready, moment(14.99)) == []
    assert late(ready, moment(15)) == [("consultation_unanswered", "2/police", "home")]
    assert len(list_escalations(ready, officer(ready, Role.HOME), moment(15))) == 1
    answer(ready, draft.draft_id, "police", "agrees", "", "P/1", ON, moment(16), "tester")
    assert len(late(ready, moment(40))) == 1


def test_a_new_round_is_late_by_itself(ready):
    draft = drafting.start(ready, DraftKind.ZONES, AT, "tester", content=said())
    drafting.send(ready, draft.draft_id, 1, AT, "tester")
    assert len(late(ready, moment(27))) == 1
    drafting.give_back(ready, draft.draft_id, 2, "changed", moment(28), "tester")
    assert len(late(ready, moment(60))) == 1
    drafting.send(ready, draft.draft_id, 3, moment(61), "tester")
    assert len(late(ready, moment(85))) == 2


def test_a_neighbour_answers_for_the_own_ground_and_nobody_else(asked):
    south = officer(asked, Role.DISTRICT_MAGISTRATE, "S")
    north = officer(asked, Role.DISTRICT_MAGISTRATE, "N")
    assert len(open_requests(asked, south, AT)) == len(open_requests(asked, north, AT)) == 1
    commissioner = officer(asked, Role.COMMISSIONER, "C")
    assert requests_seen(asked, commissioner, AT) == ()
    for who in (north, commissioner, officer(asked, Role.CMOH, "S")):
        with pytest.raises(AccessError, match=r"no request \d+ that you may answer"):
            answer_request(asked, number(asked), "agrees", "", "", AT, who)
    with pytest.raises(AccessError, match="no request 999999 that you may answer"):
        answer_request(asked, 999999, "agrees", "", "", AT, south)
    with pytest.raises(OrderError, match="perhaps is no answer"):
        answer_request(asked, number(asked), "perhaps", "", "", AT, south)
    with pytest.raises(OrderError, match="says why"):
        answer_request(asked, number(asked), "declines", " ", "", AT, south)
    answer_request(asked, number(asked), "agrees", "", "DMS/4", AT, south)
    assert open_requests(asked, north, AT) == ()
    assert requests_seen(asked, north, AT)[0].order_number == "DMS/4"
    assert late(asked, moment(90)) == []


def test_a_request_that_nobody_answers_is_passed_on(asked):
    assert late(asked, moment(26.9)) == []
    assert late(asked, moment(27)) == [("request_unanswered", str(number(asked)), "state_health")]


def test_a_review_that_is_due_is_told_once_and_not_of_what_has_ended(ready):
    published(ready, approved(ready, content=said(review_at=moment(48))))
    again = said("HS/2", supersedes=("HS/1",), review_at=moment(80))
    published(ready, approved(ready, at=moment(30), content=again), at=moment(30))
    assert late(ready, moment(50)) == []
    assert late(ready, moment(80)) == [("review_due", "2", "state_health")]
    with ready.reading() as session:
        assert {r.order.number for r in list_orders(session)} == {"HS/1", "HS/2"}
