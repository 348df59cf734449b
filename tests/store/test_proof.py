"""Last week's state is shown and proven unaltered; whatever is altered past the guards shows."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.grounds import bring_cases, contain, moment, put_in_force
from tests.store.test_audit_chain import tamper
from zoning.store.engine import Store
from zoning.store.order_seal import content_hash, seals
from zoning.store.orders import list_orders
from zoning.workflow.proof_words import order_sentence, proof_sentence
from zoning.workflow.proving import Sealed, prove
from zoning.workflow.withdrawing import withdraw_order

LAST_WEEK = moment(11)


@pytest.fixture
def contained(store, tmp_path):
    return contain(store, tmp_path)


def proof(store, at=LAST_WEEK, noted=""):
    return prove(store, at, "tester", noted)


def alter(store: Store, table: str, statement: str) -> None:
    """Change a guarded table as somebody with all rights would."""
    with store.transaction() as session:
        if store.engine.dialect.name == "sqlite":
            for event in ("update", "delete"):
                session.execute(text(f"drop trigger if exists {table}_no_{event}"))
            query = "select name from sqlite_master where type = 'trigger' and tbl_name = :table"
            for name in session.scalars(text(query), {"table": table}).all():
                session.execute(text(f"drop trigger {name}"))
        else:
            session.execute(text("set local session_replication_role = replica"))
        session.execute(text(statement))


def test_every_order_is_sealed_with_what_it_says(contained):
    with contained.reading() as session:
        (order,) = list_orders(session)
        (seal,) = seals(session)
        assert seal.content_sha256 == content_hash(session, order.order_id)
        assert (seal.number, seal.order_id) == (order.order.number, order.order_id)


def test_last_weeks_state_is_the_same_today_and_proven(contained, tmp_path):
    before = proof(contained)
    assert before.is_whole and before.n_units == 9 and before.n_booths == 36
    assert "is unaltered: 1 order is as it was sealed" in proof_sentence(before)
    bring_cases(contained, tmp_path, [("W2-a", "2020-05-17", 5)], moment(17))
    put_in_force(contained, "2020-05-17", moment(17.1))
    after = proof(contained, noted=before.chain.head)
    assert after.state_sha256 == before.state_sha256
    assert after.is_whole and after.is_up_to_noted(after.orders[0])
    assert "before the hash that was noted" in order_sentence(after, after.orders[0])
    assert proof(contained, moment(18)).state_sha256 != before.state_sha256


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("order_units", "update order_units set zone = 'green' where unit_id = 'W0'"),
        ("order_booths", "update order_booths set category = 'C' where booth_id = 'W0-a'"),
        ("order_booths", "delete from order_booths where booth_id = 'W8-d'"),
        ("orders", "update orders set reason = 'another'"),
        ("orders", "update orders set signatory = 'nobody'"),
    ],
)
def test_whatever_is_altered_in_an_order_shows(contained, table, statement):
    before = proof(contained)
    alter(contained, table, statement)
    found = proof(contained)
    assert not found.is_whole and found.orders[0].state is Sealed.ALTERED
    assert "isn't proven" in proof_sentence(found)
    assert "it was altered" in order_sentence(found, found.orders[0])
    assert found.state_sha256 != before.state_sha256


@pytest.mark.parametrize(
    "statement", ["update order_annexes set sealed = sealed || ' '", "delete from order_annexes"]
)
def test_an_annex_that_is_altered_or_gone_shows_in_its_order(contained, statement):
    assert proof(contained).is_whole
    alter(contained, "order_annexes", statement)
    found = proof(contained)
    assert not found.is_whole and found.orders[0].state is Sealed.ALTERED


def test_an_order_that_is_gone_shows_by_its_seal(contained):
    with contained.reading() as session:
        number = list_orders(session)[0].order.number
    for table in ("order_units", "order_booths", "order_parts", "order_annexes", "outbox"):
        alter(contained, table, f"delete from {table}")
    alter(contained, "orders", "delete from orders")
    found = proof(contained)
    assert [(o.number, o.state) for o in found.orders] == [(number, Sealed.GONE)]
    assert not found.is_whole and number in proof_sentence(found)


def test_an_altered_order_with_an_altered_seal_breaks_the_chain(contained):
    alter(contained, "orders", "update orders set reason = 'another'")
    with contained.reading() as session:
        (seal,) = seals(session)
        forged = content_hash(session, seal.order_id)
    tamper(
        contained,
        f"update audit set detail = replace(cast(detail as text), '{seal.content_sha256}',"
        f" '{forged}'){'' if contained.engine.dialect.name == 'sqlite' else '::json'}"
        f" where id = {seal.entry}",
    )
    found = proof(contained)
    assert found.chain.broken.number == seal.entry
    assert found.orders[0].state is Sealed.OUTSIDE_CHAIN and not found.is_whole
    assert f"doesn't hold at entry {seal.entry}" in proof_sentence(found)


def test_a_hash_that_was_noted_and_is_gone_proves_nothing(contained):
    found = proof(contained, noted="0" * 64)
    assert not found.is_whole and "isn't in the audit" in proof_sentence(found)


def test_before_the_first_order_there_is_nothing_to_prove(contained):
    found = proof(contained, moment(1))
    assert found.orders == () and found.is_whole
    assert "No order was in force" in proof_sentence(found)


def test_an_end_that_the_audit_tells_of_is_an_end_and_another_isnt(contained):
    second = put_in_force(contained, "2020-05-10", moment(17))
    withdraw_order(contained, second.number, "by mistake", moment(18), "tester")
    after = proof(contained, moment(19))
    assert after.is_whole and second.number not in {o.number for o in after.orders}
    # The first one gets an end that nobody signed for.
    ended = "update orders set ended_at = '2020-05-15 06:00:00' where number = :n"
    first = after.orders[0].number
    alter(contained, "orders", ended.replace(":n", f"'{first}'"))
    found = proof(contained, moment(19))
    assert [(o.number, o.state) for o in found.orders] == [(first, Sealed.ENDED_UNTOLD)]
    assert not found.is_whole and "nothing in the audit says" in order_sentence(
        found, found.orders[0]
    )


def test_an_order_that_was_withdrawn_and_stands_again_shows(contained):
    second = put_in_force(contained, "2020-05-10", moment(17))
    withdraw_order(contained, second.number, "by mistake", moment(18), "tester")
    alter(contained, "orders", "update orders set ended_at = null")
    found = proof(contained, moment(19))
    states = {o.number: o.state for o in found.orders}
    assert states[second.number] is Sealed.ENDED_BEFORE and not found.is_whole
    assert proof(contained, moment(17.5)).is_whole
