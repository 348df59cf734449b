"""On PostGIS drafts, annexes, deviations and the rest of the institution are kept apart by area."""

from __future__ import annotations

import psycopg2
import pytest
from sqlalchemy import text

from tests.acts import AT, LATE, build
from tests.store.test_row_security import NORTH, SOUTH
from zoning.store.engine import open_store, upgrade
from zoning.store.row_security import PUBLIC, SEPARATOR, STAFF
from zoning.workflow.consulting import answer
from zoning.workflow.deviations import restore
from zoning.workflow.neighbours_asked import answer_request

pytestmark = pytest.mark.postgis

# What is in each table for the north alone, in words that SQL counts.
OF_AREA = {
    "drafts": "select distinct area_unit_id from drafts",
    "draft_versions": (
        "select distinct area_unit_id from drafts join draft_versions on id = draft_id"
    ),
    "consultations": (
        "select distinct area_unit_id from drafts join consultations on draft_id = drafts.id"
    ),
    "consultation_answers": (
        "select distinct d.area_unit_id from drafts d join consultations c on c.draft_id = d.id"
        " join consultation_answers a on a.consultation_id = c.id"
    ),
    "deviations": "select distinct unit_id from deviations",
    "withdrawals": "select distinct unit_id from withdrawals",
    "restorations": (
        "select distinct unit_id from withdrawals join restorations on id = withdrawal_id"
    ),
    "task_reports": "select distinct area_unit_id from task_reports",
}
EXPECTED = {
    **{table: (["N"], ["S"]) for table in OF_AREA},
    **{table: (["W2"], ["W5"]) for table in ("deviations", "withdrawals", "restorations")},
}
CLOSED = (*OF_AREA, "neighbour_requests", "neighbour_answers", "escalations", "escalation_answers")


@pytest.fixture
def world(postgis_address, tmp_path):
    store = open_store(postgis_address)
    upgrade(store)
    made = build(store, tmp_path)
    for place in made.drafts:
        draft = made.drafts[place]["asked"]
        answer(store, draft, "health", "agrees", "", "H/1", AT.date(), AT, "tester")
        restore(store, made.withdrawals[place], "mended", AT, "tester")
        answer_request(store, made.requests[place], "agrees", "", "", AT, "tester")
    with store.transaction() as session:
        for number, area in (("DM/N", "N"), ("DM/S", "S")):
            session.execute(
                text(
                    "insert into task_reports"
                    " (order_id, position, area_unit_id, is_done, note, at, by)"
                    " select id, 0, :area, true, '', :at, 'x' from orders where number = :number"
                ),
                {"area": area, "at": AT, "number": number},
            )
        row = {"at": LATE}
        for statement in (
            "insert into escalations (kind, matter, area_unit_id, to_role, due_at, raised_at)"
            " values ('x', '1', 'N', 'home', :at, :at), ('x', '2', '', 'home', :at, :at)",
            "insert into escalation_answers (escalation_id, note, at, by)"
            " select id, 'x', :at, 'x' from escalations where kind = 'x'",
        ):
            session.execute(text(statement), row)
    yield made
    store.close()


@pytest.fixture
def ask(world, postgis_address):
    """Run plain SQL as a role, with units said or not."""
    connection = psycopg2.connect(postgis_address)

    def run(query, role=STAFF, units=None):
        with connection, connection.cursor() as cursor:
            if units is not None:
                said = SEPARATOR.join(units)
                cursor.execute("select set_config('seemana.units', %s, true)", (said,))
            cursor.execute(f"set local role {role}")
            cursor.execute(query)
            return [row[0] for row in cursor.fetchall()]

    yield run
    connection.close()


def test_staff_see_the_rows_of_the_units_said(ask):
    for table, (north, south) in EXPECTED.items():
        assert sorted(ask(OF_AREA[table], units=("C", *NORTH))) == north, table
        assert sorted(ask(OF_AREA[table], units=SOUTH)) == south, table


@pytest.mark.parametrize("units", [None, [], ["W77"], ["*"], ["N' or '1'='1"]])
def test_staff_who_say_no_unit_see_no_row(ask, units):
    for table in CLOSED:
        assert ask(f"select 1 from {table}", units=units) == [], table


def test_the_public_role_reads_none_of_them(ask):
    for table in (*CLOSED, "order_parts", "floors", "audit"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(f"select 1 from {table}", PUBLIC, NORTH)


@pytest.mark.parametrize("deed", ["delete from {}", "insert into {} default values", "truncate {}"])
def test_neither_role_writes(ask, deed):
    for role in (STAFF, PUBLIC):
        for table in CLOSED:
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                ask(deed.format(table), role, NORTH)


def test_requests_are_seen_by_who_is_asked_and_who_asked(ask):
    query = "select authority_unit_id from neighbour_requests order by 1"
    # The one that a draft of the north made to the south is seen from both sides.
    assert ask(query, units=("C", *NORTH)) == ["N", "S"]
    assert ask(query, units=SOUTH) == ["S", "S"]
    count = "select count(*) from neighbour_answers"
    assert ask(count, units=("C", *NORTH)) == ask(count, units=SOUTH) == [1]


def test_what_is_late_in_the_area_is_seen_there(ask):
    query = "select matter from escalations where kind = 'x'"
    assert ask(query, units=("C", *NORTH)) == ["1"] and ask(query, units=SOUTH) == []
    assert ask("select count(*) from escalation_answers", units=("C", *NORTH)) == [1]


def test_an_annex_is_opened_through_the_product_alone(ask):
    for role in (STAFF, PUBLIC):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask("select 1 from order_annexes", role, ("C", *NORTH))


def test_the_audit_is_the_owners(ask):
    assert ask("select 1 from audit", units=NORTH) == []
