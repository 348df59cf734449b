"""What receivers are told of an order: public facts only, never a count of cases or a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """How a receiver is told."""

    EMAIL = "email"
    WEBHOOK = "webhook"


@dataclass(frozen=True)
class NoticeUnit:
    """The zone that an order declares for a unit: its code, and its word for people."""

    unit_id: str
    name: str
    zone: str
    zone_label: str


@dataclass(frozen=True)
class NoticeBooth:
    """The category that an order declares for a booth."""

    booth_id: str
    unit_id: str
    category: str


@dataclass(frozen=True)
class Notice:
    """One order as one receiver is told of it.

    Attributes
    ----------
    key : str
        The same at every try, so that a receiver can drop a repeat.
    number, title, order_kind : str
        Of the order.
    published_at, effective_at : datetime
        With offset.
    review_at, expires_at : datetime or None
        When it is looked at again; when it no longer stands.
    url : str
        Of the public site; empty where there is none.
    is_fictional : bool
        Whether it rests on the demonstration.
    units : tuple of NoticeUnit
        Those that it speaks of, in the receiver's area.
    booths : tuple of NoticeBooth
        Those in A or B, or released by it, in the receiver's area.
    """

    key: str
    number: str
    title: str
    order_kind: str
    published_at: datetime
    effective_at: datetime
    review_at: datetime | None
    expires_at: datetime | None
    url: str
    is_fictional: bool
    units: tuple[NoticeUnit, ...]
    booths: tuple[NoticeBooth, ...]
