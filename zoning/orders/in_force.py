"""What is in force: for each area the latest order that has taken effect.

An order stands from `effective_at` until it expires or is ended (superseded,
withdrawn), whichever comes first. Where a later order has run out, an earlier
one that still stands is in force again: a provisional sealing of 24 hours
never leaves its area without the order it lay upon.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zoning.errors import OrderError
from zoning.i18n.catalogue import tr


@dataclass(frozen=True)
class PublishedOrder:
    """An order from its publication on, with the moments that bound it.

    Attributes
    ----------
    order_id : str
        Stable key of the order.
    area_ids : frozenset of str
        Units or booths that it covers.
    published_at : datetime
        When it was published; with offset, as all moments here.
    effective_at : datetime
        When it takes effect.
    expires_at : datetime or None
        First moment at which it no longer stands; None without expiry.
    ended_at : datetime or None
        When it was superseded or withdrawn; None if neither.
    """

    order_id: str
    area_ids: frozenset[str]
    published_at: datetime
    effective_at: datetime
    expires_at: datetime | None = None
    ended_at: datetime | None = None

    def __post_init__(self) -> None:
        for moment in (self.published_at, self.effective_at, self.expires_at, self.ended_at):
            if moment is not None and moment.tzinfo is None:
                raise OrderError(
                    tr(
                        "Order {number} has the time {moment} without an offset; give one, "
                        "such as +05:30.",
                        number=self.order_id,
                        moment=moment.isoformat(),
                    )
                )
        if self.expires_at is not None and self.expires_at <= self.effective_at:
            raise OrderError(
                tr(
                    "Order {number} expires at {expires}, not after it takes effect at "
                    "{effective}; set a later expiry.",
                    number=self.order_id,
                    expires=self.expires_at.isoformat(),
                    effective=self.effective_at.isoformat(),
                )
            )

    def stands(self, at: datetime) -> bool:
        """Return whether it has taken effect and neither expired nor been ended."""
        return (
            self.published_at <= at
            and self.effective_at <= at
            and (self.expires_at is None or at < self.expires_at)
            and (self.ended_at is None or at < self.ended_at)
        )


def in_force(orders: Iterable[PublishedOrder], at: datetime) -> dict[str, PublishedOrder]:
    """Return the order in force in each area at a moment.

    The order that took effect last wins; of two that took effect together, the
    one published last, then the greater `order_id`.

    Parameters
    ----------
    orders : iterable of PublishedOrder
        In any sequence; their sequence never matters.
    at : datetime
        The moment, with offset.

    Returns
    -------
    dict of str to PublishedOrder
        By area; an area without an order is absent.
    """
    standing = sorted(
        (order for order in orders if order.stands(at)),
        key=lambda order: (order.effective_at, order.published_at, order.order_id),
    )
    return {area_id: order for order in standing for area_id in order.area_ids}
