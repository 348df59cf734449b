"""Orders: published once, in one transaction; the one that stands answers."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.store import samples
from tests.store.samples import NOON, WHO, hour, words
from zoning.errors import OrderError, StoreError
from zoning.store.orders import NewOrder, list_orders, publish_first_order, zones_in_force
from zoning.store.results import NewRun, save_run


def new_order(number="KMC/1", *, effective=1, expires=None):
    return NewOrder(
        number=number,
        title="Zones of 18 May",
        act="Epidemic Diseases Act 1897",
        reason="Prescribed parameters",
        signatory="Secretary, Health & Family Welfare",
        effective_at=hour(effective),
        review_at=hour(24),
        expires_at=None if expires is None else hour(expires),
    )


def propose(session, edition_id, **changes):
    judged = replace(samples.classification(), **changes)
    return save_run(session, judged, NewRun(edition_id, NOON, NOON, WHO))


def zones(session, at):
    found = zones_in_force(session, at)
    return dict(zip(found.unit_id, found.zone, strict=True))


@pytest.fixture
def run_id(store):
    with store.transaction() as session:
        return propose(session, samples.add_units(session))


def publish(store, order, run_id, at=NOON):
    with store.transaction() as session:
        return publish_first_order(session, order, run_id, at=at, who=WHO)


def test_a_published_order_is_in_force_from_its_time_on(store, run_id):
    publish(store, new_order(effective=1), run_id)
    with store.reading() as session:
        assert zones(session, hour(0)) == {}
        assert zones(session, hour(1)) == {"W4": "red", "W0": "green"}
        found = zones_in_force(session, hour(1))
        assert found.orders["KMC/1"].order == new_order(effective=1)
        assert set(found.number) == {"KMC/1"}


def test_an_unclassified_unit_is_not_in_an_order(store, run_id):
    publish(store, new_order(), run_id)
    with store.reading() as session:
        assert "W1" not in zones(session, hour(9))


def test_the_later_order_answers_and_when_it_runs_out_the_earlier(store, run_id):
    publish(store, new_order("1", effective=1), run_id)
    with store.transaction() as session:
        edition_id = samples.add_units(session, content_hash="u2")
        second = propose(session, edition_id, zone=words("orange", "unclassified", "red"))
        publish_first_order(
            session, new_order("2", effective=3, expires=5), second, at=hour(2), who=WHO
        )
    with store.reading() as session:
        assert zones(session, hour(2)) == {"W4": "red", "W0": "green"}
        assert zones(session, hour(3)) == {"W4": "orange", "W0": "green", "W1": "red"}
        assert zones(session, hour(5)) == {"W4": "red", "W0": "green"}


def test_an_order_number_is_used_once(store, run_id):
    publish(store, new_order(), run_id)
    with pytest.raises(OrderError, match="KMC/1"):
        publish(store, new_order(), run_id)
    with store.reading() as session:
        assert len(list_orders(session)) == 1


def test_an_order_that_expires_before_it_begins_is_refused_whole(store, run_id):
    with pytest.raises(OrderError, match="expires"):
        publish(store, new_order(effective=3, expires=2), run_id)
    with store.reading() as session:
        assert list_orders(session) == ()


def test_an_order_that_would_declare_nothing_is_refused(store, run_id):
    with store.transaction() as session:
        edition_id = samples.add_units(session, content_hash="u2")
        empty = propose(session, edition_id, zone=words(*["unclassified"] * 3))
    with pytest.raises(OrderError, match="declare nothing"):
        publish(store, new_order(), empty)


def test_an_order_without_a_run_is_refused(store):
    with pytest.raises(StoreError, match="zoning propose"):
        publish(store, new_order(), 99)


@pytest.mark.parametrize(
    "change",
    [
        "update orders set number = '2'",
        "update orders set expires_at = null",
        "update orders set signatory = 'someone else'",
        "update order_units set zone = 'green'",
        "delete from order_units",
        "delete from orders",
    ],
)
def test_what_was_signed_is_never_changed(store, run_id, change):
    publish(store, new_order(), run_id)
    with pytest.raises(StoreError, match="never changed"), store.transaction() as session:
        session.execute(text(change))
    with store.reading() as session:
        assert list_orders(session)[0].order == new_order()
        assert zones(session, hour(1)) == {"W4": "red", "W0": "green"}


def test_that_an_order_ended_can_be_told(store, run_id):
    publish(store, new_order(), run_id)
    with store.transaction() as session:
        session.execute(text("update orders set status = 'withdrawn', ended_at = published_at"))
    with store.reading() as session:
        assert zones(session, hour(9)) == {}
