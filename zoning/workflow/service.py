"""Start the service on this machine: database, demonstration, port, address."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from zoning import clock
from zoning.errors import ServiceError
from zoning.i18n.catalogue import tr
from zoning.settings import Settings
from zoning.workflow.setup import is_empty, load_demonstration, set_up

LOOPBACK = "127.0.0.1"
APP = Path(__file__).parents[2] / "app.py"


def prepare(settings: Settings) -> bool:
    """Set the database up and fill an empty one with the demonstration.

    Returns
    -------
    bool
        Whether the demonstration was loaded.
    """
    store = set_up(settings)
    try:
        at = clock.now()
        if not is_empty(store, at):
            return False
        load_demonstration(store, settings, at)
        return True
    finally:
        store.close()


def refuse_busy_port(port: int) -> None:
    """Refuse a port that another program holds, before anything is started.

    Raises
    ------
    ServiceError
        If the port is taken or may not be opened.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except (OSError, OverflowError) as fault:
            raise ServiceError(
                tr(
                    "Port {port} can't be used ({fault}); choose another: make run PORT={other}.",
                    port=port,
                    fault=getattr(fault, "strerror", None) or fault,
                    other=port + 1 if port < 65_535 else 8501,
                )
            ) from fault


def become_server(port: int) -> None:
    """Replace this process by the server; it listens on the loopback address only."""
    os.execv(
        sys.executable,
        [
            *(sys.executable, "-m", "streamlit", "run", str(APP)),
            *("--server.address", LOOPBACK, "--server.port", str(port)),
            *("--server.headless", "true", "--browser.gatherUsageStats", "false"),
        ],
    )
