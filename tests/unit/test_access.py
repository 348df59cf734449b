"""Who may do what where: the whole table, areas, subjects, and what must never be granted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoning.access import (
    SUBJECTS,
    Action,
    Holding,
    Role,
    Standing,
    allowed,
    allowed_units,
    is_statewide,
    may,
    of_role,
    refusal,
    role_word,
    roles_with,
    seen_units,
)

SEEING = {Action.SEE_ZONES, Action.SEE_FIGURES, Action.SEE_FACILITIES}
CLOSE = {Action.SEE_LINE_LIST, Action.SEE_ANNEX}
DATA = {Action.IMPORT_DATA, Action.UNDO_IMPORT}
DELINEATING = {
    Action.DRAFT,
    Action.APPROVE_CATEGORIES,
    Action.SEAL_PROVISIONALLY,
    Action.RELEASE,
    Action.APPOINT_COMMANDER,
    Action.WITHDRAW_RELAXATION,
}
MAGISTRATE = (
    SEEING
    | CLOSE
    | DELINEATING
    | {Action.RECORD_DEVIATION, Action.REPORT_TASK}
    | {Action.ANSWER_ALARM, Action.MANAGE_SUBSCRIPTIONS, Action.READ_AUDIT}
)

EXPECTED = {
    Role.PUBLIC: {Action.SEE_ZONES},
    Role.OBSERVER: SEEING,
    Role.DESK_OPERATOR: SEEING | {Action.IMPORT_DATA},
    Role.INCIDENT_COMMANDER: SEEING
    | {Action.SEE_LINE_LIST, Action.RECORD_DEVIATION, Action.REPORT_TASK},
    Role.ENFORCEMENT: SEEING | {Action.RECORD_DEVIATION, Action.REPORT_TASK},
    Role.CMOH: SEEING | CLOSE | DATA | {Action.CONSULT, Action.ANSWER_ALARM},
    Role.NODAL_ADM: SEEING
    | DATA
    | {Action.SEE_LINE_LIST, Action.DRAFT, Action.RECORD_DEVIATION}
    | {Action.REPORT_TASK, Action.ANSWER_ALARM},
    Role.DISTRICT_MAGISTRATE: MAGISTRATE,
    Role.COMMISSIONER: MAGISTRATE,
    Role.HOME: SEEING | {Action.SEE_ANNEX, Action.CONSULT, Action.SET_FLOOR, Action.READ_AUDIT},
    Role.STATE_HEALTH: SEEING
    | CLOSE
    | DATA
    | {
        Action.PROPOSE,
        Action.DRAFT,
        Action.APPROVE_ZONES,
        Action.PUBLISH,
        Action.SET_FLOOR,
        Action.ANSWER_ALARM,
        Action.MANAGE_OFFICERS,
        Action.MANAGE_SUBSCRIPTIONS,
        Action.READ_AUDIT,
    },
    Role.LOCAL: set(Action),
}
HOWRAH = frozenset({"HOW", "HMC", "H1", "H2", "M1"})
CORPORATION = frozenset({"HMC", "H1", "H2"})
IN, OUT = "M1", "K7"


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_exactly_what_the_table_grants(role, action):
    assert may(role, action) is (action in EXPECTED[role])


def test_only_health_and_a_machine_of_ones_own_may_publish_zones():
    assert {role for role in Role if may(role, Action.PUBLISH)} == {Role.STATE_HEALTH, Role.LOCAL}


def test_health_never_delineates_and_magistrates_never_colour():
    assert not EXPECTED[Role.STATE_HEALTH] & (DELINEATING - {Action.DRAFT})
    assert not may(Role.DISTRICT_MAGISTRATE, Action.APPROVE_ZONES)


@pytest.mark.parametrize("place", [IN, OUT, None])
@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_an_act_is_allowed_in_the_own_area_alone(role, action, place):
    standing = of_role(role, HOWRAH)
    reaches = is_statewide(role) or place == IN
    assert allowed(standing, action, place) is (action in EXPECTED[role] and reaches)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", [r for r in Role if not is_statewide(r)])
def test_a_role_without_its_area_may_do_nothing(role, action):
    assert not allowed(of_role(role), action, IN)
    assert not allowed(of_role(role), action)


@pytest.mark.parametrize("action", Action)
def test_somebody_who_holds_no_post_may_do_nothing(action):
    assert not allowed(Standing(), action, IN) and not Standing().may(action)


def test_where_a_commissioner_delineates_the_magistrate_sees_and_does_not_decide():
    magistrate = of_role(Role.DISTRICT_MAGISTRATE, HOWRAH, self_delineating=CORPORATION)
    for action in DELINEATING:
        assert not allowed(magistrate, action, "H1"), action
        assert allowed(magistrate, action, "M1"), action
        assert allowed(of_role(Role.COMMISSIONER, CORPORATION), action, "H1"), action
    assert allowed(magistrate, Action.SEE_FIGURES, "H1")


def test_an_officer_for_one_subject_acts_on_that_subject_and_sees_the_area():
    officer = of_role(Role.NODAL_ADM, HOWRAH, "facilities")
    assert allowed(officer, Action.IMPORT_DATA, IN, "facilities")
    assert not allowed(officer, Action.IMPORT_DATA, IN, "surveillance")
    # An act on no subject in particular is more than one subject.
    assert not allowed(officer, Action.IMPORT_DATA, IN)
    assert allowed(officer, Action.SEE_FIGURES, IN)
    assert "subject" in refusal(officer, Action.IMPORT_DATA, IN, "surveillance")


def test_two_posts_are_held_side_by_side_and_never_mixed():
    both = Standing(
        (
            Holding(Role.CMOH, frozenset({"A"})),
            Holding(Role.DISTRICT_MAGISTRATE, frozenset({"B"})),
        )
    )
    assert allowed(both, Action.IMPORT_DATA, "A") and allowed(both, Action.RELEASE, "B")
    assert not allowed(both, Action.IMPORT_DATA, "B") and not allowed(both, Action.RELEASE, "A")
    assert seen_units(both) == {"A", "B"}


def test_a_department_sees_every_figure_and_the_public_none():
    assert seen_units(of_role(Role.HOME)) is None
    assert seen_units(of_role(Role.PUBLIC)) == frozenset()


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_every_refusal_says_who_may(role, action):
    standing = of_role(role, HOWRAH)
    if allowed(standing, action, OUT):
        return
    sentence = refusal(standing, action, OUT)
    assert role_word(role) in sentence
    able = [role_word(r) for r in roles_with(action) if r is not Role.LOCAL]
    assert all(word in sentence for word in able)


@given(
    st.sampled_from(list(Role)),
    st.sampled_from(list(Action)),
    st.frozensets(st.sampled_from("abcdef")),
    st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", ""]), max_size=9),
    st.sampled_from(["", *SUBJECTS]),
)
def test_rows_are_allowed_as_their_units_are(role, action, area, codes, subject):
    standing = of_role(role, area, subject)
    rows = allowed_units(standing, action, np.array(codes, dtype=object), "surveillance")
    assert rows.tolist() == [
        allowed(standing, action, code or None, "surveillance") for code in codes
    ]
    if not is_statewide(role):
        assert not rows[np.array(codes, dtype=object) == ""].any()
