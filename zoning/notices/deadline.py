"""An end for a conversation, however slowly the other side goes on.

A timeout of a socket counts from the last byte: a server that sends one every few seconds would
hold the sender for ever.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def ended_after(seconds: float, connection: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Shut a connection once a time is over, so that whoever waits for it gets an `OSError` or EOF.

    Parameters
    ----------
    seconds : float
        For the block.
    connection : callable
        Returns the socket in use; None while there is none.
    """

    def shut() -> None:
        open_socket = connection()
        if open_socket is not None:
            with suppress(OSError):
                # Of the plain class: that of TLS would take its state away beneath the reader.
                socket.socket.shutdown(open_socket, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
