"""One request over one connection: guarded, redirected safely, its length not believed.

`http.client` rather than a library that follows, retries and unpacks by itself: here each
step has to be seen.
"""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from urllib.parse import quote, urljoin, urlsplit

from zoning import __version__
from zoning.errors import FetchError
from zoning.fetch.addresses import is_local, refuse_unsafe, shown
from zoning.fetch.guarded import Guarded, connected
from zoning.fetch.manners import Manners
from zoning.i18n.catalogue import tr

USER_AGENT = f"Seemana/{__version__} (open boundary data for disease-containment zones)"
BLOCK_BYTES = 65_536
REDIRECTS = frozenset({301, 302, 303, 307, 308})

# What may stand in a path beside letters and digits; "%" because it may be quoted already.
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"


class BrokenOffError(Exception):
    """The connection ended before the answer did; another try may bring the rest."""


class OverlongError(Exception):
    """The server sends more than it announced, so one of the two is wrong."""


@dataclass
class Answer:
    """What a server answers.

    Attributes
    ----------
    status : int
        Status code.
    headers : Message
        Header fields.
    claimed_bytes : int or None
        Length of the body as announced; None if it isn't.
    is_chunked : bool
        Whether the end of the body shows without a length.
    """

    status: int
    headers: Message
    claimed_bytes: int | None
    is_chunked: bool
    _response: http.client.HTTPResponse
    _socket: socket.socket
    _settle_s: int

    def header(self, name: str) -> str:
        """Return a header field; empty if it isn't there."""
        return str(self.headers.get(name, "")).strip()

    def blocks(self) -> Iterator[bytes]:
        """Yield the body in pieces.

        Raises
        ------
        BrokenOffError
            If it ends too early.
        OverlongError
            If it goes on after the announced length.
        """
        n_bytes = 0
        while self.claimed_bytes is None or n_bytes < self.claimed_bytes:
            block = self._read(BLOCK_BYTES)
            if not block:
                break
            n_bytes += len(block)
            if self.claimed_bytes is not None and n_bytes > self.claimed_bytes:
                raise OverlongError
            yield block
        if self.claimed_bytes is None:
            return
        if n_bytes < self.claimed_bytes:
            raise BrokenOffError
        # A server that keeps the connection open has said all; one that goes on hasn't.
        self._socket.settimeout(self._settle_s)
        with suppress(BrokenOffError):
            if self._read(1):
                raise OverlongError

    def _read(self, n_bytes: int) -> bytes:
        try:
            return self._response.read1(n_bytes)
        except (http.client.HTTPException, OSError) as fault:
            raise BrokenOffError from fault


@contextmanager
def asking(address: str, headers: Mapping[str, str], manners: Manners) -> Iterator[Answer]:
    """Ask for a file and give its answer, redirects followed.

    Parameters
    ----------
    address : str
        Where the catalogue says the file is.
    headers : Mapping of str to str
        Fields of the request, such as `Range`.
    manners : Manners
        Limits.

    Yields
    ------
    Answer
        Its body is read within the block; the connection is closed after it.

    Raises
    ------
    FetchError
        If the server can't be reached, or sends to where nothing is fetched from.
    BrokenOffError
        If the connection ends before an answer comes.
    """
    may_be_local = is_local(address)
    for _ in range(manners.redirects + 1):
        refuse_unsafe(address, may_be_local=may_be_local)
        connection = connected(address, manners, may_be_local=may_be_local)
        try:
            response = _ask(connection, address, headers)
            if response.status not in REDIRECTS:
                yield _answer(response, connection.kept_socket, manners)
                return
            address = _redirected(address, response)
        finally:
            connection.close()
    raise FetchError(
        tr(
            "{address}: the server sends from one address to the next without end.",
            address=shown(address),
        )
    )


def _answer(
    response: http.client.HTTPResponse, kept_socket: socket.socket, manners: Manners
) -> Answer:
    """Return a response as an answer whose body is read to its real end."""
    length = response.headers.get("Content-Length", "").strip()
    claimed = int(length) if length.isdecimal() and not response.chunked else None
    if claimed is not None:
        # Else the client would stop at the announced length and never see that more comes.
        response.length = None
    return Answer(
        status=response.status,
        headers=response.headers,
        claimed_bytes=claimed,
        is_chunked=bool(response.chunked),
        _response=response,
        _socket=kept_socket,
        _settle_s=manners.settle_s,
    )


def _ask(connection: Guarded, address: str, headers: Mapping[str, str]) -> http.client.HTTPResponse:
    parts = urlsplit(address)
    path = quote(parts.path or "/", safe=_PATH_SAFE)
    query = f"?{quote(parts.query, safe=_PATH_SAFE + '?')}" if parts.query else ""
    fields = {
        "User-Agent": USER_AGENT,
        "Accept-Encoding": "identity",
        "Connection": "close",
        **headers,
    }
    try:
        connection.request("GET", path + query, headers=fields)
        return connection.getresponse()
    except (http.client.HTTPException, OSError) as fault:
        raise BrokenOffError from fault


def _redirected(address: str, response: http.client.HTTPResponse) -> str:
    target = response.headers.get("Location", "")
    try:
        return urljoin(address, target)
    except ValueError as fault:
        raise FetchError(
            tr("{address} sends to an address that can't be read.", address=shown(address))
        ) from fault
