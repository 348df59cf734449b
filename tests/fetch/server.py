"""A server on this machine that behaves as told, well or badly, one answer a request."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BLOCK = bytes(65_536)
# An endless body ends here all the same, should nobody hang up.
ENDLESS_BLOCKS = 1_000
HELD_S = 60


class Server(ThreadingHTTPServer):
    """Answers with `answers` in turn, the last one again and again; keeps what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = []
        self.asked = []

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        """Say nothing: clients that hang up are part of the tests."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        answers = self.server.answers
        self.server.asked.append(dict(self.headers, path=self.path))
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        with contextlib.suppress(ConnectionError):
            answer(self)
        self.close_connection = True

    def head(self, status, **fields):
        self.send_response(status)
        for name, value in fields.items():
            if value is not None:
                self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def serving(*answers) -> Iterator[Server]:
    server = Server()
    server.answers = list(answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def whole(body, **fields):
    """Answer with the file, whatever is asked about ranges or versions."""

    def answer(handler):
        handler.head(200, Content_Length=len(body), **fields)
        handler.wfile.write(body)

    return answer


def ranged(body, etag='"1"', after=None, claimed_etag=None, shift=0):
    """Answer properly to ranges and conditions; hang up `after` bytes of the file.

    `claimed_etag` is put on a part although its condition was another; `shift` moves a part of
    the right length away from where it belongs.
    """

    def answer(handler):
        headers = handler.headers
        if headers["If-None-Match"] == etag:
            return handler.head(304, ETag=etag)
        wanted = re.fullmatch(r"bytes=(\d+)-", headers["Range"] or "")
        start, end = 0, len(body)
        if wanted and (claimed_etag or headers["If-Range"] == etag):
            start, end = int(wanted[1]) - shift, end - shift
            handler.head(
                206,
                Content_Range=f"bytes {start}-{end - 1}/{len(body)}",
                Content_Length=end - start,
                ETag=claimed_etag or etag,
            )
        else:
            handler.head(200, Content_Length=end, ETag=etag)
        handler.wfile.write(body[start : end if after is None else after])

    return answer


def claims(body, n_bytes, **fields):
    """Answer with the file and another length than it has."""

    def answer(handler):
        handler.head(200, Content_Length=n_bytes, **fields)
        handler.wfile.write(body)

    return answer


def held_open(body, released):
    """Answer, and say nothing more until released, without hanging up."""

    def answer(handler):
        if body:
            handler.head(200, Content_Length=len(body))
            handler.wfile.write(body)
        released.wait(HELD_S)

    return answer


def unsized(body, **fields):
    """Answer with the file and no length at all."""

    def answer(handler):
        handler.head(200, **fields)
        handler.wfile.write(body)

    return answer


def chunked(*chunks, is_ended=True):
    """Answer in chunks, and end them properly or not."""

    def answer(handler):
        handler.head(200, Transfer_Encoding="chunked", ETag='"1"')
        for chunk in chunks:
            handler.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
        if is_ended:
            handler.wfile.write(b"0\r\n\r\n")

    return answer


def endless():
    return chunked(*[BLOCK] * ENDLESS_BLOCKS, is_ended=False)


def status(code, **fields):
    """Answer with a status and no file."""
    return lambda handler: handler.head(code, Content_Length=0, **fields)


def sent_to(address):
    return status(302, Location=address)
