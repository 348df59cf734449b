"""Words of the orders screen: where an order stands, what comes next, the first sentence."""

from __future__ import annotations

from datetime import datetime

from screens.data_words import moment_near
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import moment, number
from zoning.workflow.orders_listed import Effect, NextEffect, OrderLine, Status, next_of_all


def status_word(status: Status) -> str:
    """Return where an order stands, told by shape as well as by word."""
    return {
        Status.IN_FORCE: tr("● in force"),
        Status.SCHEDULED: tr("◷ takes effect later"),
        Status.OVERTAKEN: tr("○ overtaken by later ones"),
        Status.EXPIRED: tr("– expired"),
        Status.SUPERSEDED: tr("– superseded"),
        Status.WITHDRAWN: tr("✗ withdrawn"),
        Status.ENDED: tr("– ended"),
    }[status]


def kind_word(kind: str) -> str:
    """Return what an order or a draft of a kind is about."""
    return {
        "zones": tr("zones"),
        "categories": tr("categories"),
        "sealing": tr("provisional sealing"),
        "release": tr("release"),
        "standing": tr("of before"),
    }[kind]


def effect_word(found: NextEffect | None) -> str:
    """Return what happens next to an order, without its moment; empty for nothing."""
    if found is None:
        return ""
    return {
        Effect.BEGINS: tr("takes effect"),
        Effect.REVIEW: tr("is reviewed"),
        Effect.ENDS: tr("ends"),
        Effect.EXPIRES: tr("expires"),
    }[found.effect]


def headline(lines: tuple[OrderLine, ...], at: datetime) -> str:
    """Return the answer to this screen's question, in one sentence."""
    n = sum(line.status is Status.IN_FORCE for line in lines)
    coming = next_of_all(lines)
    if coming is None:
        return tr_n(
            "{n} order is in force; no change is known to come.",
            "{n} orders are in force; no change is known to come.",
            n,
        )
    line, found = coming
    return tr_n(
        "{n} order is in force; next: {number} {happens}, {when}.",
        "{n} orders are in force; next: {number} {happens}, {when}.",
        n,
        number=line.record.order.number,
        happens=effect_word(found),
        when=moment_near(found.at, at),
    )


def line_sentence(line: OrderLine) -> str:
    """Return where one order stands and what comes next, in one sentence."""
    order, found = line.record.order, line.next
    if found is None:
        return tr(
            "{status}, from {begins}.",
            status=status_word(line.status),
            begins=moment(order.effective_at),
        )
    if found.effect is Effect.BEGINS:
        return tr(
            "{status}, on {begins}.", status=status_word(line.status), begins=moment(found.at)
        )
    return tr(
        "{status}, from {begins}; {happens} on {when}.",
        status=status_word(line.status),
        begins=moment(order.effective_at),
        happens=effect_word(found),
        when=moment(found.at),
    )


def booths_word(n: int) -> str:
    """Return a number of booths in words."""
    return tr_n("{said} booth", "{said} booths", n, said=number(n))
