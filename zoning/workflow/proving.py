"""What was in force at a moment, shown and proven unaltered: orders, their seals, the chain."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from zoning.access import Action
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import moment
from zoning.orders.canonical import canonical_json
from zoning.orders.chain import Chain, verify
from zoning.store.audit_links import read_links
from zoning.store.engine import Store
from zoning.store.order_booths import categories_in_force
from zoning.store.order_seal import Seal, content_hash, seals
from zoning.store.orders import OrderRecord, list_orders, stands, zones_in_force
from zoning.workflow.actor import Who, require_somewhere

STATE_FORM = "seemana-state-1"


class Sealed(StrEnum):
    """How an order stands to its seal."""

    UNALTERED = "unaltered"
    ALTERED = "altered"
    UNSEALED = "unsealed"
    GONE = "gone"
    OUTSIDE_CHAIN = "outside_chain"


@dataclass(frozen=True)
class ProvenOrder:
    """One order that was in force, or of which only the seal is left.

    Attributes
    ----------
    number : str
        Of the order.
    content_sha256 : str
        Of what is stored now; empty where nothing is.
    state : Sealed
        Whether that is what was sealed.
    seal : Seal or None
        The entry of the audit; None for an order of before there were seals.
    """

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
        found = [
            _proven(session, record, sealed.get(order_id), chain)
            for order_id, record in by_id.items()
            if stands(record, at)
        ]
        gone = [
            ProvenOrder(seal.number, "", Sealed.GONE, seal)
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
        orders=tuple(sorted([*found, *gone], key=lambda order: order.number)),
        chain=chain,
        noted=noted,
    )


def _proven(session: Session, record: OrderRecord, seal: Seal | None, chain: Chain) -> ProvenOrder:
    content_sha256 = content_hash(session, record.order_id)
    if seal is None:
        state = Sealed.UNSEALED
    elif seal.content_sha256 != content_sha256 or seal.number != record.order.number:
        state = Sealed.ALTERED
    elif chain.broken is not None and seal.entry >= chain.broken.number:
        state = Sealed.OUTSIDE_CHAIN
    else:
        state = Sealed.UNALTERED
    return ProvenOrder(record.order.number, content_sha256, state, seal)


def proof_sentence(proof: Proof) -> str:
    """Return what a proof comes to, in one sentence."""
    when = moment(proof.at)
    bad = [order.number for order in proof.orders if order.state is not Sealed.UNALTERED]
    if proof.chain.broken is not None:
        return tr(
            "The audit doesn't hold at entry {n}: what was in force on {when} isn't proven.",
            n=proof.chain.broken.number,
            when=when,
        )
    if proof.noted and proof.chain.noted_at is None:
        return tr(
            "The hash that was noted isn't in the audit: entries were removed or written anew "
            "since, so what was in force on {when} isn't proven.",
            when=when,
        )
    if bad:
        return tr(
            "What was in force on {when} isn't proven: look at {orders}.",
            when=when,
            orders=", ".join(bad),
        )
    if not proof.orders:
        return tr("No order was in force on {when}.", when=when)
    return tr_n(
        "What was in force on {when} is unaltered: {n} order is as it was sealed, and the audit of "
        "{entries} entries holds.",
        "What was in force on {when} is unaltered: {n} orders are as they were sealed, and the "
        "audit of {entries} entries holds.",
        len(proof.orders),
        when=when,
        entries=proof.chain.entries,
    )


def order_sentence(proof: Proof, order: ProvenOrder) -> str:
    """Return how an order stands to its seal, in one sentence."""
    if order.seal is None:
        return tr("It was published before orders were sealed: only the guards tell of it.")
    entry, when = order.seal.entry, moment(order.seal.at)
    match order.state:
        case Sealed.ALTERED:
            return tr(
                "!! It isn't what was sealed on {when} in entry {n}: it was altered.",
                when=when,
                n=entry,
            )
        case Sealed.GONE:
            return tr(
                "!! It was sealed on {when} in entry {n}, and the order is gone.",
                when=when,
                n=entry,
            )
        case Sealed.OUTSIDE_CHAIN:
            return tr(
                "!! Its seal, entry {n}, lies behind the place where the audit doesn't hold.",
                n=entry,
            )
        case _ if proof.is_up_to_noted(order):
            return tr(
                "✓ As it was sealed on {when} in entry {n}, before the hash that was noted.",
                when=when,
                n=entry,
            )
        case _:
            return tr("✓ As it was sealed on {when} in entry {n}.", when=when, n=entry)
