"""Imports count once, can be undone, and leave what was known before reproducible."""

import numpy as np
import pytest
from sqlalchemy.exc import IntegrityError

from tests.store import samples
from tests.store.samples import NOON, WHO, account, assert_same, bring, hour
from zoning.errors import StoreError
from zoning.store.cases import insert_cases, read_cases
from zoning.store.editions import edition_in_force
from zoning.store.facilities import insert_facilities, read_facilities
from zoning.store.imports import (
    ImportKind,
    begin,
    find_same,
    finish,
    list_imports,
    undo,
)
from zoning.store.tables import ImportRow
from zoning.store.tests import insert_tests, read_tests


def test_an_import_is_listed_with_its_row_account(store):
    with store.transaction() as session:
        import_id = begin(session, samples.new_import())
        finish(session, import_id, account(), np.datetime64("2020-05-17"))
    with store.reading() as session:
        (record,) = list_imports(session)
        assert record.import_id == import_id
        assert record.account == account()
        assert (record.imported_at, record.imported_by) == (NOON, WHO)
        assert record.mapping == {"cases": {"columns": {}}}
        assert list_imports(session, ImportKind.TESTS) == ()


def test_the_same_content_is_taken_in_only_once(store):
    with store.transaction() as session:
        import_id = begin(session, samples.new_import())
    with pytest.raises(StoreError, match=f"undo {import_id}"), store.transaction() as session:
        begin(session, samples.new_import())
    with store.transaction() as session:
        undo(session, import_id, at=hour(1), who=WHO)
        assert begin(session, samples.new_import(at=hour(2))) != import_id


def test_the_database_itself_refuses_the_same_content_twice(store):
    """Two processes that both asked before either wrote are stopped here."""
    row = {"kind": "cases", "content_hash": "h", "file_name": "f", "imported_by": WHO}
    row |= {"imported_at": NOON, "findings": [], "mapping": {}}
    row |= dict.fromkeys(("rows_read", "rows_taken", "rows_rejected", "rows_repaired"), 0)
    with pytest.raises(StoreError, match="nothing was written") as refused:  # noqa: SIM117
        with store.transaction() as session:
            session.add_all([ImportRow(**row), ImportRow(**row)])
    assert isinstance(refused.value.__cause__, IntegrityError)
    with store.reading() as session:
        assert find_same(session, ImportKind.CASES, "h") is None


def test_an_undone_import_is_out_of_every_later_reading(store):
    with store.transaction() as session:
        edition_id = samples.add_units(session)
        ids = [
            bring(session, ImportKind.CASES, "c", insert_cases, samples.cases()),
            bring(session, ImportKind.TESTS, "t", insert_tests, samples.tests()),
            bring(session, ImportKind.FACILITIES, "f", insert_facilities, samples.facilities()),
        ]
        boundaries = next(r for r in list_imports(session, ImportKind.BOUNDARIES))
        for import_id in (*ids, boundaries.import_id):
            undo(session, import_id, at=hour(2), who=WHO)
    with store.reading() as session:
        for read in (read_cases, read_tests, read_facilities):
            assert len(read(session, hour(2))) == 0
            assert len(read(session, hour(1))) > 0, "what was known then stays"
        assert edition_in_force(session, hour(2)) is None
        assert edition_in_force(session, hour(1)).edition_id == edition_id


def test_undoing_twice_or_nothing_is_refused(store):
    with store.transaction() as session:
        import_id = begin(session, samples.new_import())
        undo(session, import_id, at=hour(1), who=WHO)
        with pytest.raises(StoreError, match="already undone"):
            undo(session, import_id, at=hour(2), who=WHO)
        with pytest.raises(StoreError, match="zoning imports"):
            undo(session, import_id + 1, at=hour(2), who=WHO)


def test_what_came_later_is_not_known_earlier(store):
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "a", insert_cases, samples.plain_cases(3))
        bring(session, ImportKind.CASES, "b", insert_cases, samples.plain_cases(2), at=hour(3))
        assert [len(read_cases(session, hour(n))) for n in (-1, 0, 2, 3)] == [0, 3, 3, 5]


def test_a_case_told_again_replaces_its_earlier_row(store):
    again = samples.cases()
    again.outcome[0] = 1
    again.case_id[2] = "c9"
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "a", insert_cases, samples.cases())
        bring(session, ImportKind.CASES, "b", insert_cases, again, at=hour(1))
        read = read_cases(session, hour(1))
        assert sorted(read.case_id) == ["", "", "c 3, “odd”", "c1", "c2", "c9"]
        assert read.outcome[read.case_id == "c1"].tolist() == [1]
        assert_same(samples.as_told(read_cases(session, NOON)), samples.cases())


def test_tests_told_again_for_a_unit_and_day_correct_the_earlier(store):
    again = samples.tests()
    again.on[1] = np.datetime64("2020-05-18")
    again.tests[0] = 150
    with store.transaction() as session:
        bring(session, ImportKind.TESTS, "a", insert_tests, samples.tests())
        bring(session, ImportKind.TESTS, "b", insert_tests, again, at=hour(1))
        read = read_tests(session, hour(1))
    assert sorted(read.tests.tolist()) == [80, 80, 150]


def test_a_facility_answers_as_it_told_last(store):
    later = samples.facilities()
    later.beds_vacant[:] = [4, 5, 6]
    later.updated_at[:] = np.array(["2020-05-18T04:00:00", "NaT", "2020-05-18T06:00:00"], "M8[s]")
    with store.transaction() as session:
        bring(session, ImportKind.FACILITIES, "a", insert_facilities, samples.facilities())
        bring(session, ImportKind.FACILITIES, "b", insert_facilities, later, at=hour(1))
        read = read_facilities(session, hour(1))
    vacant = dict(zip(read.facility_id, read.beds_vacant, strict=True))
    assert vacant == {"H1": 0, "A1": 5, "H2": 6}, "H1 told 0 after it told 4"
    assert np.isnat(read.updated_at[read.facility_id == "A1"]).all()


def test_facilities_without_a_code_never_replace_each_other(store):
    nameless = samples.facilities()
    nameless.facility_id[:] = ""
    with store.transaction() as session:
        bring(session, ImportKind.FACILITIES, "a", insert_facilities, nameless)
        assert len(read_facilities(session, NOON)) == 3
