"""PostgreSQL's programs: found in the right version, and never told a password where others see."""

from __future__ import annotations

import subprocess

import pytest
from sqlalchemy.engine import make_url

from zoning.errors import StoreError
from zoning.store import postgres_tools
from zoning.store.postgres_tools import find_programs, first_error, start


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Install programs of versions that only say their version."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setattr(postgres_tools, "FOLDERS", tmp_path)

    def install(*versions):
        for version in versions:
            folder = tmp_path / str(version) / "bin"
            folder.mkdir(parents=True)
            for name in ("pg_dump", "pg_restore", "psql"):
                program = folder / name
                program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}.4 (Debian)'\n")
                program.chmod(0o755)
        return tmp_path

    return install


def test_the_programs_of_the_servers_version_are_taken_else_the_next_newer(installed):
    folder = installed(13, 15, 17)
    assert find_programs(15) == folder / "15" / "bin"
    assert find_programs(16) == folder / "17" / "bin"


def test_programs_older_than_the_server_are_refused_with_the_way_out(installed):
    installed(13)
    with pytest.raises(StoreError, match="apt-get install postgresql-client-15"):
        find_programs(15)


def test_programs_that_are_missing_are_named(installed):
    installed()
    with pytest.raises(StoreError, match="pg_dump, pg_restore and psql"):
        find_programs(15)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg2://keeper:s3cret@db.example:5433/seemana?sslmode=require",
        "postgresql+psycopg2://keeper@/seemana?host=/run/pg&password=s3cret",
    ],
)
def test_a_password_travels_in_the_environment_and_never_among_the_words(
    tmp_path, monkeypatch, address
):
    seen = {}

    def watch(command, **options):
        seen.update(command=command, environment=options["env"])

    monkeypatch.setattr(subprocess, "Popen", watch)
    start(tmp_path, "pg_dump", make_url(address), "--format=custom")
    assert "s3cret" not in " ".join(seen["command"])
    assert seen["environment"]["PGPASSWORD"] == "s3cret"
    assert any("keeper@" in word for word in seen["command"])


def test_of_what_a_program_says_only_the_error_is_passed_on():
    said = b"psql:1: NOTICE: x\npsql:2: ERROR:  duplicate key\nDETAIL:  Key (case_id)=(Asha Roy)\n"
    assert first_error(said) == "psql:2: ERROR:  duplicate key"
