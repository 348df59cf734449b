"""What the service does before its first visitor, so that none of it is waited for."""

from __future__ import annotations

import gc
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from importlib import import_module
from threading import Event, Thread
from typing import Any

from zoning.errors import SeemanaError
from zoning.settings import Settings
from zoning.web.front_end import pack_program
from zoning.workflow.service import refuse_open_address
from zoning.workflow.sign_in import refuse_without_library, sign_in_secrets

INTERNET = (socket.AF_INET, socket.AF_INET6)


def send_at_once() -> int:
    """Turn off Nagle's algorithm where this process listens; return on how many sockets.

    Streamlit opens its socket without naming TCP, and asyncio then takes it for
    another protocol and leaves the algorithm on. The body of every small answer
    waits for the browser to acknowledge its head, some 40 ms; a page asks for
    eighty. Accepted connections inherit the option.
    """
    # The server hands its sockets to nobody, so they are looked up.
    listening = [
        thing
        for thing in gc.get_objects()
        if type(thing) is socket.socket
        and thing.fileno() >= 0
        and thing.family in INTERNET
        and thing.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    ]
    for each in listening:
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return len(listening)


def checked_start(settings: Settings, address: str | None) -> dict[str, Any] | None:
    """Return what Streamlit is to know of sign-in; end the process where it may not start.

    `zoning serve` refuses the same before; this is for who starts the server by its own command.

    Parameters
    ----------
    settings : Settings
        Of the service.
    address : str or None
        Where the server was told to listen; None for everywhere.
    """
    try:
        refuse_open_address(settings, address or "")
        refuse_without_library(settings)
        return sign_in_secrets(settings)
    except SeemanaError as refusal:
        sys.stderr.write(f"{refusal}\n")
        # The server takes what an import raises for a fault of the script, and tells a traceback.
        sys.stderr.flush()
        os._exit(2)


def opening(
    *modules: str,
    prepare: Callable[[], object],
    keep_ready: Callable[[Event], object] | None = None,
) -> Callable[[Any], AbstractAsyncContextManager[dict[str, Any]]]:
    """Return a lifespan for `st.App` that makes the first visit as quick as the others.

    Streamlit collects garbage after every run; over the modules of geopandas and
    folium that doubles the cost of a rerun, so they are imported now and kept out
    of the collector's reach.

    Parameters
    ----------
    *modules : str
        Modules that pages need. Pages can't be among them: Streamlit serves only
        components that a page run has imported.
    prepare : callable
        Makes what the first page shows. Runs beside the service; its refusals are
        dropped, because the page meets and tells them.
    keep_ready : callable, optional
        Goes on to do so after every change, until its event is set.
    """
    is_over = Event()

    def warm() -> None:
        pack_program()
        with suppress(SeemanaError):
            prepare()
        if keep_ready is not None:
            keep_ready(is_over)

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
        send_at_once()
        for module in modules:
            import_module(module)
        gc.collect()
        gc.freeze()
        Thread(target=warm, name="warm", daemon=True).start()
        yield {}
        is_over.set()

    return lifespan
