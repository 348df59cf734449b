"""What goes into the store comes out as it went in, on both databases."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from tests.store import samples
from tests.store.samples import NOON, assert_same, bring, hour, words
from zoning.errors import CrsError, InputError, StoreError
from zoning.model import OUTCOME_CODES, Booths
from zoning.store.booths import insert_booths, read_booths
from zoning.store.boundaries import insert_edition, read_units, unit_at
from zoning.store.cases import insert_cases, read_cases
from zoning.store.editions import BOOTH_LEVEL, edition_in_force
from zoning.store.facilities import insert_facilities, read_facilities
from zoning.store.imports import ImportKind, begin
from zoning.store.results import NewRun, get_run, list_runs, load_run, save_run
from zoning.store.tests import insert_tests, read_tests


def test_units_come_back_as_they_went_in(store):
    with store.transaction() as session:
        edition_id = samples.add_units(session)
    with store.reading() as session:
        assert_same(read_units(session, edition_id), samples.units())
        assert_same(read_units(session, edition_id, "ward"), samples.units())


def test_units_without_geometry_come_back_without(store):
    bare = replace(samples.units(), geometry=None)
    with store.transaction() as session:
        import_id = begin(session, samples.new_import(ImportKind.BOUNDARIES))
        edition_id = insert_edition(session, import_id, bare, NOON)
        assert_same(read_units(session, edition_id), bare)


def test_polygons_become_multipolygons_of_the_same_area(store):
    grid = samples.units()
    single = replace(grid, geometry=shapely.force_3d(shapely.get_geometry(grid.geometry, 0)))
    single.geometry[5] = None
    with store.transaction() as session:
        import_id = begin(session, samples.new_import(ImportKind.BOUNDARIES))
        edition_id = insert_edition(session, import_id, single, NOON)
        read = read_units(session, edition_id).geometry
    assert read[5] is None
    assert set(shapely.get_type_id(np.delete(read, 5))) == {shapely.GeometryType.MULTIPOLYGON}
    assert not shapely.has_z(read).any()
    assert shapely.equals(np.delete(read, 5), np.delete(grid.geometry, 5)).all()


def test_a_unit_that_is_no_area_is_refused_by_its_code(store):
    wrong = samples.units()
    wrong.geometry[4] = shapely.Point(88, 22)
    with pytest.raises(InputError, match="W4"), store.transaction() as session:
        import_id = begin(session, samples.new_import(ImportKind.BOUNDARIES))
        insert_edition(session, import_id, wrong, NOON)


def test_units_in_metres_are_refused(store):
    wrong = replace(samples.units(), crs="EPSG:32645")
    with pytest.raises(CrsError, match="EPSG:32645"), store.transaction() as session:
        import_id = begin(session, samples.new_import(ImportKind.BOUNDARIES))
        insert_edition(session, import_id, wrong, NOON)


def test_a_point_finds_its_unit_and_a_border_the_smallest_code(store):
    with store.transaction() as session:
        edition_id = samples.add_units(session)
        assert unit_at(session, edition_id, 88.315, 22.515) == "W4"
        assert unit_at(session, edition_id, 88.315, 22.51) == "W1"
        assert unit_at(session, edition_id, 88.315, 22.515, level="block") is None
        assert unit_at(session, edition_id, 88.4, 22.515) is None
        assert unit_at(session, edition_id + 1, 88.315, 22.515) is None


def test_a_level_that_an_edition_lacks_is_refused_with_those_it_has(store):
    with store.transaction() as session:
        edition_id = samples.add_units(session)
        with pytest.raises(InputError, match="ward"):
            read_units(session, edition_id, "block")
        with pytest.raises(StoreError, match="import boundaries"):
            read_units(session, edition_id + 1)


def test_the_edition_in_force_is_the_latest_valid_one_known(store):
    with store.transaction() as session:
        old = samples.add_units(session, hour(0), "old", hour(0))
        new = samples.add_units(session, hour(2), "new", hour(5))
        assert edition_in_force(session, hour(-1)) is None
        assert edition_in_force(session, hour(4)).edition_id == old
        assert edition_in_force(session, hour(5)).edition_id == new
        assert edition_in_force(session, hour(5), known_at=hour(1)).edition_id == old
        assert edition_in_force(session, hour(5), level="ward").levels == ("ward",)
        assert edition_in_force(session, hour(5), level="block") is None


def test_booths_come_back_and_are_an_edition_of_their_own(store):
    booths = Booths(
        booth_id=words("151/1", "151/2", "151/3"),
        unit_id=words("W0", "", "W4"),
        name=words("School", "", ""),
        population=np.array([900.0, np.nan, 1200.0]),
        geometry=words(shapely.Point(88.3, 22.5), shapely.box(88.3, 22.5, 88.31, 22.51), None),
    )
    with store.transaction() as session:
        wards = samples.add_units(session)
        import_id = begin(session, samples.new_import(ImportKind.BOOTHS))
        edition_id = insert_booths(session, import_id, booths, NOON)
        assert_same(read_booths(session, edition_id), booths)
        assert edition_in_force(session, NOON).edition_id == wards
        assert edition_in_force(session, NOON, level=BOOTH_LEVEL).edition_id == edition_id


def test_cases_come_back_as_they_went_in(store):
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "a", insert_cases, samples.cases())
    with store.reading() as session:
        assert_same(samples.as_told(read_cases(session, NOON)), samples.cases())


def test_every_outcome_comes_back(store):
    outcome = np.array(list(OUTCOME_CODES.values()), dtype=np.int8)
    cases = replace(samples.plain_cases(len(outcome)), outcome=outcome)
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "a", insert_cases, cases)
        assert_same(samples.as_told(read_cases(session, NOON)), cases)


def test_cases_beyond_one_chunk_all_come_back_in_order(store, monkeypatch):
    monkeypatch.setattr("zoning.store.columns.CHUNK_ROWS", 7)
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "a", insert_cases, samples.plain_cases(100))
        assert_same(samples.as_told(read_cases(session, NOON)), samples.plain_cases(100))


def test_no_import_gives_no_cases(store):
    with store.reading() as session:
        assert len(read_cases(session, NOON)) == 0
        assert len(read_tests(session, NOON)) == 0
        assert len(read_facilities(session, NOON)) == 0


def test_tests_come_back_as_they_went_in(store):
    with store.transaction() as session:
        bring(session, ImportKind.TESTS, "a", insert_tests, samples.tests())
    with store.reading() as session:
        assert_same(read_tests(session, NOON), samples.tests())


def test_facilities_come_back_as_they_went_in(store):
    with store.transaction() as session:
        bring(session, ImportKind.FACILITIES, "a", insert_facilities, samples.facilities())
    with store.reading() as session:
        assert_same(read_facilities(session, NOON), samples.facilities())


def test_a_classification_comes_back_as_it_went_in(store):
    with store.transaction() as session:
        edition_id = samples.add_units(session)
        new = NewRun(edition_id, known_at=NOON, at=hour(1), who=samples.WHO)
        run_id = save_run(session, samples.classification(), new)
    with store.reading() as session:
        assert_same(load_run(session, run_id), samples.classification())
        run = get_run(session, run_id)
        assert (run.known_at, run.computed_at, run.edition_id) == (NOON, hour(1), edition_id)
        assert list_runs(session) == (run,)
        with pytest.raises(StoreError, match="zoning propose"):
            load_run(session, run_id + 1)
