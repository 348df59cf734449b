"""Receivers of notices on this machine: programs and mail servers, well-behaved or not."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller

HELD_S = 30


class Webhook(ThreadingHTTPServer):
    """Takes notices; `answers` in turn, the last one again and again: a status, or a deed."""

    daemon_threads = True
    # A receiver that comes back takes its old port at once.
    allow_reuse_address = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), _Handler)
        self.answers = [204]
        self.taken = []
        self.asked = []
        self.over = threading.Event()
        self.was_heard_out = False

    @property
    def port(self):
        return self.server_address[1]

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/orders"

    def keys(self):
        """Return how often each notice was taken, by its key."""
        return Counter(headers["Idempotency-Key"] for headers, _ in self.taken)

    def handle_error(self, request, client_address):
        """Say nothing: senders that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server = self.server
        server.asked.append(self.path)
        answer = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
        if callable(answer):
            with contextlib.suppress(OSError):
                answer(self)
            return
        if 200 <= answer < 300:
            server.taken.append((dict(self.headers), body))
        self.send_response(answer)
        if 300 <= answer < 400:
            self.send_header("Location", "http://127.0.0.1:9/secret")
        self.end_headers()

    def log_message(self, *_):
        pass


def hang(handler):
    """Answer nothing until the sender gives in."""
    handler.server.was_heard_out = not handler.server.over.wait(HELD_S)


def drip(handler):
    """Begin an answer and never come to its status, nor ever be silent for long."""
    handler.wfile.write(b"HTTP/1.1")
    for _ in range(HELD_S * 20):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        if handler.server.over.wait(0.05):
            return
    handler.server.was_heard_out = True


def take_and_die(handler):
    """Take the notice and break off before the answer."""
    handler.server.taken.append((dict(handler.headers), b""))
    handler.connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def webhook(*answers, port=0):
    server = Webhook(port)
    server.answers = list(answers) or [204]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Mailbox:
    """Keeps what a mail server takes; `refusals` are replies to recipients, in turn."""

    def __init__(self):
        self.messages = []
        self.refusals = []
        self.data_replies = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.messages.append((envelope.rcpt_tos, envelope.content))
        return self.data_replies.pop(0) if self.data_replies else "250 taken"


@contextmanager
def mail_server(mailbox, port=None, **options):
    controller = Controller(mailbox, hostname="127.0.0.1", port=port or free_port(), **options)
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()


@contextmanager
def silent_server():
    """Listen, let everybody in, and never say a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as listening:
        yield listening.getsockname()[1]


def told(body):
    return json.loads(body)
