"""Commands in processes of their own, which the tests may end: they started them."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

WAIT_S = 120
POLL_S = 0.0005

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.soak.commands_preloaded"])


@dataclass(frozen=True)
class Place:
    """A database and a folder for what else the commands keep."""

    address: str
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        return {"ZONING_DATABASE_URL": self.address, "ZONING_VAR_DIR": str(self.folder / "var")}


class Command:
    """`zoning` in a process: the console script, or forked from a server, which starts sooner."""

    def __init__(self, place: Place, *arguments: object, is_forked: bool = False) -> None:
        place.folder.mkdir(parents=True, exist_ok=True)
        self.arguments = [str(argument) for argument in arguments]
        self._said = place.folder / f"said-{time.monotonic_ns()}"
        self.started = time.monotonic()
        self._process: subprocess.Popen[bytes] | multiprocessing.process.BaseProcess
        if is_forked:
            self._process = _context.Process(
                target=_run, args=(self.arguments, place.environment, self._said), daemon=True
            )
            self._process.start()
        else:
            script = Path(sys.executable).with_name("zoning")
            with self._said.open("wb") as said:
                self._process = subprocess.Popen(
                    [str(script), *self.arguments],
                    stdout=said,
                    stderr=subprocess.STDOUT,
                    env=os.environ | place.environment,
                )

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    @property
    def said(self) -> str:
        return self._said.read_text(errors="replace") if self._said.exists() else ""

    def is_running(self) -> bool:
        if isinstance(self._process, subprocess.Popen):
            return self._process.poll() is None
        return self._process.is_alive()

    def kill(self) -> None:
        self._process.kill()

    def wait(self) -> int:
        """Wait for the end and return the exit status, negative for a signal."""
        if isinstance(self._process, subprocess.Popen):
            return self._process.wait(WAIT_S)
        self._process.join(WAIT_S)
        assert self._process.exitcode is not None, f"{self.arguments} hangs"
        return self._process.exitcode

    def wait_until(self, sign: Callable[[], bool]) -> bool:
        """Wait for a sign; False if the process ended without it."""
        while self.is_running():
            if sign():
                return True
            time.sleep(POLL_S)
        return False

    def wait_for(self, seconds: float) -> bool:
        """Let the process run for a while; False if it ended meanwhile."""
        end = time.monotonic() + seconds
        return self.wait_until(lambda: time.monotonic() >= end)


def _run(arguments: list[str], environment: dict[str, str], said: Path) -> None:
    os.environ.update(environment)
    handle = os.open(said, os.O_WRONLY | os.O_CREAT, 0o600)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    sys.stdout, sys.stderr = os.fdopen(1, "w", 1), os.fdopen(2, "w", 1)
    from zoning.__main__ import app, run

    sys.exit(run(lambda: app(args=arguments, standalone_mode=False)))
