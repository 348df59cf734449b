"""How a draft would print, what each way of publishing seals, and the state return."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.institution import (
    SETTINGS,
    SHELF,
    approved,
    moment,
    officer,
    proposed,
    published,
    said,
)
from tests.papers import pages, pdf_text
from zoning.access import Role
from zoning.errors import AccessError, InputError
from zoning.orders.draft import DraftKind, Override
from zoning.store.order_lookup import find_order
from zoning.store.order_parts import annex_of_order, parts_of_order
from zoning.store.orders import list_orders
from zoning.workflow import drafting
from zoning.workflow.annexes import open_annex
from zoning.workflow.decisions import publish
from zoning.workflow.draft_papers import draft_paper, write_draft_papers
from zoning.workflow.order_difference import order_difference
from zoning.workflow.order_papers import paper_and_map
from zoning.workflow.returning import state_return, write_return
from zoning.workflow.sealing import seal

DM = Role.DISTRICT_MAGISTRATE


@pytest.fixture
def ready(store, tmp_path):
    proposed(store, tmp_path)
    return store


@pytest.fixture
def in_force(ready):
    publish(ready, moment(2.5), "tester")
    return ready


def annex(store, number):
    with store.reading() as session:
        return json.loads(annex_of_order(session, find_order(session, number).order_id))


def test_a_draft_prints_with_what_it_would_declare_and_that_it_isnt_in_force(ready, tmp_path):
    content = said("HS/9", overrides=(Override("W5", "green", "red", "a cluster"),))
    draft = approved(ready, content=content)
    with ready.reading() as session:
        paper, layers = draft_paper(session, SHELF, draft.draft_id, moment(4), "tester")
    assert paper.is_draft
    assert not paper.annex_sha256
    assert {u.unit_id: u.zone_after for u in paper.units}["W5"] == "red"
    assert paper.consultations[0].reference == "L/1"
    assert layers is not None
    written = write_draft_papers(
        ready, SHELF, draft.draft_id, tmp_path / "draft", moment(4), "tester", ("en",)
    )
    assert not written.sealed
    text = pdf_text((tmp_path / "draft/public/order.en.pdf").read_bytes())
    assert text.count("DRAFT: NOT IN FORCE") > 1
    assert "Sd/-" not in text


def test_a_published_draft_declares_and_prints_what_it_printed_before(ready):
    content = said("HS/9", overrides=(Override("W5", "green", "red", "a cluster"),))
    draft = approved(ready, content=content)
    with ready.reading() as session:
        before, _ = draft_paper(session, SHELF, draft.draft_id, moment(3), "tester")
    published(ready, draft)
    with ready.reading() as session:
        after, _ = paper_and_map(session, SHELF, find_order(session, "HS/9"))
    assert (after.units, after.measures, after.consultations) == (
        before.units,
        before.measures,
        before.consultations,
    )
    assert not after.is_draft


def test_a_draft_of_categories_of_one_district_prints_for_who_may_see_it(in_force):
    north = officer(in_force, DM, "N")
    draft = drafting.start(
        in_force, DraftKind.CATEGORIES, moment(3), north, content=said("N/1"), shelf=SHELF
    )
    own = SETTINGS.self_delineating_ids
    with in_force.reading() as session:
        paper, _ = draft_paper(session, SHELF, draft.draft_id, moment(3), north, own)
    assert paper.sealed_zones()
    assert {p.unit_id for z in paper.zones for p in z.parts} <= {"W2", "W3"}
    with in_force.reading() as session, pytest.raises(AccessError):
        south = officer(in_force, DM, "S")
        draft_paper(session, SHELF, draft.draft_id, moment(3), south, own)


def test_what_was_decided_otherwise_stands_in_the_annex_with_its_reason(ready):
    content = said("HS/9", overrides=(Override("W5", "green", "red", "a cluster of cases"),))
    published(ready, approved(ready, content=content))
    told = annex(ready, "HS/9")
    overruled = [area for area in told["areas"] if area["kind"] == "override"]
    assert overruled[0]["explanation"] == "Proposed green, decided red: a cluster of cases"
    reading = next(a for a in told["areas"] if a["area_id"] == "W3")["readings"][0]
    assert {"key", "value", "judged", "numerator", "denominator", "as_of"} == set(reading)
    with ready.reading() as session:
        paper, _ = paper_and_map(session, SHELF, find_order(session, "HS/9"))
    assert "cluster" not in paper.reason


def test_every_order_is_sealed_whichever_way_it_was_published(in_force):
    seal(in_force, SHELF, ["W5-a"], "a case", moment(4), officer(in_force, DM, "S"))
    with in_force.reading() as session:
        records = list_orders(session)
        assert len(records) == 2
        assert all(parts_of_order(session, record.order_id) for record in records)


def test_the_annex_of_a_sealing_tells_of_the_closed_booths_alone(in_force):
    north = officer(in_force, DM, "N")
    order = seal(in_force, SHELF, ["W3-a"], "a case", moment(4), north)
    areas = annex(in_force, order.number)["areas"]
    assert {area["area_id"] for area in areas} <= {"W3-a", "W3-b", "W3-c", "W3-d"}
    assert open_annex(in_force, order.number, moment(4), north).printed


def test_two_orders_differ_in_what_they_declare(in_force):
    content = said("HS/9", overrides=(Override("W5", "green", "red", "a cluster"),))
    published(in_force, approved(in_force, content=content))
    with in_force.reading() as session:
        other, one = list_orders(session)
        found = order_difference(session, SHELF, other, one)
    assert (found.one.order.number[:2], found.other.order.number) == ("Z-", "HS/9")
    assert list(found.units.code) == ["W5"]
    assert (found.units.before[0], found.units.after[0]) == ("green", "red")
    assert not found.has_other_ground


def test_the_state_return_adds_up_by_district(in_force):
    with in_force.reading() as session:
        told = state_return(session, SETTINGS, SHELF, moment(3))
    assert [line.district for line in told.lines] == ["North", "South"]
    north, south = told.lines
    assert sum(north.units.values()) == 4
    assert sum(south.units.values()) == 5
    assert (north.n_active, south.n_active) == (15, 2)
    assert north.n_captured <= north.n_active
    assert north.n_containment_zones + south.n_containment_zones >= 1
    assert north.population % 5_000 == 0


def test_the_state_return_is_one_page_and_only_for_who_sees_all_figures(in_force, tmp_path):
    day = date(2020, 5, 18)
    written = write_return(in_force, SETTINGS, SHELF, day, tmp_path / "r", moment(3), "tester")
    for path in written.sealed:
        if path.suffix == ".pdf":
            assert pages(path.read_bytes()) == 1
    assert not written.public
    with pytest.raises(AccessError):
        who = officer(in_force, DM, "N")
        write_return(in_force, SETTINGS, SHELF, day, tmp_path / "s", moment(3), who)
    with pytest.raises(InputError, match="to come"):
        later = date(2020, 5, 19)
        write_return(in_force, SETTINGS, SHELF, later, tmp_path / "t", moment(3), "tester")
    assert not (tmp_path / "t").exists()
