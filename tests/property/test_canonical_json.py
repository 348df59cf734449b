"""Canonical JSON: the sequence of keys never matters, and nothing is lost."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from zoning.orders.canonical import canonical_json

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


def shuffled(value):
    """Return the same value with its keys in the opposite sequence."""
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed(list(value))}
    return [shuffled(item) for item in value] if isinstance(value, list) else value


@given(values)
def test_reading_back_gives_the_value(value):
    assert json.loads(canonical_json(value)) == value


@given(values)
def test_the_sequence_of_keys_never_changes_the_bytes(value):
    assert canonical_json(shuffled(value)) == canonical_json(value)


@given(values)
def test_writing_what_was_read_gives_the_same_bytes(value):
    data = canonical_json(value)
    assert canonical_json(json.loads(data)) == data


@given(values, values)
def test_two_values_have_the_same_bytes_only_if_they_are_the_same(one, other):
    # Python takes True for 1; JSON doesn't.
    is_same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (canonical_json(one) == canonical_json(other)) == is_same
