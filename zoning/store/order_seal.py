"""The seal of an order: a hash of all that was signed, written into the audit with it.

The chain of the audit then holds the content too. Whoever alters an order has to rewrite every
entry since, which shows against any hash of the head that somebody noted in between.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.orders.canonical import canonical_json
from zoning.store import audit
from zoning.store.columns import read_columns
from zoning.store.drafts import draft_of_order, latest_versions
from zoning.store.order_booths import booths_of_order
from zoning.store.orders import units_of_order
from zoning.store.tables import AuditRow, OrderAreaRow, OrderPartRow, OrderRow

SEAL = "order.content"
"""Action of the entry that holds the hash."""

WITHDRAWAL = "order.withdraw"
"""Action of the entry by which an order was withdrawn."""

FORM = "seemana-order-1"
"""The form of what is hashed; another would stand beside it, for ever."""


@dataclass(frozen=True)
class Seal:
    """What the audit says of the content of one order.

    Attributes
    ----------
    entry : int
        Number of the entry.
    at : datetime
        When it was written.
    who : str
        By whom.
    order_id : int
        The order.
    number, content_sha256 : str
        Its number, and the hash of what was signed.
    entry_hash : str
        Hash of the entry in the chain.
    """

    entry: int
    at: datetime
    who: str
    order_id: int
    number: str
    content_sha256: str
    entry_hash: str


def seal_order(session: Session, order_id: int, *, at: datetime, who: str) -> str:
    """Write the hash of an order into the audit, once all of it is written, and return it."""
    session.flush()
    row = session.get_one(OrderRow, order_id)
    content_sha256 = content_hash(session, order_id)
    detail = {"number": row.number, "form": FORM, "content_sha256": content_sha256}
    audit.append(session, audit.AuditEntry(at, who, SEAL, f"orders/{order_id}", detail))
    return content_sha256


def content_hash(session: Session, order_id: int) -> str:
    """Return the hash of all that was signed: SHA-256, 64 hexadecimal digits.

    How an order ended is told later and is no part of it.
    """
    return hashlib.sha256(canonical_json(_content(session, order_id))).hexdigest()


def seals(session: Session) -> tuple[Seal, ...]:
    """Return all seals, oldest first."""
    query = select(AuditRow).where(AuditRow.action == SEAL).order_by(AuditRow.id)
    return tuple(
        Seal(
            row.id,
            row.at,
            row.who,
            int(row.subject.rpartition("/")[2]),
            str(row.detail.get("number", "")),
            str(row.detail.get("content_sha256", "")),
            row.hash,
        )
        for row in session.scalars(query)
    )


def superseded_numbers(session: Session, order_id: int) -> tuple[str, ...]:
    """Return the numbers of the orders that an order ends, as its draft named them."""
    draft_id = draft_of_order(session, order_id)
    if draft_id is None:
        return ()
    return tuple(sorted(latest_versions(session, (draft_id,))[draft_id].content.supersedes))


def withdrawn_orders(session: Session, until: datetime) -> frozenset[int]:
    """Return the orders of which the audit says that they were withdrawn up to a moment."""
    query = select(AuditRow.subject).where(AuditRow.action == WITHDRAWAL, AuditRow.at <= until)
    return frozenset(int(subject.rpartition("/")[2]) for subject in session.scalars(query))


def _content(session: Session, order_id: int) -> dict[str, Any]:
    row = session.get_one(OrderRow, order_id)
    units, zones = units_of_order(session, order_id)
    booths = booths_of_order(session, order_id)
    declared = (booths.booth_id, booths.unit_id, booths.category, booths.zone_id)
    names = ("position", "name", "category", "geometry")
    areas = read_columns(
        session, OrderAreaRow, names, OrderAreaRow.order_id == order_id, ("position",)
    )
    drawn = shapely.to_wkb(areas.pop("geometry"), hex=True)
    parts = session.get(OrderPartRow, order_id)
    return {
        "form": FORM,
        **{name: getattr(row, name) for name in ("number", "title", "act", "reason", "kind")},
        **{name: getattr(row, name) for name in ("signatory", "published_by")},
        **{name: getattr(row, name) for name in ("edition_id", "run_id", "delineation_id")},
        "import_id": row.import_id,
        "published_at": _moment(row.published_at),
        "effective_at": _moment(row.effective_at),
        "review_at": _moment(row.review_at),
        "expires_at": _moment(row.expires_at),
        "units": [[str(u), str(z)] for u, z in sorted(zip(units, zones, strict=True))],
        "booths": sorted(
            [str(cell or "") for cell in of_one] for of_one in zip(*declared, strict=True)
        ),
        "areas": [
            [int(position), name or "", category or "", wkb or ""]
            for position, name, category, wkb in zip(*areas.values(), drawn, strict=True)
        ],
        # Figures of the parts are kept as they were written, as text.
        "supersedes": list(superseded_numbers(session, order_id)),
        "parts": None if parts is None else _as_text(parts.content),
        "annex_sha256": None if parts is None else parts.annex_sha256,
    }


def _as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return repr(value) if isinstance(value, float) else value


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")
