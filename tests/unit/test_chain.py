"""The chain of the audit: whatever is done to it in the middle is found where it was done."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoning.orders.chain import (
    BEGINNING,
    Breach,
    ChainEntry,
    Link,
    chain_hash,
    plain_detail,
    verify,
)

NOON = datetime(2020, 5, 18, 6, 30, tzinfo=UTC)
ENTRY = ChainEntry(NOON, "dm", "order.publish", "orders/1", {"units": 3, "number": "KMC/1"})


def chained(n):
    links, head = [], BEGINNING
    for i in range(1, n + 1):
        entry = ChainEntry(NOON + timedelta(minutes=i), "dm", "import.finish", f"imports/{i}", {})
        own = chain_hash(head, entry)
        links.append(Link(i, entry, head, own))
        head = own
    return links


def test_the_form_of_what_is_hashed_never_changes():
    # Written out by hand: if this fails, the audits of every installation fail with it.
    text = (
        f'["seemana-audit-1","{BEGINNING}","2020-05-18T06:30:00.000000+00:00","dm",'
        '"order.publish","orders/1",{"number":"KMC/1","units":3}]'
    )
    assert chain_hash(BEGINNING, ENTRY) == hashlib.sha256(text.encode()).hexdigest()


def test_the_same_moment_said_in_another_zone_has_the_same_hash():
    ist = timezone(timedelta(hours=5, minutes=30))
    other = replace(ENTRY, at=NOON.astimezone(ist))
    assert chain_hash(BEGINNING, other) == chain_hash(BEGINNING, ENTRY)


def test_a_moment_without_an_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        chain_hash(BEGINNING, replace(ENTRY, at=NOON.replace(tzinfo=None)))


def test_a_whole_chain_has_the_newest_hash_as_its_head():
    links = chained(5)
    found = verify(links)
    assert (found.entries, found.head, found.broken) == (5, links[-1].hash, None)


def test_an_empty_chain_is_whole():
    assert verify([]).head == BEGINNING


def tampered(links, deed, at):
    """Return the chain after a deed at index `at`, and the number at which it should break."""
    links = list(links)
    if deed == "change":
        changed = replace(links[at].entry, who="nobody")
        links[at] = replace(links[at], entry=changed)
        return links, at + 1, Breach.CONTENT
    if deed == "change and hash anew":
        changed = replace(links[at].entry, who="nobody")
        own = chain_hash(links[at].prev_hash, changed)
        links[at] = replace(links[at], entry=changed, hash=own)
        return links, at + 2, Breach.ORDER
    if deed == "delete":
        del links[at]
        return links, at + 2, Breach.ORDER
    if deed == "swap":
        one, other = links[at], links[at + 1]
        links[at], links[at + 1] = replace(other, number=at + 1), replace(one, number=at + 2)
        return links, at + 1, Breach.ORDER
    if deed == "insert":
        entry = replace(links[at].entry, who="nobody")
        own = chain_hash(links[at].hash, entry)
        links.insert(at + 1, Link(at + 1, entry, links[at].hash, own))
        return links, at + 2, Breach.ORDER
    links[at] = replace(links[at], entry=None)
    return links, at + 1, Breach.UNREADABLE


@pytest.mark.parametrize("at", [0, 3, 7])
@pytest.mark.parametrize(
    "deed", ["change", "change and hash anew", "delete", "swap", "insert", "spoil"]
)
def test_tampering_is_found_at_the_right_entry(deed, at):
    links, number, breach = tampered(chained(9), deed, at)
    broken = verify(links).broken
    assert (broken.number, broken.breach) == (number, breach)


def test_a_missing_end_is_whole_but_no_longer_holds_the_noted_head():
    links = chained(9)
    noted = links[-1].hash
    assert verify(links, noted).noted_at == 9
    cut = verify(links[:-1], noted)
    assert (cut.broken, cut.noted_at) == (None, None)


def test_a_noted_head_of_before_is_found_where_it_stands():
    links = chained(9)
    assert verify(links, links[3].hash).noted_at == 4


details = st.dictionaries(
    st.text(),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    ),
)


@given(details)
def test_what_comes_back_from_json_has_the_hash_of_what_went_in(detail):
    there = replace(ENTRY, detail=detail)
    back = replace(ENTRY, detail=plain_detail(plain_detail(detail)))
    assert chain_hash(BEGINNING, there) == chain_hash(BEGINNING, back)


@given(st.lists(st.sampled_from(["a", "b"]), min_size=2, max_size=6), st.data())
def test_no_other_order_of_the_entries_is_whole(whos, data):
    links, head = [], BEGINNING
    for i, who in enumerate(whos):
        entry = replace(ENTRY, who=who, at=NOON + timedelta(seconds=i))
        own = chain_hash(head, entry)
        links.append(Link(i, entry, head, own))
        head = own
    other = data.draw(st.permutations(links))
    assert (verify(other).broken is None) == (other == links)
