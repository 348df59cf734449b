"""Notices to other programs: one POST of JSON, signed, to a public address, never redirected.

Whoever may add a webhook could otherwise let this machine knock at its neighbours. Names are
resolved once, every answer is looked at, and the connection goes to the number looked at.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from zoning import __version__
from zoning.errors import InputError, NoticeError
from zoning.i18n.catalogue import tr
from zoning.model.notices import Notice
from zoning.notices.deadline import ended_after
from zoning.notices.patience import Patience

USER_AGENT = f"Seemana/{__version__} (notices of containment orders)"
SIGNATURE = "X-Seemana-Signature"
IDEMPOTENCY_KEY = "Idempotency-Key"
_SAFE = "/%:@!$&'()*+,;=~-._"

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class WebhookSender:
    """Sends notices by POST.

    Attributes
    ----------
    patience : Patience
        Limits.
    secret : str
        Known to sender and receivers; empty for unsigned notices.
    may_reach : callable
        Whether an address may be connected to.
    """

    patience: Patience
    secret: str
    may_reach: Callable[[IpAddress], bool]

    def send(self, address: str, notice: Notice) -> None:
        """Post a notice; done when this returns.

        Raises
        ------
        NoticeError
            If the receiver can't be reached, isn't public, or answers with anything but 2xx.
        """
        parts = checked_address(address)
        body = notice_json(notice)
        headers = {
            "User-Agent": USER_AGENT,
            "Content-Type": "application/json; charset=utf-8",
            "Connection": "close",
            IDEMPOTENCY_KEY: notice.key,
        }
        if self.secret:
            headers[SIGNATURE] = signature(self.secret, body)
        path = quote(parts.path or "/", safe=_SAFE)
        query = f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else ""
        connection = _connection(parts, self.patience.timeout_s, self.may_reach)
        try:
            with ended_after(self.patience.deadline_s, lambda: connection.sock):
                connection.request("POST", path + query, body=body, headers=headers)
                status = connection.getresponse().status
        except (OSError, http.client.HTTPException, UnicodeError) as fault:
            raise NoticeError(
                tr("{host}: {reason}.", host=parts.hostname, reason=_reason(fault))
            ) from fault
        finally:
            connection.close()
        self._refuse_status(str(parts.hostname), status)

    def _refuse_status(self, host: str, status: int) -> None:
        if 200 <= status < 300:
            return
        is_final = status in self.patience.final_statuses
        if 300 <= status < 400:
            raise NoticeError(
                tr(
                    "{host} sends elsewhere (status {status}), and notices don't follow: name the "
                    "address itself.",
                    host=host,
                    status=status,
                )
            )
        raise NoticeError(
            tr("{host} answers with status {status}.", host=host, status=status), is_final=is_final
        )


def checked_address(address: str) -> SplitResult:
    """Return the parts of an address that notices may be posted to.

    Raises
    ------
    InputError
        If it isn't one of http or https, or holds a user's name or password.
    """
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.hostname) and parts.port != 0 and address.isprintable()
    except ValueError:
        is_whole = False
    if not is_whole or " " in address or parts.scheme not in ("http", "https"):
        raise InputError(
            tr("{address} isn't an address that starts with https:// or http://.", address=address)
        )
    if parts.username is not None or parts.password is not None:
        # Not repeated: it may hold a password.
        raise InputError(
            tr(
                "The address holds a user's name or a password, which would stand in plain sight: "
                "use ZONING_WEBHOOK_SECRET."
            )
        )
    return parts


def notice_json(notice: Notice) -> bytes:
    """Return a notice as JSON in UTF-8, the same bytes at every try."""
    order: dict[str, Any] = {
        "number": notice.number,
        "title": notice.title,
        "kind": notice.order_kind,
        "published_at": _stamp(notice.published_at),
        "effective_at": _stamp(notice.effective_at),
        "review_at": _stamp(notice.review_at),
        "expires_at": _stamp(notice.expires_at),
        "url": notice.url or None,
        "is_fictional": notice.is_fictional,
    }
    units = [{"unit_id": unit.unit_id, "zone": unit.zone} for unit in notice.units]
    booths = [asdict(booth) for booth in notice.booths]
    body = {"key": notice.key, "order": order, "units": units, "booths": booths}
    return json.dumps(body, ensure_ascii=False, allow_nan=False).encode()


def signature(secret: str, body: bytes) -> str:
    """Return what proves that the sender knows the secret: HMAC with SHA-256 (RFC 2104)."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return f"sha256={digest}"


class _Guarded(http.client.HTTPConnection):
    """Connects only to addresses that may be reached."""

    may_reach: Callable[[IpAddress], bool]

    def connect(self) -> None:
        self.sock = _connected(self.host, self.port, self.timeout, self.may_reach)


class _GuardedTls(http.client.HTTPSConnection):
    """The same with encryption; the look comes before the handshake."""

    may_reach: Callable[[IpAddress], bool]
    trust: ssl.SSLContext

    def connect(self) -> None:
        plain = _connected(self.host, self.port, self.timeout, self.may_reach)
        # The handshake comes when the deadline can see the socket.
        self.sock = self.trust.wrap_socket(
            plain, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock.do_handshake()


def _connection(
    parts: SplitResult, timeout_s: float, may_reach: Callable[[IpAddress], bool]
) -> http.client.HTTPConnection:
    host, port = str(parts.hostname), parts.port
    connection: _Guarded | _GuardedTls
    if parts.scheme == "https":
        trust = ssl.create_default_context()
        connection = _GuardedTls(host, port, timeout=timeout_s, context=trust)
        connection.trust = trust
    else:
        connection = _Guarded(host, port, timeout=timeout_s)
    connection.may_reach = may_reach
    return connection


def _connected(
    host: str, port: int, timeout_s: float | None, may_reach: Callable[[IpAddress], bool]
) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = [str(place[0]).partition("%")[0] for *_, place in found]
    for number in numbers:
        if not may_reach(ipaddress.ip_address(number)):
            raise NoticeError(
                tr(
                    "{host} leads to {peer}, a machine of a private network: nothing is sent there "
                    "unless ZONING_WEBHOOK_PRIVATE allows it.",
                    host=host,
                    peer=number,
                )
            )
    fault: OSError = OSError("no address")
    for number in numbers:
        try:
            return socket.create_connection((number, port), timeout_s)
        except OSError as refused:
            fault = refused
    raise fault


def _reason(fault: Exception) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return tr("its certificate isn't valid ({fault})", fault=fault.verify_message)
    if isinstance(fault, socket.gaierror):
        return tr("its name isn't known here")
    if isinstance(fault, TimeoutError):
        return tr("it doesn't answer in time")
    if isinstance(fault, ConnectionRefusedError):
        return tr("it refuses the connection")
    if isinstance(fault, ConnectionError | http.client.HTTPException):
        return tr("it ended the conversation before it answered")
    return getattr(fault, "strerror", None) or type(fault).__name__


def _stamp(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
