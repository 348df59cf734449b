"""The states of an order and the steps between them."""

from __future__ import annotations

from itertools import product

import pytest

from zoning.errors import OrderError
from zoning.orders.state import NEXT_STATES, OrderState, advance, state_label


@pytest.mark.parametrize(
    ("state", "to"), [(state, to) for state, nexts in NEXT_STATES.items() for to in nexts]
)
def test_an_allowed_step_is_taken(state, to):
    assert advance("12/2020", state, to) is to


@pytest.mark.parametrize(
    ("state", "to"),
    [pair for pair in product(OrderState, repeat=2) if pair[1] not in NEXT_STATES[pair[0]]],
)
def test_an_illegal_step_is_refused_with_the_order_and_both_states_named(state, to):
    with pytest.raises(OrderError) as refusal:
        advance("12/2020", state, to)
    for word in ("12/2020", state_label(state), state_label(to)):
        assert word in str(refusal.value)


def test_a_draft_is_never_published_without_consultation_and_approval():
    states, reached = {OrderState.DRAFT}, {OrderState.DRAFT}
    without_approval = set(OrderState) - {OrderState.APPROVED}
    while states:
        states = {n for s in states for n in NEXT_STATES[s] if n in without_approval} - reached
        reached |= states
    assert OrderState.PUBLISHED not in reached


def test_a_published_order_never_becomes_editable_again():
    reached, states = set(), {OrderState.PUBLISHED}
    while states:
        states = {n for s in states for n in NEXT_STATES[s]} - reached
        reached |= states
    assert reached == {OrderState.SUPERSEDED, OrderState.WITHDRAWN}


def test_the_refusal_to_change_a_published_order_shows_the_way_out():
    with pytest.raises(OrderError, match="a new order that supersedes it"):
        advance("12/2020", OrderState.PUBLISHED, OrderState.DRAFT)


def test_every_state_has_words():
    assert len({state_label(state) for state in OrderState}) == len(OrderState)
