"""What was in force at a moment, shown and proven unaltered: orders, their seals, the chain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from zoning.access import Action
from zoning.orders.canonical import canonical_json
from zoning.orders.chain import Chain, verify
from zoning.store.audit_links import read_links
from zoning.store.engine import Store
from zoning.store.order_booths import categories_in_force
from zoning.store.order_parts import is_annex_kept
from zoning.store.order_seal import (
    Seal,
    content_hash,
    seals,
    superseded_numbers,
    withdrawn_orders,
)
from zoning.store.orders import (
    OrderKind,
    OrderRecord,
    list_orders,
    stands,
    zones_in_force,
)
from zoning.workflow.actor import Who, require_somewhere

STATE_FORM = "seemana-state-1"


class Sealed(StrEnum):
    """How an order stands to its seal."""

    UNALTERED = "unaltered"
    ALTERED = "altered"
    UNSEALED = "unsealed"
    GONE = "gone"
    OUTSIDE_CHAIN = "outside_chain"
    ENDED_UNTOLD = "ended_untold"
    ENDED_BEFORE = "ended_before"


@dataclass(frozen=True)
class ProvenOrder:
    """One order that was in force, or of which only the seal is left.

    Attributes
    ----------
    order_id : int
        Its key.
    number : str
        Of the order.
    content_sha256 : str
        Of what is stored now; empty where nothing is.
    state : Sealed
        Whether that is what was sealed.
    seal : Seal or None
        The entry of the audit; None for an order of before there were seals.
    """

    order_id: int
    number: str
    content_sha256: str
    state: Sealed
    seal: Seal | None


@dataclass(frozen=True)
class Proof:
    """The state of a moment with what proves it.

    Attributes
    ----------
    at : datetime
        The moment.
    state_sha256 : str
        Hash of zones and categories in force with the orders that say so.
    n_units, n_booths : int
        In how many units and booths an order was in force.
    orders : tuple of ProvenOrder
        In force then, by number; and those of which only the seal is left.
    chain : Chain
        The walk along the audit.
    noted : str
        Hash of a head that somebody noted; empty for none.
    """

    at: datetime
    state_sha256: str
    n_units: int
    n_booths: int
    orders: tuple[ProvenOrder, ...]
    chain: Chain
    noted: str

    @property
    def is_whole(self) -> bool:
        """Return whether the chain holds, the noted hash is in it, and every seal fits."""
        is_noted = not self.noted or self.chain.noted_at is not None
        fits = all(order.state is Sealed.UNALTERED for order in self.orders)
        return self.chain.broken is None and is_noted and fits

    def is_up_to_noted(self, order: ProvenOrder) -> bool:
        """Return whether an order was sealed before the noted head: nobody could alter it since."""
        noted_at = self.chain.noted_at
        return noted_at is not None and order.seal is not None and order.seal.entry <= noted_at


def prove(store: Store, at: datetime, who: Who, noted: str = "") -> Proof:
    """Return the state of a moment with what proves it; nothing is written.

    Parameters
    ----------
    store : Store
        The database.
    at : datetime
        The moment.
    who : str or Actor
        Who asks.
    noted : str
        Hash of the audit's head as somebody noted it; empty for none.

    Raises
    ------
    AccessError
        If it is nobody's who sees zones in the service.
    """
    require_somewhere(who, Action.SEE_ZONES)
    with store.reading() as session:
        chain = verify(read_links(session), noted)
        zones, booths = zones_in_force(session, at), categories_in_force(session, at)
        by_id = {r.order_id: r for r in list_orders(session)}
        sealed = {seal.order_id: seal for seal in seals(session)}
        withdrawn = withdrawn_orders(session, at)
        superseded = _superseded(session, by_id.values())
        found = [
            _proven(session, record, sealed.get(order_id), chain)
            for order_id, record in by_id.items()
            if stands(record, at)
        ]
        # How an order ended isn't signed with it: an end counts where the audit tells of it.
        found = [
            replace(order, state=Sealed.ENDED_BEFORE)
            if order.order_id in withdrawn and order.state is Sealed.UNALTERED
            else order
            for order in found
        ]
        untold = [
            ProvenOrder(order_id, record.order.number, "", Sealed.ENDED_UNTOLD, seal)
            for order_id, record in by_id.items()
            if (seal := sealed.get(order_id)) is not None
            and _ended_early(record, at)
            and order_id not in withdrawn
            and record.ended_at not in superseded.get(record.order.number, ())
        ]
        gone = [
            ProvenOrder(order_id, seal.number, "", Sealed.GONE, seal)
            for order_id, seal in sealed.items()
            if order_id not in by_id and seal.at <= at
        ]
    known = {order.number: order.content_sha256 for order in found}
    declared = booths.booths
    state = {
        "form": STATE_FORM,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "orders": sorted([n, sha] for n, sha in known.items()),
        "units": [
            list(map(str, u)) for u in zip(zones.unit_id, zones.zone, zones.number, strict=True)
        ],
        "booths": [
            [str(cell or "") for cell in one]
            for one in zip(
                declared.booth_id, declared.category, declared.zone_id, booths.number, strict=True
            )
        ],
    }
    return Proof(
        at=at,
        state_sha256=hashlib.sha256(canonical_json(state)).hexdigest(),
        n_units=len(zones),
        n_booths=len(declared.booth_id),
        orders=tuple(sorted([*found, *gone, *untold], key=lambda order: order.number)),
        chain=chain,
        noted=noted,
    )


def _proven(session: Session, record: OrderRecord, seal: Seal | None, chain: Chain) -> ProvenOrder:
    content_sha256 = content_hash(session, record.order_id)
    if seal is None:
        state = Sealed.UNSEALED
    elif (
        seal.content_sha256 != content_sha256
        or seal.number != record.order.number
        # The seal holds the annex's hash, and this the annex to it.
        or not is_annex_kept(session, record.order_id)
    ):
        state = Sealed.ALTERED
    elif chain.broken is not None and seal.entry >= chain.broken.number:
        state = Sealed.OUTSIDE_CHAIN
    else:
        state = Sealed.UNALTERED
    return ProvenOrder(record.order_id, record.order.number, content_sha256, state, seal)


def _ended_early(record: OrderRecord, at: datetime) -> bool:
    """Return whether an order would stand at a moment but for an end told of it here."""
    if record.kind is OrderKind.STANDING or record.ended_at is None or record.ended_at > at:
        return False
    return stands(replace(record, ended_at=None), at)


def _superseded(
    session: Session, records: Iterable[OrderRecord]
) -> Mapping[str, frozenset[datetime]]:
    """Return when each order was to end by another that names it."""
    found: dict[str, set[datetime]] = {}
    for record in records:
        for number in superseded_numbers(session, record.order_id):
            found.setdefault(number, set()).add(record.order.effective_at)
    return {number: frozenset(moments) for number, moments in found.items()}
