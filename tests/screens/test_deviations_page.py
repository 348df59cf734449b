"""The register: recorded, closed, closed in an area, restored; by each right."""

from __future__ import annotations

from datetime import date

import pytest

from tests.screens.area_pages import desk_of, open_area, register, visit
from tests.screens.desks import words
from tests.store.samples import hour
from zoning.access import Role
from zoning.measures.memo import known_memos
from zoning.measures.phrases import sentence
from zoning.measures.question import Answered, Question
from zoning.model import Category
from zoning.store.audit import read_entries
from zoning.store.deviations import NewDeviation
from zoning.workflow.deviation_register import with_register
from zoning.workflow.deviations import record
from zoning.workflow.measures_desk import MeasuresDesk, Spot

SEEN = NewDeviation(
    "W2", "markets_and_shops", "photograph 12", "DMA-51-b", hour(2), premises="Das Stores"
)


@pytest.fixture
def store(tmp_path, sqlite_template):
    opened = open_area(tmp_path, sqlite_template)
    record(opened, SEEN, hour(2), "tester")
    return opened


@pytest.fixture
def magistrate(store, tmp_path):
    return desk_of(store, tmp_path, Role.DISTRICT_MAGISTRATE, "N")


def asked(store, who=None, premises="das stores"):
    desk = with_register(MeasuresDesk(known_memos(None), lambda: hour(30)), store, who)
    at = hour(24 * 4)
    return desk.ask(Question("markets_and_shops", at, Category.CLEAN), Spot("W2", premises))


def test_premises_are_closed_the_measures_follow_and_a_restoration_opens_them(store, magistrate):
    test = visit(register, magistrate, deviation=1)
    assert not test.exception
    assert "1 deviation is recorded" in words(test)
    assert "deviation-area" not in {b.key for b in test.button}, "the premises come first"
    test.button(key="deviation-close").click().run()
    test.button(key="close-send").click().run()
    assert "Say why" in words(test)
    test.text_area(key="close-reason").set_value("a crowd of forty")
    test.button(key="close-send").click().run()
    assert not test.exception
    assert "V-20200518-001: everything that is permitted there, closed in Das Stores" in words(test)
    told = asked(store)
    assert told.status is Answered.PROHIBITED
    assert "V-20200518-001" in sentence(told)
    assert "forty" not in str(told), "the public is told no reason"
    assert "forty" in str(asked(store, magistrate.who))
    assert asked(store, premises="Roy & Sons").status is Answered.CONDITIONAL
    test.button(key="deviation-restore-V-20200518-001").click().run()
    test.text_area(key="restore-reason").set_value("put right")
    test.button(key="restore-send").click().run()
    assert "✓ restored" in words(test)
    assert asked(store).status is Answered.CONDITIONAL


def test_an_area_is_closed_by_a_second_decision_with_a_review(store, magistrate):
    test = visit(register, magistrate, deviation=1)
    test.button(key="deviation-close").click().run()
    test.text_area(key="close-reason").set_value("a crowd")
    test.button(key="close-send").click().run()
    test.button(key="deviation-area").click().run()
    test.text_area(key="area-reason").set_value("spreads along the road")
    test.button(key="area-send").click().run()
    assert "Name the day of the review" in words(test)
    test.date_input(key="review-day").set_value(date(2020, 5, 25))
    test.button(key="area-send").click().run()
    assert not test.exception
    assert "V-20200518-002: Markets and shops, closed in Ward 2 (W2)" in words(test)
    assert asked(store, premises="").is_withdrawn


def test_evidence_is_shown_on_asking_and_the_audit_notes_it(store, magistrate):
    test = visit(register, magistrate, deviation=1)
    assert "photograph" not in words(test)
    test.button(key="deviation-evidence-show").click().run()
    assert "photograph 12" in words(test)
    with store.reading() as session:
        assert read_entries(session)[0].subject == "deviations/1"


def test_another_areas_number_in_the_address_says_nothing(store, tmp_path):
    test = visit(register, desk_of(store, tmp_path, Role.ENFORCEMENT, "S"), deviation=1)
    assert not test.exception
    assert "Das Stores" not in words(test)
    assert "No deviation is recorded in your area." in words(test)


def test_who_only_records_is_told_who_withdraws(store, tmp_path):
    test = visit(register, desk_of(store, tmp_path, Role.ENFORCEMENT, "N"), deviation=1)
    assert "is withdrawn and restored by the District Magistrate" in words(test)
    assert "deviation-close" not in {b.key for b in test.button}


def test_an_observer_reads_no_evidence_and_records_nothing(store, tmp_path):
    test = visit(register, desk_of(store, tmp_path, Role.OBSERVER, "N"), deviation=1)
    said = words(test)
    assert "these record:" in said
    assert "What was seen is for those who record or withdraw here." in said
    assert not {b.key for b in test.button} & {"deviations-record", "deviation-evidence-show"}


def test_who_has_no_right_is_told_who_has(store, tmp_path):
    test = visit(register, desk_of(store, tmp_path, Role.PUBLIC))
    assert "The register is for officers." in words(test)
    assert "Das Stores" not in words(test)


@pytest.mark.parametrize("deviation", ["99", "x", "-1", "9" * 30])
def test_an_address_that_makes_no_sense_breaks_nothing(magistrate, deviation):
    assert not visit(register, magistrate, deviation=deviation).exception
