"""On PostGIS the database itself keeps areas apart: tried as each role, in plain SQL."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import psycopg2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tests.officers import actor, settle
from tests.store import samples
from tests.store.samples import NOON, coded, hour
from zoning.access import Action, Role
from zoning.model import Contacts
from zoning.store.cases import insert_cases
from zoning.store.engine import open_store, upgrade
from zoning.store.follow_up import insert_contacts
from zoning.store.imports import ImportKind, begin, finish
from zoning.store.places_decided import CasePlace, place_case
from zoning.store.row_security import PUBLIC, PUBLIC_TABLES, SEPARATOR, STAFF, RowReader
from zoning.store.tables import Base
from zoning.store.tests import insert_tests
from zoning.workflow.actor import reader_of
from zoning.workflow.queue import waiting
from zoning.workflow.setup import lacks_roles

pytestmark = pytest.mark.postgis
NORTH, SOUTH = ("N", "W0", "W1", "W2", "W3"), ("S", "W4", "W5", "W6", "W7", "W8")


@pytest.fixture
def store(postgis_address):
    opened = open_store(postgis_address)
    upgrade(opened)
    settle(opened)
    with opened.transaction() as session:
        for unit, district in (("W2", "N"), ("W5", "S")):
            new = replace(
                samples.new_import(ImportKind.CASES, unit, NOON), area_unit_ids=(district,)
            )
            import_id = begin(session, new)
            cases = replace(
                samples.plain_cases(2),
                unit_id=coded(unit, f"Nowhere {unit}"),
                case_id=samples.words(f"{unit}-1", f"{unit}-2"),
            )
            insert_cases(session, import_id, cases, coded(unit, ""))
            finish(session, import_id, samples.account(2))
        import_id = begin(session, samples.new_import(ImportKind.CASES, "state", NOON))
        insert_cases(session, import_id, samples.plain_cases(1), coded(""))
        import_id = begin(session, samples.new_import(ImportKind.TESTS, "t", NOON))
        tested = replace(samples.tests(), unit_id=coded("W2", "W5"))
        insert_tests(session, import_id, tested)
        import_id = begin(session, samples.new_import(ImportKind.CONTACTS, "k", NOON))
        insert_contacts(session, import_id, contacts())
        session.execute(
            text(
                "insert into booths (edition_id, booth_id, unit_id) select max(id), b, u"
                " from editions, (values ('B-N', 'W2'), ('B-S', 'W5')) as v(b, u) group by b, u"
            )
        )
    yield opened
    opened.close()


def contacts():
    n = np.datetime64("2020-05-10", "D")
    return Contacts(
        row=np.array([1, 2]),
        contact_id=samples.words("k1", "k2"),
        area_id=samples.words("B-N", "B-S"),
        last_exposure_on=np.array([n, n]),
        told_on=np.array([n, n]),
        status=samples.words("home", "home"),
        attempts=np.array([0, 0]),
    )


@pytest.fixture
def ask(store, postgis_address):
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


KEYS = "select case_id from cases order by 1 nulls last"


def test_staff_see_the_cases_of_the_units_said_and_what_they_brought_in(ask):
    assert ask(KEYS, units=NORTH) == ["W2-1", "W2-2"]
    assert ask(KEYS, units=SOUTH) == ["W5-1", "W5-2"]
    # A part of an area isn't the area: what was brought in for the whole isn't in its care.
    assert ask(KEYS, units=["W2"]) == ["W2-1"]


@pytest.mark.parametrize("table", ["cases", "case_places", "outcomes", "tests", "contacts"])
def test_staff_who_say_no_unit_see_no_row(ask, table):
    for units in (None, [], ["W77"], ["*"], ["W2' or '1'='1"]):
        assert ask(f"select 1 from {table}", units=units) == []


def test_tests_and_contacts_are_those_of_the_area(ask):
    assert ask("select unit_id from tests", units=NORTH) == ["W2"]
    assert ask("select contact_id from contacts", units=NORTH) == ["k1"]
    assert ask("select contact_id from contacts", units=SOUTH) == ["k2"]


def test_a_case_that_a_person_put_here_is_seen_here(store, ask):
    with store.transaction() as session:
        number = session.scalar(text("select import_id from cases where case_id = 'W5-2'"))
        place_case(session, CasePlace(number, 2, "W3", "told"), at=hour(1), who="tester")
    assert ask(KEYS, units=NORTH) == ["W2-1", "W2-2", "W5-2"]


def test_the_units_of_one_transaction_are_not_those_of_the_next(store, ask):
    reader = RowReader("north", frozenset(NORTH))
    with store.reading(reader) as session:
        assert session.scalar(text("select count(*) from cases")) == 2
        assert session.scalar(text("select current_user")) == STAFF
    with store.reading() as session:
        assert session.scalar(text("select count(*) from cases")) == 5
    ask(KEYS, units=NORTH)
    assert ask(KEYS) == []


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_the_public_role_reads_what_is_public_and_nothing_else(ask, table):
    query = f"select count(*) from {table}"
    if table in PUBLIC_TABLES:
        ask(query, PUBLIC)
    else:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(query, PUBLIC)


@pytest.mark.parametrize("role", [STAFF, PUBLIC])
@pytest.mark.parametrize("deed", ["delete from {}", "insert into {} default values", "truncate {}"])
@pytest.mark.parametrize("table", ["cases", "orders", "postings", "audit"])
def test_neither_role_writes(ask, role, deed, table):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(deed.format(table), role, NORTH)


def test_the_queue_of_an_area_is_read_as_staff(store):
    who = actor(store, Role.CMOH, "N", at=hour(2))
    reader = reader_of(who, Action.IMPORT_DATA, "surveillance")
    assert reader.units == {"C", *NORTH}
    assert {w.text for w in waiting(store, hour(2), who)} == {"Nowhere W2"}
    assert reader_of("tester", Action.IMPORT_DATA, "surveillance") is None


def test_without_the_right_to_make_roles_setting_up_goes_on(postgis_server, postgis_empty_address):
    name = postgis_empty_address.rpartition("/")[2]
    postgis_server.run(
        "create role plain login password 'plain' nocreaterole",
        f"grant create on database {name} to plain",
    )
    postgis_server.run(
        "create extension postgis", "grant create on schema public to plain", database=name
    )
    address = f"postgresql://plain:plain@127.0.0.1:{postgis_server.port}/{name}"
    try:
        store = open_store(address, is_new=True)
        upgrade(store)
        with store.reading(RowReader("north", frozenset(NORTH))) as session:
            assert session.scalar(text("select current_user")) == "plain"
        assert lacks_roles(store)
        store.close()
    finally:
        postgis_server.run("drop owned by plain cascade", database=name)
        postgis_server.run("drop owned by plain cascade", "drop role plain")


def test_no_role_but_the_owner_reads_a_sealed_annex(store):
    for role in (STAFF, PUBLIC):
        with store.transaction() as session:
            session.execute(text(f"set local role {role}"))
            with pytest.raises(ProgrammingError, match="permission denied"):
                session.execute(text("select sealed from order_annexes")).all()
            session.rollback()
