"""Before the first visitor: sockets that don't wait, and the first page made."""

import asyncio
import socket
import threading

import pytest

from tests.awaiting import awaited
from zoning.errors import StoreError
from zoning.web.startup import opening, send_at_once


def waits(connection):
    """Whether small packets wait for an acknowledgement."""
    return not connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.fixture
def listening():
    # As Streamlit opens it: the protocol isn't named, so asyncio doesn't see TCP.
    with socket.socket(family=socket.AF_INET) as opened:
        opened.bind(("127.0.0.1", 0))
        opened.listen()
        yield opened


def test_connections_to_a_socket_that_listens_send_at_once(listening):
    assert waits(listening)
    assert send_at_once() >= 1
    with socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert not waits(accepted)


def test_sockets_that_do_not_listen_on_the_network_are_left_alone(listening):
    with socket.socket() as closed, socket.socket() as client:
        closed.close()
        a, b = socket.socketpair()
        with a, b:
            send_at_once()
            assert waits(client)


def run_lifespan(prepare):
    """Start and stop the service's lifespan; return once `prepare` has run."""
    is_done = threading.Event()

    def watched():
        try:
            return prepare()
        finally:
            is_done.set()

    async def serve():
        async with opening("json", prepare=watched)(None):
            await asyncio.to_thread(is_done.wait, 30)

    awaited(serve())
    for thread in threading.enumerate():
        if thread.name == "warm":
            thread.join(30)
    return is_done.is_set()


def test_the_first_page_is_made_before_anyone_asks(listening):
    assert run_lifespan(lambda: None)
    assert not waits(listening)


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_database_that_is_down_at_the_start_does_not_stop_the_service():
    def refuse():
        raise StoreError("The database is down.")

    assert run_lifespan(refuse)


def test_what_keeps_the_map_ready_ends_with_the_service():
    began = threading.Event()

    def keep_ready(is_over):
        began.set()
        is_over.wait(30)

    async def serve():
        async with opening("json", prepare=lambda: None, keep_ready=keep_ready)(None):
            await asyncio.to_thread(began.wait, 30)

    awaited(serve())
    for thread in threading.enumerate():
        if thread.name == "warm":
            thread.join(10)
            assert not thread.is_alive()
    assert began.is_set()
