"""The procedure is a dated file that names roles and acts there are, and an hour for each wait."""

from __future__ import annotations

from datetime import timedelta

from zoning.access import Action, may
from zoning.orders.draft import DraftKind
from zoning.orders.procedure import procedure
from zoning.orders.steps import office_word


def test_every_kind_of_order_has_its_way():
    assert set(procedure().kinds) == set(DraftKind)


def test_who_answers_for_an_office_is_granted_to_consult_and_who_signs_to_approve():
    for how in procedure().kinds.values():
        for office in how.offices:
            assert all(may(role, Action.CONSULT) for role in office.roles)
            assert office_word(office.office) != office.office
        assert all(may(role, how.approves) for role in how.signs)


def test_consultations_end_before_a_sealing_does():
    known = procedure()
    categories = known.kinds[DraftKind.CATEGORIES]
    assert timedelta() < categories.answer_within < known.sealing_stands_for


def test_colours_are_consulted_with_home_and_categories_with_police_and_health():
    kinds = procedure().kinds
    assert [o.office for o in kinds[DraftKind.ZONES].offices] == ["home"]
    assert [o.office for o in kinds[DraftKind.CATEGORIES].offices] == ["police", "health"]
    assert kinds[DraftKind.SEALING].offices == ()
