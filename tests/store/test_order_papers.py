"""What is signed stays as signed: parts and annex, and what the paper prints of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.officers import actor, post, settle
from tests.papers import pdf_text
from tests.sealing import CONTENT, NUMBER, ZONE, numbered, publish_sealed
from tests.store import samples
from tests.store.samples import NOON, hour
from zoning.access import Role
from zoning.errors import AccessError, OrderError, StoreError
from zoning.orders.annex import verify_annex
from zoning.orders.parts import parts_from_json, parts_to_json
from zoning.store import audit
from zoning.store.boundaries import insert_edition
from zoning.store.editions import edition_in_force
from zoning.store.imports import ImportKind, begin, finish
from zoning.store.officers import end_posting, read_postings
from zoning.store.order_lookup import find_order
from zoning.store.order_parts import annex_of_order, parts_of_order
from zoning.store.orders import (
    NewOrder,
    OrderKind,
    OrderSource,
    add_order,
    insert_units_of_order,
)
from zoning.workflow.annexes import open_annex, verify_file
from zoning.workflow.ground import GroundShelf
from zoning.workflow.order_papers import paper_and_map, write_papers
from zoning.workflow.sealing_papers import seal_papers

SHELF = GroundShelf()
DM = Role.DISTRICT_MAGISTRATE


@pytest.fixture
def settled(store):
    post(settle(store), "dm-north", DM, "N")
    return store


def paper(store, number=NUMBER):
    with store.reading() as session:
        return paper_and_map(session, SHELF, find_order(session, number))[0]


def test_what_was_signed_comes_back_word_for_word(settled):
    order_id, digest = publish_sealed(settled)
    with settled.reading() as session:
        stored = parts_of_order(session, order_id)
    assert stored.annex_sha256 == digest
    parts = stored.parts
    assert parts_from_json(parts_to_json(parts)) == parts
    assert (parts.directions, parts.gates, parts.commanders) == (
        CONTENT.directions,
        CONTENT.gates,
        CONTENT.commanders,
    )
    assert (parts.signed_by.name, parts.signed_by.role) == ("Dm-North", "district_magistrate")
    assert (parts.signed_by.area, parts.district) == ("North", "North")
    assert parts.requests[0].authority == "District Magistrate, South"


@pytest.mark.parametrize("table", ["order_parts", "order_annexes"])
@pytest.mark.parametrize("change", ["update {} set order_id = order_id", "delete from {}"])
def test_nothing_that_was_signed_can_be_changed(settled, table, change):
    publish_sealed(settled)
    with pytest.raises((DBAPIError, StoreError)), settled.transaction() as session:
        session.execute(text(change.format(table)))


def test_an_order_is_sealed_once(settled):
    order_id, _ = publish_sealed(settled)
    with pytest.raises((DBAPIError, StoreError)), settled.transaction() as session:
        seal_papers(session, order_id, CONTENT, (), (), NOON)


def test_the_printed_hash_is_that_of_the_sealed_text(settled):
    order_id, digest = publish_sealed(settled)
    with settled.reading() as session:
        sealed = annex_of_order(session, order_id)
    assert sha256(sealed).hexdigest() == digest == paper(settled).annex_sha256
    assert verify_annex(sealed, paper(settled).annex_sha256)


def test_two_orders_with_the_same_evidence_have_salts_of_their_own(settled):
    publish_sealed(settled)
    publish_sealed(settled, content=numbered("13/DM/N/2020"))
    one, other = (
        json.loads(open_annex(settled, number, hour(1), "tester").sealed)
        for number in (NUMBER, "13/DM/N/2020")
    )
    assert one["areas"] == other["areas"]
    assert one["salt"] != other["salt"]


def test_a_signed_order_prints_as_signed_with_its_hash(settled, tmp_path):
    _, digest = publish_sealed(settled)
    written = write_papers(settled, SHELF, NUMBER, tmp_path / "papers")
    assert not written.sealed
    english = pdf_text((tmp_path / "papers/public/order.en.pdf").read_bytes())
    assert "DRAFT" not in english
    assert "Sd/-" in english
    assert digest[:8] in english
    for said in ("Cordon the zone.", "Ghat road", "Medical exit", "R. Sen", "CP/455", ZONE):
        assert said in english
    assert "District Magistrate, North" in english
    bengali = pdf_text((tmp_path / "papers/public/order.bn.pdf").read_bytes())
    assert digest[:8] in bengali


def test_the_same_order_gives_the_same_bytes_whatever_came_later(settled, tmp_path):
    publish_sealed(settled)
    first = write_papers(settled, SHELF, NUMBER, tmp_path / "one")
    renamed = replace(samples.units(), name=samples.words(*[f"New {i}" for i in range(9)]))
    with settled.transaction() as session:
        import_id = begin(session, samples.new_import(ImportKind.BOUNDARIES, "later", hour(5)))
        insert_edition(session, import_id, renamed, hour(5))
        finish(session, import_id, samples.account(9))
    publish_sealed(settled, at=hour(6), content=numbered("14/DM/N/2020", effective_at=hour(7)))
    post(settled, "dm-north", Role.OBSERVER, "S")
    second = write_papers(settled, SHELF, NUMBER, tmp_path / "two")
    assert dict(first.sha256) == dict(second.sha256)


def test_an_order_that_was_never_sealed_prints_as_a_draft(settled, tmp_path):
    with settled.transaction() as session:
        edition = edition_in_force(session, NOON)
        order = NewOrder("OLD/1", "Of before", "An act", "A reason", "Somebody", NOON)
        source = OrderSource(OrderKind.STANDING, edition.edition_id)
        order_id = add_order(session, order, source, at=NOON, who="tester")
        insert_units_of_order(session, order_id, samples.words("W0"), samples.words("red"))
    assert paper(settled, "OLD/1").is_draft
    write_papers(settled, SHELF, "OLD/1", tmp_path / "papers", ("en",))
    said = pdf_text((tmp_path / "papers/public/order.en.pdf").read_bytes())
    assert "DRAFT: NOT IN FORCE" in said
    with pytest.raises(OrderError, match="no sealed annex"):
        open_annex(settled, "OLD/1", NOON, "tester")


def test_an_annex_is_opened_by_who_answers_for_all_of_its_ground(settled):
    publish_sealed(settled)
    opened = open_annex(settled, NUMBER, hour(1), actor(settled, DM, "N"))
    assert sha256(opened.sealed).hexdigest() == opened.printed
    with settled.reading() as session:
        entry = audit.read_entries(session)[0]
    assert (entry.action, entry.detail["number"]) == (audit.READ, NUMBER)
    assert entry.who.startswith("Dm-North") or "district_magistrate" in entry.who


@pytest.mark.parametrize(
    ("role", "area"),
    [
        (DM, "S"),
        (Role.CMOH, "S"),
        (Role.ENFORCEMENT, "N"),
        (Role.DESK_OPERATOR, "N"),
        (Role.OBSERVER, "N"),
        (Role.PUBLIC, ""),
    ],
)
def test_a_guessed_number_opens_no_annex_of_another(settled, role, area):
    publish_sealed(settled)
    before = _reads(settled)
    with pytest.raises(AccessError):
        open_annex(settled, NUMBER, hour(1), actor(settled, role, area))
    assert _reads(settled) == before


def test_a_number_that_is_not_there_is_refused_with_the_latest(settled):
    publish_sealed(settled)
    with pytest.raises(OrderError, match=NUMBER):
        open_annex(settled, "13/DM/N/2020", hour(1), "tester")


def test_a_file_is_the_annex_or_it_is_not(settled):
    order_id, _ = publish_sealed(settled)
    with settled.reading() as session:
        sealed = annex_of_order(session, order_id)
    assert verify_file(settled, sealed, NUMBER).is_same
    altered = verify_file(settled, sealed.replace(b"CZ", b"ZC"), NUMBER)
    assert (altered.is_same, altered.is_kept_whole) == (sealed.count(b"CZ") == 0, True)


def test_a_posting_that_ends_later_doesnt_change_who_signed(settled):
    publish_sealed(settled)
    before = paper(settled).signatory
    with settled.transaction() as session:
        own = next(p for p in read_postings(session, hour(1)) if p.posting.person_id == "dm-north")
        end_posting(session, own.posting_id, date(2020, 6, 1), at=hour(1), who="tester")
    assert paper(settled).signatory == before


def _reads(store):
    with store.reading() as session:
        return sum(entry.action == audit.READ for entry in audit.read_entries(session))
