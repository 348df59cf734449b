"""Booths leave Category A by an order alone, and only when nothing stands in the way."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from tests.store.grid_files import write_cases, write_places
from zoning.access import Role, of_role
from zoning.errors import AccessError, OrderError
from zoning.model import Contacts, Rounds, RowAccount, Samples
from zoning.store.follow_up import insert_contacts, insert_rounds, insert_samples
from zoning.store.imports import ImportKind, NewImport, begin, finish
from zoning.store.order_booths import categories_in_force
from zoning.store.order_lookup import find_order
from zoning.store.order_parts import annex_of_order
from zoning.store.zone_history import zone_history
from zoning.workflow.actor import Actor
from zoning.workflow.decisions import propose, publish
from zoning.workflow.denotifying import board
from zoning.workflow.ground import GroundShelf
from zoning.workflow.imports import import_booths, import_boundaries, import_cases, report_nil
from zoning.workflow.order_papers import paper_and_map
from zoning.workflow.releasing import release
from zoning.workflow.taking import ImportOrder

RULE = "mohfw-2020-05-17"
START = datetime(2020, 5, 1, 6, tzinfo=UTC)
SHELF = GroundShelf()


def moment(days: float) -> datetime:
    return START + timedelta(days=days)


@pytest.fixture
def sealed(store, tmp_path):
    """W5-a has its last case on 10 May and is A by order since then."""
    write_places(tmp_path)
    import_boundaries(store, ImportOrder(tmp_path / "wards.geojson", START, "tester"), "ward")
    import_booths(store, ImportOrder(tmp_path / "booths.csv", START, "tester"))
    cases = write_cases(tmp_path / "cases.csv", [("W5-a", "2020-05-10", 4)])
    import_cases(store, ImportOrder(cases, moment(9), "tester"))
    made = propose(store, RULE, date(2020, 5, 10), moment(9), "tester")
    publish(store, moment(9.1), "tester", made.run_id)
    return store


def told(store, kind, insert, table, at):
    with store.transaction() as session:
        key = f"{kind} {at.isoformat()}"
        import_id = begin(session, NewImport(kind, "by hand", key, at, "tester"))
        insert(session, import_id, table)
        finish(session, import_id, RowAccount(1, 1, 0))


def texts(*cells):
    return np.array(cells, dtype=object)


def days(*cells):
    return np.array(cells, dtype="datetime64[D]")


def whole(*cells):
    return np.array(cells, dtype=np.int64)


def visit(store, visited, on, at, area="W5-a"):
    table = Rounds(whole(1), texts(area), days(on), whole(100), whole(visited))
    told(store, ImportKind.ROUNDS, insert_rounds, table, at)


def quiet_through(store, day, at):
    report_nil(store, "", date.fromisoformat(day), at, "tester")


def state_of(store, at, booth="W5-a"):
    found = board(store, SHELF, at)
    nth = found.booth_id.tolist().index(booth)
    return found.state, nth, found.sentences[nth]


def test_day_27_fails_and_day_28_passes(sealed):
    quiet_through(sealed, "2020-06-06", moment(36.5))
    visit(sealed, 95, "2020-06-06", moment(36.5))
    state, nth, _ = state_of(sealed, moment(36.5))
    assert (state.days_without_case[nth], state.is_due[nth]) == (27, False)
    with pytest.raises(OrderError, match="can't be released: 27 of 28 days"):
        release(sealed, SHELF, ["W5-a"], moment(36.6), "dm")
    quiet_through(sealed, "2020-06-07", moment(37.5))
    state, nth, _ = state_of(sealed, moment(37.5))
    assert (state.days_without_case[nth], state.is_due[nth]) == (28, True)


def test_only_who_delineates_there_releases_and_others_learn_nothing(sealed):
    def officer(role, *area):
        return Actor("officer", of_role(role, frozenset(area)), area)

    dm = Role.DISTRICT_MAGISTRATE
    for who in (officer(dm, "W4"), officer(Role.CMOH, "W5"), officer(Role.STATE_HEALTH)):
        with pytest.raises(AccessError, match="district magistrate"):
            release(sealed, SHELF, ["W5-a"], moment(36.6), who)
    # In the own area it is refused for what stands in the way.
    with pytest.raises(OrderError, match="can't be released"):
        release(sealed, SHELF, ["W5-a"], moment(36.6), officer(dm, "W5"))
    quiet_through(sealed, "2020-06-07", moment(37.5))
    visit(sealed, 95, "2020-06-07", moment(37.5))
    order = release(sealed, SHELF, ["W5-a"], moment(38), officer(dm, "W5"))
    assert order.signatory == "officer"


def test_days_of_silence_count_for_nothing(sealed):
    visit(sealed, 95, "2020-06-20", moment(50))
    state, nth, sentence = state_of(sealed, moment(50))
    assert state.days_without_case[nth] == 0
    assert not state.is_due[nth]
    assert "no report since 10 May 2020" in sentence


@pytest.mark.parametrize(
    ("visited", "is_due"), [(89, False), (90, True)], ids=["under the share", "at the share"]
)
def test_the_house_round_must_reach_nine_houses_of_ten(sealed, visited, is_due):
    quiet_through(sealed, "2020-06-08", moment(38.5))
    visit(sealed, visited, "2020-06-08", moment(38.5))
    state, nth, _ = state_of(sealed, moment(38.5))
    assert state.is_due[nth] == is_due


def test_a_pending_sample_or_an_open_contact_blocks_and_goes_to_the_magistrate_after_a_week(
    sealed,
):
    quiet_through(sealed, "2020-06-16", moment(46.5))
    visit(sealed, 95, "2020-06-15", moment(46.5))
    table = Samples(whole(1), texts("W5-a"), days("2020-06-05"), whole(10), whole(9))
    told(sealed, ImportKind.SAMPLES, insert_samples, table, moment(46.5))
    table = Contacts(
        *(whole(1), texts("KC-1"), texts("W5-a"), days("2020-06-01"), days("2020-06-02")),
        *(texts("open"), whole(0)),
    )
    told(sealed, ImportKind.CONTACTS, insert_contacts, table, moment(46.5))
    state, nth, sentence = state_of(sealed, moment(46.5))
    assert state.is_blocked[nth]
    assert state.is_escalated[nth]
    assert "District Magistrate" in sentence
    with pytest.raises(OrderError, match="can't be released"):
        release(sealed, SHELF, ["W5-a"], moment(46.6), "dm")


def test_a_release_takes_the_booth_out_of_a_and_the_next_proposal_leaves_it_out(sealed):
    quiet_through(sealed, "2020-06-08", moment(38.5))
    visit(sealed, 95, "2020-06-08", moment(38.5))
    order = release(sealed, SHELF, ["W5-a"], moment(38.6), "dm")
    with sealed.reading() as session:
        standing = categories_in_force(session, moment(38.7))
        before = categories_in_force(session, moment(38.5))
        history = zone_history(session, moment(38.7))
    assert before.affected().tolist() == ["W5-a"]
    assert standing.affected().tolist() == []
    assert order.number in standing.orders
    assert history.since == {}
    assert [(m.booth_id, m.until) for m in history.memberships] == [("W5-a", date(2020, 6, 9))]
    made = propose(sealed, RULE, date(2020, 6, 8), moment(38.8), "tester")
    assert "A" not in made.delineation[1].result.category
    assert board(sealed, SHELF, moment(38.7)).booth_id.tolist() == []


def test_the_paper_of_a_release_tells_what_booths_become_and_its_annex_why(sealed):
    quiet_through(sealed, "2020-06-08", moment(38.5))
    visit(sealed, 95, "2020-06-08", moment(38.5))
    order = release(sealed, SHELF, ["W5-a"], moment(38.6), "dm")
    with sealed.reading() as session:
        record = find_order(session, order.number)
        paper, _ = paper_and_map(session, SHELF, record)
        annex = json.loads(annex_of_order(session, record.order_id))
    assert [(z.category, z.parts[0].booth_ids) for z in paper.zones] == [("C", ("W5-a",))]
    assert not paper.is_draft
    assert "2020-05-10" not in paper.reason
    (evidence,) = annex["areas"]
    assert (evidence["area_id"], evidence["last_case_on"]) == ("W5-a", "2020-05-10")
    assert evidence["explanation"]


def test_what_is_not_in_a_by_order_can_not_be_released(sealed):
    with pytest.raises(OrderError, match="W5-b isn't in Category A"):
        release(sealed, SHELF, ["W5-b"], moment(38), "dm")
    with pytest.raises(OrderError, match="No booth is named"):
        release(sealed, SHELF, [], moment(38), "dm")


def test_a_case_of_the_unit_that_lies_in_no_booth_starts_the_count_of_all_its_booths(
    sealed, tmp_path
):
    cases = write_cases(tmp_path / "late.csv", [("W5", "2020-06-01", 1)])
    import_cases(sealed, ImportOrder(cases, moment(32), "tester"), date(2020, 6, 8))
    visit(sealed, 95, "2020-06-08", moment(38.5))
    state, nth, _ = state_of(sealed, moment(38.5))
    assert state.days_without_case[nth] == 7
