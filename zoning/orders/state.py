"""The states an order passes through, and which step leads where.

::

    draft -> in_consultation -> approved -> published -> superseded
      ^            |               |            |
      +------------+---------------+            v
    draft, in_consultation, approved, published -> withdrawn

A published order never goes back: a correction is a new order that supersedes it.
"""

from __future__ import annotations

from enum import StrEnum

from zoning.errors import OrderError
from zoning.i18n.catalogue import tr


class OrderState(StrEnum):
    """Where an order stands between a draft and its end."""

    DRAFT = "draft"
    IN_CONSULTATION = "in_consultation"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


NEXT_STATES: dict[OrderState, tuple[OrderState, ...]] = {
    OrderState.DRAFT: (OrderState.IN_CONSULTATION, OrderState.WITHDRAWN),
    OrderState.IN_CONSULTATION: (OrderState.APPROVED, OrderState.DRAFT, OrderState.WITHDRAWN),
    OrderState.APPROVED: (OrderState.PUBLISHED, OrderState.DRAFT, OrderState.WITHDRAWN),
    OrderState.PUBLISHED: (OrderState.SUPERSEDED, OrderState.WITHDRAWN),
    OrderState.SUPERSEDED: (),
    OrderState.WITHDRAWN: (),
}


def state_label(state: OrderState) -> str:
    """Return the words for a state."""
    return {
        OrderState.DRAFT: tr("draft"),
        OrderState.IN_CONSULTATION: tr("in consultation"),
        OrderState.APPROVED: tr("approved"),
        OrderState.PUBLISHED: tr("published"),
        OrderState.SUPERSEDED: tr("superseded"),
        OrderState.WITHDRAWN: tr("withdrawn"),
    }[state]


def advance(number: str, state: OrderState, to: OrderState) -> OrderState:
    """Return the state after a step.

    Parameters
    ----------
    number : str
        Number of the order, named in a refusal.
    state, to : OrderState
        Where the order stands, and where it is to go.

    Raises
    ------
    OrderError
        If the step isn't allowed; the message says why and what is.
    """
    if to in NEXT_STATES[state]:
        return to
    raise OrderError(
        tr(
            "Order {number} is {state} and can't become {to}: {reason}",
            number=number,
            state=state_label(state),
            to=state_label(to),
            reason=_reason(state, to),
        )
    )


def _reason(state: OrderState, to: OrderState) -> str:
    if state is to:
        return tr("it is that already.")
    if state is OrderState.PUBLISHED:
        return tr("a signed order never changes; publish a new order that supersedes it.")
    if not NEXT_STATES[state]:
        return tr("it has ended; start a new draft.")
    if to is OrderState.SUPERSEDED:
        return tr("only a published order can be superseded; withdraw it instead.")
    return tr(
        "the next step is one of: {steps}.",
        steps=", ".join(state_label(step) for step in NEXT_STATES[state]),
    )
