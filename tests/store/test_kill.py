"""Killed anywhere in an import, the database is as before; two writers lose nothing."""

import pytest
from sqlalchemy import text

from tests.store import samples
from tests.store.processes import (
    KILLED_ROWS,
    POINTS,
    add_one,
    importing,
    run_together,
    write_imports,
)
from tests.store.samples import NOON, bring, hour
from zoning.store.cases import insert_cases, read_cases
from zoning.store.engine import open_store
from zoning.store.imports import ImportKind
from zoning.store.tables import Base


def counts(store):
    with store.reading() as session:
        return {
            name: session.execute(text(f"select count(*) from {name}")).scalar()
            for name in Base.metadata.tables
        }


@pytest.mark.parametrize("point", POINTS[:-1])
def test_an_import_killed_before_its_commit_leaves_nothing(store, store_address, point):
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "before", insert_cases, samples.plain_cases(10))
    before = counts(store)
    with importing(store_address, point):
        assert counts(store) == before, "nobody sees half an import"
    assert counts(store) == before
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "killed", insert_cases, samples.plain_cases(5))
    with store.reading() as session:
        assert len(read_cases(session, NOON)) == 15, "the same file can be taken in again"


def test_an_import_killed_after_its_commit_is_there_in_full(store, store_address):
    with importing(store_address, POINTS[-1]):
        pass
    after = counts(store)
    assert (after["imports"], after["cases"], after["audit"]) == (1, KILLED_ROWS, 1)


def test_two_writers_at_once_lose_nothing(store, store_address):
    ends = run_together(write_imports, (store_address, "a", 15), (store_address, "b", 15))
    assert ends == [0, 0]
    after = counts(store)
    assert (after["imports"], after["cases"], after["audit"]) == (30, 600, 30)


def test_two_that_read_and_then_write_never_overwrite_each_other(store, store_address):
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "a", lambda *_: None, samples.plain_cases(1))
        session.execute(text("update imports set rows_read = 0"))
    assert run_together(add_one, (store_address, 40), (store_address, 40)) == [0, 0]
    with store.reading() as session:
        assert session.execute(text("select rows_read from imports")).scalar() == 80


def test_a_reader_sees_one_moment_while_a_writer_commits(store, store_address):
    other = open_store(store_address)
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "a", insert_cases, samples.plain_cases(4))
    with store.reading() as reader:
        assert len(read_cases(reader, hour(9))) == 4
        with other.transaction() as session:
            bring(session, ImportKind.CASES, "b", insert_cases, samples.plain_cases(3))
        assert len(read_cases(reader, hour(9))) == 4
    with store.reading() as reader:
        assert len(read_cases(reader, hour(9))) == 7
    other.close()
