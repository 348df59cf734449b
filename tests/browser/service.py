"""The product's server on a free loopback port, and the browser that visits it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)

CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    """`streamlit run` of a script, for the length of a `with` block."""

    def __init__(
        self,
        script: Path,
        folder: Path,
        *,
        n_units: int = 144,
        booths: str = "0",
        static: bool = False,
    ):
        self._script = script
        self._folder = folder
        self._n_units = n_units
        self._booths = booths
        self._static = static
        self.environment: dict[str, str] = {}
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.changed = folder / "changed"

    def __enter__(self) -> Service:
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "ZONING_VAR_DIR": str(self._folder / "var"),
            "ZONING_TEST_UNITS": str(self._n_units),
            "ZONING_TEST_BOOTHS": self._booths,
            "ZONING_TEST_CHANGED": str(self.changed),
            **self.environment,
        }
        command = [sys.executable, "-m", "streamlit", "run", str(self._script)]
        command += ["--server.port", str(self.port), "--server.address", "127.0.0.1"]
        command += ["--server.enableStaticServing", str(self._static).lower()]
        command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
        self._log = (self._folder / "service.log").open("w+")
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=self._log, stderr=subprocess.STDOUT
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}_stcore/health", timeout=2):
                    return self
            except OSError:
                if self._process.poll() is not None:
                    break
                time.sleep(0.2)
        self.__exit__()
        raise RuntimeError((self._folder / "service.log").read_text())

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def cpu_s(self) -> float:
        """Return the CPU seconds that the server has used."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
