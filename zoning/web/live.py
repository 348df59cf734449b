"""The live data: `/live/{token}`, whole or as the difference from a version.

Booths travel apart, by `/booths/{token}`: the units are painted before them.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, Protocol, Self, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from zoning.clock import Clock
from zoning.i18n.catalogue import tr
from zoning.web.responses import PRIVATE, compress, compressed_response, refusal
from zoning.web.tokens import Grant, Reader, TokenSigner

KEPT_VERSIONS = 64


class Payload(Protocol):
    """One version of something, whole or as the difference from an older one."""

    @property
    def is_public(self) -> bool:
        """Return whether it was made for the public."""

    @property
    def version(self) -> str:
        """Return the hash of the content."""

    @property
    def full(self) -> bytes:
        """Return the whole as JSON text."""

    def since(self, old: Self, /) -> bytes:
        """Return what changed from an older version, as JSON text."""


P = TypeVar("P", bound=Payload)


class LiveDesk(Generic[P]):
    """The versions of live data of one kind that a browser may ask for.

    Public and staff versions lie on separate shelves: a public token reaches
    only what was put there as public, also as the base of a difference.

    Parameters
    ----------
    signer : TokenSigner
        Makes and checks the addresses.
    clock : Clock
        Tells when they expire.
    kept : int
        Versions kept a reader.
    """

    def __init__(self, signer: TokenSigner, clock: Clock, kept: int = KEPT_VERSIONS) -> None:
        self._signer = signer
        self._clock = clock
        self._n_kept = kept
        self._lock = Lock()
        self._shelves: dict[Reader, OrderedDict[str, P]] = {
            "public": OrderedDict(),
            "staff": OrderedDict(),
        }
        self._packed: OrderedDict[tuple[Reader, str, str], bytes] = OrderedDict()

    def offer(self, payload: P) -> str:
        """Keep a version and return the token that opens it."""
        reader: Reader = "public" if payload.is_public else "staff"
        with self._lock:
            shelf = self._shelves[reader]
            shelf[payload.version] = payload
            shelf.move_to_end(payload.version)
            while len(shelf) > self._n_kept:
                shelf.popitem(last=False)
        return self._signer.sign(Grant(reader, payload.version), self._clock())

    def _answer(self, reader: Reader, payload: P, since: str) -> bytes:
        with self._lock:
            old = self._shelves[reader].get(since)
            key = (reader, payload.version, since if old else "")
            packed = self._packed.get(key)
        if packed is None:
            packed = compress(payload.since(old) if old else payload.full)
            with self._lock:
                self._packed[key] = packed
                while len(self._packed) > self._n_kept:
                    self._packed.popitem(last=False)
        return packed

    def respond(self, request: Request) -> Response:
        """Answer `/live/{token}?since={version}`, and the like for other kinds."""
        grant = self._signer.read(request.path_params["token"], self._clock())
        if grant is None:
            return refusal(403, tr("This address is not valid or has expired: reload the page."))
        with self._lock:
            payload = self._shelves[grant.reader].get(grant.version)
        if payload is None:
            return refusal(410, tr("This state of the map is no longer kept: reload the page."))
        packed = self._answer(grant.reader, payload, request.query_params.get("since", ""))
        return compressed_response(request, packed, media_type="application/json", caching=PRIVATE)
