"""Write the public output of what is in force: whole into a new folder, then in place."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import numpy as np

from zoning import clock
from zoning.errors import OutputError
from zoning.i18n.catalogue import tr
from zoning.model import Zone
from zoning.notices.atom import Feed, FeedOrder, write_feed
from zoning.notices.webhook import checked_address
from zoning.settings import Settings
from zoning.site.pages import PublicState, PublicUnit, zones_json, zones_page
from zoning.store.engine import Store
from zoning.store.orders import OrderKind, list_orders
from zoning.workflow.map_view import map_view

FEED = "orders.atom"


def write_site(store: Store, settings: Settings, out: Path) -> int:
    """Write `index.html` and `zones.json` into a folder that doesn't exist yet or is empty.

    Where the address of the public site is set, `orders.atom` is written too.

    Returns
    -------
    int
        Number of units written.

    Raises
    ------
    OutputError
        If the folder holds something, or can't be written.
    """
    view = map_view(store, settings, at=None, public=True)
    labels = {level.key: level.label for level in view.levels}
    labels[Zone.UNCLASSIFIED.value] = tr("Unclassified")
    # A zone that is only computed isn't in force, and so isn't published.
    in_force = view.order is not None
    units = tuple(
        PublicUnit(
            str(unit_id),
            str(name),
            labels[str(zone)] if in_force else labels[Zone.UNCLASSIFIED.value],
            None if np.isnat(since) else since.astype("datetime64[D]").item(),
        )
        for unit_id, name, zone, since in zip(
            view.units.unit_id, view.units.name, view.zone, view.in_force_since, strict=True
        )
    )
    order = view.order.number if view.order else ""
    state = PublicState(view.as_of, order, view.is_fictional, units)
    try:
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".seemana-") as folder:
            draft = Path(folder) / "site"
            draft.mkdir()
            (draft / "index.html").write_text(zones_page(state), encoding="utf-8")
            (draft / "zones.json").write_text(zones_json(state), encoding="utf-8")
            if settings.site_url:
                (draft / FEED).write_bytes(orders_feed(store, settings, view.as_of))
            draft.rename(out)
    except OSError as fault:
        raise OutputError(
            tr(
                "{out} can't be written: {fault}. Name a folder that doesn't exist yet.",
                out=out,
                fault=fault.strerror,
            )
        ) from fault
    return len(units)


def orders_feed(store: Store, settings: Settings, at: datetime) -> bytes:
    """Return the Atom feed of the orders published here up to a moment.

    Parameters
    ----------
    store : Store
        The database.
    settings : Settings
        For the address of the public site, whose domain is the root of all ids.
    at : datetime
        The present, UTC.

    Raises
    ------
    InputError
        If the address of the public site isn't one.
    """
    address = settings.site_url.rstrip("/")
    domain = checked_address(address).hostname or ""
    with store.reading() as session:
        # Those of before came by a file: other feeds told of them.
        orders = [
            record
            for record in list_orders(session)
            if record.kind is not OrderKind.STANDING and record.published_at <= at
        ]
    told = [
        FeedOrder(
            order_id=str(record.order_id),
            number=record.order.number,
            title=record.order.title,
            effective_at=record.order.effective_at,
            updated_at=record.published_at,
            link=settings.site_url,
        )
        for record in orders
    ]
    # A published order is never removed, so the first one's day never changes.
    since = clock.today_ist(min((record.published_at for record in orders), default=at))
    feed = Feed(
        authority=settings.site_authority or domain,
        domain=domain,
        since=since,
        address=f"{address}/{FEED}",
        site=settings.site_url,
    )
    return write_feed(feed, told, at)
