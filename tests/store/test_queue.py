"""Cases without a unit wait, with what they say; nothing leaves the queue by itself."""

from dataclasses import replace

import pytest

from tests.store import samples
from tests.store.samples import NOON, WHO, bring, coded, hour
from zoning.errors import InputError, StoreError
from zoning.places.gazetteer import NameDecision
from zoning.store.audit import AuditEntry, read_entries
from zoning.store.boundaries import insert_edition
from zoning.store.cases import insert_cases
from zoning.store.imports import ImportKind, begin, finish
from zoning.store.places_decided import CasePlace
from zoning.workflow.facts import placed_cases
from zoning.workflow.queue import decide_case, decide_text, show_waiting, waiting


def named_units():
    units = samples.units()
    units.name[:] = [
        *("East Kallada", "West Kallada", "Beleghata", "Beleghata", "Tala", "Tangra"),
        *("Garia", "Kasba", "Behala"),
    ]
    return replace(units, names={"bn": samples.words("", "", "", "", "টালা", "", "", "", "")})


@pytest.fixture
def filled(store):
    """Five cases: by code, by a Bengali name, by a misspelt, an ambiguous and a strange one."""
    cases = replace(
        samples.plain_cases(5),
        unit_id=coded("W0", "", "East Kalladda", "", ""),
        address=coded("", "টালা", "", "beleghata", "Atlantis"),
    )
    with store.transaction() as session:
        import_id = begin(session, samples.new_import(ImportKind.BOUNDARIES, "u", NOON))
        insert_edition(session, import_id, named_units(), NOON)
        finish(session, import_id, samples.account(9))
        bring(session, ImportKind.CASES, "c", insert_cases, cases)
    return store


def unit_indices(store, at):
    with store.reading() as session:
        return placed_cases(session, named_units(), at).placement.unit_index.tolist()


def test_only_an_exact_name_places_a_case(filled):
    assert unit_indices(filled, NOON) == [0, 4, -1, -1, -1]


def test_the_rest_waits_with_the_reason_and_proposals(filled):
    found = {w.text: w for w in waiting(filled, NOON)}
    assert {text: w.reason for text, w in found.items()} == {
        "East Kalladda": "unit_unknown",
        "beleghata": "name_ambiguous",
        "Atlantis": "name_unknown",
    }
    proposed = found["East Kalladda"].candidates
    assert [c.unit_id for c in proposed] == ["W0", "W1"]
    assert proposed[1].doubts, "West for East is marked"
    assert {c.unit_id for c in found["beleghata"].candidates} == {"W2", "W3"}
    assert (found["Atlantis"].cases, found["Atlantis"].rows[0].row) == (1, 5)


def test_a_decision_on_a_text_is_remembered_and_known_only_from_then_on(filled):
    decide_text(filled, NameDecision("EAST KALLADDA", "W0"), hour(1), WHO)
    assert unit_indices(filled, hour(1)) == [0, 4, 0, -1, -1]
    assert unit_indices(filled, NOON) == [0, 4, -1, -1, -1]
    more = replace(samples.plain_cases(1), unit_id=coded("East Kalladda"))
    with filled.transaction() as session:
        bring(session, ImportKind.CASES, "d", insert_cases, more, at=hour(2))
    assert unit_indices(filled, hour(2)) == [0, 4, 0, -1, -1, 0]


def test_a_text_may_be_decided_to_name_no_unit_of_ours(filled):
    decide_text(filled, NameDecision("Atlantis", ""), hour(1), WHO)
    reasons = {w.text: w.reason for w in waiting(filled, hour(1))}
    assert reasons["Atlantis"] == "name_elsewhere", "it stays listed, and is no longer a question"


def test_one_case_is_put_where_somebody_found_it(filled):
    import_id = waiting(filled, NOON)[0].rows[0].import_id
    decide_case(filled, CasePlace(import_id, 4, "W3", "telephoned"), hour(1), WHO)
    assert unit_indices(filled, hour(1)) == [0, 4, -1, 3, -1]


def test_a_decision_for_a_unit_that_isnt_there_is_refused(filled):
    with pytest.raises(InputError, match="no unit W99"):
        decide_text(filled, NameDecision("Atlantis", "W99"), hour(1), WHO)
    with pytest.raises(InputError, match="no unit W99"):
        decide_case(filled, CasePlace(1, 1, "W99", ""), hour(1), WHO)
    with pytest.raises(StoreError, match="no case"):
        decide_case(filled, CasePlace(1, 77, "W1", ""), hour(1), WHO)


def test_without_boundaries_nothing_waits(store):
    assert waiting(store, NOON) == ()


def test_whoever_is_shown_the_queue_is_in_the_audit(filled):
    assert show_waiting(filled, hour(1), "desk") == waiting(filled, hour(1))
    with filled.reading() as session:
        newest = read_entries(session, 1)
    figures = {"cases": 3, "texts": 3}
    assert newest == (AuditEntry(hour(1), "desk", "personal.read", "queue", figures),)


def test_nothing_is_shown_that_the_audit_can_not_hold(filled, monkeypatch):
    def refuse(*_, **__):
        raise StoreError("full")

    monkeypatch.setattr("zoning.store.audit.append_read", refuse)
    with pytest.raises(StoreError, match="full"):
        show_waiting(filled, hour(1), "desk")


def test_an_empty_queue_shows_nobody_anything(store):
    assert show_waiting(store, NOON, WHO) == ()
    with store.reading() as session:
        assert read_entries(session) == ()
