"""Start the service on this machine: database, demonstration, port, address."""

from __future__ import annotations

import os
import socket
import sys
from ipaddress import ip_address
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


def is_loopback(host: str) -> bool:
    """Return whether an address or a name is reached from this machine alone."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def refuse_open_address(settings: Settings, address: str) -> None:
    """Refuse to listen where others reach a service at which nobody signs in.

    Parameters
    ----------
    settings : Settings
        Of the service.
    address : str
        Where it would listen; empty for everywhere.

    Raises
    ------
    ServiceError
        If nobody signs in and the address isn't this machine's own.
    """
    if not settings.has_sign_in and not is_loopback(address):
        raise ServiceError(
            tr(
                "Nobody signs in here, so Seemana listens on this machine alone and not on "
                "{address}: set ZONING_OIDC_METADATA_URL for sign-in, or take {loopback}.",
                address=address or tr("every address"),
                loopback=LOOPBACK,
            )
        )


def refuse_busy_port(port: int, address: str = LOOPBACK) -> None:
    """Refuse a port that another program holds, before anything is started.

    Raises
    ------
    ServiceError
        If the port is taken or may not be opened.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, OverflowError) as fault:
            raise ServiceError(
                tr(
                    "Port {port} can't be used ({fault}); choose another: make run PORT={other}.",
                    port=port,
                    fault=getattr(fault, "strerror", None) or fault,
                    other=port + 1 if port < 65_535 else 8501,
                )
            ) from fault


def become_server(port: int, address: str = LOOPBACK) -> None:
    """Replace this process by the server."""
    os.execv(
        sys.executable,
        [
            *(sys.executable, "-m", "streamlit", "run", str(APP)),
            *("--server.address", address, "--server.port", str(port)),
            *("--server.headless", "true", "--browser.gatherUsageStats", "false"),
        ],
    )
