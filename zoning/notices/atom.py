"""An Atom feed (RFC 4287) of published orders.

It carries public facts only: number, title, when it takes effect, link. Ids are
tag URIs (RFC 4151) made of stable facts, so that a reader never sees an order
twice when the site moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import quote
from xml.etree import ElementTree as ET

from zoning.errors import OutputError
from zoning.i18n.catalogue import language, tr
from zoning.i18n.forms import moment

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class FeedOrder:
    """The public facts of one order.

    Attributes
    ----------
    order_id : str
        Stable key; part of the entry's id.
    number, title : str
        As printed on the order.
    effective_at, updated_at : datetime
        When it takes effect, and when this entry last changed; with offset.
    link : str
        Address of the order on the public site.
    """

    order_id: str
    number: str
    title: str
    effective_at: datetime
    updated_at: datetime
    link: str


@dataclass(frozen=True)
class Feed:
    """What the feed says of itself.

    Attributes
    ----------
    authority : str
        Who publishes the orders.
    domain : str
        Internet domain the authority held on `since`, the root of all ids.
    since : date
        A day on which it held the domain; never changed afterwards.
    address : str
        Address of the feed itself.
    site : str
        Address of the public site.
    """

    authority: str
    domain: str
    since: date
    address: str
    site: str


def write_feed(feed: Feed, orders: Iterable[FeedOrder], as_of: datetime) -> bytes:
    """Return the feed as UTF-8 XML, the latest order first.

    Parameters
    ----------
    feed : Feed
        What the feed says of itself.
    orders : iterable of FeedOrder
        In any sequence.
    as_of : datetime
        When an empty feed was last updated; otherwise its latest entry says it,
        so that an unchanged feed is the same byte for byte.

    Raises
    ------
    OutputError
        If two orders share an id, or a text holds a character XML can't carry.
    """
    entries = sorted(orders, key=lambda order: (order.effective_at, order.order_id), reverse=True)
    ids = [order.order_id for order in entries]
    for order_id in ids:
        if ids.count(order_id) > 1:
            raise OutputError(
                tr(
                    "Two orders of the feed share the id {order}; give each its own.",
                    order=order_id,
                )
            )
    ET.register_namespace("", ATOM)
    root = ET.Element(_name("feed"), {"xml:lang": language()})
    _text(root, "id", _tag(feed, "orders"))
    _text(root, "title", tr("Containment orders of {authority}", authority=feed.authority))
    _text(root, "updated", _stamp(max((o.updated_at for o in entries), default=as_of)))
    author = ET.SubElement(root, _name("author"))
    _text(author, "name", feed.authority)
    ET.SubElement(root, _name("link"), {"rel": "self", "href": feed.address})
    ET.SubElement(root, _name("link"), {"rel": "alternate", "href": feed.site})
    for order in entries:
        _add_entry(root, feed, order)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _add_entry(root: ET.Element, feed: Feed, order: FeedOrder) -> None:
    entry = ET.SubElement(root, _name("entry"))
    _text(entry, "id", _tag(feed, f"order:{quote(order.order_id, safe='')}"))
    _text(entry, "title", f"{order.number}: {order.title}")
    _text(entry, "published", _stamp(order.effective_at))
    _text(entry, "updated", _stamp(order.updated_at))
    ET.SubElement(entry, _name("link"), {"rel": "alternate", "href": order.link})
    _text(
        entry,
        "summary",
        tr(
            "Order {number} takes effect on {moment}.",
            number=order.number,
            moment=moment(order.effective_at),
        ),
    )


def _text(parent: ET.Element, name: str, text: str) -> None:
    # XML 1.0 has no way to write these, not even escaped; ElementTree would pass them on.
    forbidden = [c for c in text if ord(c) < 32 and c not in "\t\n\r"]
    if forbidden:
        raise OutputError(
            tr(
                "{text} holds the control character U+{code}, which a feed can't carry; remove it.",
                text=repr(text),
                code=f"{ord(forbidden[0]):04X}",
            )
        )
    ET.SubElement(parent, _name(name)).text = text


def _name(local: str) -> str:
    return f"{{{ATOM}}}{local}"


def _tag(feed: Feed, specific: str) -> str:
    return f"tag:{feed.domain},{feed.since.isoformat()}:{specific}"


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
