"""Which addresses files are fetched from: https, and never a machine of a private network.

A catalogue, or a server that sends elsewhere, could otherwise make this machine ask its
neighbours. The one exception is a server on this machine itself, without encryption: a
catalogue may name it, but no other server may send there.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from zoning.errors import FetchError
from zoning.i18n.catalogue import tr

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# RFC 6052: the last four bytes are an IPv4 address.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


def is_allowed(address: str) -> bool:
    """Return whether a catalogue may name an address: https, or http on this machine."""
    parts = _parts(address)
    return parts is not None and (parts.scheme == "https" or is_local(address))


def is_local(address: str) -> bool:
    """Return whether an address is http on the loopback address, by number."""
    parts = _parts(address)
    if parts is None or parts.scheme != "http":
        return False
    number = _number(parts.hostname or "")
    return number is not None and number.is_loopback


def refuse_unsafe(address: str, *, may_be_local: bool) -> None:
    """Refuse an address that isn't https, or that names a private machine by number.

    Parameters
    ----------
    address : str
        Where the next request would go.
    may_be_local : bool
        Whether the catalogue itself named a server on this machine.

    Raises
    ------
    FetchError
        Naming the address, without what may be secret in it.
    """
    parts = _parts(address)
    if may_be_local and is_local(address):
        return
    if parts is not None and parts.scheme == "https":
        number = _number(parts.hostname or "")
        if number is None or is_public(number):
            return
    raise FetchError(
        tr(
            "{address} isn't a public https address; nothing is fetched from there.",
            address=shown(address),
        )
    )


def refuse_private_peer(peer: str, host: str, *, may_be_local: bool) -> None:
    """Refuse a machine that a name has led to, if it is a private one.

    Parameters
    ----------
    peer : str
        Number that the connection ends at.
    host : str
        Name that was asked for.
    may_be_local : bool
        Whether the catalogue itself named a server on this machine.

    Raises
    ------
    FetchError
        Naming both.
    """
    number = ipaddress.ip_address(peer.partition("%")[0])
    if is_public(number) or (may_be_local and number.is_loopback):
        return
    raise FetchError(
        tr(
            "{host} leads to {peer}, a machine of a private network; nothing is fetched from "
            "there.",
            host=host,
            peer=peer,
        )
    )


def is_public(number: IpAddress) -> bool:
    """Return whether an address is one of the public internet, translations seen through."""
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour
        if number in _TRANSLATED:
            inner = ipaddress.IPv4Address(number.packed[-4:])
        if inner is not None:
            return is_public(inner)
    return number.is_global and not number.is_multicast


def shown(address: str) -> str:
    """Return an address for a message: without user, password, query and fragment."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return tr("an address that can't be read")
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{parts.path}"


def _parts(address: str) -> SplitResult | None:
    """Return the parts of an address; None if it is broken or holds a user's name."""
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if is_whole and parts.username is None and parts.password is None else None


def _number(host: str) -> IpAddress | None:
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host.partition("%")[0])
    # The resolver takes 0x7f.1 and 2130706433 for 127.0.0.1 too.
    with contextlib.suppress(OSError):
        return ipaddress.IPv4Address(socket.inet_aton(host))
    return None
