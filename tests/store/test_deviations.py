"""Deviations, withdrawals and restorations, on both databases and by every right."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.officers import actor, settle
from tests.store.samples import NOON, hour
from zoning.access import Action, Role, may
from zoning.errors import AccessError, InputError
from zoning.measures.withdrawals import Scope
from zoning.orders.delays import Delay
from zoning.settings import Settings
from zoning.store.audit import read_entries
from zoning.store.deviations import NewDeviation
from zoning.workflow import deviation_register as reading
from zoning.workflow.deviations import (
    record,
    restore,
    withdraw_activity_in_area,
    withdraw_premises,
)
from zoning.workflow.escalating import list_escalations, raise_due

AT = hour(3)
REVIEW = AT + timedelta(days=5)
SEEN = NewDeviation(
    unit_id="W2",
    activity="Markets and shops",
    evidence="forty people in the shop, photograph 12",
    offence="dma-51-B",
    happened_at=hour(2),
    premises=" Das   Stores ",
)
KMC = Settings(self_delineating="C")


@pytest.fixture
def settled(store):
    return settle(store)


@pytest.fixture
def magistrate(settled):
    return actor(settled, Role.DISTRICT_MAGISTRATE, "N", settings=KMC)


def told(store, who="tester", at=AT, **changes):
    return record(store, replace(SEEN, **changes), at, who)


def test_a_deviation_is_kept_in_its_form_and_the_audit_tells_no_evidence(settled):
    number = told(settled)
    new = reading.read_evidence(settled, number, AT, "tester").new
    assert (new.premises, new.activity, new.offence) == (
        "Das Stores",
        "markets_and_shops",
        "DMA-51-b",
    )
    assert new.evidence == SEEN.evidence
    with settled.reading() as session:
        entries = read_entries(session)
    assert [e.action for e in entries[:2]] == ["personal.read", "deviation.record"]
    assert "photograph" not in str([e.detail for e in entries])
    assert "Das" not in str([e.detail for e in entries])


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"unit_id": "W99"}, "W99"),
        ({"booth_id": "151/23"}, "151/23"),
        ({"activity": "flying carpets"}, "flying carpets"),
        ({"activity": "market and shop"}, "markets_and_shops"),
        ({"offence": "DMA-99"}, "DMA-51-b"),
        ({"offence": "BNS-223"}, "BNS-223"),
        ({"evidence": "  "}, "what was seen"),
        ({"premises": "", "place": " "}, "Name the premises"),
        ({"happened_at": AT + timedelta(minutes=1)}, "hasn't happened"),
        ({"happened_at": AT.replace(tzinfo=None)}, "has no zone"),
    ],
)
def test_what_cant_be_is_refused_with_a_sentence_and_nothing_is_kept(settled, change, word):
    with pytest.raises(InputError, match=word):
        told(settled, **change)
    assert reading.list_deviations(settled, "tester", AT).listed == ()


def test_premises_are_closed_at_once_and_numbered_by_the_day(settled, magistrate):
    first, second = told(settled), told(settled, premises="Roy")
    made = withdraw_premises(settled, first, "crowd", AT, magistrate)
    other = withdraw_premises(settled, second, "crowd", AT, magistrate)
    later = withdraw_premises(
        settled, told(settled, premises="Sen"), "crowd", AT + timedelta(days=1), magistrate
    )
    assert [w.number for w in (made, other, later)] == [
        "V-20200518-001",
        "V-20200518-002",
        "V-20200519-001",
    ]
    assert (made.effective_at, made.review_at) == (AT, AT + timedelta(days=7))
    with pytest.raises(InputError, match="V-20200518-001"):
        withdraw_premises(settled, first, "again", AT, magistrate)


def test_an_area_needs_the_premises_first_a_review_and_a_place_inside(settled, magistrate):
    number = told(settled)

    def in_area(unit="W2", review=REVIEW, activity="markets_and_shops", reason="spreads"):
        return withdraw_activity_in_area(
            settled, number, unit, activity, reason, review, AT, magistrate
        )

    with pytest.raises(InputError, match="second decision"):
        in_area()
    withdraw_premises(settled, number, "crowd", AT, magistrate)
    with pytest.raises(InputError, match="seen in W2"):
        in_area("W3")
    with pytest.raises(InputError, match="review"):
        in_area(review=AT)
    with pytest.raises(InputError, match="review"):
        in_area(review=AT + timedelta(days=60))
    with pytest.raises(InputError, match="Say why"):
        in_area(reason=" ")
    for activity in ("ambulances", "essential_supplies", "health_services", "wearing_of_masks"):
        with pytest.raises(InputError):
            in_area(activity=activity)
    made = in_area()
    assert (made.scope, made.unit_id, made.premises) == (Scope.AREA, "W2", "")


def test_a_hospital_can_be_closed_by_itself_and_an_emergency_never(settled, magistrate):
    number = told(settled, activity="health_services", premises="A clinic")
    withdraw_premises(settled, number, "crowd", AT, magistrate, activity="health_services")
    with pytest.raises(InputError, match="can't be withdrawn"):
        withdraw_premises(settled, number, "x", AT, magistrate, activity="ambulances")


def test_a_magistrate_closes_no_area_in_which_a_corporation_decides_itself(settled, magistrate):
    number = told(settled, premises="", place="the market")
    with pytest.raises(AccessError, match="jurisdiction"):
        withdraw_activity_in_area(
            settled, number, "N", "markets_and_shops", "spreads", REVIEW, AT, magistrate
        )
    commissioner = actor(settled, Role.COMMISSIONER, "C", settings=KMC)
    with pytest.raises(AccessError):
        withdraw_premises(settled, told(settled), "crowd", AT, commissioner)
    own = told(settled, unit_id="W0")
    with pytest.raises(AccessError):
        withdraw_premises(settled, own, "crowd", AT, magistrate)
    assert withdraw_premises(settled, own, "crowd", AT, commissioner).unit_id == "W0"


def test_a_restoration_ends_it_once_and_is_kept_beside_it(settled, magistrate):
    number = withdraw_premises(settled, told(settled), "crowd", AT, magistrate).number
    then = AT + timedelta(hours=5)
    with pytest.raises(InputError, match="Say why"):
        restore(settled, number, "", then, magistrate)
    ended = restore(settled, number.lower(), "put right", then, magistrate)
    assert ended.restored.effective_at == then
    with pytest.raises(InputError, match="was ended"):
        restore(settled, number, "again", then, magistrate)
    assert [w.number for w in reading.withdrawn_there(settled, "W2", "das stores", AT, then)] == [
        number
    ]
    assert reading.withdrawn_there(settled, "W2", "das stores", then, then) == ()


def test_a_review_that_is_due_is_told_and_ends_nothing(settled, magistrate):
    number = withdraw_premises(settled, told(settled), "crowd", AT, magistrate).number
    late = AT + timedelta(days=30)
    with settled.reading() as session:
        assert [w.number for w in reading.due_reviews(session, late)] == [number]
        assert reading.due_reviews(session, AT + timedelta(days=6)) == ()
    listed = reading.list_deviations(settled, magistrate, late).listed
    assert listed[0].state is reading.DeviationState.REVIEW_DUE
    assert reading.withdrawn_there(settled, "W2", "Das Stores", late, late)


def test_a_review_that_is_due_is_passed_on_once_and_not_of_what_was_restored(settled, magistrate):
    standing = withdraw_premises(settled, told(settled), "crowd", AT, magistrate)
    ended = withdraw_premises(settled, told(settled, premises="Hall"), "crowd", AT, magistrate)
    restore(settled, ended.number, "put right", AT, magistrate)
    assert raise_due(settled, standing.review_at - timedelta(seconds=1)) == 0
    assert raise_due(settled, standing.review_at) == 1
    assert raise_due(settled, standing.review_at + timedelta(days=9)) == 0
    (one,) = list_escalations(settled, magistrate, standing.review_at)
    assert (one.new.kind, one.new.matter, one.new.area_unit_id, one.new.to_role) == (
        *(Delay.WITHDRAWAL_REVIEW, standing.number, "W2", Role.STATE_HEALTH),
    )
    elsewhere = actor(settled, Role.DISTRICT_MAGISTRATE, "S", settings=KMC)
    assert list_escalations(settled, elsewhere, standing.review_at) == ()


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.PUBLIC])
def test_who_may_record_and_withdraw_does_so_in_the_own_area_and_nobody_elsewhere(settled, role):
    area = {Role.COMMISSIONER: "C", Role.DISTRICT_MAGISTRATE: "N"}.get(role, "N")
    is_wide = role in (Role.LOCAL, Role.HOME, Role.STATE_HEALTH)
    who = actor(settled, role, "" if is_wide else area)
    own, other = "W1", "W5"
    for unit in (own, other):
        is_allowed = role is Role.LOCAL or unit == own
        deviation = told(settled, unit_id=unit)
        if may(role, Action.RECORD_DEVIATION) and is_allowed:
            told(settled, who, unit_id=unit)
        else:
            with pytest.raises(AccessError):
                told(settled, who, unit_id=unit)
        if may(role, Action.WITHDRAW_RELAXATION) and is_allowed:
            made = withdraw_premises(settled, deviation, "crowd", AT, who)
            restore(settled, made.number, "put right", AT, who)
        else:
            made = withdraw_premises(settled, deviation, "crowd", AT, "tester")
            with pytest.raises(AccessError):
                withdraw_premises(settled, deviation, "crowd", AT, who)
            with pytest.raises(AccessError):
                restore(settled, made.number, "put right", AT, who)


def test_a_guessed_number_of_another_area_says_nothing_and_nobody_outside_lists_it(settled):
    far = told(settled, unit_id="W5")
    officer = actor(settled, Role.ENFORCEMENT, "C")
    with pytest.raises(AccessError):
        reading.read_evidence(settled, far, AT, officer)
    with pytest.raises(AccessError):
        reading.read_evidence(settled, 999, AT, actor(settled, Role.OBSERVER, "N"))
    assert reading.list_deviations(settled, officer, AT).listed == ()
    near = told(settled, unit_id="W1")
    listed = reading.list_deviations(settled, officer, AT).listed
    assert [row.deviation.deviation_id for row in listed] == [near]
    assert listed[0].deviation.new.evidence == ""


def test_what_is_withdrawn_in_the_district_reaches_the_officer_of_a_corporation_in_it(settled):
    number = told(settled, premises="", place="the market")
    withdraw_activity_in_area(settled, number, "N", "hotels", "spreads", REVIEW, AT, "tester")
    found = reading.list_deviations(settled, actor(settled, Role.ENFORCEMENT, "C"), AT)
    assert (found.listed, [w.unit_id for w in found.reaching]) == ((), ["N"])
    elsewhere = reading.list_deviations(settled, actor(settled, Role.ENFORCEMENT, "S"), AT)
    assert elsewhere.reaching == ()


@pytest.mark.parametrize("table", ["deviations", "withdrawals", "restorations"])
def test_nothing_of_it_is_ever_edited(settled, table):
    number = withdraw_premises(settled, told(settled), "crowd", AT, "tester").number
    restore(settled, number, "put right", AT, "tester")
    for statement in (f"update {table} set at = at", f"delete from {table}"):
        with (
            pytest.raises(DBAPIError, match="never changed"),
            settled.engine.begin() as connection,
        ):
            connection.execute(text(statement))


def test_two_who_withdraw_at_once_get_two_numbers_and_one_restoration_wins(settled):
    deviations = [told(settled, premises=f"Shop {i}") for i in range(4)]
    made, refused = [], []

    def close(number):
        made.append(withdraw_premises(settled, number, "crowd", AT, "tester").number)

    def reopen():
        try:
            restore(settled, "V-20200518-001", "put right", AT, "tester")
        except InputError:
            refused.append(1)

    for acts in ([lambda n=n: close(n) for n in deviations], [reopen] * 3):
        threads = [threading.Thread(target=act) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert sorted(made) == [f"V-20200518-00{i}" for i in (1, 2, 3, 4)]
    assert len(refused) == 2


def test_the_past_is_as_it_was_known_then(settled):
    before = NOON
    told(settled)
    assert reading.list_deviations(settled, "tester", before).listed == ()
