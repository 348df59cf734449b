"""What a proof comes to, and how each order stands to its seal, in sentences."""

from __future__ import annotations

from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import moment
from zoning.workflow.proving import Proof, ProvenOrder, Sealed


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
        case Sealed.ENDED_UNTOLD:
            return tr(
                "!! It has an end before that moment, and nothing in the audit says by whom; it "
                "was sealed in entry {n}.",
                n=entry,
            )
        case Sealed.ENDED_BEFORE:
            return tr(
                "!! The audit says that it was withdrawn before that moment, and it stands; it was "
                "sealed in entry {n}.",
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
