"""Follow-up told by hand, the life of a zone, a release tried first: in the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from tests.store.grid_files import write_cases, write_places
from zoning.errors import InputError, OrderError
from zoning.judgement.policy import load_policy
from zoning.settings import Settings
from zoning.store.follow_up import read_contacts, read_rounds, read_samples
from zoning.store.imports import list_imports
from zoning.store.lineage import zone_steps
from zoning.store.orders import list_orders
from zoning.workflow.containment_desk import WhatIf, what_if
from zoning.workflow.decisions import Containing, propose, publish
from zoning.workflow.denotifying import board
from zoning.workflow.follow_up_told import (
    ToldContact,
    ToldRound,
    ToldSamples,
    tell_contact,
    tell_round,
    tell_samples,
)
from zoning.workflow.ground import GroundShelf
from zoning.workflow.imports import import_booths, import_boundaries, import_cases
from zoning.workflow.releasing import plan_release
from zoning.workflow.taking import ImportOrder

START = datetime(2020, 5, 1, 6, tzinfo=UTC)
WHO = "tester"
TODAY = date(2020, 5, 12)
ROUND = ToldRound("W5-a", TODAY, 100, 95)
CONTACT = ToldContact("C-0412", "W5-a", date(2020, 5, 10), TODAY, "open")
SAMPLES = ToldSamples("W5-a", TODAY, 7, 5)


def moment(days):
    return START + timedelta(days=days)


AT = moment(11)


@pytest.fixture
def divided(store, tmp_path):
    write_places(tmp_path)
    import_boundaries(store, ImportOrder(tmp_path / "wards.geojson", START, WHO), "ward")
    import_booths(store, ImportOrder(tmp_path / "booths.csv", START, WHO))
    rows = [("W5-a", "2020-05-10", 4), ("W1-a", "2020-05-10", 4), ("W9-d", "2020-04-22", 1)]
    import_cases(store, ImportOrder(write_cases(tmp_path / "c.csv", rows), moment(9.5), WHO))
    rule, on = "mohfw-2020-05-17", date(2020, 5, 10)
    made = propose(store, rule, on, moment(10), WHO, Containing())
    publish(store, moment(10.1), WHO, made.run_id)
    return store


def test_a_row_told_by_hand_is_read_back_as_told(divided):
    shelf = GroundShelf()
    tell_round(divided, shelf, ROUND, AT, WHO)
    tell_contact(divided, shelf, CONTACT, AT, WHO)
    tell_samples(divided, shelf, SAMPLES, AT, WHO)
    with divided.reading() as session:
        rounds, contacts = read_rounds(session, AT), read_contacts(session, AT)
        samples = read_samples(session, AT)
    assert (rounds.area_id.tolist(), rounds.houses_visited.tolist()) == (["W5-a"], [95])
    assert contacts.last_exposure_on.tolist() == [date(2020, 5, 10)]
    assert (samples.samples.tolist(), samples.results.tolist()) == ([7], [5])


def test_the_same_told_again_is_kept_again(divided):
    for later in (AT, AT + timedelta(seconds=1)):
        tell_round(divided, GroundShelf(), ROUND, later, WHO)
    with divided.reading() as session:
        assert len(read_rounds(session, moment(12))) == 2


@pytest.mark.parametrize(
    ("tell", "told", "said"),
    [
        (tell_round, replace(ROUND, area_id="W77"), "no open containment zone W77"),
        (tell_round, replace(ROUND, area_id=""), "(empty)"),
        (tell_round, replace(ROUND, on=date(2020, 5, 13)), "13 May 2020 is yet to come"),
        (tell_round, replace(ROUND, houses_visited=101), "101 of 100 houses"),
        (tell_contact, replace(CONTACT, contact_id="Anita Das"), "“Anita Das” can't be the key"),
        (tell_contact, replace(CONTACT, contact_id="+91-98300-12345x"), "can't be the key"),
        (tell_contact, replace(CONTACT, status="gone"), "isn't a state of a contact"),
        (tell_contact, replace(CONTACT, told_on=date(2020, 5, 9)), "lies after the day told"),
        (tell_samples, replace(SAMPLES, results=8), "8 of 7 samples"),
        (tell_samples, replace(SAMPLES, area_id="CZ-20200510-099"), "CZ-20200510-099"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_written(divided, tell, told, said):
    with pytest.raises(InputError) as refusal:
        tell(divided, GroundShelf(), told, AT, WHO)
    assert said in str(refusal.value)
    with divided.reading() as session:
        assert len(list_imports(session)) == 3


def test_a_zone_that_ended_is_no_area_any_more_and_one_in_force_is(divided):
    zones = set(board(divided, GroundShelf(), AT).booths.zone)
    for zone in zones:
        tell_round(divided, GroundShelf(), replace(ROUND, area_id=zone), AT, WHO)
    with divided.reading() as session:
        assert set(read_rounds(session, AT).area_id) == zones


def test_the_life_of_a_zone_tells_which_order_put_it_in_force(divided):
    with divided.reading() as session:
        steps = zone_steps(session, "CZ-20200510-001", AT)
        number = list_orders(session)[0].order.number
        assert zone_steps(session, "CZ-20200510-001", START) == ()
        assert zone_steps(session, "CZ-1", AT) == ()
    assert [(s.kind, s.order_number, s.n_after) for s in steps] == [("opened", number, 1)]


def test_a_release_that_isnt_due_is_refused_when_it_is_tried(divided):
    with pytest.raises(OrderError, match="can't be released"):
        plan_release(divided, GroundShelf(), ["W5-a"], AT, WHO)


@pytest.mark.parametrize("buffer_m", [0, 100, 700, 1500, 4000])
def test_a_width_tried_once_gives_what_the_list_of_all_neighbours_gives(divided, buffer_m):
    asked = WhatIf(policy_id="memo-177-cs-2020", buffer_m=buffer_m)
    shelf = GroundShelf()
    tried = what_if(divided, Settings(), shelf, AT, asked)
    reach_m = load_policy(asked.policy_id).reach(buffer_m)
    tried.present.ground.within(reach_m)
    listed = what_if(divided, Settings(), shelf, AT, asked)
    assert reach_m in listed.present.ground._reached
    np.testing.assert_array_equal(tried.thought.divided.category, listed.thought.divided.category)
