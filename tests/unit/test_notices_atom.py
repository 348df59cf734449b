"""The Atom feed of published orders."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zoning.errors import OutputError
from zoning.notices.atom import ATOM, Feed, FeedOrder, write_feed

AT = datetime(2020, 5, 18, 5, 10, tzinfo=UTC)
FEED = Feed(
    authority="District of Nadipur & Environs",
    domain="nadipur.example",
    since=date(2020, 1, 1),
    address="https://nadipur.example/orders.atom",
    site="https://nadipur.example/",
)
ORDER = FeedOrder(
    order_id="2020-12",
    number="12/2020",
    title="Wards 3 <east> & 4",
    effective_at=AT,
    updated_at=AT,
    link="https://nadipur.example/orders/12-2020.html",
)


def parsed(*orders):
    return ET.fromstring(write_feed(FEED, orders, AT))


def texts(root, path):
    return [node.text for node in root.findall("/".join(f"{{{ATOM}}}{p}" for p in path.split("/")))]


def test_the_feed_has_what_the_standard_demands():
    root = parsed(ORDER)
    assert root.tag == f"{{{ATOM}}}feed"
    for path in ("id", "title", "updated", "author/name"):
        assert len(texts(root, path)) == 1, path
    for path in ("entry/id", "entry/title", "entry/updated"):
        assert len(texts(root, path)) == 1, path
    assert [n.get("rel") for n in root.findall(f"{{{ATOM}}}link")] == ["self", "alternate"]


def test_markup_in_a_title_arrives_as_text():
    assert texts(parsed(ORDER), "entry/title") == ["12/2020: Wards 3 <east> & 4"]


def test_times_are_utc_on_the_wire_and_ist_in_the_words():
    root = parsed(ORDER)
    assert texts(root, "entry/published") == ["2020-05-18T05:10:00Z"]
    assert "18 May 2020, 10:40 IST" in texts(root, "entry/summary")[0]


def test_ids_stay_when_addresses_titles_and_times_change():
    moved = replace(ORDER, link="https://elsewhere.example/x", title="New", updated_at=AT)
    assert texts(parsed(ORDER), "entry/id") == texts(parsed(moved), "entry/id")
    assert texts(parsed(ORDER), "entry/id") == ["tag:nadipur.example,2020-01-01:order:2020-12"]


def test_the_latest_order_comes_first_and_dates_the_feed():
    later = replace(ORDER, order_id="b", effective_at=AT + timedelta(days=1))
    corrected = replace(ORDER, order_id="c", updated_at=AT + timedelta(days=9))
    root = parsed(ORDER, later, corrected)
    assert [i.rsplit(":", 1)[1] for i in texts(root, "entry/id")] == ["b", "c", "2020-12"]
    assert texts(root, "updated") == ["2020-05-27T05:10:00Z"]


@settings(deadline=None)
@given(st.permutations([replace(ORDER, order_id=str(n)) for n in range(4)]))
def test_the_sequence_of_the_orders_never_changes_a_byte(orders):
    other_day = AT + timedelta(days=3)
    assert write_feed(FEED, orders, other_day) == write_feed(FEED, sorted(orders, key=str), AT)


def test_an_empty_feed_is_valid_and_dated():
    root = parsed()
    assert texts(root, "updated") == ["2020-05-18T05:10:00Z"]
    assert texts(root, "entry/id") == []


def test_an_entry_can_carry_no_count_and_no_person():
    assert {f.name for f in fields(FeedOrder)} == {
        "order_id",
        "number",
        "title",
        "effective_at",
        "updated_at",
        "link",
    }


def test_two_orders_of_one_id_are_refused():
    with pytest.raises(OutputError, match="2020-12"):
        parsed(ORDER, replace(ORDER, title="Another"))


def test_a_character_that_xml_cannot_carry_is_refused_and_named():
    with pytest.raises(OutputError, match=r"U\+0007"):
        parsed(replace(ORDER, title="bell\x07"))
