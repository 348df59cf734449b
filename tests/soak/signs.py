"""How far a command has come with its transaction, seen from outside."""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
import time
from pathlib import Path
from typing import Any, Protocol

import psycopg2

# https://www.sqlite.org/walformat.html: the lock of the one writer.
SQLITE_WRITE_LOCK_BYTE = 120
_FLOCK = "hhqqi"
END_WAIT_S = 60


class Signs(Protocol):
    """What can be seen of one database."""

    def is_writing(self) -> bool: ...

    def is_committing(self) -> bool: ...

    def wait_for_the_end(self) -> None: ...

    def close(self) -> None: ...


class SqliteSigns:
    """The lock of the writer, and the growth of the log when it commits."""

    def __init__(self, file: Path) -> None:
        self._index = file.with_name(file.name + "-shm")
        self._log = file.with_name(file.name + "-wal")
        self._log_bytes = self._size()

    def is_writing(self) -> bool:
        try:
            handle = os.open(self._index, os.O_RDWR)
        except FileNotFoundError:
            return False
        try:
            asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, SQLITE_WRITE_LOCK_BYTE, 1, 0)
            answer = struct.unpack(_FLOCK, fcntl.fcntl(handle, fcntl.F_GETLK, asked))
        finally:
            os.close(handle)
        return bool(answer[0] != fcntl.F_UNLCK)

    def is_committing(self) -> bool:
        return self._size() > self._log_bytes and self.is_writing()

    def wait_for_the_end(self) -> None:
        """Nothing goes on after the death of a command."""

    def close(self) -> None:
        """Nothing is held."""

    def _size(self) -> int:
        try:
            return self._log.stat().st_size
        except FileNotFoundError:
            return 0


class PostgisSigns:
    """What the server says of the command's connection."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._connection = self._connect()

    def is_writing(self) -> bool:
        return self._ask("backend_xid is not null") is not None

    def is_committing(self) -> bool:
        return self._ask("state = 'active' and query ilike 'commit%'") is not None

    def backend(self) -> int | None:
        """Return the process on the server that works for the command."""
        return self._ask("true")

    def wait_for_the_end(self) -> None:
        """Wait until the server, which may be committing for a dead command, has done so."""
        end = time.monotonic() + END_WAIT_S
        while time.monotonic() < end:
            try:
                if self.backend() is None:
                    return
            except psycopg2.Error:
                self._reconnect()
            time.sleep(0.01)
        raise AssertionError("the server still works for a command that is dead")

    def close(self) -> None:
        self._connection.close()

    def _reconnect(self) -> None:
        with contextlib.suppress(psycopg2.Error):
            self._connection.close()
            self._connection = self._connect()

    def _connect(self) -> Any:
        connection = psycopg2.connect(self._address)
        connection.autocommit = True
        return connection

    def _ask(self, condition: str) -> int | None:
        with self._connection.cursor() as cursor:
            cursor.execute(
                "select pid from pg_stat_activity where application_name like 'seemana%'"
                f" and datname = current_database() and {condition} limit 1"
            )
            found = cursor.fetchone()
        return None if found is None else found[0]
