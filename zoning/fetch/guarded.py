"""Connections that look at who answers before they say anything, through a proxy or not."""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from zoning.errors import FetchError
from zoning.fetch.addresses import refuse_private_peer
from zoning.fetch.manners import Manners
from zoning.i18n.catalogue import tr

DEFAULT_PROXY_PORT = 3128


class Guarded(http.client.HTTPConnection):
    """Looks at who answered before anything is said to them."""

    may_be_local = False
    is_proxied = False
    # `http.client` lets go of its own before the answer is read.
    kept_socket: socket.socket

    def connect(self) -> None:
        """Connect, and leave again if a name has led into a private network."""
        super().connect()
        if not self.is_proxied:
            peer = str(self.sock.getpeername()[0])
            refuse_private_peer(peer, self.host, may_be_local=self.may_be_local)


class GuardedTls(http.client.HTTPSConnection, Guarded):
    """The same with encryption; the look comes before the handshake."""


def connected(address: str, manners: Manners, *, may_be_local: bool) -> Guarded:
    """Connect to the server of an address, through the proxy of the environment if there is one.

    Parameters
    ----------
    address : str
        One that `refuse_unsafe` has let pass.
    manners : Manners
        Limits.
    may_be_local : bool
        Whether the catalogue itself named a server on this machine.

    Returns
    -------
    Guarded
        To be closed by whoever asked for it.

    Raises
    ------
    FetchError
        If the server can't be reached, or is one of a private network.
    """
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port
    connection: Guarded
    if parts.scheme == "http":
        connection = Guarded(host, port, timeout=manners.timeout_s)
    else:
        proxy = None if proxy_bypass(host) else getproxies().get("https")
        if proxy is None:
            connection = GuardedTls(host, port, timeout=manners.timeout_s, context=_trust())
        else:
            connection = _proxied(proxy, host, port, manners)
    connection.may_be_local = may_be_local
    try:
        connection.connect()
    except FetchError:
        connection.close()
        raise
    except (OSError, http.client.HTTPException, UnicodeError) as fault:
        connection.close()
        raise FetchError(
            tr(
                "{host} can't be reached: {reason}.",
                host=host,
                reason=_reason(fault, connection, manners),
            )
        ) from fault
    connection.kept_socket = connection.sock
    return connection


def _proxied(proxy: str, host: str, port: int | None, manners: Manners) -> Guarded:
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        proxy_host, proxy_port = parts.hostname or "", parts.port or DEFAULT_PROXY_PORT
    except ValueError:
        parts, proxy_host, proxy_port = SplitResult("", "", "", "", ""), "", 0
    if parts.scheme not in ("http", "https") or not proxy_host:
        # Not told which address: it may hold a password.
        raise FetchError(
            tr("The proxy named by https_proxy can't be used; write it as http://host:port.")
        )
    connection = GuardedTls(proxy_host, proxy_port, timeout=manners.timeout_s, context=_trust())
    connection.is_proxied = True
    credentials = {}
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        encoded = base64.b64encode(pair.encode()).decode("ascii")
        credentials["Proxy-Authorization"] = f"Basic {encoded}"
    connection.set_tunnel(host, port, headers=credentials)
    return connection


def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _reason(fault: Exception, connection: Guarded, manners: Manners) -> str:
    """Say why nothing answers; never in the library's words, which may hold a password."""
    if isinstance(fault, ssl.SSLCertVerificationError):
        return tr("its certificate isn't valid ({fault})", fault=fault.verify_message)
    if connection.is_proxied:
        return tr("the proxy named by https_proxy doesn't let through to it")
    if isinstance(fault, socket.gaierror):
        return tr("its name isn't known here, as when there is no connection")
    if isinstance(fault, TimeoutError):
        return tr("no answer within {n} seconds", n=manners.timeout_s)
    if isinstance(fault, ConnectionRefusedError):
        return tr("it refuses the connection")
    return getattr(fault, "strerror", None) or type(fault).__name__
