"""What a database and an import are made of: whole files, hashed whole, left whole."""

import gc
import sqlite3
import stat
import threading

import pytest

from tests.store import samples
from tests.store.samples import bring
from zoning.errors import InputError, StoreError
from zoning.settings import Settings
from zoning.store.cases import insert_cases
from zoning.store.engine import open_store, upgrade
from zoning.store.faults import store_fault
from zoning.store.imports import ImportKind, begin
from zoning.workflow.setup import set_up
from zoning.workflow.taking import file_hash


def test_a_database_that_nobody_closed_is_one_whole_file_in_the_end(tmp_path, sqlite_template):
    file = tmp_path / "seemana.db"
    file.write_bytes(sqlite_template.read_bytes())
    store = open_store(f"sqlite:///{file}")
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "a", insert_cases, samples.plain_cases(4))
    assert (tmp_path / "seemana.db-wal").exists()
    del store, session
    gc.collect()
    assert [path.name for path in tmp_path.iterdir()] == ["seemana.db"]
    with sqlite3.connect(file) as plain:
        assert plain.execute("select count(*) from cases").fetchone() == (4,)


def test_a_new_database_is_read_by_its_owner_alone(tmp_path):
    file = tmp_path / "seemana.db"
    store = open_store(f"sqlite:///{file}", is_new=True)
    upgrade(store)
    with store.reading():
        modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    store.close()
    assert modes == {0o600}


def test_a_folder_that_cannot_be_made_is_told_by_setup_too(tmp_path):
    (tmp_path / "var").write_text("a file")
    with pytest.raises(StoreError, match="ZONING_VAR_DIR"):
        set_up(Settings(var_dir=tmp_path / "var", database_url=""))


def test_an_error_of_the_disk_is_a_sentence_with_the_way_out():
    from sqlalchemy.exc import OperationalError

    for words, way_out in (("disk I/O error", "checked"), ("database or disk is full", "space")):
        error = OperationalError("insert", None, sqlite3.OperationalError(words))
        assert way_out in str(store_fault(error, "seemana.db"))


def test_a_rival_that_brings_the_same_file_waits_and_is_told_who_was_first(store, store_address):
    told = []

    def bring_too():
        rival = open_store(store_address)
        try:
            with rival.transaction() as session:
                begin(session, samples.new_import())
        except StoreError as refusal:
            told.append(str(refusal))
        finally:
            rival.close()

    thread = threading.Thread(target=bring_too)
    with store.transaction() as session:
        begin(session, samples.new_import())
        thread.start()
        # Long enough to come to the lock; a rival that comes later is refused all the same.
        thread.join(0.3)
    thread.join(30)
    assert "is already imported" in told[0]


def test_a_shapefile_counts_with_its_attributes(tmp_path):
    shapes, attributes = tmp_path / "wards.shp", tmp_path / "wards.dbf"
    shapes.write_bytes(b"shapes")
    attributes.write_bytes(b"one")
    (tmp_path / "wards_2.dbf").write_bytes(b"another file")
    before = file_hash(shapes)
    (tmp_path / "wards_2.dbf").write_bytes(b"that changes")
    assert file_hash(shapes) == before
    attributes.write_bytes(b"two")
    assert file_hash(shapes) != before


def test_a_folder_counts_with_all_that_is_in_it(tmp_path):
    folder = tmp_path / "wards.gdb"
    folder.mkdir()
    (folder / "a.gdbtable").write_bytes(b"one")
    before = file_hash(folder)
    (folder / "b.gdbtable").write_bytes(b"two")
    assert file_hash(folder) != before


def test_a_file_that_is_gone_meanwhile_is_refused_by_name(tmp_path):
    with pytest.raises(InputError, match=r"gone\.csv"):
        file_hash(tmp_path / "gone.csv")
