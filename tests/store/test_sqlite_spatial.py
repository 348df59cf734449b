"""The functions that stand in for PostGIS agree with it, and the R*Tree keeps step."""

import pytest
import shapely
from geoalchemy2.shape import to_shape
from sqlalchemy import func, select, text

from tests.store import samples
from zoning.store.engine import open_store
from zoning.store.spatial import holds_point
from zoning.store.tables import BoothRow, UnitRow

INDEXED = 'select count(*) from "idx_units_geometry"'


@pytest.fixture
def embedded(tmp_path, sqlite_template):
    file = tmp_path / "seemana.db"
    file.write_bytes(sqlite_template.read_bytes())
    store = open_store(f"sqlite:///{file}")
    yield store
    store.close()


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (func.ST_AsText(func.ST_GeomFromEWKT("SRID=4326;POINT(88 22)")), "POINT(88 22)"),
        (func.ST_XMin(func.ST_GeomFromEWKT("SRID=4326;LINESTRING(1 2,3 5)")), 1.0),
        (func.ST_YMax(func.ST_GeomFromEWKT("SRID=4326;LINESTRING(1 2,3 5)")), 5.0),
        (func.ST_AsGeoJSON(func.ST_GeomFromEWKT("SRID=4326;POINT(1.23456 2)"), 2), None),
        (func.ST_XMin(func.ST_GeomFromEWKT(None)), None),
    ],
)
def test_a_function_answers_as_in_postgis(store, expression, expected):
    with store.reading() as session:
        answer = session.execute(select(expression)).scalar()
    if isinstance(answer, str):
        answer = answer.replace(" (", "(")
    if expected is None and answer is not None:
        assert shapely.from_geojson(answer).equals(shapely.Point(1.23, 2))
    else:
        assert answer == expected


def test_the_distance_on_the_sphere_is_that_of_postgis(store):
    kolkata, delhi = "SRID=4326;POINT(88.3639 22.5726)", "SRID=4326;POINT(77.209 28.6139)"
    distance = func.ST_DistanceSphere(func.ST_GeomFromEWKT(kolkata), func.ST_GeomFromEWKT(delhi))
    with store.reading() as session:
        assert session.execute(select(distance)).scalar() == pytest.approx(1_303_835.2637, abs=1e-3)


def test_geometry_through_the_model_is_the_same_geometry(store):
    with store.transaction() as session:
        edition_id = samples.add_units(session)
        area = shapely.to_wkt(shapely.box(88, 22, 89, 23))
        session.add(BoothRow(edition_id=edition_id, booth_id="1", geometry=f"SRID=4326;{area}"))
        session.flush()
        session.expire_all()
        booth = session.scalars(select(BoothRow)).one()
        assert to_shape(booth.geometry).equals(shapely.box(88, 22, 89, 23))


def unguard_units(session):
    for event in ("update", "delete"):
        session.execute(text(f"drop trigger units_no_{event}"))


def test_the_index_follows_insert_update_and_delete(embedded):
    with embedded.transaction() as session:
        samples.add_units(session)
        unguard_units(session)
        assert session.execute(text(INDEXED)).scalar() == 9
        session.execute(text("update units set geometry = null where unit_id = 'W4'"))
        assert session.execute(text(INDEXED)).scalar() == 8
        moved = "SRID=4326;MULTIPOLYGON(((10 10,11 10,11 11,10 10)))"
        session.execute(
            text("update units set geometry = GeomFromEWKT(:g) where unit_id = 'W0'"), {"g": moved}
        )
        found = select(UnitRow.unit_id).where(holds_point(session, UnitRow, 10.9, 10.5))
        assert session.scalars(found).all() == ["W0"]
        session.execute(text("delete from units"))
        assert session.execute(text(INDEXED)).scalar() == 0


def test_a_point_query_goes_through_the_index(embedded):
    with embedded.transaction() as session:
        samples.add_units(session)
        query = select(UnitRow.unit_id).where(holds_point(session, UnitRow, 88.305, 22.505))
        sql = query.compile(session.connection(), compile_kwargs={"literal_binds": True})
        plan = session.execute(text(f"explain query plan {sql}")).all()
    assert any("VIRTUAL TABLE" in str(step) for step in plan), plan


def test_a_renamed_table_keeps_its_index(embedded):
    with embedded.transaction() as session:
        samples.add_units(session)
        unguard_units(session)
        session.execute(text("select RenameTable(null, 'units', 'wards')"))
        assert session.execute(text('select count(*) from "idx_wards_geometry"')).scalar() == 9
        session.execute(text("delete from wards where unit_id = 'W0'"))
        assert session.execute(text('select count(*) from "idx_wards_geometry"')).scalar() == 8
        session.execute(text("select DropTable(null, 'wards')"))
        left = "select count(*) from sqlite_master where name like '%wards%'"
        assert session.execute(text(left)).scalar() == 0


def test_a_vacuum_leaves_the_index_right(embedded):
    with embedded.transaction() as session:
        samples.add_units(session)
        unguard_units(session)
        session.execute(text("delete from units where unit_id in ('W0', 'W1')"))
    with embedded.engine.connect() as connection:
        connection.connection.driver_connection.execute("vacuum")
    with embedded.reading() as session:
        found = select(UnitRow.unit_id).where(holds_point(session, UnitRow, 88.315, 22.515))
        assert session.scalars(found).all() == ["W4"]
