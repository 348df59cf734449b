"""What is particular to backups of the embedded database: files, locks, writers beside it."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.running import assert_refused, zoning
from tests.soak.states import opened, state
from tests.store import samples
from tests.store.samples import NOON, WHO, bring, hour
from zoning.errors import OutputError, StoreError
from zoning.store.backup import back_up
from zoning.store.backup_drafts import draft_folder
from zoning.store.backup_file import read_manifest
from zoning.store.cases import insert_cases
from zoning.store.engine import open_store
from zoning.store.imports import ImportKind
from zoning.store.restore import RestoreOrder, restore
from zoning.store.tables import Base


@pytest.fixture
def database(tmp_path, sqlite_template):
    file = tmp_path / "var" / "seemana.db"
    file.parent.mkdir()
    shutil.copy(sqlite_template, file)
    with opened(f"sqlite:///{file}") as store, store.transaction() as session:
        bring(session, ImportKind.CASES, "c1", insert_cases, samples.plain_cases(500))
    return file


@pytest.fixture
def backup(database, tmp_path):
    file = tmp_path / "seemana.backup"
    back_up(f"sqlite:///{database}", file, at=NOON, who=WHO)
    return file


def restored(database, backup):
    return restore(f"sqlite:///{database}", backup, RestoreOrder(hour(1), WHO, True))


def n_cases(database):
    return state(f"sqlite:///{database}")["cases"]


def test_a_backup_waits_for_no_writer_and_holds_nothing_half(database, tmp_path):
    writer = open_store(f"sqlite:///{database}")
    with writer.transaction() as session:
        bring(session, ImportKind.CASES, "c2", insert_cases, samples.plain_cases(900))
        manifest = back_up(f"sqlite:///{database}", tmp_path / "b", at=NOON, who=WHO)
    assert manifest.rows["cases"] == 500
    assert n_cases(database) == 1400
    assert back_up(f"sqlite:///{database}", tmp_path / "b", at=NOON, who=WHO).rows["cases"] == 1400
    writer.close()


def test_a_database_in_use_is_not_replaced_beneath_its_users(database, backup, monkeypatch):
    monkeypatch.setattr("zoning.store.backup_sqlite.ALONE_WAIT_S", 0.1)
    server = open_store(f"sqlite:///{database}")
    with server.transaction() as session:
        bring(session, ImportKind.CASES, "c2", insert_cases, samples.plain_cases(9))
    with pytest.raises(StoreError, match="stop the server"):
        restored(database, backup)
    server.close()
    assert n_cases(database) == 509
    restored(database, backup)
    assert n_cases(database) == 500


def test_who_opened_just_before_the_change_writes_into_neither(database, backup):
    """SQLite sees that the file it opened has lost its name."""
    late = sqlite3.connect(database, isolation_level=None)
    done = restored(database, backup)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        late.execute("pragma journal_mode = wal")
    late.close()
    assert n_cases(database) == n_cases(done.kept_as) == 500


def test_of_the_database_before_one_file_is_kept(database, backup):
    done = restored(database, backup)
    names = sorted(path.name for path in database.parent.iterdir())
    assert names == [database.name, Path(done.kept_as).name]


def test_a_damaged_database_is_kept_aside_with_all_that_lies_beside_it(database, backup):
    database.write_bytes(b"no database any more" * 400)
    beside = database.with_name("seemana.db-wal")
    beside.write_bytes(b"its last words")
    done = restored(database, backup)
    assert n_cases(database) == 500
    assert Path(done.kept_as).read_bytes().startswith(b"no database any more")
    assert Path(f"{done.kept_as}-wal").read_bytes() == b"its last words"


def test_the_last_words_of_a_deleted_database_are_not_taken_for_those_of_the_new(database, backup):
    writer = sqlite3.connect(database, isolation_level=None)
    writer.execute("pragma wal_autocheckpoint = 0")
    writer.execute("update imports set file_name = 'of the deleted one'")
    last_words = Path(f"{database}-wal").read_bytes()
    writer.close()
    database.unlink()
    Path(f"{database}-wal").write_bytes(last_words)
    restored(database, backup)
    with opened(f"sqlite:///{database}") as store, store.reading() as session:
        names = session.connection().exec_driver_sql("select file_name from imports").all()
    assert names == [("cases.csv",)]


def test_the_new_database_is_read_by_those_who_read_the_old(database, backup):
    database.chmod(0o640)
    restored(database, backup)
    assert stat.S_IMODE(database.stat().st_mode) == 0o640
    database.unlink()
    restored(database, backup)
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_a_damaged_database_is_not_backed_up_as_if_it_were_whole(database, tmp_path):
    content = bytearray(database.read_bytes())
    content[-60_000:] = b"\xff" * 60_000
    database.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged"):
        back_up(f"sqlite:///{database}", tmp_path / "b", at=NOON, who=WHO)
    assert not (tmp_path / "b").exists()


def test_what_a_killed_backup_left_is_removed_by_the_next_and_a_live_one_is_not(tmp_path):
    dead = tmp_path / ".seemana-draft-dead"
    dead.mkdir()
    (dead / "lock").touch()
    (dead / "seemana.db").write_bytes(b"personal data")
    with draft_folder(tmp_path) as living:
        (living / "backup.zip").touch()
        assert not dead.exists()
        with draft_folder(tmp_path):
            assert (living / "backup.zip").exists()
    assert list(tmp_path.iterdir()) == []


def test_the_commands_tell_in_words_and_in_json(database, tmp_path, monkeypatch):
    monkeypatch.setenv("ZONING_VAR_DIR", str(database.parent))
    monkeypatch.delenv("ZONING_DATABASE_URL", raising=False)
    file = tmp_path / "b"
    assert "guard it" in zoning("backup", file).out
    told = zoning("backup", "--verify", file, "--json").json()
    assert (told["kind"], told["rows"]["cases"]) == ("sqlite", 500)
    assert told["sha256"] == read_manifest(file).sha256
    assert_refused(zoning("restore", file), "--replace")
    assert "is kept as" in zoning("restore", file, "--replace").out
    assert zoning("restore", file, "--replace", "--json").json()["kept_as"]
    file.write_bytes(b"")
    assert_refused(zoning("backup", "--verify", file), "damaged")
    monkeypatch.setenv("ZONING_VAR_DIR", str(tmp_path / "nowhere"))
    assert_refused(zoning("backup", file.with_name("c")), "zoning setup")


def test_a_draft_whose_removal_was_killed_halfway_is_removed_by_the_next(tmp_path):
    (tmp_path / ".seemana-draft-gone").mkdir()
    with draft_folder(tmp_path) as living:
        assert [path.name for path in tmp_path.iterdir()] == [living.name]


def test_a_backup_of_tables_that_are_no_more_is_restored(database, tmp_path, monkeypatch):
    """A later version may have dropped a table that the backup tells of."""
    with closing(sqlite3.connect(database, isolation_level=None)) as plain:
        plain.execute("create table of_before (x)")
        plain.execute("insert into of_before values (1)")
    file = tmp_path / "b"
    tables = dict(Base.metadata.tables) | {"of_before": None}
    with monkeypatch.context() as older:
        older.setattr(Base.metadata, "tables", tables)
        assert back_up(f"sqlite:///{database}", file, at=NOON, who=WHO).rows["of_before"] == 1
    restored(database, file)
    assert n_cases(database) == 500


def test_a_database_behind_a_link_is_replaced_where_it_lies(database, backup, tmp_path):
    link = tmp_path / "link.db"
    link.symlink_to(database)
    done = restored(link, backup)
    assert link.is_symlink()
    assert Path(done.kept_as).parent == database.parent
    assert n_cases(link) == 500


def test_an_archive_of_something_else_is_not_taken_for_a_backup(database, tmp_path):
    other = tmp_path / "photos.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("beach.jpg", b"sand")
    for content in (other.read_bytes(), other.read_bytes()[4:]):
        other.write_bytes(content)
        with pytest.raises(OutputError, match="choose another name"):
            back_up(f"sqlite:///{database}", other, at=NOON, who=WHO)
        assert other.read_bytes() == content
