"""A database that can't serve gives one sentence with the way out, and no password."""

import sqlite3
import traceback

import pytest
from sqlalchemy import text

from tests.store import samples
from tests.store.postgis import _free_port as free_port
from zoning.errors import StoreError
from zoning.store.engine import open_store, upgrade
from zoning.store.imports import begin

PASSWORD = "s3cret-p4ss"


def refused(address, *, is_new=False):
    """Return the refusal's sentence, after a look at everything that a log would show."""
    with pytest.raises(StoreError) as caught:
        open_store(address, is_new=is_new)
    shown = "".join(traceback.format_exception(caught.value))
    assert PASSWORD not in shown
    return str(caught.value)


def test_a_database_that_is_down_is_named_without_its_password():
    port = free_port()
    sentence = refused(f"postgresql://me:{PASSWORD}@127.0.0.1:{port}/seemana")
    assert "doesn't answer" in sentence
    assert f"seemana (127.0.0.1:{port})" in sentence


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://me:{PASSWORD}@host:port/seemana",
        f"postgresql://me:{PASSWORD}@host",
        f"postgresql://me@host:{PASSWORD}/seemana",
        f"mysql://me:{PASSWORD}@host/seemana",
        f"me {PASSWORD}",
        "",
    ],
)
def test_a_malformed_address_shows_how_one_is_written(address):
    assert "sqlite:///file.db" in refused(address)


def test_an_embedded_address_without_a_file_is_refused():
    assert "names no file" in refused("sqlite://")


def test_a_file_that_is_missing_is_not_made_by_looking(tmp_path):
    assert "zoning setup" in refused(f"sqlite:///{tmp_path}/seemana.db")
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path):
    file = tmp_path / "wards.csv"
    file.write_text("unit_id,name\n" * 200)
    assert "isn't a Seemana database" in refused(f"sqlite:///{file}", is_new=True)
    assert file.read_text() == "unit_id,name\n" * 200


def test_a_folder_that_cannot_be_made_names_the_way_out(tmp_path):
    (tmp_path / "var").write_text("a file")
    assert "ZONING_VAR_DIR" in refused(f"sqlite:///{tmp_path}/var/seemana.db", is_new=True)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path):
    assert "can't be opened" in refused(f"sqlite:///{tmp_path}", is_new=True)


def test_a_database_that_can_only_be_read_still_reads(sqlite_template):
    store = open_store(f"sqlite:///file:{sqlite_template}?mode=ro&uri=true")
    with store.reading() as session:
        assert session.execute(text("select count(*) from cases")).scalar() == 0
    with pytest.raises(StoreError, match="only be read"), store.transaction() as session:
        begin(session, samples.new_import())
    store.close()


def test_a_reader_writes_nothing(store):
    with pytest.raises(StoreError, match="only be read"), store.reading() as session:
        begin(session, samples.new_import())
    with store.transaction() as session:
        begin(session, samples.new_import())


def test_a_lock_that_is_not_given_up_ends_in_a_sentence(tmp_path, sqlite_template, monkeypatch):
    monkeypatch.setattr("zoning.store.engine.SQLITE_WAIT_S", 0.1)
    file = tmp_path / "seemana.db"
    file.write_bytes(sqlite_template.read_bytes())
    store = open_store(f"sqlite:///{file}")
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("begin immediate")
    with pytest.raises(StoreError, match="busy"), store.transaction() as session:
        begin(session, samples.new_import())
    with store.reading() as session:
        session.execute(text("select count(*) from cases"))
    holder.close()
    store.close()


@pytest.mark.postgis
def test_a_wrong_password_is_told_and_not_shown(postgis_server):
    address = postgis_server.address("postgres").replace(postgis_server.password, PASSWORD)
    assert "refused the user or the password" in refused(address)


@pytest.mark.postgis
def test_a_database_that_was_not_created_is_told(postgis_server):
    assert "createdb" in refused(postgis_server.address("nowhere"))


@pytest.mark.postgis
def test_setup_without_the_right_to_add_postgis_names_the_administrator(
    postgis_server, postgis_empty_address
):
    name = postgis_empty_address.rpartition("/")[2]
    user = f"plain_{name}"
    postgis_server.run(
        f"create role {user} login password '{PASSWORD}'", f"grant all on database {name} to {user}"
    )
    address = postgis_empty_address.replace("seemana:", f"{user}:")
    store = open_store(address.replace(postgis_server.password, PASSWORD), is_new=True)
    with pytest.raises(StoreError, match="create extension postgis"):
        upgrade(store)
    store.close()
    postgis_server.run(f"revoke all on database {name} from {user}", f"drop role {user}")


@pytest.mark.postgis
def test_a_connection_that_breaks_ends_in_a_sentence(postgis_address):
    store = open_store(postgis_address)
    with pytest.raises(StoreError, match="doesn't answer"), store.transaction() as session:
        session.execute(text("select pg_terminate_backend(pg_backend_pid())"))
    with store.reading() as session:
        assert session.execute(text("select 1")).scalar() == 1, "the next one connects anew"
    store.close()
